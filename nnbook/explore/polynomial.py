"""A polynomial through ten points, with a penalty on its weights (NNDL ch. 3)."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from nnbook.checks import not_negative, whole

# The book's ten points.
X = np.array([0.7, 1.3, 1.9, 2.6, 2.9, 3.6, 3.8, 3.95, 4.4, 4.9])
Y = np.array([1.8, 2.2, 4.0, 5.0, 6.1, 7.0, 7.4, 8.0, 9.1, 10.0])
MIDDLE, HALF = 2.8, 2.1  # t = (x − 2.8) / 2.1 runs from −1 to 1 over the points
HIGHEST = 9
NEW, NOISE, SEED = 20, 0.26, 0  # further measurements of y = 2x, with the scatter of the ten


class PolynomialFit:
    """The polynomial of a `degree` from 0 to 9 with the least 1/(2n) Σ(f(x) − y)² + λ/(2n) Σw².

    f(x) = b + w₁t + w₂t² + …, t = (x − 2.8)/2.1. The bias b is not penalised.
    """

    def __init__(self, degree: int = 9, lambda_: float = 0.0) -> None:
        noise = np.random.default_rng(SEED).normal(0, NOISE, NEW)
        self.new_x = np.linspace(X[0], X[-1], NEW)
        self.new_y = 2 * self.new_x + noise
        self.set(degree, lambda_)

    def set(self, degree: int, lambda_: float) -> None:
        """TypeError or ValueError unless degree is 0 to 9 and λ ≥ 0."""
        self.degree = whole("degree", degree, 0, HIGHEST)
        self.lambda_ = not_negative("lambda_", lambda_)
        self.coefficients = fitted(X, Y, self.degree, self.lambda_)

    def __call__(self, x: np.ndarray) -> np.ndarray:
        """f(x) for numbers of any shape."""
        return powers(x, self.degree) @ self.coefficients

    @property
    def error(self) -> float:
        """The root of the mean squared miss on the ten points."""
        return miss(self(X), Y)

    @property
    def new_error(self) -> float:
        """The same on twenty new points, if the truth is y = 2x and measuring scatters by 0.26."""
        return miss(self(self.new_x), self.new_y)

    @property
    def size(self) -> float:
        """The length of the weights, √Σw², without the bias."""
        return float(np.linalg.norm(self.coefficients[1:]))


def powers(x: np.ndarray, degree: int) -> np.ndarray:
    """1, t, t², … in the last axis, for t = (x − 2.8)/2.1."""
    t = (np.asarray(x, dtype=np.float64) - MIDDLE) / HALF
    return t[..., np.newaxis] ** np.arange(degree + 1)


def fitted(
    x: Float[np.ndarray, " n"], y: Float[np.ndarray, " n"], degree: int, lambda_: float
) -> Float[np.ndarray, " k"]:
    """(b, w₁, w₂, …): the least squares of the points and of √λ times each weight but the bias."""
    penalty = np.sqrt(lambda_) * np.eye(degree + 1)[1:]
    rows = np.vstack([powers(x, degree), penalty])
    wanted = np.concatenate([y, np.zeros(degree)])
    return np.linalg.lstsq(rows, wanted, rcond=None)[0]


def miss(f: np.ndarray, y: np.ndarray) -> float:
    """The root of the mean squared difference."""
    return float(np.sqrt(np.mean((f - y) ** 2)))
