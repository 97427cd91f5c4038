"""Small windows of weights: edges and strokes made by hand, and those a network has learned.

They serve NNDL ch. 6: what a feature map looks for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from numpy.lib.stride_tricks import sliding_window_view

from nnbook import checks
from nnbook.activations import ActivationFunction, relu
from nnbook.layers import Activation, Conv
from nnbook.network import Network

SIDE = 5
Image = Float[np.ndarray, "height width"]
Map = Float[np.ndarray, "rows columns"]


@dataclass(frozen=True)
class Kernel:
    """Shared weights of one feature map, (high, wide), its bias, and what follows the sum."""

    weights: Float[np.ndarray, "high wide"]
    bias: float = 0.0
    activation: ActivationFunction = relu

    def over(self, image: Image, stride: int = 1, padding: int = 0) -> Map:
        """z of every neuron of the map: the bias and the weighted sum of its window of `image`.

        `stride` (1 or more) pixels lie between neighbouring windows; `padding` (0 or more) lines
        of zeros are put around the image. ValueError where no window fits.
        """
        checks.whole("stride", stride)
        checks.whole("padding", padding, 0)
        framed = np.pad(image, padding)
        if any(side < size for side, size in zip(framed.shape, self.weights.shape, strict=True)):
            raise ValueError(
                f"image must be at least as large as the window {self.weights.shape}, "
                f"but with its padding it is {framed.shape}."
            )
        windows = sliding_window_view(framed, self.weights.shape)[::stride, ::stride]
        return self.bias + np.einsum("rclm,lm->rc", windows, self.weights)


def pooled(feature_map: Map, size: int = 2) -> Float[np.ndarray, "fewer_rows fewer_columns"]:
    """The largest number of each window of `size` × `size`; a rest at the edge is left out."""
    checks.whole("size", size)
    rows, columns = (side // size for side in feature_map.shape)
    whole = feature_map[: rows * size, : columns * size]
    return whole.reshape(rows, size, columns, size).max(axis=(1, 3))


def _columns(*numbers: float) -> np.ndarray:
    """A window whose rows are all the same."""
    return np.tile(np.array(numbers, dtype=np.float64), (SIDE, 1))


def _diagonal() -> np.ndarray:
    """2 on the diagonal, 0 beside it, then −1, and 0 in the two corners: the sum is 0."""
    apart = np.abs(np.subtract.outer(np.arange(SIDE), np.arange(SIDE)))
    return np.array([2.0, 0.0, -1.0, -1.0, 0.0])[apart]


def _outline() -> np.ndarray:
    """The middle pixel against its eight neighbours."""
    window = np.zeros((SIDE, SIDE))
    window[1:4, 1:4] = -1
    window[2, 2] = 8
    return window


def _copy() -> np.ndarray:
    window = np.zeros((SIDE, SIDE))
    window[2, 2] = 1
    return window


# All but the last two sum to 0: on plain white and on plain black paper they find nothing.
HAND_MADE: dict[str, Kernel] = {
    "left edge": Kernel(_columns(-1, -1, 0, 1, 1)),
    "top edge": Kernel(_columns(-1, -1, 0, 1, 1).T),
    "vertical stroke": Kernel(_columns(-2, 1, 2, 1, -2)),
    "horizontal stroke": Kernel(_columns(-2, 1, 2, 1, -2).T),
    "falling stroke": Kernel(_diagonal()),
    "rising stroke": Kernel(_diagonal()[:, ::-1]),
    "outline": Kernel(_outline()),
    "blur": Kernel(np.full((SIDE, SIDE), 1 / SIDE**2)),
    "copy": Kernel(_copy()),
}


def learned(network: Network) -> dict[str, Kernel]:
    """The windows of the first layer of `network`, as they are now: "learned 1", "learned 2", …

    ValueError unless that layer is a convolution of images with one channel.
    """
    checks.instance("network", network, Network, "Network([(28, 28, 1), Conv(20, 5), 10])")
    first = network.layers[0]
    if not isinstance(first, Conv) or first.W.shape[3] != 1:
        raise ValueError(
            "network must begin with a convolution of images with one channel, such as "
            f"Network([(28, 28, 1), Conv(20, 5), MaxPool(2), 10]), but it is {network!r}."
        )
    bends = [first, *(layer for layer in network.layers[1:3] if isinstance(layer, Activation))]
    activation = bends[-1].activation
    return {
        f"learned {k + 1}": Kernel(
            np.array(first.W[k, :, :, 0], np.float64), float(first.b[k]), activation
        )
        for k in range(len(first.b))
    }
