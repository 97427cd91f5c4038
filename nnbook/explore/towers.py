"""Networks with two and more inputs whose weights are set by hand: towers (NNDL ch. 4).

A square tower needs two hidden layers: steps, then a neuron that asks whether enough of them are
on. A round tower needs one: steps in many directions, added up.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnbook.activations import ActivationFunction, linear, sigmoid
from nnbook.checks import positive, real, whole
from nnbook.explore.steps import STEEP, Values, row, side_by_side
from nnbook.layers import Dense
from nnbook.network import Network

SURE = 10.0  # NNDL ch. 4: the height h of the bumps before the threshold


def plane_steps(
    directions: np.ndarray,
    positions: Values,
    heights: Values,
    *,
    base: float = 0.0,
    steepness: float = STEEP,
) -> Network:
    """A network m–n–1, one hidden layer: base + Σ h_k σ(w·(u_k·x − s_k)).

    `directions` (n, m) are the u_k, `positions` (n,) the s_k: neuron k is on where x is farther
    than s_k along u_k. `heights` (n,) are the weights to the linear output neuron.
    """
    u, s, h = np.asarray(directions, float), row("positions", positions), row("heights", heights)
    if u.ndim != 2 or not len(u) == len(s) == len(h):
        raise ValueError(
            "directions, positions and heights must be of one length, but they have "
            f"{len(u)}, {len(s)} and {len(h)}."
        )
    w = real("steepness", steepness)
    network = Network([u.shape[1], Dense(len(u)), Dense(1, linear)], dtype=np.float64)
    hidden, out = network.layers
    hidden.W, hidden.b = w * u, -w * s  # type: ignore[attr-defined]
    out.W, out.b = h[np.newaxis], [real("base", base)]  # type: ignore[attr-defined]
    return network


def crossed_bumps(
    low: Values, high: Values, height: float = 1.0, *, steepness: float = STEEP
) -> Network:
    """A network m–2m–1, one hidden layer: a bump of `height` along each of the m inputs, added.

    Along input i the bump goes from `low`[i] to `high`[i]. Where all m overlap the sum is m times
    the height.
    """
    low_, high_ = corners(low, high)
    m, h = len(low_), real("height", height)
    return plane_steps(
        np.repeat(np.eye(m), 2, axis=0),
        np.ravel(np.stack([low_, high_], axis=1)).tolist(),
        np.tile([h, -h], m).tolist(),
        steepness=steepness,
    )


def towers(
    boxes: Sequence[tuple[Values, Values]],
    heights: Values,
    *,
    sure: float = SURE,
    bias: float | None = None,
    steepness: float = STEEP,
    activation: ActivationFunction = sigmoid,
    threshold: ActivationFunction = sigmoid,
) -> Network:
    """A network m–2mn–n–1 with two hidden layers: a tower of height h_k over each box.

    A box is (low, high), the corners, m numbers each. Neuron k of the second hidden layer adds the
    m bumps of its box, each of height `sure`, and is on where all of them are: its `bias` is
    −sure·(m − ½) unless given. The output neuron adds the towers, `heights` (n,).
    """
    h, n = row("heights", heights), len(boxes)
    if n != len(h):
        raise ValueError(f"heights must have one number for each of the {n} boxes, not {len(h)}.")
    ends = [corners(*box) for box in boxes]
    m, w, sure = len(ends[0][0]), real("steepness", steepness), real("sure", sure)
    b = -sure * (m - 0.5) if bias is None else real("bias", bias)
    network = Network(
        [m, Dense(2 * m * n, activation), Dense(n, threshold), Dense(1, linear)], dtype=np.float64
    )
    first, second, out = network.layers
    edges = np.array([np.stack(pair, axis=1).ravel() for pair in ends]).ravel()
    first.W = w * np.tile(np.repeat(np.eye(m), 2, axis=0), (n, 1))  # type: ignore[attr-defined]
    first.b = -w * edges  # type: ignore[attr-defined]
    own = np.kron(np.eye(n), np.tile([sure, -sure], m))  # tower k hears its own 2m steps only
    second.W, second.b = own, np.full(n, b)  # type: ignore[attr-defined]
    out.W, out.b = h[np.newaxis], [0.0]  # type: ignore[attr-defined]
    return network


def tiles(n: int, *, shift: float = 0.0) -> list[tuple[list[float], list[float]]]:
    """Square boxes of the width 1/`n` that fill [0, 1]², row by row, as (low, high) corners.

    `shift`, 0 to 1, moves them by that part of their width along both axes; then n + 1 of them are
    needed along each axis.
    """
    along = side_by_side(n, shift=shift)
    return [([x0, y0], [x1, y1]) for y0, y1 in along for x0, x1 in along]


def round_tower(
    centre: Values, radius: float, directions: int, *, steepness: float = STEEP
) -> Network:
    """A network 2–2n–1, one hidden layer: bumps of width 2·radius in n directions, averaged.

    The directions share the half circle evenly. Within `radius` of the `centre` every bump is on
    and the output is 1; at the distance d it falls to (2/π)·arcsin(radius/d) as n grows.
    """
    n, r = whole("directions", directions), positive("radius", radius)
    u = compass(n)
    along = u @ row("centre", centre)
    return plane_steps(
        np.repeat(u, 2, axis=0),
        np.ravel(np.stack([along - r, along + r], axis=1)).tolist(),
        np.tile([1 / n, -1 / n], n).tolist(),
        steepness=steepness,
    )


def round_hill(
    centre: Values,
    radius: float,
    directions: int,
    steps: int = 24,
    *,
    steepness: float = STEEP,
) -> Network:
    """A network 2–n·k–1, one hidden layer: a round hill exp(−d²/(2·radius²)) without long tails.

    In each of n directions not a bump but a staircase of k = `steps` steps, out to 6 radii on both
    sides, that follows 1 − √2·t·D(t/√2), t = distance/radius, D Dawson's function: it is negative
    outside, so that the tails of all directions cancel (as in a CT scan). k is even.
    """
    n, k = whole("directions", directions), whole("steps", steps, 2)
    r, u = positive("radius", radius), compass(n)
    edges = 6 * np.sinh(np.linspace(-3, 3, k)) / np.sinh(3.0)  # close together in the middle
    inside = _profile((edges[1:] + edges[:-1]) / 2)
    heights = np.diff(np.concatenate([[0.0], inside, [0.0]]))
    along = u @ row("centre", centre)
    return plane_steps(
        np.repeat(u, k, axis=0),
        np.ravel(along[:, np.newaxis] + r * edges).tolist(),
        np.tile(heights / n, n).tolist(),
        steepness=steepness,
    )


def compass(n: int) -> np.ndarray:
    """`n` unit vectors (n, 2) that share the half circle evenly."""
    angle = np.pi * (np.arange(n) + 0.5) / n
    return np.stack([np.cos(angle), np.sin(angle)], axis=1)


def corners(low: Values, high: Values) -> tuple[np.ndarray, np.ndarray]:
    """Both corners of a box as arrays (m,); ValueError unless of one length and in order."""
    low_, high_ = row("low", low), row("high", high)
    if len(low_) != len(high_) or np.any(low_ >= high_):
        raise ValueError(
            f"low must be below high in each input, but low is {low} and high is {high}."
        )
    return low_, high_


def square(side: int = 61, low: float = 0.0, high: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """(ends, points): `side` places from `low` to `high`, and all pairs of them, (side², 2).

    Row by row: point number i·side + j is (ends[j], ends[i]).
    """
    ends = np.linspace(low, high, whole("side", side, 2))
    return ends, np.stack(np.meshgrid(ends, ends), axis=-1).reshape(-1, 2)


def _profile(t: np.ndarray) -> np.ndarray:
    from scipy.special import dawsn

    return 1 - np.sqrt(2) * t * dawsn(t / np.sqrt(2))


def hill_and_hollow(points: np.ndarray) -> np.ndarray:
    """A function of two inputs on [0, 1]² for towers to follow: `points` (n, 2) to values (n,)."""
    x, y = points[:, 0], points[:, 1]
    hill = np.exp(-12 * ((x - 0.3) ** 2 + (y - 0.65) ** 2))
    hollow = np.exp(-14 * ((x - 0.72) ** 2 + (y - 0.3) ** 2))
    return 0.4 + 0.55 * hill - 0.35 * hollow


def middles(boxes: Sequence[tuple[Values, Values]]) -> np.ndarray:
    """The middle of each box, (n, m)."""
    return np.array([(np.array(low) + np.array(high)) / 2 for low, high in boxes])
