"""What to do with a gradient: stochastic gradient descent (NNDL ch. 1)."""

from __future__ import annotations

from nnbook.checks import positive
from nnbook.notation import Vector


class SGD:
    """v → v − η ∇C for every weight and bias."""

    def __init__(self, learning_rate: float):
        """`learning_rate` is η, greater than 0."""
        self.learning_rate = positive("learning_rate", learning_rate, example="3.0")

    def step(self, parameters: Vector, gradient: Vector) -> None:
        """Move `parameters` in place; `gradient` is the mini-batch's mean, and is used up."""
        gradient *= self.learning_rate  # in place: fresh memory would cost as much as the sum
        parameters -= gradient

    def __repr__(self) -> str:
        return f"SGD({self.learning_rate:g})"
