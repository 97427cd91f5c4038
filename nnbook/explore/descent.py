"""A ball that takes steps of gradient descent, and says in words where it ended (NNDL ch. 1)."""

from __future__ import annotations

from enum import Enum
from math import dist, hypot

from nnbook.checks import positive, real
from nnbook.explore.landscapes import SIZE, Landscape, Point

FLAT = 1e-3  # a gradient shorter than this moves the ball by less than can be seen
FAR = 10 * SIZE  # beyond this the ball has left for good
LIMIT = 1e6  # no coordinate grows beyond this, whatever the learning rate: all stays finite


class State(Enum):
    """What the ball is doing."""

    ROLLING = "rolling"
    SETTLED = "settled"  # the gradient is (nearly) 0
    DIVERGED = "diverged"  # thrown off the map, and the cost rose
    FALLEN = "fallen"  # off the map because the cost falls without end


class Descent:
    """v ← v − η·∇C(v) from `start`; `path` and `costs` hold every point from the start on.

    TypeError or ValueError if a coordinate is not a finite number or η is not positive.
    """

    def __init__(self, landscape: Landscape, start: Point, learning_rate: float) -> None:
        self.landscape = landscape
        self.learning_rate = positive("learning_rate", learning_rate)
        self.place(*start)

    def place(self, x: float, y: float) -> None:
        """Put the ball at (`x`, `y`) and forget the path."""
        self.path: list[Point] = [(real("x", x), real("y", y))]
        self.costs = [float(self.landscape.cost(*self.path[0]))]

    def reset(self) -> None:
        """Back to the start."""
        self.place(*self.path[0])

    @property
    def gradient(self) -> Point:
        """∇C where the ball is."""
        slope_x, slope_y = self.landscape.gradient(*self.path[-1])
        return float(slope_x), float(slope_y)

    @property
    def steps(self) -> int:
        return len(self.path) - 1

    @property
    def state(self) -> State:
        if max(abs(coordinate) for coordinate in self.path[-1]) > FAR:
            return State.DIVERGED if self.costs[-1] > self.costs[0] else State.FALLEN
        return State.SETTLED if hypot(*self.gradient) < FLAT else State.ROLLING

    def step(self) -> bool:
        """One step of gradient descent, unless the ball has come to an end; whether it moved."""
        if self.state is not State.ROLLING:
            return False
        (x, y), (slope_x, slope_y) = self.path[-1], self.gradient
        x = _bounded(x - self.learning_rate * slope_x)
        y = _bounded(y - self.learning_rate * slope_y)
        self.path.append((x, y))
        self.costs.append(float(self.landscape.cost(x, y)))
        return True

    @property
    def words(self) -> str:
        """Where the ball is and why, in one or two sentences."""
        steps = f"{self.steps} step" + "s" * (self.steps != 1)
        if self.state is State.DIVERGED:
            return (
                f"After {steps} the ball was thrown off the map: each step jumps over the valley "
                "and lands higher than before. The learning rate is too large."
            )
        if self.state is State.FALLEN:
            return (
                f"After {steps} the ball has rolled off the map. This landscape has no bottom: "
                "the cost falls for ever."
            )
        if self.state is State.SETTLED:
            return f"After {steps} the slope is 0: the ball rests {self._place_in_words()}"
        if not self.steps:
            return "The ball waits at its start."
        if self.costs[-1] > self.costs[-2] - 1e-12:
            return f"After {steps}: the last step did not lower the cost. It was too long."
        return f"After {steps}: still rolling."

    def _place_in_words(self) -> str:
        for name, minimum in self.landscape.minima.items():
            if dist(self.path[-1], minimum) < 0.05:
                return f"in {name}."
        return "on a saddle, not in a minimum: a start slightly to the side would roll on."


def _bounded(coordinate: float) -> float:
    return max(-LIMIT, min(LIMIT, coordinate))
