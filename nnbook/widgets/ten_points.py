"""The widget of the ten points: a polynomial of any degree, and what λ does to it."""

from __future__ import annotations

import ipywidgets as W
import numpy as np

from nnbook.explore.polynomial import HIGHEST, PolynomialFit, X, Y
from nnbook.plots.style import BLUE, GREY, ORANGE, tidy
from nnbook.widgets import controls
from nnbook.widgets.panel import Panel
from nnbook.widgets.picture import Picture

STRENGTHS = (0, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 100)
WORDS = (
    "Ten points and a polynomial: sliders for its degree and for λ, the curve, its weights, and "
    "how far it misses the ten points and twenty new ones."
)
LOW, HIGH = 0.0, 12.0


class PolynomialWidget(Panel):
    """`fit` is the logic behind it; `degree`, `lambda_` and `new` are the controls."""

    def __init__(self) -> None:
        self.fit = PolynomialFit()
        self.degree = controls.whole_slider("degree", self.fit.degree, 0, HIGHEST)
        self.lambda_ = controls.series_slider("penalty λ", self.fit.lambda_, STRENGTHS)
        self.new = controls.check("show twenty new points (if the truth is y = 2x)")
        self._numbers = W.HTML()
        self.picture = Picture(
            9.0,
            3.8,
            alt="Left: ten points, the line y = 2x, and the fitted polynomial. "
            "Right: the sizes of its weights.",
        )
        self._draw_once()
        sliders = controls.side_by_side(self.degree, self.lambda_)
        super().__init__([sliders, self.new, self.picture.image, self._numbers], words=WORDS)
        for control in (self.degree, self.lambda_, self.new):
            self.watch(control, self._moved)
        self._moved()

    def still(self) -> bytes:
        return self.picture.still(f"{_settings(self.fit)}: {_misses(self.fit)}")

    def _moved(self) -> None:
        fit = self.fit
        fit.set(self.degree.value, float(self.lambda_.value))
        with self.picture.lock:
            self._curve.set_ydata(fit(self._x))
            self._new.set_visible(self.new.value)
            for k, bar in enumerate(self._bars, start=1):
                size = abs(fit.coefficients[k]) if k <= fit.degree else 0.0
                bar.set_height(max(size, 1e-3))
                bar.set_visible(k <= fit.degree)
            self.picture.push()
        self._numbers.value = f"{_settings(fit)}: {_misses(fit)}"

    def _draw_once(self) -> None:
        axes = self.picture.figure.add_axes((0.065, 0.15, 0.56, 0.70))
        tidy(axes, x="x", y="y")
        axes.set(xlim=(0.3, 5.3), ylim=(LOW, HIGH))
        self._x = np.linspace(0.3, 5.3, 401)
        axes.plot(self._x, 2 * self._x, color=GREY, linewidth=1.4, linestyle=":", label="y = 2x")
        new = axes.plot(
            self.fit.new_x, self.fit.new_y, "x", color=ORANGE, markersize=7, mew=2, label="new"
        )
        self._new = new[0]
        (self._curve,) = axes.plot(self._x, self._x, color=BLUE, linewidth=2.4, label="fit")
        (points,) = axes.plot(X, Y, "o", color="black", markersize=8, label="the ten points")
        axes.legend(
            fontsize=11, frameon=False, ncols=4, loc="lower left", bbox_to_anchor=(-0.03, 0.99)
        )
        right = self.picture.figure.add_axes((0.74, 0.15, 0.245, 0.70))
        tidy(right, x="power of t", y="size of its weight")
        right.set(yscale="log", ylim=(1e-2, 2e4), xlim=(0.3, 9.7), xticks=range(1, 10))
        self._bars = right.bar(range(1, HIGHEST + 1), [1.0] * HIGHEST, color=BLUE, width=0.65)
        self.picture.moving(self._curve, self._new, points, list(self._bars))


def _settings(fit: PolynomialFit) -> str:
    return f"degree {fit.degree}, λ = {fit.lambda_:g}"


def _misses(fit: PolynomialFit) -> str:
    return (
        f"it misses the ten points by {fit.error:.2f} and twenty new ones by {fit.new_error:.2f}; "
        f"length of the weights {fit.size:.3g}"
    )
