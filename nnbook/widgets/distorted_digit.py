"""The widget that distorts a digit: the original, where its ink moves, and twelve copies."""

from __future__ import annotations

from typing import Any

import ipywidgets as W
import numpy as np

from nnbook.data.dataset import Dataset
from nnbook.explore.distort import COPIES, KINDS, DistortedDigit
from nnbook.explore.settings import digits_given
from nnbook.plots.style import BLUE, ORANGE
from nnbook.widgets import controls
from nnbook.widgets.panel import Panel
from nnbook.widgets.picture import Picture

IMAGES = 200  # so many digits can be chosen
ARROWS = slice(2, None, 4)  # an arrow for every fourth pixel
WORDS = (
    "Distort a digit: a menu of distortions and sliders for their strength, the digit, arrows "
    "that show from where each pixel takes its ink, and twelve distorted copies."
)


class DistortWidget(Panel):
    """`digit` is the logic behind it; the controls are attributes."""

    def __init__(self, data: Any = None, network: Any = None) -> None:
        data = data if isinstance(data, Dataset) else digits_given(data).validation
        self.digit = DistortedDigit(data, network)
        _, high, step, value = KINDS["elastic"]
        self.image = controls.whole_slider("image", 0, 0, min(IMAGES, len(data)) - 1)
        self.kind = controls.choice("distortion", list(KINDS))
        self.strength = controls.slider("strength", value, 0, high, step, digits=0)
        self.sigma = controls.slider("smoothness σ", self.digit.sigma, 0.5, 12, 0.5, digits=1)
        self._words = W.HTML()
        self.picture = Picture(
            9.4,
            3.6,
            alt="Left: a digit with arrows that point to where each pixel takes its ink. Right: "
            "twelve distorted copies.",
        )
        self._draw_once()
        columns = controls.side_by_side(
            W.VBox([self.kind, self.image]), W.VBox([self.strength, self.sigma])
        )
        super().__init__([columns, self.picture.image, self._words], words=WORDS)
        self.watch(self.kind, self._other_kind)
        for slider in (self.image, self.strength, self.sigma):
            self.watch(slider, self._moved)
        self._moved()

    def still(self) -> bytes:
        digit = self.digit
        return self.picture.still(f"{self._settings()} (from {digit.data.name})")

    def _settings(self) -> str:
        digit = self.digit
        words = f"{digit.kind}, {KINDS[digit.kind][0]}: {digit.strength:g}"
        return words + (f", σ = {digit.sigma:g}" if digit.kind == "elastic" else "")

    def _other_kind(self) -> None:
        _, high, step, value = KINDS[self.kind.value]
        self.sigma.disabled = self.kind.value != "elastic"
        with self.strength.hold_sync():
            self.strength.max, self.strength.step = high, step
            self.strength.value = value
        self._moved()

    def _moved(self) -> None:
        digit = self.digit
        strength = min(self.strength.value, KINDS[self.kind.value][1])
        digit.set(self.image.value, self.kind.value, strength, self.sigma.value)
        with self.picture.lock:
            self._original.set_data(digit.image)
            down, right = digit.displacement[:, ARROWS, ARROWS]
            self._arrows.set_UVC(right, down)
            answers = digit.answers
            for k, (picture, text) in enumerate(zip(self._copies, self._texts, strict=True)):
                picture.set_data(digit.copies[k])
                if answers is not None:
                    right_one = digit.label is None or answers[k] == digit.label
                    text.set(text=str(answers[k]), color=BLUE if right_one else ORANGE)
            self.picture.push()
        self._words.value = self._told()

    def _told(self) -> str:
        digit, words = self.digit, self._settings()
        moved = np.hypot(*digit.displacement).mean()
        told = f"{words}. In the first copy a pixel takes its ink from {moved:.1f} pixels away."
        if digit.answers is not None and digit.label is not None:
            right = sum(answer == digit.label for answer in digit.answers)
            told += f" The network reads {right} of {COPIES} copies as a {digit.label}."
        return told

    def _draw_once(self) -> None:
        figure, digit = self.picture.figure, self.digit
        look: dict[str, Any] = {"cmap": "Greys", "vmin": 0, "vmax": 255}
        axes = figure.add_axes((0.01, 0.03, 0.33, 0.86))
        axes.set_title("original, and from where ink is taken", fontsize=11)
        self._original = axes.imshow(digit.image, alpha=0.55, **look)
        height, width = digit.image.shape
        columns, rows = np.meshgrid(np.arange(width)[ARROWS], np.arange(height)[ARROWS])
        self._arrows = axes.quiver(
            columns, rows, 0 * rows, 0 * rows, color=BLUE, angles="xy", scale_units="xy", scale=1
        )
        self._arrows.set_clip_on(True)
        moving: list[Any] = [self._original, self._arrows]
        self._copies, self._texts = [], []
        for k in range(COPIES):
            row, column = divmod(k, 6)
            frame = figure.add_axes((0.365 + 0.106 * column, 0.47 - 0.46 * row, 0.1, 0.42))
            self._copies.append(frame.imshow(digit.copies[k], **look))
            text = frame.text(0.5, -0.02, "", transform=frame.transAxes, ha="center", va="top")
            text.set_fontsize(13)
            self._texts.append(text)
            frame.set_axis_off()
        figure.text(0.365, 0.93, "twelve copies" + (
            ", below each what the network says" if digit.network is not None else ""
        ), fontsize=11)  # fmt: skip
        axes.set_axis_off()
        axes.set(xlim=(-0.5, width - 0.5), ylim=(height - 0.5, -0.5))
        self.picture.moving(moving, self._copies, self._texts)
