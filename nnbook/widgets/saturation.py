"""The widget of the activation functions: function, slope, and who sits where it is flat."""

from __future__ import annotations

from typing import Any

import ipywidgets as W
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon

from nnbook.checks import one_of
from nnbook.explore.saturation import FUNCTIONS, Crowd, edges
from nnbook.plots.style import AMBER, BLACK, BLUE, GREY, ORANGE, tidy
from nnbook.widgets import controls
from nnbook.widgets.panel import Panel
from nnbook.widgets.picture import Picture

WIDEST = 8.0  # the picture shows z from −8 to 8
SPREADS = (0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.22, 1.5, 2, 3, 4, 5, 7, 10, 15, 22.4)
LIMITS = {"sigmoid": (-0.08, 1.12), "tanh": (-1.2, 1.2), "ReLU": (-0.6, 8.0)}
WORDS = (
    "Activation functions: a menu of sigmoid, tanh and ReLU, sliders for one neuron's weighted "
    "input and for the spread of many; function, slope, and the share that is saturated."
)


class ActivationsWidget(Panel):
    """`crowd` is the logic behind it; menu and sliders are attributes."""

    def __init__(self, activation: str = "sigmoid") -> None:
        one_of("activation", activation, FUNCTIONS)
        self.activation = controls.choice("activation", list(FUNCTIONS), activation)
        self.z = controls.slider("one neuron's z", 2.0, -WIDEST, WIDEST, 0.1, digits=1)
        self.mean = controls.slider("mean of all z", 0.0, -5, 5, 0.1, digits=1)
        self.spread = controls.series_slider("spread of all z", 1.0, SPREADS)
        self._numbers = W.HTML()
        self._drawn = ""  # the function for which the axes stand
        self.picture = Picture(
            9.2,
            3.9,
            alt="Left, the activation function; right, its slope. Where the function is flat the "
            "ground is shaded, and a bell at the bottom shows where the neurons are.",
        )
        self._draw_once()
        columns = controls.side_by_side(
            W.VBox([self.activation, self.z]), W.VBox([self.mean, self.spread])
        )
        super().__init__([columns, self.picture.image, self._numbers], words=WORDS)
        for control in (self.activation, self.z, self.mean, self.spread):
            self.watch(control, self._moved)
        self._moved()

    def still(self) -> bytes:
        crowd, z = self.crowd, self.z.value
        below, above = crowd.flat_shares
        return self.picture.still(
            f"{crowd.name}, one neuron with z = {z:g}; many with mean {crowd.mean:g} and spread "
            f"{crowd.spread:g}\nflat: {below:.1%} at the lower end, {above:.1%} at the upper end; "
            f"mean slope {crowd.mean_slope:.3f}"
        )

    def _moved(self) -> None:
        self.crowd = crowd = Crowd(
            self.activation.value, round(self.mean.value, 9), self.spread.value
        )
        z = round(self.z.value, 9)
        with self.picture.lock:
            if crowd.name != self._drawn:
                self._new_function()
            bell = crowd.density(self._inputs)
            for axes, hill in zip(self._axes, self._hills, strict=True):
                low, high = axes.get_ylim()
                heights = low + 0.3 * (high - low) * np.minimum(bell / bell.max(), 1)
                corners = [(-WIDEST, low), *zip(self._inputs, heights, strict=True), (WIDEST, low)]
                hill.set_xy(np.array(corners))
            a, slope = self._at(z)
            reach = np.array([-1.5, 1.5])
            self._tangent.set_data(z + reach, a + slope * reach)
            self._point.set_data([z], [a])
            self._point_slope.set_data([z], [slope])
            self.picture.push()
        self._numbers.value = self._in_words(z, a, slope)

    def _at(self, z: float) -> tuple[float, float]:
        """(f(z), f′(z)) of one neuron."""
        place = np.array([z])
        return float(self.crowd.function(place)[0]), float(self.crowd.function.derivative(place)[0])

    def _in_words(self, z: float, a: float, slope: float) -> str:
        rows = []
        for name in FUNCTIONS:
            other = Crowd(name, self.crowd.mean, self.crowd.spread)
            below, above = other.flat_shares
            mark = ("<b>", "</b>") if name == self.crowd.name else ("", "")
            cells = (
                name,
                f"{below:.1%}",
                f"{above:.1%}" if name != "ReLU" else "never",
                f"{other.mean_slope:.3f}",
                _number(other.mean_output),
            )
            rows.append(
                "<tr>" + "".join(f"<td>{mark[0]}{cell}{mark[1]}</td>" for cell in cells) + "</tr>"
            )
        head = "".join(
            f"<th>{name}</th>"
            for name in (
                "",
                "flat, lower end",
                "flat, upper end",
                "mean slope f′(z)",
                "mean output f(z)",
            )
        )
        lower, upper = edges(self.crowd.name)
        where = "saturated" if z < lower or z > upper else "awake"
        return (
            f"One neuron with z = {_number(z)}: output {_number(a)}, slope {_number(slope)}: "
            f"<b>{where}</b>. Many neurons with these z (flat: the slope is below a twentieth of "
            f'the largest): <table class="nnbook-table"><tr>{head}</tr>{"".join(rows)}</table>'
        )

    def _new_function(self) -> None:
        """Limits, curves and shaded ground of another function."""
        crowd = self.crowd
        function, slope = crowd.function(self._inputs), crowd.function.derivative(self._inputs)
        left, right = self._axes
        left.set_ylim(*LIMITS[crowd.name])
        right.set_ylim(-0.09, 1.15 if crowd.name != "sigmoid" else 0.3)
        self._function.set_ydata(function)
        jump = np.abs(np.diff(slope, prepend=slope[0])) > 0.5  # ReLU: no wall is drawn
        self._slope.set_ydata(np.where(jump, np.nan, slope))
        lower, upper = edges(crowd.name)
        for ground in self._grounds:
            ground[0].set_bounds(-WIDEST, -10, lower + WIDEST, 20)
            ground[1].set_bounds(min(upper, WIDEST), -10, max(WIDEST - upper, 0), 20)
        left.set_title(f"a = {_FORMULAS[crowd.name]}", fontsize=13, loc="left")
        self._drawn = crowd.name
        self.picture.refresh()

    def _draw_once(self) -> None:
        self._inputs = np.linspace(-WIDEST, WIDEST, 641)
        figure = self.picture.figure
        self._axes = (
            figure.add_axes((0.06, 0.15, 0.42, 0.74)),
            figure.add_axes((0.56, 0.15, 0.42, 0.74)),
        )
        self._grounds = [self._ground(axes) for axes in self._axes]
        for axes, title in zip(self._axes, ("", "its slope f′(z)"), strict=True):
            tidy(axes, title=title, x="weighted input z")
            axes.set_xlim(-WIDEST, WIDEST)
        nothing = np.zeros_like(self._inputs)
        left, right = self._axes
        (self._function,) = left.plot(self._inputs, nothing, color=BLUE, linewidth=2.6)
        (self._slope,) = right.plot(self._inputs, nothing, color=BLUE, linewidth=2.6)
        bell: dict[str, Any] = {"facecolor": AMBER, "alpha": 0.45, "edgecolor": "none"}
        self._hills = [Polygon([(0, 0)], **bell) for _ in self._axes]
        for axes, hill in zip(self._axes, self._hills, strict=True):
            axes.add_patch(hill)
        (self._tangent,) = left.plot([], [], color=ORANGE, linewidth=2.2, linestyle="--")
        point: dict[str, Any] = {"linestyle": "none", "mfc": ORANGE, "mec": BLACK, "markersize": 10}
        (self._point,) = left.plot([], [], "o", **point)
        (self._point_slope,) = right.plot([], [], "o", **point)
        self.picture.moving(
            self._hills,
            self._function,
            self._slope,
            self._tangent,
            self._point,
            self._point_slope,
        )

    @staticmethod
    def _ground(axes: Axes) -> list[Any]:
        """Two grey rectangles for the flat ends."""
        return [axes.axvspan(0, 0, facecolor=GREY, alpha=0.22, zorder=0) for _ in range(2)]


_FORMULAS = {"sigmoid": "σ(z) = 1/(1 + exp(−z))", "tanh": "tanh(z)", "ReLU": "max(0, z)"}


def _number(value: float) -> str:
    return f"{round(value, 3) + 0.0:g}".replace("-", "−")
