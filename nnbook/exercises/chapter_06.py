"""Checkers of chapter 06, first part: λ and n, draws, Newton, momentum, Adam, tanh."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from nnbook.activations import sigmoid
from nnbook.exercises import body, chapter_06_epochs
from nnbook.exercises.answer import Unreadable, difference, numbers
from nnbook.exercises.attempt import Attempt, Trial
from nnbook.exercises.judge import Checkers, Mistake, Wrong

checks = Checkers(chapter_06_epochs.checks)  # thresholds, stopping and halving


@checks("6.1")
def shrink_factor(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    yield attempt.trial(-9.0, eta=10.0, lambda_=1000.0, n=1000)
    for _ in range(4):
        eta, lambda_ = round(float(rng.uniform(0.05, 3)), 2), round(float(rng.uniform(0.1, 50)), 1)
        n = int(rng.integers(20, 500))
        yield attempt.trial(1 - eta * lambda_ / n, eta=eta, lambda_=lambda_, n=n)


@checks("6.2")
def lambda_for(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    yield attempt.trial(20.0, lambda_=1000.0, n=50_000, new_n=1000)
    for _ in range(4):
        lambda_ = round(float(rng.uniform(0.1, 20)), 1)
        n, new_n = (int(k) for k in rng.integers(100, 5000, 2))
        yield attempt.trial(lambda_ * new_n / n, lambda_=lambda_, n=n, new_n=new_n)


@checks("6.3")
def scatter(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    yield attempt.trial(0.05, p=0.5, n=100)
    for n in (10, 50, 400, 10_000):
        p = round(float(rng.uniform(0.1, 0.99)), 2)
        yield attempt.trial(math.sqrt(p * (1 - p) / n), p=p, n=n)


@checks("6.9")
def log_uniform(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    n = 4000
    for low, high in ((0.01, 10.0), (0.001, 1.0), (1.0, 1000.0)):
        result = draw(attempt, low, high, n, seed=1)
        try:
            drawn = numbers(result)
        except Unreadable as problem:
            raise Wrong(
                f"An array of n numbers is asked for, but what was returned {problem}."
            ) from None
        if drawn.shape != (n,):
            raise Wrong(f"An array of the shape ({n},) is asked for, but yours has {drawn.shape}.")
        judge_draws(drawn, low, high)
        again = numbers(draw(attempt, low, high, n, seed=1))
        if not np.array_equal(drawn, again):
            raise Wrong("With the same `rng` the same numbers must come: draw with `rng` only.")
        if np.array_equal(np.sort(drawn), np.sort(numbers(draw(attempt, low, high, n, seed=2)))):
            raise Wrong("Another `rng` must give other numbers: a search at random draws them.")
        yield Trial(0, 0, f"low = {low}, high = {high}")


def draw(attempt: Attempt, low: float, high: float, n: int, seed: int) -> Any:
    """What the reader's function draws."""
    return attempt.call(low=low, high=high, n=n, rng=np.random.default_rng(seed))


def judge_draws(drawn: np.ndarray, low: float, high: float) -> None:
    """Nothing if the draws lie in the range, each third of the exponents equally often."""
    exponents = np.log10([low, high])
    if drawn.min() >= exponents[0] and drawn.max() <= exponents[1] and drawn.min() < low:
        raise Mistake("exponents")
    if drawn.min() < low * (1 - 1e-9) or drawn.max() > high * (1 + 1e-9):
        ends = np.log10([max(drawn.min(), 1e-300), drawn.max()])
        if np.allclose(ends, np.log([low, high]), atol=0.1):
            raise Mistake("mixed bases")
        raise Wrong(
            f"All numbers must lie between {low:g} and {high:g}, but yours reach from "
            f"{drawn.min():.4g} to {drawn.max():.4g}."
        )
    if len(np.unique(drawn)) < 20:
        raise Mistake("whole exponents")
    inner = np.geomspace(low, high, 4)[1:3]
    shares = np.histogram(drawn, [low, *inner, high])[0] / len(drawn)
    if np.abs(shares - 1 / 3).max() > 0.05:
        if shares[-1] > 0.8:
            raise Mistake("even")
        raise Wrong(
            "The three powers of ten should get a third of the numbers each, but yours get "
            + ", ".join(f"{share:.0%}" for share in shares)
            + "."
        )


