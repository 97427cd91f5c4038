"""Small sets for the first chapters: truth tables (NNDL ch. 1) and a bent line (chapter 01)."""

from __future__ import annotations

import numpy as np

from nnbook import checks
from nnbook.data.dataset import Dataset

TABLES = {
    "AND": (0, 0, 0, 1),
    "OR": (0, 1, 1, 1),
    "NAND": (1, 1, 1, 0),
    "XOR": (0, 1, 1, 0),
}


def truth_table(name: str) -> Dataset:
    """AND, OR, NAND or XOR: inputs (4, 2) in the order 00, 01, 10, 11 and targets (4, 1)."""
    checks.one_of("name", name, TABLES)
    inputs = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    return Dataset(inputs, np.array(TABLES[name], dtype=float)[:, None], name=name)


def bent_line(n: int = 40, *, rng: np.random.Generator | int = 0, noise: float = 0.0) -> Dataset:
    """`n` points on a line with two bends: x (n, 1) evenly in [0, 1], y (n, 1) in [0, 1].

    Flat at 0.1 up to x = 0.3, rising to 0.9 at x = 0.6, then falling to 0.5 at x = 1. `noise` is
    the standard deviation of what is added to y; `rng` draws it.
    """
    checks.whole("n", n, low=2)
    checks.not_negative("noise", noise)
    x = np.linspace(0.0, 1.0, n)
    y = np.interp(x, [0.0, 0.3, 0.6, 1.0], [0.1, 0.1, 0.9, 0.5])
    if noise:
        y = y + checks.generator("rng", rng).normal(0.0, noise, n)
    return Dataset(x[:, None], y[:, None], name="a bent line")


def bars_and_stripes(side: int) -> Dataset:
    """All pictures of `side` × `side` pixels with whole rows or whole columns black, each once.

    Labels: 0 for columns, 1 for rows, where all white and all black count as rows: 2 · 2^side − 2
    pictures. `side` is from 2 to 8.
    """
    checks.whole("side", side, low=2, high=8)
    lines = (np.arange(2**side)[:, None] >> np.arange(side)) % 2  # every choice of lines
    rows = np.repeat(lines[:, :, None], side, axis=2)
    columns = rows[1:-1].swapaxes(1, 2)
    images = np.concatenate([columns, rows]).astype(np.uint8) * 255
    labels = np.repeat([0, 1], [len(columns), len(rows)])
    return Dataset(images, labels, classes=2, name="bars and stripes")
