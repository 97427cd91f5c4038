"""A small network with its numbers on it, and the paths from a weight to the cost (NNDL ch. 2)."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle

from nnbook.plots.style import AMBER, BLACK, BLUE, GREY, ORANGE, figure

WIDE, HIGH = 4.6, 2.6  # from layer to layer, from neuron to neuron


def _places(sizes: Sequence[int], high: float) -> list[list[tuple[float, float]]]:
    """Centres of all neurons, layer by layer, the first neuron on top."""
    return [
        [(layer * WIDE, high * ((size - 1) / 2 - j)) for j in range(size)]
        for layer, size in enumerate(sizes)
    ]


def _mark(axes: Axes, place: tuple[float, float], first: bool, colour: str, size: float) -> None:
    x, y = place
    mark = (
        Rectangle((x - size, y - size), 2 * size, 2 * size) if first else Circle(place, size * 1.12)
    )
    mark.set(facecolor="white", edgecolor=colour, linewidth=2, zorder=3)
    axes.add_patch(mark)


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
    axes.annotate(
        "",
        end,
        start,
        arrowprops={
            "arrowstyle": "-|>", "lw": 1.4, "color": colour, "shrinkA": 36, "shrinkB": 36,
        },
    )  # fmt: skip


def traced(
    inside: Sequence[Sequence[str]],
    edges: Sequence[Sequence[Sequence[str]]],
    below: Sequence[Sequence[str]] = (),
    *,
    backward: bool = False,
    title: str = "",
) -> Figure:
    """A network with words on it: what a pass has computed so far.

    inside    a text for each neuron, layer by layer, the inputs first
    edges     edges[l][j][k]: the text of the edge to neuron j of layer l + 1 from neuron k
    below     a text under each neuron, as `inside`
    backward  arrows from right to left
    ValueError where there is not one text for each edge.
    """
    sizes = [len(layer) for layer in inside]
    for layer, rows in enumerate(edges):
        if len(rows) != sizes[layer + 1] or any(len(row) != sizes[layer] for row in rows):
            raise ValueError(
                f"edges[{layer}] must have {sizes[layer + 1]} rows of {sizes[layer]} texts, one "
                "for each edge between its two layers."
            )
    places = _places(sizes, HIGH)
    new = figure(10.2, 4.6)
    axes = new.subplots()
    grown, font = (1.0, 11.5) if len(sizes) < 4 else (1.25, 10.0)  # more layers: less room
    colour = ORANGE if backward else BLUE
    for layer, rows in enumerate(edges):
        for j, row in enumerate(rows):
            for k, words in enumerate(row):
                (x0, y0), (x1, y1) = places[layer][k], places[layer + 1][j]
                ends = ((x1, y1), (x0, y0)) if backward else ((x0, y0), (x1, y1))
                _arrow(axes, *ends, colour)
                part = 0.74 if backward else 0.26  # near the start of the arrow
                axes.text(
                    x0 + part * (x1 - x0), y0 + part * (y1 - y0), words, 
                    ha="center", va="center", fontsize=font, zorder=4,
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
                )  # fmt: skip
    for layer, column in enumerate(places):
        for j, place in enumerate(column):
            _mark(axes, place, layer == 0, GREY if layer == 0 else colour, 0.56 * grown)
            axes.text(*place, inside[layer][j], ha="center", va="center", fontsize=font, zorder=4)
            if below:
                axes.text(
                    place[0], place[1] - 0.72 * grown, below[layer][j],
                    ha="center", va="top", fontsize=font, color=BLACK, linespacing=1.25,
                )  # fmt: skip
    _frame(axes, sizes, HIGH, title)
    return new


def _frame(axes: Axes, sizes: Sequence[int], high: float, title: str) -> None:
    half = high * (max(sizes) - 1) / 2
    axes.set(xlim=(-1.1, WIDE * (len(sizes) - 1) + 1.1), ylim=(-half - 1.6, half + 0.95))
    axes.set_aspect("equal")
    axes.axis("off")
    axes.set_title(title, fontsize=13, loc="left")


def paths(sizes: Sequence[int], marked: Sequence[Sequence[int]], *, title: str = "") -> Figure:
    """All paths from one weight to the cost, and those of `marked` drawn thick.

    sizes    neurons per layer; the weight is the edge between the two first neurons of the first
             two layers
    marked   paths as neuron numbers, one for each layer from the second on: [0, 2, 1]
    The cost is a last point, which every output leads to. ValueError where a path does not fit.
    """
    for path in marked:
        if len(path) != len(sizes) - 1 or path[0] != 0 or any(
            not 0 <= j < size for j, size in zip(path, sizes[1:], strict=True)
        ):  # fmt: skip
            raise ValueError(f"a path must name a neuron of each layer of {sizes}, not {path}.")
    high = 1.5
    places = _places([*sizes, 1], high)
    new = figure(10.2, 3.0)
    axes = new.subplots()
    for left, right in itertools.pairwise(places):
        for start in left:
            for end in right:
                axes.plot(*zip(start, end, strict=True), color="#C4C4C4", lw=1.0, zorder=1)
    styles = ("-", "--", "-.", ":")
    for number, path in enumerate(marked):
        steps = [places[0][0], *(places[n + 1][j] for n, j in enumerate(path)), places[-1][0]]
        axes.plot(
            *zip(*steps, strict=True), linestyle=styles[number % len(styles)],
            color=(ORANGE, BLUE, BLACK)[number % 3], lw=2.6, zorder=2,
        )  # fmt: skip
    axes.plot(*zip(places[0][0], places[1][0], strict=True), color=BLACK, lw=5, zorder=2)
    (x0, y0), (x1, y1) = places[0][0], places[1][0]
    axes.text(
        (x0 + x1) / 2, (y0 + y1) / 2 + 0.3, "one weight", ha="center", va="bottom", fontsize=13
    )
    for layer, column in enumerate(places):
        for place in column:
            last = layer == len(sizes)
            _mark(axes, place, layer == 0, AMBER if last else GREY, 0.4)
    axes.text(*places[-1][0], "$C$", ha="center", va="center", fontsize=16, zorder=4)
    _frame(axes, [*sizes, 1], high, title)
    axes.set_ylim(-high * (max(sizes) - 1) / 2 - 0.7, high * (max(sizes) - 1) / 2 + 0.7)
    return new
