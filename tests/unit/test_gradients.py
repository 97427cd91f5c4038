"""Backpropagation against central differences: every activation × cost × regularizer, float64."""

import itertools

import numpy as np
import pytest

from nnbook import (
    L1,
    L2,
    CrossEntropy,
    Dense,
    LogLikelihood,
    Network,
    Quadratic,
    gradient_check,
    scaled,
)
from nnbook.activations import linear, relu, sigmoid, softmax, tanh
from nnbook.gradient_check import numerical_gradient, relative_error

HIDDEN = (linear, sigmoid, tanh, relu)
PAIRS = [(Quadratic(), f) for f in (*HIDDEN, softmax)] + [
    (CrossEntropy(), sigmoid),
    (CrossEntropy(), softmax),
    (LogLikelihood(), softmax),
]
REGULARIZERS = [None, L1(0.7), L2(0.7)]
NEAR_A_KINK = 1e-3


def away_from_kinks(network: Network, x: np.ndarray) -> bool:
    """Is every ReLU and every weight (L1) farther from 0 than the differences reach?"""
    network.forward(x, training=True)
    kinks = [np.abs(layer.z) for layer in network.layers if layer.activation is relu]
    return min(np.abs(part).min() for part in [network.weights, *kinks]) > NEAR_A_KINK


def draw(cost, output, hidden):
    """A small network and a mini-batch, drawn anew until no kink is near."""
    for seed in itertools.count():
        rng = np.random.default_rng(seed)
        network = Network(
            [4, Dense(5, hidden), Dense(4, hidden), Dense(3, output)],
            cost=cost,
            initializer=scaled,
            rng=rng,
            dtype=np.float64,
        )
        x = rng.normal(size=(6, 4))
        if away_from_kinks(network, x):
            return network, x, np.eye(3)[rng.integers(0, 3, 6)]
    raise AssertionError("unreachable")


@pytest.mark.parametrize("regularizer", REGULARIZERS, ids=str)
@pytest.mark.parametrize("hidden", HIDDEN, ids=str)
@pytest.mark.parametrize(("cost", "output"), PAIRS, ids=str)
def test_backprop_agrees_with_finite_differences(cost, output, hidden, regularizer):
    network, x, y = draw(cost, output, hidden)
    errors = gradient_check(network, x, y, regularizer=regularizer)
    assert set(errors) == {f"layer {n} {part}" for n in (1, 2, 3) for part in "Wb"}
    assert max(errors.values()) < 1e-7, errors


def test_one_example_and_a_wide_layer():
    rng = np.random.default_rng(0)
    network = Network([3, 40, 2], rng=rng, dtype=np.float64)
    errors = gradient_check(network, rng.random((1, 3)), rng.random((1, 2)))
    assert max(errors.values()) < 1e-7


def test_a_wrong_gradient_is_found(monkeypatch):
    network, x, y = draw(Quadratic(), sigmoid, sigmoid)
    right = Dense.backprop

    def wrong(self, delta):
        below = right(self, delta)
        self.gradient_b *= 1.001
        return below

    monkeypatch.setattr(Dense, "backprop", wrong)
    errors = gradient_check(network, x, y)
    assert errors["layer 1 b"] > 1e-4
    assert errors["layer 1 W"] < 1e-7


def test_the_penalty_counts_weights_once_and_biases_never():
    network, x, y = draw(Quadratic(), sigmoid, sigmoid)
    with_penalty = numerical_gradient(network, x, y, L2(0.7))
    without = numerical_gradient(network, x, y)
    expected = np.zeros_like(without)
    expected[: network.n_weights] = 0.7 / len(x) * network.weights
    np.testing.assert_allclose(with_penalty - without, expected, atol=1e-8)
    assert L2(0.7).penalty(np.array([3.0, 4.0]), 10) == pytest.approx(0.7 / 20 * 25)
    assert L1(0.7).penalty(np.array([3.0, -4.0]), 10) == pytest.approx(0.7 / 10 * 7)
    assert L1(0.7).gradient(np.array([3.0, 0.0, -4.0]), 7).tolist() == pytest.approx([0.1, 0, -0.1])


def test_the_check_leaves_the_network_as_it_was():
    network, x, y = draw(Quadratic(), sigmoid, sigmoid)
    before = network.parameters.copy()
    gradient_check(network, x, y)
    np.testing.assert_array_equal(network.parameters, before)


def test_relative_error_by_hand():
    assert relative_error(np.array([3.0, 4.0]), np.array([3.0, 4.0])) == 0
    assert relative_error(np.zeros(2), np.zeros(2)) == 0
    assert relative_error(np.array([3.0]), np.array([1.0])) == pytest.approx(0.5)


@pytest.mark.usefixtures("plain_arguments")
def test_wrong_arguments_are_refused_in_words():
    x, y = np.zeros((2, 3)), np.zeros((2, 2))
    with pytest.raises(ValueError, match=r"float64.*astype"):
        gradient_check(Network([3, 2]), x, y)
    with pytest.raises(ValueError, match="step must be greater than 0"):
        gradient_check(Network([3, 2], dtype=np.float64), x, y, step=0)
    for wrong in (-1, float("nan"), "5"):
        with pytest.raises((TypeError, ValueError), match="lambda_ must be"):
            L2(wrong)
