"""The widget of gradient descent: a ball on a map of the cost, its path, and its cost so far."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, log2
from typing import Any

import ipywidgets as W
import numpy as np

from nnbook.explore.descent import Descent, State
from nnbook.explore.landscapes import LANDSCAPES, SIZE, landscape_named
from nnbook.plots.style import BLACK, BLUE, ORANGE, tidy
from nnbook.widgets import controls, live
from nnbook.widgets.landmap import draw_map
from nnbook.widgets.panel import Panel
from nnbook.widgets.picture import Picture
from nnbook.widgets.worker import Worker

PAUSE = 0.1  # seconds between two steps of a run
LONGEST = 300  # steps of one run
EXAMPLE = 12  # steps shown in the still picture of a widget that nobody has touched
RATES = (
    *(0.001, 0.002, 0.003, 0.005, 0.007, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08),
    *(0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2),
    *(1.5, 2.0, 3.0, 5.0, 10.0),
)
WORDS = (
    "Gradient descent on a map of the cost: a menu of landscapes, sliders for the start and the "
    "learning rate, the path of the ball, and the cost after each step."
)


class DescentWidget(Panel):
    """`descent` is the logic behind it; the sliders, menu and buttons are attributes."""

    def __init__(self, landscape: str = "bowl") -> None:
        land = landscape_named(landscape)
        self.descent = Descent(land, land.start, land.learning_rate)
        self._ours = False  # True while our own code moves the sliders
        self._limits: tuple[float, ...] = ()  # of the curve of costs
        menu = [(f"{name}:  {land.formula}", name) for name, land in LANDSCAPES.items()]
        self.landscape = controls.choice("landscape", menu, landscape)
        self.learning_rate = controls.series_slider("learning rate η", land.learning_rate, RATES)
        self.x = controls.slider("start v₁", land.start[0], -SIZE, SIZE, 0.05)
        self.y = controls.slider("start v₂", land.start[1], -SIZE, SIZE, 0.05)
        self.step = controls.button("Step", main=True)
        self.run = controls.button("Run")
        self.stop_button = controls.button("Stop")
        self.reset = controls.button("Reset")
        self.worker = Worker(self.guard, self.run, self.stop_button)
        self._words = W.HTML()
        self.picture = Picture(
            8.8,
            4.3,
            alt="Left, a map of the cost with lines of equal height and the path of the ball. "
            "Right, the cost after each step.",
        )
        self._draw_once()
        columns = controls.side_by_side(
            W.VBox([self.landscape, self.learning_rate]), W.VBox([self.x, self.y])
        )
        buttons = W.HBox([self.step, self.run, self.stop_button, self.reset])
        super().__init__([columns, buttons, self.picture.image, self._words], words=WORDS)
        self.watch(self.landscape, self._landscape_chosen)
        self.watch(self.learning_rate, self._learning_rate_moved)
        self.watch(self.x, self._start_moved)
        self.watch(self.y, self._start_moved)
        self.click(self.step, self._step)
        self.click(self.run, self._run)
        self.click(self.stop_button, self.stop)
        self.click(self.reset, self._reset)
        self._draw_map()
        self._show()
        live.succeed(self)  # the ball of an earlier run of this cell rolls no more

    def still(self) -> bytes:
        """Before the first step: what the first `EXAMPLE` steps would do. The page stays."""
        with self.picture.lock:
            now = self.descent
            if now.steps == 0:
                self.descent = Descent(now.landscape, now.path[0], now.learning_rate)
                for _ in range(EXAMPLE):
                    self.descent.step()
            try:
                self._place()
                shown = self.descent
                x, y = shown.path[0]
                return self.picture.still(
                    f"{shown.landscape.formula}, start ({x:g}, {y:g}), learning rate "
                    f"η = {shown.learning_rate:g}, after {shown.steps} steps"
                )
            finally:
                self.descent = now
                self._place()

    # What the reader does

    def _landscape_chosen(self) -> None:
        self.stop()
        land = landscape_named(self.landscape.value)
        with self.picture.lock:
            self.descent = Descent(land, land.start, land.learning_rate)
            self._ours = True
            try:
                self.x.value, self.y.value = land.start
                self.learning_rate.value = land.learning_rate
            finally:
                self._ours = False
            self._draw_map()
            self._show()

    def _learning_rate_moved(self) -> None:
        """Takes effect from the next step on, also while the ball runs."""
        with self.picture.lock:
            self.descent.learning_rate = self.learning_rate.value
        self._words.value = self._in_words()

    def _start_moved(self) -> None:
        start = round(self.x.value, 9), round(self.y.value, 9)
        # A slider that we moved comes back from the browser: that is no new start.
        if self._ours or start == self.descent.path[0]:
            return
        self.stop()
        with self.picture.lock:
            self.descent.place(*start)
            self._show()

    def _step(self) -> None:
        self.stop()
        self._advance()

    def _reset(self) -> None:
        self.stop()
        with self.picture.lock:
            self.descent.reset()
            self._show()

    def _run(self) -> None:
        if not self.worker.busy:
            self.worker.start(self._roll(), PAUSE)

    def stop(self) -> None:
        """Stop a run and wait until its last step is drawn."""
        self.worker.stop()

    def _roll(self) -> Iterator[None]:
        """One step after another until the ball rests."""
        for _ in range(LONGEST):
            if not self._advance():
                break
            yield

    def _advance(self) -> bool:
        with self.picture.lock:
            moved = self.descent.step()
            self._show()
        return moved

    # What is shown

    def _show(self) -> None:
        with self.picture.lock:
            self._place()
            self.picture.push()
        self._words.value = self._in_words()

    def _place(self) -> None:
        """The path, the ball and the costs where they are now; nothing is sent yet."""
        with self.picture.lock:
            path = np.array(self.descent.path)
            self._path.set_data(*path.T)
            self._start.set_data(*path[:1].T)
            self._ball.set_data(*path[-1:].T)
            costs = np.array(self.descent.costs)
            self._curve.set_data(np.arange(len(costs)), costs)
            self._now.set_data([len(costs) - 1], costs[-1:])
            self._fit(costs)

    def _fit(self, costs: np.ndarray) -> None:
        """Limits that show the whole curve, and a diverging one up to four times its start.

        They are powers of 2, so that they change rarely: the axes are then drawn anew.
        """
        seen = np.clip(costs, costs[0] - 8, max(4 * abs(costs[0]), 1.0))
        low = -_power_of_2(-seen.min()) if seen.min() < 0 else 0.0
        high = _power_of_2(seen.max()) if seen.max() > 0 or low == 0 else 0.0
        limits = low, high, max(20, _power_of_2(len(costs) / 20) * 20)
        if limits != self._limits:
            self._limits = limits
            margin = 0.06 * (high - low)
            self._costs.set_ylim(low - margin, high + margin)
            self._costs.set_xlim(-0.025 * limits[2], limits[2])
            self.picture.refresh()

    def _in_words(self) -> str:
        descent = self.descent
        (x, y), (slope_x, slope_y) = descent.path[-1], descent.gradient
        numbers = (
            f"v₁ = {_number(x)}, v₂ = {_number(y)}, cost C = {_number(descent.costs[-1])}, "
            f"gradient ∇C = ({_number(slope_x)}, {_number(slope_y)})"
        )
        if descent.state is State.ROLLING:
            eta = descent.learning_rate
            numbers += (
                f"; the next step is −η·∇C = ({_number(-eta * slope_x)}, {_number(-eta * slope_y)})"
            )
        return f"<b>{descent.words}</b><br>{numbers}."

    def _draw_once(self) -> None:
        figure = self.picture.figure
        self._map = figure.add_axes((0.065, 0.13, 0.425, 0.80))
        self._costs = figure.add_axes((0.575, 0.13, 0.41, 0.80))
        tidy(self._costs, x="step", y="cost C")
        line: dict[str, Any] = {"linewidth": 1.6, "markersize": 4, "color": ORANGE}
        (self._path,) = self._map.plot([], [], "-o", **line, zorder=4)
        ball: dict[str, Any] = {"linestyle": "none", "zorder": 5}
        (self._start,) = self._map.plot(
            [], [], "s", mfc="white", mec=BLACK, markersize=8, mew=1.6, label="start", **ball
        )
        (self._ball,) = self._map.plot(
            [], [], "o", mfc=ORANGE, mec=BLACK, markersize=12, mew=1.2, label="ball", **ball
        )
        (self._curve,) = self._costs.plot([], [], "-", color=BLUE, linewidth=2)
        (self._now,) = self._costs.plot([], [], "o", color=ORANGE, mec=BLACK, markersize=9)
        self.picture.moving(
            self._path,
            self._start,
            self._ball,
            self._curve,
            self._now,
        )

    def _draw_map(self) -> None:
        """The contours of the landscape: drawn once for each choice."""
        draw_map(self._map, self.descent.landscape)
        self.picture.refresh()


def _number(value: float) -> str:
    return f"{round(value, 3) + 0.0:.4g}".replace("-", "−")


def _power_of_2(value: float) -> float:
    """The next power of 2 at or above `value`, at least 1."""
    return 2.0 ** ceil(log2(max(value, 1.0)))
