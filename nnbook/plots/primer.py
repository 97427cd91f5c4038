"""Pictures of the mathematics primer (chapter 00)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from nnbook.plots.numbers import Numbers
from nnbook.plots.style import AMBER, BLACK, BLUE, GREEN, GREY, ORANGE, SKY, figure, tidy


def slope(
    f: Callable[[Any], Any], at: float, gradient: float, h: float, *, name: str = "f(x)"
) -> Figure:
    """The graph of `f` with its tangent of slope `gradient` at `at` and a chord of width `h`."""
    fig = figure(6.5, 3.9)
    axes = tidy(fig.subplots(), x="x", y="f(x)")
    x = np.linspace(at - 2, at + 2, 200)
    axes.plot(x, f(x), color=BLUE, lw=2.4, label=name)
    near = np.array([at - 1.2, at + 1.2])
    axes.plot(
        near,
        f(at) + gradient * (near - at),
        "--",
        color=ORANGE,
        lw=2,
        label=f"tangent, slope {gradient:g}",
    )
    axes.plot(
        [at, at + h],
        [f(at), f(at + h)],
        "o-.",
        color=GREEN,
        lw=1.8,
        label=f"chord, slope {(f(at + h) - f(at)) / h:g}",
    )
    axes.plot(at, f(at), "o", color=BLACK, markersize=8, zorder=5)
    axes.legend(fontsize=12, frameon=False)
    return fig


def _arrow(
    axes: Axes, start: tuple[float, float], end: tuple[float, float], text: str, lift: float
) -> None:
    axes.annotate(
        "",
        end,
        start,
        arrowprops={"arrowstyle": "-|>", "lw": 1.8, "color": BLACK, "shrinkA": 21, "shrinkB": 21},
    )
    axes.text(
        (start[0] + end[0]) / 2,
        (start[1] + end[1]) / 2 + lift,
        text,
        ha="center",
        va="center",
        fontsize=25,
    )


def _node(axes: Axes, place: tuple[float, float], name: str, colour: str) -> None:
    axes.add_patch(Circle(place, 0.28, fc=colour, ec=BLACK, lw=1.5, zorder=3))
    axes.text(*place, name, ha="center", va="center", fontsize=16, zorder=4)


def chain_rule() -> Figure:
    """Both cases of the chain rule: one path x → y → z, and two paths s → x, y → z."""
    fig = figure(10, 3.6)
    one, two = fig.subplots(1, 2)
    a, b, c = (0.0, 0.0), (1.9, 0.0), (3.8, 0.0)
    _arrow(one, a, b, r"$\frac{dy}{dx}$", 0.45)
    _arrow(one, b, c, r"$\frac{dz}{dy}$", 0.45)
    for place, name, colour in ((a, "$x$", SKY), (b, "$y$", "white"), (c, "$z$", AMBER)):
        _node(one, place, name, colour)
    one.set_title("case 1: one path, multiply along it", fontsize=13, loc="left")
    s, x, y, z = (0.0, 0.0), (1.9, 0.85), (1.9, -0.85), (3.8, 0.0)
    _arrow(two, s, x, r"$\frac{dx}{ds}$", 0.5)
    _arrow(two, s, y, r"$\frac{dy}{ds}$", -0.5)
    _arrow(two, x, z, r"$\frac{\partial z}{\partial x}$", 0.5)
    _arrow(two, y, z, r"$\frac{\partial z}{\partial y}$", -0.5)
    for place, name, colour in (
        (s, "$s$", SKY),
        (x, "$x$", "white"),
        (y, "$y$", "white"),
        (z, "$z$", AMBER),
    ):
        _node(two, place, name, colour)
    two.set_title("case 2: two paths, add them up", fontsize=13, loc="left")
    for axes in (one, two):
        axes.set(xlim=(-0.4, 4.2), ylim=(-1.35, 1.35))
        axes.set_aspect("equal")
        axes.axis("off")
    return fig


def gradient_field(
    cost: Callable[[Any, Any], Any],
    gradient: Callable[[Any, Any], tuple[float, float]],
    at: tuple[float, float],
    nudge: tuple[float, float],
    *,
    title: str = "",
) -> Figure:
    """Lines of equal cost over (v1, v2), the gradient and a small nudge Δv at the point `at`."""
    fig = figure(9.6, 3.9)
    axes = tidy(fig.subplots(), title=title, x="$v_1$", y="$v_2$", grid=False)
    v1, v2 = np.meshgrid(np.linspace(-3, 3, 121), np.linspace(-1.8, 1.8, 73))
    lines = axes.contour(v1, v2, cost(v1, v2), levels=8, colors=GREY, linewidths=1)
    axes.clabel(lines, fontsize=10, fmt="C = %g", levels=np.asarray(lines.levels)[1:-1:2])
    uphill = np.array(gradient(*at), dtype=float)
    uphill /= np.sqrt(uphill @ uphill)
    for vector, colour, name, style in (
        (uphill, ORANGE, "∇C: uphill (direction only)", "-"),
        (-uphill, GREEN, "−∇C: steepest way down", "-"),
        (np.array(nudge), BLUE, "Δv: any small step", "--"),
    ):
        axes.annotate(
            "",
            np.array(at) + vector,
            at,
            arrowprops={"arrowstyle": "-|>", "lw": 2.2, "color": colour, "linestyle": style},
        )
        axes.plot([], [], color=colour, linestyle=style, lw=2.2, label=name)
    axes.plot(*at, "o", color=BLACK, markersize=7)
    axes.legend(fontsize=12, loc="center left", bbox_to_anchor=(1.0, 0.5), frameon=False)
    axes.set_aspect("equal")
    return fig


def exp_and_log() -> Figure:
    """The exponential function and its mirror image, the natural logarithm."""
    fig = figure(5.4, 4.4)
    axes = tidy(fig.subplots(), x="x")
    x = np.linspace(-3, 3, 200)
    axes.plot(x, np.exp(x), color=BLUE, lw=2.4, label="exp x")
    positive = np.linspace(0.03, 3, 300)
    axes.plot(positive, np.log(positive), "--", color=ORANGE, lw=2.4, label="ln x")
    axes.plot([-3, 3], [-3, 3], ":", color=GREY, label="mirror line")
    axes.plot([0, 1], [1, 0], "o", color=BLACK)
    axes.set(xlim=(-3, 3), ylim=(-3, 3), aspect="equal")
    axes.legend(fontsize=11, frameon=False, loc="lower right")
    return fig


def gaussian(samples: Numbers, mean: float, deviation: float) -> Figure:
    """A histogram of `samples` (n,) and the bell curve with this mean and standard deviation."""
    samples = np.asarray(samples)
    fig = figure(9.6, 3.9)
    axes = tidy(fig.subplots(), x="value", y="density")
    axes.hist(samples, bins=50, density=True, color=SKY, label=f"{len(samples):,} random numbers")
    x = np.linspace(mean - 4 * deviation, mean + 4 * deviation, 300)
    curve = np.exp(-(((x - mean) / deviation) ** 2) / 2) / (deviation * np.sqrt(2 * np.pi))
    axes.plot(x, curve, color=ORANGE, lw=2.4, label="Gaussian curve")
    axes.axvspan(
        mean - deviation,
        mean + deviation,
        color=GREY,
        alpha=0.15,
        label="within ±1 standard deviation: 68 %",
    )
    axes.set_ylim(0, curve.max() * 1.1)
    axes.legend(fontsize=12, frameon=False, loc="center left", bbox_to_anchor=(1.0, 0.5))
    return fig
