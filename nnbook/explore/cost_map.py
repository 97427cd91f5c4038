"""Costs of one sigmoid output a against the desired y, and the slopes they give (NNDL ch. 3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import xlogy

from nnbook.checks import one_of, real

EDGE = 0.001  # outputs are shown from here to 1 − EDGE: at 0 and 1 themselves z is infinite


@dataclass(frozen=True)
class CostOf:
    """C(a, y), ∂C/∂a, and ∂C/∂z = ∂C/∂a · a(1 − a), for numbers or arrays."""

    name: str
    formula: str
    cost: Callable[[Any, Any], Any]
    slope: Callable[[Any, Any], Any]
    error: Callable[[Any, Any], Any]


def cross_entropy(a: Any, y: Any) -> Any:
    """−[y ln a + (1 − y) ln(1 − a)] with 0·ln 0 = 0; infinite where a sure a is wrong."""
    return -(xlogy(y, a) + xlogy(1 - y, 1 - np.asarray(a)))


COSTS_OF = {
    cost.name: cost
    for cost in (
        CostOf(
            "cross-entropy",
            "C = −[y ln a + (1 − y) ln(1 − a)]",
            cross_entropy,
            lambda a, y: (a - y) / (a * (1 - a)),
            lambda a, y: a - y,
        ),
        CostOf(
            "quadratic",
            "C = ½(a − y)²",
            lambda a, y: 0.5 * (a - y) ** 2,
            lambda a, y: a - y,
            lambda a, y: (a - y) * a * (1 - a),
        ),
    )
}


class Place:
    """A point (a, y) on the landscape of one cost: what it costs there, and how it slopes."""

    def __init__(self, cost: str = "cross-entropy", a: float = 0.9, y: float = 0.0) -> None:
        self.set(cost, a, y)

    def set(self, cost: str, a: float, y: float) -> None:
        """ValueError unless the cost is known, a in [0.001, 0.999] and y in [0, 1]."""
        self.of = COSTS_OF[one_of("cost", cost, COSTS_OF)]
        self.a, self.y = real("a", a), real("y", y)
        if not EDGE <= self.a <= 1 - EDGE:
            raise ValueError(f"a must be between {EDGE} and {1 - EDGE}, but it is {a}.")
        if not 0 <= self.y <= 1:
            raise ValueError(f"y must be between 0 and 1, but it is {y}.")

    def _at(self, function: Callable[[Any, Any], Any]) -> float:
        return float(function(np.float64(self.a), np.float64(self.y))) + 0.0  # never −0

    @property
    def cost(self) -> float:
        """C at this place."""
        return self._at(self.of.cost)

    @property
    def slope(self) -> float:
        """∂C/∂a at this place."""
        return self._at(self.of.slope)

    @property
    def error(self) -> float:
        """∂C/∂z, what the weights feel."""
        return self._at(self.of.error)

    @property
    def least(self) -> float:
        """The least cost for this y: that of a = y (the entropy of y, for cross-entropy)."""
        return float(self.of.cost(np.float64(self.y), np.float64(self.y))) + 0.0

    @property
    def words(self) -> str:
        """Where the point is, in a sentence."""
        a, y, error = self.a, self.y, self.error
        if abs(a - y) < 0.0015:
            rest = "" if self.least < 0.005 else ", although the cost is not 0 there"
            return f"The output is right: this is the bottom of the valley for this y{rest}."
        size = "hardly" if abs(error) < 0.05 else "clearly"
        way = "down" if error > 0 else "up"
        wrong = "badly" if abs(a - y) > 0.75 else "rather" if abs(a - y) > 0.3 else "a little"
        return f"The output is {wrong} wrong, and its neuron is {size} pushed {way}."
