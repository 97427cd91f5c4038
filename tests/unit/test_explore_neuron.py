"""The sigmoid neuron of the widget and its step: outputs, sharpness, and the nudge."""

import numpy as np
import pytest

from nnbook.explore.neuron import Neuron


def test_outputs_by_hand():
    neuron = Neuron(w=2, b=-1, c=1, nudge=0.5, x=1)
    assert neuron.smooth_answer.before == pytest.approx(1 / (1 + np.exp(-1)))
    assert neuron.smooth_answer.after == pytest.approx(1 / (1 + np.exp(-1.5)))
    assert (neuron.sharp_answer.before, neuron.sharp_answer.after) == (1, 1)


def test_a_nudge_moves_the_step_by_nothing_or_by_all():
    assert Neuron(w=1, b=-1, nudge=0.5, x=1.5).sharp_answer.change == 0
    assert Neuron(w=1, b=-1, nudge=0.5, x=0.8).sharp_answer.change == 1
    assert Neuron(w=1, b=-1, nudge=-0.5, x=1.5).sharp_answer.change == -1


def test_at_zero_the_step_gives_0():
    neuron = Neuron(w=3, b=-0.3, x=0.1)
    assert 3 * 0.1 - 0.3 > 0  # what plain floats say
    assert neuron.sharp_answer.before == 0
    assert neuron.smooth_answer.before == 0.5


def test_sharpness_makes_a_step():
    x = np.linspace(-5, 5, 101)
    off = np.abs(x - 1) > 0.15  # not at w·x + b = 0
    gaps = []
    for c in (1, 10, 100):
        neuron = Neuron(w=1, b=-1, c=c)
        gaps.append(np.abs(neuron.smooth(x) - neuron.sharp(x))[off].max())
    assert gaps[0] > gaps[1] > gaps[2]
    assert gaps[2] < 1e-6


@pytest.mark.parametrize("x", [-2.0, 0.0, 0.3, 3.0])
def test_the_slope_agrees_with_a_tiny_nudge(x):
    tiny = 1e-6
    neuron = Neuron(w=0.7, b=-0.2, c=3, nudge=tiny, x=x)
    assert neuron.promised == pytest.approx(neuron.slope * tiny)
    ahead, behind = (Neuron(0.7 + s * 1e-4, -0.2, 3, 0, x).smooth_answer.before for s in (1, -1))
    assert neuron.slope == pytest.approx((ahead - behind) / 2e-4, abs=1e-6)


def test_extremes_stay_between_0_and_1():
    with np.errstate(all="raise", under="ignore"):
        for w in (-5, 0, 5):
            a = Neuron(w, 5, 100, 1, 5).smooth(np.linspace(-5, 5, 11), nudged=True)
            assert np.all((a >= 0) & (a <= 1))


def test_the_sharpness_must_be_positive():
    with pytest.raises(ValueError, match="c must be greater than 0"):
        Neuron(c=0)
