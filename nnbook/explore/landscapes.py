"""Four costs of two variables that a ball can roll down, with their gradients (NNDL ch. 1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nnbook.checks import one_of

Point = tuple[float, float]


@dataclass(frozen=True)
class Landscape:
    """C(x, y) on the square [−2, 2]², its gradient, and its minima, each with its name.

    `hessian` gives (∂²C/∂x², ∂²C/∂x∂y, ∂²C/∂y²). `cost`, `gradient` and `hessian` take numbers or
    arrays; `start` and `learning_rate` are good first ones.
    """

    name: str
    formula: str
    cost: Callable[[Any, Any], Any]
    gradient: Callable[[Any, Any], tuple[Any, Any]]
    hessian: Callable[[Any, Any], tuple[Any, Any, Any]]
    minima: dict[str, Point]
    start: Point
    learning_rate: float


SIZE = 2.0  # the map shows −SIZE … SIZE in both directions

LANDSCAPES: dict[str, Landscape] = {
    land.name: land
    for land in (
        Landscape(
            name="bowl",
            formula="C = v₁² + v₂²",
            cost=lambda x, y: x**2 + y**2,
            gradient=lambda x, y: (2 * x, 2 * y),
            hessian=lambda x, y: (2.0, 0.0, 2.0),
            minima={"the minimum": (0.0, 0.0)},
            start=(1.6, 1.2),
            learning_rate=0.1,
        ),
        Landscape(
            name="ravine",
            formula="C = v₁²/10 + 2v₂²",
            cost=lambda x, y: x**2 / 10 + 2 * y**2,
            gradient=lambda x, y: (x / 5, 4 * y),
            hessian=lambda x, y: (0.2, 0.0, 4.0),
            minima={"the minimum": (0.0, 0.0)},
            start=(-1.8, 1.0),
            learning_rate=0.4,
        ),
        Landscape(
            name="saddle",
            formula="C = v₁² − v₂²",
            cost=lambda x, y: x**2 - y**2,
            gradient=lambda x, y: (2 * x, -2 * y),
            hessian=lambda x, y: (2.0, 0.0, -2.0),
            minima={},
            start=(1.6, 0.0),
            learning_rate=0.1,
        ),
        Landscape(
            name="two minima",
            formula="C = (v₁² − 1)² + v₂² + 0.3v₁",
            cost=lambda x, y: (x**2 - 1) ** 2 + y**2 + 0.3 * x,
            gradient=lambda x, y: (4 * x * (x**2 - 1) + 0.3, 2 * y),
            hessian=lambda x, y: (12 * x**2 - 4, 0.0, 2.0),
            minima={"the deeper minimum": (-1.0354, 0.0), "the shallower minimum": (0.9604, 0.0)},
            start=(0.4, 1.5),
            learning_rate=0.05,
        ),
    )
}


def landscape_named(name: str) -> Landscape:
    """ "bowl", "ravine", "saddle" or "two minima"; ValueError for any other."""
    return LANDSCAPES[one_of("landscape", name, LANDSCAPES)]
