"""Pooling layers: each window of a feature map becomes one number (NNDL ch. 6)."""

from __future__ import annotations

from functools import reduce
from typing import Any

import numpy as np

from nnbook.layers.base import Layer, Shape
from nnbook.layers.windows import Images, Maps, image_shape, pair, shown, strips


class _Pool(Layer):
    """What the pooling layers share: windows side by side, each channel on its own, no weights.

    Inputs are images (m, height, width, channels), outputs (m, height / size, width / size,
    channels). `size` is a whole number, 1 or more, or a pair (height, width).
    """

    def __init__(self, size: int | tuple[int, int]):
        self.size = pair("size", size)

    def settings(self) -> dict[str, Any]:
        return {"size": self.size}

    def connect(self, input_shape: Shape) -> Shape:
        height, width, channels = image_shape(input_shape)
        high, wide = self.size
        if height % high or width % wide:
            raise ValueError(
                f"windows of {high}×{wide} do not divide images of {height}×{width} "
                f"(input shape {input_shape}): choose a size, or a kernel and padding before it, "
                "that leave no rest."
            )
        self.input_shape = input_shape
        self.output_shape = (height // high, width // wide, channels)
        return self.output_shape

    def __repr__(self) -> str:
        return f"{type(self).__name__}({shown(self.size)})"


class MaxPool(_Pool):
    """The largest number of each window: was the feature found anywhere in it?

    A tournament: first the largest of each column of a window, then the largest of those. Where
    several are equally large, the first column's first wins, and it alone gets the gradient.
    """

    def weighted_input(self, a_in: Images) -> Maps:
        return _largest(_largest(a_in, 1, self.size[0]), 2, self.size[1])

    def forward(self, a_in: Images) -> Maps:
        self.a_in = a_in
        self.finalists = _largest(a_in, 1, self.size[0])
        self.z = self.a = _largest(self.finalists, 2, self.size[1])
        return self.a

    def backprop(self, delta: Maps) -> Images:
        self.delta = delta
        grad_finalists = _to_winners(delta, self.a, self.finalists, 2, self.size[1])
        return _to_winners(grad_finalists, self.finalists, self.a_in, 1, self.size[0])


class AveragePool(_Pool):
    """The mean of each window."""

    def weighted_input(self, a_in: Images) -> Maps:
        return _sum(a_in, self.size) / (self.size[0] * self.size[1])

    def backprop(self, delta: Maps) -> Images:
        self.delta = delta
        return _spread(delta / (self.size[0] * self.size[1]), self.size)


class L2Pool(_Pool):
    """√(Σ a²), the root of the sum of the squares of each window (NNDL ch. 6).

    Its slope a_in / z has no value at a window of zeros; 0 is taken there.
    """

    def weighted_input(self, a_in: Images) -> Maps:
        return np.sqrt(_sum(np.square(a_in), self.size))

    def backprop(self, delta: Maps) -> Images:
        self.delta = delta
        per_unit = np.divide(delta, self.z, out=np.zeros_like(delta), where=self.z != 0)
        return self.a_in * _spread(per_unit, self.size)


def _largest(images: np.ndarray, axis: int, size: int) -> np.ndarray:
    """The largest of each `size` lines along `axis`."""
    return reduce(np.maximum, strips(images, axis, size))


def _to_winners(
    grad: np.ndarray, winners: np.ndarray, contenders: np.ndarray, axis: int, size: int
) -> np.ndarray:
    """`grad`, of the shape of `winners`, handed to the first of `contenders` that equals each."""
    if size == 1:
        return grad
    result = np.empty_like(contenders)
    *places, last = strips(result, axis, size)
    for place, entry in zip(places, strips(contenders, axis, size), strict=False):
        np.multiply(grad, entry == winners, out=place)
        grad = np.subtract(grad, place, out=last)  # what is left waits at the last place
    return result


def _sum(images: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """The sum of each window."""
    columns = reduce(np.add, strips(images, 1, size[0]))
    return reduce(np.add, strips(columns, 2, size[1]))


def _spread(pooled: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Each number of `pooled` at every place of its window."""
    return pooled.repeat(size[0], axis=1).repeat(size[1], axis=2)
