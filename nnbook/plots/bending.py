"""How a cost bends: parabolas that touch it, and the eigenvalues of its Hessian (NNDL ch. 3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from nnbook.plots.style import BLACK, BLUE, GREY, ORANGE, figure, tidy

Curve = Callable[[np.ndarray], np.ndarray]


def touching_parabolas(
    cost: Curve,
    slope: Curve,
    bend: Curve,
    starts: Sequence[float],
    *,
    span: tuple[float, float],
    titles: Sequence[str],
) -> Figure:
    """A cost C(v) and, at each of `starts`, the parabola that touches it and Newton's step.

    `slope` is C′(v), `bend` C″(v); `span` is the part of the v-axis shown, `titles` one for each.
    """
    new = figure(4.3 * len(starts), 3.8)
    panels = np.atleast_1d(new.subplots(1, len(starts), sharey=True))
    v = np.linspace(*span, 401)
    heights = cost(v)
    low, high = float(heights.min()), float(heights.max())
    for axes, start, title in zip(panels, starts, titles, strict=True):
        at = np.array([start])
        c, g, h = (float(f(at)[0]) for f in (cost, slope, bend))
        goal = start - g / h
        axes.plot(v, heights, color=BLUE, linewidth=2.4, label="cost C")
        axes.plot(
            v, c + g * (v - start) + h / 2 * (v - start) ** 2,
            color=ORANGE, linewidth=2, linestyle="--", label="parabola that touches it",
        )  # fmt: skip
        axes.plot(at, [c], "o", color=BLACK, markersize=9, label="here")
        floor = low - 0.16 * (high - low)
        axes.annotate(
            "", (goal, floor), (start, floor),
            arrowprops={"arrowstyle": "-|>", "color": BLACK, "linewidth": 1.8},
        )  # fmt: skip
        axes.plot([goal, goal], [floor, float(cost(np.array([goal]))[0])], ":", color=GREY)
        axes.set_ylim(low - 0.25 * (high - low), high + 0.05 * (high - low))
        axes.set_xlim(*span)
        tidy(axes, title=title, x="v", y="C" if axes is panels[0] else "")
    panels[-1].legend(fontsize=11, frameon=False, loc="upper center")
    return new


def matrix_and_eigenvalues(
    matrix: ArrayLike, *, title: str, parts: Sequence[tuple[str, int]]
) -> Figure:
    """Left a symmetric matrix (p, p) as an image, right its eigenvalues in falling order.

    parts   (name, how many rows) of the blocks along the diagonal, in order
    ValueError unless the matrix is square and the parts add up to its size.
    """
    H = np.asarray(matrix, float)
    if H.ndim != 2 or H.shape[0] != H.shape[1]:
        raise ValueError(f"matrix must be square, but it has the shape {H.shape}.")
    if sum(size for _, size in parts) != len(H):
        raise ValueError(f"parts must add up to {len(H)} rows, but they are {list(parts)}.")
    new = figure(9.6, 4.3)
    left, right = new.subplots(1, 2)
    reach = float(np.quantile(np.abs(H), 0.995))
    image = left.imshow(H, cmap="PuOr", vmin=-reach, vmax=reach, interpolation="nearest")
    bar = new.colorbar(image, ax=left, shrink=0.85)
    bar.ax.tick_params(labelsize=11)
    edges = np.cumsum([0, *[size for _, size in parts]])
    for edge in edges[1:-1]:
        left.axhline(edge - 0.5, color=BLACK, linewidth=0.8)
        left.axvline(edge - 0.5, color=BLACK, linewidth=0.8)
    tidy(left, title=title, grid=False)
    middles = [(a + b) / 2 - 0.5 for a, b in pairwise(edges)]
    left.set_xticks([])
    left.set_yticks(middles, [name for name, _ in parts], fontsize=10)
    values = np.linalg.eigvalsh(H)[::-1]
    right.plot(np.arange(1, len(values) + 1), values, ".", color=BLUE, markersize=6)
    right.axhline(0, color=BLACK, linewidth=0.9)
    tidy(right, title="its eigenvalues", x="number, from the largest", y="how much C bends")
    return new
