"""What every layer is: z = g(a_in), a = f(z) forward, and the error's way back (NNDL ch. 2)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nnbook.activations import ActivationFunction, linear
from nnbook.initializers import Initializer
from nnbook.notation import Inputs, Outputs

Shape = tuple[int, ...]


class Layer:
    """A layer without weights. A network connects it, gives it memory, and runs it.

    While training it remembers `a_in`, `z`, `a` and, on the way back, `delta` = ∂C/∂z, one row
    for each example of the mini-batch. `predict` remembers nothing.
    """

    activation: ActivationFunction = linear
    input_shape: Shape | None = None
    output_shape: Shape
    needs_input_gradient = True  # False for the first layer: nobody asks for ∂C/∂x

    a_in: np.ndarray
    z: np.ndarray
    a: np.ndarray
    delta: np.ndarray

    def connect(self, input_shape: Shape) -> Shape:
        """Fix the shape of one input example; returns that of one output example.

        ValueError, saying what would fit, if this layer cannot take such an input.
        """
        raise NotImplementedError

    def settings(self) -> dict[str, Any]:
        """The arguments that make such a layer: numbers, pairs of numbers, activation functions."""
        raise NotImplementedError

    def fresh(self) -> Layer:
        """A new layer with the same settings, not connected to anything."""
        return type(self)(**self.settings())

    def fans(self) -> tuple[int, int]:
        """(n_in, n_out): inputs of one neuron, and neurons that share one input."""
        raise NotImplementedError

    def initialize(self, initializer: Initializer, rng: np.random.Generator) -> None:
        """Draw starting weights and biases; nothing to do without weights."""

    def weighted_input(self, a_in: Inputs) -> Outputs:
        """z for the inputs `a_in`, one example a row."""
        raise NotImplementedError

    def predict(self, a_in: Inputs) -> Outputs:
        """a = f(z); changes nothing on the layer."""
        return self.activation(self.weighted_input(a_in))

    def forward(self, a_in: Inputs) -> Outputs:
        """The same, and remembers what the way back needs."""
        self.a_in = a_in
        self.z = self.weighted_input(a_in)
        self.a = self.activation(self.z)
        return self.a

    def through_activation(self, grad_a: Outputs) -> Outputs:
        """∂C/∂z = ∂C/∂a ⊙ f′(z), the second half of BP2."""
        return self.activation.backward(grad_a, self.z, self.a)

    def backprop(self, delta: Outputs) -> np.ndarray:
        """From ∂C/∂z (m, *output): fill this layer's gradients, return ∂C/∂a_in (m, *input).

        The first layer need not compute ∂C/∂x, and returns `delta` as it came.
        """
        raise NotImplementedError

    @property
    def n_parameters(self) -> int:
        """How many weights and biases."""
        return 0


class WeightedLayer(Layer):
    """A layer with weights `W` and biases `b`, which are views into the network's flat vector.

    Assigning `layer.W = array` writes into the view; it never replaces it.
    """

    weight_shape: Shape
    _W: np.ndarray
    _b: np.ndarray
    gradient_W: np.ndarray
    gradient_b: np.ndarray

    def attach(
        self, W: np.ndarray, b: np.ndarray, gradient_W: np.ndarray, gradient_b: np.ndarray
    ) -> None:
        """Take views of the network's parameters and gradient as this layer's own."""
        self._W, self._b = W, b
        self.gradient_W, self.gradient_b = gradient_W, gradient_b

    def initialize(self, initializer: Initializer, rng: np.random.Generator) -> None:
        n_in, n_out = self.fans()
        self._W[...] = initializer.weights(rng, self._W.shape, n_in, n_out)
        self._b[...] = initializer.biases(rng, len(self._b))

    @property
    def W(self) -> np.ndarray:
        """The weights."""
        return self._W

    @W.setter
    def W(self, value: ArrayLike) -> None:
        self._W[...] = _fitting("W", value, self._W.shape)

    @property
    def b(self) -> np.ndarray:
        """The biases."""
        return self._b

    @b.setter
    def b(self, value: ArrayLike) -> None:
        self._b[...] = _fitting("b", value, self._b.shape)

    @property
    def n_parameters(self) -> int:
        return self._W.size + self._b.size


def _fitting(name: str, value: ArrayLike, shape: Shape) -> np.ndarray:
    array = np.asarray(value, dtype=float)
    if array.shape != shape:
        raise ValueError(f"{name} must have the shape {shape}, but the new one has {array.shape}.")
    return array


class Activation(Layer):
    """An activation function as a layer of its own, after a layer that has none."""

    def __init__(self, activation: ActivationFunction):
        self.activation = activation

    def settings(self) -> dict[str, Any]:
        return {"activation": self.activation}

    def connect(self, input_shape: Shape) -> Shape:
        self.input_shape = self.output_shape = input_shape
        return input_shape

    def weighted_input(self, a_in: Inputs) -> Inputs:
        return a_in

    def backprop(self, delta: Outputs) -> Outputs:
        self.delta = delta
        return delta

    def __repr__(self) -> str:
        return f"Activation({self.activation})"
