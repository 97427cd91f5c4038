"""What a Dataset may be made of: checks of inputs, targets and indices, in plain words."""

from __future__ import annotations

from typing import Any

import numpy as np


def _as_array(name: str, value: Any) -> np.ndarray:
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(f"{name} must be an array, but its rows differ in length.") from None
    if array.dtype.kind not in "fiub":
        raise TypeError(f"{name} must be an array of numbers, but it is {_kind(value)}.")
    return array


def checked_inputs(inputs: Any) -> np.ndarray:
    """Images uint8 or float (n, height, width), or features (n, features) as floats."""
    x = _as_array("inputs", inputs)
    if x.ndim not in (2, 3):
        raise ValueError(
            "inputs must be images (n, height, width) or features (n, features), "
            f"but its shape is {x.shape}."
        )
    if x.size == 0:
        raise ValueError(f"inputs must not be empty, but its shape is {x.shape}.")
    if x.dtype == np.uint8:
        if x.ndim == 2:
            raise ValueError(
                f"inputs of type uint8 are images (n, height, width), but the shape is {x.shape}. "
                "Reshape them, for example to (n, 28, 28), or give features as floats."
            )
        return x
    if x.dtype.kind != "f":
        if x.ndim == 3:
            raise TypeError(
                f"images must be uint8 (0 to 255) or floats (0 to 1), but they are {x.dtype}. "
                "For example: images.astype(numpy.uint8)."
            )
        x = x.astype(np.float64)
    if not np.isfinite(x).all():
        raise ValueError("inputs must be finite, but there is a NaN or an infinite value.")
    if x.ndim == 3 and (x.min() < 0 or x.max() > 1):
        raise ValueError(
            f"images of floats must be in [0, 1], but they go from {x.min():g} to {x.max():g}. "
            "Divide pixels by 255, or give them as uint8."
        )
    return x


def checked_targets(targets: Any, classes: int) -> np.ndarray:
    """Labels (n,) from 0 to classes − 1, or vectors (n, outputs) as floats."""
    y = _as_array("targets", targets)
    if y.size == 0:
        raise ValueError(f"targets must not be empty, but its shape is {y.shape}.")
    if y.ndim == 1 and y.dtype.kind in "iu":
        if y.min() < 0 or y.max() >= classes:
            wrong = y.min() if y.min() < 0 else y.max()
            raise ValueError(
                f"labels must be 0 to {classes - 1} (classes={classes}), but there is a {wrong}."
            )
        return y.astype(np.intp)
    if y.ndim != 2:
        raise ValueError(
            "targets must be labels (n,) of whole numbers or vectors (n, outputs), "
            f"but it is {_kind(y)}. For one number an example use the shape (n, 1)."
        )
    if not np.isfinite(y).all():
        raise ValueError("targets must be finite, but there is a NaN or an infinite value.")
    return y if y.dtype.kind == "f" else y.astype(np.float64)


def checked_index(index: Any, n: int, name: str) -> slice | np.ndarray:
    """A slice, or an array of whole numbers from −n to n − 1; a mask becomes such an array."""
    if isinstance(index, slice):
        return index
    if isinstance(index, (int, np.integer)):
        raise TypeError(
            f"{name}[{index}] would be a single example, but a part of a Dataset is a Dataset. "
            f"Take a slice such as [{index}:{index + 1}], or .images[{index}]."
        )
    chosen = np.asarray(index) if isinstance(index, (np.ndarray, list, range)) else None
    if chosen is None or chosen.ndim != 1 or (chosen.size and chosen.dtype.kind not in "iub"):
        raise TypeError(
            f"{name} takes a slice or a list of whole numbers, but the index is {_kind(index)}."
        )
    if chosen.dtype == bool:
        if len(chosen) != n:
            raise IndexError(
                f"a mask for {name} must have {n:,} entries, but it has {len(chosen):,}."
            )
        return np.flatnonzero(chosen)
    if chosen.size and (chosen.min() < -n or chosen.max() >= n):
        wrong = chosen.min() if chosen.min() < -n else chosen.max()
        raise IndexError(f"{name} has the examples 0 to {n - 1:,}, but the index has {wrong}.")
    return chosen.astype(np.intp)


def _kind(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"an array of {value.dtype} with shape {value.shape}"
    return f"{value!r:.60}"


def shown(index: Any) -> str:
    """An index as it was written, for messages."""
    if isinstance(index, slice):
        parts = [index.start, index.stop] + ([index.step] if index.step is not None else [])
        return ":".join("" if part is None else str(part) for part in parts)
    return f"{list(index)!r:.40}"
