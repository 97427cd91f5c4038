"""A cost as a landscape over two variables, with the paths of gradient descent (NNDL ch. 1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

from nnbook.plots.style import BLACK, COLOURS, LINES, ORANGE, figure, tidy

Landscape = Callable[[np.ndarray, np.ndarray], np.ndarray]
SHADES = colormaps["Blues_r"].resampled(24)  # dark = low, as in the widget
PALE_SHADES = LinearSegmentedColormap.from_list("pale", ["#8DB8DA", "#FFFFFF"])
MARKS = ("o", "s", "^", "D", "v")


def _plane(cost: Landscape, span: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    axis = np.linspace(-span, span, 81)
    x, y = np.meshgrid(axis, axis)
    return x, y, cost(x, y)


def landscape(
    cost: Landscape, path: ArrayLike | None = None, *, span: float = 2.0, title: str = ""
) -> Figure:
    """The landscape `cost(v1, v2)` as a surface seen from the side, with a `path` (steps, 2)."""
    x, y, height = _plane(cost, span)
    new = figure(6.6, 4.4)
    axes = new.add_subplot(projection="3d", computed_zorder=False)
    axes.plot_surface(x, y, height, cmap=SHADES, linewidth=0, antialiased=False)
    if path is not None:
        steps = np.asarray(path, dtype=float)
        lift = 0.02 * float(height.max())  # just above the surface, so that the ball is not inside
        axes.plot(
            steps[:, 0],
            steps[:, 1],
            cost(steps[:, 0], steps[:, 1]) + lift,
            color=ORANGE,
            marker="o",
            markersize=6,
            linewidth=2,
        )
    axes.set(xticks=np.linspace(-span, span, 5), yticks=np.linspace(-span, span, 5))
    axes.set_xlabel("v₁", fontsize=12)
    axes.set_ylabel("v₂", fontsize=12)
    axes.set_zlabel("C", fontsize=12)
    axes.view_init(elev=32, azim=-58)
    axes.set_title(title, fontsize=13, loc="left")
    return new


def descents(
    cost: Landscape, paths: Mapping[str, ArrayLike], *, span: float = 2.0, title: str = ""
) -> Figure:
    """Paths (steps, 2) from above on bands of equal cost, a panel each, and below them their costs.

    The start is a star, the first three steps are numbered, and dark means low. Points outside the
    square of ± `span` are cut off in the upper panels but not in the lower ones.
    """
    x, y, height = _plane(cost, span)
    new = figure(2.7 * len(paths) + 0.3, 4.7)
    panels = new.subplots(2, len(paths), squeeze=False, height_ratios=(3, 2), sharey="row")
    levels = np.linspace(0, 1, 9) ** 2 * float(height.max())
    for column, (name, path) in enumerate(paths.items()):
        steps = np.asarray(path, dtype=float)
        above, below = panels[0, column], panels[1, column]
        above.contourf(x, y, height, levels=levels, cmap=PALE_SHADES, antialiased=False)
        look = {
            "color": COLOURS[column % len(COLOURS)],
            "marker": MARKS[column % len(MARKS)],
            "linestyle": LINES[column % len(LINES)],
        }
        above.plot(steps[:, 0], steps[:, 1], markersize=5, linewidth=1.6, **look)
        above.plot(*steps[0], marker="*", markersize=14, color=BLACK)
        far = 0.12 * span  # numbers only where there is room for them
        taken = [steps[0]]
        for number, step in enumerate(steps[1:4], start=1):
            room = np.linalg.norm(step - np.array(taken), axis=1).min() > far
            if room and np.abs(step).max() < span - far / 2:
                away = (6, 5) if step[1] >= 0 else (-4, -16)  # outwards: the path lies inside
                above.annotate(
                    str(number), step, xytext=away, textcoords="offset points", fontsize=11
                )
                taken.append(step)
        above.set(xlim=(-span, span), ylim=(-span, span), aspect="equal")
        tidy(above, title=name, x="v₁", y="v₂" if column == 0 else "", grid=False)
        values = cost(steps[:, 0], steps[:, 1])
        below.plot(values, markersize=4, linewidth=1.6, **look)
        below.xaxis.set_major_locator(MaxNLocator(6, integer=True))
        tidy(below, x="step", y="C" if column == 0 else "")
    panels[1, 0].set_ylim(bottom=0)  # shared by all, so only when every cost is drawn
    if title:
        new.suptitle(title, fontsize=13, x=0.01, ha="left")
    return new
