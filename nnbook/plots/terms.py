"""Terms of the glossary as a picture, for where no kernel answers a search (chapter 11)."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from matplotlib.figure import Figure

from nnbook.plots.style import BLACK, BLUE, GREY, PALE

WIDTH, ROW, HEAD = 9.6, 0.56, 0.62  # inches


def term_list(
    title: str, rows: Sequence[tuple[str, str, str, str, str]], *, more: int = 0
) -> Figure:
    """Rows of (term, symbol, shape, chapters, meaning) under a `title`; `more` were left out."""
    last = f"… and {more} more" if more else ("" if rows else "nothing found")
    height = HEAD + ROW * len(rows) + (0.35 if last else 0.1)
    fig = Figure(figsize=(WIDTH, height), dpi=100, facecolor="white")
    axes = fig.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, WIDTH), ylim=(height, 0))
    axes.axis("off")
    axes.text(0.15, 0.33, title, fontsize=13, va="center", weight="bold", color=BLACK)
    top = HEAD
    for name, symbol, shape, chapters, meaning in rows:
        axes.plot((0.1, WIDTH - 0.1), (top, top), color=PALE, linewidth=1)
        axes.text(0.15, top + 0.16, name, fontsize=11, va="center", weight="bold", color=BLUE)
        axes.text(4.2, top + 0.16, symbol, fontsize=12, va="center", color=BLACK)
        axes.text(5.1, top + 0.16, shape, fontsize=10, va="center", family="monospace")
        end = WIDTH - 0.15
        axes.text(end, top + 0.16, chapters, fontsize=10, va="center", ha="right", color=GREY)
        short = textwrap.shorten(meaning, 118, placeholder=" …")
        axes.text(0.15, top + 0.4, short, fontsize=10, va="center", color=BLACK)
        top += ROW
    axes.text(0.15, top + 0.17, last, fontsize=11, va="center", color=GREY)
    return fig
