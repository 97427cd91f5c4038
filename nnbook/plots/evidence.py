"""How one perceptron decides: evidence on a bar, and the step (NNDL ch. 1)."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from nnbook.plots.style import AMBER, BLUE, ORANGE, PALE, SKY, figure, tidy


def weighing(
    names: Sequence[str], weights: Sequence[float], inputs: Sequence[int], threshold: float
) -> Figure:
    """Evidence on a bar: each input that is 1 adds its weight; the threshold is a dashed line."""
    fig = figure(8, 2.6)
    axes = tidy(fig.subplots(), x="sum of the weights of the signs that are present", grid=False)
    left = 0.0
    for name, weight, given, colour in zip(names, weights, inputs, (BLUE, SKY, AMBER), strict=True):
        if given:
            axes.barh(0, weight, left=left, color=colour, edgecolor="white", height=0.5)
            axes.text(
                left + weight / 2,
                0,
                f"{name}\n{weight:g}",
                ha="center",
                va="center",
                fontsize=11,
                color="white" if colour == BLUE else "black",
            )
            left += weight
    if left == 0:
        axes.text(0.1, 0, "no sign is present", va="center", fontsize=11)
    axes.axvline(threshold, color=ORANGE, linestyle="--", lw=2)
    axes.text(threshold, 0.42, f" threshold {threshold:g}", color=ORANGE, fontsize=12)
    axes.set(xlim=(0, sum(weights) + 1), ylim=(-0.4, 0.65), yticks=[])
    axes.spines["left"].set_visible(False)
    axes.set_title(f"sum {left:g}: output {int(left > threshold)}", fontsize=13, loc="left")
    axes.axvspan(threshold, sum(weights) + 1, color=PALE, zorder=0)
    return fig


def step_picture(
    jump: float = 0.0,
    *,
    ends: tuple[float, float] = (-3, 3),
    x: str = "$z = w\\cdot x + b$",
    title: str = "",
    mark: tuple[float, str] | None = None,
) -> Figure:
    """A step from 0 to 1 at `jump`, its two ends marked: at the jump itself the value is 0.

    `x` names the axis, which runs over `ends`. `mark` is a place left of the jump and its label.
    """
    fig = figure(6.5, 3.0)
    axes = tidy(fig.subplots(), x=x, y="output", title=title)
    axes.plot([ends[0], jump], [0, 0], color=BLUE, lw=2.5)
    axes.plot([jump, ends[1]], [1, 1], color=BLUE, lw=2.5)
    axes.plot(jump, 0, "o", color=BLUE, markersize=9)
    axes.plot(jump, 1, "o", color=BLUE, markersize=9, markerfacecolor="white", mew=2)
    if mark:
        axes.plot(mark[0], 0, "D", color=ORANGE, markersize=9)
        axes.annotate(mark[1], (mark[0], 0), (0, 12), textcoords="offset points", fontsize=12)
    axes.set(yticks=[0, 1], ylim=(-0.2, 1.2))
    return fig
