"""How many sections of each source are treated in which chapter (chapter 11)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from nnbook.plots.style import BLUE, figure

SHADES = LinearSegmentedColormap.from_list("shades", ["#DCEBF5", BLUE])


def source_map(counts: np.ndarray, parts: Sequence[str], chapters: Sequence[str]) -> Figure:
    """`counts` (parts, chapters): a square with the number wherever it is not 0."""
    rows, columns = counts.shape
    fig = figure(8.8, 0.9 + 0.36 * rows)
    axes = fig.subplots()
    shown = np.ma.masked_equal(counts, 0)
    axes.imshow(shown, cmap=SHADES, vmin=0, vmax=max(counts.max(), 1), aspect="auto")
    for row, column in np.argwhere(counts):
        dark = counts[row, column] > 0.7 * counts.max()
        axes.text(
            column,
            row,
            str(counts[row, column]),
            ha="center",
            va="center",
            fontsize=11,
            color="white" if dark else "black",
        )
    axes.set_xticks(range(columns), chapters, fontsize=11)
    axes.set_yticks(range(rows), parts, fontsize=11)
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    axes.set_xlabel("chapter of this book", fontsize=12)
    axes.set_xticks(np.arange(-0.5, columns), minor=True)
    axes.set_yticks(np.arange(-0.5, rows), minor=True)
    axes.grid(which="minor", color="white", linewidth=2)
    axes.tick_params(which="both", length=0)
    axes.set_facecolor("#F3F3F3")
    axes.spines[:].set_visible(False)
    return fig
