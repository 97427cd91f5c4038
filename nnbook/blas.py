"""A product in the form that BLAS, NumPy's library for matrices, does quickest.

OpenBLAS rearranges matrices before it multiplies them, which pays when each number is used often.
A mini-batch has few rows: there the rearranging takes longer than the product itself.
"""

from __future__ import annotations

import numpy as np

SMALL = 1_000_000  # multiplications that OpenBLAS does with the matrices as they lie, ...
RESULTS = 1_000  # ... unless the product has more numbers than this
NARROW = 32  # a piece with fewer columns is no gain
FEW = 100  # rows


def product(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """a @ b, of a few rows (m, k) and a large transposed matrix (k, n), in half the time.

    Very few rows are multiplied by some columns of b at a time; more of them the other way round,
    (bᵀaᵀ)ᵀ, which rearranges less.
    """
    (m, k), n = a.shape, b.shape[1]
    if m * k * n <= SMALL or m > FEW:
        return a @ b
    size = min(RESULTS // m, SMALL // (m * k))
    if size < NARROW:
        return (b.T @ np.ascontiguousarray(a.T)).T
    result = np.empty((m, n), np.result_type(a, b))
    for start in range(0, n, size):
        columns = slice(start, start + size)
        np.matmul(a, b[:, columns], out=result[:, columns])
    return result
