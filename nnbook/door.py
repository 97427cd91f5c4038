"""What may enter a network: layer lists, inputs, desired outputs, float types; errors in words."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from nnbook.activations import ActivationFunction
from nnbook.layers import Dense, Layer
from nnbook.notation import Inputs, Rows

LEAST_IMAGE = 64  # from this many inputs on, whole numbers above 1 are taken for raw pixels


def inputs(x: Inputs, shape: tuple[int, ...], dtype: np.dtype) -> np.ndarray:
    """`x` in the network's float type and input shape; TypeError or ValueError if it cannot be."""
    if not isinstance(x, np.ndarray) or x.dtype.kind != "f":
        raise TypeError(
            f"x must be a numpy array of floats, but it is {_kind(x)}. "
            "Pixels are divided by 255 by the data set: use data.x() or data.batch(...)."
        )
    if x.ndim > 1 and x.shape[1:] != shape and math.prod(x.shape[1:]) == math.prod(shape):
        x = x.reshape(len(x), *shape)  # the same image, flat or as a square
    if x.shape == shape:
        raise ValueError(
            f"x must have one example a row, but it is a single example of shape {x.shape}: "
            "use x[numpy.newaxis]."
        )
    if x.shape[1:] != shape:
        raise ValueError(
            f"x must have one example a row, each of shape {shape}, but it has the shape {x.shape}."
        )
    return x.astype(dtype, copy=False)


def desired(y: Rows, shape: tuple[int, ...], dtype: np.dtype) -> Rows:
    """`y` in the network's float type; ValueError unless it has the `shape` of the outputs."""
    if y.shape != shape:
        raise ValueError(
            f"y must have the shape {shape}, one desired output for each output of the "
            f"network, but it has {y.shape}."
        )
    return y.astype(dtype, copy=False)


def refuse_raw_pixels(x: np.ndarray) -> None:
    """ValueError if the images `x` go up to 255 instead of 1."""
    looks_like_images = x.ndim > 2 or x.shape[1] >= LEAST_IMAGE
    if looks_like_images and x.size and x.max() > 1 and np.array_equal(x, np.rint(x)):
        raise ValueError(
            f"x must hold pixels between 0 and 1, but they go up to {x.max():g}: divide by 255, "
            "or take them from the data set with data.x()."
        )


def float_dtype(dtype: Any) -> np.dtype:
    """float32 or float64; ValueError for anything else."""
    try:
        dtype = np.dtype(dtype)
    except TypeError:
        dtype = np.dtype(object)
    if dtype not in (np.dtype(np.float32), np.dtype(np.float64)):
        raise ValueError("dtype must be numpy.float32 or numpy.float64.")
    return dtype


def input_shape(layers: object) -> tuple[int, ...]:
    """The shape of one input, first in a list of layers; ValueError if it is none."""
    if not isinstance(layers, (list, tuple)) or len(layers) < 2:
        raise ValueError(
            "layers must be a list of the input's shape and at least one layer, "
            f"such as [784, 30, 10], but it is {layers!r}."
        )
    shape = layers[0] if isinstance(layers[0], tuple) else (layers[0],)
    if not shape or not all(_is_size(size) for size in shape):
        raise ValueError(
            "the first of layers must be the shape of one input, such as 784 or (28, 28, 1), "
            f"but it is {layers[0]!r}."
        )
    return tuple(int(size) for size in shape)


def _is_size(value: object) -> bool:
    return isinstance(value, (int, np.integer)) and not isinstance(value, bool) and int(value) > 0


def layer(n: int, item: object, activation: ActivationFunction) -> Layer:
    """Number `n` of a list of layers; TypeError or ValueError if it is none, or in use."""
    if _is_size(item):
        return Dense(item, activation)  # type: ignore[arg-type]
    if not isinstance(item, Layer):
        raise TypeError(
            f"layer {n} must be a number of neurons (1 or more) or a layer such as Dense(30), "
            f"but it is {item!r}."
        )
    if item.input_shape is not None:
        raise ValueError(
            f"layer {n}, {item!r}, is part of another network already: make a new one."
        )
    return item


def _kind(x: object) -> str:
    return f"an array of {x.dtype}" if isinstance(x, np.ndarray) else f"a {type(x).__name__}"
