"""The recurrent layer and backpropagation through time, an equation a line (NNDL ch. 6)."""

from __future__ import annotations

from typing import Any

import numpy as np

from nnbook.activations import ActivationFunction, tanh
from nnbook.checks import instance
from nnbook.layers.through_time import FromStart, Sequences, ThroughTime, Weighted, by_example
from nnbook.notation import Outputs


class Recurrent(ThroughTime):
    """n neurons that also see what they said a step before: h_t = f(W_x x_t + W_h h_{t−1} + b).

    Unrolled over the steps it is a deep network whose layers share their weights (Werbos 1990).
    """

    def __init__(self, n: int, activation: ActivationFunction = tanh, *, every_step: bool = False):
        """`n` neurons, 1 or more, with activation function f: tanh or sigmoid."""
        super().__init__(n, every_step=every_step)
        self.f = instance("activation", activation, ActivationFunction, "tanh")

    def settings(self) -> dict[str, Any]:
        return {"n": self.n, "activation": self.f, "every_step": self.every_step}

    def weighted_input(self, a_in: Sequences) -> Outputs:
        return self._output(self._run(a_in)[1][1:])

    def forward(self, a_in: Sequences) -> Outputs:
        self.a_in = a_in
        self.z_steps, self.h = self._run(a_in)
        self.z = self.a = self._output(self.h[1:])
        return self.a

    def _run(self, a_in: Sequences) -> tuple[Weighted, FromStart]:
        """z_1 … z_T and h_0 … h_T."""
        z = self._input_part(a_in)
        h = np.zeros((len(z) + 1, *z.shape[1:]), z.dtype)
        for t in range(len(z)):  # h[t] is the state before step t, h[t + 1] after it
            z[t] += h[t] @ self.W_h.T
            h[t + 1] = self.f(z[t])
        return z, h

    def backprop(self, delta: Outputs) -> np.ndarray:
        """From ∂C/∂a to this layer's gradients, back through all steps."""
        grad_h = self._from_above(delta)
        delta = np.empty_like(self.z_steps)
        for t in reversed(range(len(delta))):
            delta[t] = self.f.backward(grad_h[t], self.z_steps[t], self.h[t + 1])  # δ_t
            if t > 0:
                grad_h[t - 1] += delta[t] @ self.W_h  # BP2, one step back in time
        self.grad_h = by_example(grad_h)
        return self._collect(delta, self.h[:-1])

    def __repr__(self) -> str:
        return f"Recurrent({self.n}, {self.f}{self._extras()})"
