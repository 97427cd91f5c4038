"""Checkers of chapter 10: loops, gates, energies, dreams, fooled networks, frozen layers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from nnbook.exercises.answer import Unreadable, numbers
from nnbook.exercises.attempt import Attempt, Trial
from nnbook.exercises.judge import Checkers, Wrong

checks = Checkers()


def sigma(z: Any) -> Any:
    """The sigmoid by tanh: safe for every z."""
    return (1 + np.tanh(np.asarray(z) / 2)) / 2


@checks("10.1")
def states(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for steps, n, n_in in ((1, 2, 3), (4, 3, 2), (3, 2, 2)):
        W_x, W_h = rng.normal(size=(n, n_in)).round(1), rng.normal(size=(n, n)).round(1)
        b, x = rng.normal(size=n).round(1), rng.normal(size=(steps, n_in)).round(1)
        h, expected = np.zeros(n), []
        for x_t in x:
            h = np.tanh(W_x @ x_t + W_h @ h + b)
            expected.append(h)
        yield attempt.trial(np.array(expected), W_x=W_x, W_h=W_h, b=b, x=x)


SHAPES = {"W_x": (2,), "W_h": (2, 2), "b": (2,), "w": (2,), "c": ()}


@checks("10.2")
def parity_machine(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    if not isinstance(attempt.value, (tuple, list)) or len(attempt.value) != len(SHAPES):
        raise Wrong("Five parts are asked for: `answer = (W_x, W_h, b, w, c)`.")
    parts = []
    for (name, shape), part in zip(SHAPES.items(), attempt.value, strict=True):
        try:
            array = numbers(part)
        except Unreadable as problem:
            raise Wrong(f"`{name}` {problem}.") from None
        if array.size == int(np.prod(shape)) and len(shape) < 2:  # a column, or [0.5]
            array = array.reshape(shape)
        if array.shape != shape:
            asked = f"the shape {shape}" if shape else "one number"
            raise Wrong(f"`{name}` has the shape {array.shape}, but {asked} is asked for.")
        parts.append(array)
    W_x, W_h, b, w, c = parts
    for bits in (*((np.arange(8)[:, None] >> np.arange(3)) % 2), rng.integers(0, 2, 50)):
        h, said = np.zeros(2), []
        for bit in bits:
            h = (W_x * bit + W_h @ h + b > 0).astype(float)
            said.append(int(w @ h + c > 0))
        odd = (np.cumsum(bits) % 2).tolist()
        wrong = int(np.argmax(np.not_equal(said, odd)))  # the first one
        told = ", ".join(map(str, bits[: wrong + 1]))
        words = f"After the bits {told} your machine says {said[wrong]}, not {odd[wrong]}."
        yield Trial(said, odd, told, 0, words=words)


@checks("10.3")
def through_time(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for steps in (1, 3, 6):
        w = round(float(rng.uniform(0.5, 2)), 1)
        z = rng.uniform(-1.5, 1.5, steps).round(1)
        yield attempt.trial(float(np.prod(w * (1 - np.tanh(z) ** 2))), w=w, z=z)


@checks("10.4")
def lstm_step(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n in (1, 3, 4):
        z, c = rng.normal(size=(4, n)).round(1), rng.normal(size=n).round(1)
        g, i, f, o = np.tanh(z[0]), sigma(z[1]), sigma(z[2]), sigma(z[3])
        new = f * c + i * g
        yield attempt.trial((new, o * np.tanh(new)), z=z, c=c)


@checks("10.5")
def energy(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n_visible, n_hidden in ((3, 2), (4, 3), (2, 5)):
        W = rng.normal(size=(n_hidden, n_visible)).round(1)
        b, c = rng.normal(size=n_hidden).round(1), rng.normal(size=n_visible).round(1)
        v, h = (rng.integers(0, 2, n).astype(float) for n in (n_visible, n_hidden))
        v[0] = h[0] = 1  # no state in which every term is 0
        yield attempt.trial(float(-c @ v - b @ h - h @ W @ v), v=v, h=h, W=W, b=b, c=c)


@checks("10.6")
def cd_update(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for m, n_visible, n_hidden in ((1, 3, 2), (4, 2, 3), (5, 3, 3)):
        v0, v1 = rng.integers(0, 2, size=(2, m, n_visible)).astype(float)
        h0, h1 = rng.uniform(size=(2, m, n_hidden)).round(2)
        yield attempt.trial((h0.T @ v0 - h1.T @ v1) / m, v0=v0, h0=h0, v1=v1, h1=h1)


@checks("10.8")
def fool(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for shape, epsilon in (((4,), 0.1), ((6,), 0.25), ((2, 5), 0.3)):
        x, slope = rng.uniform(size=shape).round(2), rng.normal(size=shape).round(2)
        x.flat[:3], slope.flat[:3] = (0, 1, 0.5), (-2.0, 0.5, 0.7)  # both edges of the paper
        yield attempt.trial(
            np.clip(x + epsilon * np.sign(slope), 0, 1), x=x, slope=slope, epsilon=epsilon
        )


@checks("10.9")
def farthest(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n, epsilon in ((3, 0.1), (5, 0.5), (8, 0.2)):
        w = rng.normal(size=n).round(2)
        w[:2] = -0.5, 0.75
        yield attempt.trial(float(epsilon * np.abs(w).sum()), w=w, epsilon=epsilon)


@checks("10.10")
def counts(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for depth in (3, 4, 5):
        sizes = rng.integers(2, 60, depth).tolist()
        *lower, last = ((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))
        yield attempt.trial((last, sum(lower)), 0, sizes=sizes)
