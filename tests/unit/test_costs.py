"""Costs: values by hand, every meaningful pair with an activation, and pairs that make no sense."""

import numpy as np
import pytest

from nnbook import CrossEntropy, LogLikelihood, Network, Quadratic
from nnbook.activations import ACTIVATIONS, linear, relu, sigmoid, softmax, step, tanh

A = np.array([[0.5, 0.25], [0.9, 0.1]])
Y = np.array([[1.0, 0.0], [1.0, 0.0]])


def test_values_worked_out_by_hand():
    np.testing.assert_allclose(Quadratic()(A, Y), [0.5 * (0.25 + 0.0625), 0.5 * (0.01 + 0.01)])
    by_hand = [-np.log(0.5) - np.log(0.75), -np.log(0.9) - np.log(0.9)]
    np.testing.assert_allclose(CrossEntropy()(A, Y), by_hand)
    np.testing.assert_allclose(LogLikelihood()(A, Y), [-np.log(0.5), -np.log(0.9)])


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("cost", [Quadratic(), CrossEntropy(), LogLikelihood()], ids=repr)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_outputs_of_exactly_0_and_1_cost_a_finite_sum(cost, dtype):
    a = np.array([[1.0, 0.0], [0.0, 1.0]], dtype)
    y = np.array([[1.0, 0.0], [1.0, 0.0]], dtype)
    right, wrong = cost(a, y)
    assert right == 0
    assert 0 < wrong < 2000
    assert np.isfinite(cost.gradient(a, y)).all()


@pytest.mark.parametrize("z", [15.0, 17.0, 20.0])
def test_a_confident_mistake_costs_about_z_also_in_float32(z):
    for target, side in ((0.0, z), (1.0, -z)):
        a = sigmoid(np.array([[side]], np.float32))
        assert CrossEntropy()(a, np.array([[target]], np.float32))[0] == pytest.approx(z, abs=3)


@pytest.mark.parametrize(
    ("cost", "f"),
    [(Quadratic(), f) for f in ACTIVATIONS.values()]
    + [(CrossEntropy(), sigmoid), (CrossEntropy(), softmax), (LogLikelihood(), softmax)],
    ids=str,
)
def test_delta_is_the_slope_of_the_cost_in_z(cost, f):
    z = np.array([[-1.2, 0.3, 0.8], [2.0, -0.5, 0.1]])
    y = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
    h, slopes = 1e-6, np.empty_like(z)
    for index in np.ndindex(*z.shape):
        nudge = np.zeros_like(z)
        nudge[index] = h
        slopes[index] = (cost(f(z + nudge), y) - cost(f(z - nudge), y)).sum() / (2 * h)
    np.testing.assert_allclose(cost.delta(f, z, f(z), y), slopes, atol=1e-8)


@pytest.mark.parametrize(
    ("cost", "f"),
    [(CrossEntropy(), f) for f in (linear, tanh, relu, step)]
    + [(LogLikelihood(), f) for f in (sigmoid, linear, tanh, relu, step)],
    ids=str,
)
def test_a_meaningless_pair_is_refused_by_name(cost, f):
    with pytest.raises(ValueError, match=f"{type(cost).__name__} does not fit .* {f.name}"):
        Network([3, 2], cost=cost, activation=f)
