"""One look for every figure: colours that colour-blind readers can tell apart, large labels."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

# Okabe and Ito (2008), in an order that also falls in steps of grey.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")
BLUE, ORANGE, GREEN, PINK, SKY, AMBER, BLACK = COLOURS
GREY, PALE = "#777777", "#E6E6E6"
LINES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1)), (0, (3, 1)), (0, (1, 1)))


def figure(width: float = 8.0, height: float = 4.5) -> Figure:
    """An empty figure of `width` × `height` inches, outside pyplot, so that nothing is shared."""
    new = Figure(figsize=(width, height), dpi=100, layout="constrained", facecolor="white")
    FigureCanvasAgg(new)
    return new


def tidy(axes: Axes, *, title: str = "", x: str = "", y: str = "", grid: bool = True) -> Axes:
    """Labels in readable sizes, a light grid, no box; returns `axes`."""
    axes.set_title(title, fontsize=13, loc="left")
    axes.set_xlabel(x, fontsize=12)
    axes.set_ylabel(y, fontsize=12)
    axes.tick_params(labelsize=11)
    axes.spines[["top", "right"]].set_visible(False)
    if grid:
        axes.grid(color=PALE, linewidth=0.8)
        axes.set_axisbelow(True)
    return axes
