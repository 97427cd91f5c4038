"""Softmax in pictures: from weighted inputs to shares, temperatures, and slopes (NNDL ch. 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nnbook.plots.numbers import Numbers
from nnbook.plots.style import BLACK, BLUE, GREEN, GREY, figure, tidy

SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def _bars(axes: Axes, heights: np.ndarray, colour: str, letter: str, digits: int) -> None:
    """Bars with their numbers above them, or below where they are negative."""
    places = np.arange(len(heights))
    axes.bar(places, heights, width=0.62, color=colour)
    room = 0.03 * (heights.max() - min(heights.min(), 0.0))
    for place, height in zip(places.tolist(), heights.tolist(), strict=True):
        below = height < 0
        axes.text(
            place,
            height - room if below else height + room,
            f"{height:.{digits}f}".replace("-", "−"),
            ha="center",
            va="top" if below else "bottom",
            fontsize=11,
        )
    axes.axhline(0, color=BLACK, linewidth=0.9)
    axes.set_xticks(places, [f"{letter}{j + 1}".translate(SUBSCRIPTS) for j in places])
    axes.margins(y=0.14)


def softmax_steps(z: Numbers) -> Figure:
    """The two steps of softmax for the weighted inputs `z` (n,): powers of e, then shares."""
    z = np.asarray(z, dtype=float)
    powers = np.exp(z)
    new = figure(10, 3.5)
    first, second, third = new.subplots(1, 3)
    _bars(first, z, GREY, "z", 1)
    tidy(first, title="weighted inputs z")
    _bars(second, powers, GREEN, "", 1)
    second.set_xticks(range(len(z)), [f"$e^{{z_{j + 1}}}$" for j in range(len(z))])
    tidy(second, title=f"powers, sum {powers.sum():.1f}")
    _bars(third, powers / powers.sum(), BLUE, "a", 3)
    tidy(third, title="shares, sum 1: the outputs")
    for axes in (first, second, third):
        axes.tick_params(axis="x", labelsize=13)
    return new


def share_panels(shares: Mapping[str, Numbers], *, title: str = "") -> Figure:
    """Shares (n,) side by side as bars on one scale, a panel for each name."""
    new = figure(2.3 * len(shares) + 0.6, 3.3)
    panels = new.subplots(1, len(shares), sharey=True, squeeze=False)[0]
    for axes, (name, values) in zip(panels, shares.items(), strict=True):
        _bars(axes, np.asarray(values, dtype=float), BLUE, "a", 2)
        tidy(axes, title=name)
        axes.set_ylim(0, 1.14)
        axes.tick_params(axis="x", labelsize=12)
    if title:
        new.suptitle(title, fontsize=13, x=0.01, ha="left")
    return new


def slope_matrix(
    slopes: Numbers, rows: Sequence[str], columns: Sequence[str], *, title: str = ""
) -> Figure:
    """A matrix of slopes (n, m) with its numbers: purple squares positive, orange negative."""
    slopes = np.asarray(slopes, dtype=float)
    if slopes.shape != (len(rows), len(columns)):
        raise ValueError(
            f"slopes has shape {slopes.shape}, but there are {len(rows)} names of rows and "
            f"{len(columns)} of columns."
        )
    new = figure(1.25 * len(columns) + 1.2, 0.85 * len(rows) + 1.1)
    axes = new.subplots()
    most = float(np.abs(slopes).max()) * 1.8 or 1.0  # pale, so that the numbers can be read
    axes.imshow(slopes, cmap="PuOr", vmin=-most, vmax=most, aspect="auto")
    for (j, k), value in np.ndenumerate(slopes):
        text = f"{value:+.4f}".replace("-", "−")
        axes.text(k, j, text, ha="center", va="center", fontsize=12)
    axes.set_xticks(range(len(columns)), columns)
    axes.set_yticks(range(len(rows)), rows)
    tidy(axes, title=title, grid=False)
    axes.tick_params(labelsize=13, length=0)
    axes.spines[:].set_visible(False)
    return new
