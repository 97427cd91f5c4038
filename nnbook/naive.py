"""The book's loops, slow and plain: an example, a neuron, a weight at a time (NNDL ch. 1, 2).

It stands alone and is the oracle: the fast package must give the same numbers. Activations are
sigmoid, the cost is quadratic; an example x is a vector (n_in,), weights[l] is (n_out, n_in).
"""

from __future__ import annotations

import math

import numpy as np

Arrays = list[np.ndarray]


def sigmoid(z: float) -> float:
    """σ(z) = 1 / (1 + e^−z) for one number, without overflow."""
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))


def forward(weights: Arrays, biases: Arrays, x: np.ndarray) -> tuple[Arrays, Arrays]:
    """All z and all a (the input first), one neuron and one weight at a time."""
    zs, activations = [], [np.asarray(x, dtype=float)]
    for w, b in zip(weights, biases, strict=True):
        z = np.zeros(len(b))
        for j in range(len(b)):
            z[j] = b[j]
            for k in range(w.shape[1]):
                z[j] += w[j, k] * activations[-1][k]
        zs.append(z)
        activations.append(np.array([sigmoid(z_j) for z_j in z]))
    return zs, activations


def backprop(
    weights: Arrays, biases: Arrays, x: np.ndarray, y: np.ndarray
) -> tuple[Arrays, Arrays]:
    """∂C_x/∂w and ∂C_x/∂b of one example for C_x = ½ Σ (a − y)², one weight at a time."""
    _, activations = forward(weights, biases, x)
    nabla_w = [np.zeros_like(w) for w in weights]
    nabla_b = [np.zeros_like(b) for b in biases]
    delta = np.zeros(len(biases[-1]))
    for j, a in enumerate(activations[-1]):
        delta[j] = (a - y[j]) * a * (1 - a)  # BP1
    for layer in reversed(range(len(weights))):
        w, a_in = weights[layer], activations[layer]
        for j in range(w.shape[0]):
            nabla_b[layer][j] = delta[j]  # BP3
            for k in range(w.shape[1]):
                nabla_w[layer][j, k] = a_in[k] * delta[j]  # BP4
        below = np.zeros(w.shape[1])
        for k in range(w.shape[1]):
            for j in range(w.shape[0]):
                below[k] += w[j, k] * delta[j]  # BP2 ...
            below[k] *= a_in[k] * (1 - a_in[k])  # ... ⊙ σ′(z)
        delta = below
    return nabla_w, nabla_b


def cost(weights: Arrays, biases: Arrays, xs: np.ndarray, ys: np.ndarray) -> float:
    """C = 1/(2n) Σ ‖a − y‖² over the rows of `xs` and `ys`."""
    total = 0.0
    for x, y in zip(xs, ys, strict=True):
        for a_j, y_j in zip(forward(weights, biases, x)[1][-1], y, strict=True):
            total += 0.5 * (a_j - y_j) ** 2
    return total / len(xs)


def update_mini_batch(
    weights: Arrays, biases: Arrays, xs: np.ndarray, ys: np.ndarray, learning_rate: float
) -> None:
    """One step of gradient descent in place: the mean over the rows, one example at a time.

    Here each example is handled with vectors in float64, step for step as the book's programs
    do: this is the loop over examples that the package is measured against.
    """
    sum_w = [np.zeros(w.shape) for w in weights]
    sum_b = [np.zeros(b.shape) for b in biases]
    for x, y in zip(xs, ys, strict=True):
        nabla_w, nabla_b = backprop_vectors(weights, biases, x, y)
        sum_w = [total + one for total, one in zip(sum_w, nabla_w, strict=True)]
        sum_b = [total + one for total, one in zip(sum_b, nabla_b, strict=True)]
    for w, total in zip(weights, sum_w, strict=True):
        w -= learning_rate / len(xs) * total
    for b, total in zip(biases, sum_b, strict=True):
        b -= learning_rate / len(xs) * total


def backprop_vectors(
    weights: Arrays, biases: Arrays, x: np.ndarray, y: np.ndarray
) -> tuple[Arrays, Arrays]:
    """`backprop` with a vector for each layer of one example."""
    nabla_w = [np.zeros(w.shape) for w in weights]
    nabla_b = [np.zeros(b.shape) for b in biases]
    activation, activations, zs = x, [x], []
    for w, b in zip(weights, biases, strict=True):
        z = np.dot(w, activation) + b
        zs.append(z)
        activation = sigmoid_vector(z)
        activations.append(activation)
    delta = (activations[-1] - y) * sigmoid_prime(zs[-1])
    nabla_b[-1], nabla_w[-1] = delta, np.outer(delta, activations[-2])
    for layer in range(len(weights) - 2, -1, -1):
        delta = np.dot(weights[layer + 1].T, delta) * sigmoid_prime(zs[layer])
        nabla_b[layer], nabla_w[layer] = delta, np.outer(delta, activations[layer])
    return nabla_w, nabla_b


def sigmoid_vector(z: np.ndarray) -> np.ndarray:
    """σ for a vector."""
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_prime(z: np.ndarray) -> np.ndarray:
    """σ′ = σ (1 − σ) for a vector."""
    return sigmoid_vector(z) * (1 - sigmoid_vector(z))
