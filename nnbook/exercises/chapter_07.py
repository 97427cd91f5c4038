"""Checkers of chapter 07: weights of steps, bumps, towers, ramps, set by hand."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from nnbook.exercises.answer import Unreadable, numbers
from nnbook.exercises.attempt import Attempt, Trial
from nnbook.exercises.judge import Checkers, Wrong

checks = Checkers()


def sigma(z: Any) -> Any:
    """The sigmoid by tanh: safe for every z, and not the reader's formula."""
    return (1 + np.tanh(np.asarray(z) / 2)) / 2


def parts(got: Any, shapes: tuple[tuple[str, tuple[int, ...]], ...]) -> list[np.ndarray]:
    """The arrays of an answer, in the named shapes; Wrong, in words, where they do not fit."""
    names = ", ".join(name for name, _ in shapes)
    if not isinstance(got, (tuple, list)) or len(got) != len(shapes):
        raise Wrong(f"Return {len(shapes)} parts, in this order: {names}.")
    found = []
    for (name, shape), value in zip(shapes, got, strict=True):
        try:
            array = numbers(value)
        except Unreadable as problem:
            raise Wrong(f"{name} {problem}.") from None
        if array.shape != shape:
            raise Wrong(f"{name} must have the shape {shape}, but yours has {array.shape}.")
        found.append(array)
    return found


@checks("7.1")
def step_parameters(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for s in (*rng.uniform(0.1, 0.9, size=3).round(2).tolist(), -0.5):
        width = round(float(rng.uniform(0.01, 0.3)), 3)
        w = 2 * math.log(9) / width
        yield attempt.trial((w, -w * s), s=s, width=width)


@checks("7.2")
def bump_weights(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    """Judged by the sum it makes: the order of the two neurons is free."""
    x = np.array([-0.5, 0.05, 0.33, 0.5, 0.62, 0.95, 1.5])
    for w in (400.0, 1000.0, 600.0):
        s1, s2 = round(float(rng.uniform(0.1, 0.3)), 2), round(float(rng.uniform(0.65, 0.9)), 2)
        h = round(float(rng.uniform(0.3, 2)), 1)
        got = attempt.call(s1=s1, s2=s2, h=h, w=w)
        W, b, V = parts(got, (("W", (2, 1)), ("b", (2,)), ("V", (1, 2))))
        if not np.allclose(np.abs(W), w, rtol=1e-3):
            raise Wrong(f"Both hidden weights must be as steep as asked, {w:g}, not {W.ravel()}.")
        made = sigma(x[:, np.newaxis] @ W.T + b) @ V[0]
        at = np.abs(x[:, np.newaxis] - np.array([s1, s2])).min(axis=1) > 0.02
        wanted = np.where((x > s1) & (x < s2), h, 0.0)
        given = {"s1": s1, "s2": s2, "h": h, "w": w}
        words = (
            f"For s1 = {s1:g}, s2 = {s2:g}, h = {h:g} the sum should be {h:g} at x = 0.5 and 0 at "
            f"x = −0.5 and x = 1.5, but yours is {made[3]:.3g}, {made[0]:.3g} and {made[-1]:.3g}."
        )
        yield Trial(made[at], wanted[at], given, 1e-3, words=words)


@checks("7.3")
def lookup_heights(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n in (1, 4, 5):
        p, q = rng.uniform(1, 3, size=2).round(1).tolist()

        def f(x: Any, p: float = p, q: float = q) -> Any:
            return np.sin(p * np.asarray(x, dtype=float)) + q * np.asarray(x, dtype=float) ** 2

        middles = (np.arange(n) + 0.5) / n
        got = attempt.call(f=f, n=n)
        yield Trial(got, f(middles), f"f(x) = sin({p:g}x) + {q:g}x² and n = {n}")


@checks("7.4")
def inverse_sigmoid(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for y in (*rng.uniform(0.05, 0.95, size=3).round(2).tolist(), 0.5):
        yield attempt.trial(math.log(y / (1 - y)), y=y)
    y = rng.uniform(0.05, 0.95, size=(2, 3)).round(2)
    yield attempt.trial(np.log(y / (1 - y)), y=y)


@checks("7.5")
def tower_bias(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for m in (2, 1, 3, 5):
        h = round(float(rng.uniform(4, 30)), 1)
        yield attempt.trial(-h * (m - 0.5), h=h, m=m)


@checks("7.6")
def half_planes(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n in (4, 3, 7):
        r, w = round(float(rng.uniform(0.2, 0.8)), 1), float(rng.integers(2, 9) * 100)
        angle = 2 * np.pi * np.arange(n) / n
        directions = np.stack([np.cos(angle), np.sin(angle)], axis=1)
        yield attempt.trial((-w * directions, np.full(n, w * r)), n=n, r=r, w=w)


@checks("7.8")
def hidden_neurons(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for m, n in ((2, 5), (1, 8), (3, 4), (4, 10)):
        yield attempt.trial((2 * m * n**m, n**m), m=m, n=n)


@checks("7.9")
def relu_ramp(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    """Judged by the ramp: weights may be moved from one layer to the other."""
    for _ in range(3):
        s = round(float(rng.uniform(0.1, 0.5)), 2)
        width = round(float(rng.uniform(0.05, 0.4)), 2)
        W, b, V = parts(attempt.call(s=s, width=width), (("W", (2, 1)), ("b", (2,)), ("V", (1, 2))))
        x = np.array([s - 1, s, s + width / 4, s + width / 2, s + width, s + width + 2])
        made = np.maximum(x[:, np.newaxis] @ W.T + b, 0) @ V[0]
        words = (
            f"For s = {s:g}, width = {width:g} the output should be 0 at s, ½ half-way up and 1 "
            f"from s + width on, but yours is {made[1]:.3g}, {made[3]:.3g}, {made[4]:.3g}, and "
            f"{made[5]:.3g} far to the right."
        )
        wanted = np.clip((x - s) / width, 0, 1)
        yield Trial(made, wanted, {"s": s, "width": width}, 1e-6, words=words)


@checks("7.10")
def collapse(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n_in, hidden, n_out in ((3, 2, 4), (1, 5, 1), (2, 2, 2)):
        W1 = rng.integers(-3, 4, size=(hidden, n_in)).astype(float)
        W2 = rng.integers(-3, 4, size=(n_out, hidden)).astype(float)
        b1 = rng.integers(1, 5, size=hidden).astype(float)
        b2 = rng.integers(1, 5, size=n_out).astype(float)
        expected = (np.einsum("jk,ki->ji", W2, W1), np.einsum("jk,k->j", W2, b1) + b2)
        yield attempt.trial(expected, W1=W1, b1=b1, W2=W2, b2=b2)


@checks("7.13")
def neurons_needed(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for k in (1, 2, 5, 10):
        yield attempt.trial(2**k - 1, k=k)
