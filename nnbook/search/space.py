"""What is searched: a range for each hyper-parameter, and the grid over them (NNDL ch. 3)."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from nnbook import checks

if TYPE_CHECKING:
    from optuna.distributions import BaseDistribution

Setting = dict[str, Any]


@dataclass(frozen=True)
class Between:
    """Any number from `low` to `high`.

    log     steps multiply instead of adding, as suits η and λ; then `low` must be above 0
    points  how many values a grid takes, both ends among them
    """

    low: float
    high: float
    log: bool = False
    points: int = 3

    def __post_init__(self) -> None:
        checks.real("low", self.low)
        checks.real("high", self.high)
        _check_ends(self.low, self.high, self.log, self.points)

    def grid(self) -> list[float]:
        """The values a grid takes, in rising order."""
        return [float(f"{value:.12g}") for value in _spaced(self)]

    def distribution(self) -> BaseDistribution:
        """The range as Optuna knows it."""
        from optuna.distributions import FloatDistribution

        return FloatDistribution(float(self.low), float(self.high), log=self.log)


@dataclass(frozen=True)
class Whole:
    """Any whole number from `low` to `high`; `log` and `points` as for `Between`."""

    low: int
    high: int
    log: bool = False
    points: int = 3

    def __post_init__(self) -> None:
        checks.whole("low", self.low, low=-(10**15), high=10**15)
        checks.whole("high", self.high, low=-(10**15), high=10**15)
        _check_ends(self.low, self.high, self.log, self.points)

    def grid(self) -> list[int]:
        """The values a grid takes, in rising order; fewer than `points` if the range has fewer."""
        return sorted({round(value) for value in _spaced(self)})

    def distribution(self) -> BaseDistribution:
        """The range as Optuna knows it."""
        from optuna.distributions import IntDistribution

        return IntDistribution(int(self.low), int(self.high), log=self.log)


@dataclass(frozen=True, init=False)
class OneOf:
    """One of the given texts or numbers, without an order: `OneOf("sigmoid", "relu")`."""

    values: tuple[Any, ...]

    def __init__(self, *values: Any) -> None:
        for value in values:
            if not isinstance(value, (str, int, float)):
                raise TypeError(
                    f"each value of OneOf must be a text or a number, but one is "
                    f"{checks.short(value)}."
                )
        if not values or len(set(values)) < len(values):
            raise ValueError(
                f"OneOf must be given different values, at least one, but they are {values}. "
                'For example: OneOf("sigmoid", "relu").'
            )
        object.__setattr__(self, "values", values)

    def grid(self) -> list[Any]:
        """The values a grid takes: all of them."""
        return list(self.values)

    def distribution(self) -> BaseDistribution:
        """The values as Optuna knows them."""
        from optuna.distributions import CategoricalDistribution

        return CategoricalDistribution(self.values)


Range = Between | Whole | OneOf
Space = dict[str, Range]


def checked_space(space: Mapping[str, Range]) -> Space:
    """`space` as a dict; TypeError or ValueError unless it names at least one range."""
    example = '{"learning_rate": Between(0.01, 10, log=True)}'
    checks.instance("space", space, Mapping, example)
    if not space:
        raise ValueError(f"space must name at least one hyper-parameter, such as {example}.")
    for name, range_ in space.items():
        if not isinstance(name, str) or not name:
            raise TypeError(
                f"space must have names (texts) as keys, but one is {name!r}. Write {example}."
            )
        if not isinstance(range_, (Between, Whole, OneOf)):
            raise TypeError(
                f"space[{name!r}] must be Between(low, high), Whole(low, high) or OneOf(...), "
                f"but it is {checks.short(range_)}."
            )
    return dict(space)


def grid(space: Space, seed: int) -> list[Setting]:
    """All points of the grid over `space`, in an order shuffled by `seed`.

    Shuffled, because a grid that is stopped early would otherwise have seen one corner only.
    """
    points = itertools.product(*(range_.grid() for range_ in space.values()))
    settings = [dict(zip(space, point, strict=True)) for point in points]
    order = np.random.default_rng(seed).permutation(len(settings))
    return [settings[k] for k in order]


def _spaced(range_: Between | Whole) -> np.ndarray:
    between = np.geomspace if range_.log else np.linspace
    return between(range_.low, range_.high, range_.points)


def _check_ends(low: float, high: float, log: object, points: object) -> None:
    if low >= high:
        raise ValueError(f"low must be below high, but low is {low} and high is {high}.")
    checks.instance("log", log, bool, "True")
    if log and low <= 0:
        raise ValueError(
            f"low must be greater than 0 where log=True, but it is {low}: no number of "
            "multiplications leads from there to high."
        )
    checks.whole("points", points, low=2, high=1000)
    if not math.isfinite(high - low):
        raise ValueError(f"high − low must be a finite number, but they are {low} and {high}.")
