"""Checkers of chapter 03: the two assumptions, BP1 to BP4, shapes, variants, paths, notations."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from nnbook.exercises.answer import Unreadable, numbers, show
from nnbook.exercises.attempt import Attempt, Trial
from nnbook.exercises.judge import Checkers, Mistake, Wrong

checks = Checkers()

Arrays = list[np.ndarray]
ORDINALS = ("first", "second", "third", "fourth", "fifth")


def sigma(z: Any) -> Any:
    """The sigmoid by tanh: not the reader's formula."""
    return (1 + np.tanh(np.asarray(z) / 2)) / 2


def slope(z: Any) -> Any:
    """σ′ = σ(1 − σ)."""
    return sigma(z) * (1 - sigma(z))


def column(rng: np.random.Generator, n: int) -> np.ndarray:
    """A random column (n, 1) with two decimals."""
    return rng.normal(size=(n, 1)).round(2)


def matrix(rng: np.random.Generator, n_out: int, n_in: int) -> np.ndarray:
    """Random weights (n_out, n_in) with two decimals."""
    return rng.normal(size=(n_out, n_in)).round(2)


def parts(value: Any, count: int, what: str) -> list[Any]:
    """The parts of a list that is handed in as a value, or Wrong if there are not `count`."""
    if isinstance(value, np.ndarray) and value.ndim:
        value = list(value)
    if not isinstance(value, (list, tuple)) or len(value) != count:
        raise Wrong(f"A list of {count} {what} is asked for.")
    return list(value)


def one_by_one(answer: Any, expected: list[Any], what: str) -> Iterator[Trial]:
    """A trial for each part of a list: the message names the place, not the right value."""
    for name, got, right in zip(ORDINALS, parts(answer, len(expected), what), expected,
                                strict=False):  # fmt: skip
        words = f"Look at the {name} again: `{show(got)}` is not right."
        if _texts(got):
            words = f"The {name}, `{show(got)}`, is a text. Write numbers, without quotes."
        yield Trial(got, right, f"the {name}", 1e-4, words)


def _texts(value: Any) -> bool:
    """True for a text, and for a list with one in it."""
    return any(map(_texts, value)) if isinstance(value, (tuple, list)) else isinstance(value, str)


