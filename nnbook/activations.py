"""Activation functions a = f(z) and their derivatives (NNDL ch. 1 and 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

if TYPE_CHECKING:
    Array = np.ndarray
else:  # an array of any shape, or a single number: sigmoid(0.5) is allowed
    Array = Float[np.ndarray, "*shape"] | np.floating | float


class ActivationFunction:
    """A function f from weighted inputs z to activations a, any shape, entry by entry.

    Call it, `f(z)`; `derivative(z)` is f′(z). `backward(grad_a, z, a)` turns ∂C/∂a into ∂C/∂z,
    with `a = f(z)` at hand so that nothing is computed twice.
    """

    name: str

    def __call__(self, z: Array) -> Array:
        """f(z), the same shape and dtype as `z`."""
        raise NotImplementedError

    def derivative(self, z: Array) -> Array:
        """f′(z), the same shape as `z`."""
        raise NotImplementedError

    def backward(self, grad_a: Array, z: Array, a: Array) -> Array:
        """∂C/∂z = ∂C/∂a ⊙ f′(z)."""
        return grad_a * self.derivative(z)

    def __repr__(self) -> str:
        return self.name


class Step(ActivationFunction):
    """The perceptron's: 1 where z > 0, otherwise 0 (NNDL ch. 1)."""

    name = "step"

    def __call__(self, z: Array) -> Array:
        return np.heaviside(z, 0.0)

    def derivative(self, z: Array) -> Array:
        return np.zeros_like(z)  # flat on both sides of the jump: nothing to learn from


class Linear(ActivationFunction):
    """The identity: a = z (NNDL ch. 2 and 3, linear neurons)."""

    name = "linear"

    def __call__(self, z: Array) -> Array:
        return z

    def derivative(self, z: Array) -> Array:
        return np.ones_like(z)

    def backward(self, grad_a: Array, z: Array, a: Array) -> Array:
        return grad_a


class Sigmoid(ActivationFunction):
    """σ(z) = 1 / (1 + e^−z), from 0 to 1 (NNDL ch. 1)."""

    name = "sigmoid"

    def __call__(self, z: Array) -> Array:
        with np.errstate(over="ignore"):  # e^−z may reach infinity: 1 / (1 + ∞) = 0 is right
            return 1 / (1 + np.exp(np.negative(z)))

    def derivative(self, z: Array) -> Array:
        a = self(z)
        return a * (1 - a)

    def backward(self, grad_a: Array, z: Array, a: Array) -> Array:
        return grad_a * (a * (1 - a))  # σ′ = σ (1 − σ)


class Tanh(ActivationFunction):
    """tanh z = 2σ(2z) − 1, from −1 to 1 (NNDL ch. 3)."""

    name = "tanh"

    def __call__(self, z: Array) -> Array:
        return np.tanh(z)

    def derivative(self, z: Array) -> Array:
        return 1 - np.tanh(z) ** 2

    def backward(self, grad_a: Array, z: Array, a: Array) -> Array:
        return grad_a * (1 - a * a)


class ReLU(ActivationFunction):
    """max(0, z), the rectified linear unit (NNDL ch. 3); f′(0) is taken as 0."""

    name = "relu"

    def __call__(self, z: Array) -> Array:
        return np.maximum(z, 0)

    def derivative(self, z: Array) -> Array:
        return np.heaviside(z, 0.0)

    def backward(self, grad_a: Array, z: Array, a: Array) -> Array:
        return grad_a * (z > 0)


class Softmax(ActivationFunction):
    """a_j = e^z_j / Σ_k e^z_k along the last axis: positive, and sums to 1 (NNDL ch. 3)."""

    name = "softmax"

    def __call__(self, z: Array) -> Array:
        e = np.exp(z - np.max(z, axis=-1, keepdims=True))  # a shift of z changes nothing
        return e / np.sum(e, axis=-1, keepdims=True)

    def derivative(self, z: Array) -> Array:
        """∂a_j/∂z_j alone, the diagonal of the Jacobian."""
        a = self(z)
        return a * (1 - a)

    def backward(self, grad_a: Array, z: Array, a: Array) -> Array:
        """Each output depends on each z: the Jacobian a_j (1_jk − a_k), times grad_a."""
        return a * (grad_a - np.sum(grad_a * a, axis=-1, keepdims=True))


step, linear, sigmoid, tanh, relu, softmax = Step(), Linear(), Sigmoid(), Tanh(), ReLU(), Softmax()

ACTIVATIONS = {f.name: f for f in (step, linear, sigmoid, tanh, relu, softmax)}
