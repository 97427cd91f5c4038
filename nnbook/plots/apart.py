"""Labels at the ends of curves: moved just so far that none covers another."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float


def apart(
    heights: Float[np.ndarray, " n"], gap: float, low: float, high: float
) -> Float[np.ndarray, " n"]:
    """`heights` (n,) in their order, but at least `gap` apart and between `low` and `high`.

    Heights that are far enough apart stay where they are. The labels must fit:
    (n − 1) gap ≤ high − low.
    """
    order = np.argsort(heights, kind="stable")
    steps = gap * np.arange(len(heights))
    free = heights[order] - steps  # what is left of the heights if `gap` lies between neighbours
    upwards, downwards = np.maximum.accumulate(free), np.minimum.accumulate(free[::-1])[::-1]
    moved = np.empty_like(free)
    moved[order] = np.clip((upwards + downwards) / 2, low, high - max(steps, default=0.0)) + steps
    return moved
