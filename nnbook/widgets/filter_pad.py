"""The widget of the filters: one window of weights over a digit of the reader's (NNDL ch. 6)."""

from __future__ import annotations

from typing import Any

import ipywidgets as W
import numpy as np

from nnbook.explore.feature_maps import SHORT, convolutional
from nnbook.explore.kernels import HAND_MADE, learned, pooled
from nnbook.network import Network
from nnbook.plots.convolution import draw_map, name
from nnbook.plots.style import ORANGE
from nnbook.widgets import controls
from nnbook.widgets.drawing import DrawingPad
from nnbook.widgets.picture import Picture

WORDS = (
    "Filters: a drawing pad, a menu of windows of weights, made by hand or learned by the "
    "network, and what the chosen one finds in the digit: the feature map, the same after the "
    "activation, and after max-pooling."
)


class FiltersWidget(DrawingPad):
    """A drawing pad with one filter laid over the digit. `kernels` are all, `kernel` the menu."""

    def __init__(self, network: Network, data: Any = None) -> None:
        self.kernels = HAND_MADE | learned(convolutional(network))
        self.kernel = controls.choice("filter", list(self.kernels))
        self.picture = Picture(
            9.4,
            3.0,
            alt="From left to right: the weights of the filter, its feature map on the digit "
            "(blue above 0, orange below), the map after the activation, and after max-pooling.",
        )
        self._told = W.HTML()
        self._draw_once()
        super().__init__(network, data)
        self.watch(self.kernel, self._filtered)
        self.load(0)

    def _below(self) -> list[W.Widget]:
        return [self.kernel, self.picture.image, self._told]

    def _in_words(self) -> str:
        return WORDS

    def _changed(self) -> None:
        super()._changed()
        self._filtered()

    def _filtered(self) -> None:
        kernel = self.kernels[self.kernel.value]
        z = kernel.over(self.image.astype(np.float64))
        a = kernel.activation(z)
        small = pooled(a)
        with self.picture.lock:
            values = (kernel.weights, z, a, small)
            for picture, shown in zip(self._pictures, values, strict=True):
                limit = float(np.abs(shown).max()) or 1.0
                picture.set_data(shown)
                picture.set_clim(-limit, limit)
            row, column = np.unravel_index(z.argmax(), z.shape)
            self._strongest.set_data([column], [row])
            self.picture.push()
        self._told.value = (
            f"<b>{self.kernel.value}</b>, bias {kernel.bias:.2f}: strongest in row {row + 1}, "
            f"column {column + 1} of the map, z = {z.max():.2f} (orange cross). Activation: "
            f"{SHORT.get(kernel.activation.name, kernel.activation.name)}."
        ).replace("-", "−")

    def _draw_once(self) -> None:
        figure = self.picture.figure
        titles = ("weights 5 × 5", "z: 24 × 24", "activation: 24 × 24", "max-pooled: 12 × 12")
        self._pictures = []
        for position, title in enumerate(titles):
            wide = 0.15 if position == 0 else 0.25
            left = 0.01 if position == 0 else 0.19 + 0.275 * (position - 1)
            axes = figure.add_axes((left, 0.03, wide, 0.84))
            side = (5, 24, 24, 12)[position]
            self._pictures.append(draw_map(axes, np.zeros((side, side))))
            name(axes, title)
            self.picture.moving(axes.spines.values())  # or the maps would hide them
            if position == 1:
                (self._strongest,) = axes.plot([], [], "x", color=ORANGE, markersize=11, mew=2.5)
        self.picture.moving(self._pictures, self._strongest)

    def still(self) -> bytes:
        """The filter and what it finds, as a PNG file."""
        data = self.digits
        shown = f"test digit {self.sheet.digit}, {data.name}" if self.sheet.digit >= 0 else "drawn"
        return self.picture.still(
            f"filter: {self.kernel.value}; digit: {shown}; cross: the largest z"
        )
