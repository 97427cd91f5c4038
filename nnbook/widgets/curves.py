"""Learning curves as SVG in an HTML widget: quick enough to be redrawn ten times a second.

Colours come with line styles, text takes the colour of the page, points that are not finite
numbers are left out (one would make the whole line vanish).
"""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass

from nnbook.explore.runs import Curve, highest_cost
from nnbook.plots.style import BLUE, ORANGE

WIDTH, HEIGHT = 460, 290
LEFT, RIGHT, TOP, BOTTOM = 66, 26, 34, 50
POINTS = 300  # more than this a line of 380 pixels cannot show


@dataclass(frozen=True)
class Pen:
    """How one kind of line is drawn: its colour, and a variable for another one on dark pages."""

    colour: str
    variable: str
    dash: str
    width: float

    @property
    def style(self) -> str:
        """For lines in SVG."""
        return f"stroke:var({self.variable},{self.colour});fill:none"


PENS = {
    "mini-batches": Pen("#8C8C8C", "--nnbook-minibatch", "", 1.0),
    "training": Pen(BLUE, "--nnbook-training", "", 2.2),
    "validation": Pen(ORANGE, "--nnbook-validation", "7 4", 2.2),
}


@dataclass(frozen=True)
class Axis:
    """The numbers from `low` to `high`, and where its ticks are."""

    low: float
    high: float
    ticks: list[float]

    def place(self, value: float) -> float:
        """0 at `low`, 1 at `high`."""
        return (value - self.low) / (self.high - self.low)


def chart(
    curves: Sequence[Curve], *, title: str, epochs: int, words: str, percent: bool = False
) -> str:
    """An SVG picture of `curves` against epochs, from 0 to `epochs`.

    `percent` shows fractions as percentages, on an axis that ends at 100 %. `words` say the same
    to someone who cannot see it.
    """
    along, down = horizontal(epochs), accuracies(curves) if percent else costs(curves)
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{html.escape(words)}" '
        'class="nnbook-curves" font-family="system-ui, sans-serif" font-size="15" '
        'fill="currentColor">',
        f'<text x="{LEFT}" y="18" font-size="16" font-weight="600">{html.escape(title)}</text>',
        *_frame(along, down, percent),
    ]
    for curve in curves:
        parts.append(_line(curve, along, down))
    parts += _numbers(curves, along, down)
    if not curves:
        parts.append(
            f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT / 2}" text-anchor="middle" '
            'opacity="0.7">no run yet</text>'
        )
    return "".join(parts) + "</svg>"


def accuracies(curves: Sequence[Curve]) -> Axis:
    """An axis up to 1, from 0 or from a little below the lowest accuracy."""
    low = min((y for curve in curves for y in curve.y if math.isfinite(y)), default=0.0)
    low = 0.0 if low < 0.5 else min(math.floor(low * 20) / 20, 0.9)
    return Axis(low, 1.0, _ticks(low, 1.0))


def costs(curves: Sequence[Curve]) -> Axis:
    """An axis from 0 up to at least the highest cost."""
    top = highest_cost(list(curves)) or 1.0
    ticks = _ticks(0.0, top)
    if ticks[-1] < top:
        ticks.append(ticks[-1] + ticks[1] - ticks[0])
    return Axis(0.0, ticks[-1], ticks)


def horizontal(epochs: int) -> Axis:
    """An axis of epochs, with whole numbers only."""
    step = max(1, round(_ticks(0, epochs)[1]))
    return Axis(0.0, float(max(epochs, 1)), [float(k) for k in range(0, epochs + 1, step)])


def legend(counts: dict[str, int], *, ghosts: bool, kinds: Sequence[str] = tuple(PENS)) -> str:
    """What the lines mean, as HTML; `counts` are the images behind "training", "validation".

    `kinds` are the lines that are drawn.
    """
    meaning = {
        "training": f"training data (first {counts.get('training', 0):,} images)",
        "validation": f"validation data ({counts.get('validation', 0):,} images)",
        "mini-batches": "mini-batches as they come (cost only)",
    }
    items = [f"{_sample(PENS[kind])} {text}" for kind, text in meaning.items() if kind in kinds]
    if ghosts:
        items.append("faded, with a number: earlier runs")
    spans = "".join(f"<span>{item}</span>" for item in items)
    return f'<div class="nnbook-legend">{spans}</div>'


