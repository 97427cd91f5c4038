"""Functions fitted to points: straight lines, bent lines, the three steps (chapters 00 and 01)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nnbook.plots.numbers import Numbers
from nnbook.plots.style import BLACK, BLUE, COLOURS, GREEN, GREY, LINES, ORANGE, figure, tidy


def _points(axes: Axes, x: Numbers, y: Numbers) -> None:
    axes.plot(x, y, "o", color=BLACK, markersize=7, zorder=5)


def three_steps(
    x: Numbers,
    y: Numbers,
    candidates: Sequence[tuple[float, float]],
    slopes: Numbers,
    losses: Numbers,
    best: tuple[float, float],
) -> Figure:
    """The three steps of deep learning on points (x, y), each (n,), with lines y = w·x + b.

    Left: `candidates`, up to five pairs (w, b), some functions of the set. Middle: `losses` for
    `slopes` (both (m,)) with b held at its best value. Right: the `best` line and its misses.
    """
    x, y, slopes, losses = (np.asarray(values) for values in (x, y, slopes, losses))
    best_w, best_b = best
    fig = figure(11, 4.2)
    left, middle, right = fig.subplots(1, 3)
    ends = np.array([x.min() - 0.3, x.max() + 0.3])
    for (w, b), style in zip(candidates, (*LINES[:4], (0, (10, 3))), strict=False):
        left.plot(ends, w * ends + b, color=GREY, linestyle=style, lw=1.6)
    _points(left, x, y)
    tidy(left, title="1  a set of functions", x="x", y="y")
    middle.plot(slopes, losses, color=BLUE, lw=2.2)
    low = losses.argmin()
    middle.plot(slopes[low], losses[low], "o", color=ORANGE, markersize=10)
    tidy(middle, title="2  a loss", x="slope w", y=f"mean squared miss (b = {best_b:.2f} fixed)")
    fitted = best_w * x + best_b
    right.vlines(x, np.minimum(y, fitted), np.maximum(y, fitted), color=ORANGE, lw=3, label="miss")
    right.plot(ends, best_w * ends + best_b, color=GREEN, lw=2.2)
    _points(right, x, y)
    right.legend(fontsize=12, frameon=False, loc="lower right")
    tidy(right, title=f"3  the best one: loss {np.mean((fitted - y) ** 2):.3f}", x="x", y="y")
    for axes in (left, right):
        axes.set_ylim(y.min() - 1, y.max() + 1)
    return fig


def lines_through(
    x: Numbers, y: Numbers, lines: Sequence[tuple[str, float, float]], *, title: str = ""
) -> Figure:
    """Points (n,), (n,) with named straight lines (label, w, b) and their vertical misses."""
    x, y = np.asarray(x), np.asarray(y)
    fig = figure(3.6 * len(lines), 3.5)
    ends = np.array([x.min() - 0.3, x.max() + 0.3])
    panels = np.atleast_1d(fig.subplots(1, len(lines), sharey=True))
    for axes, (label, w, b), colour in zip(panels, lines, (BLUE, ORANGE, GREEN), strict=False):
        axes.vlines(x, np.minimum(y, w * x + b), np.maximum(y, w * x + b), color=GREY, lw=1.5)
        axes.plot(ends, w * ends + b, color=colour, lw=2.2)
        _points(axes, x, y)
        tidy(axes, title=label, x="x", y="y" if axes is panels[0] else "")
    if title:
        fig.suptitle(title, fontsize=13)
    return fig


def bent_fits(
    x: Numbers,
    y: Numbers,
    fits: Sequence[tuple[str, Numbers]],
    *,
    title: str = "",
    name: str = "fit",
) -> Figure:
    """A bent target (n,) over x (n,), beside it one panel for each fit (label, values (n,)).

    The legend calls the fits by `name`.
    """
    fig = figure(3.6 * len(fits), 3.7)
    panels = np.atleast_1d(fig.subplots(1, len(fits), sharey=True))
    for axes, (label, values), colour in zip(panels, fits, (ORANGE, BLUE, GREEN), strict=False):
        axes.plot(x, y, color=BLACK, lw=4, alpha=0.25, label="target")
        axes.plot(x, values, color=colour, lw=2.2, label=name)
        tidy(axes, title=label, x="x", y="y" if axes is panels[0] else "")
    panels[0].legend(fontsize=11, frameon=False)
    if title:
        fig.suptitle(title, fontsize=13)
    return fig


def units(x: Numbers, parts: Mapping[str, Numbers], total: Numbers, y: Numbers) -> Figure:
    """How units add up to a bend: each weighted unit (label → (n,)) left, `total` (n,) right."""
    fig = figure(9, 3.8)
    left, right = fig.subplots(1, 2)
    for (label, part), style, colour in zip(parts.items(), LINES, COLOURS, strict=False):
        left.plot(x, part, color=colour, linestyle=style, lw=2.4, label=label)
    left.legend(fontsize=12, frameon=False)
    tidy(left, title="the parts", x="x")
    right.plot(x, y, color=BLACK, lw=4, alpha=0.25, label="target")
    right.plot(x, total, color=BLUE, lw=2.2, label="sum of the parts")
    right.legend(fontsize=11, frameon=False)
    tidy(right, title="added up", x="x")
    return fig
