"""Checkers of chapter 04, second part: softmax, its slopes and inverse, log-likelihood."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from nnbook.activations import ActivationFunction
from nnbook.exercises.answer import Unreadable, difference, numbers
from nnbook.exercises.attempt import Attempt, Raised, Trial
from nnbook.exercises.judge import Checkers, Mistake, Wrong

checks = Checkers()


def shares(z: Any) -> Any:
    """Softmax along the last axis, by logarithms: safe, and not the reader's formula."""
    z = np.asarray(z, dtype=float)
    return np.exp(z - np.logaddexp.reduce(z, axis=-1, keepdims=True))


@checks("4.12")
def any_sum(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    try:
        z = numbers(attempt.value)
    except Unreadable as problem:
        raise Wrong(f"A list of four numbers is asked for, but your answer {problem}.") from None
    if z.shape != (4,):
        raise Wrong("A list of four numbers z is asked for.")
    if not np.isfinite(z).all():
        raise Wrong("Every z must be an ordinary number.")
    outputs = (1 + np.tanh(z / 2)) / 2
    right = abs(outputs.sum() - 2) <= 0.001
    if right and len(set(z.tolist())) < 4:
        raise Mistake("equal")
    if not right and abs(z.sum() - 2) <= 0.001:
        raise Mistake("outputs" if z.min() > 0 and z.max() < 1 else "sum of z")
    words = f"The four sigmoid outputs are {', '.join(f'{a:.3f}' for a in outputs)}: "
    yield Trial(
        2.0 if right else float(outputs.sum()), 2.0, "z", 1e-6,
        words=f"{words}their sum is {outputs.sum():.3f}, not 2.",
    )  # fmt: skip


@checks("4.13")
def softmax(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    if isinstance(attempt.value, ActivationFunction):
        raise Wrong("This is the softmax of `nnbook` itself. Hand in the function that you wrote.")
    trials = [
        attempt.trial(shares(z), z=z)
        for z in (rng.uniform(-3, 3, size=n).round(1) for n in (4, 2, 3))
    ]
    yield from trials
    for shape in ((2, 3), (4, 4)):
        z = rng.uniform(-3, 3, size=shape).round(1)
        trials.append(attempt.trial(shares(z), z=z))
        yield trials[-1]
    if any(difference(one.got, one.expected) for one in trials):
        return
    for z in (np.array([1000.0, 999.0, -1000.0]), np.array([-1000.0, -1001.0, -1000.0])):
        try:
            trial = attempt.trial(shares(z), z=z, overflow="raise")
        except Raised as error:
            if error.has("overflow", "invalid value"):
                raise Mistake("overflow") from None
            raise
        if np.isnan(numbers(trial.got)).any():
            raise Mistake("overflow")
        yield trial
    z = np.array([[2.0, 1.0], [-1000.0, -1001.0]])
    trial = attempt.trial(shares(z), z=z)
    if np.isnan(numbers(trial.got)).any():
        raise Mistake("largest of all")
    yield trial


@checks("4.14")
def jacobian(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n in (3, 2, 4):
        a = rng.uniform(0.1, 1, size=n)
        a = a / a.sum()
        h, z = 1e-6, np.log(a)
        steps = h * np.eye(n)  # row k moves z_k; the result's row k is column k of the Jacobian
        slopes = (shares(z + steps) - shares(z - steps)).T / (2 * h)
        yield attempt.trial(slopes, 1e-4, a=a)


@checks("4.16")
def weighted_inputs(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    """Any constant may be added: both sides are compared after their mean is taken away."""
    for n in (3, 2, 5):
        a = rng.uniform(0.1, 1, size=n)
        a = a / a.sum()
        expected = np.log(a) - np.log(a).mean()
        got = attempt.call(a=a)
        try:
            z = numbers(got)
        except Unreadable as problem:
            raise Wrong(f"A vector z is asked for, but what was returned {problem}.") from None
        if z.shape == a.shape and np.isfinite(z).all():
            words = (
                f"For a = {np.array2string(a, precision=3)} your z gives the softmax "
                f"{np.array2string(shares(z), precision=3)}."
            )
            yield Trial(z - z.mean(), expected, {"a": a}, words=words)
        else:
            yield Trial(got, expected, {"a": a})


@checks("4.17")
def soft(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    trials = []
    for temperature in (1.0, 0.5, 4.0):
        z = rng.uniform(-3, 3, size=4).round(1)
        trials.append(attempt.trial(shares(z / temperature), z=z, temperature=temperature))
        yield trials[-1]
    if any(difference(one.got, one.expected) for one in trials):
        return
    z = np.array([0.5, 2.0, 1.9])
    try:
        trial = attempt.trial(np.array([0.0, 1.0, 0.0]), z=z, temperature=1e-4, overflow="raise")
    except Raised as error:
        if error.has("overflow", "invalid value"):
            raise Mistake("overflow") from None
        raise
    yield trial
    ends = (([-1.0, -3.0, 0.5], [0, 0, 1]), ([2.0, -1.0, 2.0, 0.0], [0.5, 0, 0.5, 0]))
    for values, expected in ends:
        try:
            trial = attempt.trial(np.array(expected), z=np.array(values), temperature=0.0)
        except Raised as error:
            if error.has("ZeroDivisionError"):
                raise Mistake("zero") from None
            raise
        try:
            if np.isnan(numbers(trial.got)).any():
                raise Mistake("zero")
        except Unreadable:
            pass
        yield trial


@checks("4.18")
def gradients(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n_in, n_out in ((2, 3), (3, 2), (1, 4), (3, 3)):
        a_in = rng.uniform(0.1, 1, size=n_in).round(1)
        z = rng.uniform(-2, 2, size=n_out).round(1)
        label = int(rng.integers(n_out))
        delta = shares(z) - (np.arange(n_out) == label)
        yield attempt.trial((delta[:, np.newaxis] * a_in, delta), a_in=a_in, z=z, label=label)
