"""Weights as pictures: what each neuron of the first layer looks for (blue for, orange against)."""

from __future__ import annotations

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from nnbook.plots.show import DPI
from nnbook.plots.style import BLUE, ORANGE, figure

# Both ends are equally dark, so a grey print keeps the size of a weight but not its sign.
# 33 shades are as many as an eye tells apart here, and keep the pictures small.
SIGNED = LinearSegmentedColormap.from_list("signed", [ORANGE, "#FFFFFF", BLUE], N=33)
GAP, WIDTH = 2, 900  # weights between two pictures; screen pixels of all together


def weight_pictures(
    weights: ArrayLike,
    shape: tuple[int, int] = (28, 28),
    *,
    columns: int = 10,
    captions: list[str] | None = None,
    marked: ArrayLike | None = None,
    title: str = "",
) -> Figure:
    """The rows of `weights` (neurons, height · width) as images, all on one colour scale.

    The scale ends at the 99.5th percentile of |w|, so that a single large weight cannot bleach all.
    `marked` (height · width) True: these pixels get a black dot in the first picture.
    Raises ValueError when a row does not fill `shape`.
    """
    rows_of_weights = np.asarray(weights, dtype=float)
    if rows_of_weights.ndim != 2 or rows_of_weights.shape[1] != shape[0] * shape[1]:
        raise ValueError(
            f"weights must have shape (neurons, {shape[0] * shape[1]}) to be drawn as "
            f"{shape[0]} × {shape[1]} images, not {rows_of_weights.shape}."
        )
    limit = float(np.quantile(np.abs(rows_of_weights), 0.995)) or 1.0
    neurons, (high, wide) = len(rows_of_weights), shape
    rows = -(-neurons // columns)
    below = 6 if captions else GAP
    sheet = np.full((rows * (high + below), columns * (wide + GAP)), np.nan)
    corners = [
        ((k // columns) * (high + below), (k % columns) * (wide + GAP)) for k in range(neurons)
    ]
    for (top, left), row in zip(corners, rows_of_weights, strict=True):
        sheet[top : top + high, left : left + wide] = row.reshape(shape)

    pixels = max(
        1, round(WIDTH / sheet.shape[1])
    )  # screen pixels a weight: whole, so none is blurred
    width, height = pixels * sheet.shape[1] / DPI, pixels * sheet.shape[0] / DPI
    new = figure(width + 1.1, height + 0.5)
    new.set_layout_engine("none")
    total_width, total_height = new.get_size_inches()
    axes = new.add_axes((0.05 / total_width, 0.05, width / total_width, height / total_height))
    axes.set_axis_off()
    drawn = axes.imshow(sheet, cmap=SIGNED, vmin=-limit, vmax=limit, interpolation="nearest")
    for caption, (top, left) in zip(captions or [], corners, strict=False):
        axes.text(left + wide / 2, top + high + 2, caption, ha="center", va="center", fontsize=10)
    if marked is not None:
        rows_marked, columns_marked = np.nonzero(np.reshape(marked, shape))
        axes.plot(columns_marked, rows_marked, ".", color="black", markersize=3)
    bar_axes = new.add_axes((1 - 0.85 / total_width, 0.08, 0.15 / total_width, 0.76))
    bar = new.colorbar(drawn, cax=bar_axes)
    bar.set_label("weight", fontsize=11)
    bar.ax.tick_params(labelsize=10)
    new.suptitle(title, fontsize=13, x=0.05 / total_width, ha="left", y=0.985, va="top")
    return new
