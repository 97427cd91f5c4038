"""How an error is defined and how it travels back through a layer (NNDL ch. 2)."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch

from nnbook.plots.style import AMBER, BLACK, BLUE, GREY, ORANGE, SKY, figure

Place = tuple[float, float]


def _canvas(width: float, height: float, x: tuple[float, float], y: tuple[float, float]) -> Axes:
    axes = figure(width, height).subplots()
    axes.set(xlim=x, ylim=y, aspect="equal")
    axes.axis("off")
    return axes


def _figure(axes: Axes) -> Figure:
    new = axes.figure
    assert isinstance(new, Figure)
    return new


def _arrow(axes: Axes, start: Place, end: Place, colour: str, gap: float = 26) -> None:
    axes.annotate(
        "",
        end,
        start,
        arrowprops={
            "arrowstyle": "-|>", "lw": 2, "color": colour, "shrinkA": gap, "shrinkB": gap,
        },
    )  # fmt: skip


def _say(axes: Axes, place: Place, words: str, colour: str = BLACK, size: float = 13) -> None:
    axes.text(*place, words, ha="center", va="center", fontsize=size, color=colour)


def _circle(axes: Axes, place: Place, words: str, colour: str, radius: float = 0.52) -> None:
    axes.add_patch(Circle(place, radius, fc=colour, ec=BLACK, lw=1.5, zorder=3))
    axes.text(*place, words, ha="center", va="center", fontsize=15, zorder=4)


def error_at_z() -> Figure:
    """One neuron from its weights to the cost, with the slope of each step.

    The error δ covers what lies behind z; ∂C/∂a would leave the slope σ′ with the neuron.
    """
    axes = _canvas(10.4, 3.9, (-1.9, 14.6), (-3.35, 2.75))
    places = {"z": (4.1, 0.0), "a": (7.6, 0.0), "C": (13.2, 0.0)}
    for name, height in (("$w_{jk}$", 1.15), ("$b_j$", -1.15)):
        _circle(axes, (0.0, height), name, "white", 0.62)
        _arrow(axes, (0.0, height), places["z"], GREY)
    _say(axes, (2.15, 1.28), r"$a_k$", GREY, 15)
    _say(axes, (2.15, -1.28), "1", GREY, 14)
    for (name, place), colour in zip(places.items(), (AMBER, SKY, "white"), strict=True):
        _circle(axes, place, f"${name}$" if name == "C" else f"${name}_j$", colour, 0.62)
    _arrow(axes, places["z"], places["a"], GREY)
    _say(axes, (5.85, 0.55), r"$\sigma'(z_j)$", GREY, 15)
    box = FancyBboxPatch(
        (8.95, -0.62), 2.5, 1.24, boxstyle="round,pad=0.1", fc="white", ec=GREY, lw=1.5
    )
    axes.add_patch(box)
    _say(axes, (10.2, 0.0), "the layers\nbehind", GREY, 13)
    for start, end in ((8.25, 8.85), (11.55, 12.55)):
        _arrow(axes, (start, 0.0), (end, 0.0), GREY, 0)
    for left, level, colour, words in (
        (4.1, 2.0, ORANGE, r"$\delta_j=\partial C/\partial z_j$: all that lies behind $z_j$"),
        (7.6, -1.55, BLUE, r"$\partial C/\partial a_j$: the slope $\sigma'$ is left out"),
    ):
        tick = -0.28 if level > 0 else 0.28
        axes.plot([left, left, 13.2, 13.2], [level + tick, level, level, level + tick],
                  color=colour, lw=2)  # fmt: skip
        _say(axes, ((left + 13.2) / 2, level + (0.42 if level > 0 else -0.42)), words, colour, 14)
    _say(axes, (1.4, 2.42), "the neuron's own, linear part", GREY, 12.5)
    _say(axes, (4.9, -2.9),
         r"with $\delta_j$:   $\partial C/\partial b_j=\delta_j$,   "
         r"$\partial C/\partial w_{jk}=a_k\,\delta_j$", ORANGE, 14)  # fmt: skip
    return _figure(axes)


def error_travels(errors: Sequence[float], weights: Sequence[float], slope: float) -> Figure:
    """One number on its way back: δ_k times w_kj on each edge, summed at a_j, times σ′(z_j).

    `errors` are the δ of the two neurons behind neuron j, `weights` those of its two edges to
    them, `slope` is σ′(z_j). ValueError unless there are two of each.
    """
    if len(errors) != 2 or len(weights) != 2:
        raise ValueError(
            f"errors and weights must hold two numbers each, but they hold {len(errors)} and "
            f"{len(weights)}."
        )
    axes = _canvas(10.4, 4.3, (-1.7, 14.4), (-2.95, 3.1))
    z, a, behind = (1.4, 0.0), (5.6, 0.0), ((11.6, 1.75), (11.6, -1.75))
    parts = [error * weight for error, weight in zip(errors, weights, strict=True)]
    total = sum(parts)
    _circle(axes, z, "$z_j$", AMBER, 0.62)
    _circle(axes, a, "$a_j$", SKY, 0.62)
    _arrow(axes, a, z, ORANGE)
    for k, (place, error, weight, part) in enumerate(
        zip(behind, errors, weights, parts, strict=True), start=1
    ):
        side = 1 if k == 1 else -1
        _circle(axes, place, f"$z_{k}$", AMBER, 0.62)
        _arrow(axes, place, a, ORANGE)
        _say(axes, (13.35, place[1]), f"$\\delta_{k}$ =\n{error:+.4f}", ORANGE, 13)
        _say(axes, (8.6, side * 1.72), f"$\\times\\,w_{{{k}j}}$ = {weight:+.2f}", BLACK, 13)
        _say(axes, (7.35, side * 1.16), f"{part:+.4f}", ORANGE, 13)
    _say(axes, (5.6, -1.15), f"sum at $a_j$:\n{total:+.4f}", BLUE, 13)
    _say(axes, (3.5, 0.62), f"$\\times\\,\\sigma'(z_j)$ = {slope:.4f}", BLACK, 13)
    _say(axes, (1.4, -1.15), f"$\\delta_j$ =\n{total * slope:+.4f}", ORANGE, 14)
    _say(axes, (8.6, 2.75), "1  back through the layer: BP2's  $w^T\\delta$", BLUE, 13)
    _say(axes, (2.6, 1.75), "2  back through the\nactivation:  $\\odot\\,\\sigma'(z)$", BLUE, 13)
    return _figure(axes)
