"""The gradient in the letters of note 2: ŷ = f(β − θ), with g for outputs and e for hidden neurons.

Weights name their source first: w_hj goes from hidden neuron h to output j. A threshold is
subtracted, so θ = −b. Both g and e carry the minus sign of the descent: g = −δ, e = −δ.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from nnbook.derivations.example import Gradient, Problem, Trace


class OneHidden(NamedTuple):
    """Note 2's own network, d inputs, q hidden neurons, l outputs, and its updates without η.

    v (d, q), γ (q,), w (q, l), θ (l,). γ, which the note uses without a word, is the threshold
    of a hidden neuron.
    """

    b: np.ndarray  # outputs of the hidden neurons (q,)
    ŷ: np.ndarray  # outputs (l,)
    g: np.ndarray
    e: np.ndarray
    Δw: np.ndarray
    Δθ: np.ndarray
    Δv: np.ndarray
    Δγ: np.ndarray


def one_hidden_layer(
    v: np.ndarray,
    γ: np.ndarray,
    w: np.ndarray,
    θ: np.ndarray,
    x: np.ndarray,
    y: np.ndarray,
    f: Callable[[Any], Any],
) -> OneHidden:
    """Equations (1) to (11) of the note for one example k, divided by η: Δw = η g b becomes g b."""
    α = x @ v  # α_h = Σ_i v_ih x_i
    b = f(α - γ)
    β = b @ w  # β_j = Σ_h w_hj b_h
    ŷ = f(β - θ)  # (2)
    g = ŷ * (1 - ŷ) * (y - ŷ)  # (6)
    e = b * (1 - b) * (w @ g)  # (11): b_h (1 − b_h) Σ_j w_hj g_j
    return OneHidden(
        *(b, ŷ, g, e),
        Δw=np.outer(b, g),  # (7)
        Δθ=-g,  # (8)
        Δv=np.outer(x, e),  # (9)
        Δγ=-e,  # (10)
    )


def trace(problem: Problem) -> Trace:
    """The note's equations for two hidden layers, the second with the same letters and a prime.

    The second hidden layer is our addition: its e′ uses (11) once more.
    """
    v, vʹ, w = (matrix.T for matrix in problem.w)
    γ, γʹ, θ = (-bias for bias in problem.b)
    f, x, y = problem.f, problem.x, problem.y
    α = x @ v
    b = f(α - γ)
    αʹ = b @ vʹ
    bʹ = f(αʹ - γʹ)
    β = bʹ @ w
    ŷ = f(β - θ)
    E = sum((ŷ - y) ** 2) / 2  # (1)
    g = ŷ * (1 - ŷ) * (y - ŷ)  # (6)
    eʹ = bʹ * (1 - bʹ) * (w @ g)  # (11)
    e = b * (1 - b) * (vʹ @ eʹ)  # (11) again
    dE_dv, dE_dvʹ, dE_dw = -np.outer(x, e), -np.outer(b, eʹ), -np.outer(bʹ, g)  # Δ = −η ∂E
    return Trace(
        z=(α, αʹ, β),
        a=(b, bʹ, ŷ),
        cost=E,
        errors=(e, eʹ, g),
        b=(e, eʹ, g),  # ∂E/∂γ = e, ∂E/∂γ′ = e′, ∂E/∂θ = g: (8) and (10)
        w=(dE_dv.T, dE_dvʹ.T, dE_dw.T),
    )


def gradient(problem: Problem) -> Gradient:
    """The same in the book's letters: b = −θ turns the sign of the thresholds' derivatives.

    ValueError unless the network has two hidden layers.
    """
    if len(problem.w) != 3:
        raise ValueError(
            f"problem must have two hidden layers, such as 2-3-2-2, but its sizes are "
            f"{'-'.join(map(str, problem.sizes))}."
        )
    found = trace(problem)
    return Gradient(w=found.w, b=tuple(-by_threshold for by_threshold in found.b))
