"""Checkers of chapter 06, second part: thresholds, when to stop, how to halve."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nnbook.exercises.answer import Unreadable, numbers
from nnbook.exercises.attempt import Attempt, Trial
from nnbook.exercises.judge import Checkers, Mistake, Wrong

checks = Checkers()


@checks("6.4")
def threshold(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    etas = [0.01, 0.03, 0.1, 0.3, 1.0]
    good, bumpy = [3.0, 2.0, 1.5, 1.2], [3.0, 1.6, 1.8, 1.1]
    early, bad = [3.0, 3.4, 1.0, 0.9], [3.0, 4.0, 5.0, 6.0]
    best = [3.0, 1.0, 0.6, 0.5]
    for courses, expected in (
        ([good, best, bumpy, early, bad], 0.1),
        ([bumpy, good, early, best, bad], 0.03),
        ([early, good, good, bad, bad], 0),
        ([good, bumpy, best, good, good], 1.0),
    ):
        noise = float(rng.uniform(0.9, 1.1))
        scaled = [[round(noise * cost, 3) for cost in course] for course in courses]
        yield attempt.trial(expected, etas=etas, courses=scaled)


@checks("6.5")
def stop_epoch(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for accuracies, n in (
        ([0.5, 0.7, 0.6, 0.65, 0.66, 0.8], 3),
        ([0.5, 0.6, 0.6, 0.6, 0.6, 0.6], 3),
        ([0.1, 0.2, 0.3], 2),
        (wandering(rng, 30), 4),
        (wandering(rng, 30), 2),
        (wandering(rng, 40), 6),
    ):
        yield attempt.trial(no_improvement(accuracies, n), 0, accuracies=accuracies, n=n)


def wandering(rng: np.random.Generator, epochs: int) -> list[float]:
    """Accuracies that rise and then tremble on a plateau, to two digits, so that some are equal."""
    rise = 0.95 - 0.4 * np.exp(-np.arange(epochs) / rng.uniform(2, 6))
    return (rise + rng.normal(0, 0.015, epochs)).round(2).tolist()


def no_improvement(accuracies: list[float], n: int) -> int:
    """The epoch at which no-improvement-in-n stops."""
    best, at = -1.0, 0
    for epoch, accuracy in enumerate(accuracies, start=1):
        if accuracy > best:
            best, at = accuracy, epoch
        elif epoch - at >= n:
            return epoch
    return len(accuracies)


RUNS, LONGEST, POINTS = 40, 60, 0.4


@checks("6.6")
def stop(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    runs = [simulated(rng) for _ in range(RUNS)]
    stopped = [one_stop(attempt, run) for run in runs]
    theirs = [no_improvement(run, 10) for run in runs]
    epochs, usual = float(np.mean(stopped)), float(np.mean(theirs))
    lost = 100 * float(
        np.mean(
            [max(run[:b]) - max(run[:a]) for run, a, b in zip(runs, stopped, theirs, strict=True)]
        )
    )
    told = (
        f"Your rule trains {epochs:.1f} epochs on average, no-improvement-in-10 {usual:.1f}; "
        f"your best accuracy is {lost:.2f} points lower."
    )
    if min(stopped) == LONGEST:
        raise Mistake("never")
    if len(set(stopped)) == 1:
        raise Mistake("fixed")
    if epochs >= usual or lost > POINTS:
        if stopped == [first_fall(run) for run in runs]:
            raise Mistake("first fall")
        why = "It stops too late." if epochs >= usual else "It stops too early."
        raise Wrong(f"{told} {why}")
    attempt.note = told
    yield Trial(lost, lost, "40 made-up runs")


def simulated(rng: np.random.Generator) -> list[float]:
    """A made-up run: one or two rises, with a plateau between them, and noise."""
    epoch = np.arange(LONGEST)
    first, second = rng.uniform(1, 6), rng.uniform(2, 5)
    late, step = rng.uniform(5, 12), rng.choice([0.0, 0.02])
    curve = 0.93 - 0.3 * np.exp(-epoch / first) - step / (1 + np.exp((epoch - late) / second))
    return (curve + rng.normal(0, 0.003, LONGEST)).tolist()


def one_stop(attempt: Attempt, run: list[float]) -> int:
    """After how many epochs the reader's rule stops this run."""
    for epoch in range(1, LONGEST):
        try:
            answer = numbers(attempt.call(accuracies=run[:epoch]))
        except Unreadable as problem:
            told = f"`True` or `False` is asked for, but what was returned {problem}."
            raise Wrong(told) from None
        if answer.shape != ():
            raise Wrong(f"`True` or `False` is asked for, not an array of shape {answer.shape}.")
        if answer not in (0, 1):
            raise Wrong(f"`True` or `False` is asked for, but your function returned {answer:g}.")
        if answer:
            return epoch
    return LONGEST


def first_fall(run: list[float]) -> int:
    return next((k + 2 for k in range(LONGEST - 2) if run[k + 1] < run[k]), LONGEST)


@checks("6.7")
def halving(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    flat = [0.5, 0.9, *[0.8] * 10]
    for accuracies, patience in (
        (flat, 1),
        (wandering(rng, 30), 3),
        ([0.5, 0.7, 0.6, 0.65, 0.66, 0.64, 0.8, 0.7, 0.7, 0.7, 0.75, 0.9], 2),
        (wandering(rng, 60), 2),
        ([0.2, 0.4, 0.6], 2),
    ):
        eta = float(rng.choice([0.5, 1.0, 2.0]))
        expected = halved(accuracies, eta, patience)
        yield attempt.trial(expected, 1e-9, accuracies=accuracies, eta=eta, patience=patience)


def halved(accuracies: list[float], eta: float, patience: int) -> list[float]:
    """The learning rate of each epoch."""
    rates, halvings, best, since = [], 0, -1.0, 0
    for accuracy in accuracies:
        rates.append(eta / 2**halvings)
        best, since = (accuracy, 0) if accuracy > best else (best, since + 1)
        if since == patience:
            halvings, since = halvings + 1, 0
        if halvings == 7:
            break
    return rates
