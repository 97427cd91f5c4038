"""Random numbers without a state: each depends on a seed and a position alone."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float, Int

_STEP = np.uint64(0x9E3779B97F4A7C15)  # 2⁶⁴ divided by the golden ratio
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
_SHIFTS = (np.uint64(30), np.uint64(27), np.uint64(31))
_TO_FLOAT = np.uint64(40)  # leaves the upper 24 bits, all that a float32 can hold


def draws(seed: int, positions: Int[np.ndarray, " m"], count: int) -> Float[np.ndarray, "m count"]:
    """`count` numbers for each position, uniform in [0, 1), float32: (m, count).

    The same seed and position always give the same numbers, in whatever order and company they
    are asked for. The positions are whole numbers from 0. It is SplitMix64 (Steele, Lea and Flood
    2014) used by counter, so that a generator need not be made for every image.
    """
    start = _mixed(np.array([seed], np.uint64) * _STEP + _STEP)
    rows = _mixed(positions.astype(np.uint64) * _STEP + start)
    bits = _mixed(rows[:, np.newaxis] + np.arange(1, count + 1, dtype=np.uint64) * _STEP)
    return (bits >> _TO_FLOAT).astype(np.float32) * np.float32(2**-24)


def _mixed(bits: np.ndarray) -> np.ndarray:
    """Each 64-bit number stirred so that neighbours have nothing in common; changes `bits`."""
    for shift, factor in zip(_SHIFTS, _MIX, strict=False):
        bits ^= bits >> shift
        bits *= factor
    bits ^= bits >> _SHIFTS[2]
    return bits
