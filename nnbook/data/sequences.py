"""Small sequences whose answer needs memory (chapter 10)."""

from __future__ import annotations

import numpy as np

from nnbook import checks
from nnbook.data.dataset import Dataset


def first_symbol(
    n: int, steps: int, *, symbols: int = 4, rng: np.random.Generator | int = 0
) -> Dataset:
    """`n` sequences of `steps` symbols; the label is the first one: what was said long ago?

    The first step holds one of `symbols` symbols, each later one of as many others, which mean
    nothing. Inputs (n, steps, 2 · symbols) are one-hot rows, for a network that starts with
    (steps, 2 · symbols). Who does not see the first step guesses, right once in `symbols` times.
    """
    checks.whole("n", n)
    checks.whole("steps", steps)
    checks.whole("symbols", symbols, low=2)
    rng = checks.generator("rng", rng)
    said = symbols + rng.integers(0, symbols, (n, steps))
    said[:, 0] = rng.integers(0, symbols, n)
    name = f"first of {steps} symbols"
    return Dataset(np.eye(2 * symbols)[said], said[:, 0], classes=symbols, name=name)


def parity(n: int, steps: int, *, rng: np.random.Generator | int = 0) -> Dataset:
    """`n` sequences of `steps` random bits; at each step: is the number of ones so far odd?

    Inputs (n, steps, 1), for a network that starts with (steps, 1); targets (n, steps). Two
    sequences that differ in a single bit differ in every later answer.
    """
    checks.whole("n", n)
    checks.whole("steps", steps)
    bits = checks.generator("rng", rng).integers(0, 2, (n, steps))
    odd = bits.cumsum(axis=1) % 2
    name = f"parity of {steps} bits"
    return Dataset(bits[:, :, None].astype(float), odd.astype(float), name=name)
