"""Learning curves epoch by epoch, and the results of many runs as dots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from nnbook.plots.style import COLOURS, GREY, LINES, figure, tidy

MARKS = ("o", "s", "^", "D", "v", "P", "X")


def learning_curves(
    runs: Mapping[str, Sequence[float]],
    *,
    title: str,
    y_label: str = "accuracy in %",
    x_label: str = "epoch",
    first: int = 1,
    zoom: int | None = None,
    levels: Mapping[str, float] | None = None,
) -> Figure:
    """One curve per run over the epochs.

    runs     name → one value per epoch, for example `history.accuracy("test")`
    title    names the data set: a number without it says little
    y_label  if it ends in "%", fractions are drawn as per cent
    first    number of the first value: 0 if the untrained network is measured too
    zoom     a second panel that shows the epochs from this one on, enlarged
    levels   name → height of horizontal lines to compare with, in the unit of the values
    """
    factor = 100.0 if y_label.endswith("%") else 1.0
    if zoom is None:
        new = figure(8, 4.2)
        _draw_runs(new.subplots(), runs, factor, first, levels or {})
        tidy(new.axes[0], title=title, x=x_label, y=y_label)
        return new
    new = figure(9.6, 4.4)
    whole, part = new.subplots(1, 2, width_ratios=(2, 3))
    _draw_runs(whole, runs, factor, first, {})
    whole.set_ylim(0, 100 if factor > 1 else None)
    tidy(whole, title=f"from epoch {first}", x=x_label, y=y_label)
    later = {name: values[zoom - first :] for name, values in runs.items()}
    _draw_runs(part, later, factor, zoom, levels or {})
    tidy(part, title=f"enlarged, from epoch {zoom}", x=x_label)
    new.suptitle(title, fontsize=13, x=0.01, ha="left")
    return new


def _draw_runs(
    axes: Axes,
    runs: Mapping[str, Sequence[float]],
    factor: float,
    first: int,
    levels: Mapping[str, float],
) -> None:
    """The curves of `runs`, times `factor`, from epoch `first` on, and the `levels`."""
    for index, (name, values) in enumerate(runs.items()):
        heights = factor * np.asarray(values, dtype=float)
        axes.plot(
            np.arange(first, first + len(heights)),
            heights,
            color=COLOURS[index % len(COLOURS)],
            linestyle=LINES[index % len(LINES)],
            marker=MARKS[index % len(MARKS)],
            markersize=4.5,
            linewidth=2,
            label=name,
        )
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    for name, level in levels.items():
        axes.axhline(factor * level, color=GREY, linewidth=1.2, label=name)
    if len(runs) + len(levels) > 1:
        axes.legend(fontsize=11, frameon=False)


def run_dots(
    groups: Mapping[str, Sequence[float]],
    *,
    title: str,
    x_label: str = "best test accuracy in %",
    book: Mapping[str, float] | None = None,
) -> Figure:
    """Every run as a dot, one line per group: a spread is seen, not only an average.

    Dots that would hide each other are moved up and down; this has no other meaning.

    groups   name → accuracies of its runs, shares from 0 to 1; a group may be empty
    book     name → the book's accuracy, a black bar on the group's line
    """
    if not groups:
        raise ValueError("groups must hold at least one group of runs, but it is empty.")
    new = figure(8.6, 1.25 + 1.05 * len(groups))
    axes = new.subplots()
    names = list(groups)[::-1]  # the first group on top
    everything = [100 * value for values in groups.values() for value in values]
    near = np.ptp(everything) / 40 if everything else 0.0
    for line, name in enumerate(names):
        look = len(names) - 1 - line
        values = 100 * np.sort(np.asarray(groups[name], dtype=float))
        axes.scatter(
            values,
            line + _spread(values, near),
            s=70,
            marker=MARKS[look % len(MARKS)],
            color=COLOURS[look % len(COLOURS)],
            edgecolor="white",
            linewidth=0.8,
            zorder=3,
        )
        if book and name in book:
            place = 100 * book[name]
            axes.plot([place] * 2, [line - 0.3, line + 0.42], color="black", linewidth=2)
            axes.annotate(
                "book",
                (place, line + 0.42),
                xytext=(5, -9),
                textcoords="offset points",
                fontsize=11,
            )
    tidy(axes, title=title, x=x_label)
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(-0.6, len(names) - 0.2)
    return new


def _spread(values: np.ndarray, near: float) -> np.ndarray:
    """Heights that keep dots nearer than `near` apart; `values` (n,) in rising order.

    The dots of a pile go in turn above and below the line, so that no order is seen in them.
    """
    piles = np.cumsum(np.diff(values, prepend=values[:1]) > near)
    heights = np.zeros(len(values))
    for pile in np.unique(piles):
        members = np.flatnonzero(piles == pile)
        turn = np.arange(len(members))
        sides = (turn + 1) // 2 * np.where(turn % 2, 1, -1)  # 0, 1, −1, 2, −2, …
        heights[members] = min(0.13, 0.7 / max(len(members) - 1, 1)) * sides
    return heights
