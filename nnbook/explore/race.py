"""Balls that roll side by side, each by the rule of another optimizer (NNDL ch. 3, chapter 06)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import dist

import numpy as np

from nnbook.checks import one_of
from nnbook.explore.descent import FLAT, LIMIT, Descent, State
from nnbook.explore.landscapes import LANDSCAPES, Landscape, Point
from nnbook.optimizers import SGD, Adam, Momentum, Nesterov, Optimizer

LONGEST = 200  # steps of a race
NEAR = 0.01  # a ball has arrived when its cost is this near to that of the deepest minimum

COURSES: dict[str, Landscape] = LANDSCAPES | {
    land.name: land
    for land in (
        Landscape(
            name="bent valley",
            formula="C = (1 − v₁)²/4 + 2(v₂ − v₁²/2)²",
            cost=lambda x, y: (1 - x) ** 2 / 4 + 2 * (y - x**2 / 2) ** 2,
            gradient=lambda x, y: ((x - 1) / 2 - 4 * x * (y - x**2 / 2), 4 * (y - x**2 / 2)),
            hessian=lambda x, y: (0.5 - 4 * y + 6 * x**2, -4 * x, 4.0),
            minima={"the minimum": (1.0, 0.5)},
            start=(-1.6, 0.4),
            learning_rate=0.06,
        ),
        Landscape(
            name="plateau",
            formula="C = 1 − exp(−v₁² − v₂²)",
            cost=lambda x, y: 1 - np.exp(-(x**2) - y**2),
            gradient=lambda x, y: (2 * x * _bell(x, y), 2 * y * _bell(x, y)),
            hessian=lambda x, y: (
                (2 - 4 * x**2) * _bell(x, y),
                -4 * x * y * _bell(x, y),
                (2 - 4 * y**2) * _bell(x, y),
            ),
            minima={"the minimum": (0.0, 0.0)},
            start=(1.5, 0.9),
            learning_rate=0.2,
        ),
    )
}


def _bell(x: float, y: float) -> float:
    return np.exp(-(x**2) - y**2)


def course_named(name: str) -> Landscape:
    """One of the six courses by its name; ValueError for any other."""
    return COURSES[one_of("landscape", name, COURSES)]


def first_rate(land: Landscape) -> float:
    """A good first η for all racers: in the ravine, a quarter of what plain descent can bear."""
    return land.learning_rate / 4 if land.name == "ravine" else land.learning_rate


class Newton:
    """v → v − H⁻¹∇C with the landscape's own Hessian; it has no learning rate.

    Where H cannot be inverted the ball stays where it is.
    """

    def __init__(self, landscape: Landscape):
        self.landscape = landscape

    def start(self, parameters: np.ndarray) -> None:
        """It remembers nothing from step to step."""

    def step(self, parameters: np.ndarray, gradient: np.ndarray) -> None:
        """Move `parameters` (2,) in place by the step for which the slope would be 0."""
        xx, xy, yy = (float(value) for value in self.landscape.hessian(*parameters))
        determinant = xx * yy - xy * xy
        if abs(determinant) > 1e-12:
            inverse = np.array([[yy, -xy], [-xy, xx]]) / determinant
            parameters -= inverse @ gradient


class Racer(Descent):
    """A ball that is moved by `rule`, an optimizer, instead of by plain gradient descent."""

    def __init__(self, landscape: Landscape, start: Point, rule: Optimizer | Newton) -> None:
        self.rule = rule
        super().__init__(landscape, start, getattr(rule, "learning_rate", 1.0))

    def place(self, x: float, y: float) -> None:
        super().place(x, y)
        self._point = np.array([x, y], float)
        self.rule.start(self._point)

    @property
    def state(self) -> State:
        """As for any ball, but one with momentum that flies through a flat place still rolls."""
        now = super().state
        memory = getattr(self.rule, "remembered", ())
        flying = memory and self.steps and dist(*self.path[-2:]) > FLAT
        return State.ROLLING if now is State.SETTLED and flying else now

    def step(self) -> bool:
        if self.state is not State.ROLLING:
            return False
        self.rule.step(self._point, np.array(self.gradient))
        self._point.clip(-LIMIT, LIMIT, out=self._point)
        x, y = self._point.tolist()
        self.path.append((x, y))
        self.costs.append(float(self.landscape.cost(x, y)))
        return True


@dataclass(frozen=True)
class Knobs:
    """What the reader sets: η of the three kinds of descent, μ, and Adam's own η."""

    learning_rate: float
    mu: float = 0.9
    adam: float = 0.2


RULES: dict[str, Callable[[Knobs, Landscape], Optimizer | Newton]] = {
    "gradient descent": lambda knobs, land: SGD(knobs.learning_rate),
    "momentum": lambda knobs, land: Momentum(knobs.learning_rate, knobs.mu),
    "Nesterov": lambda knobs, land: Nesterov(knobs.learning_rate, knobs.mu),
    "Adam": lambda knobs, land: Adam(knobs.adam),
    "Newton": lambda knobs, land: Newton(land),
}


class Race:
    """All racers from the same start, run to the end at once: `racers` maps names to balls.

    TypeError or ValueError if a coordinate or a knob is outside its range.
    """

    def __init__(self, landscape: Landscape, start: Point, knobs: Knobs) -> None:
        self.landscape, self.start, self.knobs = landscape, start, knobs
        self.racers = {
            name: Racer(landscape, start, rule(knobs, landscape)) for name, rule in RULES.items()
        }
        for racer in self.racers.values():
            while racer.steps < LONGEST and racer.step():
                pass

    @property
    def floor(self) -> float | None:
        """The cost of the deepest minimum, None where there is no bottom."""
        lows = [float(self.landscape.cost(*place)) for place in self.landscape.minima.values()]
        return min(lows) if lows else None

    def arrival(self, name: str) -> int | None:
        """The step from which the cost stays within `NEAR` of the deepest minimum; None if never.

        A racer that ends before `LONGEST` steps has come to rest, so its last cost counts.
        """
        floor, costs = self.floor, self.racers[name].costs
        if floor is None:
            return None
        away = [step for step, cost in enumerate(costs) if cost > floor + NEAR]
        first = away[-1] + 1 if away else 0
        return first if first < len(costs) else None

    def place(self, name: str, step: int) -> Point:
        """Where a racer is after `step` steps; one that has ended stays where it is."""
        path = self.racers[name].path
        return path[min(step, len(path) - 1)]

    def words(self, name: str, step: int) -> str:
        """How a racer does after `step` steps, in a few words."""
        racer = self.racers[name]
        if step < racer.steps or racer.state is State.ROLLING:
            return "rolling"
        if racer.state is State.DIVERGED:
            return f"thrown off the map in step {racer.steps}: η is too large"
        if racer.state is State.FALLEN:
            return f"rolled off the map in step {racer.steps}: the cost falls for ever"
        for name_of, minimum in self.landscape.minima.items():
            if dist(racer.path[-1], minimum) < 0.05:
                return f"rests in {name_of} since step {racer.steps}"
        return f"rests since step {racer.steps} where the slope is 0, but in no minimum"
