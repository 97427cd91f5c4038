"""The 2-3-2-2 network with every number known so far on its neuron or edge: what to draw where.

`scene` says it in hundredths of an inch, y downwards; `svg` draws it for the page (quick enough to
follow a slider: text by matplotlib takes ten times as long), `png` where no kernel runs.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from matplotlib.patheffects import withStroke
from PIL import Image

from nnbook.explore.letters import LAST, SIZES, Quantity
from nnbook.explore.stepper import STEPS, Stepper, number
from nnbook.plots.small_png import small_png
from nnbook.plots.style import AMBER, BLACK, BLUE, GREY

WIDTH, HEIGHT = 880, 512
MIDDLE = 272
COLUMNS = {1: 50, 2: 292, 3: 555, LAST: 802}  # middle of the boxes of a layer
HALF_BOX = {1: 42, 2: 72, 3: 72, LAST: 72}
APART = {1: 230, 2: 168, 3: 230, LAST: 230}  # from neuron to neuron
LINE = 20  # from one line of text to the next
SIZE = 13  # of text, in hundredths of an inch
HALF_COST = 60
NAMES = {1: "inputs", 2: "layer 2", 3: "layer 3", LAST: "outputs (layer 4)"}
BROWN = "#A33F00"  # what travels backward
COLOURS = {"z": BLUE, "a": BLUE, "cost": BLUE, "error": BROWN, "db": BROWN, "dw": BROWN}

Point = tuple[float, float]


class Line(NamedTuple):
    start: Point
    end: Point
    used: bool = False  # in the formula of the current step


class Box(NamedTuple):
    """Left, top, width, height; `mark` lies behind the current number."""

    x: float
    y: float
    width: float
    height: float
    mark: bool = False


class Label(NamedTuple):
    """Text around (x, y); `used` is in the formula of the current step."""

    x: float
    y: float
    text: str
    colour: str
    used: bool = False
    on_edge: bool = False


class Scene(NamedTuple):
    lines: list[Line]
    boxes: list[Box]
    labels: list[Label]


def scene(stepper: Stepper) -> Scene:
    """The network where the stepper stands; numbers that are not known yet are left out."""
    current = stepper.current
    used = stepper.uses(current) if current else set()
    used |= {part._replace(kind="x") for part in used if part.kind == "a" and part.layer == 1}
    at_work = used | ({current._replace(kind="w")} if current and current.kind == "dw" else set())
    lines = [Line(_right(edge), _left(edge), edge in at_work) for edge in EDGES]
    edge_of_box = 2.5 * LINE + 6
    for j, side in ((1, -1), (2, 1)):  # from the outputs to the cost, which stands between them
        x, y = _place(LAST, j)
        lines.append(Line((x + 50, y - side * edge_of_box), (x + 50, MIDDLE + side * 16)))
    boxes = [Box(COLUMNS[LAST] - HALF_COST, MIDDLE - 16, 2 * HALF_COST, 32)]
    labels = []
    for layer, size in enumerate(SIZES, start=1):
        labels.append(Label(COLUMNS[layer], 14, NAMES[layer], "#444444"))
        half, high = HALF_BOX[layer], 20 if layer == 1 else edge_of_box
        for j in range(1, size + 1):
            x, y = _place(layer, j)
            boxes.append(Box(x - half, y - high, 2 * half, 2 * high))
    for quantity, (x, y) in PLACES.items():
        if quantity == current:
            half = {"cost": HALF_COST, "dw": 40}.get(quantity.kind, HALF_BOX[quantity.layer]) - 3
            boxes.append(Box(x - half, y - 9, 2 * half, 18, mark=True))
        if quantity.kind == "cost" and not stepper.known(quantity):
            labels.append(Label(x, y, stepper.notation.cost, GREY))
        if stepper.known(quantity):
            on_edge = quantity.kind in ("w", "dw") and quantity != current
            colour = BLACK if quantity == current else COLOURS.get(quantity.kind, BLACK)
            text = _label(stepper, quantity)
            labels.append(Label(x, y, text, colour, quantity in used, on_edge))
    return Scene(lines, boxes, labels)


def svg(stepper: Stepper, words: str) -> str:
    """The scene as SVG; `words` say the same to someone who cannot see it."""
    drawn = scene(stepper)
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{html.escape(words)}" '
        f'style="display:block;width:100%;max-width:{WIDTH}px;height:auto" '
        'font-family="DejaVu Sans, Verdana, system-ui, sans-serif" '
        f'font-size="{SIZE}" text-anchor="middle" fill="{BLACK}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>'
    ]
    for (x0, y0), (x1, y1), used in drawn.lines:
        parts.append(
            f'<path d="M{x0:.0f} {y0:.0f}L{x1:.0f} {y1:.0f}" stroke="{BLUE if used else GREY}" '
            f'stroke-width="{3 if used else 1}"/>'
        )
    for x, y, width, height, mark in drawn.boxes:
        parts.append(
            f'<rect x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{height:.0f}" '
            f'rx="{3 if mark else 8}" fill="{AMBER if mark else "white"}" stroke="{BLACK}"/>'
        )
    for x, y, text, colour, used, on_edge in drawn.labels:
        halo = ' stroke="white" stroke-width="4" paint-order="stroke"' if on_edge else ""
        bold = ' font-weight="700"' if used else ""
        parts.append(
            f'<text x="{x:.0f}" y="{y + 4.6:.1f}" fill="{colour}"{halo}{bold}>'
            f"{html.escape(text)}</text>"
        )
    return "".join(parts) + "</svg>"


def png(stepper: Stepper, caption: str) -> bytes:
    """The scene over a line of `caption`, as a PNG file."""
    drawn = scene(stepper)
    below = 34
    figure = Figure(figsize=(WIDTH / 100, (HEIGHT + below) / 100), dpi=100, facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, WIDTH), ylim=(HEIGHT + below, 0))
    axes.set_axis_off()
    points = SIZE * 0.72  # hundredths of an inch in points
    for (x0, y0), (x1, y1), used in drawn.lines:
        axes.plot([x0, x1], [y0, y1], color=BLUE if used else GREY, lw=2.2 if used else 0.7)
    for x, y, width, height, mark in drawn.boxes:
        corner = f"round,pad=0,rounding_size={3 if mark else 8}"
        axes.add_patch(
            FancyBboxPatch((x, y), width, height, boxstyle=corner, fc=AMBER if mark else "white",
                           ec=BLACK, lw=0.7, zorder=3)
        )  # fmt: skip
    for x, y, text, colour, used, on_edge in drawn.labels:
        weight = "bold" if used else "normal"
        label = axes.text(x, y, text, fontsize=points, color=colour, weight=weight, zorder=4)
        label.set(ha="center", va="center_baseline")
        if on_edge:
            label.set_path_effects([withStroke(linewidth=3, foreground="white")])
    axes.text(10, HEIGHT + below / 2, caption, fontsize=points, va="center")
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return small_png(Image.fromarray(np.asarray(canvas.buffer_rgba())))


def _label(stepper: Stepper, quantity: Quantity) -> str:
    value = number(stepper.value(quantity))
    if quantity.kind in ("w", "dw"):
        return value if quantity.kind == "w" else f"∂ {value}"
    name = stepper.notation.letter(quantity).text
    return f"∂{name} {value}" if quantity.kind == "db" else f"{name} = {value}"


def _place(layer: int, j: int) -> Point:
    """The middle of a neuron's box."""
    return COLUMNS[layer], MIDDLE - APART[layer] * ((SIZES[layer - 1] + 1) / 2 - j)