@checks("6.10")
def newton(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for p in (2, 2, 3, 5):
        root = rng.normal(size=(p, p))
        hessian = (root @ root.T + np.eye(p)).round(2)
        v, slope = rng.normal(size=p).round(1), rng.normal(size=p).round(1)
        expected = v - np.linalg.inv(hessian) @ slope
        yield attempt.trial(expected, v=v, gradient=slope, hessian=hessian)


@checks("6.11")
def momentum(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for size in (2, 3, 4):
        w, v, slope = rng.normal(size=(3, size)).round(1)
        eta, mu = round(float(rng.uniform(0.05, 0.4)), 2), round(float(rng.uniform(0.3, 0.95)), 2)
        speed = mu * v - eta * slope
        yield attempt.trial((w + speed, speed), w=w, v=v, slope=slope, eta=eta, mu=mu)


@checks("6.12")
def final_velocity(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for mu in (0.0, 0.5, 0.9, -0.5, 0.99):
        eta, slope = round(float(rng.uniform(0.05, 1)), 2), float(rng.choice([-3, -1, 2, 4]))
        yield attempt.trial(-eta * slope / (1 - mu), mu=mu, eta=eta, slope=slope)
    for mu in (1.0, 1.1, 2.0):
        for slope in (2.0, -2.0):
            expected = -math.copysign(math.inf, slope)
            got = attempt.call(mu=mu, eta=0.1, slope=slope)
            if mu > 1 and difference(got, -0.1 * slope / (1 - mu)) is None:
                raise Mistake("formula for all")
            yield Trial(got, expected, {"mu": mu, "eta": 0.1, "slope": slope})


@checks("6.14")
def adam(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for t in (1, 1, 2, 10):
        w, slope = rng.normal(size=(2, 3)).round(1)
        m = np.zeros(3) if t == 1 else rng.normal(size=3).round(2)
        s = np.zeros(3) if t == 1 else rng.uniform(0.1, 1, 3).round(2)
        eta = 0.1
        new_m, new_s = 0.9 * m + 0.1 * slope, 0.999 * s + 0.001 * slope**2
        step = new_m / (1 - 0.9**t) / (np.sqrt(new_s / (1 - 0.999**t)) + 1e-8)
        expected = (w - eta * step, new_m, new_s)
        yield attempt.trial(expected, 1e-6, w=w, m=m, s=s, t=t, slope=slope, eta=eta)


FORBIDDEN = {"sigmoid", "expit", "exp", "exp2", "expm1", "sinh", "cosh", "math", "e"}


@checks("6.15")
def sigmoid_by_tanh(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    places: list[Any] = [0.0, *rng.uniform(-3, 3, 3).round(1).tolist()]
    for z in (*places, rng.uniform(-5, 5, (2, 3)).round(1)):
        yield attempt.trial(sigmoid(np.asarray(z)), z=z)
    if body.code_of(attempt.value) is None or body.names(attempt.value) & FORBIDDEN:
        raise Mistake("forbidden")


@checks("6.16")
def translate(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n, h, o in ((2, 3, 2), (4, 2, 3), (1, 5, 1)):
        W1, b1 = rng.normal(size=(h, n)).round(1), rng.normal(size=h).round(1)
        W2, b2 = rng.normal(size=(o, h)).round(1), rng.normal(size=o).round(1)
        expected = (W1 / 2, b1 / 2, W2 / 2, b2 + W2.sum(axis=1) / 2)
        yield attempt.trial(expected, W1=W1, b1=b1, W2=W2, b2=b2)
