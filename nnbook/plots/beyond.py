"""Figures of chapter 10: loops unrolled, gradients in time, rows of pictures, maps of codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch
from matplotlib.path import Path
from matplotlib.ticker import FuncFormatter, NullLocator
from numpy.typing import ArrayLike

from nnbook.plots.style import BLUE, COLOURS, GREY, LINES, ORANGE, figure, tidy
from nnbook.plots.weights import SIGNED


def unrolled(steps: int = 4) -> Figure:
    """A recurrent layer as a loop, and the same layer unrolled over `steps` steps."""
    new = figure(9.4, 3.6)
    axes = new.subplots()
    axes.set_axis_off()
    axes.set_aspect("equal")
    _column(axes, 0.0, "")
    bend = Path([(0.27, 2.03), (1.05, 2.6), (1.05, 1.0), (0.27, 1.57)], [1, 4, 4, 4])
    axes.add_patch(FancyArrowPatch(path=bend, arrowstyle="->", mutation_scale=14, color=ORANGE,
                                   lw=2.2))  # fmt: skip
    axes.text(1.12, 1.8, "$W_h$", fontsize=15, color=ORANGE, ha="center", va="center")
    axes.text(1.9, 1.8, "=", fontsize=26, ha="center", va="center")
    for t in range(1, steps + 1):
        _column(axes, 1.4 + 1.7 * t, f"_{t}")
        if t > 1:
            arrow = {"arrowstyle": "->", "color": ORANGE, "lw": 2.2}
            axes.annotate("", (1.4 + 1.7 * t - 0.36, 1.8), (1.4 + 1.7 * (t - 1) + 0.36, 1.8),
                          arrowprops=arrow)  # fmt: skip
            axes.text(0.55 + 1.7 * t, 2.02, "$W_h$", fontsize=15, color=ORANGE, ha="center")
    axes.text(0, -0.42, "the loop", fontsize=13, ha="center")
    middle = 1.4 + 1.7 * (steps + 1) / 2
    axes.text(middle, -0.42, "unrolled in time: the same weights in every column", fontsize=13,
              ha="center")  # fmt: skip
    axes.set(xlim=(-0.6, 1.4 + 1.7 * steps + 0.6), ylim=(-0.7, 3.8))
    return new


def _column(axes: Axes, x: float, index: str) -> None:
    """Input below, state in the middle, output above, joined by arrows."""
    for y, name, colour in ((0.2, "x", "white"), (1.8, "h", "#D9E8F5"), (3.4, "a", "white")):
        axes.add_patch(Circle((x, y), 0.33, facecolor=colour, edgecolor="black", lw=1.6, zorder=3))
        axes.text(x, y, f"${name}{index}$", fontsize=16, ha="center", va="center", zorder=4)
    for low, high, name in ((0.53, 1.47, "$W_x$"), (2.13, 3.07, "$W$")):
        axes.annotate("", (x, high), (x, low), arrowprops={"arrowstyle": "->", "lw": 1.8})
        axes.text(x - 0.12, (low + high) / 2, name, fontsize=13, ha="right", va="center")


def signals(
    curves: Mapping[str, ArrayLike], *, title: str = "", y_label: str = "gradient at step t"
) -> Figure:
    """Positive curves (name → (steps,)) over the steps 1 … T of a sequence, on a log axis."""
    new = figure(8, 4.0)
    axes = new.subplots()
    for k, (name, values) in enumerate(curves.items()):
        y = np.asarray(values, dtype=float)
        steps = np.arange(1, len(y) + 1)
        axes.plot(steps, y, color=COLOURS[k], linestyle=LINES[k], linewidth=2.4, label=name)
    axes.set_yscale("log")
    tidy(axes, title=title, x="step t (the last one is the end of the sequence)", y=y_label)
    axes.legend(fontsize=11, frameon=False)
    return new


def by_count(
    counts: Sequence[int],
    left: Mapping[str, ArrayLike],
    right: Mapping[str, ArrayLike],
    *,
    titles: tuple[str, str],
    x_label: str,
) -> Figure:
    """Two panels of accuracies, 0 to 1, over numbers of examples that grow like 1, 2, 5, 10."""
    new = figure(9.6, 4.0)
    for axes, curves, title in zip(
        new.subplots(1, 2, sharey=True), (left, right), titles, strict=True
    ):
        for k, (name, values) in enumerate(curves.items()):
            look = {"color": COLOURS[k], "linestyle": LINES[k], "linewidth": 2.4}
            axes.plot(counts, np.asarray(values), "o", markersize=7, label=name, **look)
        axes.set_xscale("log")
        axes.set_xticks(counts, [f"{count:,}" for count in counts])
        axes.xaxis.set_minor_locator(NullLocator())
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0%}"))
        tidy(axes, title=title, x=x_label)
    new.axes[0].set_ylabel("accuracy", fontsize=12)
    new.axes[1].legend(fontsize=11, frameon=False, loc="lower right")
    return new


def picture_rows(
    rows: Mapping[str, ArrayLike],
    *,
    captions: Sequence[str] | None = None,
    signed: Sequence[str] = (),
    title: str = "",
) -> Figure:
    """Rows of images with a name at the left: dark ink on white, from 0 to 1.

    rows      name → (n, height, width), as many in every row
    captions  one short text for each column, above the first row
    signed    names of rows that hold changes: blue for more ink, orange for less
    Raises ValueError when there are no rows or they differ in length.
    """
    pictures = {name: np.asarray(images, dtype=float) for name, images in rows.items()}
    lengths = {len(images) for images in pictures.values()}
    if len(lengths) != 1 or 0 in lengths:
        raise ValueError(f"rows must all hold as many images, 1 or more, not {sorted(lengths)}.")
    (columns,) = lengths
    if captions is not None and len(captions) != columns:
        raise ValueError(f"captions has {len(captions)} items for {columns} columns.")
    cell = min(1.0, 7.8 / columns)
    new = figure(cell * columns + 1.75, cell * 1.04 * len(rows) + (0.4 if captions else 0.1)
                 + (0.35 if title else 0))  # fmt: skip
    grid = new.subplots(len(rows), columns, squeeze=False)
    for row, (name, images) in zip(grid, pictures.items(), strict=True):
        limit = np.abs(images).max() or 1.0
        look = (
            {"cmap": SIGNED, "vmin": -limit, "vmax": limit}
            if name in signed
            else {"cmap": "Greys", "vmin": 0, "vmax": 1}
        )
        for axes, image in zip(row, images, strict=True):
            axes.imshow(image, interpolation="nearest", **look)
            axes.set(xticks=[], yticks=[])
            axes.spines[:].set(color=GREY, linewidth=0.6)
        row[0].set_ylabel(name, fontsize=12, rotation=0, ha="right", va="center", labelpad=6)
    for axes, caption in zip(grid[0], captions or [], strict=False):
        axes.set_title(caption, fontsize=12, pad=4)
    if title:
        new.suptitle(title, fontsize=13, x=0.01, ha="left")
    return new


def code_maps(maps: Mapping[str, ArrayLike], labels: ArrayLike) -> Figure:
    """Maps (name → (n, 2)) side by side; each point is drawn as the digit that it stands for."""
    digits = np.asarray(labels, dtype=int)
    new = figure(4.8 * len(maps), 4.4)
    panels = np.ravel(new.subplots(1, len(maps)))
    for axes, (name, places) in zip(panels, maps.items(), strict=True):
        x, y = np.asarray(places, dtype=float).T
        for digit in np.unique(digits):
            chosen = digits == digit
            axes.scatter(
                x[chosen], y[chosen], s=48, marker=f"${digit}$", linewidths=0.3,
                color=COLOURS[digit % len(COLOURS)],
            )  # fmt: skip
        tidy(axes, title=name, x="first number of the code", y="second number", grid=False)
    return new


def contest(errors: Mapping[int, tuple[float, str]], *, human: float) -> Figure:
    """Error rates in per cent by year (year → (error, winner)), and that of a person as a line."""
    new = figure(8.6, 4.2)
    axes = new.subplots()
    years = list(errors)
    for year, (error, winner) in errors.items():
        deep = year >= 2012
        axes.bar(year, error, width=0.62, color=BLUE if deep else "#BBBBBB",
                 hatch=None if deep else "//", edgecolor="black", lw=0.8)  # fmt: skip
        if error < human:  # above the bar the number would stand on the dashed line
            colour = "white" if deep else "black"
            axes.text(year, error / 2, f"{error:g}", ha="center", va="center", fontsize=13,
                      color=colour)  # fmt: skip
        else:
            axes.text(year, error + 0.4, f"{error:g}", ha="center", fontsize=13)
        axes.text(year, -3.6, winner, ha="center", va="top", fontsize=11)
    axes.axhline(human, color=ORANGE, linestyle="--", lw=2)
    axes.text(years[-1] + 0.42, human + 0.6, f"one trained\nperson: {human:g}", fontsize=12,
              color="#9A3F00")  # fmt: skip
    tidy(axes, y="wrong in the first five guesses, %")
    axes.set_xticks(years)
    axes.set(xlim=(years[0] - 0.6, years[-1] + 1.5), ylim=(0, 31.5))
    return new
