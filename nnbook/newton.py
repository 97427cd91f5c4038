"""The matrix of second derivatives and the step that uses it, for small networks (NNDL ch. 3).

The cost near v is C(v + Δv) ≈ C + ∇C·Δv + ½ Δvᵀ H Δv. It is least for Δv = −H⁻¹ ∇C: the Hessian
technique. H has a row and a column for each parameter, so this is for small networks only.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
from jaxtyping import Float
from scipy.linalg import LinAlgError, LinAlgWarning, solve

from nnbook.checks import instance, not_negative
from nnbook.layers import Dropout
from nnbook.network import Network
from nnbook.notation import Inputs, Rows, Vector
from nnbook.regularizers import L2

Square = Float[np.ndarray, "p p"]
Matrix = Callable[..., Square]

LARGEST = 2000  # parameters: a matrix of 32 MB, and some seconds to fill it
STEP = 1e-5  # of the central differences: their error is then about 1e-10

CURVATURES: dict[str, Callable[[Rows, Rows], Rows]] = {  # ∂²C_x/∂a_j², by the cost's name
    "quadratic": lambda a, y: np.ones_like(a),
    "cross-entropy": lambda a, y: y / a**2 + (1 - y) / (1 - a) ** 2,
    "log-likelihood": lambda a, y: y / a**2,
}


def hessian(network: Network, x: Inputs, y: Rows, regularizer: L2 | None = None) -> Square:
    """H_jk = ∂²C/∂v_j∂v_k of the mean cost C on `x` (m, n_in), `y` (m, n_out), symmetric.

    Each column is a central difference of two gradients of backpropagation, so p parameters take
    2p passes. `x` counts as the whole training set for λ/n. The order is that of
    `network.parameters`: weights, then biases. H says nothing where a ReLU stands on its kink.

    ValueError unless the network computes in float64, has at most `LARGEST` parameters and no
    dropout (then the cost is another one at each pass).
    """
    _check(network, regularizer)
    probe = network.copy()
    parameters = probe.parameters
    columns = np.empty((parameters.size, parameters.size))
    for k, here in enumerate(parameters.tolist()):
        parameters[k] = here + STEP
        above = gradient(probe, x, y, regularizer)
        parameters[k] = here - STEP
        below = gradient(probe, x, y, regularizer)
        parameters[k] = here
        columns[k] = (above - below) / (2 * STEP)
    return (columns + columns.T) / 2


def gauss_newton(network: Network, x: Inputs, y: Rows, regularizer: L2 | None = None) -> Square:
    """G = mean of Jᵀ M J over the examples: the part of H that never bends downwards.

    J (n_out, p) are the derivatives of the weighted inputs z of the last layer by the parameters,
    M (n_out, n_out) is the curvature of C_x in z. Where cost and activation match, M is exact and
    equals ∂a/∂z; for another pair it is (∂a/∂z) C″(a) (∂a/∂z), without the second derivative of
    the activation. What G leaves out of H is how z itself bends. Arguments and errors as `hessian`.
    """
    _check(network, regularizer)
    probe, last = network.copy(), network.layers[-1]
    total = np.zeros((network.parameters.size, network.parameters.size))
    for i in range(len(x)):
        a = probe.forward(x[i : i + 1], training=True)
        slope = _slope_of_outputs(probe)
        if last.activation.name == network.cost.matches:
            bend = slope
        else:
            bend = slope @ np.diag(CURVATURES[network.cost.name](a, y[i : i + 1])[0]) @ slope
        J = jacobian(probe)
        total += J.T @ bend @ J
    total /= len(x)
    if regularizer is not None:
        weights = np.arange(network.n_weights)
        total[weights, weights] += regularizer.lambda_ / len(x)
    return (total + total.T) / 2


def newton_step(
    network: Network,
    x: Inputs,
    y: Rows,
    *,
    matrix: Matrix = gauss_newton,
    damping: float = 0.0,
    regularizer: L2 | None = None,
) -> float:
    """One step v → v − (M + μ1)⁻¹ ∇C, in place; returns the cost C before it, with the penalty.

    `matrix` computes M: `gauss_newton`, or `hessian` for Newton's own step, which runs to saddles
    and maxima as well as to minima. `damping` is μ, 0 or more: the larger it is, the more the step
    is one of gradient descent with the learning rate 1/μ. ValueError if M + μ1 cannot be inverted;
    further errors as `hessian`.
    """
    mu = not_negative("damping", damping)
    M = matrix(network, x, y, regularizer)
    M[np.diag_indices_from(M)] += mu
    slope = gradient(network, x, y, regularizer)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", LinAlgWarning)  # nearly singular
            change = solve(M, slope, assume_a="sym")
    except (LinAlgError, LinAlgWarning):
        raise ValueError(
            f"damping must be greater than {mu:g} here: the matrix cannot be inverted, for in some "
            "direction the cost does not bend at all. For example: 0.01."
        ) from None
    penalty = regularizer.penalty(network.weights, len(x)) if regularizer else 0.0
    cost = float(network.cost(network.predict(x), y).mean()) + penalty
    network.parameters -= change
    return cost


def gradient(network: Network, x: Inputs, y: Rows, regularizer: L2 | None = None) -> Vector:
    """∇C of the mean cost on `x` (m, n_in), `y` (m, n_out), by backpropagation: (p,)."""
    network.backprop(x, y)
    mean = network.gradient / len(x)
    if regularizer is not None:
        mean[: network.n_weights] += regularizer.gradient(network.weights, len(x))
    return mean


def jacobian(network: Network) -> Float[np.ndarray, "n_out p"]:
    """∂z_j/∂v_k of the last layer, for the one example that went forward last (training=True).

    Row j is what backpropagation gives for δ = 1 at output j and 0 at all others.
    """
    rows = []
    for delta in np.eye(network.layers[-1].z.shape[1])[:, np.newaxis]:
        for layer, before in zip(network.layers[:0:-1], network.layers[-2::-1], strict=True):
            delta = before.through_activation(layer.backprop(delta))  # BP2
        network.layers[0].backprop(delta)
        rows.append(network.gradient.copy())
    return np.array(rows)


def _slope_of_outputs(network: Network) -> Square:
    """∂a_j/∂z_k of the last layer for one example: diagonal, but for softmax."""
    last = network.layers[-1]
    units = np.eye(last.z.shape[1])
    return np.concatenate([last.activation.backward(row[None], last.z, last.a) for row in units])


def _check(network: Network, regularizer: L2 | None) -> None:
    instance("network", network, Network, "Network([2, 3, 1], dtype=numpy.float64)")
    if regularizer is not None:
        instance("regularizer", regularizer, L2, "L2(0.1)")
    size = network.parameters.size
    if size > LARGEST:
        raise ValueError(
            f"network must have at most {LARGEST:,} parameters here, but it has {size:,}: the "
            f"matrix of its second derivatives would have {size:,}² = {size**2:,} entries, "
            f"{8 * size**2 / 1e9:.2g} GB. Take a smaller network, or momentum."
        )
    if network.dtype != np.float64:
        raise ValueError(
            "network must compute in float64 (float32 is too coarse for second derivatives): "
            "use network.astype(numpy.float64)."
        )
    if any(isinstance(layer, Dropout) for layer in network.layers):
        raise ValueError(
            "network must have no Dropout layer: it drops other neurons at each pass, and so the "
            "cost has no second derivatives."
        )
