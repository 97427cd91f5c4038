"""Overfitting and its cures: four curves, sizes of training sets, weights, dropout (NNDL ch. 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from numpy.typing import ArrayLike

from nnbook.plots.history import MARKS
from nnbook.plots.style import BLACK, BLUE, COLOURS, GREY, LINES, ORANGE, PALE, figure, tidy


def four_curves(
    epochs: Sequence[int],
    costs: Mapping[str, Sequence[float]],
    accuracies: Mapping[str, Sequence[float]],
    *,
    title: str = "",
    levels: Mapping[str, float] | None = None,
) -> Figure:
    """Costs on the left and accuracies on the right, a curve for each data set.

    epochs      (k,) the epochs after which was looked
    costs       name of the data → (k,) costs; `accuracies` the same, shares from 0 to 1
    levels      name → an accuracy to compare with, a thin line
    """
    new = figure(9.6, 4.2)
    left, right = new.subplots(1, 2)
    for axes, runs, factor in ((left, costs, 1), (right, accuracies, 100)):
        for index, (name, values) in enumerate(runs.items()):
            look = {"color": COLOURS[index], "linestyle": LINES[index], "linewidth": 2.4}
            axes.plot(epochs, factor * np.asarray(values, dtype=float), label=name, **look)
        axes.legend(fontsize=11, frameon=False, loc="best")
    tidy(left, title="cost", x="epoch")
    tidy(right, title="accuracy in %", x="epoch")
    left.set_ylim(bottom=0)
    right.set_ylim(top=101)
    for name, level in (levels or {}).items():
        right.axhline(100 * level, color=GREY, linewidth=1.2)
        right.annotate(
            name,
            (0.99, 100 * level),
            xycoords=("axes fraction", "data"),
            xytext=(0, -4),
            textcoords="offset points",
            ha="right",
            va="top",
            fontsize=11,
            color=GREY,
        )
    if title:
        new.suptitle(title, fontsize=13, x=0.01, ha="left")
    return new


def by_size(
    sizes: Sequence[int], curves: Mapping[str, ArrayLike], *, title: str, y_label: str
) -> Figure:
    """Accuracies (shares) against the size of the training set, which grows by factors."""
    new = figure(8.4, 4.4)
    axes = new.subplots()
    for index, (name, values) in enumerate(curves.items()):
        axes.plot(
            sizes,
            100 * np.asarray(values, dtype=float),
            color=COLOURS[index],
            linestyle=LINES[index],
            marker=MARKS[index],
            markersize=7,
            linewidth=2.2,
            label=name,
        )
    tidy(axes, title=title, x="training images", y=y_label)
    axes.set_xscale("log")
    axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axes.minorticks_off()
    axes.legend(fontsize=11, frameon=False)
    return new


def weight_histograms(weights: Mapping[str, ArrayLike], *, span: float = 4.0) -> Figure:
    """How the weights of several networks are spread: one panel each, the same axes.

    The few weights beyond ±`span` are left out.
    """
    new = figure(9.6, 3.4)
    panels = np.atleast_1d(new.subplots(1, len(weights), sharex=True, sharey=True))
    edges = np.linspace(-span, span, 65)
    for index, (axes, (name, values)) in enumerate(zip(panels, weights.items(), strict=True)):
        flat = np.ravel(np.asarray(values, dtype=float))
        share = np.full(len(flat), 1 / len(flat))
        axes.hist(flat, edges, weights=share, color=COLOURS[index])
        tidy(axes, title=name, x="weight", y="share of the weights" if index == 0 else "")
        axes.set_yscale("log")
        axes.set_ylim(1e-4, 1)
    return new


def polynomial_fits(
    x: ArrayLike, y: ArrayLike, along: ArrayLike, fits: Mapping[str, ArrayLike]
) -> Figure:
    """The points (n,) and one panel for each fit: name → (k,) heights at `along` (k,)."""
    new = figure(9.6, 3.6)
    panels = np.atleast_1d(new.subplots(1, len(fits), sharex=True, sharey=True))
    for index, (axes, (name, heights)) in enumerate(zip(panels, fits.items(), strict=True)):
        axes.plot(along, heights, color=COLOURS[index], linewidth=2.4)
        axes.plot(x, y, "o", color=BLACK, markersize=7)
        tidy(axes, title=name, x="x", y="y" if index == 0 else "")
        axes.set_ylim(0, 12)
    return new


def several_seeds(
    epochs: Sequence[int],
    left: Mapping[str, ArrayLike],
    right: Mapping[str, ArrayLike],
    *,
    titles: tuple[str, str],
) -> Figure:
    """Two panels of accuracies: name → (seeds, k) shares, all seeds of a name in one colour."""
    new = figure(9.6, 4.2)
    panels = new.subplots(1, 2)
    for axes, runs, title in zip(panels, (left, right), titles, strict=True):
        for index, (name, curves) in enumerate(runs.items()):
            for seed, curve in enumerate(100 * np.asarray(curves, dtype=float)):
                axes.plot(
                    epochs,
                    curve,
                    color=COLOURS[index],
                    linestyle=LINES[index],
                    linewidth=2,
                    label=name if seed == 0 else None,
                )
        tidy(axes, title=title, x="epoch", y="accuracy in %")
        axes.legend(fontsize=11, frameon=False, loc="lower right")
    return new


def two_bells(spreads: Mapping[str, float], *, span: float = 60.0) -> Figure:
    """Gaussian curves with mean 0: name → standard deviation. Grey: where the sigmoid is flat."""
    new = figure(8.4, 4.0)
    axes = new.subplots()
    z = np.linspace(-span, span, 1201)
    for side in ((-span, -4.6), (4.6, span)):
        axes.axvspan(*side, color=PALE, alpha=0.7, linewidth=0)
    for index, (name, sd) in enumerate(spreads.items()):
        bell = np.exp(-((z / sd) ** 2) / 2) / (sd * np.sqrt(2 * np.pi))
        axes.plot(z, bell, color=COLOURS[index], linestyle=LINES[index], linewidth=2.4, label=name)
    tidy(axes, title="Weighted input z at the start; grey: σ′(z) < 0.01", x="z", y="density")
    axes.set(xlim=(-span, span), ylim=(0, None))
    axes.legend(fontsize=11, frameon=False)
    return new


def thinned_networks(masks: ArrayLike, *, inputs: int = 4, outputs: int = 3) -> Figure:
    """A small network, whole and thinned: one panel for each row of `masks` (k, hidden), 1 = kept.

    Dropped neurons are crossed out and have no connections.
    """
    kept = np.asarray(masks, dtype=bool)
    new = figure(9.6, 3.3)
    panels = np.atleast_1d(new.subplots(1, len(kept)))
    for number, (axes, mask) in enumerate(zip(panels, kept, strict=True)):
        name = "whole network" if mask.all() else f"example {number}: {mask.sum()} of {len(mask)}"
        axes.set_title(name, fontsize=13)
        _thinned(axes, mask, inputs, outputs)
    return new


def _thinned(axes: Axes, kept: np.ndarray, inputs: int, outputs: int) -> None:
    layers = [np.ones(inputs, bool), kept, np.ones(outputs, bool)]
    places = [
        [(1.5 * column, row - (len(layer) - 1) / 2) for row in range(len(layer))]
        for column, layer in enumerate(layers)
    ]
    for before, after in ((0, 1), (1, 2)):
        for start, on in zip(places[before], layers[before], strict=True):
            for end, there in zip(places[after], layers[after], strict=True):
                if on and there:
                    axes.plot(*zip(start, end, strict=True), color=GREY, linewidth=0.8, zorder=1)
    for layer, column in zip(layers, places, strict=True):
        for on, place in zip(layer, column, strict=True):
            edge, face = (BLUE, "white") if on else (ORANGE, "white")
            axes.add_patch(Circle(place, 0.3, fc=face, ec=edge, lw=2 if on else 1.2, zorder=2))
            if not on:
                axes.plot(*place, "x", color=ORANGE, markersize=11, mew=2.2, zorder=3)
    axes.set_aspect("equal")
    axes.set_axis_off()
    axes.set_xlim(-0.5, 3.5)