def _sample(pen: Pen) -> str:
    return (
        '<svg width="30" height="10" aria-hidden="true"><line x1="1" x2="29" y1="5" y2="5" '
        f'style="{pen.style}" stroke-width="{pen.width}" stroke-dasharray="{pen.dash}"/></svg>'
    )


def _ticks(low: float, high: float) -> list[float]:
    """Four to seven round numbers from `low` to at most `high`."""
    rough = (high - low) / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * k for k in (1, 2, 2.5, 5, 10) if power * k >= rough * 0.999)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [k * step for k in range(first, last + 1)]


def _x(value: float, axis: Axis) -> float:
    return LEFT + axis.place(value) * (WIDTH - LEFT - RIGHT)


def _y(value: float, axis: Axis) -> float:
    return HEIGHT - BOTTOM - axis.place(value) * (HEIGHT - TOP - BOTTOM)


def _frame(along: Axis, down: Axis, percent: bool) -> list[str]:
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    parts = []
    for tick in down.ticks:
        y = _y(tick, down)
        text = f"{tick * 100:.4g} %" if percent else f"{tick:.4g}"
        parts.append(
            f'<line x1="{LEFT}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}" stroke="currentColor" '
            f'opacity="0.14"/><text x="{LEFT - 8}" y="{y + 5:.1f}" text-anchor="end">{text}</text>'
        )
    for tick in along.ticks:
        x = _x(tick, along)
        parts.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{bottom}" y2="{bottom + 5}" '
            f'stroke="currentColor"/><text x="{x:.1f}" y="{bottom + 20}" '
            f'text-anchor="middle">{tick:.0f}</text>'
        )
    parts.append(
        f'<path d="M{LEFT} {TOP}V{bottom}H{right}" fill="none" stroke="currentColor"/>'
        f'<text x="{(LEFT + right) / 2}" y="{HEIGHT - 7}" text-anchor="middle">epoch</text>'
    )
    return parts


def _points(curve: Curve) -> list[tuple[float, float]]:
    pairs = zip(curve.x, curve.y, strict=True)
    finite = [(x, y) for x, y in pairs if math.isfinite(x) and math.isfinite(y)]
    step = -(-len(finite) // POINTS) or 1
    return finite[::step] + (finite[-1:] if step > 1 and len(finite) % step != 1 else [])


def _line(curve: Curve, along: Axis, down: Axis) -> str:
    pen, points = PENS[curve.kind], _points(curve)
    if not points:
        return ""
    style = pen.style + (";opacity:var(--nnbook-faded,0.4)" if curve.faded else "")
    places = [(_x(x, along), max(_y(y, down), TOP)) for x, y in points]
    if curve.kind != "mini-batches" and len(places) == 1:
        x, y = places[0]
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" stroke-width="2" style="{style}"/>'
    text = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    width = 1.4 if curve.faded else pen.width
    return (
        f'<polyline points="{text}" style="{style}" stroke-width="{width}" '
        f'stroke-dasharray="{pen.dash}" stroke-linejoin="round"/>'
    )


def _numbers(curves: Sequence[Curve], along: Axis, down: Axis) -> list[str]:
    """The number of each earlier run at the end of its validation curve, none over another."""
    ends = []
    for curve in curves:
        if curve.faded and curve.kind == "validation" and (points := _points(curve)):
            ends.append((_y(points[-1][1], down), _x(points[-1][0], along), curve.run))
    parts, above = [], -math.inf
    for y, x, run in sorted(ends):
        above = max(y, above + 13)
        parts.append(
            f'<text x="{x + 5:.1f}" y="{above + 4:.1f}" font-size="13" opacity="0.75">{run}</text>'
        )
    return parts
