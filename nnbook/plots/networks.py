"""Drawings of a layered network and of the matrix shapes of one layer (NNDL ch. 1)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle

from nnbook.plots.style import BLUE, COLOURS, GREEN, GREY, ORANGE, figure

FULL, SHOWN = 10, 8  # a layer of more than FULL neurons is drawn as SHOWN with a gap


def _places(neurons: int) -> tuple[np.ndarray, bool]:
    """Heights of the neurons that are drawn, and whether some are left out."""
    left_out = neurons > FULL
    drawn = SHOWN if left_out else neurons
    y = np.arange(drawn, dtype=float)
    if left_out:
        y[drawn // 2 :] += 1.6  # room for the dots
    return (y - y.mean())[::-1], left_out


def network(
    sizes: Sequence[int], *, names: Sequence[str] | None = None, outputs: Sequence[str] = ()
) -> Figure:
    """A fully connected network: one column of circles per layer, a line per weight.

    sizes    neurons per layer, the inputs first: [784, 30, 10]
    names    one name per layer; by default "input layer", "hidden layer", …, "output layer"
    outputs  labels at the right of the output neurons
    Layers of more than ten neurons are shortened; the true number stands below each layer.
    """
    if len(sizes) < 2 or any(size < 1 for size in sizes):
        raise ValueError(f"sizes must name at least two layers of 1 or more neurons: {sizes}.")
    hidden = len(sizes) - 2
    middle = ["hidden layer"] if hidden == 1 else [f"hidden layer {k + 1}" for k in range(hidden)]
    names = names or ["input layer", *middle, "output layer"]
    gap = min(8.0, 19.0 / (len(sizes) - 1))
    new = figure(8.4, 5.0)
    axes = new.subplots()
    axes.set_axis_off()
    axes.set_aspect("equal")
    columns = [_places(size) for size in sizes]
    for layer in range(1, len(sizes)):
        lines = [
            [((layer - 1) * gap, y0), (layer * gap, y1)]
            for y0 in columns[layer - 1][0]
            for y1 in columns[layer][0]
        ]
        axes.add_collection(LineCollection(lines, colors="#8A8A8A", linewidths=0.6))
    low = min(y.min() for y, _ in columns)
    for layer, (size, (heights, left_out)) in enumerate(zip(sizes, columns, strict=True)):
        colour = GREY if layer == 0 else BLUE if layer < len(sizes) - 1 else ORANGE
        for y in heights:
            # inputs are numbers, not neurons: squares
            mark = (
                Rectangle((layer * gap - 0.28, y - 0.28), 0.56, 0.56)
                if layer == 0
                else Circle((layer * gap, y), 0.36)
            )
            mark.set(facecolor="white", edgecolor=colour, linewidth=2, zorder=3)
            axes.add_patch(mark)
        if left_out:
            half = len(heights) // 2
            centre = (heights[half - 1] + heights[half]) / 2
            axes.text(layer * gap, centre, "⋮", ha="center", va="center", fontsize=18, zorder=4)
        unit = ("number" if layer == 0 else "neuron") + ("" if size == 1 else "s")
        axes.text(
            layer * gap,
            low - 0.8,
            f"{names[layer]}\n{size} {unit}",
            ha="center",
            va="top",
            fontsize=12,
        )
    for label, y in zip(outputs, columns[-1][0], strict=False):
        axes.text((len(sizes) - 1) * gap + 0.65, y, label, va="center", fontsize=11)
    axes.set_xlim(-2.4, (len(sizes) - 1) * gap + 2.6)
    axes.set_ylim(low - 2.8, max(y.max() for y, _ in columns) + 0.6)
    return new


def layer_shapes(n: int, n_in: int, n_out: int) -> Figure:
    """One layer as boxes: a (n × n_in) times Wᵀ (n_in × n_out) plus b gives z (n × n_out), then σ.

    The first example's row is darker, from the inputs to the outputs.
    """
    new = figure(8.6, 3.6)
    axes = new.subplots()
    axes.set_axis_off()
    axes.set_aspect("equal")
    wide, high, thin = 4.0, 2.0, 1.4  # drawn sizes of n_in, n and n_out: not to scale
    x = 0.0
    boxes = (
        ("a", wide, high, f"{n} × {n_in}", "one row per example", COLOURS[4]),
        ("@", 0.0, 0.0, "", "", ""),
        ("W.T", thin, wide * 0.8, f"{n_in} × {n_out}", "one column\nper neuron", BLUE),
        ("+", 0.0, 0.0, "", "", ""),
        ("b", thin, 0.42, f"{n_out}", "added to\neach row", GREEN),
        ("=", 0.0, 0.0, "", "", ""),
        ("z", thin, high, f"{n} × {n_out}", "one row per\nexample", ORANGE),
        ("→", 0.0, 0.0, "", "", ""),
        ("σ(z)", thin, high, f"{n} × {n_out}", "outputs of\nthe layer", ORANGE),
    )
    for name, width, height, shape, below, colour in boxes:
        if not shape:
            axes.text(x + 0.42, 0, name, ha="center", va="center", fontsize=17)
            x += 0.85
            continue
        box = Rectangle((x, -height / 2), width, height, facecolor=colour, alpha=0.22)
        axes.add_patch(box)
        axes.add_patch(
            Rectangle((x, -height / 2), width, height, fill=False, edgecolor=colour, linewidth=2)
        )
        if name in ("a", "z", "σ(z)"):  # the first example's row
            axes.add_patch(
                Rectangle((x, height / 2 - 0.34), width, 0.34, facecolor=colour, alpha=0.55)
            )
        centre = x + width / 2
        axes.text(centre, 0, name, ha="center", va="center", fontsize=15, family="monospace")
        axes.text(centre, height / 2 + 0.12, shape, ha="center", va="bottom", fontsize=12)
        axes.text(
            centre, -height / 2 - 0.15, below, ha="center", va="top", fontsize=11, color="#444444"
        )
        x += width + 0.05
    axes.set_xlim(-0.3, x + 0.3)
    axes.set_ylim(-3.0, 2.5)
    return new
