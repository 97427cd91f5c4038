"""A neuron that learns slowly, and the valleys of its cost (NNDL ch. 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from nnbook.plots.numbers import Numbers
from nnbook.plots.style import BLACK, COLOURS, GREY, LINES, figure, tidy

MARKS = ("o", "s", "^", "D", "v")


def _sigmoid(z: Numbers) -> np.ndarray:
    return (1 + np.tanh(np.asarray(z, dtype=float) / 2)) / 2


def sigmoid_walk(runs: Mapping[str, Numbers], *, every: int = 50, title: str = "") -> Figure:
    """How neurons walk down the sigmoid: output over steps, left; places on the curve, right.

    `runs` maps a name to the weighted inputs z (steps + 1,); a mark stands at each `every` steps.
    """
    new = figure(9.6, 4.2)
    left, right = new.subplots(1, 2, width_ratios=(1.15, 1))
    z = np.linspace(-8, 8, 201)
    right.plot(z, _sigmoid(z), color=GREY, linewidth=1.6)
    for index, (name, values) in enumerate(runs.items()):
        path = np.asarray(values, dtype=float)
        look = {"color": COLOURS[index % len(COLOURS)], "label": name}
        mark = MARKS[index % len(MARKS)]
        left.plot(
            _sigmoid(path),
            linewidth=2.4,
            linestyle=LINES[index % len(LINES)],
            marker=mark,
            markevery=every,
            markersize=7,
            **look,
        )
        at = path[::every]
        right.plot(at, _sigmoid(at), mark, markersize=9, mec="white", mew=0.8, zorder=3, **look)
    left.set_ylim(-0.03, 1.06)
    left.legend(fontsize=11, frameon=False)
    tidy(left, title=title, x="step", y="output a")
    tidy(right, title=f"where they stand every {every} steps", x="weighted input z", y="a = σ(z)")
    return new


def valleys(
    a: Numbers,
    costs: Mapping[str, Numbers],
    bottoms: Sequence[tuple[float, float]],
    *,
    title: str = "",
    top: float = 3.0,
) -> Figure:
    """Costs over the output `a` (n,), one curve (n,) a name, with a dot at each of `bottoms`."""
    new = figure(8, 4.2)
    axes = new.subplots()
    for index, (name, values) in enumerate(costs.items()):
        axes.plot(
            a,
            np.asarray(values, dtype=float),
            color=COLOURS[index % len(COLOURS)],
            linestyle=LINES[index % len(LINES)],
            linewidth=2.4,
            label=name,
        )
    for place, height in bottoms:
        axes.plot(place, height, "o", color=BLACK, markersize=8, zorder=5, clip_on=False)
    axes.set(xlim=(0, 1), ylim=(0, top))
    axes.legend(fontsize=11, frameon=False, loc="upper center")
    tidy(axes, title=title, x="output a", y="cost C")
    return new
