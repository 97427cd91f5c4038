"""Choosing hyper-parameters: learning rates that change, when to stop, what a second buys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter
from numpy.typing import ArrayLike

from nnbook.plots.style import BLUE, COLOURS, GREEN, GREY, LINES, ORANGE, figure, tidy

MARKS = ("o", "s", "^", "D", "v", "P", "X")


def schedule_courses(
    accuracies: Mapping[str, Sequence[float]], rates: Mapping[str, Sequence[float]], *, title: str
) -> Figure:
    """Left the accuracies, shares from 0 to 1, of several runs; right their learning rates.

    Both map a run's name to one value per epoch; ValueError unless the names are the same.
    """
    if list(accuracies) != list(rates):
        raise ValueError(
            f"rates must name the runs {list(accuracies)}, but they are {list(rates)}."
        )
    new = figure(9.6, 4.2)
    left, right = new.subplots(1, 2, width_ratios=(3, 2))
    for k, name in enumerate(accuracies):
        look = {"color": COLOURS[k], "linestyle": LINES[k], "linewidth": 2}
        heights = 100 * np.asarray(accuracies[name])
        left.plot(np.arange(1, len(heights) + 1), heights, label=name, **look)
        right.step(np.arange(1, len(rates[name]) + 1), rates[name], where="post", **look)
    left.set_ylim(bottom=np.floor(min(100 * np.median(v) for v in accuracies.values()) - 3))
    left.legend(fontsize=11, frameon=False, loc="lower right")
    right.set_yscale("log", base=2)
    right.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.3g}"))
    for axes in (left, right):
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    tidy(left, title="accuracy in %", x="epoch")
    tidy(right, title="learning rate η", x="epoch")
    new.suptitle(title, fontsize=13, x=0.01, ha="left")
    return new


def stopping_marks(accuracies: Sequence[float], stops: Mapping[str, int], *, title: str) -> Figure:
    """One run's accuracy, share from 0 to 1, its best so far, and where rules would stop it.

    stops   name of a rule → the epoch after which it stops, from 1
    """
    heights = 100 * np.asarray(accuracies)
    epochs = np.arange(1, len(heights) + 1)
    new = figure(8.6, 4.2)
    axes = new.subplots()
    axes.plot(
        epochs, heights, color=BLUE, marker="o", markersize=4, linewidth=1.6, label="accuracy"
    )
    best = np.maximum.accumulate(heights)
    axes.step(epochs, best, where="post", color=GREY, linestyle="--", label="best so far")
    low = float(np.quantile(heights, 0.05))
    high = float(best[-1])
    for k, (name, epoch) in enumerate(stops.items()):
        axes.axvline(epoch, color=(ORANGE, GREEN, *COLOURS)[k], linestyle=LINES[k], linewidth=2)
        axes.annotate(
            f"{name}: {epoch}",
            (epoch, low + (0.12 + 0.13 * k) * (high - low)),
            xytext=(5, 0) if epoch < 0.6 * len(heights) else (-5, 0),
            ha="left" if epoch < 0.6 * len(heights) else "right",
            textcoords="offset points",
            fontsize=11,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0},  # over the lines
        )
    axes.set_ylim(low - 0.1 * (high - low), high + 0.15 * (high - low))
    axes.legend(fontsize=11, frameon=False, loc="upper left")
    tidy(axes, title=title, x="epoch", y="accuracy in %")
    return new


def against_seconds(
    runs: Mapping[str, tuple[ArrayLike, ArrayLike]], *, title: str, y_label: str = "accuracy in %"
) -> Figure:
    """What a second buys: each run's (seconds (n,), accuracies (n,)); logarithmic time axis."""
    new = figure(8.6, 4.3)
    axes = new.subplots()
    factor = 100.0 if y_label.endswith("%") else 1.0
    for k, (name, (seconds, values)) in enumerate(runs.items()):
        axes.plot(
            np.asarray(seconds, float),
            factor * np.asarray(values, float),
            color=COLOURS[k % len(COLOURS)],
            linestyle=LINES[k % len(LINES)],
            marker=MARKS[k % len(MARKS)],
            markersize=6,
            linewidth=1.8,
            label=name,
        )
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.legend(fontsize=11, frameon=False)
    tidy(axes, title=title, x="seconds of training", y=y_label)
    return new


def grid_and_random(grid: ArrayLike, drawn: ArrayLike, *, names: tuple[str, str]) -> Figure:
    """As many points (n, 2) on a grid and drawn at random, with their shadows on both axes.

    names   what the two coordinates are
    """
    new = figure(8.6, 4.2)
    panels = new.subplots(1, 2, sharex=True, sharey=True)
    for axes, points, title in zip(panels, (grid, drawn), ("grid", "random"), strict=True):
        places = np.asarray(points, float)
        if places.ndim != 2 or places.shape[1] != 2:
            raise ValueError(f"{title} must have the shape (n, 2), but it has {places.shape}.")
        values = len(np.unique(places[:, 0].round(9)))
        axes.plot(*places.T, "o", color=BLUE, markersize=10)
        axes.plot(places[:, 0], np.zeros(len(places)), "|", color=ORANGE, markersize=18, mew=2.5)
        axes.plot(np.zeros(len(places)), places[:, 1], "_", color=ORANGE, markersize=18, mew=2.5)
        axes.set(xlim=(-0.04, 1.04), ylim=(-0.06, 1.06), xticks=[], yticks=[])
        tidy(
            axes,
            title=f"{title}: {len(places)} trials, {values} values of each",
            x=names[0],
            y=names[1] if axes is panels[0] else "",
            grid=False,
        )
        axes.set(xticks=[], yticks=[])
    return new
