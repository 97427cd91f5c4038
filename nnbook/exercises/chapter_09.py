"""Checkers of chapter 09: sizes, convolution, pooling and the way back through both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from nnbook.exercises.attempt import Attempt, Trial
from nnbook.exercises.judge import Checkers, Wrong

checks = Checkers()


def windows(image: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """All windows of `shape` in the image, (rows, columns, high, wide)."""
    return np.lib.stride_tricks.sliding_window_view(image, shape)


def blocks(image: np.ndarray, size: int) -> np.ndarray:
    """Windows side by side, (rows, columns, size · size)."""
    rows, columns = (side // size for side in image.shape)
    cut = image.reshape(rows, size, columns, size).swapaxes(1, 2)
    return cut.reshape(rows, columns, size * size)


@checks("9.1")
def output_size(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    cases = [
        (28, 5, 1, 0),
        (28, 5, 1, 2),
        (28, 5, 2, 0),
        (28, 3, 3, 1),
        (12, 5, 1, 0),
        (9, 4, 2, 1),
    ]
    for n, kernel, stride, padding in cases:
        expected = (n + 2 * padding - kernel) // stride + 1
        yield attempt.trial(expected, n=n, kernel=kernel, stride=stride, padding=padding)


@checks("9.2")
def convolve(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for image_shape, shape in (((4, 4), (3, 3)), ((5, 6), (2, 3)), ((3, 7), (1, 4))):
        image = rng.uniform(0, 1, size=image_shape).round(1)
        weights = rng.uniform(-2, 2, size=shape).round(1)
        bias = round(float(rng.uniform(-1, 1)), 1)
        z = bias + np.einsum("rclm,lm->rc", windows(image, shape), weights)
        yield attempt.trial(z, image=image, weights=weights, bias=bias)


@checks("9.3")
def count(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    cases = [(5, 1, 20), (5, 20, 40), (3, 3, 1), tuple(map(int, rng.integers(2, 8, size=3)))]
    for kernel, channels, maps in cases:
        expected = (kernel * kernel * channels + 1) * maps
        yield attempt.trial(expected, kernel=kernel, channels=channels, maps=maps)


@checks("9.4")
def max_pool(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for shape, size in (((4, 4), 2), ((2, 6), 2), ((6, 3), 3)):
        feature_map = rng.uniform(-2, 2, size=shape).round(1)  # below 0 as well
        yield attempt.trial(
            blocks(feature_map, size).max(axis=2), feature_map=feature_map, size=size
        )
    below = -rng.uniform(1, 2, size=(2, 2)).round(1)
    yield attempt.trial(np.array([[below.max()]]), feature_map=below, size=2)


@checks("9.5")
def without_dense(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    from nnbook.network import Network

    network = attempt.value
    if not isinstance(network, Network):
        raise Wrong("Hand in a Network, such as `Network([(28, 28, 1), …])`.")
    names = [type(layer).__name__ for layer in network.layers]
    expected = "Conv, MaxPool, Activation, Conv, MaxPool, Activation, Dense"
    if network.input_shape != (28, 28, 1):
        raise Wrong("The input must be images: the first entry of the list is `(28, 28, 1)`.")
    yield Trial(", ".join(names), expected, "the layers")
    total = int(network.parameters.size)
    yield Trial(
        total, 26_970, "parameters", 0,
        words=f"Your network has {total:,} weights and biases, and 26,970 are expected.",
    )  # fmt: skip
    last = network.layers[-1].activation.name
    yield Trial(last, "softmax", "the output layer's activation")
    yield Trial(type(network.cost).__name__, "LogLikelihood", "the cost")


@checks("9.6")
def patches(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for shape, size in (((4, 4), 3), ((3, 5), 2), ((5, 4), 1)):
        image = rng.uniform(0, 1, size=shape).round(1)
        expected = windows(image, (size, size)).reshape(-1, size * size)
        yield attempt.trial(expected, image=image, size=size)


@checks("9.7")
def kernel_gradient(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for image_shape, shape in (((4, 4), (3, 3)), ((5, 6), (2, 3)), ((3, 4), (3, 4))):
        image = rng.uniform(0, 1, size=image_shape).round(1)
        delta_shape = tuple(a - b + 1 for a, b in zip(image_shape, shape, strict=True))
        delta = rng.uniform(-1, 1, size=delta_shape).round(1)
        nabla_w = np.einsum("lmrc,rc->lm", windows(image, delta_shape), delta)
        yield attempt.trial((nabla_w, float(delta.sum())), image=image, delta=delta)


def spread(weights: np.ndarray, delta: np.ndarray) -> np.ndarray:
    """∂C/∂image: each error, times the weights, added at the window that it came from."""
    (rows, columns), (high, wide) = delta.shape, weights.shape
    image = np.zeros((rows + high - 1, columns + wide - 1))
    for row, column in np.ndindex(rows, columns):
        image[row : row + high, column : column + wide] += delta[row, column] * weights
    return image


@checks("9.8")
def input_gradient(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for shape, delta_shape in (((3, 3), (2, 2)), ((2, 3), (3, 4)), ((2, 2), (1, 1))):
        weights = rng.uniform(-2, 2, size=shape).round(1)
        delta = rng.uniform(-1, 1, size=delta_shape).round(1)
        yield attempt.trial(spread(weights, delta), weights=weights, delta=delta)


@checks("9.9")
def pool_gradient(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for shape, size in (((4, 4), 2), ((2, 6), 2), ((3, 6), 3)):
        # no two alike, so that the largest is one; small ones first, so that 0 is no answer
        feature_map = rng.permutation(np.arange(-3.0, shape[0] * shape[1] - 3)).reshape(shape)
        delta = rng.uniform(0.5, 2, size=tuple(side // size for side in shape)).round(1)
        back = np.zeros(shape)
        for row, column in np.ndindex(*delta.shape):
            i, j = divmod(int(blocks(feature_map, size)[row, column].argmax()), size)
            back[row * size + i, column * size + j] = delta[row, column]
        yield attempt.trial(back, feature_map=feature_map, delta=delta, size=size)


def outputs(x: np.ndarray, weights: list[Any], biases: list[Any]) -> np.ndarray:
    """Rectified linear units in every layer, the last one included."""
    for w, b in zip(weights, biases, strict=True):
        x = np.maximum(0, w @ x + b)
    return x


@checks("9.13")
def rescaled(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes, c in (((3, 4, 2), 2.0), ((2, 3, 3, 2), 0.5), ((2, 4, 3, 3, 2), 3.0)):
        shapes = list(zip(sizes[1:], sizes[:-1], strict=True))
        weights = [rng.uniform(-1, 2, size=shape).round(1) for shape in shapes]
        biases = [rng.uniform(0.1, 1, size=shape[0]).round(1) for shape in shapes]
        expected = tuple(c ** (k + 1) * b for k, b in enumerate(biases))
        yield attempt.trial(expected, biases=biases, c=c)
        x = rng.uniform(0.5, 1, size=sizes[0])
        assert np.allclose(
            outputs(x, [c * w for w in weights], list(expected)),
            c ** len(weights) * outputs(x, weights, biases),
        )
