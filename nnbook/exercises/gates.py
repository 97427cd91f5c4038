"""Circuits of NAND gates: signals with which nothing can be done but to feed them to a gate."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np

OPERATORS = {
    "+": ("add", "radd"), "-": ("sub", "rsub", "neg"), "*": ("mul", "rmul"),
    "/": ("truediv", "rtruediv"), "//": ("floordiv", "rfloordiv"), "%": ("mod", "rmod"),
    "**": ("pow", "rpow"), "&": ("and", "rand"), "|": ("or", "ror"), "^": ("xor", "rxor"),
    "~": ("invert",), "==": ("eq",), "!=": ("ne",), "<": ("lt", "gt"), "<=": ("le", "ge"),
    "and/or/not/if": ("bool",), "int": ("int", "index"), "float": ("float",), "abs": ("abs",),
    "round": ("round",), "divmod": ("divmod", "rdivmod"), "[]": ("getitem",), "@": ("matmul",),
}  # fmt: skip


class Misused(BaseException):
    """A signal was used in another way than as the input of a gate; the text names the way.

    Like an interruption it passes `except Exception` in the reader's code.
    """


class Signal:
    """One wire of a circuit. `rows` (n,) are its bits for all n inputs of the circuit at once."""

    def __init__(self, rows: np.ndarray) -> None:
        self._rows = rows

    def __repr__(self) -> str:
        return "a signal"


def refuse(operator: str) -> Callable[..., Any]:
    """A method of Signal that raises Misused."""

    def method(*signals: Any) -> Any:
        raise Misused(operator)

    return method


for sign, methods in OPERATORS.items():
    for name in methods:
        setattr(Signal, f"__{name}__", refuse(sign))


def inputs(n: int) -> list[Signal]:
    """`n` signals that together go through all 2ⁿ rows of a truth table."""
    return [Signal(column) for column in np.array(list(itertools.product((0, 1), repeat=n))).T]


def nand(a: Any, b: Any) -> Signal:
    """The gate. Besides signals it takes the bits 0 and 1, as wires that never change."""
    return Signal(1 - bits(a) * bits(b))


def bits(value: Any) -> np.ndarray:
    """The rows of a signal or of a fixed bit; ValueError for anything else."""
    if isinstance(value, Signal):
        return value._rows
    if np.ndim(value) == 0 and not isinstance(value, str) and value in (0, 1):
        return np.asarray(int(value))
    raise ValueError(f"nand takes two bits, but it got {value!r}")
