"""One digit as the numbers that a network gets, and how many digits of each kind there are."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from nnbook.plots.numbers import Numbers
from nnbook.plots.style import COLOURS, ORANGE, PALE, figure, tidy

MOST = 14  # more rows of numbers cannot be read from the back of a room


def _middle(inked: np.ndarray, length: int) -> tuple[int, int]:
    """The first and last of at most `MOST` rows (or columns) in the middle of the inked ones."""
    low, high = (inked[0], inked[-1]) if inked.size else (0, length - 1)
    spare = max(0, high - low + 1 - MOST)
    return int(low + spare // 2), int(high - (spare - spare // 2))


def pixel_values(image: Numbers, *, title: str = "") -> Figure:
    """A uint8 image (height, width), and the numbers 0–255 of at most 14 × 14 of its pixels."""
    pixels = np.asarray(image)
    if pixels.ndim != 2:
        raise ValueError(f"image must have shape (height, width), not {pixels.shape}.")
    height, width = pixels.shape
    top, bottom = _middle(np.flatnonzero(pixels.any(axis=1)), height)
    first, last = _middle(np.flatnonzero(pixels.any(axis=0)), width)
    fig = figure(9.4, 4.9)
    left, right = fig.subplots(1, 2, width_ratios=(4, 5))
    left.imshow(pixels, cmap="Greys", vmin=0, vmax=255, interpolation="nearest")
    frame = (first - 0.5, top - 0.5), last - first + 1, bottom - top + 1
    left.add_patch(Rectangle(*frame, fill=False, edgecolor=ORANGE, linewidth=2))
    left.set(xticks=[0, width - 1], yticks=[0, height - 1])
    left.set_title(title, fontsize=14, loc="left")
    right.imshow(pixels, cmap="Greys", vmin=0, vmax=700, interpolation="nearest")
    for row, column in np.argwhere(pixels[top : bottom + 1, first : last + 1]) + np.array(
        [top, first]
    ):
        value = int(pixels[row, column])
        right.text(column, row, value, ha="center", va="center", fontsize=11)
    right.set(xlim=(first - 0.5, last + 0.5), ylim=(bottom + 0.5, top - 0.5))
    right.set(xticks=[first, last], yticks=[top, bottom])
    right.set_xticks(np.arange(first + 0.5, last), minor=True)
    right.set_yticks(np.arange(top + 0.5, bottom), minor=True)
    right.grid(which="minor", color=PALE, linewidth=0.5)
    right.tick_params(which="minor", length=0)
    right.spines[:].set(color=ORANGE, linewidth=2)
    right.set_title("the numbers in the frame (empty places are 0)", fontsize=14, loc="left")
    for axes in (left, right):
        axes.tick_params(which="major", labelsize=12)
    return fig


def label_counts(labels: Mapping[str, Numbers], *, title: str = "") -> Figure:
    """The share of each digit 0–9 among the `labels` (n,) of each named part, as grouped bars."""
    fig = figure(8.5, 3.9)
    axes = tidy(fig.subplots(), title=title, x="digit", y="share of the part (%)")
    wide = 0.8 / len(labels)
    hatches = ("", "//", "..")
    for place, (name, values) in enumerate(labels.items()):
        values = np.asarray(values)
        share = 100 * np.bincount(values, minlength=10) / len(values)
        axes.bar(
            np.arange(10) + (place - (len(labels) - 1) / 2) * wide,
            share,
            wide,
            label=name,
            color=COLOURS[(0, 5, 4)[place % 3]],
            hatch=hatches[place % 3],
            edgecolor="white",
        )
    axes.set(xticks=range(10), ylim=(0, 15))
    axes.legend(fontsize=11, frameon=False, ncols=len(labels), loc="upper left")
    return fig
