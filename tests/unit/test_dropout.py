"""Dropout: what is dropped, by which seed, and that copies go on where the original stands."""

import copy
import pickle

import numpy as np
import pytest

from nnbook import (
    SGD,
    Conv,
    Dataset,
    Dense,
    Dropout,
    LogLikelihood,
    Network,
    gradient_check,
    scaled,
    softmax,
    tanh,
    train,
)

RNG = np.random.default_rng(0)
X = RNG.random((7, 5), dtype=np.float32)
Y = np.eye(3, dtype=np.float32)[RNG.integers(0, 3, 7)]


def small(p=0.5, **settings):
    layers = [5, Dropout(p), Dense(8, tanh), Dropout(p), Dense(3, softmax)]
    return Network(layers, cost=LogLikelihood(), initializer=scaled, **{"rng": 1, **settings})


@pytest.mark.parametrize("p", [0, 0.2, 0.5, 0.9])
def test_a_share_p_is_dropped_and_the_mean_stays(p):
    layer = Dropout(p)
    Network([1000, layer, Dense(1)], rng=0)
    a_in = np.ones((200, 1000), np.float32)
    a = layer.forward(a_in)
    assert a.dtype == np.float32
    np.testing.assert_allclose(np.unique(a), [0, 1 / (1 - p)] if p else [1])
    spread = np.sqrt(p * (1 - p) / a.size)
    assert np.mean(a == 0) == pytest.approx(p, abs=5 * spread)
    assert not p or len(np.unique(a, axis=0)) == 200  # a mask of its own for each example
    delta = RNG.normal(size=a.shape).astype(np.float32)
    np.testing.assert_array_equal(layer.backprop(delta), delta * a)


def test_prediction_drops_nothing_and_changes_nothing():
    network = small(0.9)
    plain = Network([5, Dense(8, tanh), Dense(3, softmax)], cost=LogLikelihood())
    plain.parameters = network.parameters
    before = network.layers[0].rng.bit_generator.state
    np.testing.assert_array_equal(network.predict(X), plain.predict(X))
    assert network.layers[0].rng.bit_generator.state == before
    assert not hasattr(network.layers[0], "mask")


def test_the_seed_decides_and_each_layer_has_masks_of_its_own():
    def masks(seed):
        network = Network([50, Dropout(0.5), Dense(50), Dropout(0.5), Dense(3)], rng=seed)
        network.forward(np.ones((4, 50), np.float32), training=True)
        return network.layers[0].mask, network.layers[2].mask

    first, second = masks(1)
    assert not np.array_equal(first, second)
    np.testing.assert_array_equal(first, masks(1)[0])
    np.testing.assert_array_equal(second, masks(np.random.default_rng(1))[1])
    assert not np.array_equal(first, masks(2)[0])
    same_start = Network([5, Dense(8, tanh), Dense(3, softmax)], initializer=scaled, rng=1)
    np.testing.assert_array_equal(same_start.parameters, small().parameters)


COPIES = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle": lambda network: pickle.loads(pickle.dumps(network)),
    "method": lambda network: network.copy(),
    "astype": lambda network: network.astype(np.float64).astype(np.float32),
}


@pytest.mark.parametrize("how", COPIES)
def test_a_copy_drops_what_the_original_would_have_dropped(how):
    network = small()
    settings = {"epochs": 2, "batch_size": 3, "optimizer": SGD(1.0), "rng": 5}
    list(train(network, Dataset(X, Y), **settings))
    twin = COPIES[how](network)
    assert twin.layers[0].rng is not network.layers[0].rng
    for run in (twin, network):
        list(train(run, Dataset(X, Y), **settings))
    np.testing.assert_array_equal(twin.parameters, network.parameters)


def test_training_twice_is_training_the_same():
    runs = [small(), small()]
    for run in runs:
        list(train(run, Dataset(X, Y), epochs=3, batch_size=3, optimizer=SGD(0.5), rng=0))
    np.testing.assert_array_equal(runs[0].parameters, runs[1].parameters)


def test_gradients_with_the_same_neurons_dropped():
    network = small(dtype=np.float64)
    errors = gradient_check(network, X, Y)
    assert max(errors.values()) < 1e-7, errors
    network.backprop(X, Y)
    assert not network.layers[2].mask.all()
    images = Network(
        [(6, 6, 1), Dropout(0.3), Conv(3, 3), Dropout(0.5), Dense(3, softmax)],
        cost=LogLikelihood(), initializer=scaled, dtype=np.float64,
    )  # fmt: skip
    errors = gradient_check(images, RNG.random((4, 6, 6, 1)), np.eye(3)[[0, 1, 2, 0]])
    assert max(errors.values()) < 1e-7, errors


@pytest.mark.usefixtures("plain_arguments")
def test_wrong_arguments_are_refused_in_words():
    for wrong in (1, 1.5, -0.1, float("nan")):
        with pytest.raises(ValueError, match="p must be"):
            Dropout(wrong)
    with pytest.raises(TypeError, match="p must be a number"):
        Dropout("0.5")
    assert repr(Dropout(0.5)) == "Dropout(0.5)"
