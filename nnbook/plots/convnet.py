"""Whole convolutional networks: their layers, the maps of one image, the ladder (NNDL ch. 6)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

from nnbook.plots.convolution import PAPER, draw_map, name
from nnbook.plots.style import BLACK, BLUE, GREEN, GREY, ORANGE, SKY, figure, tidy

STACKED = 6  # so many maps of a layer are drawn behind one another
APART = 2.7  # from the middle of one layer to the next


def mosaic(maps: ArrayLike, columns: int) -> np.ndarray:
    """Maps (rows, columns, n) side by side on one sheet, NaN between them."""
    pictures = np.asarray(maps)
    if pictures.ndim != 3:
        raise ValueError(f"maps must be (rows, columns, n), but they are {pictures.shape}.")
    high, wide, n = pictures.shape
    lines = -(-n // columns)
    sheet = np.full((lines * (high + 1) - 1, columns * (wide + 1) - 1), np.nan, np.float32)
    for k in range(n):
        top, left = (k // columns) * (high + 1), (k % columns) * (wide + 1)
        sheet[top : top + high, left : left + wide] = pictures[:, :, k]
    return sheet


def square(neurons: ArrayLike) -> np.ndarray:
    """The outputs of neurons (n,) in rows of equal length, NaN where a place is left over."""
    values = np.asarray(neurons)
    side = int(np.ceil(np.sqrt(len(values))))
    places = np.full(side * -(-len(values) // side), np.nan, np.float32)
    places[: len(values)] = values
    return places.reshape(-1, side)


def feature_maps(
    image: ArrayLike, stages: Sequence[tuple[str, ArrayLike]], *, title: str = ""
) -> Figure:
    """An image and what each layer makes of it: maps (rows, columns, n) or neurons (n,)."""
    new = figure(9.4, 4.3)
    panels = len(stages) + 1
    grid = new.subplots(-(-panels // 3), 3, squeeze=False).ravel()
    grid[0].imshow(np.asarray(image), **PAPER)
    name(grid[0], "input: 28 × 28")
    for axes, (layer, values) in zip(grid[1:], stages, strict=False):
        draw_map(axes, sheet(np.asarray(values)))
        name(axes, layer)
    for axes in grid[panels:]:
        axes.set_axis_off()
    if title:
        new.suptitle(title, fontsize=12, x=0.01, ha="left")
    return new


def sheet(values: np.ndarray) -> np.ndarray:
    """One picture of a layer: maps in rows of 5 or 8, neurons in a square."""
    if values.ndim == 1:
        return square(values)
    return mosaic(values, 5 if values.shape[2] <= 20 else 8)


def layer_blocks(layers: Sequence[tuple[str, Sequence[int], str]]) -> Figure:
    """The layers of a network as blocks: (name, shape of the output, parameters or "").

    Maps are squares in proportion, a few behind one another; each name keeps one colour.
    """
    new = figure(9.4, 2.5)
    axes = new.subplots()
    kinds = list(dict.fromkeys(title for title, shape, _ in layers if len(shape) == 3))
    for position, (title, shape, parameters) in enumerate(layers):
        middle = APART * position
        if len(shape) == 3:
            side, shown = 0.4 + shape[0] / 18, min(shape[2], STACKED)
            colour = (SKY, BLUE, GREEN)[kinds.index(title) % 3]
            left = middle - (side + 0.08 * shown) / 2
            for k in range(shown):
                corner = (left + 0.08 * k, 0.08 * k - side / 2)
                axes.add_patch(_block(corner, side, side, colour, -k))
            size = f"{shape[2]} × " * (shape[2] > 1) + f"{shape[0]} × {shape[1]}"
        else:
            high = 0.5 + np.log10(shape[0])
            axes.add_patch(_block((middle - 0.15, -high / 2), 0.3, high, GREY, 0))
            size = str(shape[0])
        axes.text(middle, -1.4, f"{title}\n{size}", ha="center", va="top", fontsize=10.5)
        axes.text(middle, 1.9, parameters, ha="center", va="top", fontsize=10.5)
    axes.text(-0.4 * APART, 1.9, "weights\nand biases:", ha="left", va="top", fontsize=10)
    axes.set(xlim=(-0.45 * APART, APART * (len(layers) - 0.55)), ylim=(-2.3, 2.0), aspect="equal")
    axes.set_axis_off()
    return new


def _block(corner: tuple[float, float], wide: float, high: float, colour: str, z: int) -> Rectangle:
    return Rectangle(
        corner, wide, high, facecolor="white", edgecolor=colour, linewidth=1.6, zorder=z
    )


def ladder(
    rungs: Sequence[str],
    book: Sequence[float],
    ours: Sequence[Sequence[float]],
    *,
    unfinished: Collection[int] = (),
    live: Mapping[int, float] | None = None,
    title: str = "",
) -> Figure:
    """Error rates of the rungs of the ladder on a logarithmic axis.

    `book` and `ours` are accuracies from 0 to 1, `ours` one for each seed, none where a rung was
    not run; `live` the accuracies of this notebook by the rung's position. The positions in
    `unfinished` are those of rungs whose runs have not come to their end.
    """
    if not len(rungs) == len(book) == len(ours):
        raise ValueError(
            f"rungs, book and ours must have the same length, not {len(rungs)}, {len(book)}, "
            f"{len(ours)}."
        )
    new = figure(9.0, 4.4)
    axes = tidy(new.subplots(), title=title, x="errors, %")
    places = np.arange(len(rungs))
    axes.plot(100 - 100 * np.asarray(book), places, "D", color=ORANGE, label="book", markersize=8)
    for label, inside, ended in (
        ("ours, each seed", BLUE, True),
        ("ours, not finished", "white", False),
    ):
        dots = [
            (100 - 100 * value, place + 0.16)
            for place, values in enumerate(ours)
            for value in values
            if (place not in unfinished) == ended
        ]
        if dots:
            errors, heights = zip(*dots, strict=True)
            axes.plot(
                errors, heights, "o", color=BLUE, mfc=inside, mew=1.8, markersize=7, label=label
            )
    if live:
        axes.plot(
            [100 - 100 * value for value in live.values()],
            [place - 0.16 for place in live], "x", color=BLACK, markersize=8, mew=2,
            label="live: one epoch, 5,000 images",
        )  # fmt: skip
    axes.set_xscale("log")
    axes.set_yticks(places, rungs)
    axes.invert_yaxis()
    low, high = axes.get_xlim()
    ticks = [tick for tick in (0.3, 0.5, 1, 2, 5, 10, 20, 50, 90) if low <= tick <= high]
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.minorticks_off()
    new.legend(fontsize=11, frameon=False, loc="outside lower center", ncols=4)
    return new
