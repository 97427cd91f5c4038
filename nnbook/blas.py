"""Products and sums in the form that BLAS, NumPy's library for matrices, does quickest."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from nnbook.notation import Vector

LARGE, FEW = 100_000, 100  # numbers in a matrix, rows of examples


def product(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """a @ b. A few rows times a large matrix takes half the time the other way round, (bᵀaᵀ)ᵀ."""
    if b.size < LARGE or len(a) > FEW:
        return a @ b
    return (b.T @ np.ascontiguousarray(a.T)).T


def axpy(a: float, x: Vector, y: Vector) -> None:
    """y += a x in place: BLAS's name for it. In NumPy it would take fresh memory and two passes.

    `x` and `y` are (n,), contiguous, of the same float type.
    """
    _axpy(y.dtype)(x, y, a=a)


@cache
def _axpy(dtype: np.dtype) -> Callable[..., Any]:
    from scipy.linalg.blas import get_blas_funcs  # when first used: `import nnbook` stays quick

    return get_blas_funcs("axpy", dtype=dtype)
