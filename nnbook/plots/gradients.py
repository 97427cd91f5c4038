"""Deep networks and their gradients, neuron by neuron and layer by layer (NNDL ch. 5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from nnbook.plots.numbers import Numbers
from nnbook.plots.style import BLACK, BLUE, COLOURS, GREY, LINES, ORANGE, figure, tidy

MARKS = ("o", "s", "^", "D", "v", "P", "X")


def by_depth(ours: Mapping[int, Numbers], book: Mapping[int, float], *, title: str = "") -> Figure:
    """Accuracies, shares from 0 to 1, over the number of hidden layers.

    `ours` maps a depth to the accuracies of several seeds, drawn side by side so that equal ones
    are seen; `book` maps it to one number.
    """
    new = figure(8, 4.2)
    axes = new.subplots()
    for depth, values in ours.items():
        heights = 100 * np.asarray(values, dtype=float)
        seeds = np.arange(len(heights))
        places = depth + 0.05 * (seeds - seeds.mean())
        axes.plot(places, heights, "o", color=BLUE, markersize=9, alpha=0.75)
    axes.plot([], [], "o", color=BLUE, markersize=9, label="ours, each seed")
    published = [100 * value for value in book.values()]
    axes.plot(
        list(book), published, "D--", color=ORANGE, markersize=9, linewidth=2, label="the book"
    )
    axes.set_xticks(list(book))
    axes.margins(x=0.12, y=0.2)
    axes.legend(fontsize=11, frameon=False)
    tidy(axes, title=title, x="hidden layers of 30 neurons", y="accuracy in %")
    return new


def neuron_bars(layers: Sequence[Numbers], *, title: str = "") -> Figure:
    """A panel for each layer with a bar for each of its neurons, all on one axis.

    `layers` hold the slopes ∂C/∂b_j of their neurons, (n,); their sizes are drawn, and a line at
    the mean of each layer.
    """
    new = figure(9.6, 4.0)
    panels = np.atleast_1d(new.subplots(1, len(layers), sharey=True))
    for number, (axes, values) in enumerate(zip(panels, layers, strict=True), start=1):
        heights = np.abs(np.asarray(values, dtype=float))
        axes.bar(np.arange(1, len(heights) + 1), heights, color=COLOURS[(number - 1) % 6])
        mean = float(heights.mean())
        axes.axhline(mean, color=BLACK, linewidth=1.4, linestyle="--")
        tidy(axes, title=f"hidden layer {number}: mean {mean:.2g}", x="neuron")
    panels[0].set_ylabel("|∂C/∂b|", fontsize=12)
    new.suptitle(title, fontsize=13, x=0.01, ha="left")
    return new


def layer_norms(
    networks: Mapping[str, Numbers], book: Mapping[str, Sequence[float]], *, title: str = ""
) -> Figure:
    """A panel for each network: the speed of every hidden layer for several seeds, log axis.

    `networks` maps a name to speeds (seeds, layers), `book` to the published ones, (layers,).
    """
    new = figure(9.6, 4.2)
    panels = np.atleast_1d(new.subplots(1, len(networks), sharey=True))
    for axes, (name, speeds) in zip(panels, networks.items(), strict=True):
        rows = np.asarray(speeds, dtype=float)
        layers = np.arange(1, rows.shape[1] + 1)
        for row in rows:
            axes.plot(layers, row, "o-", color=BLUE, linewidth=0.8, markersize=5, alpha=0.45)
        axes.plot(layers, book[name], "D--", color=ORANGE, markersize=9, linewidth=2)
        _log(axes)
        axes.set_xticks(layers)
        axes.margins(x=0.15)
        tidy(axes, title=name, x="hidden layer")
    panels[0].set_ylabel("speed ‖∂C/∂b‖", fontsize=12)
    panels[0].plot([], [], "o-", color=BLUE, alpha=0.6, label="ours, each seed")
    panels[0].plot([], [], "D--", color=ORANGE, label="the book")
    panels[0].legend(fontsize=10, frameon=False, loc="lower right")
    new.suptitle(title, fontsize=13, x=0.01, ha="left")
    return new


def layer_curves(speeds: Numbers, *, title: str = "") -> Figure:
    """The speed of each hidden layer against the steps, log axis; `speeds` is (steps, layers)."""
    new = figure(8.6, 4.4)
    axes = new.subplots()
    columns = np.asarray(speeds, dtype=float).T
    for number, column in enumerate(columns, start=1):
        colour = COLOURS[(number - 1) % len(COLOURS)]
        line = LINES[(number - 1) % len(LINES)]
        axes.plot(column, color=colour, linestyle=line, linewidth=2.4)
        axes.annotate(
            f"layer {number}",
            (len(column) - 1, column[-1]),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            fontsize=12,
            color=colour,
        )
    _log(axes)
    axes.set_xlim(-0.02 * columns.shape[1], 1.14 * columns.shape[1])
    tidy(axes, title=title, x="step", y="speed ‖∂C/∂b‖")
    return new


def layer_profiles(profiles: Mapping[str, Numbers], *, title: str = "") -> Figure:
    """Speeds over the hidden layers, log axis: a line (layers,) for each name."""
    new = figure(8.6, 4.6)
    axes = new.subplots()
    for index, (name, values) in enumerate(profiles.items()):
        speeds = np.asarray(values, dtype=float)
        axes.plot(
            np.arange(1, len(speeds) + 1),
            speeds,
            color=COLOURS[index % len(COLOURS)],
            linestyle=LINES[index % len(LINES)],
            marker=MARKS[index % len(MARKS)],
            markersize=7,
            linewidth=2,
            label=name,
        )
    _log(axes)
    axes.legend(fontsize=11, frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    tidy(axes, title=title, x="hidden layer", y="speed ‖∂C/∂b‖")
    return new


def factor_histogram(factors: Numbers, *, title: str = "", limits: Mapping[str, float]) -> Figure:
    """How the sizes of many factors |w σ′| are spread, log axis; `limits` are lines with names."""
    new = figure(8, 4.0)
    axes = new.subplots()
    sizes = np.abs(np.asarray(factors, dtype=float))
    edges = np.logspace(-4, 1, 61)
    counts, _ = np.histogram(np.clip(sizes, edges[0], edges[-1]), edges)
    axes.bar(
        edges[:-1], 100 * counts / len(sizes), np.diff(edges), align="edge", color=BLUE, ec="white"
    )
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(FuncFormatter(_plain))
    for index, (name, place) in enumerate(limits.items()):
        axes.axvline(place, color=ORANGE, linewidth=2, linestyle=LINES[index])
        axes.annotate(
            name,
            (place, 0.97),
            xycoords=("data", "axes fraction"),
            xytext=(5, 0),
            textcoords="offset points",
            fontsize=11,
            va="top",
        )
    tidy(axes, title=title, x="size of the factor |w σ′(z)|", y="share in %")
    return new


def cures(
    accuracies: Mapping[str, Numbers],
    ratios: Mapping[str, tuple[float, float]],
    *,
    title: str = "",
) -> Figure:
    """For each way to start: accuracies of several seeds, left; speeds last over first, right.

    accuracies   name → shares from 0 to 1, one a seed
    ratios       name → (at the start, at the end), on a log axis with a line at 1
    ValueError unless both have the same names.
    """
    if list(accuracies) != list(ratios):
        raise ValueError(
            f"ratios must have the names of accuracies, {', '.join(accuracies)}, but it has "
            f"{', '.join(ratios)}."
        )
    new = figure(9.8, 4.6)
    left, right = new.subplots(1, 2, sharey=True, width_ratios=(1, 1))
    rows = np.arange(len(accuracies))[::-1]
    for row, values in zip(rows, accuracies.values(), strict=True):
        shown = 100 * np.asarray(values, dtype=float)
        left.plot(shown, [row] * len(shown), "o", color=BLUE, markersize=8, alpha=0.75)
        left.plot(shown.mean(), row, "|", color=BLACK, markersize=20, markeredgewidth=2)
    for row, (first, last) in zip(rows, ratios.values(), strict=True):
        right.annotate(
            "", (last, row), (first, row), arrowprops={"arrowstyle": "->", "color": GREY}
        )
        right.plot(first, row, "o", color=ORANGE, markersize=9)
        right.plot(last, row, "s", color=BLUE, markersize=8)
    right.plot([], [], "o", color=ORANGE, label="at the start")
    right.plot([], [], "s", color=BLUE, label="at the end")
    right.axvline(1, color=BLACK, linewidth=1.2, linestyle="--")
    right.set_xscale("log")
    right.xaxis.set_major_formatter(FuncFormatter(_plain))
    right.legend(fontsize=11, frameon=False)
    left.set_yticks(rows, list(accuracies))
    left.set_ylim(-0.6, len(rows) - 0.4)
    new.suptitle(title, fontsize=13, x=0.01, ha="left")
    tidy(left, title="accuracy, each seed", x="test accuracy in %")
    tidy(right, title="speed: last hidden layer over first", x="ratio")
    return new


def _log(axes: Axes) -> None:
    axes.set_yscale("log")
    axes.yaxis.set_major_formatter(FuncFormatter(_plain))


def _plain(value: float, place: int | None = None) -> str:
    """0.001, 1, 100; powers of ten where that would be long."""
    if 1e-3 <= value < 1e4:
        return f"{value:g}"
    return f"$10^{{{round(np.log10(value))}}}$"
