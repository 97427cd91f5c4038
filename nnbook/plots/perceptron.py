"""Perceptrons as pictures: decision lines, truth tables, learning steps (NNDL ch. 1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from scipy import ndimage

from nnbook.plots.numbers import Numbers, signed
from nnbook.plots.style import BLACK, BLUE, GREY, ORANGE, SKY, figure, tidy

LOW, HIGH = -0.3, 1.3
NEAR = (LOW, HIGH)
CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])


def unit_square(
    axes: Axes,
    points: Numbers,
    targets: Numbers,
    *,
    title: str = "",
    names: str = "x",
    ends: tuple[float, float] = NEAR,
) -> Axes:
    """Points (n, 2) on the unit square: a filled disc if the target is 1, an open square if 0."""
    for (x1, x2), target in zip(np.asarray(points), np.ravel(targets), strict=True):
        one = target > 0.5
        axes.plot(
            x1,
            x2,
            "o" if one else "s",
            markersize=13 if one else 11,
            markeredgewidth=2.4,
            color=BLUE if one else ORANGE,
            markerfacecolor=BLUE if one else "white",
            zorder=4,
        )
    tidy(axes, title=title, x=f"${names}_1$", y=f"${names}_2$")
    axes.set(xlim=ends, ylim=ends, xticks=[0, 1], yticks=[0, 1], aspect="equal")
    return axes


def border(
    axes: Axes,
    w: Numbers,
    b: float,
    *,
    colour: str = BLACK,
    style: object = "-",
    label: str | None = None,
    shade: bool = True,
    ends: tuple[float, float] = NEAR,
) -> None:
    """The line w·x + b = 0 over the unit square, the side with output 1 shaded."""
    w1, w2 = np.asarray(w, dtype=float)
    side = np.linspace(*ends, 200)
    x1, x2 = np.meshgrid(side, side)
    z = w1 * x1 + w2 * x2 + b
    if shade and z.max() > 0:
        axes.contourf(x1, x2, z, levels=[0, max(z.max(), 1e-9) * 1.01], colors=[SKY], alpha=0.25)
    if abs(w2) > 1e-12:
        axes.plot(side, -(w1 * side + b) / w2, color=colour, linestyle=style, lw=2, label=label)
    elif abs(w1) > 1e-12:
        axes.axvline(-b / w1, color=colour, linestyle=style, lw=2, label=label)


def decision_line(
    w: Numbers, b: float, points: Numbers, targets: Numbers, *, title: str = ""
) -> Figure:
    """One perceptron with weights `w` (2,) and bias `b`: its line, its side 1, the wanted outputs.

    `points` (n, 2), `targets` (n,) or (n, 1) of 0 and 1.
    """
    fig = figure(5.2, 4.6)
    axes = unit_square(fig.subplots(), points, targets, title=title)
    border(axes, w, b)
    return fig


def decision_lines(items: Sequence[tuple[str, Numbers, float, Numbers]]) -> Figure:
    """Perceptrons side by side: (title, weights, bias, wanted outputs for 00, 01, 10, 11)."""
    fig = figure(3.3 * len(items), 3.7)
    panels = np.atleast_1d(fig.subplots(1, len(items)))
    for axes, (title, w, b, wanted) in zip(panels, items, strict=True):
        unit_square(axes, CORNERS, wanted, title=title)
        border(axes, w, b)
        if axes is not panels[0]:
            axes.set_ylabel("")
    return fig


def truth_tables(tables: Mapping[str, Numbers]) -> Figure:
    """Gates as four marked corners each: name → outputs for (0,0), (0,1), (1,0), (1,1)."""
    fig = figure(2.8 * len(tables), 3.2)
    for axes, (name, outputs) in zip(
        np.atleast_1d(fig.subplots(1, len(tables))), tables.items(), strict=True
    ):
        unit_square(axes, CORNERS, outputs, title=name)
    return fig


def learning_steps(
    steps: Sequence[tuple[np.ndarray, float, np.ndarray, float]],
    points: Numbers,
    targets: Numbers,
    *,
    columns: int = 4,
) -> Figure:
    """The learning rule at work, one panel for each update.

    A step is (w, b, x, error): the weights (2,) and bias before the update, the example x (2,) that
    was wrong, and error = target − output. Dashed is the line before, solid the line after.
    """
    rows = -(-len(steps) // columns)
    fig = figure(2.9 * columns, 3.4 * rows + 0.6)
    wide = (-1.6, 2.0)
    panels = np.atleast_1d(fig.subplots(rows, columns)).ravel()
    for axes in panels[len(steps) :]:
        axes.set_visible(False)
    for number, (axes, (w, b, x, error)) in enumerate(zip(panels, steps, strict=False), start=1):
        after_w, after_b = w + error * x, b + error
        title = f"{number}: w = ({signed(after_w[0])}, {signed(after_w[1])}), b = {signed(after_b)}"
        unit_square(axes, points, targets, title=title, ends=wide)
        border(axes, after_w, after_b, ends=wide)
        border(axes, w, b, colour=GREY, style="--", shade=False, ends=wide)
        axes.plot(*x, "o", markersize=24, markerfacecolor="none", color=BLACK, mew=1.5, zorder=5)
        if number % columns != 1:
            axes.set_ylabel("")
    key = {
        "the example that was wrong": Line2D([], [], marker="o", ms=14, mfc="none", c=BLACK, ls=""),
        "line before the update": Line2D([], [], color=GREY, lw=2, ls="--"),
        "line after it": Line2D([], [], color=BLACK, lw=2),
    }
    fig.legend(list(key.values()), list(key), loc="outside lower center", ncols=3, fontsize=12)
    return fig


def hidden_space(
    points: Numbers,
    targets: Numbers,
    hidden: Numbers,
    layer: tuple[Numbers, Numbers],
    output: tuple[Numbers, float],
    gates: tuple[str, str] = ("NAND", "OR"),
) -> Figure:
    """XOR solved by two layers: the input square with two hidden lines, and the hidden square.

    `points` (4, 2) are the inputs, `targets` (4, 1) the wanted outputs. `hidden` (4, 2) are the
    outputs of the hidden neurons, `layer` their weights (2, 2) and biases (2,). `output` is the
    (w, b) of the output neuron, which works on `hidden`. `gates` name the two hidden neurons.
    """
    points, hidden = np.asarray(points), np.asarray(hidden)
    fig = figure(10, 4.6)
    left, right = fig.subplots(1, 2)
    unit_square(left, points, targets, title="the inputs: no single line")
    weights, biases = layer
    for j, (style, gate) in enumerate(zip(("-", "--"), gates, strict=True)):
        border(
            left,
            weights[j],
            float(biases[j]),
            style=style,
            label=f"$h_{j + 1}$: {gate}",
            shade=False,
        )
    left.legend(fontsize=11, loc="center left", bbox_to_anchor=(1.0, 0.5), frameon=False)
    unit_square(right, hidden, targets, title="what the hidden layer says: one line", names="h")
    border(right, *output)
    for place in np.unique(hidden, axis=0):
        who = points[(hidden == place).all(axis=1)]
        text = " and ".join(f"({a:g},{b:g})" for a, b in who)
        below = place[1] < 0.5
        right.annotate(
            text,
            place,
            xytext=(0, -20 if below else 14),
            textcoords="offset points",
            ha="center",
            fontsize=11,
        )
    return fig


def mistakes_everywhere(
    count: Callable[[float, float, float], int], biases: Sequence[float], *, size: int = 61
) -> Figure:
    """How many of four examples a perceptron gets wrong, for many w1, w2 and some biases.

    `count(w1, w2, b)` returns 0–4. Darker is more mistakes; a white spot would be a solution. The
    number is written into the middle of each area that has room for it.
    """
    greys = colormaps["Greys"].resampled(5)
    side = np.linspace(-3, 3, size)
    fig = figure(3.4 * len(biases) + 0.8, 3.9)
    panels = np.atleast_1d(fig.subplots(1, len(biases)))
    for axes, b in zip(panels, biases, strict=True):
        wrong = np.array([[count(w1, w2, b) for w1 in side] for w2 in side])
        picture = axes.imshow(
            wrong, origin="lower", extent=(-3, 3, -3, 3), cmap=greys, vmin=-0.5, vmax=4.5
        )
        for number in np.unique(wrong):
            areas, many = ndimage.label(wrong == number)
            for area in range(1, many + 1):
                room = ndimage.distance_transform_edt(np.pad(areas == area, 1))[1:-1, 1:-1]
                row, column = np.unravel_index(room.argmax(), room.shape)
                if room.max() > size / 20:
                    ink = "white" if number > 2 else "black"
                    place = (side[column], side[row])
                    axes.text(*place, number, color=ink, fontsize=13, ha="center", va="center")
        tidy(
            axes,
            title=f"b = {signed(b)}",
            x="$w_1$",
            y="$w_2$" if axes is panels[0] else "",
            grid=False,
        )
        axes.set(xticks=[-3, 0, 3], yticks=[-3, 0, 3])
    bar = fig.colorbar(picture, ax=panels, ticks=range(5), shrink=0.85)
    bar.set_label("examples wrong (of 4)", fontsize=12)
    return fig
