"""Where many starts of one network end: a histogram of their final costs (chapter 03)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import NullFormatter, NullLocator

from nnbook.plots.numbers import Numbers
from nnbook.plots.style import BLUE, GREY, ORANGE, figure, tidy

WIDTH = 0.005  # of a bar, in units of cost
SOLVED = 0.01  # below it, the network has learned its task


def ends(groups: Mapping[str, Numbers], levels: Mapping[str, float], *, title: str = "") -> Figure:
    """One histogram of final costs for each group of starts, above one another on one axis.

    groups   name → final costs (n,), each 0 or more
    levels   name → a cost that is marked by a thin line
    Each bar carries its number of starts; those below a cost of 0.01 have another colour.
    ValueError if there is no group.
    """
    if not groups:
        raise ValueError("groups must hold at least one array of final costs, but it is empty.")
    everything = np.concatenate([np.asarray(costs, dtype=float) for costs in groups.values()])
    edges = np.arange(0, max(everything.max(), *levels.values()) + 2 * WIDTH, WIDTH)
    fig = figure(9.6, 1.0 + 1.75 * len(groups))
    panels = np.atleast_1d(fig.subplots(len(groups), 1, sharex=True))
    for axes, (name, costs) in zip(panels, groups.items(), strict=True):
        counts, _ = np.histogram(costs, edges)
        places = np.flatnonzero(counts)
        colours = [BLUE if edges[place] < SOLVED else ORANGE for place in places]
        axes.bar(
            edges[places], counts[places], WIDTH, align="edge", color=colours, edgecolor="white"
        )
        for place in places:
            axes.text(
                edges[place] + WIDTH / 2, counts[place] * 1.08, str(counts[place]),
                ha="center", va="bottom", fontsize=11,
            )  # fmt: skip
        for level in levels.values():
            axes.axvline(level, color=GREY, linewidth=0.9, linestyle=":", zorder=0)
        tidy(axes, title=name, y="starts", grid=False)
        axes.set_yscale("log")
        axes.set_ylim(0.6, 900)
        axes.set_yticks([1, 10, 100], ["1", "10", "100"])
        axes.yaxis.set_minor_formatter(NullFormatter())
        axes.yaxis.set_minor_locator(NullLocator())
    panels[-1].set_xlabel("cost at the end", fontsize=12)
    panels[-1].set_xticks([0, *levels.values()], ["0", *levels])
    fig.suptitle(title, fontsize=13, x=0.01, ha="left")
    return fig
