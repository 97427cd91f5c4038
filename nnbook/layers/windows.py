"""Windows that slide over images: their sizes, their strips, their patches (NNDL ch. 6).

Images are (m, height, width, channels): one example a row, its channels (or feature maps) last.
A size along both axes, such as a kernel's, is a pair (height, width).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from jaxtyping import Float
from numpy.lib.stride_tricks import sliding_window_view

from nnbook.checks import whole

Pair = tuple[int, int]
Images = Float[np.ndarray, "m height width channels"]
Maps = Float[np.ndarray, "m rows columns maps"]  # what windows make of images
Patches = Float[np.ndarray, "windows pixels"]


def pair(name: str, value: Any, low: int = 1) -> Pair:
    """(height, width) of a whole number, which stands for both, or of a pair of them.

    TypeError or ValueError, naming the argument, for anything else or for less than `low`.
    """
    if isinstance(value, (tuple, list)):
        if len(value) != 2:
            raise ValueError(
                f"{name} must be a whole number or a pair (height, width), but it is {value!r}."
            )
        return whole(f"the height in {name}", value[0], low), whole(
            f"the width in {name}", value[1], low
        )
    size = whole(name, value, low)
    return size, size


def shown(size: Pair) -> str:
    """A pair as it is written in a layer list: 5, or (5, 3)."""
    return str(size[0]) if size[0] == size[1] else str(size)


def image_shape(shape: tuple[int, ...]) -> tuple[int, int, int]:
    """`shape` itself; ValueError unless it is (height, width, channels)."""
    if len(shape) == 3:
        return shape
    hint = f": ({shape[0]}, {shape[1]}, 1) for one channel" if len(shape) == 2 else ""
    raise ValueError(
        "it needs images, of shape (height, width, channels), such as (28, 28, 1), "
        f"but it gets inputs of shape {shape}{hint}."
    )


def strips(images: np.ndarray, axis: int, size: int) -> Sequence[np.ndarray]:
    """Views: the first, second, … line of every window of `size` lines along `axis`."""
    before = (slice(None),) * axis
    return [images[(*before, slice(k, None, size))] for k in range(size)]


def padded(images: Images, padding: Pair) -> np.ndarray:
    """`images` with a frame of zeros, (top and bottom, left and right) lines wide."""
    if padding == (0, 0):
        return images
    (m, height, width, channels), (top, left) = images.shape, padding
    framed = np.zeros((m, height + 2 * top, width + 2 * left, channels), images.dtype)
    framed[:, top : top + height, left : left + width] = images
    return framed


def without_frame(images: Images, padding: Pair) -> np.ndarray:
    """What `padded` put a frame around: a view."""
    top, left = padding
    return images[:, top : images.shape[1] - top, left : images.shape[2] - left]


def patches(images: Images, kernel: Pair, stride: Pair) -> Patches:
    """The pixels of every window as a row: (m · rows · columns, width · height · channels).

    In a row, the window's columns come one after another. The copy goes in two steps, first
    along the height, then along the width: each step moves long runs of neighbours, which is
    2 to 3 times quicker for images of one channel than taking all windows at once.
    """
    (m, height, width, channels), (high, wide) = images.shape, kernel
    rows = (height - high) // stride[0] + 1
    columns = np.empty((m, rows, width, high, channels), images.dtype)
    for i in range(high):
        columns[:, :, :, i] = images[:, _steps(i, stride[0], rows)]
    windows = sliding_window_view(columns, wide, axis=2)[:, :, :: stride[1]]
    return windows.transpose(0, 1, 2, 5, 3, 4).reshape(-1, wide * high * channels)


def add_lines(
    lines: Float[np.ndarray, "high windows pixels"],
    shape: tuple[int, int, int, int],
    kernel: Pair,
    stride: Pair,
) -> Images:
    """Images of `shape`, each pixel the sum of its places in all windows: `patches` turned round.

    `lines` holds the first line of every window, then the second, … with a row for each window, of
    width · channels numbers. They are added up along the height first, then along the width.
    """
    (m, height, width, channels), (high, wide) = shape, kernel
    rows, across = (height - high) // stride[0] + 1, (width - wide) // stride[1] + 1
    columns = np.zeros((m, height, across, wide * channels), lines.dtype)
    for i in range(high):
        columns[:, _steps(i, stride[0], rows)] += lines[i].reshape(m, rows, across, -1)
    columns = columns.reshape(m, height, across, wide, channels)
    images = np.zeros(shape, lines.dtype)
    for j in range(wide):
        images[:, :, _steps(j, stride[1], across)] += columns[:, :, :, j]
    return images


def _steps(start: int, stride: int, count: int) -> slice:
    """start, start + stride, …: `count` of them."""
    return slice(start, start + stride * (count - 1) + 1, stride)
