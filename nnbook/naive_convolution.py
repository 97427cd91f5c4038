"""Convolution and pooling in loops, one number at a time: slow, plain, the oracle (NNDL ch. 6).

An image is (height, width, channels), filters are (maps, height, width, channels), biases (maps,).
"""

from __future__ import annotations

import math

import numpy as np

Pair = tuple[int, int]


def convolve(
    image: np.ndarray,
    filters: np.ndarray,
    biases: np.ndarray,
    stride: Pair = (1, 1),
    padding: Pair = (0, 0),
) -> np.ndarray:
    """z[row, column, j] = b[j] + Σ W[j, l, m, c] · image[row + l, column + m, c]."""
    n_maps, high, wide, channels = filters.shape
    height, width, _ = image.shape
    rows = (height + 2 * padding[0] - high) // stride[0] + 1
    columns = (width + 2 * padding[1] - wide) // stride[1] + 1
    z = np.zeros((rows, columns, n_maps))
    for row in range(rows):
        for column in range(columns):
            for j in range(n_maps):
                z[row, column, j] = biases[j]
                for l in range(high):  # noqa: E741
                    for m in range(wide):
                        y = row * stride[0] + l - padding[0]
                        x = column * stride[1] + m - padding[1]
                        if 0 <= y < height and 0 <= x < width:
                            for c in range(channels):
                                z[row, column, j] += filters[j, l, m, c] * image[y, x, c]
    return z


def convolve_backprop(
    image: np.ndarray,
    filters: np.ndarray,
    delta: np.ndarray,
    stride: Pair = (1, 1),
    padding: Pair = (0, 0),
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """∂C/∂W, ∂C/∂b and ∂C/∂image for `delta` = ∂C/∂z: each product of `convolve`, backwards."""
    n_maps, high, wide, channels = filters.shape
    height, width, _ = image.shape
    nabla_w, nabla_b = np.zeros(filters.shape), np.zeros(n_maps)
    nabla_image = np.zeros(image.shape)
    for row in range(delta.shape[0]):
        for column in range(delta.shape[1]):
            for j in range(n_maps):
                nabla_b[j] += delta[row, column, j]  # BP3
                for l in range(high):  # noqa: E741
                    for m in range(wide):
                        y = row * stride[0] + l - padding[0]
                        x = column * stride[1] + m - padding[1]
                        if 0 <= y < height and 0 <= x < width:
                            for c in range(channels):
                                nabla_w[j, l, m, c] += delta[row, column, j] * image[y, x, c]  # BP4
                                nabla_image[y, x, c] += (  # BP2
                                    delta[row, column, j] * filters[j, l, m, c]
                                )
    return nabla_w, nabla_b, nabla_image


def pool(image: np.ndarray, size: Pair, kind: str) -> np.ndarray:
    """Each window as one number; `kind` is "max", "average" or "l2"."""
    height, width, channels = image.shape
    pooled = np.zeros((height // size[0], width // size[1], channels))
    for row in range(pooled.shape[0]):
        for column in range(pooled.shape[1]):
            for c in range(channels):
                window = [
                    float(image[row * size[0] + l, column * size[1] + m, c])
                    for l in range(size[0])  # noqa: E741
                    for m in range(size[1])
                ]
                pooled[row, column, c] = {
                    "max": max(window),
                    "average": sum(window) / len(window),
                    "l2": math.sqrt(sum(a * a for a in window)),
                }[kind]
    return pooled


def max_pool_backprop(image: np.ndarray, size: Pair, delta: np.ndarray) -> np.ndarray:
    """∂C/∂image: all of a window's delta goes to its largest number, of equal ones to the first.

    First means: in the leftmost column that has one, the topmost.
    """
    nabla = np.zeros(image.shape)
    for row in range(delta.shape[0]):
        for column in range(delta.shape[1]):
            for c in range(delta.shape[2]):
                best = None
                for m in range(size[1]):
                    for l in range(size[0]):  # noqa: E741
                        y, x = row * size[0] + l, column * size[1] + m
                        if best is None or image[y, x, c] > image[best]:
                            best = (y, x, c)
                nabla[best] += delta[row, column, c]
    return nabla
