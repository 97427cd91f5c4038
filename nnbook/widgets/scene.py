"""A drawing of lines, discs, boxes and labels: SVG for the page, PNG where no kernel runs.

Lengths are hundredths of an inch, y downwards. Each shape says itself in two ways: `svg()` is its
element on the page, `on(axes)` puts the same on matplotlib axes with these units. SVG is quick
enough to follow a slider: a text by matplotlib takes ten times as long.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch
from matplotlib.patheffects import withStroke
from PIL import Image

from nnbook.plots.small_png import small_png
from nnbook.plots.style import BLACK, GREY

POINT = 0.72  # points in a hundredth of an inch
TIP = 7  # length of an arrow's head
CAPTION = 15  # size of the text below the drawing
LAYER = 2  # all is drawn in the order of the list

Place = tuple[float, float]


class Line(NamedTuple):
    """From `start` to `end`; an arrow has its head at the end."""

    start: Place
    end: Place
    colour: str = GREY
    width: float = 1
    dashed: bool = False
    arrow: bool = False

    def svg(self) -> str:
        (x0, y0), (x1, y1) = self.start, self.end
        dash = ' stroke-dasharray="6 3"' if self.dashed else ""
        path = f"M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}"
        if self.arrow:  # its head is two strokes, in the direction of the line
            along = np.array([x1 - x0, y1 - y0]) / np.hypot(x1 - x0, y1 - y0)
            for side in (-0.5, 0.5):
                x, y = (x1, y1) - TIP * (along + side * along[::-1] * (-1, 1))
                path += f"M{x1:.1f} {y1:.1f}L{x:.1f} {y:.1f}"
        return f'<path d="{path}" stroke="{self.colour}" stroke-width="{self.width:g}"{dash}/>'

    def on(self, axes: Axes) -> None:
        dashes = (0, (6 / self.width, 3 / self.width))
        style = f"->,head_length={TIP},head_width={TIP / 2}" if self.arrow else "-"
        axes.add_patch(
            FancyArrowPatch(self.start, self.end, arrowstyle=style, shrinkA=0, shrinkB=0,
                            mutation_scale=1, color=self.colour, lw=self.width * POINT,
                            ls=dashes if self.dashed else "-", zorder=LAYER)
        )  # fmt: skip


class Box(NamedTuple):
    """`left`, `top`, `width`, `height`; corners are rounded by `round`; no `edge`: no line."""

    left: float
    top: float
    width: float
    height: float
    fill: str = "white"
    edge: str = BLACK
    round: float = 8

    def svg(self) -> str:
        return (
            f'<rect x="{self.left:.1f}" y="{self.top:.1f}" width="{self.width:.1f}" '
            f'height="{self.height:.1f}" rx="{self.round:g}" fill="{self.fill}" '
            f'stroke="{self.edge or "none"}"/>'
        )

    def on(self, axes: Axes) -> None:
        style = f"round,pad=0,rounding_size={self.round}"
        axes.add_patch(
            FancyBboxPatch((self.left, self.top), self.width, self.height, boxstyle=style,
                           fc=self.fill, ec=self.edge or "none", lw=POINT, zorder=LAYER)
        )  # fmt: skip


class Disc(NamedTuple):
    """A circle around `middle`."""

    middle: Place
    radius: float
    fill: str

    def svg(self) -> str:
        x, y = self.middle
        return (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{self.radius:g}" fill="{self.fill}" '
            f'stroke="{BLACK}" stroke-width="2"/>'
        )

    def on(self, axes: Axes) -> None:
        axes.add_patch(
            Circle(self.middle, self.radius, fc=self.fill, ec=BLACK, lw=2 * POINT, zorder=LAYER)
        )


ANCHORS = {"start": "left", "middle": "center", "end": "right"}


class Label(NamedTuple):
    """One line of text whose `anchor` (start, middle or end) is at (x, y), half its height below.

    A `halo` keeps it readable over lines.
    """

    x: float
    y: float
    text: str
    colour: str = BLACK
    size: float = 13
    anchor: str = "middle"
    bold: bool = False
    halo: bool = False

    def svg(self) -> str:
        halo = ' stroke="white" stroke-width="4" paint-order="stroke"' if self.halo else ""
        bold = ' font-weight="700"' if self.bold else ""
        anchor = f' text-anchor="{self.anchor}"' if self.anchor != "middle" else ""
        return (
            f'<text x="{self.x:.1f}" y="{self.y + 0.355 * self.size:.1f}" fill="{self.colour}" '
            f'font-size="{self.size:g}"{anchor}{halo}{bold}>{html.escape(self.text)}</text>'
        )

    def on(self, axes: Axes) -> None:
        weight = "bold" if self.bold else "normal"
        text = axes.text(self.x, self.y, self.text, fontsize=self.size * POINT, color=self.colour)
        text.set(ha=ANCHORS[self.anchor], va="center_baseline", weight=weight, zorder=LAYER)
        if self.halo:
            text.set_path_effects([withStroke(linewidth=3, foreground="white")])


Shape = Line | Box | Disc | Label


class Scene(NamedTuple):
    """`shapes` on a sheet of `width` × `height`, drawn one after the other."""

    width: float
    height: float
    shapes: list[Shape]

    def svg(self, words: str) -> str:
        """The drawing for the page; `words` say the same to someone who cannot see it."""
        head = (
            f'<svg viewBox="0 0 {self.width} {self.height}" role="img" '
            f'aria-label="{html.escape(words)}" '
            f'style="display:block;width:100%;max-width:{self.width}px;height:auto" '
            'font-family="DejaVu Sans, Verdana, system-ui, sans-serif" text-anchor="middle">'
            f'<rect width="{self.width}" height="{self.height}" fill="white"/>'
        )
        return head + "".join(shape.svg() for shape in self.shapes) + "</svg>"

    def png(self, caption: Iterable[str]) -> bytes:
        """The drawing over the lines of `caption`, as a PNG file."""
        lines = list(caption)
        height = self.height + 12 + 22 * len(lines)
        figure = Figure(figsize=(self.width / 100, height / 100), dpi=100, facecolor="white")
        canvas, axes = FigureCanvasAgg(figure), figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, self.width), ylim=(height, 0))
        axes.set_axis_off()
        below = [
            Label(10, self.height + 11 + 22 * k, line, size=CAPTION, anchor="start")
            for k, line in enumerate(lines)
        ]
        for shape in (*self.shapes, *below):
            shape.on(axes)
        canvas.draw()
        return small_png(Image.fromarray(np.asarray(canvas.buffer_rgba())))
