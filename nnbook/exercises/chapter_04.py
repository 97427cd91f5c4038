"""Checkers of chapter 04, first part: slopes and costs of sigmoid and linear outputs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from nnbook.exercises import chapter_04_softmax
from nnbook.exercises.answer import Unreadable, difference, numbers
from nnbook.exercises.attempt import Attempt, Raised, Trial
from nnbook.exercises.judge import Checkers, Mistake, Wrong

checks = Checkers(chapter_04_softmax.checks)  # the second part of the chapter has its own file


def sigma(z: Any) -> Any:
    """The sigmoid by tanh: safe for every z, and not the reader's formula."""
    return (1 + np.tanh(np.asarray(z) / 2)) / 2


def entropy(a: Any, y: Any) -> Any:
    """−[y ln a + (1 − y) ln(1 − a)] for a strictly between 0 and 1."""
    return -(y * np.log(a) + (1 - y) * np.log(1 - a))


def some_wrong(trials: list[Trial]) -> bool:
    """True if one of them shows a difference."""
    return any(difference(one.got, one.expected, one.tolerance) for one in trials)


def is_nan(value: Any) -> bool:
    """True if a number, or one in an array, is nan; False for what is no number at all."""
    try:
        return bool(np.isnan(numbers(value)).any())
    except Unreadable:
        return False


@checks("4.1")
def slope(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for a in (*rng.uniform(0.02, 0.98, size=3).round(2).tolist(), 0.5):
        yield attempt.trial(a * (1 - a), a=a)
    for shape in ((4,), (2, 3)):
        outputs = rng.uniform(0.02, 0.98, size=shape).round(2)
        yield attempt.trial(outputs * (1 - outputs), a=outputs)


@checks("4.2")
def gradient(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for y in (0.0, 1.0, 0.0, 0.3):
        w, b, x = (float(value) for value in rng.uniform(-2, 2, size=3).round(1))
        a = float(sigma(w * x + b))
        d = (a - y) * a * (1 - a)
        yield attempt.trial((d * x, d), w=w, b=b, x=x, y=y)


@checks("4.3")
def cross_entropy(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    trials = []
    for y in (0.3, 0.8, 0.5):
        a = round(float(rng.uniform(0.05, 0.95)), 2)
        trials.append(attempt.trial(entropy(a, y), a=a, y=y))
    yield from trials
    if some_wrong(trials):
        return
    outputs, desired = rng.uniform(0.05, 0.95, size=(2, 2, 3)).round(2)
    try:
        trials = [attempt.trial(entropy(outputs, desired), a=outputs, y=desired)]
    except Raised as error:
        if error.has("TypeError", "ambiguous"):
            raise Mistake("numbers only") from None
        raise
    yield from trials
    if some_wrong(trials):
        return
    for value in (0.0, 1.0):
        outputs, desired = np.array([value, 0.25]), np.array([value, 1.0])
        expected = np.array([0.0, -math.log(0.25)])
        try:
            trial = attempt.trial(expected, a=outputs, y=desired)
        except Raised as error:
            if error.has("ValueError"):
                raise Mistake("numbers only") from None
            raise
        if is_nan(trial.got):
            raise Mistake("nan")
        yield trial
        yield attempt.trial(0.0, a=value, y=value)


@checks("4.4")
def swapped(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    inner = [tuple(pair) for pair in rng.uniform(0.1, 0.9, size=(3, 2)).round(1).tolist()]
    # The ends: infinite unless both agree there.
    ends = [(0.7, 1.0), (0.2, 0.0), (0.0, 1.0), (1.0, 0.0), (0.0, 0.0), (1.0, 1.0)]
    trials = [attempt.trial(float(entropy(y, a)), a=a, y=y) for a, y in inner]
    yield from trials
    if some_wrong(trials) and not all(  # let the right formula's own mistake be recognised
        difference(one.got, float(entropy(*pair))) is None
        for one, pair in zip(trials, inner, strict=True)
    ):
        return
    for a, y in ends:
        try:
            trial = attempt.trial(0.0 if a == y else math.inf, a=a, y=y)
        except Raised as error:
            if error.has("ValueError"):
                raise Mistake("log of zero") from None
            raise
        if is_nan(trial.got):
            raise Mistake("nan")
        yield trial


@checks("4.5")
def output_gradients(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n, n_in, n_out in ((1, 2, 3), (4, 3, 2), (3, 2, 2)):
        a_in = rng.uniform(0.1, 1, size=(n, n_in)).round(1)
        a = rng.uniform(0.05, 0.95, size=(n, n_out)).round(2)
        y = rng.integers(0, 2, size=(n, n_out)).astype(float)
        quadratic = np.einsum("ij,ik->jk", (a - y) * a * (1 - a), a_in) / n
        yield attempt.trial(
            (quadratic, np.einsum("ij,ik->jk", a - y, a_in) / n), a_in=a_in, a=a, y=y
        )


@checks("4.7")
def linear_gradient(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n in (1, 2, 4):
        w, x = rng.uniform(-2, 2, size=(2, n)).round(1)
        b, y = (float(value) for value in rng.uniform(-2, 2, size=2).round(1))
        d = float((w * x).sum() + b - y)
        yield attempt.trial((d * x, d), w=w, b=b, x=x, y=y)


LAST = 37  # the smallest whole z with σ(z) = 1 in float64


@checks("4.8")
def saturated(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    try:
        found = float(numbers(attempt.value))
    except (Unreadable, TypeError):
        raise Wrong("One whole number z is asked for.") from None
    if isinstance(attempt.value, (bool, np.bool_)) or math.isnan(found):
        raise Wrong("One whole number z is asked for.")
    if found == math.inf:
        raise Mistake("never")
    for name, values in (("float32", {17}), ("overflow", {709, 710}), ("underflow", {745, 746})):
        if found in values:
            raise Mistake(name)
    if found != round(found) or found <= 0:
        raise Wrong("A whole number greater than 0 is asked for.")
    rest = float(1 - 1 / (1 + np.exp(-found)))
    words = (
        f"At z = {found:g} the output differs from 1 by {rest:.2g}, not by 0: go on."
        if rest
        else f"At z = {found:g} the output is exactly 1, but so it is for some smaller z."
    )
    yield Trial(found, LAST, "z", 0, words=words)


@checks("4.9")
def excess(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for _ in range(4):
        a, y = (float(value) for value in rng.uniform(0.1, 0.9, size=2).round(2))
        yield attempt.trial(float(entropy(a, y) - entropy(y, y)), a=a, y=y)
    yield attempt.trial(0.0, 1e-9, a=0.3, y=0.3)


@checks("4.10")
def batch_cost(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n, k in ((1, 3), (4, 2), (5, 10)):
        a = rng.uniform(0.05, 0.95, size=(n, k)).round(2)
        y = np.eye(k)[rng.integers(0, k, size=n)]
        yield attempt.trial(float(entropy(a, y).sum() / n), a=a, y=y)
