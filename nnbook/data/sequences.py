"""Small sequences whose answer needs memory (chapter 10)."""

from __future__ import annotations

import numpy as np

from nnbook import checks
from nnbook.data.dataset import Dataset


def first_symbol(
    n: int, steps: int, *, symbols: int = 4, rng: np.random.Generator | int = 0
) -> Dataset:
    """`n` sequences of `steps` random symbols; the label is the first one: what was said long ago?

    Inputs (n, steps, symbols) are one-hot rows, for a network that starts with (steps, symbols).
    Only the first step counts; the others distract. Guessing is right once in `symbols` times.
    """
    checks.whole("n", n)
    checks.whole("steps", steps)
    checks.whole("symbols", symbols, low=2)
    said = checks.generator("rng", rng).integers(0, symbols, (n, steps))
    name = f"first of {steps} symbols"
    return Dataset(np.eye(symbols)[said], said[:, 0], classes=symbols, name=name)


def parity(n: int, steps: int, *, rng: np.random.Generator | int = 0) -> Dataset:
    """`n` sequences of `steps` random bits; at each step: is the number of ones so far odd?

    Inputs (n, steps, 1), for a network that starts with (steps, 1); targets (n, steps). Two
    sequences that differ in a single bit differ in every later answer.
    """
    checks.whole("n", n)
    checks.whole("steps", steps)
    bits = checks.generator("rng", rng).integers(0, 2, (n, steps))
    odd = bits.cumsum(axis=1) % 2
    return Dataset(bits[:, :, None].astype(float), odd.astype(float), name=f"parity of {steps} bits")
