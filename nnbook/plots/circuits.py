"""Circuits of NAND gates, drawn from a list of gates, and layered networks (NNDL ch. 1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch, Patch, Rectangle

from nnbook.plots.numbers import signed
from nnbook.plots.style import BLACK, BLUE, GREY, ORANGE, figure

Place = tuple[float, float]
WIDTH, HEIGHT = 0.95, 0.62


def _gate(axes: Axes, place: Place, label: str, on: bool | None) -> None:
    """One NAND gate as a box with the little ring of 'not' at its output."""
    x, y = place
    face = "white" if on is None else (BLUE if on else "white")
    axes.add_patch(
        FancyBboxPatch(
            (x - WIDTH / 2, y - HEIGHT / 2),
            WIDTH,
            HEIGHT,
            boxstyle="round,pad=0.02",
            facecolor=face,
            edgecolor=BLACK,
            lw=1.6,
            zorder=3,
        )
    )
    axes.add_patch(Circle((x + WIDTH / 2 + 0.09, y), 0.07, fc="white", ec=BLACK, lw=1.6, zorder=3))
    axes.text(
        x,
        y,
        label,
        ha="center",
        va="center",
        fontsize=11,
        zorder=4,
        color="white" if on else "black",
    )


def circuit(
    inputs: Mapping[str, Place],
    gates: Mapping[str, tuple[Place, str, str]],
    outputs: Mapping[str, tuple[Place, str]],
    *,
    values: Mapping[str, int] | None = None,
    title: str = "",
    axes: Axes | None = None,
) -> Figure | None:
    """A circuit of NAND gates.

    `inputs`: name → place; `gates`: name → (place, first wire, second wire), where a wire is the
    name of an input or of a gate; `outputs`: label → (place, wire). With `values` (wire → 0 or 1)
    wires that carry 1 are thick and blue and each wire's value is written at its source. Draws into
    `axes` if given (and returns None), otherwise into a new figure.
    """
    fig = None
    if axes is None:
        fig = figure(8.5, 4.2)
        axes = fig.subplots()
    ends: dict[str, Place] = dict(inputs)
    ends |= {n: (p[0] + WIDTH / 2 + 0.16, p[1]) for n, (p, _, _) in gates.items()}

    sinks: dict[str, list[float]] = {name: [] for name in ends}

    def wire(source: str, end: Place) -> None:
        start = ends[source]
        sinks[source].append(end[1])
        on = bool(values and values[source])
        bend = start[0] + 0.30 if abs(start[1] - end[1]) > 1e-9 else end[0]
        axes.plot(
            [start[0], bend, bend, end[0]],
            [start[1], start[1], end[1], end[1]],
            color=BLUE if on else GREY,
            lw=3.4 if on else 1.8,
            zorder=1,
            solid_joinstyle="round",
        )

    for place, first, second in gates.values():
        left = place[0] - WIDTH / 2
        wire(first, (left, place[1] + 0.17))
        wire(second, (left, place[1] - 0.17))
    for place, source in outputs.values():
        wire(source, place)
    for source, heights in sinks.items():  # a dot where a wire divides; a plain crossing has none
        start = ends[source]
        if len(heights) > 1:
            heights = sorted([*heights, start[1]])
            for height in heights[1:-1]:
                axes.plot(start[0] + 0.30, height, "o", color=BLACK, markersize=4, zorder=2)
    for name, (place, _, _) in gates.items():
        _gate(axes, place, name, None if values is None else bool(values[name]))
    for name, place in inputs.items():
        text = name if values is None else f"{name} = {values[name]}"
        axes.text(place[0] - 0.1, place[1], text, ha="right", va="center", fontsize=13)
        axes.plot(*place, "o", color=BLACK, markersize=4)
    for label, (place, source) in outputs.items():
        text = label if values is None else f"{label} = {values[source]}"
        axes.text(place[0] + 0.1, place[1], text, va="center", fontsize=13)
    axes.set_title(title, fontsize=13, loc="left")
    places = [*inputs.values(), *(p for p, _, _ in gates.values())]
    places += [p for p, _ in outputs.values()]
    axes.set_xlim(min(p[0] for p in places) - 1.1, max(p[0] for p in places) + 1.5)
    axes.set_ylim(min(p[1] for p in places) - 0.6, max(p[1] for p in places) + 0.6)
    axes.set_aspect("equal")
    axes.axis("off")
    return fig


HALF_ADDER = {
    "inputs": {"$x_1$": (0.0, 2.0), "$x_2$": (0.0, 0.0)},
    "gates": {
        "A": ((1.6, 1.0), "$x_1$", "$x_2$"),
        "B": ((3.5, 2.0), "$x_1$", "A"),
        "C": ((3.5, 0.3), "A", "$x_2$"),
        "D": ((5.4, 1.15), "B", "C"),
        "E": ((5.4, -0.9), "A", "A"),
    },
    "outputs": {"sum": ((6.7, 1.15), "D"), "carry": ((6.7, -0.9), "E")},
}


def half_adder(values: Mapping[str, int] | None = None, *, title: str = "") -> Figure:
    """Two bits added by five NAND gates A–E; `values` has the keys x1, x2, A … E (0 or 1)."""
    named = None
    if values is not None:
        named = {f"${k[0]}_{k[1]}$" if k[0] == "x" else k: v for k, v in values.items()}
    drawn = circuit(**HALF_ADDER, values=named, title=title)  # type: ignore[arg-type]
    assert drawn is not None
    return drawn


def gates_from_nand() -> Figure:
    """NOT, AND, OR and XOR, each built of NAND gates."""
    fig = figure(9.4, 4.8)
    panels = fig.subplots(2, 2, width_ratios=(5.6, 7.5))
    a, b = "$a$", "$b$"
    recipes = {
        "NOT: 1 gate": ({a: (0, 0)}, {"": ((1.4, 0), a, a)}, {"NOT": ((2.6, 0), "")}),
        "AND: 2 gates": (
            {a: (0, 0.5), b: (0, -0.5)},
            {"1": ((1.4, 0), a, b), "2": ((3.2, 0), "1", "1")},
            {"AND": ((4.4, 0), "2")},
        ),
        "OR: 3 gates": (
            {a: (0, 0.6), b: (0, -0.6)},
            {"1": ((1.4, 0.6), a, a), "2": ((1.4, -0.6), b, b), "3": ((3.3, 0), "1", "2")},
            {"OR": ((4.5, 0), "3")},
        ),
        "XOR: 4 gates": (
            {a: (0, 1.0), b: (0, -1.0)},
            {
                "1": ((1.5, 0), a, b),
                "2": ((3.3, 0.75), a, "1"),
                "3": ((3.3, -0.75), "1", b),
                "4": ((5.1, 0), "2", "3"),
            },
            {"XOR": ((6.3, 0), "4")},
        ),
    }
    for axes, (title, recipe) in zip(panels.ravel(), recipes.items(), strict=True):
        circuit(*recipe, title=title, axes=axes)  # type: ignore[arg-type]
        right = max(place[0] for place, _ in recipe[2].values()) + 1.2
        axes.set(xlim=(-0.5, right), ylim=(-1.45, 1.45))
    return fig


def neurons(
    layers: Sequence[Sequence[str]],
    weights: Sequence[Sequence[Sequence[float]]],
    biases: Sequence[Sequence[float]] | None = None,
    *,
    title: str = "",
) -> Figure:
    """A layered network with its numbers: `layers` names the neurons, inputs first.

    weights[l][j][k] goes from neuron k of layer l to neuron j of layer l + 1; a weight of 0 is not
    drawn. biases[l][j] is written inside the neuron. Squares are inputs, circles neurons.
    """
    tall = max(len(layer) for layer in layers)
    wide = 3.0 * (len(layers) - 1) + 1.4
    fig = figure(4.6 / tall / 1.5 * wide, 4.6)
    axes = fig.subplots()
    places = [
        [(3.0 * depth, (len(layer) - 1) / 2 * 1.5 - 1.5 * row) for row in range(len(layer))]
        for depth, layer in enumerate(layers)
    ]
    for depth, matrix in enumerate(weights):
        for j, row in enumerate(matrix):
            for k, w in enumerate(row):
                if w == 0:
                    continue
                start, end = places[depth][k], places[depth + 1][j]
                axes.plot(
                    *zip(start, end, strict=True),
                    color=BLUE if w > 0 else ORANGE,
                    linestyle="-" if w > 0 else "--",
                    lw=1 + 0.5 * min(abs(w), 4),
                    zorder=1,
                )
                at = 0.70 if (j + k) % 2 else 0.30
                axes.text(
                    start[0] + at * (end[0] - start[0]),
                    start[1] + at * (end[1] - start[1]),
                    signed(w),
                    fontsize=11,
                    ha="center",
                    va="center",
                    zorder=2,
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
                )
    for depth, layer in enumerate(layers):
        for place, name in enumerate(layer):
            x, y = places[depth][place]
            shape: Patch = Circle((x, y), 0.47)
            if depth == 0:
                shape = Rectangle((x - 0.42, y - 0.42), 0.84, 0.84)
            shape.set(facecolor="white", edgecolor=BLACK, linewidth=1.6, zorder=3)
            axes.add_patch(shape)
            text = name
            if biases and depth:
                text += f"\n{signed(biases[depth - 1][place], plus=True)}"
            axes.text(x, y, text, ha="center", va="center", fontsize=13, zorder=4)
    axes.set(xlim=(-0.7, wide - 0.7), ylim=(-0.75 * tall, 0.75 * tall))
    axes.set_aspect("equal")
    axes.axis("off")
    axes.set_title(title, fontsize=13, loc="left")
    return fig
