"""Checkers of chapter 02, first part: the sigmoid neuron, layers, parameters, bits from digits."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from nnbook.exercises import body, chapter_02_digits
from nnbook.exercises.answer import Unreadable, difference, numbers
from nnbook.exercises.attempt import Attempt, Raised, Trial
from nnbook.exercises.judge import Checkers, Mistake, Wrong

checks = Checkers(chapter_02_digits.checks)  # the second part of the chapter has its own file


def sigma(z: Any) -> Any:
    """The sigmoid by tanh: safe for every z, and not the reader's formula."""
    return (1 + np.tanh(np.asarray(z) / 2)) / 2


def slope(z: Any) -> Any:
    """σ′ = σ(1 − σ)."""
    return sigma(z) * (1 - sigma(z))


def curve(attempt: Attempt, rng: np.random.Generator, truth: Any) -> Iterator[Trial]:
    """A function of z at numbers, then arrays, then far out: each only if those before are right.

    Mistake where it overflows or takes no arrays.
    """
    near = rng.uniform(-6, 6, size=4).round(1).tolist()
    trials = [attempt.trial(truth(z), z=z) for z in near]
    yield from trials
    if wrong(trials):
        return
    arrays = [rng.uniform(-6, 6, size=shape).round(1) for shape in ((5,), (2, 3))]
    try:
        trials = [attempt.trial(truth(z), z=z) for z in arrays]
    except Raised as error:
        if error.has("TypeError", "ambiguous"):
            raise Mistake("numbers only") from None
        raise
    yield from trials
    if wrong(trials):
        return
    for z, name in ((-1000.0, "overflow"), (1000.0, "overflow above")):
        for far in (z, np.array([z, 0.0, -0.5])):
            try:
                yield attempt.trial(truth(far), z=far, overflow="raise")
            except Raised as error:
                if error.has("overflow", "invalid value"):
                    branches = "where" in body.names(attempt.value)
                    raise Mistake("both branches" if branches else name) from None
                raise


def wrong(trials: list[Trial]) -> bool:
    """True if one of them shows a difference."""
    return any(difference(one.got, one.expected, one.tolerance) for one in trials)


@checks("2.1")
def sigmoid(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    yield from curve(attempt, rng, sigma)


@checks("2.2")
def sigmoid_slope(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    yield from curve(attempt, rng, slope)


@checks("2.3")
def gap(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for h in (0.5, 0.2, 0.05):
        for z in (*rng.uniform(-3, 3, size=3).round(1).tolist(), 0.0):
            distance = abs((sigma(z + h) - sigma(z - h)) / (2 * h) - slope(z))
            yield attempt.trial(float(distance), 1e-3, z=z, h=h)


@checks("2.4")
def sharpness(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    errors = (0.01, 0.1, 0.25, 0.45)
    for z in (0.25, -0.5, 2.0, -5.0, 20.0):
        found = [one_sharpness(attempt, z, error) for error in errors]
        smallest = [math.log((1 - error) / error) / abs(z) for error in errors]
        if found == [math.inf] * 4:
            raise Mistake("never")
        if max(found) <= 0:
            raise Mistake("sign of z")
        if len(set(found)) == 1:
            raise Mistake("too large" if found[0] > 2 * smallest[0] else "same for every error")
        if np.allclose(found, np.multiply(smallest, abs(z))) and abs(z) != 1:
            raise Mistake("same for every z")
        for error, c, least in zip(errors, found, smallest, strict=True):
            given = f"z = {z:g} and error = {error:g}"
            if not least * (1 - 1e-6) <= c <= 2 * least * (1 + 1e-6):
                raise Wrong(
                    f"For {given} your c is {c:.4g}. The smallest that is enough is {least:.4g}, "
                    "and at most twice as much is asked for."
                )
            yield Trial(c, c, given)
    try:
        at_zero = attempt.call(z=0.0, error=0.1)
    except Raised as error:
        if error.has("ZeroDivisionError"):
            raise Mistake("zero") from None
        raise
    if difference(at_zero, math.inf):
        raise Mistake("zero")


def one_sharpness(attempt: Attempt, z: float, error: float) -> float:
    """The reader's c, or Wrong if it is no number."""
    try:
        return float(numbers(attempt.call(z=z, error=error)))
    except (Unreadable, TypeError) as problem:
        raise Wrong(f"One number c is asked for, but what was returned {problem}.") from None


@checks("2.5")
def count(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for length in (3, 2, 4, 5):
        sizes = [int(n) for n in rng.integers(1, 40, size=length)]
        parts = [sizes[i] * sizes[i - 1] + sizes[i] for i in range(1, length)]
        yield attempt.trial(sum(parts), 0, sizes=sizes)


@checks("2.6")
def layer(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    turned = True  # so far it looks as if w[k][j] were used
    for n_out, n_in in ((3, 3), (2, 2), (4, 2), (2, 5)):
        w, b = rng.normal(size=(n_out, n_in)).round(1), rng.normal(size=n_out).round(1)
        a = rng.uniform(size=n_in).round(1)
        try:
            trial = attempt.trial(sigma(w @ a + b), w=w.tolist(), b=b.tolist(), a=a.tolist())
        except Raised as error:
            if not error.has("IndexError"):
                raise
            if turned and n_out != n_in:
                raise Mistake("indices swapped") from None
            tip = (
                " The loops must run over `len(w)` neurons and `len(a)` inputs, whatever they are."
            )
            raise Raised(str(error) + tip, error.error) from None
        if n_out == n_in:
            turned = turned and difference(trial.got, sigma(w.T @ a + b)) is None
        yield trial
    if body.multiplies_matrices(attempt.value):
        raise Mistake("matrix form")


@checks("2.7")
def four_bits(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    if not isinstance(attempt.value, (tuple, list)) or len(attempt.value) != 2:
        raise Wrong("A pair `(W, b)` is asked for: W of the shape (4, 10), b of the shape (4,).")
    try:
        W, b = (numbers(part) for part in attempt.value)
    except Unreadable as problem:
        raise Wrong(f"One part of your pair {problem}.") from None
    if W.shape == (10, 4):
        raise Mistake("transposed")
    if W.shape != (4, 10) or b.shape != (4,):
        shapes = f"{W.shape} and {b.shape}"
        raise Wrong(f"W and b have the shapes {shapes}; (4, 10) and (4,) are asked for.")
    for digit in range(10):
        bits = [(digit >> i) & 1 for i in range(4)]
        for extreme in (False, False, True, True):
            others = rng.integers(0, 2, size=10) * 0.0099 if extreme else rng.uniform(0, 0.0099, 10)
            a = np.where(np.arange(10) == digit, 0.99 if extreme else rng.uniform(0.99, 1), others)
            found = (W @ a + b > 0).astype(int)
            words = (
                f"For the digit {digit} your four bits are {found.tolist()}, but {bits} is asked "
                "for (the bit worth 1 first)."
            )
            yield Trial(found, bits, f"the digit {digit}", words=words)
