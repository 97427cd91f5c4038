"""Reads answers in any reasonable form, and says in words how one differs from what was asked."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

import numpy as np


class Unreadable(Exception):
    """The value cannot be read as numbers; the text says what it is instead."""


def unattempted(value: Any) -> bool:
    """True for `...`, and for tuples or lists that still hold it."""
    if isinstance(value, (tuple, list)):
        return any(map(unattempted, value))
    return value is ...


def alike(one: Any, other: Any) -> bool:
    """True if lists and arrays, also inside one another, have the same content."""
    if isinstance(one, (tuple, list)):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, np.ndarray):
        return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    return True


def settled(value: Any) -> Any:
    """`value` as it is now: iterators are drained, arrays and lists copied."""
    if isinstance(value, Iterator):
        value = list(value)
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, (tuple, list)):
        return type(value)(map(settled, value)) if type(value) in (tuple, list) else value
    return value


def numbers(value: Any) -> np.ndarray:
    """`value` (number, list, tuple, array, nested) as a float array; Unreadable if it is none."""
    if isinstance(value, str):
        raise Unreadable(f"is the text {str(value)!r}, not a number")
    if callable(value):
        raise Unreadable("is a function, not a value")
    if isinstance(value, (set, dict)):
        raise Unreadable(f"is a {type(value).__name__}; a list or an array is asked for")
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "biufO":
            raise TypeError
        return array.astype(float)
    except ValueError:
        raise Unreadable("has rows of different lengths, or parts that are no numbers") from None
    except TypeError:
        raise Unreadable(f"is {show(value)}, not a number or an array of numbers") from None


def difference(got: Any, expected: Any, tolerance: float = 1e-4) -> str | None:
    """How `got` differs from `expected`, as the end of a sentence ("is 3, but should be 2").

    None if they agree. A tuple expects as many parts, a text the same text, and anything else
    numbers of the same shape, equal within `tolerance` times the largest expected number.
    """
    if isinstance(expected, str):
        same = isinstance(got, str) and got.strip().casefold() == expected.casefold()
        return None if same else f"is {show(got)}, but should be {expected!r}"
    if isinstance(expected, tuple):
        if isinstance(got, np.ndarray) and got.ndim:
            got = list(got)
        if not isinstance(got, (tuple, list)):
            return f"is {show(got)}, but {len(expected)} parts are asked for"
        if len(got) != len(expected):
            count = f"{len(got)} part{'s' * (len(got) != 1)}"
            return f"has {count}, but {len(expected)} are asked for"
        parts = (difference(*pair, tolerance) for pair in zip(got, expected, strict=True))
        return next((f"in part {i} {text}" for i, text in enumerate(parts, 1) if text), None)
    try:
        array = numbers(got)
    except Unreadable as problem:
        return str(problem)
    wanted = np.asarray(expected, dtype=float)
    if wanted.ndim == 0 and array.size == 1:
        array = array.reshape(())
    if array.shape != wanted.shape:
        verb = "has" if array.ndim else "is"
        told = f"{verb} {shape(array)}, but {shape(wanted)} is asked for"
        return told + misshapen(array, wanted)
    finite = np.abs(wanted[np.isfinite(wanted)])
    scale = finite.max(initial=0.0) or 1.0
    near = functools.partial(np.allclose, b=wanted, rtol=0, atol=tolerance * scale)
    if near(array):
        return None
    told = f"is {show(got)}, but should be {show(expected)}"
    if near(-array):
        return told + " (right but for the sign)"
    if array.ndim == 2 and array.shape[0] == array.shape[1] and near(array.T):
        return told + " (right, but transposed)"
    return told


def misshapen(array: np.ndarray, wanted: np.ndarray) -> str:
    """What would turn the shape of `array` into the one that is `wanted`; nothing if unclear."""
    if array.size != wanted.size or wanted.ndim == 0:
        return ""
    if array.ndim == 2 and array.shape == wanted.shape[::-1]:
        return " (is it transposed?)"
    if array.ndim == 1 and wanted.shape == (len(array), 1):
        return " (a column; yours is a flat vector)"
    return " (a flat vector)" if wanted.ndim == 1 else ""


def shape(array: np.ndarray) -> str:
    """The shape in words."""
    return f"the shape {array.shape}" if array.ndim else "a single number"


def function(value: Any) -> str:
    """`math.sin` for a function that anyone can call, "a function" for others."""
    module, name = getattr(value, "__module__", ""), getattr(value, "__name__", "")
    return f"{module}.{name}" if module == "math" else "a function"


def show(value: Any) -> str:
    """A short text for `value`, at most about a line long."""
    if isinstance(value, (bool, np.bool_, str)) or value is None:
        text = repr(value.item() if isinstance(value, np.generic) else value)
    elif isinstance(value, (int, np.integer)):
        text = str(int(value))
    elif isinstance(value, (float, np.floating)):
        text = f"{float(value):.6g}"
    elif isinstance(value, np.ndarray):
        text = show(value.tolist())
    elif isinstance(value, (list, tuple)):
        text = ", ".join(show(part) for part in value)
        text = f"[{text}]" if isinstance(value, list) else f"({text})"
    elif callable(value):
        text = function(value)
    else:
        text = f"a {type(value).__name__}"
    return text if len(text) <= 90 else text[:86] + " ..."
