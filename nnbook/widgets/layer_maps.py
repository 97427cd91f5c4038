"""The widget of the feature maps: what each layer makes of the reader's digit (NNDL ch. 6)."""

from __future__ import annotations

from typing import Any

import ipywidgets as W
import numpy as np

from nnbook import plots
from nnbook.explore.feature_maps import convolutional, stages
from nnbook.network import Network
from nnbook.plots.convnet import sheet
from nnbook.plots.convolution import draw_map, name
from nnbook.plots.show import png
from nnbook.widgets.drawing import DrawingPad
from nnbook.widgets.picture import Picture

COLUMNS = 3
WORDS = (
    "Feature maps layer by layer: a drawing pad with the ten outputs of the network, and all "
    "feature maps of every layer for the digit that is drawn or loaded."
)


class FeatureMapsWidget(DrawingPad):
    """A drawing pad with the outputs of all layers of `network` below it."""

    def __init__(self, network: Network, data: Any = None) -> None:
        shown = stages(convolutional(network), np.zeros((28, 28)))
        rows = -(-len(shown) // COLUMNS)
        self.picture = Picture(
            9.4,
            3.2 * rows,
            alt="The outputs of each layer for the digit, one small picture for each feature map: "
            "blue above 0, orange below, white 0.",
        )
        self._pictures = []
        for position, stage in enumerate(shown):
            row, column = divmod(position, COLUMNS)
            axes = self.picture.figure.add_axes(
                (0.01 + column / COLUMNS, 1 - (row + 0.97) / rows, 0.97 / COLUMNS, 0.85 / rows)
            )
            self._pictures.append(draw_map(axes, sheet(stage.values)))
            name(axes, stage.title)
            self.picture.moving(axes.spines.values())  # or the maps would hide them
        self.picture.moving(self._pictures)
        super().__init__(network, data)
        self.load(0)

    def _below(self) -> list[W.Widget]:
        return [self.picture.image]

    def _in_words(self) -> str:
        return WORDS

    def _changed(self) -> None:
        super()._changed()
        with self.picture.lock:
            for picture, stage in zip(
                self._pictures, stages(self.network, self.image), strict=True
            ):
                shown = sheet(stage.values)
                limit = float(np.nanmax(np.abs(shown))) or 1.0
                picture.set_data(shown)
                picture.set_clim(-limit, limit)
            self.picture.push()

    def still(self) -> bytes:
        """All maps of the digit, as a PNG file."""
        digit = self.sheet.digit
        shown = f"Test digit {digit} of {self.digits.name}" if digit >= 0 else "A drawing"
        layers = [(stage.title, stage.values) for stage in stages(self.network, self.image)]
        answer = self.sheet.answer.split(". ")[-1]
        return png(plots.feature_maps(self.image, layers, title=f"{shown}. {answer}"))
