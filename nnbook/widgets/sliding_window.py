"""The widget of the receptive field: a window slides, a neuron of the map lights up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import ipywidgets as W
import numpy as np
import traitlets as T

from nnbook import plots
from nnbook.data.dataset import Dataset
from nnbook.explore.receptive import MOST_PADDING, MOST_STRIDE, ReceptiveField
from nnbook.explore.settings import digits_given
from nnbook.plots.show import png
from nnbook.widgets import controls
from nnbook.widgets.panel import Panel

HERE = Path(__file__).parent
IMAGES = 200  # so many digits can be chosen
WORDS = (
    "Receptive field: a menu of weights, sliders for the image, stride and padding, the image "
    "under a 5 × 5 window that follows mouse and arrow keys, the products of the window, and the "
    "feature map with the neuron that sees it."
)


class Field(anywidget.AnyWidget):
    """The part that lives in the browser: row and column come from it, the rest goes to it."""

    _esm = HERE / "sliding_window.js"
    _css = HERE / "sliding_window.css"
    row = T.Int(0).tag(sync=True)
    column = T.Int(0).tag(sync=True)
    size = T.List(T.Int()).tag(sync=True)
    places = T.List(T.Int()).tag(sync=True)
    kernel = T.List(T.Int()).tag(sync=True)
    stride = T.Int(1).tag(sync=True)
    padding = T.Int(0).tag(sync=True)
    pixels = T.Bytes(b"").tag(sync=True)
    weights = T.Bytes(b"").tag(sync=True)
    map = T.Bytes(b"").tag(sync=True)
    drawn = T.Int(0).tag(sync=True)  # raised when all the others have their new values


class ReceptiveFieldWidget(Panel):
    """`field` is the logic behind it; the controls are attributes, `sheet` the part to hover."""

    def __init__(self, data: Any = None) -> None:
        data = data if isinstance(data, Dataset) else digits_given(data).test
        self.field = ReceptiveField(data)
        self.kernel = controls.choice("weights", list(self.field.kernels))
        self.image = controls.whole_slider("image", 0, 0, min(IMAGES, len(data)) - 1)
        self.stride = controls.whole_slider("stride", 1, 1, MOST_STRIDE)
        self.padding = controls.whole_slider("padding", 0, 0, MOST_PADDING)
        self.sheet = Field(row=self.field.row, column=self.field.column)
        columns = controls.side_by_side(
            W.VBox([self.kernel, self.image]), W.VBox([self.stride, self.padding])
        )
        super().__init__([columns, self.sheet], words=WORDS)
        for control in (self.kernel, self.image, self.stride, self.padding):
            self.watch(control, self._changed)
        for name in ("row", "column"):
            self.watch(self.sheet, self._moved, name)
        self._changed()

    def move(self, row: int, column: int) -> None:
        """Put the window where neuron (`row`, `column`), from 0, sees it; ValueError outside."""
        self.field.move(row, column)
        self._place()

    def _changed(self) -> None:
        field = self.field
        field.set(self.image.value, self.kernel.value, self.stride.value, self.padding.value)
        with self.sheet.hold_sync():
            self.sheet.size, self.sheet.places = list(field.framed.shape), list(field.map.shape)
            self.sheet.kernel = list(field.kernel.weights.shape)
            self.sheet.stride, self.sheet.padding = field.stride, field.padding
            self.sheet.pixels = _bytes(field.framed)
            self.sheet.weights = _bytes(field.kernel.weights)
            self.sheet.map = _bytes(field.map)
            self._place()
            self.sheet.drawn += 1

    def _place(self) -> None:
        with self.sheet.hold_trait_notifications():
            self.sheet.row, self.sheet.column = self.field.row, self.field.column

    def _moved(self) -> None:
        rows, columns = self.field.map.shape  # a late message may name a place that is gone
        self.field.move(min(self.sheet.row, rows - 1), min(self.sheet.column, columns - 1))

    def still(self) -> bytes:
        """The image, the weights and the feature map as they stand, as a PNG file."""
        field = self.field
        settings = f"{field.name}; stride {field.stride}, padding {field.padding}"
        return png(
            plots.receptive_field(
                field.framed,
                field.kernel.weights,
                field.map,
                (field.row, field.column),
                stride=field.stride,
                title=f"{settings}; neuron ({field.row}, {field.column}): z = "
                + f"{field.z:.2f}".replace("-", "−"),
            )
        )


def _bytes(values: np.ndarray) -> bytes:
    return np.ascontiguousarray(values, np.float32).tobytes()
