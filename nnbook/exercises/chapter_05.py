"""Checkers of chapter 05: overfitting, penalties, dropout, shifted images, the start, δ again."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nnbook.exercises.answer import Unreadable, difference, numbers
from nnbook.exercises.attempt import Attempt, Trial
from nnbook.exercises.judge import Checkers, Mistake

checks = Checkers()


@checks("5.1")
def read_curves(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for epochs in (6, 9, 12):
        training = np.sort(rng.uniform(0.8, 1.0, epochs)).round(3)
        validation = rng.uniform(0.6, 0.8, epochs).round(3)
        best = int(rng.integers(1, epochs - 2))
        validation[best] = validation[best + 2] = 0.85  # reached twice: the first counts
        gap = float(training[-1] - validation[-1])
        yield attempt.trial((best + 1, gap), training=training, validation=validation)


@checks("5.2")
def penalised_cost(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n in (4, 5, 10):
        costs = rng.uniform(0, 2, n).round(2)
        weights = [rng.normal(0, 1, shape).round(1) for shape in ((3, 2), (2, 3))]
        strength = round(float(rng.uniform(1, 4)), 1)
        squares = sum(float((w**2).sum()) for w in weights)
        expected = float(costs.mean()) + strength / (2 * n) * squares
        yield attempt.trial(expected, costs=costs, weights=weights, lambda_=strength)


@checks("5.3")
def decay_step(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n in (10, 20, 40):
        w, grad_w = rng.normal(0, 1, (2, 2, 3)).round(1)
        b, grad_b = rng.normal(0, 1, (2, 2)).round(1)
        eta, strength = round(float(rng.uniform(0.2, 1)), 1), round(float(rng.uniform(2, 8)), 1)
        expected = ((1 - eta * strength / n) * w - eta * grad_w, b - eta * grad_b)
        yield attempt.trial(
            expected,
            w=w,
            b=b,
            grad_w=grad_w,
            grad_b=grad_b,
            learning_rate=eta,
            lambda_=strength,
            n=n,
        )


@checks("5.4")
def strength_and_size(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    expected = (5.0, (1 - 0.5 * 5.0 / 50_000) ** 5000)
    yield Trial(attempt.value, expected, "n = 50,000", 1e-3)


@checks("5.5")
def fit_line(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n, strength in ((5, 0.0), (6, 2.0), (8, 7.0)):
        x = rng.uniform(0, 5, n).round(1)
        y = (2 * x + 3 + rng.normal(0, 1, n)).round(1)
        away = x - x.mean()
        w = float(away @ (y - y.mean()) / (away @ away + strength))
        yield attempt.trial((w, float(y.mean() - w * x.mean())), x=x, y=y, lambda_=strength)


@checks("5.6")
def l1_step(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n in (5, 10, 20):
        w, gradient = rng.normal(0, 1, (2, 6)).round(1)
        w[2] = 0.0
        eta, strength = round(float(rng.uniform(0.2, 1)), 1), round(float(rng.uniform(2, 8)), 1)
        expected = w - eta * (gradient + strength / n * np.sign(w))
        trial = attempt.trial(
            expected, w=w, gradient=gradient, learning_rate=eta, lambda_=strength, n=n
        )
        if is_nan(trial.got):
            raise Mistake("divided by zero")
        yield trial


@checks("5.7")
def vote(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for networks, images in ((3, 4), (5, 6), (4, 7)):
        answers = rng.integers(1, 10, (networks, images))
        answers[: networks // 2 + 1, 0] = 9  # a majority
        answers[:, 1] = [2, 7, 2, 7, 7][:networks]  # a tie of four networks goes to the 2
        expected = np.array([np.bincount(column, minlength=10).argmax() for column in answers.T])
        yield attempt.trial(expected, 1e-6, answers=answers)


@checks("5.8")
def dropout(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for shape, p in (((2, 4), 0.5), ((3, 5), 0.25), ((4, 6), 0.75)):
        a, noise = rng.uniform(0.1, 1, shape).round(2), rng.uniform(0, 1, shape).round(2)
        noise[0, :2] = 0.1, 0.9  # one dropped and one kept at least
        expected = np.where(noise >= p, a / (1 - p), 0.0)
        trial, again = (attempt.trial(expected, a=a, p=p, noise=noise) for _ in range(2))
        if differ(trial.got, again.got):
            raise Mistake("own chance")
        yield trial


@checks("5.9")
def shift(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for down, right in ((1, 0), (0, -1), (-2, 1), (0, 0)):
        image = rng.integers(1, 256, (4, 5))
        padded = np.pad(image, 3)
        expected = padded[3 - down : 7 - down, 3 - right : 8 - right]
        yield attempt.trial(expected, 1e-6, image=image, down=down, right=right)


@checks("5.12")
def sd_of_z(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    cases = ((1000, 500, 1.0), (1000, 500, 1000**-0.5), (784, 150, 0.5))
    trials = [
        attempt.trial(float(np.sqrt(on * sd**2 + 1)), n_in=n_in, on=on, weight_sd=sd)
        for n_in, on, sd in cases
    ]
    off = [difference(one.got, one.expected, 0.1) for one in trials]
    if not any(off) and any(difference(one.got, one.expected) for one in trials):
        raise Mistake("simulated")
    yield from trials


@checks("5.13")
def scaled_start(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n_out, n_in in ((2, 4), (3, 9), (4, 5)):
        W, b = rng.normal(0, 1, (n_out, n_in)).round(2), rng.normal(0, 1, n_out).round(2)
        yield attempt.trial((W / np.sqrt(n_in), b), W=W, b=b)


@checks("5.14")
def decay_factor(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for eta, strength, n, m, epochs in (
        (0.1, 5.0, 50_000, 10, 1), (0.5, 0.1, 1000, 10, 4), (0.5, 2.0, 500, 50, 10),
    ):  # fmt: skip
        expected = (1 - eta * strength / n) ** (n // m * epochs)
        yield attempt.trial(
            expected, learning_rate=eta, lambda_=strength, n=n, batch_size=m, epochs=epochs
        )


@checks("5.16")
def delta(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for z in (rng.uniform(-3, 3, 4).round(1), np.array([-800.0, -60.0, 60.0, 800.0])):
        y = rng.integers(0, 2, 4).astype(float)
        y[0], y[-1] = 1.0, 0.0  # badly wrong where z is large
        a = (1 + np.tanh(z / 2)) / 2
        trial = attempt.trial(a - y, z=z, y=y)
        if is_nan(trial.got):
            raise Mistake("division")
        yield trial


def is_nan(value: object) -> bool:
    """True if a number, or one in an array, is nan; False for what is no number at all."""
    try:
        return bool(np.isnan(numbers(value)).any())
    except Unreadable:
        return False


def differ(one: object, other: object) -> bool:
    """True if both are numbers of the same shape, and not the same ones."""
    try:
        first, second = numbers(one), numbers(other)
    except Unreadable:
        return False
    return first.shape == second.shape and not np.array_equal(first, second, equal_nan=True)
