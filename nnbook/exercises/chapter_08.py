"""Checkers of chapter 08: speeds of layers, factors of a chain, and what keeps them near 1."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from nnbook.exercises.answer import Unreadable, numbers
from nnbook.exercises.attempt import Attempt, Raised, Trial
from nnbook.exercises.chapter_04 import sigma
from nnbook.exercises.judge import Checkers, Mistake, Wrong

checks = Checkers()


@checks("8.1")
def speed(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for shape in ((1, 3), (4, 2), (6, 5)):
        delta = rng.uniform(-1, 1, size=shape).round(2)
        yield attempt.trial(math.sqrt(float((delta.mean(axis=0) ** 2).sum())), delta=delta)


@checks("8.3")
def first_gradient(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n in (2, 3, 5):
        w = (rng.uniform(0.5, 3, size=n) * rng.choice([-1, 1], size=n)).round(1).tolist()
        b = rng.uniform(-1, 1, size=n).round(1).tolist()
        x, y = (float(value) for value in rng.uniform(0.1, 0.9, size=2).round(1))
        yield attempt.trial(_by_backpropagation(w, b, x, y), w=w, b=b, x=x, y=y)


def _by_backpropagation(w: list[float], b: list[float], x: float, y: float) -> float:
    """∂C/∂b₁ of a chain from the far end: not the way of the solution."""
    a = [x]
    for weight, bias in zip(w, b, strict=True):
        a.append(float(sigma(weight * a[-1] + bias)))
    delta = (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in range(len(w) - 1, 0, -1):
        delta *= w[k] * a[k] * (1 - a[k])
    return delta


@checks("8.4")
def smallest_weight(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    (w,) = _several(attempt, 1, "One number is asked for.")
    yield Trial(abs(w), 4.0, "|w|", words=f"With |w| = {abs(w):g} the largest |wσ′(z)| is "
                f"{abs(w) / 4:g}; it should be 1.")  # fmt: skip


@checks("8.5")
def width(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for w in (*rng.uniform(4.5, 20, size=4).round(1).tolist(), 100.0):
        yield attempt.trial(window(w), w=w)
    for w in (1.0, 3.0):
        try:
            trial = attempt.trial(0.0, w=w)
        except Raised as error:
            if "ValueError" in str(error):
                raise Mistake("below four") from None
            raise
        yield trial


def window(w: float) -> float:
    """The width in a of the interval with w σ′(wa + b) ≥ 1, for w ≥ 4."""
    return 2 / w * math.acosh(w / 2 - 1)


WIDEST = (6.894, 0.4477)


@checks("8.6")
def most_room(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    w, wide = _several(attempt, 2, "Two numbers are asked for: the pair (w, width).")
    if abs(w - WIDEST[0]) <= 0.01 and abs(wide - WIDEST[1] / 2) < 0.001:
        raise Mistake("half")
    if w > 4 and abs(wide - 2 * math.acosh(w / 2 - 1)) < 0.01:
        raise Mistake("in z")
    if w > 4 and abs(wide - math.sqrt(1 - 4 / w)) < 0.01:
        raise Mistake("in s")
    if w == 4:
        raise Mistake("four")
    if w > 4 and abs(wide - window(w)) < 0.001 and abs(w - WIDEST[0]) > 0.01:
        raise Wrong(f"The width belongs to w = {w:g}, but near it there is a w with more room.")
    yield Trial(w, WIDEST[0], "w", 0.01 / WIDEST[0], words="This is not the w with the most room.")
    yield Trial(
        wide, WIDEST[1], "width", 0.001 / WIDEST[1], words="The w is right, its width is another."
    )


NEAR = 0.001


@checks("8.7")
def identity(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    w1, b, w2, c = _several(attempt, 4, "Four numbers are asked for: (w1, b, w2, c).")
    x = np.linspace(0, 1, 101)
    gap = w2 * sigma(w1 * x + b) + c - x
    worst = int(np.abs(gap).argmax())
    rise = float(gap[60] - gap[40]) / (x[60] - x[40]) + 1  # 1 if it rises as fast as x
    if abs(gap[worst]) > NEAR:
        if abs(rise - 0.25) < 0.02:
            raise Mistake("quarter")
        if np.ptp(gap) < 2 * NEAR:
            raise Mistake("constant")
        if abs(w1) > 0.3 and abs(gap[50]) < 0.01:
            raise Mistake("too steep")
    words = f"For x = {x[worst]:g} it gives {gap[worst] + x[worst]:.4g}: too far from x."
    yield Trial(float(np.abs(gap[worst]) <= NEAR), 1.0, "all x", words=words)


@checks("8.8")
def biases(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n in (2, 4, 5):
        w = float(rng.choice([-1, 1]) * rng.integers(5, 200))
        x = round(float(rng.uniform(0.6, 2)), 1)
        yield attempt.trial(np.array([-w * x, *[-w / 2] * (n - 1)]), w=w, x=x, n=n)


@checks("8.10")
def steady(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n in (30, 100, 784):
        slopes = rng.uniform(0, 1, size=6).round(2)
        yield attempt.trial(float((n * (slopes @ slopes) / 6) ** -0.5), n=n, slopes=slopes)


@checks("8.11")
def with_skips(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n in (1, 3, 6):
        w = rng.uniform(-3, 3, size=n).round(1)
        slopes = rng.uniform(0.05, 0.25, size=n).round(2)
        expected = math.exp(sum(math.log1p(a * s) for a, s in zip(w, slopes, strict=True)))
        yield attempt.trial(expected, w=w, slopes=slopes)


def _several(attempt: Attempt, n: int, words: str) -> list[float]:
    """The answer as `n` finite numbers; Wrong, with `words`, if it is none."""
    try:
        found = numbers(attempt.value).ravel()
    except Unreadable:
        raise Wrong(words) from None
    if len(found) != n or not np.isfinite(found).all():
        raise Wrong(words)
    return [float(value) for value in found]