def _right(weight: Quantity) -> Point:
    x, y = _place(weight.layer - 1, weight.k)
    return x + HALF_BOX[weight.layer - 1], y


def _left(weight: Quantity) -> Point:
    x, y = _place(weight.layer, weight.j)
    return x - HALF_BOX[weight.layer], y


def _places() -> Iterator[tuple[Quantity, Point]]:
    """Where each number stands."""
    for j in (1, 2):
        yield Quantity("x", 1, j), _place(1, j)
        x, y = _place(LAST, j)
        toward_cost = 2.5 * LINE + 20
        yield Quantity("y", LAST, j), (x - 12, y + toward_cost if j == 1 else y - toward_cost)
    for layer in (2, 3, LAST):
        for j in range(1, SIZES[layer - 1] + 1):
            x, y = _place(layer, j)
            for line, kind in enumerate(("b", "z", "a", "error", "db")):
                yield Quantity(kind, layer, j), (x, y + (line - 2) * LINE)
    yield Quantity("cost", LAST), (COLUMNS[LAST], MIDDLE)
    for weight in EDGES:
        at = {2: 0.3, 3: 0.7, LAST: 0.36}[weight.layer]  # where no two labels meet
        (x0, y0), (x1, y1) = _right(weight), _left(weight)
        x, y = x0 + at * (x1 - x0), y0 + at * (y1 - y0)
        yield weight, (x, y - LINE / 2)
        yield weight._replace(kind="dw"), (x, y + LINE / 2)


EDGES = [step._replace(kind="w") for step in STEPS if step.kind == "dw"]
PLACES = dict(_places())
