"""The widget of the cost landscape: C over the output a and the desired y, and a cut through it."""

from __future__ import annotations

import ipywidgets as W
import numpy as np

from nnbook.explore.cost_map import COSTS_OF, EDGE, Place
from nnbook.plots.style import BLACK, BLUE, ORANGE, tidy
from nnbook.widgets import controls
from nnbook.widgets.panel import Panel
from nnbook.widgets.picture import Picture

WORDS = (
    "The cost of one output as a landscape: a menu of costs, sliders for the output a and the "
    "desired y, and for this y the cost and its slope over a."
)
HIGHEST = {"cross-entropy": 5.0, "quadratic": 0.52}


class CostLandscapeWidget(Panel):
    """`place` is the logic behind it; the menu and the sliders are attributes."""

    def __init__(self) -> None:
        self.place = Place()
        menu = [(f"{name}:  {of.formula}", name) for name, of in COSTS_OF.items()]
        self.cost = controls.choice("cost", menu, width="460px")
        self.a = controls.slider("output a", self.place.a, EDGE, 1 - EDGE, 0.001, digits=3)
        self.y = controls.slider("desired y", self.place.y, 0, 1, 0.01)
        self._words = W.HTML()
        self.picture = Picture(
            8.8,
            4.2,
            alt="Left, a map of the cost over the output and the desired output, dark where it is "
            "low. Right, the cost and its slope over the output, for the chosen desired output.",
        )
        self._draw_once()
        columns = controls.side_by_side(self.a, self.y)
        super().__init__([self.cost, columns, self.picture.image, self._words], words=WORDS)
        self.watch(self.cost, self._cost_chosen)
        for slider in (self.a, self.y):
            self.watch(slider, self._moved)
        self._draw_map()
        self._moved()

    def still(self) -> bytes:
        place = self.place
        return self.picture.still(
            f"{place.of.formula}, a = {place.a:.3f}, y = {place.y:.2f}: C = {place.cost:.3f}, "
            f"∂C/∂a = {place.slope:.3f}, ∂C/∂z = {place.error:.3f}"
        )

    def _cost_chosen(self) -> None:
        with self.picture.lock:
            self.place.set(self.cost.value, self.place.a, self.place.y)
            self._draw_map()
            self._moved()

    def _moved(self) -> None:
        place = self.place
        a = min(max(round(self.a.value, 9), EDGE), 1 - EDGE)
        place.set(self.cost.value, a, round(self.y.value, 9))
        with self.picture.lock:
            for curve, function in ((self._cut, place.of.cost), (self._errors, place.of.error)):
                curve.set_data(self._outputs, function(self._outputs, np.float64(place.y)))
            self._level.set_ydata([place.y, place.y])
            self._point.set_data([place.a], [place.y])
            self._cost_point.set_data([place.a], [min(place.cost, 0.98 * HIGHEST[place.of.name])])
            self._error_point.set_data([place.a], [place.error])
            self._bottom.set_xdata([place.y, place.y])
            self.picture.push()
        self._words.value = self._in_words()

    def _in_words(self) -> str:
        place = self.place
        values = (
            ("a", f"{place.a:.3f}"),
            ("y", f"{place.y:.2f}"),
            ("cost C", f"{place.cost:.4f}"),
            ("least cost for this y", f"{place.least:.4f}"),
            ("∂C/∂a", f"{place.slope:.4f}".replace("-", "−")),
            ("σ′ = a(1 − a)", f"{place.a * (1 - place.a):.4f}"),
            ("∂C/∂z, their product", f"{place.error:.4f}".replace("-", "−")),
        )
        head = "".join(f"<th>{name}</th>" for name, _ in values)
        row = "".join(f"<td>{value}</td>" for _, value in values)
        return (
            f'<b>{place.words}</b><table class="nnbook-table"><tr>{head}</tr><tr>{row}</tr></table>'
        )

    def _draw_once(self) -> None:
        figure = self.picture.figure
        self._map = figure.add_axes((0.07, 0.13, 0.40, 0.78))
        self._above = figure.add_axes((0.565, 0.58, 0.42, 0.33))
        below = figure.add_axes((0.565, 0.13, 0.42, 0.33))
        tidy(self._map, title="cost C (dark: low)", x="output a", y="desired y", grid=False)
        self._map.set(xlim=(0, 1), ylim=(0, 1))
        tidy(self._above, title="for this y: cost C, over a")
        tidy(below, title="for this y: ∂C/∂z, over a", x="output a")
        below.set(xlim=(0, 1), ylim=(-1.05, 1.05), yticks=[-1, 0, 1])
        below.axhline(0, color=BLACK, linewidth=0.9)
        self._outputs = np.linspace(EDGE, 1 - EDGE, 301)
        self._map.plot([0, 1], [0, 1], color="white", linewidth=1.4, linestyle=":")
        self._map.text(
            0.5, 0.54, "a = y", rotation=45, ha="center", va="center", fontsize=11, color="white"
        )
        (self._cut,) = self._above.plot([], [], color=BLUE, linewidth=2.4)
        (self._errors,) = below.plot([], [], color=ORANGE, linewidth=2.4)
        (self._cost_point,) = self._above.plot([], [], "o", color=BLUE, mec=BLACK, markersize=9)
        (self._error_point,) = below.plot([], [], "o", color=ORANGE, mec=BLACK, markersize=9)
        self._bottom = self._above.axvline(0, color=BLACK, linewidth=1, linestyle=":")
        self._level = self._map.axhline(0, color=BLACK, linewidth=1.2, linestyle=(0, (4, 3)))
        (self._point,) = self._map.plot(
            [], [], "o", mfc=ORANGE, mec=BLACK, markersize=12, mew=1.2, clip_on=False, zorder=5
        )
        self.picture.moving(
            self._level, self._point, self._bottom, self._cut, self._cost_point,
            self._errors, self._error_point,
        )  # fmt: skip

    def _draw_map(self) -> None:
        """The landscape of the chosen cost: drawn once for each choice."""
        for old in list(self._map.collections):
            old.remove()
        of, side = self.place.of, np.linspace(0, 1, 121)
        top = HIGHEST[of.name]
        a, y = np.meshgrid(np.clip(side, EDGE, 1 - EDGE), side)
        levels = np.linspace(0, 1, 13) ** 2 * top
        costs = np.minimum(of.cost(a, y), 0.999 * top)
        self._map.contourf(a, y, costs, levels=levels, cmap="Blues_r", alpha=0.75, zorder=0)
        self._map.contour(a, y, costs, levels=levels, colors="white", linewidths=0.7)
        self._above.set(xlim=(0, 1), ylim=(-0.03 * top, top))
        self.picture.refresh()
