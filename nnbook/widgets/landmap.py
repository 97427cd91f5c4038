"""The map of a landscape, on which balls roll: bands of equal cost and a cross at each minimum."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from nnbook.explore.landscapes import SIZE, Landscape
from nnbook.plots.style import BLACK


def draw_map(axes: Axes, land: Landscape) -> None:
    """`land` on `axes`, in place of the one drawn before; lines and markers stay."""
    for old in list(axes.collections):
        old.remove()
    side = np.linspace(-SIZE, SIZE, 121)
    x, y = np.meshgrid(side, side)
    cost = land.cost(x, y)
    levels = np.linspace(0, np.sqrt(cost.max() - cost.min()), 15) ** 2 + cost.min()
    axes.contourf(x, y, cost, levels=levels, cmap="Blues_r", alpha=0.75, zorder=0)
    axes.contour(x, y, cost, levels=levels, colors="white", linestyles="solid", linewidths=0.7)
    minima = np.array(list(land.minima.values())).reshape(-1, 2)
    axes.scatter(
        minima[:, 0], minima[:, 1], marker="+", s=90, color=BLACK, linewidths=1.6, zorder=2
    )
    axes.set(xlim=(-SIZE, SIZE), ylim=(-SIZE, SIZE), aspect="equal")
    axes.set_xlabel("v₁", fontsize=12)
    axes.set_ylabel("v₂", fontsize=12, rotation=0)
    axes.set_xticks(range(-2, 3))
    axes.set_yticks(range(-2, 3))
    axes.tick_params(labelsize=11)
