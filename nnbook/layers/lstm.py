"""Long short-term memory: a cell that keeps what its gates let in (NNDL ch. 6)."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from nnbook.activations import sigmoid, tanh
from nnbook.initializers import Initializer
from nnbook.layers.through_time import Sequences, Steps, ThroughTime, by_example, by_step
from nnbook.notation import Outputs


class LSTM(ThroughTime):
    """n memory cells c_t behind gates (Hochreiter and Schmidhuber 1997; Gers et al. 2000).

    z_t = W_x x_t + W_h h_{t−1} + b has four rows for each neuron, in this order:
    i = σ(z) lets in, f = σ(z) keeps, o = σ(z) lets out, g = tanh(z) is what may come in.

        c_t = f ⊙ c_{t−1} + i ⊙ g        h_t = o ⊙ tanh c_t

    Along c the gradient is only multiplied by f, once a step: where f stays near 1, it lives.
    Biases of f start 1 higher than the initializer draws them, so that the cells begin by keeping.
    After `backprop`, `grad_c` (m, steps, n) holds ∂C/∂c_t.
    """

    rows_per_neuron = 4
    grad_c: Sequences

    def fresh(self) -> LSTM:
        return LSTM(self.n, every_step=self.every_step)

    def initialize(self, initializer: Initializer, rng: np.random.Generator) -> None:
        super().initialize(initializer, rng)
        self.b[self.n : 2 * self.n] += 1

    def weighted_input(self, a_in: Sequences) -> Outputs:
        _, _, h = self._run(a_in)
        return self._output(h[1:])

    def forward(self, a_in: Sequences) -> Outputs:
        self.a_in = a_in
        self.gates, self.c, self.h = self._run(a_in)
        self.z = self.a = self._output(self.h[1:])
        return self.a

    def _run(self, a_in: Sequences) -> tuple[Steps, Steps, Steps]:
        """The gates (i, f, o, g) of each step, c_0 … c_T and h_0 … h_T."""
        n, gates = self.n, self._input_part(by_step(a_in))
        c = np.zeros((len(gates) + 1, gates.shape[1], n), gates.dtype)
        h = np.zeros_like(c)
        for t in range(len(gates)):  # c[t] is the cell before step t, c[t + 1] after it
            z = gates[t] + h[t] @ self.W_h.T
            gates[t, :, : 3 * n] = sigmoid(z[:, : 3 * n])
            gates[t, :, 3 * n :] = tanh(z[:, 3 * n :])
            i, f, o, g = self._four(gates[t])
            c[t + 1] = f * c[t] + i * g
            h[t + 1] = o * tanh(c[t + 1])
        return gates, c, h

    def backprop(self, delta: Outputs) -> np.ndarray:
        """From ∂C/∂a to this layer's gradients, back through all steps."""
        grad_h = self._from_above(delta)
        grad_c = np.zeros_like(grad_h)
        delta = np.empty_like(self.gates)
        for t in reversed(range(len(delta))):
            i, f, o, g = self._four(self.gates[t])
            tanh_c = tanh(self.c[t + 1])
            grad_c[t] += grad_h[t] * o * (1 - tanh_c**2)
            delta_i, delta_f, delta_o, delta_g = self._four(delta[t])
            delta_i[...] = grad_c[t] * g * i * (1 - i)
            delta_f[...] = grad_c[t] * self.c[t] * f * (1 - f)
            delta_o[...] = grad_h[t] * tanh_c * o * (1 - o)
            delta_g[...] = grad_c[t] * i * (1 - g**2)
            if t > 0:
                grad_c[t - 1] = grad_c[t] * f  # along the cell
                grad_h[t - 1] += delta[t] @ self.W_h  # through the gates
        self.grad_h, self.grad_c = by_example(grad_h), by_example(grad_c)
        return self._collect(delta, self.h[:-1])

    def _four(self, rows: Float[np.ndarray, "m rows"]) -> list[np.ndarray]:
        """The parts i, f, o, g of `rows`, (m, n) each: views."""
        return np.split(rows, 4, axis=1)

    def __repr__(self) -> str:
        return f"LSTM({self.n}{self._extras()})"
