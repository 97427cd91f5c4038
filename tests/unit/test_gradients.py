"""Backpropagation against central differences: every layer × activation × cost × regularizer."""

import itertools
import math
from functools import cache

import numpy as np
import pytest

from nnbook import (
    L1,
    L2,
    SGD,
    Activation,
    AveragePool,
    Conv,
    CrossEntropy,
    Dense,
    Dropout,
    L2Pool,
    LogLikelihood,
    MaxPool,
    Network,
    Quadratic,
    gradient_check,
    scaled,
)
from nnbook.activations import linear, relu, sigmoid, softmax, tanh
from nnbook.gradient_check import numerical_gradient, relative_error
from nnbook.training import descend

HIDDEN = (linear, sigmoid, tanh, relu)
PAIRS = [(Quadratic(), f) for f in (*HIDDEN, softmax)] + [
    (CrossEntropy(), sigmoid),
    (CrossEntropy(), softmax),
    (LogLikelihood(), softmax),
]
REGULARIZERS = [None, L1(0.7), L2(0.7), L1(0.7) + L2(0.4)]
NEAR_A_KINK = 1e-3

# Thousands of small forward passes: shapes are checked in the tests of the layers.
pytestmark = pytest.mark.usefixtures("plain_arguments")


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


LAYERS = {
    "convolution": lambda: [Conv(2, 2), Activation(tanh)],
    "stride and padding": lambda: [Conv(2, 3, stride=2, padding=(1, 0), activation=sigmoid)],
    "max-pooling": lambda: [MaxPool(2), Activation(tanh)],
    "average pooling": lambda: [AveragePool((2, 1)), Activation(sigmoid)],
    "L2 pooling": lambda: [L2Pool(2)],
    "dense and dropout": lambda: [Dense(3, relu), Dropout(0.4)],
}


@pytest.mark.parametrize("regularizer", REGULARIZERS, ids=str)
@pytest.mark.parametrize("layers", LAYERS)
@pytest.mark.parametrize("pair", range(len(PAIRS)), ids=lambda n: str(PAIRS[n]))
def test_one_step_of_training_follows_the_slope(pair, layers, regularizer):
    """Of the mean cost over the mini-batch and of the penalty over n = 11 examples.

    With η = 1 a step is minus the gradient that the loop uses, factors and all.
    """
    network, x, y, slope = image_case(layers, pair)
    before, network = network.parameters.copy(), network.copy()
    descend(network, x, y, 11, SGD(1.0), regularizer)
    expected = slope.copy()
    if regularizer:
        expected[: network.n_weights] += penalty_slope(regularizer, before[: network.n_weights])
    errors = by_array(network, before - network.parameters, expected)
    assert max(errors.values()) < 1e-7, errors


@cache
def image_case(layers, pair):
    """Input dropout, a convolution, then `layers`; and the mean cost's slope by differences."""
    cost, output = PAIRS[pair]
    for seed in itertools.count():
        rng = np.random.default_rng(seed)
        network = Network(
            [(4, 5, 1), Dropout(0.2), Conv(2, (1, 2), activation=tanh), *LAYERS[layers](),
             Dense(3, output)],
            cost=cost, initializer=scaled, rng=rng, dtype=np.float64,
        )  # fmt: skip
        x = rng.normal(size=(3, 4, 5, 1))
        if away_from_kinks(network.copy(), x):  # a copy, which draws the masks of the first step
            y = np.eye(3)[rng.integers(0, 3, 3)]
            return network, x, y, numerical_gradient(network, x, y)
    raise AssertionError("unreachable")


def penalty_slope(regularizer, weights, step=1e-5):
    slopes = np.empty_like(weights)
    for i, here in enumerate(weights):
        nudged = weights.copy()
        nudged[i] = here + step
        above = regularizer.penalty(nudged, 11)
        nudged[i] = here - step
        slopes[i] = (above - regularizer.penalty(nudged, 11)) / (2 * step)
    return slopes


def by_array(network, g, expected):
    """‖g − ĝ‖ / (‖g‖ + ‖ĝ‖) for the weights and for the biases of each layer."""
    ours, right, errors = network.copy(), network.copy(), {}
    ours.parameters, right.parameters = g, expected
    for n, (one, other) in enumerate(zip(ours.layers, right.layers, strict=True), start=1):
        if one.n_parameters:
            errors[f"layer {n} W"] = relative_error(one.W, other.W)
            errors[f"layer {n} b"] = relative_error(one.b, other.b)
    return errors


