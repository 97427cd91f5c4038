"""Build your own activation: what large weights make of it, and what a hidden layer of it can."""

from __future__ import annotations

import ipywidgets as W
import numpy as np

from nnbook.explore.own_activation import (
    CANDIDATES,
    GRID,
    REACH,
    WANTED,
    Candidate,
    drawn,
    error,
    one_layer,
)
from nnbook.plots.style import BLACK, BLUE, GREEN, GREY, ORANGE, tidy
from nnbook.widgets import controls
from nnbook.widgets.curve_sheet import CurveSheet
from nnbook.widgets.panel import Panel
from nnbook.widgets.picture import Picture

DRAWN = "my own drawing"
STEEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
POINTS = 81
WORDS = (
    "Build your own activation: a menu and a sheet to draw one, the activation, one hidden neuron "
    "of it with a large weight, and what a hidden layer of it makes of a function."
)


class OwnActivation(Panel):
    """`candidate` is the activation that is shown; `sheet` holds the drawn one."""

    def __init__(self, activation: str = "the book's wobbly one") -> None:
        self.activation = controls.choice("activation", [*CANDIDATES, DRAWN], activation)
        self.steepness = controls.series_slider("weight w", 10, STEEPS)
        self.neurons = controls.whole_slider("hidden neurons", 10, 1, 60)
        self.sheet = CurveSheet(
            ends=[-REACH, REACH],
            low=-1.0,
            high=2.0,
            name="weighted input z: draw the activation f(z); it goes on level outside",
            words="Sheet to draw an activation on.",
        )
        self.sheet.put(np.clip(np.round(np.linspace(-0.5, 1.5, POINTS) * 3) / 3, 0, 1))
        self._sheet_box = W.VBox([self.sheet], layout=W.Layout(display="none"))
        self._numbers = W.HTML(layout=W.Layout(max_width="560px"))
        self.picture = Picture(
            10.4,
            3.6,
            alt="Left, the activation. Middle, one hidden neuron of it over x. Right, the book's "
            "function and what a network with one hidden layer of such neurons makes of it.",
        )
        self._drawn_limits: tuple[tuple[float, float], ...] = ()
        self._draw_once()
        left = W.VBox([self.activation, self.steepness, self.neurons, self._numbers])
        top = controls.side_by_side(left, self._sheet_box)
        super().__init__([top, self.picture.image], words=WORDS)
        for control in (self.activation, self.steepness, self.neurons):
            self.watch(control, self._moved)
        self.watch(self.sheet, self._drawn, "values")
        self._moved()

    @property
    def candidate(self) -> Candidate:
        if self.activation.value == DRAWN:
            return drawn(self.sheet.values)
        return CANDIDATES[self.activation.value]

    def still(self) -> bytes:
        return self.picture.still(
            f"activation: {self.activation.value}, f(z) = {self.candidate.formula}, weight w = "
            f"{self.steepness.value:g}, one hidden layer of {self.neurons.value} neurons"
        )

    def _drawn(self) -> None:
        if self.activation.value == DRAWN:
            self._moved()

    def _moved(self) -> None:
        candidate, w = self.candidate, self.steepness.value
        self._sheet_box.layout.display = "" if self.activation.value == DRAWN else "none"
        network = one_layer(candidate, self.neurons.value, w, GRID, WANTED)
        one = candidate.function(w * (self._x - 0.5))
        f = candidate.function(self._z)
        with self.picture.lock:
            self._f.set_ydata(f)
            self._one.set_ydata(one)
            self._fit.set_ydata(network.predict(GRID[:, np.newaxis])[:, 0])
            limits = _limits(f), _limits(one)
            if limits != self._drawn_limits:
                self._drawn_limits = limits
                for axes, ends in zip(self._axes, limits, strict=False):
                    axes.set_ylim(*ends)
                self.picture.refresh()
            self.picture.push()
        self._numbers.value = _verdict(candidate, error(network, GRID, WANTED))

    def _draw_once(self) -> None:
        figure = self.picture.figure
        self._axes = [figure.add_axes((left, 0.16, 0.26, 0.66)) for left in (0.05, 0.385, 0.72)]
        titles = ("the activation f(z)", "one neuron: f(w·(x − ½))", "one hidden layer")
        for axes, title, x in zip(self._axes, titles, ("z", "x", "x"), strict=True):
            tidy(axes, title=title, x=x)
        self._z, self._x = np.linspace(-2 * REACH, 2 * REACH, 801), np.linspace(0, 1, 1201)
        (self._f,) = self._axes[0].plot(self._z, 0 * self._z, color=BLUE, linewidth=2.2)
        (self._one,) = self._axes[1].plot(self._x, 0 * self._x, color=ORANGE, linewidth=2.2)
        self._axes[2].plot(GRID, WANTED, color=BLACK, linewidth=5, alpha=0.28, label="wanted")
        (self._fit,) = self._axes[2].plot(
            GRID, WANTED, color=GREEN, linewidth=2.2, label="least squares"
        )
        self._axes[2].set(xlim=(0, 1), ylim=(0, 1))
        self._axes[2].legend(loc="upper left", fontsize=10, frameon=False)
        for axes in self._axes[:2]:
            axes.axhline(0, color=GREY, linewidth=0.9)
        self.picture.moving(self._f, self._one, self._fit)


def _limits(values: np.ndarray) -> tuple[float, float]:
    """The ends of the axis, in whole halves, so that they rarely change."""
    low, high = min(float(values.min()), 0.0), max(float(values.max()), 1.0)
    return np.floor(2 * low - 0.1) / 2, np.ceil(2 * high + 0.1) / 2


def _verdict(candidate: Candidate, worst: float) -> str:
    def limit(value: float | None) -> str:
        return "none" if value is None else f"{round(value, 2) + 0.0:g}"

    if candidate.makes_steps:
        steps = "they exist and differ: large weights make <b>steps</b>, so it is universal."
    elif candidate.universal:
        steps = (
            "the condition <b>fails</b>, so this proof says nothing; but it is no polynomial, "
            "and it is universal all the same."
        )
    else:
        steps = "the condition <b>fails</b>, and it is a polynomial: <b>not universal</b>."
    return (
        f"Limits for z → −∞ and z → ∞: {limit(candidate.low)} and {limit(candidate.high)}; "
        f"{steps}<br>One hidden layer, output weights by least squares: the largest error is "
        f"<b>{worst:.3f}</b>."
    ).replace("-", "−")
