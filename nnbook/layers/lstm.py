"""Long short-term memory: a cell that keeps what its gates let in (NNDL ch. 6)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from jaxtyping import Float

from nnbook.activations import sigmoid, tanh
from nnbook.checks import real
from nnbook.initializers import Initializer
from nnbook.layers.through_time import FromStart, Sequences, ThroughTime, by_example
from nnbook.notation import Outputs

Gates = Float[np.ndarray, "steps 4 m n"]  # g, i, f, o of each step


class LSTM(ThroughTime):
    """n memory cells c_t behind gates (Hochreiter and Schmidhuber 1997; Gers et al. 2000).

    z_t = W_x x_t + W_h h_{t−1} + b has four rows for each neuron, in this order: g = tanh(z) is
    what may come in, i = σ(z) lets it in, f = σ(z) keeps what was there, o = σ(z) lets it out.

        c_t = f ⊙ c_{t−1} + i ⊙ g        h_t = o ⊙ tanh c_t

    Along c the gradient is multiplied by f alone, once a step: where f stays near 1, it lives.
    After `backprop`, `grad_c` (m, steps, n) holds ∂C/∂c_t.
    """

    rows_per_neuron = 4
    grad_c: Sequences

    def __init__(self, n: int, *, memory: float = 4, every_step: bool = False):
        """`n` cells, 1 or more, which begin with a memory of about `memory` steps, 2 or more.

        Each step they keep 1 − 1/memory of what they hold and let in 1/memory of what comes: the
        biases of f start ln(memory − 1) higher than drawn, those of i as much lower (Tallec and
        Ollivier 2018, section 3). Make it about as long as what is to be remembered.
        """
        super().__init__(n, every_step=every_step)
        self.memory = real("memory", memory)
        if self.memory < 2:
            raise ValueError(f"memory must be 2 or more steps, but it is {memory}.")

    def settings(self) -> dict[str, Any]:
        return {"n": self.n, "memory": self.memory, "every_step": self.every_step}

    def initialize(self, initializer: Initializer, rng: np.random.Generator) -> None:
        super().initialize(initializer, rng)
        _, b_i, b_f, _ = self.b.reshape(4, self.n)
        b_f += math.log(self.memory - 1)  # σ(ln(T − 1)) = 1 − 1/T
        b_i -= math.log(self.memory - 1)

    def weighted_input(self, a_in: Sequences) -> Outputs:
        _, _, h = self._run(a_in)
        return self._output(h[1:])

    def forward(self, a_in: Sequences) -> Outputs:
        self.a_in = a_in
        self.gates, self.c, self.h = self._run(a_in)
        self.z = self.a = self._output(self.h[1:])
        return self.a

    def _run(self, a_in: Sequences) -> tuple[Gates, FromStart, FromStart]:
        """The gates of each step, c_0 … c_T and h_0 … h_T."""
        rows = self._input_part(a_in)
        steps, m, _ = rows.shape
        gates = rows.reshape(steps, m, 4, self.n).transpose(0, 2, 1, 3).copy()
        g, i, f, o = gates.swapaxes(0, 1)  # views, (steps, m, n)
        c, h = np.zeros((2, steps + 1, m, self.n), rows.dtype)
        W_h = self._gate_by_gate().swapaxes(1, 2)
        for t in range(steps):  # c[t] is the cell before step t, c[t + 1] after it
            z = gates[t] + h[t] @ W_h
            gates[t, 0], gates[t, 1:] = tanh(z[0]), sigmoid(z[1:])
            c[t + 1] = f[t] * c[t] + i[t] * g[t]
            h[t + 1] = o[t] * tanh(c[t + 1])
        return gates, c, h

    def backprop(self, delta: Outputs) -> np.ndarray:
        """From ∂C/∂a to this layer's gradients, back through all steps."""
        g, i, f, o = self.gates.swapaxes(0, 1)
        tanh_c = tanh(self.c[1:])
        slopes = np.empty_like(self.gates)
        slopes[:, 0] = i * (1 - g**2)  # ∂c_t/∂z of g; tanh′ = 1 − tanh²
        slopes[:, 1] = g * i * (1 - i)  # ∂c_t/∂z of i; σ′ = σ (1 − σ)
        slopes[:, 2] = self.c[:-1] * f * (1 - f)  # ∂c_t/∂z of f
        slopes[:, 3] = tanh_c * o * (1 - o)  # ∂h_t/∂z of o
        slope_c = o * (1 - tanh_c**2)  # ∂h_t/∂c_t
        grad_h = self._from_above(delta)
        grad_c, delta = np.zeros_like(grad_h), slopes
        W_h = self._gate_by_gate()
        for t in reversed(range(len(delta))):
            grad_c[t] += grad_h[t] * slope_c[t]
            delta[t, :3] *= grad_c[t]  # δ_t = ∂C/∂z_t
            delta[t, 3] *= grad_h[t]
            if t > 0:
                grad_c[t - 1] = grad_c[t] * f[t]  # along the cell
                grad_h[t - 1] += (delta[t] @ W_h).sum(axis=0)  # through the gates
        self.grad_h, self.grad_c = by_example(grad_h), by_example(grad_c)
        steps, _, m, _ = delta.shape
        return self._collect(delta.swapaxes(1, 2).reshape(steps, m, -1), self.h[:-1])

    def _gate_by_gate(self) -> Float[np.ndarray, "4 n n"]:
        """W_h, one matrix a gate."""
        return self.W_h.reshape(4, self.n, self.n)

    def __repr__(self) -> str:
        extras = f", memory={self.memory:g}" if self.memory != 4 else ""
        return f"LSTM({self.n}{extras}{self._extras()})"
