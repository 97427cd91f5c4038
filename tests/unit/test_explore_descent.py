"""The ball of gradient descent on its four landscapes."""

import math

import numpy as np
import pytest

from nnbook.explore.descent import Descent, State
from nnbook.explore.landscapes import LANDSCAPES, landscape_named

LANDS = list(LANDSCAPES.values())


def rolled(name, start, learning_rate, steps=2000):
    descent = Descent(landscape_named(name), start, learning_rate)
    for _ in range(steps):
        if not descent.step():
            break
    return descent


@pytest.mark.parametrize("land", LANDS, ids=lambda land: land.name)
def test_each_gradient_agrees_with_differences(land):
    h = 1e-5
    for x, y in np.random.default_rng(0).uniform(-2, 2, (20, 2)):
        slope_x, slope_y = land.gradient(x, y)
        assert slope_x == pytest.approx(
            (land.cost(x + h, y) - land.cost(x - h, y)) / (2 * h), abs=1e-6
        )
        assert slope_y == pytest.approx(
            (land.cost(x, y + h) - land.cost(x, y - h)) / (2 * h), abs=1e-6
        )


@pytest.mark.parametrize("land", LANDS, ids=lambda land: land.name)
def test_the_minima_are_flat_and_lower_than_all_around(land):
    for x, y in land.minima.values():
        assert math.hypot(*land.gradient(x, y)) < 0.01
        angles = np.linspace(0, 2 * np.pi, 16)
        assert np.all(
            land.cost(x + 0.1 * np.cos(angles), y + 0.1 * np.sin(angles)) > land.cost(x, y)
        )


def test_one_step_by_hand():
    descent = Descent(landscape_named("bowl"), (1.0, -2.0), 0.25)
    assert descent.step()
    assert descent.path == [(1.0, -2.0), (0.5, -1.0)]
    assert descent.costs == [5.0, 1.25]


def test_half_is_the_best_rate_in_the_bowl():
    assert rolled("bowl", (1.6, 1.2), 0.5).steps == 1


def test_where_the_ball_ends():
    assert "in the minimum" in rolled("bowl", (1.6, 1.2), 0.1).words
    assert "in the minimum" in rolled("ravine", (-1.8, 1.0), 0.4).words
    assert "in the shallower minimum" in rolled("two minima", (0.4, 1.5), 0.05).words
    assert "in the deeper minimum" in rolled("two minima", (-0.4, 1.5), 0.05).words
    assert "on a saddle" in rolled("saddle", (1.6, 0.0), 0.1).words
    assert "the cost falls for ever" in rolled("saddle", (1.6, 0.05), 0.1).words


def test_too_large_a_rate_is_said_in_words():
    descent = rolled("bowl", (1.6, 1.2), 1.1)
    assert descent.state is State.DIVERGED
    assert "The learning rate is too large" in descent.words
    assert not descent.step()
    assert "did not lower the cost" in rolled("bowl", (1.6, 1.2), 1.0, steps=3).words


@pytest.mark.parametrize("land", LANDS, ids=lambda land: land.name)
@pytest.mark.parametrize("learning_rate", [1e-3, 1.0, 10.0, 1e300])
def test_all_numbers_stay_finite(land, learning_rate):
    for start in (land.start, (2, 2), (-2, 0.01), (0, 0)):
        descent = rolled(land.name, start, learning_rate, steps=300)
        assert np.isfinite(descent.path).all()
        assert np.isfinite(descent.costs).all()
        assert descent.words


def test_reset_and_start():
    descent = rolled("ravine", (1.0, 1.0), 0.1, steps=5)
    assert descent.words == "After 5 steps: still rolling."
    descent.reset()
    assert descent.path == [(1.0, 1.0)]
    assert descent.words == "The ball waits at its start."


def test_wrong_arguments():
    bowl = landscape_named("bowl")
    with pytest.raises(ValueError, match="learning_rate must be greater than 0"):
        Descent(bowl, (1, 1), 0)
    with pytest.raises(ValueError, match="x must be a finite number"):
        Descent(bowl, (math.inf, 1), 0.1)
    with pytest.raises(ValueError, match="landscape must be one of"):
        landscape_named("hill")
