"""Sums over long vectors in one pass through the memory, by BLAS."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from nnbook.notation import Vector


def axpy(a: float, x: Vector, y: Vector) -> None:
    """y += a x in place: BLAS's name for it. In NumPy it would take fresh memory and two passes.

    `x` and `y` are (n,), contiguous, of the same float type.
    """
    _axpy(y.dtype)(x, y, a=a)


@cache
def _axpy(dtype: np.dtype) -> Callable[..., Any]:
    from scipy.linalg.blas import get_blas_funcs  # when first used: `import nnbook` stays quick

    return get_blas_funcs("axpy", dtype=dtype)
