"""The widget that fools a network: one digit, changed step by step along the sign of a slope."""

from __future__ import annotations

from typing import Any

import ipywidgets as W
import numpy as np

from nnbook.data.dataset import Dataset
from nnbook.explore.fooling import STEP, STEPS, Fooling
from nnbook.explore.settings import digits_given
from nnbook.plots.style import BLUE, GREY, ORANGE, tidy
from nnbook.plots.weights import SIGNED
from nnbook.widgets import controls
from nnbook.widgets.panel import Panel
from nnbook.widgets.picture import Picture

IMAGES = 200
FIRST_STEP = 15
WORDS = (
    "Fool the network: sliders for the image and the number of steps and a menu for the way; the "
    "image, how it was changed, the result, and the outputs of the network."
)


class FoolWidget(Panel):
    """`fooling` is the logic behind it; the controls are attributes."""

    def __init__(self, network: Any, data: Any = None) -> None:
        data = data if isinstance(data, Dataset) else digits_given(data).validation
        self.fooling = Fooling(network, data)
        self.image = controls.whole_slider("image", 0, 0, min(IMAGES, len(data)) - 1)
        self.way = controls.choice("way", self.fooling.ways)
        self.steps = controls.whole_slider("steps", FIRST_STEP, 0, STEPS)
        self._words = W.HTML()
        self.picture = Picture(
            9.4,
            3.4,
            alt="From left to right: the image, how its pixels were changed, the changed image, "
            "and the outputs of the network for both as bars.",
        )
        self._draw_once()
        columns = controls.side_by_side(W.VBox([self.steps, self.way]), self.image)
        super().__init__([columns, self.picture.image, self._words], words=WORDS)
        self.watch(self.image, self._other)
        self.watch(self.way, self._other)
        self.watch(self.steps, self._show)
        self._show()

    def still(self) -> bytes:
        fooling, steps = self.fooling, self.steps.value
        return self.picture.still(
            f"image {fooling.index} of {fooling.data.name}, {fooling.way}: {steps} steps of "
            f"{STEP:g}; the network reads {fooling.answers[steps]}"
        )

    def _other(self) -> None:
        self.fooling.choose(self.image.value, self.way.value)
        self._show()

    def _show(self) -> None:
        fooling, step = self.fooling, self.steps.value
        with self.picture.lock:
            self._before.set_data(fooling.image(0))
            self._change.set_data(fooling.change(step))
            self._after.set_data(fooling.image(step))
            for bar, height in zip(self._bars, fooling.outputs[step], strict=True):
                bar.set_height(height)
            self._marks.set_ydata(fooling.outputs[0])
            self.picture.push()
        self._words.value = self._told(step)

    def _told(self, step: int) -> str:
        fooling = self.fooling
        answer, fooled = fooling.answers[step], fooling.fooled
        verdict = (
            "It is never fooled on this path."
            if fooled is None
            else "It was wrong before any step."
            if fooled == 0
            else f"It is fooled from step {fooled} on, a change of {fooled * STEP:.2f}."
        )
        return (
            f"The image shows a <b>{fooling.label}</b>. After {step} steps no pixel has moved by "
            f"more than {step * STEP:.2f} (of 1 from white to black), and the network reads "
            f"<b>{answer}</b>, with the output {fooling.outputs[step, answer]:.2f}. {verdict}"
        )

    def _draw_once(self) -> None:
        figure, fooling = self.picture.figure, self.fooling
        images: list[Any] = []
        frames: list[Any] = []
        for left, title in ((0.01, "image"), (0.205, "change"), (0.4, "changed image")):
            axes = figure.add_axes((left, 0.13, 0.185, 0.72))
            axes.set_title(title, fontsize=13)
            axes.set(xticks=[], yticks=[])
            axes.spines[:].set(color=GREY, linewidth=0.6)
            frames += axes.spines.values()
            look: dict[str, Any] = {"cmap": "Greys", "vmin": 0, "vmax": 1}
            if title == "change":
                look = {"cmap": SIGNED, "vmin": -STEP * STEPS, "vmax": STEP * STEPS}
            images.append(axes.imshow(fooling.image(0), **look))
        self._before, self._change, self._after = images
        figure.text(0.2975, 0.03, "blue: more ink, orange: less", fontsize=11, ha="center")
        right = figure.add_axes((0.665, 0.15, 0.325, 0.70))
        classes = np.arange(fooling.outputs.shape[1])
        tidy(right, title="outputs", x="digit")
        right.set(xlim=(-0.6, len(classes) - 0.4), ylim=(0, 1.03), xticks=classes)
        self._bars = right.bar(classes, fooling.outputs[0], color=ORANGE, width=0.7)
        (self._marks,) = right.plot(
            classes, fooling.outputs[0], "D", color=BLUE, markersize=6, label="before"
        )
        figure.legend(
            handles=[self._marks, self._bars], labels=["before", "now"], loc="upper right",
            fontsize=11, frameon=False, ncols=2,
        )  # fmt: skip
        self.picture.moving(images, frames, list(self._bars), self._marks)
