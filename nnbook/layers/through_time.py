"""What the recurrent layers share: sequences in, states out, weights used at every step."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from nnbook.checks import whole
from nnbook.layers.base import Shape, WeightedLayer
from nnbook.notation import Outputs

Sequences = Float[np.ndarray, "m steps features"]  # an example a row, and in it a row a step
States = Float[np.ndarray, "steps m n"]  # step by step, as the layers compute: h_t of each example
FromStart = Float[np.ndarray, "steps+1 m n"]  # the same from h_0, the state before, on
Weighted = Float[np.ndarray, "steps m rows"]  # z_t of each example


class ThroughTime(WeightedLayer):
    """A layer that reads a sequence step by step and remembers by its state h_t.

    Inputs are sequences (m, steps, features). The output is the last state, (m, n), or with
    `every_step` all of them, (m, steps, n). The state before the first step is 0. One matrix
    `W` = (W_x, W_h), (rows, features + n), weighs input and last state, z_t = W_x x_t + W_h h_{t−1}
    + b, the same at every step: sequences of another length need no other weights.

    After `backprop`, `grad_h` (m, steps, n) holds ∂C/∂h_t and `delta` (m, steps, rows) ∂C/∂z_t.
    What the layer hands on is h itself, so its `activation` for the network is linear.
    """

    rows_per_neuron = 1  # rows of W for each neuron
    grad_h: Sequences

    def __init__(self, n: int, *, every_step: bool = False):
        """`n` neurons, 1 or more; their states at every step go on, or those of the last."""
        self.n = whole("n", n)
        if not isinstance(every_step, bool):
            raise TypeError(f"every_step must be True or False, but it is {every_step!r}.")
        self.every_step = every_step

    def connect(self, input_shape: Shape) -> Shape:
        steps, features = sequence_shape(input_shape)
        self.input_shape = input_shape
        self.output_shape = (steps, self.n) if self.every_step else (self.n,)
        self.weight_shape = (self.rows_per_neuron * self.n, features + self.n)
        return self.output_shape

    def fans(self) -> tuple[int, int]:
        rows, columns = self.weight_shape
        return columns, rows

    @property
    def W_x(self) -> np.ndarray:
        """The weights of the input, (rows, features): a view of `W`."""
        return self.W[:, : -self.n]

    @property
    def W_h(self) -> np.ndarray:
        """The weights of the state before, (rows, n): a view of `W`."""
        return self.W[:, -self.n :]

    def norms_through_time(self) -> Float[np.ndarray, " steps"]:
        """The mean over the last mini-batch of ‖∂C/∂h_t‖ at each step: what is left to learn from.

        AttributeError before the first `backprop`.
        """
        return np.linalg.norm(self.grad_h, axis=2).mean(axis=0)

    # ---- for the layers ------------------------------------------------------------------------

    def _input_part(self, a_in: Sequences) -> Weighted:
        """W_x x_t + b for all steps in one product."""
        return by_step(a_in) @ self.W_x.T + self.b

    def _output(self, h: States) -> Outputs:
        """What the layer hands on of its states h_1 … h_T."""
        return by_example(h) if self.every_step else h[-1]

    def _from_above(self, grad_a: Outputs) -> States:
        """∂C/∂h_t as far as it comes from the layer above, for every step: (steps, m, n)."""
        if self.every_step:
            return by_step(grad_a).copy()
        assert self.input_shape is not None
        grad_h = np.zeros((self.input_shape[0], *grad_a.shape), grad_a.dtype)
        grad_h[-1] = grad_a
        return grad_h

    def _collect(self, delta: Weighted, h_before: States) -> np.ndarray:
        """BP3 and BP4, summed over steps and mini-batch; returns ∂C/∂x, as `backprop` does."""
        x, features = by_step(self.a_in), self.a_in.shape[2]
        flat = delta.reshape(-1, delta.shape[2])
        self.gradient_b[...] = flat.sum(axis=0)  # BP3
        self.gradient_W[:, :features] = flat.T @ x.reshape(-1, features)  # BP4
        self.gradient_W[:, features:] = flat.T @ h_before.reshape(-1, self.n)
        self.delta = by_example(delta)
        return by_example(delta @ self.W_x) if self.needs_input_gradient else self.delta  # BP2

    def _extras(self) -> str:
        return ", every_step=True" if self.every_step else ""


def by_step(sequences: np.ndarray) -> np.ndarray:
    """(m, steps, features) as (steps, m, features): a view."""
    return sequences.swapaxes(0, 1)


def by_example(steps: np.ndarray) -> np.ndarray:
    """(steps, m, features) as (m, steps, features): a view."""
    return steps.swapaxes(0, 1)


def sequence_shape(shape: Shape) -> tuple[int, int]:
    """`shape` itself; ValueError unless it is (steps, features)."""
    if len(shape) == 2:
        return shape
    hint = f": ({shape[0]}, 1) for one number a step" if len(shape) == 1 else ""
    raise ValueError(
        "it needs sequences, of shape (steps, features), such as (20, 4), "
        f"but it gets inputs of shape {shape}{hint}. A recurrent layer hands on sequences with "
        "every_step=True."
    )
