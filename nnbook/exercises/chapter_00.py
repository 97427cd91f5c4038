"""Checkers of chapter 00: sums, shapes, slopes, chain rules, logarithms, spread, broadcasting."""

from __future__ import annotations

import ast
import functools
import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from nnbook.exercises.answer import Unreadable, difference, numbers
from nnbook.exercises.attempt import Attempt, Raised, Trial
from nnbook.exercises.judge import Checkers, Mistake, Wrong

checks = Checkers()


@checks("0.1")
def weighted_sum(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n in (1, 3, 6):
        w, x = rng.normal(size=n).round(2), rng.normal(size=n).round(2)
        yield attempt.trial(float(w @ x), w=w.tolist(), x=x.tolist())
        yield attempt.trial(float(w @ x), w=w, x=x)


@checks("0.2")
def shapes(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    sizes = {"A": (3, 4), "B": (4, 2), "v": (4,), "M": (5, 4)}
    answer = attempt.value
    if not isinstance(answer, (list, tuple)) or len(answer) != 4:
        raise Wrong('A list of four answers is asked for, such as `[(7, 1), "no", ...]`.')
    for number, (product, given) in enumerate(zip(("AB", "Av", "AM", "MB"), answer, strict=True)):
        place = f"Number {number + 1}, `{product[0]} @ {product[1]}`,"
        try:
            left, right = (np.zeros(sizes[name]) for name in product)
            expected: str | tuple[int, ...] = (left @ right).shape
        except ValueError:
            expected = "no"
        got = shape_of(given, place)
        if expected == (3,) and got == (3,) and np.ndim(given) == 0 and given != "(3,)":
            attempt.note = "NumPy writes a shape with one axis with a comma: `(3,)`."
        words = f"{place} is not right yet. Which two lengths must be equal, and which ones stay?"
        if got == "no":
            words = f"{place} does exist: the inner lengths are equal."
        elif expected == "no":
            words = f"{place} is not right yet. Are the two inner lengths equal?"
        yield Trial(repr(got), repr(expected), place, words=words)


def shape_of(given: Any, place: str) -> str | tuple[int, ...]:
    """One answer as a shape or the word "no"; also "(3,2)" as a text and 3 for (3,)."""
    if given is None:
        raise Wrong(f'{place} is None. If the product does not exist, write the word "no".')
    if isinstance(given, str):
        word = given.strip().casefold()
        if word == "no":
            return word
        try:
            given = ast.literal_eval(word)
        except (ValueError, SyntaxError):
            raise Wrong(f'{place} is the text {given!r}. Write a shape or "no".') from None
    if np.ndim(given) > 1:
        raise Wrong(f"{place} is an array or a list of lists. Hand in its `.shape` only.")
    try:
        return tuple(int(length) for length in numbers(given).reshape(-1))
    except (Unreadable, ValueError, OverflowError):
        raise Wrong(f'{place} is neither a shape, such as `(7, 1)`, nor "no".') from None


@checks("0.3")
def slope(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    functions: list[tuple[Callable[..., float], Callable[[float], float]]] = [
        (math.sin, math.cos),
        (math.exp, math.exp),
        (math.atan, lambda x: 1 / (1 + x * x)),
    ]
    for f, derivative in functions:
        for x in rng.uniform(0.5, 1.5, size=2).round(2).tolist():
            points: list[float] = []
            trial = attempt.trial(derivative(x), f=recorded(f, points), x=x)
            if difference(trial.got, trial.expected):
                step_mistake(f, x, points, trial.got)
            yield trial


def recorded(f: Callable[..., float], points: list[float]) -> Callable[[Any], float]:
    """`f`, which also writes down where it was asked."""

    @functools.wraps(f)
    def asked(x: Any) -> float:
        points.append(float(x))
        return f(x)

    return asked


def step_mistake(f: Callable[..., float], x: float, points: list[float], got: Any) -> None:
    """Mistake if the wrong slope `got` comes from a known slip with the reader's own step h."""
    h = max((abs(point - x) for point in points), default=math.inf)
    if h < 1e-9:
        raise Mistake("step too short")
    if not math.isfinite(h):
        return
    rise, here, before = f(x + h) - f(x - h), f(x + h), f(x - h)
    slips = {
        "step too long": rise / (2 * h),
        "run is h": rise / h,
        "not divided": rise,
        "sign": -rise / (2 * h),
        "brackets": here - before / (2 * h),
        "brackets of the run": rise / 2 * h,
        "one side": (here - f(x)) / h,
    }
    for name, value in slips.items():
        if np.shape(got) == () and difference(got, value, 1e-6) is None:
            raise Mistake(name)


@checks("0.4")
def gradient(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for x, y in rng.uniform(-3, 3, size=(4, 2)).round(1).tolist():
        yield attempt.trial((2 * x * y, x * x + 3), x=x, y=y)


@checks("0.5")
def one_path(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for x in rng.uniform(0.2, 1.5, size=5).round(2).tolist():
        for point in (x, -x):
            yield attempt.trial(-2 * point * math.exp(-point * point), x=point)


@checks("0.6")
def two_paths(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for t in rng.uniform(-3, 3, size=5).round(2).tolist():
        yield attempt.trial(2 * t * math.sin(t) + t * t * math.cos(t), t=t)


@checks("0.7")
def predicted_change(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n in (2, 2, 5):
        slopes, step = rng.normal(size=n).round(2), rng.normal(scale=0.1, size=n).round(2)
        yield attempt.trial(float(slopes @ step), gradient=slopes, dv=step)


@checks("0.8")
def log_product(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n in (3, 8):
        p = rng.uniform(0.1, 3, size=n).round(2)
        yield attempt.trial(float(np.log(p).sum()), p=p)
    p = rng.uniform(0.01, 0.9, size=5000)
    try:
        many = attempt.call(p=p)
    except Raised as error:
        if error.has("ValueError"):  # math.log(0)
            raise Mistake("product first") from None
        raise
    if difference(many, -math.inf) is None:
        raise Mistake("product first")
    yield Trial(many, float(np.log(p).sum()), "5000 numbers below 1")


@checks("0.9")
def standardize(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n in (4, 7):
        x = rng.normal(loc=5, scale=3, size=n).round(1)
        yield attempt.trial((x - x.mean()) / x.std(), x=x)


@checks("0.10")
def center_rows(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for m, n in ((2, 3), (3, 3), (4, 2)):
        A = rng.integers(0, 10, size=(m, n)).astype(float)
        expected = A - A.mean(axis=1, keepdims=True)
        try:
            yield attempt.trial(expected, A=A)
        except Raised as error:
            if error.has("broadcast"):
                raise Mistake("means lie flat") from None
            raise
