"""The fully connected layer, an equation of backpropagation a line (NNDL ch. 1 and 2)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from nnbook.activations import ActivationFunction, sigmoid
from nnbook.blas import product
from nnbook.checks import instance, whole
from nnbook.layers.base import Shape, WeightedLayer
from nnbook.notation import Inputs, Outputs


class Dense(WeightedLayer):
    """n neurons, each connected to every input: a = f(a_in Wᵀ + b).

    `W` is (n_out, n_in), so that `W[j, k]` is the book's w_jk; `b` is (n_out,). Rows of `a_in`
    (m, n_in) and of the result (m, n_out) are examples; images are flattened row by row.
    """

    def __init__(self, n: int, activation: ActivationFunction = sigmoid):
        """`n` neurons, 1 or more, with the given activation function."""
        self.n_out = whole("n", n)
        self.activation = instance("activation", activation, ActivationFunction, "sigmoid")

    def settings(self) -> dict[str, Any]:
        return {"n": self.n_out, "activation": self.activation}

    def connect(self, input_shape: Shape) -> Shape:
        self.input_shape, self.output_shape = input_shape, (self.n_out,)
        self.weight_shape = (self.n_out, math.prod(input_shape))
        return self.output_shape

    def fans(self) -> tuple[int, int]:
        return self.W.shape[1], self.W.shape[0]

    def weighted_input(self, a_in: Inputs) -> Outputs:
        return product(a_in.reshape(-1, self.W.shape[1]), self.W.T) + self.b

    def backprop(self, delta: Outputs) -> np.ndarray:
        """Sums over the mini-batch; returns ∂C/∂a_in, which is BP2 before ⊙ f′(z)."""
        self.delta = delta
        a_in = self.a_in.reshape(-1, self.W.shape[1])
        self.gradient_b[...] = delta.sum(axis=0)  # BP3
        np.matmul(delta.T, a_in, out=self.gradient_W)  # BP4
        if not self.needs_input_gradient:
            return delta
        return (delta @ self.W).reshape(self.a_in.shape)  # BP2

    def __repr__(self) -> str:
        return f"Dense({self.n_out}, {self.activation})"
