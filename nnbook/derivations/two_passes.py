"""The gradient in the reading of note 1: ∂C/∂w = ∂z/∂w · ∂C/∂z, a forward and a backward pass.

Forward pass: ∂z/∂w is the number that enters through w. Backward pass: ∂C/∂z, by both cases of
the chain rule. Weights name their source first (w₂₁ goes from 2 to 1), a prime is a layer further.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from nnbook.derivations.example import Columns, Gradient, Problem, Trace


class OneHidden(NamedTuple):
    """Case 1 of the note, a 2-2-2 network: ∂C/∂z′ and ∂C/∂z of both layers, and four of the ∂C/∂w.

    `dC_dw` holds ∂C/∂w₁₁, ∂C/∂w₂₁ (into z₁) and ∂C/∂w₁₂, ∂C/∂w₂₂ (into z₂).
    """

    dC_dzʹ: tuple[Any, Any]
    dC_dz: tuple[Any, Any]
    dC_dw: tuple[Any, Any, Any, Any]


def one_hidden_layer(
    w: np.ndarray,
    b: np.ndarray,
    wʹ: np.ndarray,
    bʹ: np.ndarray,
    x: np.ndarray,
    y: np.ndarray,
    f: Callable[[Any], Any],
) -> OneHidden:
    """One hidden layer, every number by itself; w and w′ are (2, 2) with the source first."""
    (w11, w12), (w21, w22) = w
    (wʹ11, wʹ12), (wʹ21, wʹ22) = wʹ
    (b1, b2), (bʹ1, bʹ2), (x1, x2), (y1, y2) = b, bʹ, x, y
    # forward pass
    z1 = x1 * w11 + x2 * w21 + b1
    z2 = x1 * w12 + x2 * w22 + b2
    a1, a2 = f(z1), f(z2)
    zʹ1 = wʹ11 * a1 + wʹ21 * a2 + bʹ1
    zʹ2 = wʹ12 * a1 + wʹ22 * a2 + bʹ2
    aʹ1, aʹ2 = f(zʹ1), f(zʹ2)
    dz1_dw11, dz1_dw21, dz2_dw12, dz2_dw22 = x1, x2, x1, x2  # what enters through each weight
    # backward pass: a chain without a fork (first case), C = ½ Σ (a′ − y)²
    dC_dzʹ1 = (aʹ1 - y1) * aʹ1 * (1 - aʹ1)  # ∂C/∂a′₁ · ∂a′₁/∂z′₁
    dC_dzʹ2 = (aʹ2 - y2) * aʹ2 * (1 - aʹ2)
    # a₁ acts on C through z′₁ and through z′₂ (second case): both ways are added
    dC_da1 = dC_dzʹ1 * wʹ11 + dC_dzʹ2 * wʹ12
    dC_da2 = dC_dzʹ1 * wʹ21 + dC_dzʹ2 * wʹ22
    dC_dz1 = a1 * (1 - a1) * dC_da1
    dC_dz2 = a2 * (1 - a2) * dC_da2
    return OneHidden(
        (dC_dzʹ1, dC_dzʹ2),
        (dC_dz1, dC_dz2),
        (dC_dz1 * dz1_dw11, dC_dz1 * dz1_dw21, dC_dz2 * dz2_dw12, dC_dz2 * dz2_dw22),
    )


def forward_pass(problem: Problem) -> tuple[Columns, Columns, Columns]:
    """Any number of hidden layers: z, a and ∂z/∂w = what enters, for each layer in turn."""
    f, entering = problem.f, problem.x
    zs, activations, dz_dw = [], [], []
    for w, b in zip((matrix.T for matrix in problem.w), problem.b, strict=True):
        dz_dw.append(entering)
        zs.append(entering @ w + b)
        activations.append(f(zs[-1]))
        entering = activations[-1]
    return tuple(zs), tuple(activations), tuple(dz_dw)


def backward_pass(problem: Problem, activations: Columns, layer: int = 0) -> list[np.ndarray]:
    """∂C/∂z of `layer` (0 is the first after the inputs) and of all behind it: a recursion.

    It asks the layer behind for its ∂C/∂z, until the output layer can answer by itself.
    """
    a = activations[layer]
    if layer == len(activations) - 1:
        behind, dC_da = [], a - problem.y  # the output layer: C = ½ Σ (a − y)²
    else:
        behind = backward_pass(problem, activations, layer + 1)
        dC_da = problem.w[layer + 1].T @ behind[0]  # Σ w ∂C/∂z over all neurons behind
    return [a * (1 - a) * dC_da, *behind]


def trace(problem: Problem) -> Trace:
    """Every quantity of this notation, for any number of hidden layers."""
    z, a, dz_dw = forward_pass(problem)
    dC_dz = tuple(backward_pass(problem, a))
    return Trace(
        z=z,
        a=a,
        cost=sum((a[-1] - problem.y) ** 2) / 2,
        errors=dC_dz,
        b=dC_dz,  # ∂z/∂b = 1
        w=tuple(np.outer(back, forth) for back, forth in zip(dC_dz, dz_dw, strict=True)),
    )


def gradient(problem: Problem) -> Gradient:
    """∂C/∂w = ∂z/∂w · ∂C/∂z for each weight, and ∂C/∂b = ∂C/∂z."""
    found = trace(problem)
    return Gradient(w=found.w, b=found.b)