@checks("3.1")
def assumptions(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    yield from one_by_one(attempt.value, [0, 1, 0, 2, 1], "numbers, each 0, 1 or 2,")


@checks("3.3")
def output_error(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for shape in ((3,), (2, 1), (1,), (4, 1), (5, 3)):
        z, y = rng.uniform(-3, 3, size=shape).round(2), rng.integers(0, 2, size=shape) * 1.0
        yield attempt.trial((sigma(z) - y) * slope(z), z=z, y=y)


@checks("3.4")
def error_in_front(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for behind, n in ((2, 2), (3, 3), (2, 4), (3, 1)):
        w, delta, z = matrix(rng, behind, n), column(rng, behind), column(rng, n)
        yield attempt.trial((w.T @ delta) * slope(z), w=w, delta=delta, z=z)


@checks("3.5")
def gradients(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n_out, n_in in ((2, 2), (3, 2), (1, 4), (4, 3)):
        delta, a_in = column(rng, n_out), rng.uniform(0.1, 1, size=(n_in, 1)).round(2)
        yield attempt.trial((delta, delta * a_in[:, 0]), delta=delta, a_in=a_in)


@checks("3.6")
def shapes(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    given = [_shape(one) for one in parts(attempt.value, 5, "shapes")]
    expected = [(16, 30), (16, 10), (16, 30), (30, 784), (30,)]
    yield from one_by_one(given, expected, "shapes")


def _shape(one: Any) -> Any:
    """A shape as a tuple of whole numbers; 30 and [30] stand for (30,)."""
    told = "A shape is a tuple of whole numbers, such as (3, 2) or (4,)."
    try:
        array = np.atleast_1d(numbers(one))
    except Unreadable:
        raise Wrong(told) from None
    if array.ndim > 1 or not np.isfinite(array).all():
        raise Wrong(told)
    sizes = array.tolist()
    return tuple(int(size) if size == int(size) else size for size in sizes)


@checks("3.8")
def first_error(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in ((3, 3, 3), (2, 2), (2, 3, 4), (4, 2)):
        zs = [rng.uniform(-2, 2, size=n).round(2) for n in sizes]
        weights = [matrix(rng, *pair) for pair in zip(sizes[1:], sizes, strict=False)]
        nabla = rng.normal(size=sizes[-1]).round(2)
        yield attempt.trial(_back(zs, weights, nabla), zs=zs, weights=weights, nabla=nabla)


def _back(zs: Arrays, weights: Arrays, nabla: np.ndarray) -> np.ndarray:
    delta = nabla * slope(zs[-1])
    for w, z in zip(weights[::-1], zs[-2::-1], strict=True):
        delta = (w.T @ delta) * slope(z)
    return delta


@checks("3.9")
def by_hand(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    yield from one_by_one(attempt.value, [-0.125, -0.09375, -0.0625, -0.1875], "numbers")


@checks("3.10")
def errors(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    bends: list[tuple[Any, Any]] = [
        (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
        (np.sin, np.cos),
        (lambda z: 0.5 * z * z, lambda z: 1.0 * z),
    ]
    for (n_in, n, n_out), (f, f_slope) in zip(((2, 3, 2), (3, 2, 1), (1, 4, 3)), bends,
                                              strict=True):  # fmt: skip
        x, y = column(rng, n_in), rng.integers(0, 2, size=(n_out, 1)) * 1.0
        w2, b2, w3, b3 = (
            matrix(rng, n, n_in),
            column(rng, n),
            matrix(rng, n_out, n),
            column(rng, n_out),
        )
        j = int(rng.integers(0, n))
        z2 = w2 @ x + b2
        mine = np.arange(n)[:, None] == j
        a3 = sigma(w3 @ np.where(mine, f(z2), sigma(z2)) + b3)
        delta3 = (a3 - y) * a3 * (1 - a3)
        delta2 = (w3.T @ delta3) * np.where(mine, f_slope(z2), slope(z2))
        yield attempt.trial(
            (delta2, delta3), w2=w2, b2=b2, w3=w3, b3=b3, x=x, y=y, j=j, f=f, f_slope=f_slope
        )


def _network(
    rng: np.random.Generator, sizes: tuple[int, ...], *, columns: bool
) -> tuple[Arrays, Arrays]:
    """Random weights and biases; biases are columns (n, 1) or plain vectors (n,)."""
    weights = [matrix(rng, *pair) for pair in zip(sizes[1:], sizes, strict=False)]
    biases = [column(rng, n) for n in sizes[1:]]
    return weights, biases if columns else [b[:, 0] for b in biases]


@checks("3.11")
def linear_backprop(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in ((2, 2, 2), (2, 3, 1), (3, 2), (1, 2, 3, 2)):
        weights, biases = _network(rng, sizes, columns=True)
        x, y = column(rng, sizes[0]), column(rng, sizes[-1])
        expected = _linear(weights, biases, x, y)
        yield attempt.trial(expected, weights=weights, biases=biases, x=x, y=y)


def _linear(
    weights: Arrays, biases: Arrays, x: np.ndarray, y: np.ndarray
) -> tuple[tuple[np.ndarray, ...], tuple[np.ndarray, ...]]:
    """Slopes of biases and weights without an activation."""
    activations = [x]
    for w, b in zip(weights, biases, strict=True):
        activations.append(w @ activations[-1] + b)
    delta = activations[-1] - y
    nabla_b, nabla_w = [], []
    for layer in reversed(range(len(weights))):
        nabla_b.append(delta)
        nabla_w.append(delta * activations[layer][:, 0])
        if layer:
            delta = weights[layer].T @ delta
    return tuple(nabla_b[::-1]), tuple(nabla_w[::-1])


@checks("3.12")
def backprop(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    lines = []
    for sizes, m in (
        ((2, 2, 2), 3), ((3, 3, 3, 3), 2), ((4, 3, 2), 5), ((2, 1), 4), ((2, 1), 40),
    ):  # fmt: skip
        weights, biases = _network(rng, sizes, columns=False)
        X = rng.uniform(size=(m, sizes[0])).round(2)
        Y = rng.integers(0, 2, size=(m, sizes[-1])) * 1.0
        expected = _batch(weights, biases, X, Y)
        yield attempt.trial(expected, weights=weights, biases=biases, X=X, Y=Y)
        lines.append(attempt.lines)
    if lines[-1] > lines[-2]:
        raise Mistake("loop")


def _batch(
    weights: Arrays, biases: Arrays, X: np.ndarray, Y: np.ndarray
) -> tuple[tuple[np.ndarray, ...], tuple[np.ndarray, ...]]:
    """Slopes of biases and weights, summed over the rows."""
    activations = [X]
    for w, b in zip(weights, biases, strict=True):
        activations.append(sigma(activations[-1] @ w.T + b))
    delta = (activations[-1] - Y) * activations[-1] * (1 - activations[-1])
    nabla_b, nabla_w = [], []
    for w, a_in in zip(weights[::-1], activations[-2::-1], strict=True):
        nabla_b.append(delta.sum(axis=0))
        nabla_w.append(np.einsum("xj,xk->jk", delta, a_in))
        delta = (delta @ w) * a_in * (1 - a_in)
    return tuple(nabla_b[::-1]), tuple(nabla_w[::-1])


@checks("3.13")
def count_paths(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for length in (4, 3, 5, 2):
        sizes = [int(n) for n in rng.integers(2, 12, size=length)]
        yield attempt.trial(math.prod(sizes[2:]), 0, sizes=sizes)


@checks("3.14")
def updates(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for inputs, hidden, outputs in ((2, 3, 2), (3, 2, 1), (2, 2, 2)):
        g, e = rng.normal(size=outputs).round(2), rng.normal(size=hidden).round(2)
        b, x = rng.uniform(0.1, 1, size=hidden).round(2), rng.normal(size=inputs).round(2)
        eta = round(float(rng.uniform(0.2, 2)), 1)
        expected = (eta * b[:, None] * g, -eta * g, eta * x[:, None] * e, -eta * e)
        yield attempt.trial(expected, g=g, e=e, b=b, x=x, eta=eta)


@checks("3.15")
def which_weight(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    expected = [(3, 1, 3), (2, 2, 1), (4, 1, 2)]
    yield from one_by_one(attempt.value, expected, "triples (l, j, k)")
