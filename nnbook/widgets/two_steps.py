"""The bump builder: two steps in one hidden layer, and what the output neuron adds up."""

from __future__ import annotations

from typing import Any

import ipywidgets as W
import numpy as np

from nnbook.explore.steps import stairs
from nnbook.plots.style import BLUE, GREY, ORANGE, tidy
from nnbook.plots.wiring import Wiring
from nnbook.widgets import controls
from nnbook.widgets.panel import Panel
from nnbook.widgets.picture import Picture

STEEPS = (10, 20, 50, 100, 200, 500, 1000)
WORDS = (
    "Two hidden neurons that make two steps: sliders for their places and for the weights to the "
    "output neuron, both steps, and their weighted sum."
)


class BumpBuilder(Panel):
    """Sliders `s1`, `s2`, `h1`, `h2`; `bump` ties h₂ = −h₁, `steepness` is the weight w."""

    def __init__(self) -> None:
        self.s1 = controls.slider("first step s₁", 0.4, 0, 1, 0.01)
        self.s2 = controls.slider("second step s₂", 0.6, 0, 1, 0.01)
        self.h1 = controls.slider("weight h₁", 0.6, -2, 2, 0.05)
        self.h2 = controls.slider("weight h₂", 1.2, -2, 2, 0.05)
        self.bump = controls.check("a bump: h₂ = −h₁")
        self.steepness = controls.series_slider("steepness w", 1000, STEEPS)
        self._numbers = W.HTML()
        self.picture = Picture(
            9.4,
            3.5,
            alt="Left, a network with two hidden neurons and its weights. Middle, their outputs "
            "over x. Right, the weighted sum of both.",
        )
        self._draw_once()
        columns = controls.side_by_side(
            W.VBox([self.s1, self.s2, self.steepness]), W.VBox([self.h1, self.h2, self.bump])
        )
        super().__init__([columns, self.picture.image, self._numbers], words=WORDS)
        for control in (self.s1, self.s2, self.h1, self.h2, self.bump, self.steepness):
            self.watch(control, self._moved)
        self._moved()

    def still(self) -> bytes:
        return self.picture.still(
            f"steps at s₁ = {self.s1.value:g} and s₂ = {self.s2.value:g}, steepness w = "
            f"{self.steepness.value:g}, weights h₁ = {self.h1.value:g} and h₂ = {self.h2.value:g}"
        )

    def _moved(self) -> None:
        self.h2.disabled = self.bump.value
        if self.bump.value and self.h2.value != -self.h1.value:
            self.h2.value = -self.h1.value  # calls this again
            return
        positions = [self.s1.value, self.s2.value]
        heights = [self.h1.value, self.h2.value]
        network = stairs(positions, heights, steepness=self.steepness.value)
        inputs = self._x[:, np.newaxis]
        with self.picture.lock:
            self._wiring.write(positions, heights)
            hidden = network.layers[0].predict(inputs)
            self._first.set_ydata(hidden[:, 0])
            self._second.set_ydata(hidden[:, 1])
            self._sum.set_ydata(network.predict(inputs)[:, 0])
            self.picture.push()
        self._numbers.value = self._in_words(positions, heights)

    @staticmethod
    def _in_words(positions: list[float], heights: list[float]) -> str:
        (left, first), (right, second) = sorted(zip(positions, heights, strict=True))
        total = first + second
        shape = "a bump" if abs(total) < 1e-9 and first and left < right else "a staircase"
        text = (
            f"One hidden layer, two neurons. Left of {left:g} the sum is 0, between {left:g} and "
            f"{right:g} it is {round(first, 4):g}, right of {right:g} it is "
            f"{round(total, 4) + 0.0:g}: <b>{shape}</b>."
        )
        return text.replace("-", "−")

    def _draw_once(self) -> None:
        figure = self.picture.figure
        self._wiring = Wiring(figure.add_axes((0.0, 0.14, 0.3, 0.74)), 2)
        middle = figure.add_axes((0.36, 0.16, 0.26, 0.7))
        right = figure.add_axes((0.71, 0.16, 0.27, 0.7))
        self._x = np.linspace(0, 1, 1001)
        nothing = np.zeros_like(self._x)
        tidy(middle, title="the two hidden neurons", x="x")
        middle.set(xlim=(0, 1), ylim=(-0.06, 1.3), yticks=[0, 0.5, 1])
        tidy(right, title="their weighted sum", x="x")
        right.set(xlim=(0, 1), ylim=(-4.2, 4.2))
        right.axhline(0, color=GREY, linewidth=0.9)

        def curve(axes: Any, colour: str, style: str, label: str) -> Any:
            return axes.plot(
                self._x, nothing, color=colour, linestyle=style, linewidth=2.4, label=label
            )[0]

        self._first = curve(middle, BLUE, "-", "step at s₁")
        self._second = curve(middle, ORANGE, "--", "step at s₂")
        middle.legend(loc="upper left", fontsize=10, frameon=False, ncols=2, columnspacing=1)
        self._sum = curve(right, BLUE, "-", "sum")
        self.picture.moving(self._wiring.texts, self._first, self._second, self._sum)
