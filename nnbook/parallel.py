"""One piece of work for each processor: NumPy's large operations let other threads run beside them.

Large matrix products share the processors out among themselves, but everything between two of them
runs on one. With a thread for each piece, and one processor for each product, all is shared.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from threadpoolctl import ThreadpoolController

Piece = TypeVar("Piece")
Result = TypeVar("Result")
_busy = threading.Lock()


def each(function: Callable[[Piece], Result], pieces: Sequence[Piece]) -> list[Result]:
    """[function(piece), …] in order, on as many processors as matrix products may use.

    Called a second time while it works, it does the second work one piece after the other.
    """
    processors = _processors()
    if min(processors, len(pieces)) < 2 or not _busy.acquire(blocking=False):
        return [function(piece) for piece in pieces]
    try:
        with _blas().limit(limits=1), ThreadPoolExecutor(processors) as pool:
            return list(pool.map(function, pieces))
    finally:
        _busy.release()


def _processors() -> int:
    return max((library["num_threads"] for library in _blas().info()), default=1)


@cache
def _blas() -> ThreadpoolController:
    return ThreadpoolController().select(user_api="blas")
