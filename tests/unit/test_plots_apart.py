"""Labels at the ends of curves stand apart, in order, near their curves."""

import numpy as np
import pytest

from nnbook.plots.apart import apart


def test_labels_that_are_far_apart_stay():
    heights = np.array([3.0, -2.0, 0.5])
    assert np.array_equal(apart(heights, 0.5, -9, 6), heights)


def test_two_that_touch_move_by_the_same():
    assert apart(np.array([1.0, 0.9, 4.0]), 0.5, -9, 6) == pytest.approx([1.2, 0.7, 4.0])


def test_one_height_for_all_keeps_the_order_of_the_layers():
    assert apart(np.zeros(4), 1.0, -9, 6) == pytest.approx([-1.5, -0.5, 0.5, 1.5])


@pytest.mark.parametrize("edge", [-9.0, 6.0])
def test_a_crowd_at_an_edge_stays_inside(edge):
    places = apart(np.full(8, edge), 0.5, -9.0, 6.0)
    assert places.min() >= -9 and places.max() <= 6
    assert np.diff(places) == pytest.approx(np.full(7, 0.5))


def test_any_heights_end_in_order_apart_and_inside():
    rng = np.random.default_rng(0)
    for _ in range(200):
        heights = np.clip(rng.normal(0, 3, size=8), -9, 6)
        places = apart(heights, 0.55, -9, 6)
        order = np.argsort(heights)
        assert np.all(np.diff(places[order]) > 0.55 - 1e-12)
        assert places.min() >= -9 and places.max() <= 6


def test_no_labels_no_places():
    assert apart(np.empty(0), 0.5, -9, 6).shape == (0,)
