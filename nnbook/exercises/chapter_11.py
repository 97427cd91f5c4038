"""Checkers of chapter 11: letters, words and shapes, and a small index and search."""

from __future__ import annotations

import math
from collections.abc import Iterator
from numbers import Integral

import numpy as np

from nnbook.exercises.attempt import Attempt, Trial
from nnbook.exercises.judge import Checkers, Wrong

checks = Checkers()

LETTERS = ("η", "λ", "μ", "δ", "σ", "θ")
WORDS = (
    "weight",
    "bias",
    "gradient descent",
    "backpropagation",
    "overfitting",
    "vanishing gradient",
)


@checks("11.1")
def letters(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    yield matched(attempt.value, "cefadb", LETTERS)


@checks("11.2")
def two_languages(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    yield matched(attempt.value, "dcfbae", WORDS)


def matched(value: object, key: str, items: tuple[str, ...]) -> Trial:
    """A quiz in which each of the items gets one letter; what is wrong is named, not mended."""
    if not isinstance(value, str):
        raise Wrong(f'Hand in one text of {len(key)} letters, such as "{"".join(sorted(key))}".')
    given = "".join(value.replace(",", " ").split()).casefold()
    if sorted(given) != sorted(key):
        raise Wrong(
            f"Each of the letters {', '.join(sorted(key))} should stand in your text once, "
            f"but it is {value!r}."
        )
    wrong = [item for item, one, other in zip(items, given, key, strict=True) if one != other]
    right = len(items) - len(wrong)
    words = f"{right} of {len(items)} are right. Look again at: {', '.join(wrong)}."
    return Trial(given, key, value, words=words)


@checks("11.3")
def layer_shapes(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for m, n_in, n_out in sizes(rng):
        expected = ((n_out, n_in), (n_out,), (m, n_out), (m, n_out))
        yield shapes_trial(attempt, expected, m, n_in, n_out)


@checks("11.4")
def product_shapes(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for m, n_in, n_out in sizes(rng):
        delta, a_in, W = np.zeros((m, n_out)), np.zeros((m, n_in)), np.zeros((n_out, n_in))
        arrays = (delta @ W, delta.sum(axis=0), delta.T @ a_in)
        expected = tuple(one.shape for one in arrays)
        yield shapes_trial(attempt, expected, m, n_in, n_out)


def shapes_trial(
    attempt: Attempt, expected: tuple[tuple[int, ...], ...], m: int, n_in: int, n_out: int
) -> Trial:
    """A trial of a function that returns shapes; 3 is not taken for the shape (3,)."""
    trial = attempt.trial(expected, m=m, n_in=n_in, n_out=n_out)
    for part in trial.got if isinstance(trial.got, (tuple, list)) else ():
        if isinstance(part, Integral):
            raise Wrong(
                f"{part} alone is a number. A shape with one length is written with a comma: "
                f"`({part},)`. Hand in {len(expected)} shapes, each in its own brackets."
            )
    return trial


def sizes(rng: np.random.Generator) -> Iterator[list[int]]:
    """Three different numbers each time, so that no two shapes agree by chance."""
    for _ in range(4):
        yield [int(k) for k in rng.choice(np.arange(2, 40), 3, replace=False)]


@checks("11.5")
def count(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for _ in range(3):
        n = [int(k) for k in rng.integers(2, 40, 4)]
        shapes = [shape for j in range(3) for shape in ((n[j + 1], n[j]), (n[j + 1],))]
        yield attempt.trial(sum(map(math.prod, shapes)), shapes=shapes)
    maps = int(rng.integers(4, 30))
    kernels: list[tuple[int, ...]] = [(maps, 5, 5, 1), (maps,), (10, 144 * maps), (10,)]
    yield attempt.trial(sum(map(math.prod, kernels)), shapes=kernels)
    yield attempt.trial(0, shapes=[])


@checks("11.6")
def shared(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    yield attempt.trial(2, symbols=["w", "λ", "", "H", "λ", "H", ""])
    for _ in range(4):
        symbols = [str(one) for one in rng.choice([*"wbzaCHδλμησ", "", ""], 15)]
        symbols += ["λ", "λ", "λ", "", ""]
        expected = sum(symbols.count(one) > 1 for one in set(symbols) - {""})
        yield attempt.trial(expected, symbols=symbols)


@checks("11.7")
def find(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    names = ["mini-batch", "batch", "bias", "Gauss–Newton matrix", "skip connection", "L1"]
    yield attempt.trial((0,), names=["mini-batch", "batch", "bias"], text="Mini Batch")
    for text in ("BATCH", "batch", "Skip-Connection", "l1", "connection", "nothing"):
        mixed = [str(one) for one in rng.permutation(names)]
        wanted = text.lower().replace("-", " ")
        expected = [j for j, name in enumerate(mixed) if wanted in name.lower().replace("-", " ")]
        yield attempt.trial(tuple(expected), names=mixed, text=text)
