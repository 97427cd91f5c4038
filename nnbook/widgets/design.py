"""Design a function: bumps to set by hand, the published score and goal, a sheet to draw on."""

from __future__ import annotations

import functools
from typing import Any

import ipywidgets as W
import numpy as np

from nnbook.explore.design import GOAL, PLACES, Design
from nnbook.explore.steps import book_function
from nnbook.plots.style import BLACK, BLUE, GREY, ORANGE, tidy
from nnbook.widgets import controls
from nnbook.widgets.curve_sheet import CurveSheet
from nnbook.widgets.panel import Panel
from nnbook.widgets.picture import Picture

BY_HAND = 5
COUNTS = (5, 10, 20, 50)
SUM_LIMIT = 3.2
WORDS = (
    "Design a function: sliders for the heights of five bumps, the wanted and the present sum, "
    "the output of the network beside its goal, and a sheet for a function of one's own."
)


class DesignWidget(Panel):
    """`design` is the game; `heights` are the five sliders, `sheet` holds the drawn function."""

    def __init__(self) -> None:
        self.design = Design(BY_HAND)
        self.target = controls.choice("function", ["the book's function", "my own drawing"])
        self.count = controls.choice("bumps", [(f"{n} bumps", n) for n in COUNTS])
        self.heights = [
            controls.slider(f"height h{'₁₂₃₄₅'[k]}", 0, -3, 3, 0.01) for k in range(BY_HAND)
        ]
        self.solve = controls.button("Best heights")
        self.reset = controls.button("Reset")
        self.sheet = CurveSheet(
            low=0.0,
            high=1.0,
            name="input x: draw the output that you want",
            words="Sheet to draw the wanted function on.",
        )
        self.sheet.put(book_function(PLACES))
        self._sheet_box = W.VBox([self.sheet], layout=W.Layout(display="none"))
        self._hand = W.VBox(self.heights)
        self._numbers = W.HTML()
        self._busy = False
        self.picture = Picture(
            9.6,
            3.9,
            alt="Left, the wanted weighted sum of the output neuron and the sum of the bumps. "
            "Right, the wanted function and the output of the network.",
        )
        self._draw_once()
        buttons = controls.side_by_side(self.solve, self.reset)
        choices = W.VBox([self.target, self.count, buttons, self._numbers])
        top = controls.side_by_side(self._hand, choices, self._sheet_box)
        super().__init__([top, self.picture.image], words=WORDS)
        self.watch(self.target, self._target_chosen)
        self.watch(self.count, self._count_chosen)
        self.watch(self.sheet, self._drawn, "values")
        for k, slider in enumerate(self.heights):
            self.watch(slider, functools.partial(self._height_moved, k))
        self.click(self.solve, self._solve)
        self.click(self.reset, self._reset)
        self._show()

    def still(self) -> bytes:
        heights = ", ".join(f"{h:g}" for h in self.design.heights[:BY_HAND].round(2))
        more = " …" if self.design.n > BY_HAND else ""
        return self.picture.still(
            f"{self.target.value}, {self.design.n} bumps, heights {heights}{more}; "
            f"score {self.design.score:.3f}, goal below {GOAL:.2f}"
        )

    def _target_chosen(self) -> None:
        own = self.target.value != "the book's function"
        self._sheet_box.layout.display = "" if own else "none"
        self.design.draw(np.array(self.sheet.values) if own else book_function(PLACES))
        self._new_background()
        self._show()

    def _drawn(self) -> None:
        if self._sheet_box.layout.display == "none":
            return
        self.design.draw(np.array(self.sheet.values))
        self._new_background()
        self._show()

    def _count_chosen(self) -> None:
        self.design.divide(self.count.value)
        by_hand = self.design.n == BY_HAND
        self._hand.layout.display = "" if by_hand else "none"
        if not by_hand:
            self.design.solve()
        self._put_sliders()

    def _height_moved(self, k: int) -> None:
        if not self._busy:
            self.design.set(k, self.heights[k].value)
            self._show()

    def _solve(self) -> None:
        self.design.solve()
        self._put_sliders()

    def _reset(self) -> None:
        self.design.divide(self.design.n)
        self._put_sliders()

    def _put_sliders(self) -> None:
        """The sliders follow the heights, and all is shown once."""
        if self.design.n == BY_HAND:
            self._busy = True
            try:
                for slider, height in zip(self.heights, self.design.heights, strict=True):
                    slider.value = round(float(np.clip(height, -3, 3)), 2)
            finally:
                self._busy = False
        self._show()

    def _show(self) -> None:
        design = self.design
        with self.picture.lock:
            self._sum.set_ydata(design.summed(self._x))
            self._output.set_ydata(design.output(self._x))
            self.picture.push()
        won = "reached!" if design.won else "not yet"
        self._numbers.value = (
            f"<b>Score {design.score:.3f}</b> · goal: below {GOAL:.2f}, {won}<br>"
            f"best possible with {design.n} bumps: {design.best_score:.3f}<br>"
            f"One hidden layer, {2 * design.n} neurons."
        )

    def _new_background(self) -> None:
        with self.picture.lock:
            self._wanted.set_ydata(self.design.wanted)
            self._wish.set_ydata(self.design.wish)
            self.picture.refresh()

    def _draw_once(self) -> None:
        figure = self.picture.figure
        left = figure.add_axes((0.06, 0.15, 0.41, 0.66))
        right = figure.add_axes((0.56, 0.15, 0.41, 0.66))
        tidy(left, title="weighted sum at the output neuron", x="x")
        left.set(xlim=(0, 1), ylim=(-SUM_LIMIT, SUM_LIMIT))
        left.axhline(0, color=GREY, linewidth=0.9)
        tidy(right, title="output of the network", x="x")
        right.set(xlim=(0, 1), ylim=(0, 1))
        self._x = np.linspace(0, 1, 501)
        nothing = np.zeros_like(self._x)
        wide: dict[str, Any] = {"color": BLACK, "linewidth": 5.0, "alpha": 0.28}
        (self._wanted,) = left.plot(PLACES, self.design.wanted, **wide, label="wanted: σ⁻¹(f(x))")
        (self._wish,) = right.plot(PLACES, self.design.wish, **wide, label="wanted: f(x)")
        (self._sum,) = left.plot(self._x, nothing, color=BLUE, linewidth=2.2, label="sum of bumps")
        (self._output,) = right.plot(
            self._x, nothing, color=ORANGE, linewidth=2.2, label="σ(sum of bumps)"
        )
        for axes in (left, right):
            axes.legend(
                loc="lower left", bbox_to_anchor=(0, 1.1), fontsize=10.5, frameon=False, ncols=2
            )
        self.picture.moving(self._sum, self._output)
