"""The drawing pad: draw a digit, see what the network gets and its ten outputs (NNDL ch. 1)."""

from __future__ import annotations

import math
import threading
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets as W
import numpy as np
import traitlets as T

from nnbook import checks, plots
from nnbook.data.dataset import Digits
from nnbook.explore import ink
from nnbook.explore.settings import digits_given
from nnbook.network import Network
from nnbook.plots.show import png
from nnbook.plots.style import BLUE, ORANGE
from nnbook.widgets.panel import Panel

HERE = Path(__file__).parent
WORDS = (
    "Drawing pad: draw a digit with mouse or finger, or load a test digit, and see the "
    "28 × 28 image that the network gets and its ten outputs."
)


class Sheet(anywidget.AnyWidget):
    """The part that lives in the browser: strokes and digit come from it, the rest goes to it."""

    _esm = HERE / "drawing.js"
    _css = HERE / "drawing.css"
    strokes: T.List[Any] = T.List().tag(sync=True, echo_update=False)
    digit = T.Int(-1).tag(sync=True)  # which test digit is loaded; -1: none, it is a drawing
    count = T.Int(0).tag(sync=True)
    pen = T.Float(ink.PEN / ink.SIDE).tag(sync=True)
    picture = T.Bytes(bytes(784)).tag(sync=True)
    outputs: T.List[Any] = T.List().tag(sync=True)
    kind = T.Unicode("output").tag(sync=True)
    answer = T.Unicode("").tag(sync=True)


class DrawingPad(Panel):
    """A sheet to draw on, and what `network` says to it.

    `network` has 784 inputs (or 28 × 28 × 1) and ten outputs; it may be training meanwhile.
    `data` are the `Digits` whose test digits can be loaded, by default MNIST. `image` (28, 28) is
    what the network gets, `outputs` (10,) what it says, or None while the sheet is empty.
    """

    def __init__(self, network: Network, data: Digits | None = None) -> None:
        self.network = _checked(network)
        self.digits = digits_given(data)
        self.image = np.zeros((ink.FIELD, ink.FIELD), np.float32)
        self.outputs: np.ndarray | None = None
        self._lock = threading.Lock()
        softmax = network.layers[-1].activation.name == "softmax"
        self.sheet = Sheet(count=len(self.digits.test), kind="probability" if softmax else "output")
        super().__init__([self.sheet, *self._below()], words=self._in_words())
        self.watch(self.sheet, self._changed, "strokes")
        self.watch(self.sheet, self._changed, "digit")
        self._changed()

    def _below(self) -> list[W.Widget]:
        """What stands under the sheet: nothing here."""
        return []

    def _in_words(self) -> str:
        return WORDS

    def draw(self, strokes: list[list[list[float]]]) -> None:
        """Put `strokes` on the sheet: lists of points (x, y), from (0, 0) top left to (1, 1)."""
        with self.sheet.hold_trait_notifications():
            self.sheet.digit, self.sheet.strokes = -1, strokes

    def clear(self) -> None:
        """An empty sheet."""
        self.draw([])

    def load(self, digit: int) -> None:
        """Show test digit number `digit`, from 0; ValueError if there is no such digit."""
        digit = checks.whole("digit", digit, 0, len(self.digits.test) - 1)
        with self.sheet.hold_trait_notifications():
            self.sheet.strokes, self.sheet.digit = [], digit

    def _changed(self) -> None:
        with self._lock:  # messages may come from two threads
            digit, strokes = self.sheet.digit, self.sheet.strokes
            if digit >= 0:
                self.image = self.digits.test.images[digit] / np.float32(255)
            else:
                self.image = ink.centred(ink.drawn(strokes))
            empty = not self.image.any()
            self.outputs = None if empty else self.network.predict(self.image.reshape(1, -1))[0]
            shown = [] if self.outputs is None else [_number(v) for v in self.outputs.tolist()]
            with self.sheet.hold_sync():
                self.sheet.picture = np.rint(self.image * 255).astype(np.uint8).tobytes()
                self.sheet.outputs = shown
                self.sheet.answer = self._answer(digit)

    def _answer(self, digit: int) -> str:
        if self.outputs is None:
            return "Draw a digit, or load a test digit."
        place = ""
        if digit >= 0:
            labels = self.digits.test.labels
            truth = "" if labels is None else f" is a {labels[digit]}"
            place = f"Test digit {digit:,} of {self.digits.name}{truth}. "
        if not np.isfinite(self.outputs).all():
            return f"{place}The network has no answer: an output is not a finite number."
        best = int(self.outputs.argmax())
        value = f"{self.sheet.kind} {self.outputs[best]:.2f}"
        return f"{place}The network answers {best} ({value})."

    def still(self) -> bytes:
        """The sheet's image and the outputs, or those of the first test digit, as a PNG file."""
        image, outputs, title = self.image, self.outputs, "What the network gets"
        if outputs is None:
            image = self.digits.test.images[0] / np.float32(255)
            outputs = self.network.predict(image.reshape(1, -1))[0]
            title = f"A test digit ({self.digits.name})"
        figure = plots.figure(8, 3.6)
        left, right = figure.subplots(1, 2, width_ratios=(1, 1.5))
        left.imshow(image, cmap="Greys", vmin=0, vmax=1)
        left.set_title(title, fontsize=13, loc="left")
        left.set_xticks([])
        left.set_yticks([])
        best = int(np.argmax(outputs))
        colours = [ORANGE if digit == best else BLUE for digit in range(10)]
        bars = right.barh(range(10), outputs, color=colours)
        right.bar_label(bars, fmt="%.2f", padding=3, fontsize=10)
        right.set_yticks(range(10))
        right.invert_yaxis()
        right.set_xlim(min(0, float(np.min(outputs))), max(1.12, float(np.max(outputs)) * 1.12))
        plots.tidy(right, title=f"Its answer: {best}", x=self.sheet.kind, y="digit", grid=False)
        return png(figure)


def _number(value: float) -> float | None:
    return round(value, 4) if math.isfinite(value) else None


def _checked(network: Any) -> Network:
    if not isinstance(network, Network):
        raise TypeError(
            "network must be a trained Network, such as one made with "
            f"Network([784, 30, 10]) and trained with fit(...), but it is {network!r}."
        )
    inputs, outputs = math.prod(network.input_shape), math.prod(network.output_shape)
    if inputs != 784 or outputs != 10:
        raise ValueError(
            "network must have 784 inputs (the pixels of a 28 × 28 image) and 10 outputs (the "
            f"digits), but it has {inputs} inputs and {outputs} outputs."
        )
    return network
