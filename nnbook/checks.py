"""Checks of arguments: each says which argument is wrong, how, and what would be right."""

from __future__ import annotations

import math
import numbers
from collections.abc import Iterable
from typing import Any

import numpy as np


def real(name: str, value: Any) -> float:
    """`value` as a float; TypeError unless it is a number, ValueError unless it is finite."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name} must be a number, but it is {value!r} ({type(value).__name__}).")
    try:
        number = float(value)
    except OverflowError:  # a whole number beyond what a float can hold
        number = math.inf
    if not math.isfinite(number):
        raise ValueError(f"{name} must be a finite number, but it is {value}.")
    return number


def positive(name: str, value: Any, example: str = "0.5") -> float:
    """`value` as a float; ValueError unless it is greater than 0."""
    number = real(name, value)
    if number <= 0:
        raise ValueError(
            f"{name} must be greater than 0, but it is {value}. For example: {example}."
        )
    return number


def not_negative(name: str, value: Any) -> float:
    """`value` as a float; ValueError if it is below 0."""
    number = real(name, value)
    if number < 0:
        raise ValueError(f"{name} must be 0 or greater, but it is {value}.")
    return number


def whole(name: str, value: Any, low: int = 1, high: int | None = None) -> int:
    """`value` as an int; TypeError unless whole, ValueError unless low <= value <= high."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Integral):
        raise TypeError(
            f"{name} must be a whole number, but it is {value!r} ({type(value).__name__})."
        )
    number = int(value)
    if number < low or (high is not None and number > high):
        span = f"at least {low}" if high is None else f"between {low} and {high}"
        raise ValueError(f"{name} must be {span}, but it is {value}.")
    return number


def one_of(name: str, value: Any, choices: Iterable[Any]) -> Any:
    """`value` itself; ValueError unless it is one of `choices`."""
    choices = list(choices)
    if value not in choices:
        known = ", ".join(repr(choice) for choice in choices)
        raise ValueError(f"{name} must be one of {known}, but it is {value!r}.")
    return value


def instance(name: str, value: Any, kind: type, example: str) -> Any:
    """`value` itself; TypeError unless it is an instance of `kind`."""
    if not isinstance(value, kind):
        article = "an" if kind.__name__[0] in "AEIOU" else "a"
        raise TypeError(
            f"{name} must be {article} {kind.__name__}, such as {example}, "
            f"but it is {short(value)}."
        )
    return value


def short(value: Any) -> str:
    """`value` in a few words: itself, or what kind of thing it is when that would be long."""
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    shown = repr(value)
    return shown if len(shown) <= 60 and "\n" not in shown else f"a {type(value).__name__}"


def generator(name: str, value: Any) -> np.random.Generator:
    """A `numpy.random.Generator`: `value` itself, or one seeded with the whole number `value`."""
    if isinstance(value, np.random.Generator):
        return value
    if isinstance(value, numbers.Integral) and not isinstance(value, bool) and int(value) >= 0:
        return np.random.default_rng(int(value))
    raise TypeError(
        f"{name} must be a seed (a whole number, 0 or greater) or a numpy Generator, "
        f"but it is {value!r}. For example: numpy.random.default_rng(0)."
    )
