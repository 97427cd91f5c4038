"""Checkers of chapter 02, second part: targets, cost, descent, mini-batches, accuracy, 784-10."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nnbook.exercises.answer import Unreadable, numbers
from nnbook.exercises.attempt import Attempt, Raised, Trial
from nnbook.exercises.judge import Checkers, Mistake, Wrong

checks = Checkers()

# Test accuracy of 784-10 networks that have learned: lowest and highest to be believed.
# Measured here: 0.55 to 0.92 on MNIST, 0.40 to 0.75 on the built-in digits.
BELIEVED = {True: (0.5, 0.93), False: (0.3, 0.97)}


@checks("2.8")
def one_hot(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n, classes in ((3, 4), (4, 6), (5, 10)):
        labels = rng.integers(0, classes - 1, size=n)  # the last class is missing
        expected = (labels[:, None] == np.arange(classes)).astype(int)
        yield attempt.trial(expected, labels=labels, classes=classes)


@checks("2.9")
def cost(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for shape in ((3,), (10,), (4, 3), (2, 10), (1, 2)):
        a, y = rng.uniform(size=shape).round(2), rng.integers(0, 2, size=shape)
        rows = np.atleast_2d(y - a)
        yield attempt.trial(float((rows**2).sum() / 2 / len(rows)), a=a, y=y)


@checks("2.10")
def descend(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for _ in range(4):
        v, rate = rng.uniform(-3, 3, size=2).round(1), round(float(rng.uniform(0.05, 0.4)), 2)
        yield attempt.trial(v * [1 - 2 * rate, 1 - 8 * rate], v=v, learning_rate=rate)


@checks("2.13")
def mini_batches(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n, size in ((60, 10), (47, 10), (25, 4)):
        given = f"`n = {n}, batch_size = {size}`"
        orders = [one_epoch(attempt, n, size, rng, given) for _ in range(2)]
        if np.array_equal(orders[0], np.arange(n)):
            raise Mistake("not shuffled")
        if np.array_equal(orders[0], orders[1]):
            raise Mistake("own seed")
        one, other = (
            one_epoch(attempt, n, size, np.random.default_rng(1), given) for _ in range(2)
        )
        if not np.array_equal(one, other):
            raise Mistake("other source")
        yield Trial(np.sort(orders[1]), np.arange(n), given, 0)


def one_epoch(
    attempt: Attempt, n: int, size: int, rng: np.random.Generator, given: str
) -> np.ndarray:
    """The indices of one call in their order (n,), if the groups are right."""
    result = attempt.call(n=n, batch_size=size, rng=rng)
    try:
        groups = [numbers(group) for group in result]
    except (TypeError, Unreadable):
        told = "A list of groups is asked for, each a list or array of indices."
        raise Wrong(told) from None
    if groups and all(group.ndim == 0 for group in groups):
        raise Mistake("one flat list")
    if any(np.size(group) and np.asarray(group).dtype.kind == "f" for group in result):
        raise Wrong("Your indices are decimal numbers. An array takes whole numbers as indices.")
    order = np.concatenate([np.zeros(0), *map(np.ravel, groups)])
    judge_groups([np.size(group) for group in groups], order, n, size, given)
    return order


def judge_groups(sizes: list[int], order: np.ndarray, n: int, size: int, given: str) -> None:
    """Nothing if the groups hold each index once and have the sizes asked; else what is wrong."""
    expected = [size] * (n // size) + [n % size] * (n % size > 0)
    if len(set(order.tolist())) < len(order):
        raise Mistake("repeated")
    if sizes == expected[:-1]:
        raise Mistake("rest dropped" if n % size else "last group missing")
    if sizes != expected:
        if len(sizes) == size:
            raise Mistake("number of groups")
        raise Wrong(f"For {given} the groups should have the sizes {expected}, not {sizes}.")
    if not np.array_equal(np.sort(order), np.arange(n)):
        raise Wrong(f"For {given} the indices must be 0 to {n - 1}.")


@checks("2.15")
def accuracy(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n in (1, 5, 8, 12, 20):
        outputs = rng.permuted(np.tile(np.arange(10) / 11, (n, 1)), axis=1).round(2)
        best = outputs.argmax(axis=1)
        labels = np.where(rng.uniform(size=n) < 0.65, best, rng.integers(0, 10, size=n))
        try:
            yield attempt.trial(float((best == labels).mean()), outputs=outputs, labels=labels)
        except Raised as error:
            if error.has("broadcast"):
                raise Mistake("columns") from None
            raise


@checks("2.16")
def confusion(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for classes, n in ((3, 8), (4, 15), (10, 30)):
        labels = rng.integers(0, classes - 1, size=n)
        predictions = np.where(rng.uniform(size=n) < 0.6, labels, rng.integers(0, classes, n))
        expected = np.array(
            [[((labels == i) & (predictions == j)).sum() for j in range(classes)]
             for i in range(classes)]
        )  # fmt: skip
        yield attempt.trial(expected, 1e-6, labels=labels, predictions=predictions, classes=classes)


@checks("2.17")
def no_hidden_layer(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    from nnbook import History, Network, load_mnist
    from nnbook.events import Score

    digits = load_mnist(quiet=True)
    lowest, highest = BELIEVED[digits.is_mnist]
    if isinstance(attempt.value, Network):
        network = attempt.value
        if len(network.layers) > 1:
            raise Mistake("hidden layer")
        if network.output_shape != (10,) or int(np.prod(network.input_shape)) != 784:
            raise Wrong("The network must have 784 inputs and 10 outputs.")
        share = float(network.accuracy(digits.test))
        attempt.note = f"Its accuracy is {share:.3f}."
        if share < lowest:
            raise Mistake("not trained" if share < 0.2 else "too low")
    else:
        if isinstance(attempt.value, (History, Score, bool)):
            kind = type(attempt.value).__name__
            raise Wrong(f"This is a {kind}. Hand in the trained `network`, or one number.")
        try:
            share = float(numbers(attempt.value))
        except (Unreadable, TypeError):
            raise Wrong("Hand in a trained `Network`, or one number.") from None
        attempt.note = "(A number is taken on trust; a network is measured.)"
        if share > 1:
            raise Mistake("per cent")
        if share < lowest or not np.isfinite(share):
            raise Mistake("too low")
        if share > highest:
            raise Mistake("too good")
    yield Trial(share, share, "the test images")
