"""The convolutional layer: local receptive fields and shared weights (NNDL ch. 6)."""

from __future__ import annotations

from typing import Any

import numpy as np

from nnbook.activations import ActivationFunction, linear
from nnbook.checks import instance, whole
from nnbook.layers.base import Shape, WeightedLayer
from nnbook.layers.windows import (
    Images,
    Maps,
    Pair,
    Patches,
    add_lines,
    image_shape,
    padded,
    pair,
    patches,
    shown,
    without_frame,
)


class Conv(WeightedLayer):
    """Feature maps: each neuron sees a window of the image, all neurons of a map share weights.

    z[j] = Σ_l Σ_m Σ_c W[j, l, m, c] a_in[row + l, column + m, c] + b[j], NNDL ch. 6 (125).

    `W` is (maps, kernel height, kernel width, channels), `b` is (maps,). Inputs are images
    (m, height, width, channels), outputs (m, rows, columns, maps): one map a channel.
    """

    def __init__(
        self,
        channels: int,
        kernel: int | Pair,
        *,
        stride: int | Pair = 1,
        padding: int | Pair = 0,
        activation: ActivationFunction = linear,
    ):
        """`channels` feature maps, 1 or more, with windows of `kernel` pixels.

        `kernel`, `stride` (both 1 or more) and `padding` (lines of zeros on each side, 0 or more)
        are whole numbers or pairs (height, width). Windows that would stick out at the right or
        bottom edge are left out. The activation is linear so that it may follow the pooling, as
        in the book's program: `Conv(20, 5), MaxPool(2), Activation(sigmoid)`.
        """
        self.channels = whole("channels", channels)
        self.kernel = pair("kernel", kernel)
        self.stride = pair("stride", stride)
        self.padding = pair("padding", padding, low=0)
        self.activation = instance("activation", activation, ActivationFunction, "sigmoid")

    def settings(self) -> dict[str, Any]:
        names = ("channels", "kernel", "stride", "padding", "activation")
        return {name: getattr(self, name) for name in names}

    def connect(self, input_shape: Shape) -> Shape:
        height, width, channels = image_shape(input_shape)
        high, wide = height + 2 * self.padding[0], width + 2 * self.padding[1]
        if self.kernel[0] > high or self.kernel[1] > wide:
            raise ValueError(
                f"a window of {self.kernel[0]}×{self.kernel[1]} pixels does not fit into images "
                f"of shape {input_shape} with padding {shown(self.padding)}: "
                "use a smaller kernel or more padding."
            )
        rows = (high - self.kernel[0]) // self.stride[0] + 1
        columns = (wide - self.kernel[1]) // self.stride[1] + 1
        self.input_shape, self.output_shape = input_shape, (rows, columns, self.channels)
        self.weight_shape = (self.channels, self.kernel[1], self.kernel[0], channels)
        return self.output_shape

    def attach(
        self, W: np.ndarray, b: np.ndarray, gradient_W: np.ndarray, gradient_b: np.ndarray
    ) -> None:
        """`filters` has a row for each map, in the order of a patch; `W` is a view of the same."""
        self.filters = W.reshape(self.channels, -1)
        self.gradient_filters = gradient_W.reshape(self.channels, -1)
        super().attach(W.swapaxes(1, 2), b, gradient_W.swapaxes(1, 2), gradient_b)

    def fans(self) -> tuple[int, int]:
        """A neuron's inputs, and the neurons that share an input away from the edge at stride 1.

        He et al. (2015), section 2.2, count so; Keras and PyTorch do too, at any stride.
        """
        _, high, wide, channels = self.W.shape
        return high * wide * channels, high * wide * self.channels

    def weighted_input(self, a_in: Images) -> Maps:
        return self._weighted(self._patches(a_in))

    def forward(self, a_in: Images) -> Maps:
        self.a_in = a_in
        self.patches = self._patches(a_in)
        self.z = self._weighted(self.patches)
        self.a = self.activation(self.z)
        return self.a

    def backprop(self, delta: Maps) -> np.ndarray:
        """Sums over the mini-batch and over the map's neurons, which share weights and bias."""
        self.delta = delta
        delta = delta.reshape(-1, self.channels)  # a row for each window, as in patches
        np.matmul(np.ones(len(delta), delta.dtype), delta, out=self.gradient_b)  # BP3: a sum
        self.gradient_filters[...] = _products(delta, self.patches, len(self.delta))  # BP4
        if not self.needs_input_gradient:
            return self.delta
        m, height, width, channels = self.a_in.shape
        high, wide = height + 2 * self.padding[0], width + 2 * self.padding[1]
        by_line = self.W.swapaxes(0, 1).reshape(self.kernel[0], self.channels, -1)
        lines = delta @ by_line  # BP2, for each line of each window on its own ...
        grad = add_lines(lines, (m, high, wide, channels), self.kernel, self.stride)
        return without_frame(grad, self.padding)  # ... and added up at each pixel

    def _patches(self, a_in: Images) -> Patches:
        return patches(padded(a_in, self.padding), self.kernel, self.stride)

    def _weighted(self, patches: Patches) -> Maps:
        rows, columns, maps = self.output_shape
        z = (patches @ self.filters.T).reshape(-1, columns * maps)
        z += np.tile(self.b, columns)  # a row of the image at a time: longer runs, half the time
        return z.reshape(-1, rows, columns, maps)

    def __repr__(self) -> str:
        extras = f", stride={shown(self.stride)}" if self.stride != (1, 1) else ""
        extras += f", padding={shown(self.padding)}" if self.padding != (0, 0) else ""
        extras += f", activation={self.activation}" if self.activation is not linear else ""
        return f"Conv({self.channels}, {shown(self.kernel)}{extras})"


def _products(delta: np.ndarray, patches: Patches, m: int) -> np.ndarray:
    """deltaᵀ @ patches, the sum over all windows of the `m` images.

    The matrix product is slow at long sums with a small result: those go image by image.
    """
    if len(delta) < m * patches.shape[1]:
        return delta.T @ patches
    per_image = patches.reshape(m, -1, patches.shape[1]).swapaxes(1, 2)
    return (per_image @ delta.reshape(m, -1, delta.shape[1])).sum(axis=0).T
