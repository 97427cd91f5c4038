"""Pooling against loops, ties and all; gradients; errors."""

import itertools

import numpy as np
import pytest

from nnbook import (
    Activation,
    AveragePool,
    Conv,
    Dense,
    L2Pool,
    LogLikelihood,
    MaxPool,
    Network,
    gradient_check,
    naive_convolution,
    relu,
    scaled,
    sigmoid,
    softmax,
    tanh,
)

RNG = np.random.default_rng(0)
KINDS = {"max": MaxPool, "average": AveragePool, "l2": L2Pool}
SIZES = [1, 2, 3, (2, 3), (3, 1), (1, 2), 6]


def placed(layer, dtype=np.float64):
    Network([(6, 6, 2), layer, Dense(3)], dtype=dtype)
    return layer


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_forward_equals_the_loops(kind, size, dtype):
    layer, images = placed(KINDS[kind](size), dtype), RNG.normal(size=(3, 6, 6, 2)).astype(dtype)
    a = layer.forward(images)
    expected = [naive_convolution.pool(image, layer.size, kind) for image in images]
    np.testing.assert_allclose(a, expected, rtol=1e-5)
    assert a.dtype == dtype and a.shape == (3, *layer.output_shape)
    np.testing.assert_array_equal(layer.predict(images), a)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("images", ["distinct", "ties", "constant"])
def test_max_pooling_gives_its_gradient_to_one_winner(size, images):
    """Whole numbers from 0 to 2 are full of ties; a constant image is nothing else."""
    a_in = {
        "distinct": RNG.normal(size=(3, 6, 6, 2)),
        "ties": RNG.integers(0, 3, (3, 6, 6, 2)).astype(float),
        "constant": np.full((3, 6, 6, 2), -1.5),
    }[images]
    layer = placed(MaxPool(size))
    delta = RNG.normal(size=layer.forward(a_in).shape)
    grad = layer.backprop(delta)
    expected = [
        naive_convolution.max_pool_backprop(image, layer.size, d)
        for image, d in zip(a_in, delta, strict=True)
    ]
    np.testing.assert_array_equal(grad, expected)
    assert np.count_nonzero(grad) == delta.size


def test_l2_pooling_by_hand_and_at_zero():
    layer = placed(L2Pool((1, 2)))
    a_in = np.zeros((1, 6, 6, 2))
    a_in[0, 0, :2, 0] = 3, 4
    assert layer.forward(a_in)[0, 0, 0, 0] == 5
    grad = layer.backprop(np.ones((1, 6, 3, 2)))
    np.testing.assert_allclose(grad[0, 0, :2, 0], [0.6, 0.8])
    assert np.count_nonzero(grad) == 2 and np.isfinite(grad).all()


def test_average_pooling_by_hand():
    layer = placed(AveragePool(2))
    a_in = np.zeros((1, 6, 6, 2))
    a_in[0, :2, :2, 1] = [[1, 2], [3, 6]]
    assert layer.forward(a_in)[0, 0, 0].tolist() == [0, 3]
    grad = layer.backprop(np.full((1, 3, 3, 2), 8.0))
    assert (grad == 2).all() and grad.shape == a_in.shape


@pytest.mark.parametrize("hidden", [sigmoid, tanh, relu], ids=str)
@pytest.mark.parametrize("size", [2, (1, 3), (3, 2)], ids=str)
@pytest.mark.parametrize("kind", KINDS)
def test_gradients(kind, size, hidden):
    network, x, y = draw(lambda: KINDS[kind](size), hidden)
    errors = gradient_check(network, x, y)
    assert len(errors) == 6 and max(errors.values()) < 1e-7, errors


def draw(pool, hidden):
    """A network with pooling, drawn anew until no tie and no kink is near."""
    for seed in itertools.count():
        rng = np.random.default_rng(seed)
        network = Network(
            [(7, 7, 1), Conv(2, 2), pool(), Activation(hidden), Dense(4, tanh), Dense(3, softmax)],
            cost=LogLikelihood(), initializer=scaled, rng=rng, dtype=np.float64,
        )  # fmt: skip
        x = rng.normal(size=(2, 7, 7, 1))
        network.forward(x, training=True)
        pooling, kinks = network.layers[1], [np.abs(network.layers[1].a).min()]
        if isinstance(pooling, MaxPool):
            high, wide = pooling.size
            m, height, width, maps = pooling.a_in.shape
            windows = pooling.a_in.reshape(m, height // high, high, width // wide, wide, maps)
            ordered = np.sort(windows.swapaxes(2, 3).reshape(-1, high * wide, maps), axis=1)
            kinks.append(np.diff(ordered, axis=1)[:, -1].min())
        if min(kinks) > 1e-4:
            return network, x, np.eye(3)[rng.integers(0, 3, 2)]
    raise AssertionError("unreachable")


@pytest.mark.usefixtures("plain_arguments")
@pytest.mark.parametrize("pool", KINDS.values())
def test_wrong_arguments_are_refused_in_words(pool):
    name = pool.__name__
    with pytest.raises(ValueError, match="size must be at least 1"):
        pool(0)
    with pytest.raises(TypeError, match="size must be a whole number"):
        pool("2")
    words = rf"layer 2, {name}\(2\): windows of 2×2 do not divide images of 25×25.*\(25, 25, 20\)"
    with pytest.raises(ValueError, match=words):
        Network([(28, 28, 1), Conv(20, 4), pool(2), 10])
    with pytest.raises(ValueError, match=rf"layer 1, {name}\(2\): it needs images"):
        Network([784, pool(2), 10])
    assert repr(pool((3, 2))) == f"{name}((3, 2))"
