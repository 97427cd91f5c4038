"""A search seen from four sides: best so far, importance, slices, parallel coordinates."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, MaxNLocator, NullFormatter

from nnbook.plots.style import BLACK, BLUE, COLOURS, GREY, LINES, figure, tidy

SCALE = "viridis"  # from low to high also in grey
HIDDEN = 0.12  # a parallel line of a hopeless trial is as faint as this


def best_bands(
    repeats: Mapping[str, np.ndarray], *, title: str, y_label: str = "best accuracy so far in %"
) -> Figure:
    """The best of the first 1, 2, … n trials: the median of the repeats, and from worst to best.

    repeats  name → (repeats, n), as `best_so_far` gives them
    y_label  if it ends in "%", fractions are drawn as per cent
    """
    new = figure(8, 4.4)
    axes = tidy(new.subplots(), title=title, x="trials", y=y_label)
    factor = 100.0 if y_label.endswith("%") else 1.0
    lowest = np.inf
    for look, (name, curves) in enumerate(repeats.items()):
        curves = factor * np.atleast_2d(np.asarray(curves, dtype=float))
        trials = np.arange(1, curves.shape[1] + 1)
        colour = COLOURS[look % len(COLOURS)]
        low, high, middle = curves.min(axis=0), curves.max(axis=0), np.median(curves, axis=0)
        axes.fill_between(trials, low, high, step="mid", color=colour, alpha=0.15, linewidth=0)
        axes.step(
            trials, middle, where="mid", color=colour, lw=2.2, ls=LINES[look % len(LINES)],
            label=name,
        )  # fmt: skip
        lowest = min(lowest, middle[min(2, len(middle) - 1)], low[-1])
    top = axes.get_ylim()[1]
    axes.set_ylim(lowest - 0.15 * (top - lowest), top)  # the first trials may lie far below
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(fontsize=11, frameon=False, loc="lower right")
    return new


def importances(
    shares: Mapping[str, float], *, title: str = "", labels: Mapping[str, str] | None = None
) -> Figure:
    """The share of each hyper-parameter as a bar, the largest on top; `shares` sum to 1."""
    new = figure(7, 0.9 + 0.55 * len(shares))
    draw_importances(new.subplots(), shares, labels or {})
    tidy(new.axes[0], title=title, x="share of the ups and downs in %", grid=False)
    return new


def draw_importances(axes: Axes, shares: Mapping[str, float], labels: Mapping[str, str]) -> None:
    """The bars of `importances` on given axes."""
    names = sorted(shares, key=lambda name: shares[name])
    percent = [100 * shares[name] for name in names]
    axes.barh(range(len(names)), percent, color=BLUE, height=0.6)
    for place, value in enumerate(percent):
        axes.text(value + 1, place, f"{value:.0f}", va="center", fontsize=11)
    axes.set_yticks(range(len(names)), [labels.get(name, name) for name in names], fontsize=11)
    axes.set_xlim(0, 108)


def search_slices(
    settings: Mapping[str, Sequence[object] | np.ndarray],
    values: np.ndarray,
    *,
    title: str = "",
    log: Collection[str] = (),
    labels: Mapping[str, str] | None = None,
    hollow: Sequence[bool] | None = None,
    y_label: str = "accuracy in %",
) -> Figure:
    """One panel a hyper-parameter: its setting across, what was reached upwards; later is darker.

    settings  name → (n,) numbers or texts
    values    (n,), in the order of the trials
    log       names to be drawn on a logarithmic axis
    hollow    (n,), True where a trial was stopped early: drawn as a ring
    """
    new = figure(3.2 * len(settings) + 0.6, 3.6)
    panels = np.atleast_1d(new.subplots(1, len(settings), sharey=True))
    factor = 100.0 if y_label.endswith("%") else 1.0
    heights = factor * np.asarray(values, dtype=float)
    ring = np.zeros(len(heights), bool) if hollow is None else np.asarray(hollow, bool)
    order = np.arange(len(heights))
    for axes, (name, column) in zip(panels, settings.items(), strict=True):
        places, ticks = _places(column)
        axes.scatter(
            places[~ring],
            heights[~ring],
            c=order[~ring],
            cmap="Blues",
            vmin=-0.6 * len(heights),
            vmax=len(heights),
            s=42,
            edgecolor=BLACK,
            linewidth=0.5,
            zorder=3,
        )
        axes.scatter(
            places[ring], heights[ring], s=36, facecolor="white", edgecolor=GREY, linewidth=1.4
        )
        best = int(np.argmax(heights))
        axes.plot(places[best], heights[best], "*", color="#D55E00", markersize=15, zorder=4)
        _scale(axes, name, ticks, log)
        tidy(axes, x=(labels or {}).get(name, name))
    panels[0].set_ylabel(y_label, fontsize=12)
    new.suptitle(title, fontsize=13, x=0.01, ha="left")
    return new


def parallel_coordinates(
    settings: Mapping[str, Sequence[object] | np.ndarray],
    values: np.ndarray,
    *,
    title: str = "",
    log: Collection[str] = (),
    labels: Mapping[str, str] | None = None,
    y_label: str = "accuracy in %",
) -> Figure:
    """Each trial as a line that crosses one upright axis a hyper-parameter, and its value last.

    The better a trial is among all (by rank), the darker and the more in front its line.
    Arguments as for `search_slices`; `settings` need at least two trials.
    """
    factor = 100.0 if y_label.endswith("%") else 1.0
    heights = factor * np.asarray(values, dtype=float)
    if len(heights) < 2:
        raise ValueError(f"values must hold at least two trials, but there are {len(heights)}.")
    ranks = heights.argsort().argsort() / (len(heights) - 1)
    columns = [*settings.items(), (y_label, heights)]
    lines = np.empty((len(heights), len(columns)))
    new = figure(8.6, 4.4)
    axes = new.subplots()
    for place, (name, column) in enumerate(columns):
        numbers, ticks = _places(column)
        lines[:, place], marks = _between_0_and_1(numbers, ticks, name in log)
        axes.plot([place, place], [0, 1], color=BLACK, lw=1.4, zorder=3)
        for height, text in marks:
            axes.plot([place - 0.02, place], [height, height], color=BLACK, lw=1.2, zorder=3)
            axes.annotate(
                text,
                (place, height),
                xytext=(-6, 0),
                textcoords="offset points",
                ha="right",
                va="center",
                fontsize=10,
                bbox={"facecolor": "white", "alpha": 0.8, "edgecolor": "none", "pad": 0.6},
                zorder=4,
            )
    colours = colormaps[SCALE](0.87 * (1 - ranks))
    for trial in heights.argsort():
        axes.plot(
            range(len(columns)),
            lines[trial],
            color=colours[trial],
            alpha=HIDDEN + (1 - HIDDEN) * ranks[trial] ** 2,
            lw=1 + 1.6 * ranks[trial],
            zorder=2 + 0.5 * ranks[trial],
        )
    names = [(labels or {}).get(name, name) for name, _ in columns]
    axes.set_xticks(range(len(columns)), names, fontsize=12)
    axes.set(xlim=(-0.35, len(columns) - 0.9), ylim=(-0.04, 1.04), yticks=[])
    axes.tick_params(axis="x", length=0, pad=10)
    axes.spines[:].set_visible(False)
    axes.set_title(title, fontsize=13, loc="left")
    return new


def _places(column: Sequence[object] | np.ndarray) -> tuple[np.ndarray, list[str]]:
    """Numbers as they are; texts by their place in the alphabet, with these as ticks."""
    array = np.asarray(column)
    if array.dtype.kind in "iuf":
        return array.astype(float), []
    texts = [str(value) for value in array]
    ticks = sorted(set(texts))
    return np.array([float(ticks.index(text)) for text in texts]), ticks


def _scale(axes: Axes, name: str, ticks: Sequence[str], log: Collection[str]) -> None:
    if ticks:
        axes.set_xticks(range(len(ticks)), ticks)
        axes.set_xlim(-0.5, len(ticks) - 0.5)
    elif name in log:
        axes.set_xscale("log")
        low, high = axes.get_xlim()
        few = (1.0,) if high / low > 300 else (1.0, 2.0, 5.0)
        axes.xaxis.set_major_locator(LogLocator(subs=few))
        axes.xaxis.set_major_formatter("{x:g}")
        axes.xaxis.set_minor_formatter(NullFormatter())


def _between_0_and_1(
    numbers: np.ndarray, ticks: Sequence[str], log: bool
) -> tuple[np.ndarray, list[tuple[float, str]]]:
    """Where the numbers lie on an axis from 0 to 1, and its marks with their texts."""
    scaled = np.log(numbers) if log else numbers
    low, high = float(scaled.min()), float(scaled.max())
    span = high - low or 1.0
    heights = (scaled - low) / span
    if ticks:
        return heights, [((k - low) / span, text) for k, text in enumerate(ticks)]
    steps = [0.0, 0.5, 1.0] if high > low else [0.0]
    marks = []
    for step in steps:
        value = low + step * span
        marks.append((step, f"{np.exp(value) if log else value:.3g}"))
    return heights, marks