@pytest.mark.parametrize("regularizer", [None, L1(0.7) + L2(0.4)], ids=str)
@pytest.mark.parametrize(
    "layers",
    [
        [784, 30, Dense(10, softmax)],
        [784, Dropout(0.2), Dense(100, tanh), Dropout(0.5), Dense(10, softmax)],
        [(28, 28, 1), Conv(20, 5), AveragePool(2), Activation(sigmoid), 100, Dense(10, softmax)],
        [(28, 28, 1), Conv(6, 5), MaxPool(2), Activation(tanh), Conv(8, 5, stride=2, padding=2),
         L2Pool(2), 30, Dense(10, softmax)],
    ],
    ids=lambda layers: repr(layers[1]),
)  # fmt: skip
def test_large_networks_along_random_directions(layers, regularizer):
    """The slope of the cost along a direction d is ∇C · d, and two evaluations show it."""
    rng = np.random.default_rng(0)
    fresh = [item if isinstance(item, (int, tuple)) else item.fresh() for item in layers]
    network = Network(fresh, cost=LogLikelihood(), initializer=scaled, rng=rng, dtype=np.float64)
    x, y = rng.random((3, *network.input_shape)), np.eye(10)[rng.integers(0, 10, 3)]
    here, stepped = network.parameters.copy(), network.copy()
    descend(stepped, x, y, 11, SGD(1.0), regularizer)
    gradient = here - stepped.parameters

    def cost(parameters):
        twin = network.copy()  # which drops what the first step dropped
        twin.parameters = parameters
        penalty = regularizer.penalty(twin.weights, 11) if regularizer else 0.0
        return float(twin.cost(twin.forward(x, training=True), y).mean()) + penalty

    found, slopes = [], []
    for part in (slice(0, network.n_weights), slice(network.n_weights, None), slice(None)):
        for _ in range(2):
            d = np.zeros_like(here)
            d[part] = np.sign(here[part]) if regularizer else rng.normal(size=here[part].shape)
            d[part] *= rng.random(here[part].shape)
            d /= np.linalg.norm(d)
            found.append((cost(here + 1e-5 * d) - cost(here - 1e-5 * d)) / 2e-5)
            slopes.append(gradient @ d)
    assert relative_error(np.array(slopes), np.array(found)) < 1e-7


@pytest.mark.parametrize(
    "regularizer", [None, L1(0.7), L2(0.7), L1(0.7) + L2(0.4), L2(0.7) + L1(0.0)], ids=str
)
@pytest.mark.parametrize("pair", range(len(PAIRS)), ids=lambda n: str(PAIRS[n]))
def test_the_value_of_the_cost_and_of_the_penalty(pair, regularizer):
    """Each term written out: the cost is a mean over 6 examples, the penalty counts once, by n."""
    cost, output = PAIRS[pair]
    network, x, y = draw(cost, output, sigmoid)
    a = network.predict(x)
    each = [
        sum(TERMS[cost.name](float(a_j), float(y_j)) for a_j, y_j in zip(row, want, strict=True))
        for row, want in zip(a, y, strict=True)
    ]
    np.testing.assert_allclose(cost(a, y), each, rtol=1e-12)
    weights = [float(w) for layer in network.layers for w in layer.W.ravel()]
    assert descend(network.copy(), x, y, 11, SGD(0.1), regularizer) == pytest.approx(sum(each) / 6)
    if regularizer:
        parts = [regularizer] if hasattr(regularizer, "lambda_") else [
            regularizer.first, regularizer.second
        ]  # fmt: skip
        by_hand = 0.0
        for part in parts:
            sizes = [abs(w) if isinstance(part, L1) else w * w / 2 for w in weights]
            by_hand += part.lambda_ / 11 * sum(sizes)
        assert regularizer.penalty(network.weights, 11) == pytest.approx(by_hand)


TERMS = {
    "quadratic": lambda a, y: (a - y) ** 2 / 2,
    "cross-entropy": lambda a, y: -(y * math.log(a) + (1 - y) * math.log(1 - a)),
    "log-likelihood": lambda a, y: -y * math.log(a),
}


def test_two_penalties_add_up():
    both, w = L1(0.5) + L2(2.0), np.array([3.0, 0.0, -4.0])
    assert repr(both) == "L1(0.5) + L2(2)"
    assert both.penalty(w, 10) == pytest.approx(0.5 / 10 * 7 + 2.0 / 20 * 25)
    assert both.gradient(w, 10).tolist() == pytest.approx([0.65, 0, -0.85])
    three = both + L2(1.0)
    assert three.penalty(w, 10) == pytest.approx(both.penalty(w, 10) + 1.25)


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


def test_wrong_arguments_are_refused_in_words():
    x, y = np.zeros((2, 3)), np.zeros((2, 2))
    with pytest.raises(ValueError, match=r"float64.*astype"):
        gradient_check(Network([3, 2]), x, y)
    with pytest.raises(ValueError, match="step must be greater than 0"):
        gradient_check(Network([3, 2], dtype=np.float64), x, y, step=0)
    with pytest.raises(TypeError, match="second must be a Regularizer"):
        L1(0.5) + 2.0
    for wrong in (-1, float("nan"), "5"):
        with pytest.raises((TypeError, ValueError), match="lambda_ must be"):
            L2(wrong)
