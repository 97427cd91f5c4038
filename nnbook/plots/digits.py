"""Grids of digit images with captions: what the data look like and which ones go wrong."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from nnbook.plots.style import GREY, ORANGE, figure


def digit_grid(
    images: ArrayLike,
    captions: Sequence[str] | None = None,
    *,
    columns: int = 10,
    marked: Sequence[bool] | None = None,
    title: str = "",
) -> Figure:
    """Images (n, height, width) in rows of `columns`, dark ink on white paper.

    captions  one short text below each image, for example "3 → 5"
    marked    images with True get an orange frame of double width
    Raises ValueError when images is empty or captions or marked do not fit it.
    """
    pictures = np.asarray(images)
    if pictures.ndim != 3 or len(pictures) == 0:
        raise ValueError(
            f"images must have shape (n, height, width) with n > 0, not {pictures.shape}."
        )
    for name, texts in (("captions", captions), ("marked", marked)):
        if texts is not None and len(texts) != len(pictures):
            raise ValueError(f"{name} has {len(texts)} items for {len(pictures)} images.")
    rows = -(-len(pictures) // columns)
    cell = min(1.0, 9.0 / columns)
    new = figure(columns * cell + 0.2, rows * cell * (1.3 if captions else 1.05) + 0.5)
    grid = new.subplots(rows, columns, squeeze=False).ravel()
    top = 255 if pictures.dtype == np.uint8 else 1.0
    for place, axes in enumerate(grid):
        axes.set_xticks([])
        axes.set_yticks([])
        if place >= len(pictures):
            axes.set_axis_off()
            continue
        axes.imshow(pictures[place], cmap="Greys", vmin=0, vmax=top, interpolation="nearest")
        strong = marked is not None and marked[place]
        axes.spines[:].set(color=ORANGE if strong else GREY, linewidth=2.5 if strong else 0.6)
        if captions:
            axes.set_xlabel(captions[place], fontsize=12, labelpad=3)
    if title:
        new.suptitle(title, fontsize=13, x=0.01, ha="left")
    return new
