"""The widget of a dreaming Boltzmann machine: Gibbs step after Gibbs step."""

from __future__ import annotations

import math
from typing import Any

import ipywidgets as W
import numpy as np

from nnbook.data.dataset import Dataset
from nnbook.explore.dreams import NOISE, STARTS, STEPS, Dream
from nnbook.explore.settings import digits_given
from nnbook.plots.style import BLACK, BLUE, GREY, ORANGE, tidy
from nnbook.widgets import controls
from nnbook.widgets.panel import Panel
from nnbook.widgets.picture import Picture

IMAGES = 200
WORDS = (
    "RBM dreams: a menu for the start, sliders for the image and the number of Gibbs steps, a "
    "button for another dream; what is seen, which hidden units are on, and the free energy."
)


class DreamWidget(Panel):
    """`dream` is the logic behind it; the controls are attributes."""

    def __init__(self, machine: Any, data: Any = None) -> None:
        data = data if isinstance(data, Dataset) else digits_given(data).validation
        self.dream = Dream(machine, data)
        self.steps = controls.whole_slider("Gibbs steps", 0, 0, STEPS)
        self.start = controls.choice("start", list(STARTS))
        self.image = controls.whole_slider("image", 0, 0, min(IMAGES, len(data)) - 1)
        self.ten = controls.button("10 steps", main=True)
        self.again = controls.button("another dream")
        self._words = W.HTML()
        self.picture = Picture(
            9.4,
            3.5,
            alt="Left: what the machine sees after so many Gibbs steps. Middle: its hidden units, "
            "dark where they are on. Right: the free energy of the states along the dream.",
        )
        self._draw_once()
        columns = controls.side_by_side(
            W.VBox([self.steps, W.HBox([self.ten, self.again])]), W.VBox([self.start, self.image])
        )
        super().__init__([columns, self.picture.image, self._words], words=WORDS)
        self.watch(self.start, self._other)
        self.watch(self.image, self._other)
        self.watch(self.steps, self._show)
        self.click(self.ten, self._ten)
        self.click(self.again, self._again)
        self._other()

    def still(self) -> bytes:
        """The picture after 20 steps where the slider stands at the start."""
        before = self.steps.value
        with self.picture.lock:
            shown = before or 20
            self._place(shown)
            dream = self.dream
            start = "noise" if dream.start == NOISE else f"image {dream.index} of {dream.data.name}"
            picture = self.picture.still(f"start: {start}; after {shown} Gibbs steps")
            self._place(before)
        return picture

    def _ten(self) -> None:
        self.steps.value = min(self.steps.value + 10, STEPS)

    def _again(self) -> None:
        self.dream.begin(self.image.value, self.start.value, self.dream.seed + 1)
        self._new_dream()

    def _other(self) -> None:
        self.image.disabled = self.start.value == NOISE
        self.dream.begin(self.image.value, self.start.value, self.dream.seed)
        self._new_dream()

    def _new_dream(self) -> None:
        with self.picture.lock:
            energy = self.dream.energy
            self._curve.set_ydata(energy)
            low, high = float(energy.min()), float(energy.max())
            margin = 0.06 * (high - low) or 1.0
            self._right.set_ylim(low - margin, high + margin)
            self.picture.refresh()
        self._show()

    def _show(self) -> None:
        step = self.steps.value
        with self.picture.lock:
            self._place(step)
            self.picture.push()
        dream = self.dream
        on = int(dream.hidden[step].round().sum())
        self._words.value = (
            f"After <b>{step}</b> Gibbs steps {on} of {dream.machine.n_hidden} hidden units are "
            f"on. The free energy of the state is {dream.energy[step]:.0f}; lower is likelier."
        ).replace("-", "−")

    def _place(self, step: int) -> None:
        dream = self.dream
        self._seen.set_data(dream.picture(step))
        self._units.set_data(self._square(dream.hidden[step]))
        self._dot.set_data([step], [dream.energy[step]])

    def _square(self, values: np.ndarray) -> np.ndarray:
        """The hidden units in rows, NaN where a place is left over."""
        places = np.full(self._side * -(-len(values) // self._side), np.nan)
        places[: len(values)] = values
        return places.reshape(-1, self._side)

    def _draw_once(self) -> None:
        figure, dream = self.picture.figure, self.dream
        self._side = math.ceil(math.sqrt(dream.machine.n_hidden))
        left = figure.add_axes((0.01, 0.06, 0.29, 0.80))
        left.set_title("what it sees", fontsize=13)
        self._seen = left.imshow(dream.picture(0), cmap="Greys", vmin=0, vmax=1)
        middle = figure.add_axes((0.315, 0.06, 0.29, 0.80))
        middle.set_title("hidden units", fontsize=13)
        self._units = middle.imshow(self._square(dream.hidden[0]), cmap="Blues", vmin=0, vmax=1)
        for axes in (left, middle):
            axes.set(xticks=[], yticks=[])
            axes.spines[:].set(color=GREY, linewidth=0.6)
            self.picture.moving(axes.spines.values())
        self._right = figure.add_axes((0.70, 0.16, 0.29, 0.70))
        tidy(self._right, title="free energy", x="Gibbs step")
        (self._curve,) = self._right.plot(dream.energy, color=BLUE, lw=1.4)
        (self._dot,) = self._right.plot(
            [0], [dream.energy[0]], "o", color=ORANGE, markeredgecolor=BLACK, markersize=9
        )
        self.picture.moving(self._seen, self._units, self._dot)
