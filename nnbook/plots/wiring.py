"""A small network 1–n–1 with its weights written beside the lines (NNDL ch. 4)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle
from matplotlib.text import Text

from nnbook.plots.style import BLACK, BLUE, GREY, ORANGE, figure

RADIUS = 0.42


class Wiring:
    """Input x, `n` hidden neurons, one output neuron, on `axes`; `write` puts numbers to them."""

    def __init__(self, axes: Axes, n: int, *, output: str = "Σ") -> None:
        axes.set_axis_off()
        axes.set_aspect("equal")
        rows = (n - 1) / 2 - np.arange(n)
        gap = 1.25
        for y in rows * gap:
            for start, end in (((0.2, 0), (2.2 - RADIUS, y)), ((2.2 + RADIUS, y), (4.3, 0))):
                axes.plot(*zip(start, end, strict=True), color=GREY, linewidth=1.2, zorder=1)
            axes.add_patch(Circle((2.2, y), RADIUS, fc="white", ec=BLUE, lw=2, zorder=3))
        axes.add_patch(Rectangle((-0.24, -0.24), 0.48, 0.48, fc="white", ec=GREY, lw=2, zorder=3))
        axes.add_patch(Circle((4.3, 0), RADIUS, fc="white", ec=ORANGE, lw=2, zorder=3))
        words = {"ha": "center", "va": "center", "fontsize": 11, "zorder": 4}
        axes.text(0, 0, "x", **words)  # type: ignore[arg-type]
        axes.text(4.3, 0, output, **words)  # type: ignore[arg-type]
        edge = {**words, "bbox": {"fc": "white", "ec": "none", "pad": 0.8}, "color": BLACK}
        self.inside = [axes.text(2.2, y, "", **words) for y in rows * gap]  # type: ignore[arg-type]
        self.outgoing = [axes.text(3.4, 0.43 * y, "", **edge) for y in rows * gap]  # type: ignore[arg-type]
        reach = max(1.0, rows[0] * gap + 0.75)
        axes.set(xlim=(-0.5, 5.0), ylim=(-reach, reach))

    @property
    def texts(self) -> list[Text]:
        return [*self.inside, *self.outgoing]

    def write(self, positions: Sequence[float], heights: Sequence[float]) -> None:
        """The position s of each step into its neuron, the weight to the output on its line."""
        for text, s in zip(self.inside, positions, strict=True):
            text.set_text(_short(s))
        for text, h in zip(self.outgoing, heights, strict=True):
            text.set_text(_short(h))


def wired_sum(
    positions: Sequence[float],
    heights: Sequence[float],
    x: np.ndarray,
    y: np.ndarray,
    *,
    title: str,
    y_label: str = "weighted sum",
) -> Figure:
    """Left a network with one hidden layer of steps, right what its output neuron adds up.

    `positions` and `heights` (n,) as in the network, `y` (m,) over `x` (m,). ValueError where the
    lengths differ.
    """
    if len(positions) != len(heights) or np.shape(x) != np.shape(y):
        raise ValueError("positions and heights, and x and y, must be of one length.")
    from nnbook.plots.curve import draw_curves

    fig = figure(9.4, max(3.2, 0.62 * len(positions) + 0.8))
    left, right = fig.subplots(1, 2, width_ratios=(1, 1.35))
    Wiring(left, len(positions)).write(positions, heights)
    left.set_title("inside a neuron: the place s of its step", fontsize=11, loc="left")
    draw_curves(right, x, {"sum": y}, title=title, x_label="x", y_label=y_label, legend=False)
    right.axhline(0, color=GREY, linewidth=0.9)
    return fig


def _short(value: float) -> str:
    return f"{round(value, 2) + 0.0:g}".replace("-", "−")
