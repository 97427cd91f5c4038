"""Four weighted inputs, and the shares that softmax and hardmax make of them (NNDL ch. 3)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnbook.activations import sigmoid, softmax
from nnbook.checks import positive, real

START = (2.5, -1.0, 3.2, 0.5)  # the book's


def hardmax(z: np.ndarray) -> np.ndarray:
    """1 for the largest of `z` (n,) and 0 for the others; those that tie for it share the 1."""
    top = np.asarray(z, np.float64) == np.max(z)
    return top / top.sum()


class Shares:
    """softmax((z + shift) / T) of the weighted inputs `z`, and what it is compared with.

    `set` replaces all; TypeError or ValueError if a number is not finite or T is not positive.
    """

    def __init__(
        self, z: Sequence[float] = START, temperature: float = 1.0, shift: float = 0.0
    ) -> None:
        self.set(z, temperature, shift)

    def set(self, z: Sequence[float], temperature: float = 1.0, shift: float = 0.0) -> None:
        self.z = np.array([real(f"z[{j}]", value) for j, value in enumerate(z)])
        self.temperature = positive("temperature", temperature, "1")
        self.shift = real("shift", shift)

    @property
    def shifted(self) -> np.ndarray:
        """z_j + shift, rounded so that equal sums of decimals are equal numbers."""
        return np.round(self.z + self.shift, 9)

    @property
    def powers(self) -> np.ndarray:
        """e^((z_j + shift) / T), the numerators; infinite where they are too large."""
        with np.errstate(over="ignore"):
            return np.exp(self.shifted / self.temperature)

    @property
    def soft(self) -> np.ndarray:
        """The outputs a_j: positive, with the sum 1."""
        return softmax(self.shifted / self.temperature)

    @property
    def hard(self) -> np.ndarray:
        """What softmax becomes as T falls to 0."""
        return hardmax(self.shifted)

    @property
    def sigmoids(self) -> np.ndarray:
        """σ(z_j + shift): each output by itself, with any sum."""
        return sigmoid(self.shifted)

    @property
    def gap(self) -> float:
        """The largest difference between softmax and hardmax."""
        return float(np.abs(self.soft - self.hard).max())
