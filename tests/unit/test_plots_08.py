"""The pictures of chapter 08: what they draw is what they were given; wrong names are refused."""

import numpy as np
import pytest

from nnbook import plots


def test_by_depth_draws_ours_and_the_book():
    figure = plots.by_depth({1: [0.9, 0.91], 2: [0.95]}, {1: 0.92, 2: 0.94}, title="t")
    (axes,) = figure.axes
    np.testing.assert_allclose(axes.lines[0].get_ydata(), [90, 91])
    np.testing.assert_allclose(axes.lines[-1].get_ydata(), [92, 94])


def test_by_depth_hides_no_seed_behind_an_equal_one():
    (axes,) = plots.by_depth({1: [0.9, 0.9, 0.9]}, {1: 0.92}).axes
    places = axes.lines[0].get_xdata()
    assert len(set(places)) == 3 and np.mean(places) == pytest.approx(1)


def test_neuron_bars_are_sizes_on_one_axis():
    figure = plots.neuron_bars([np.array([-1.0, 2.0]), np.array([4.0, 0.0])])
    left, right = figure.axes
    assert [bar.get_height() for bar in left.patches] == [1, 2]
    assert left.get_ylim() == right.get_ylim()
    assert right.get_title(loc="left") == "hidden layer 2: mean 2"


def test_layer_norms_have_a_line_for_each_seed_and_the_book():
    speeds = np.array([[0.1, 1.0], [0.2, 2.0]])
    figure = plots.layer_norms({"a": speeds}, {"a": [0.15, 1.5]})
    (axes,) = figure.axes
    np.testing.assert_allclose(axes.lines[1].get_ydata(), speeds[1])
    np.testing.assert_allclose(axes.lines[2].get_ydata(), [0.15, 1.5])
    assert axes.get_yscale() == "log"


def test_layer_curves_and_profiles_are_logarithmic():
    curves = np.array([[1.0, 10.0], [0.1, 5.0], [0.01, 2.0]])
    (axes,) = plots.layer_curves(curves).axes
    np.testing.assert_allclose(axes.lines[1].get_ydata(), curves[:, 1])
    assert [text.get_text() for text in axes.texts] == ["layer 1", "layer 2"]
    (other,) = plots.layer_profiles({"x": [1, 2, 3], "y": [3, 2, 1]}).axes
    assert axes.get_yscale() == other.get_yscale() == "log"
    np.testing.assert_allclose(other.lines[1].get_xdata(), [1, 2, 3])


def test_the_histogram_counts_every_factor():
    figure = plots.factor_histogram([0.1, -0.1, 0.3, 1e-9], limits={"¼": 0.25})
    (axes,) = figure.axes
    assert sum(bar.get_height() for bar in axes.patches) == pytest.approx(100)
    assert axes.lines[0].get_xdata()[0] == 0.25


def test_cures_show_seeds_and_ratios():
    figure = plots.cures({"a": [0.9, 0.92], "b": [0.95]}, {"a": (9, 2), "b": (1, 1)})
    left, right = figure.axes
    np.testing.assert_allclose(left.lines[0].get_xdata(), [90, 92])
    np.testing.assert_allclose(left.lines[1].get_xdata(), [91])
    assert right.lines[0].get_xdata()[0] == 9 and right.lines[1].get_xdata()[0] == 2
    with pytest.raises(ValueError, match="ratios must have the names of accuracies, a, but it has"):
        plots.cures({"a": [0.9]}, {"b": (1, 1)})
