"""The widget of dropout: one image, masks over its hidden neurons, what the outputs make of it."""

from __future__ import annotations

import math
from typing import Any

import ipywidgets as W
import numpy as np

from nnbook.data.dataset import Dataset
from nnbook.explore.masks import MASKS, DropoutMasks
from nnbook.explore.settings import digits_given
from nnbook.plots.style import BLACK, BLUE, GREY, ORANGE, tidy
from nnbook.widgets import controls
from nnbook.widgets.panel import Panel
from nnbook.widgets.picture import Picture

IMAGES = 200
WORDS = (
    "Dropout on one image: sliders for the image, the share p and the mask, the hidden neurons "
    "with those that are dropped crossed out, and the outputs with this mask, in the mean over "
    "all masks so far, and without any."
)


class MasksWidget(Panel):
    """`masks` is the logic behind it; the sliders are attributes."""

    def __init__(self, network: Any, data: Any = None) -> None:
        data = data if isinstance(data, Dataset) else digits_given(data).validation
        self.masks = DropoutMasks(network, data)
        self.image = controls.whole_slider("image", 0, 0, min(IMAGES, len(data)) - 1)
        self.p = controls.slider("dropout p", 0.5, 0, 0.9, 0.05)
        self.number = controls.whole_slider("mask number", 1, 1, MASKS)
        self._words = W.HTML()
        self.picture = Picture(
            9.4,
            3.6,
            alt="Left the image; in the middle the hidden neurons as squares, dropped ones with a "
            "cross; right the ten outputs as bars.",
        )
        self._draw_once()
        sliders = controls.side_by_side(W.VBox([self.number, self.p]), self.image)
        super().__init__([sliders, self.picture.image, self._words], words=WORDS)
        for slider in (self.image, self.p, self.number):
            self.watch(slider, self._moved)
        self._moved()

    def still(self) -> bytes:
        masks = self.masks
        return self.picture.still(
            f"mask {masks.number}, p = {masks.p:g}, image {masks.index} of {masks.data.name}"
        )

    def _moved(self) -> None:
        masks = self.masks
        masks.set(self.image.value, self.p.value, self.number.value)
        with self.picture.lock:
            self._image.set_data(masks.image)
            self._hidden.set_data(self._square(np.where(masks.kept, masks.hidden, 0)))
            gone = np.flatnonzero(~masks.kept)
            self._crosses.set_data(gone % self._side, gone // self._side)
            for bar, height in zip(self._bars, masks.thinned, strict=True):
                bar.set_height(height)
            self._mean.set_ydata(masks.mean)
            self._whole.set_ydata(masks.whole)
            self.picture.push()
        self._words.value = _told(masks)

    def _square(self, values: np.ndarray) -> np.ndarray:
        """The values of the hidden neurons in rows, NaN where a place is left over."""
        places = np.full(self._side * -(-len(values) // self._side), np.nan)
        places[: len(values)] = values
        return places.reshape(-1, self._side)

    def _draw_once(self) -> None:
        figure, masks = self.picture.figure, self.masks
        left = figure.add_axes((0.01, 0.14, 0.2, 0.68))
        left.set_title("image", fontsize=13, loc="left")
        self._image = left.imshow(masks.image, cmap="Greys", vmin=0, vmax=255)
        self._side = math.ceil(math.sqrt(len(masks.hidden)))
        middle = figure.add_axes((0.245, 0.09, 0.3, 0.78))
        middle.set_title("hidden neurons: output; × dropped", fontsize=13, loc="left")
        self._hidden = middle.imshow(self._square(masks.hidden), cmap="Blues", vmin=0, vmax=1)
        (self._crosses,) = middle.plot([], [], "x", color=ORANGE, markersize=8, mew=1.8)
        left.set_axis_off()
        middle.set(xticks=[], yticks=[])
        middle.spines[:].set(color=GREY, linewidth=0.6)
        right = figure.add_axes((0.62, 0.15, 0.365, 0.56))
        classes = np.arange(len(masks.whole))
        tidy(right, x="digit", y="output")
        right.set(xlim=(-0.6, len(classes) - 0.4), ylim=(0, 1.03), xticks=classes)
        self._bars = right.bar(classes, masks.thinned, color=ORANGE, width=0.7, alpha=0.75)
        (self._mean,) = right.plot(classes, masks.mean, "D", color=BLUE, markersize=7)
        (self._whole,) = right.plot(
            classes, masks.whole, "_", color=BLACK, markersize=22, markeredgewidth=2.5
        )
        figure.legend(
            handles=[self._bars[0], self._mean, self._whole],
            labels=["with this mask", "mean of all masks so far", "no mask (prediction)"],
            loc="upper right",
            fontsize=11,
            frameon=False,
            ncols=1,
        )
        self.picture.moving(self._image, self._hidden, self._crosses, list(self._bars))
        self.picture.moving(self._whole, self._mean)


def _told(masks: DropoutMasks) -> str:
    kept, n = int(masks.kept.sum()), len(masks.kept)
    gap = float(np.abs(masks.mean - masks.whole).max())
    votes = ", ".join(f"{digit}: {votes}" for digit, votes in enumerate(masks.votes) if votes)
    return (
        f"Mask {masks.number} keeps {kept} of {n} hidden neurons and multiplies them by "
        f"{1 / (1 - masks.p):.2f}. The image shows a {masks.label}; this thinned network says "
        f"{int(masks.thinned.argmax())}, the whole one {int(masks.whole.argmax())}. "
        f"Votes of the masks so far: {votes}. The mean output differs from the whole network's by "
        f"at most {gap:.2f}."
    )
