"""One hidden neuron and the window of the image that it sees (NNDL ch. 6)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float

from nnbook import checks
from nnbook.data.dataset import Dataset
from nnbook.explore.kernels import HAND_MADE, Kernel

MOST_STRIDE, MOST_PADDING = 3, 2


class ReceptiveField:
    """An image under a sliding window: neuron (`row`, `column`) of the map and what it sums up.

    `kernels` are the windows to choose from, `data` the images. `framed` is the image in [0, 1]
    with its padding, `map` the weighted input z of all neurons, (rows, columns).
    """

    def __init__(self, data: Dataset, kernels: Mapping[str, Kernel] | None = None) -> None:
        self.data = checks.instance("data", data, Dataset, "digits.test")
        self.kernels = dict(HAND_MADE if kernels is None else kernels)
        self.row = self.column = 0
        self.set(0, next(iter(self.kernels)), 1, 0)
        rows, columns = self.map.shape
        self.move(rows // 2, columns // 2)

    def set(self, index: int, name: str, stride: int, padding: int) -> None:
        """Choose image, kernel, stride (1 to 3) and padding (0 to 2).

        The window stays where it is, or goes to the last place there is.
        """
        self.index = checks.whole("index", index, 0, len(self.data) - 1)
        self.name = checks.one_of("name", name, self.kernels)
        self.stride = checks.whole("stride", stride, 1, MOST_STRIDE)
        self.padding = checks.whole("padding", padding, 0, MOST_PADDING)
        image = self.data.images[self.index] / 255
        self.framed = np.pad(image, self.padding)
        self.map = self.kernel.over(image, self.stride, self.padding)
        rows, columns = self.map.shape
        self.row, self.column = min(self.row, rows - 1), min(self.column, columns - 1)

    def move(self, row: int, column: int) -> None:
        """Put the window where neuron (`row`, `column`), from 0, sees it."""
        rows, columns = self.map.shape
        self.row = checks.whole("row", row, 0, rows - 1)
        self.column = checks.whole("column", column, 0, columns - 1)

    @property
    def kernel(self) -> Kernel:
        """The chosen weights."""
        return self.kernels[self.name]

    @property
    def corner(self) -> tuple[int, int]:
        """The window's top left pixel in `framed`."""
        return self.row * self.stride, self.column * self.stride

    @property
    def window(self) -> Float[np.ndarray, "high wide"]:
        """The pixels that the neuron sees."""
        (top, left), (high, wide) = self.corner, self.kernel.weights.shape
        return self.framed[top : top + high, left : left + wide]

    @property
    def products(self) -> Float[np.ndarray, "high wide"]:
        """Weight times pixel, for each pixel of the window."""
        return self.kernel.weights * self.window

    @property
    def z(self) -> float:
        """The neuron's weighted input."""
        return float(self.map[self.row, self.column])
