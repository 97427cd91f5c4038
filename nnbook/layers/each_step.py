"""The same neurons at each step of a sequence: an answer every time (NNDL ch. 6)."""

from __future__ import annotations

import numpy as np

from nnbook.activations import ActivationFunction, sigmoid, softmax
from nnbook.layers.base import Shape
from nnbook.layers.dense import Dense
from nnbook.layers.through_time import Sequences, sequence_shape
from nnbook.notation import Rows


class EachStep(Dense):
    """n neurons that look at each step alone, with the same weights: a_t = f(W x_t + b).

    Inputs are sequences (m, steps, features); the outputs of all steps stand one after another in
    a row, (m, steps · n), so that a network may end here. `W` is (n, features).
    """

    def __init__(self, n: int, activation: ActivationFunction = sigmoid):
        """`n` neurons, 1 or more; ValueError for softmax, which would mix the steps."""
        super().__init__(n, activation)
        if activation is softmax:
            raise ValueError(
                "activation must work entry by entry, but softmax would take all steps together: "
                "use sigmoid."
            )

    def connect(self, input_shape: Shape) -> Shape:
        steps, features = sequence_shape(input_shape)
        self.input_shape, self.output_shape = input_shape, (steps * self.n_out,)
        self.weight_shape = (self.n_out, features)
        return self.output_shape

    def weighted_input(self, a_in: Sequences) -> Rows:
        m, _, features = a_in.shape
        return super().weighted_input(a_in.reshape(-1, features)).reshape(m, -1)

    def backprop(self, delta: Rows) -> np.ndarray:
        """Sums over the mini-batch and over the steps, which share weights and biases."""
        grad = super().backprop(delta.reshape(-1, self.n_out))
        self.delta = delta
        return grad if self.needs_input_gradient else delta

    def __repr__(self) -> str:
        return f"EachStep({self.n_out}, {self.activation})"
