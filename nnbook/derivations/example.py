"""The 2-3-2-2 network of note 3 with one example, in the book's letters (NNDL ch. 2).

The notes give no numbers for it, so these are our own: round, of both signs, no two weights alike.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from nnbook.activations import sigmoid
from nnbook.network import Network

Columns = tuple[np.ndarray, ...]  # one array for each layer after the inputs

LEARNING_RATE = 0.5  # η of the updates that the notes write down


@dataclass(frozen=True)
class Problem:
    """A network and one example: what a gradient is computed for. C = ½ Σ_j (a_j − y_j)².

    `w[l]` is (n_out, n_in), so that `w[l][j, k]` is the book's w_jk; `b[l]` is (n_out,); `x` and
    `y` are the input (n,) and the desired output (n_out of the last layer,). `f` is the activation
    function. Entries may be numbers or SymPy expressions. ValueError where shapes do not fit.
    """

    w: Columns
    b: Columns
    x: np.ndarray
    y: np.ndarray
    f: Callable[[Any], Any] = sigmoid

    def __post_init__(self) -> None:
        if not self.w or len(self.w) != len(self.b):
            raise ValueError(
                f"w and b must have an array for each layer, at least one, but there are "
                f"{len(self.w)} in w and {len(self.b)} in b."
            )
        below = np.shape(self.x)
        for layer, (w, b) in enumerate(zip(self.w, self.b, strict=True), start=2):
            if np.shape(w) != np.shape(b) + below or len(below) != 1:
                raise ValueError(
                    f"layer {layer}: w must have the shape (n_out, n_in) and b (n_out,), with "
                    f"{below} coming in, but they have {np.shape(w)} and {np.shape(b)}."
                )
            below = np.shape(b)
        if np.shape(self.y) != below:
            raise ValueError(f"y must have the shape {below}, but it has {np.shape(self.y)}.")

    @property
    def sizes(self) -> tuple[int, ...]:
        """Neurons in each layer, inputs first: (2, 3, 2, 2)."""
        return (len(self.x), *(len(b) for b in self.b))

    @property
    def output(self) -> np.ndarray:
        """What the network says to x, (n_out,)."""
        a = self.x
        for w, b in zip(self.w, self.b, strict=True):
            a = self.f(w @ a + b)
        return a

    @property
    def cost(self) -> Any:
        """C = ½ Σ_j (a_j − y_j)² of this one example."""
        return sum((self.output - self.y) ** 2) / 2

    @property
    def parameters(self) -> np.ndarray:
        """All weights, row by row, then all biases: the order of `Network.parameters`."""
        return np.concatenate([np.ravel(array) for array in (*self.w, *self.b)])

    def at(self, parameters: np.ndarray) -> Problem:
        """The same example with other weights and biases, in the order of `parameters`."""
        cuts = np.cumsum([array.size for array in (*self.w, *self.b)])[:-1]
        arrays = np.split(np.asarray(parameters), cuts)
        n = len(self.w)
        w = tuple(new.reshape(old.shape) for new, old in zip(arrays[:n], self.w, strict=True))
        return replace(self, w=w, b=tuple(arrays[n:]))

    def network(self) -> Network:
        """The same network as an `nnbook.Network`, float64."""
        network = Network(list(self.sizes), dtype=np.float64)
        network.parameters = self.parameters
        return network


@dataclass(frozen=True)
class Gradient:
    """∂C/∂w and ∂C/∂b in the book's letters, arrays shaped as in `Problem`."""

    w: Columns
    b: Columns

    @property
    def flat(self) -> np.ndarray:
        """In the order of `Problem.parameters` and of `Network.gradient`."""
        return np.concatenate([np.ravel(array) for array in (*self.w, *self.b)])


@dataclass(frozen=True)
class Trace:
    """All that one notation computes, with its own signs; a row of arrays for each layer.

    `z` weighted inputs (with or without the threshold, as the notation has it), `a` activations,
    `cost`, `errors` (δ, or −δ where the notation turns the sign), `b` and `w` the derivatives by
    its own threshold or bias and weights. Arrays are (n_out,), `w` (n_out, n_in).
    """

    z: Columns
    a: Columns
    cost: Any
    errors: Columns
    b: Columns
    w: Columns


def differences(problem: Problem, step: float = 1e-5) -> Gradient:
    """∂C/∂v ≈ (C(v + step) − C(v − step)) / (2 step) for each parameter: no chain rule at all."""
    here, slopes = problem.parameters, []
    for i in range(len(here)):
        nudge = np.zeros_like(here)
        nudge[i] = step
        above, below = problem.at(here + nudge).cost, problem.at(here - nudge).cost
        slopes.append((above - below) / (2 * step))
    shaped = problem.at(np.array(slopes))
    return Gradient(shaped.w, shaped.b)


def backprop(problem: Problem) -> Gradient:
    """What `nnbook.Network` computes for the same numbers."""
    network = problem.network()
    network.backprop(problem.x[np.newaxis], problem.y[np.newaxis])
    shaped = problem.at(network.gradient)
    return Gradient(shaped.w, shaped.b)


def mean(gradients: Sequence[Gradient]) -> Gradient:
    """The gradient of C = mean of C_x over examples is the mean of their gradients."""
    columns = zip(*(gradient.w for gradient in gradients), strict=True)
    biases = zip(*(gradient.b for gradient in gradients), strict=True)
    n = len(gradients)
    return Gradient(
        tuple(sum(layer) / n for layer in columns),
        tuple(sum(layer) / n for layer in biases),
    )


def random_problem(rng: np.random.Generator, sizes: Sequence[int] = (2, 3, 2, 2)) -> Problem:
    """Weights, biases and inputs from N(0, 1), desired outputs between 0 and 1."""
    shapes = [(n_out, n_in) for n_in, n_out in itertools.pairwise(sizes)]
    return Problem(
        w=tuple(rng.standard_normal(shape) for shape in shapes),
        b=tuple(rng.standard_normal(shape[0]) for shape in shapes),
        x=rng.standard_normal(sizes[0]),
        y=rng.random(sizes[-1]),
    )


NETWORK = Problem(  # chosen so that no derivative is small: all lie between 0.019 and 0.15
    w=(
        np.array([[-0.3, 0.7], [0.4, -0.6], [-0.5, 0.9]]),
        np.array([[-2.0, 1.3, -1.6], [-0.1, 1.9, -1.5]]),
        np.array([[1.7, 1.2], [-1.0, -1.4]]),
    ),
    b=(np.array([-0.1, 0.4, -0.4]), np.array([-0.4, -0.2]), np.array([-0.4, 0.4])),
    x=np.array([1.0, 0.5]),
    y=np.array([0.0, 1.0]),
)
