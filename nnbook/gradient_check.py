"""Is the gradient right? Backpropagation against central differences (NNDL ch. 2)."""

from __future__ import annotations

import numpy as np

from nnbook.checks import positive
from nnbook.layers import WeightedLayer
from nnbook.network import Network
from nnbook.notation import Inputs, Rows, Vector
from nnbook.regularizers import Regularizer


def numerical_gradient(
    network: Network,
    x: Inputs,
    y: Rows,
    regularizer: Regularizer | None = None,
    step: float = 1e-5,
) -> Vector:
    """∂C/∂v for each parameter v by (C(v + step) − C(v − step)) / (2 step); C is the mean cost.

    Two forward passes for each parameter. ValueError unless the network computes in float64.
    """
    positive("step", step, example="1e-5")
    if network.dtype != np.float64:
        raise ValueError(
            "network must compute in float64 (float32 is too coarse for differences): "
            "use network.astype(numpy.float64)."
        )
    network = network.copy()
    parameters, slopes = network.parameters, np.empty_like(network.parameters)
    for i, here in enumerate(parameters.tolist()):
        parameters[i] = here + step
        above = _cost(network, x, y, regularizer)
        parameters[i] = here - step
        below = _cost(network, x, y, regularizer)
        parameters[i] = here
        slopes[i] = (above - below) / (2 * step)
    return slopes


def gradient_check(
    network: Network,
    x: Inputs,
    y: Rows,
    regularizer: Regularizer | None = None,
    step: float = 1e-5,
) -> dict[str, float]:
    """‖g − ĝ‖ / (‖g‖ + ‖ĝ‖) for each parameter array, g by backpropagation, ĝ by differences.

    Keys are "layer 1 W", "layer 1 b", …; values below 1e-7 mean that the gradient is right. `x`
    (m, n_in) and `y` (m, n_out) are a mini-batch, which is also taken as the training set for λ/n.
    Dropout drops the same neurons each time.
    """
    expected = numerical_gradient(network, x, y, regularizer, step)
    network = network.copy()
    network.backprop(x, y)
    network.gradient /= len(x)
    if regularizer is not None:
        network.gradient[: network.n_weights] += regularizer.gradient(network.weights, len(x))
    errors = {}
    reference = network.copy()
    reference.gradient[...] = expected
    for n, (layer, other) in enumerate(zip(network.layers, reference.layers, strict=True), start=1):
        if isinstance(layer, WeightedLayer) and isinstance(other, WeightedLayer):
            errors[f"layer {n} W"] = relative_error(layer.gradient_W, other.gradient_W)
            errors[f"layer {n} b"] = relative_error(layer.gradient_b, other.gradient_b)
    return errors


def relative_error(g: np.ndarray, expected: np.ndarray) -> float:
    """‖g − ĝ‖ / (‖g‖ + ‖ĝ‖), and 0 when both are 0."""
    size = float(np.linalg.norm(g) + np.linalg.norm(expected))
    return float(np.linalg.norm(g - expected)) / size if size else 0.0


def _cost(network: Network, x: Inputs, y: Rows, regularizer: Regularizer | None) -> float:
    penalty = regularizer.penalty(network.weights, len(x)) if regularizer else 0.0
    a = network.copy().forward(x, training=True)  # each copy drops the same neurons
    return float(network.cost(a, y).mean()) + penalty
