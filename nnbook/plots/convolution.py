"""Windows on images: receptive fields, feature maps, the patch matrix, pooling (NNDL ch. 6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import ConnectionPatch, Rectangle
from numpy.typing import ArrayLike

from nnbook.plots.numbers import signed
from nnbook.plots.style import AMBER, BLACK, GREEN, GREY, ORANGE, PALE, PINK, SKY, figure
from nnbook.plots.weights import SIGNED

PAPER: dict[str, Any] = {"cmap": "Greys", "vmin": 0, "vmax": 1, "interpolation": "nearest"}
TINTS = (SKY, AMBER, GREEN, PINK)


def receptive_field(
    image: ArrayLike,
    weights: ArrayLike,
    feature_map: ArrayLike,
    place: tuple[int, int],
    *,
    stride: int = 1,
    title: str = "",
) -> Figure:
    """A window's weights, an image with the window, and the neuron of the map that sees it.

    `image` (height, width) in [0, 1] has its padding already, `weights` is (high, wide),
    `feature_map` (rows, columns); `place` is the neuron's (row, column).
    """
    pixels, w, z = np.asarray(image), np.asarray(weights), np.asarray(feature_map)
    new = figure(9.4, 4.3)
    middle, left, right = new.subplots(1, 3, width_ratios=(0.7, 1.15, 1))
    row, column = place
    top, start = row * stride, column * stride
    left.imshow(pixels, **PAPER)
    frame(left, start, top, w.shape[1], w.shape[0])
    name(left, f"input: {pixels.shape[0]} × {pixels.shape[1]}")
    limit = float(np.abs(w).max()) or 1.0
    middle.imshow(w, cmap=SIGNED, vmin=-1.5 * limit, vmax=1.5 * limit)
    for (i, j), value in np.ndenumerate(w):
        middle.text(j, i, signed(round(float(value), 2)), ha="center", va="center", fontsize=10)
    name(middle, f"shared weights: {w.shape[0]} × {w.shape[1]}")
    draw_map(right, z)
    frame(right, column, row, 1, 1)
    name(right, f"feature map: {z.shape[0]} × {z.shape[1]}")
    for corner in ((start - 0.5, top - 0.5), (start - 0.5, top + w.shape[0] - 0.5)):
        line = ConnectionPatch(
            xyA=corner, xyB=(column, row), coordsA=left.transData, coordsB=right.transData
        )
        line.set(color=ORANGE, linewidth=0.9, alpha=0.7, zorder=0.5)
        new.add_artist(line)
    if title:
        new.suptitle(title, fontsize=13, x=0.01, ha="left")
    return new


def edge_maps(image: ArrayLike, kernels: Mapping[str, tuple[ArrayLike, ArrayLike]]) -> Figure:
    """An image, and for each kernel (weights, feature map) both, one above the other."""
    new = figure(9.4, 4.2)
    grid = new.subplots(2, len(kernels) + 1, height_ratios=(1, 2.1), squeeze=False)
    grid[0, 0].set_axis_off()
    grid[1, 0].imshow(np.asarray(image), **PAPER)
    bare(grid[1, 0])
    grid[1, 0].set_title("image", fontsize=12)
    for (title, (weights, feature_map)), (above, below) in zip(
        kernels.items(), grid[:, 1:].T, strict=True
    ):
        w = np.asarray(weights)
        limit = float(np.abs(w).max()) or 1.0
        above.imshow(w, cmap=SIGNED, vmin=-limit, vmax=limit)
        above.set_title(title, fontsize=12)
        bare(above)
        draw_map(below, np.asarray(feature_map))
        bare(below)
    return new


def patch_matrix(image: ArrayLike, weights: ArrayLike) -> Figure:
    """A small image with numbers, the matrix of its windows, the column of weights, the result."""
    pixels, w = np.asarray(image, dtype=float), np.asarray(weights, dtype=float)
    windows = np.lib.stride_tricks.sliding_window_view(pixels, w.shape)
    matrix = windows.reshape(-1, w.size)
    z = matrix @ w.ravel()
    new = figure(9.4, 3.6)
    parts = new.subplots(1, 4, width_ratios=(pixels.shape[1], matrix.shape[1], 1.2, 1.2))
    for axes, table, title in zip(
        parts,
        (pixels, matrix, w.reshape(-1, 1), z.reshape(-1, 1)),
        ("image", "one window a row", "weights", "z"),
        strict=True,
    ):
        _table(axes, table)
        name(axes, title)
    for k in range(len(matrix)):
        row, column = divmod(k, windows.shape[1])
        tint = TINTS[k % len(TINTS)]
        inset = 0.08 * k
        parts[0].add_patch(Rectangle(
            (column - 0.5 + inset, row - 0.5 + inset),
            w.shape[1] - 2 * inset, w.shape[0] - 2 * inset, fill=False, color=tint, linewidth=2.5,
        ))  # fmt: skip
        for axes, wide in ((parts[1], matrix.shape[1]), (parts[3], 1)):
            axes.add_patch(
                Rectangle((-0.5, k - 0.5), wide, 1, fill=True, color=tint, alpha=0.3, zorder=0)
            )
    return new


def pooling(feature_map: ArrayLike, delta: ArrayLike, size: int = 2) -> Figure:
    """Max-pooling in numbers: a map, its windows' largest, an error, and where the error goes.

    `feature_map` is (rows, columns), both divisible by `size`; `delta` has a number a window.
    """
    a, errors = np.asarray(feature_map, dtype=float), np.asarray(delta, dtype=float)
    rows, columns = (side // size for side in a.shape)
    if errors.shape != (rows, columns):
        raise ValueError(f"delta must have the shape {(rows, columns)}, but it has {errors.shape}.")
    blocks = a.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(rows, columns, -1)
    largest, back = blocks.max(axis=2), np.zeros_like(a)
    new = figure(9.4, 3.4)
    parts = new.subplots(1, 4, width_ratios=(1, 0.7, 0.7, 1))
    for row, column in np.ndindex(rows, columns):
        i, j = divmod(int(blocks[row, column].argmax()), size)
        back[row * size + i, column * size + j] = errors[row, column]
        tint = TINTS[(row * columns + column) % len(TINTS)]
        for axes, step in ((parts[0], size), (parts[1], 1), (parts[2], 1), (parts[3], size)):
            axes.add_patch(Rectangle(
                (column * step - 0.5, row * step - 0.5), step, step, color=tint, alpha=0.3, zorder=0
            ))  # fmt: skip
        for axes in (parts[0], parts[3]):
            frame(axes, column * size + j, row * size + i, 1, 1)
    for axes, table, title in zip(
        parts,
        (a, largest, errors, back),
        ("feature map", "max-pooled", "∂C/∂(pooled)", "∂C/∂(feature map)"),
        strict=True,
    ):
        _table(axes, table)
        name(axes, title)
    return new


def draw_map(axes: Axes, values: np.ndarray) -> Any:
    """A feature map: blue above 0, orange below, the largest size full."""
    limit = float(np.nanmax(np.abs(values))) or 1.0
    axes.set_facecolor(PALE)  # seen where there is no number: between two maps
    return axes.imshow(values, cmap=SIGNED, vmin=-limit, vmax=limit, interpolation="nearest")


def frame(axes: Axes, column: float, row: float, wide: int, high: int) -> None:
    """An orange frame around `high` × `wide` cells."""
    axes.add_patch(
        Rectangle((column - 0.5, row - 0.5), wide, high, fill=False, color=ORANGE, linewidth=2.5)
    )


def bare(axes: Axes) -> None:
    """No ticks, a thin frame."""
    axes.set(xticks=[], yticks=[])
    axes.spines[:].set(color=GREY, linewidth=0.6)


def name(axes: Axes, title: str) -> None:
    """A bare picture with its title."""
    bare(axes)
    axes.set_title(title, fontsize=12)


def _table(axes: Axes, numbers: np.ndarray) -> None:
    rows, columns = numbers.shape
    axes.set(xlim=(-0.5, columns - 0.5), ylim=(rows - 0.5, -0.5), aspect="equal")
    for k in range(1, rows):
        axes.axhline(k - 0.5, color=GREY, linewidth=0.4)
    for k in range(1, columns):
        axes.axvline(k - 0.5, color=GREY, linewidth=0.4)
    for (row, column), value in np.ndenumerate(numbers):
        colour = GREY if value == 0 else BLACK
        axes.text(
            column, row, signed(round(float(value), 2)), ha="center", va="center", fontsize=11,
            color=colour,
        )  # fmt: skip
