"""The chain of neurons and the watched layers: slopes against differences and against training."""

import math

import numpy as np
import pytest

from nnbook import L2, SGD, builtin_digits
from nnbook.explore.chain import LENGTH, Chain, drawn, exploding
from nnbook.explore.layer_speeds import DEEPEST, Deep, Watched
from nnbook.training import descend

DIGITS = builtin_digits()


# ---- chain --------------------------------------------------------------------------------------


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "ReLU"])
def test_speeds_are_measured_slopes(activation):
    rng, h = np.random.default_rng(3), 1e-6
    for _ in range(20):
        w, b = rng.uniform(-2, 2, size=(2, LENGTH)).tolist()
        if np.abs(Chain(w, b, 0.7, activation).z).min() < 1e-3:
            continue  # at the kink of ReLU
        for k, speed in enumerate(Chain(w, b, 0.7, activation).speeds):
            nudge = h * np.eye(LENGTH)[k]
            up, down = (Chain(w, (b + s * nudge).tolist(), 0.7, activation).a[-1] for s in (1, -1))
            assert (up - down) / (2 * h) == pytest.approx(speed, abs=1e-8)


def test_the_product_of_the_factors_is_the_first_speed():
    chain = drawn(5)
    assert np.prod(chain.factors) == pytest.approx(chain.speeds[0])
    assert chain.factors[0] == chain.slopes[0]
    assert chain.factors[2] == chain.weights[2] * chain.slopes[2]


def test_the_books_explosion():
    chain = exploding()
    assert chain.z.tolist() == [0] * LENGTH
    assert chain.factors.tolist() == [0.25, 25, 25, 25]
    assert chain.ratio == pytest.approx(25**-3)
    assert exploding(10, x=3).z.tolist() == [0] * LENGTH


def test_flat_neurons_have_ratios_too():
    assert Chain([1, 1], [-5, 1], 1, "ReLU").ratio == math.inf
    assert math.isnan(Chain([1, 1], [-5, -5], 1, "ReLU").ratio)


def test_draws_repeat_and_differ():
    assert drawn(1) == drawn(1) != drawn(2)


@pytest.mark.usefixtures("plain_arguments")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([1], [1, 2]), "there are 1 weights and 2 biases"),
        (([], []), "one number for each neuron"),
        (([1, math.nan], [0, 0]), r"weights\[1\]"),
        (([1], [0], math.inf), "x must be"),
        (([1], [0], 1.0, "softplus"), "activation must be one of"),
    ],
)
def test_a_wrong_chain_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        Chain(*arguments)


# ---- layers -------------------------------------------------------------------------------------


def test_the_run_is_plain_gradient_descent():
    watched = Watched(Deep(3), DIGITS, steps=4)
    assert len(watched.speeds) == 1 and not watched.complete
    assert len(list(watched.run())) == 4 and watched.complete
    network = Deep(3).network(DIGITS)
    x, y = DIGITS.training.batch(slice(0, 1000))
    for speeds in watched.speeds:
        network.backprop(x, y)
        mean = [np.linalg.norm(layer.delta.mean(axis=0)) for layer in network.layers[:-1]]
        np.testing.assert_allclose(speeds, mean, rtol=1e-3)
        descend(network, x, y, len(x), SGD(0.1), L2(5.0))


def test_vanishing_level_and_exploding_starts():
    ratios = {
        pair: Watched(Deep(DEEPEST, *pair), DIGITS).ratio()
        for pair in (("sigmoid", "scaled"), ("ReLU", "he"), ("ReLU", "large"))
    }
    assert ratios["sigmoid", "scaled"] > 1000
    assert 0.1 < ratios["ReLU", "he"] < 10
    assert ratios["ReLU", "large"] < 0.001


def test_a_run_that_diverges_says_so_and_keeps_what_was_measured():
    watched = Watched(Deep(8, "ReLU", "large", 2.0), DIGITS, steps=50)
    list(watched.run())
    assert "learning rate" in str(watched.problem)
    assert not watched.complete and np.isfinite(watched.speeds).all()
    assert 0 <= watched.accuracy <= 1


def test_a_layer_without_a_gradient_has_an_infinite_ratio():
    watched = Watched(Deep(2), DIGITS)
    watched.speeds = [[0.0, 1.0], [0.0, 0.0]]
    assert watched.ratio(0) == math.inf and math.isnan(watched.ratio(1))


@pytest.mark.usefixtures("plain_arguments")
@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"depth": 0}, "depth must be"),
        ({"depth": 9}, "depth must be"),
        ({"activation": "relu"}, "activation must be one of"),
        ({"initializer": "zeros"}, "initializer must be one of"),
        ({"learning_rate": 0}, "learning_rate must be"),
        ({"seed": -1}, "seed must be"),
    ],
)
def test_wrong_settings_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        Deep(**settings)


def test_the_words_name_the_network():
    assert Deep(1).words == "1 hidden layer, sigmoid, scaled, η = 0.1"
    assert Deep(2, "tanh", "glorot", 0.5).words == "2 hidden layers, tanh, glorot, η = 0.5"
