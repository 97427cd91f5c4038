"""Curves over one axis: activation functions, slopes, costs (NNDL ch. 1 and later)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter
from numpy.typing import ArrayLike

from nnbook.plots.style import COLOURS, GREY, LINES, figure, tidy

MANY = 50  # from so many points on, a jump between neighbours is a jump of the function


def _broken(y: np.ndarray) -> np.ndarray:
    """`y` with a gap where it jumps by more than half of its range, so that no wall is drawn."""
    if len(y) < MANY or np.ptp(y) == 0:
        return y
    y = y.copy()
    y[np.flatnonzero(np.abs(np.diff(y)) > 0.5 * np.ptp(y))] = np.nan
    return y


def draw_curves(
    axes: Axes,
    x: ArrayLike,
    curves: Mapping[str, ArrayLike],
    *,
    title: str = "",
    x_label: str = "",
    y_label: str = "",
    legend: bool = True,
) -> Axes:
    """Each of `curves` (name → (n,) values) over `x` (n,) on `axes`; jumps are left open."""
    x = np.asarray(x, dtype=float)
    for index, (name, values) in enumerate(curves.items()):
        y = np.asarray(values, dtype=float)
        if y.shape != x.shape:
            raise ValueError(f"curve {name!r} has shape {y.shape}, but x has shape {x.shape}.")
        axes.plot(
            x,
            _broken(y),
            color=COLOURS[index % len(COLOURS)],
            linestyle=LINES[index % len(LINES)],
            linewidth=2.4,
            marker="o" if len(x) < MANY // 2 else None,  # few points: show each
            markersize=7,
            label=name,
        )
    tidy(axes, title=title, x=x_label, y=y_label)
    if legend and len(curves) > 1:
        axes.legend(fontsize=11, frameon=False)
    return axes


def curves(
    x: ArrayLike,
    curves: Mapping[str, ArrayLike],
    *,
    title: str = "",
    x_label: str = "z",
    y_label: str = "output",
    log: bool = False,
    lines: Mapping[str, float] | None = None,
) -> Figure:
    """Curves of different line styles over one axis.

    x       (n,) places; `curves` maps a name to its (n,) values
    log     both axes logarithmic
    lines   name → height of thin horizontal lines to compare with
    Raises ValueError when a curve and `x` differ in length.
    """
    new = figure(8, 4.2)
    axes = new.subplots()
    draw_curves(axes, x, curves, title=title, x_label=x_label, y_label=y_label)
    if log:
        axes.set_xscale("log")
        axes.set_yscale("log")
        for axis in (axes.xaxis, axes.yaxis):  # 1, 10, 100 instead of powers of ten
            axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    for name, height in (lines or {}).items():
        axes.axhline(height, color=GREY, linewidth=1.2)
        axes.annotate(
            name,
            (1, height),
            xycoords=("axes fraction", "data"),
            xytext=(-2, 3),
            textcoords="offset points",
            ha="right",
            fontsize=11,
            color=GREY,
        )
    return new


def curve_pair(
    x: ArrayLike,
    left: Mapping[str, ArrayLike],
    right: Mapping[str, ArrayLike],
    *,
    titles: tuple[str, str],
    x_label: str = "z",
    y_labels: tuple[str, str] = ("output", "slope"),
) -> Figure:
    """Two panels over the same axis, for example functions and, on the right, their slopes."""
    new = figure(9.6, 4.0)
    for axes, curves_, title, y_label in zip(
        new.subplots(1, 2), (left, right), titles, y_labels, strict=True
    ):
        draw_curves(axes, x, curves_, title=title, x_label=x_label, y_label=y_label)
    return new
