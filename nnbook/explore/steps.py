"""Networks with one input whose weights are set by hand: a step, a bump, many bumps (NNDL ch. 4).

One hidden layer throughout. A hidden neuron f(w·(x − s)) is nearly a step at x = s when its weight
w, here `steepness`, is large; its bias is −w·s.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnbook.activations import ActivationFunction, linear, sigmoid
from nnbook.checks import real, whole
from nnbook.layers import Dense
from nnbook.network import Network

Values = Sequence[float] | np.ndarray
STEEP = 1000.0  # a weight so large that σ(w·(x − s)) is a step to the eye


def book_function(x: np.ndarray) -> np.ndarray:
    """NNDL ch. 4's example on [0, 1]: 0.2 + 0.4x² + 0.3x·sin 15x + 0.05·cos 50x."""
    return 0.2 + 0.4 * x**2 + 0.3 * x * np.sin(15 * x) + 0.05 * np.cos(50 * x)


def inverse_sigmoid(y: np.ndarray) -> np.ndarray:
    """σ⁻¹(y) = ln(y / (1 − y)), the weighted input that gives the output y; 0 < y < 1."""
    return np.log(y / (1 - y))


def stairs(
    positions: Values,
    heights: Values,
    *,
    steepness: float = STEEP,
    activation: ActivationFunction = sigmoid,
    output: ActivationFunction = linear,
) -> Network:
    """A network 1–n–1, one hidden layer: f_out(Σ h_j f(w·(x − s_j))), a step h_j at each s_j.

    `positions` are the s_j, `heights` the weights h_j to the output neuron, whose bias is 0.
    ValueError unless both are of one length, 1 or more, and finite.
    """
    s, h = row("positions", positions), row("heights", heights)
    if len(s) != len(h):
        raise ValueError(
            f"heights must have one number for each of the {len(s)} positions, "
            f"but there are {len(h)}."
        )
    w = real("steepness", steepness)
    network = Network([1, Dense(len(s), activation), Dense(1, output)], dtype=np.float64)
    hidden, out = network.layers
    hidden.W, hidden.b = np.full((len(s), 1), w), -w * s  # type: ignore[attr-defined]
    out.W, out.b = h[np.newaxis], [0.0]  # type: ignore[attr-defined]
    return network


def bumps(
    edges: Sequence[tuple[float, float]],
    heights: Values,
    *,
    steepness: float = STEEP,
    activation: ActivationFunction = sigmoid,
    output: ActivationFunction = linear,
) -> Network:
    """A network 1–2n–1, one hidden layer: a bump of height h_k from the left to the right edge.

    Each bump is two steps, +h_k at its left edge and −h_k at its right one. The bumps may touch.
    """
    h = row("heights", heights)
    if len(edges) != len(h):
        raise ValueError(
            f"heights must have one number for each of the {len(edges)} bumps, "
            f"but there are {len(h)}."
        )
    return stairs(
        np.ravel(edges).tolist(),
        np.ravel(np.stack([h, -h], axis=1)).tolist(),
        steepness=steepness,
        activation=activation,
        output=output,
    )


def side_by_side(n: int, *, shift: float = 0.0) -> list[tuple[float, float]]:
    """The edges of touching bumps of the width 1/`n` that fill [0, 1].

    `shift`, 0 to 1, moves them by that part of their width; then n + 1 of them are needed.
    """
    n, shift = whole("n", n), real("shift", shift)
    if not 0 <= shift < 1:
        raise ValueError(f"shift must be at least 0 and less than 1, but it is {shift}.")
    first = -1 if shift else 0
    ends = (np.arange(first, n + 1) + shift) / n
    return [*zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True)]


def best_heights(x: np.ndarray, wanted: np.ndarray, n: int) -> np.ndarray:
    """The (n,) heights of n touching bumps on [0, 1] with the least mean |wanted − height|.

    `x` (m,) in [0, 1], `wanted` (m,). In each bump that is the median of what is wanted there; a
    bump with no x in it gets the height at the nearest one.
    """
    n = whole("n", n)
    inside = np.minimum((np.asarray(x) * n + 1e-9).astype(int), n - 1)
    middles = (np.arange(n) + 0.5) / n
    nearest = wanted[np.abs(x[np.newaxis] - middles[:, np.newaxis]).argmin(axis=1)]
    return np.array(
        [np.median(wanted[inside == k]) if np.any(inside == k) else nearest[k] for k in range(n)]
    )


def row(name: str, values: Values) -> np.ndarray:
    """`values` as a float array (n,); ValueError unless there are 1 or more, all finite."""
    numbers = np.asarray(values, dtype=float)
    if numbers.ndim != 1 or not len(numbers) or not np.isfinite(numbers).all():
        raise ValueError(f"{name} must be a list of 1 or more finite numbers, but it is {values}.")
    return numbers
