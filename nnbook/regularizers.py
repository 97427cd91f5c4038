"""Penalties on large weights, λ/(2n) Σw² and λ/n Σ|w| (NNDL ch. 3); biases are never penalised."""

from __future__ import annotations

import numpy as np

from nnbook.checks import instance, not_negative


class Regularizer:
    """A penalty added to the cost; n is the size of the training set, whatever is evaluated.

    Two of them add up: `L1(0.5) + L2(5.0)`.
    """

    def penalty(self, weights: np.ndarray, n: int) -> float:
        """What is added to the cost C."""
        raise NotImplementedError

    def gradient(self, weights: np.ndarray, n: int) -> np.ndarray:
        """What is added to ∂C/∂w, the shape of `weights`."""
        raise NotImplementedError

    def __add__(self, other: Regularizer) -> Both:
        return Both(self, other)


class _Weighted(Regularizer):
    """A penalty of strength λ."""

    def __init__(self, lambda_: float):
        """`lambda_` is λ, 0 or greater."""
        self.lambda_ = not_negative("lambda_", lambda_)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.lambda_:g})"


class L2(_Weighted):
    """Weight decay: λ/(2n) Σw²."""

    def penalty(self, weights: np.ndarray, n: int) -> float:
        return self.lambda_ / (2 * n) * float(weights @ weights)

    def gradient(self, weights: np.ndarray, n: int) -> np.ndarray:
        return (self.lambda_ / n) * weights


class L1(_Weighted):
    """λ/n Σ|w|; the slope at w = 0 is taken as 0."""

    def penalty(self, weights: np.ndarray, n: int) -> float:
        return self.lambda_ / n * float(np.abs(weights).sum())

    def gradient(self, weights: np.ndarray, n: int) -> np.ndarray:
        return (self.lambda_ / n) * np.sign(weights)


class Both(Regularizer):
    """The sum of two penalties: L1 draws weights to 0, L2 keeps the others small."""

    def __init__(self, first: Regularizer, second: Regularizer):
        self.first = instance("first", first, Regularizer, "L1(0.5)")
        self.second = instance("second", second, Regularizer, "L2(5.0)")

    def penalty(self, weights: np.ndarray, n: int) -> float:
        return self.first.penalty(weights, n) + self.second.penalty(weights, n)

    def gradient(self, weights: np.ndarray, n: int) -> np.ndarray:
        return self.first.gradient(weights, n) + self.second.gradient(weights, n)

    def __repr__(self) -> str:
        return f"{self.first} + {self.second}"
