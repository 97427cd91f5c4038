"""The gradient in the book's letters: δ and the four equations BP1–BP4 (NNDL ch. 2, and note 4).

C is the cost of one example, so a, z and δ are columns (n,); the gradient of a batch is the mean.
"""

from __future__ import annotations

import numpy as np

from nnbook.derivations.example import Columns, Gradient, Problem, Trace


def forward(problem: Problem) -> tuple[Columns, Columns]:
    """z^l and a^l for l = 2 … L: z^l = w^l a^{l−1} + b^l and a^l = σ(z^l)."""
    σ, a = problem.f, problem.x
    zs, activations = [], []
    for w, b in zip(problem.w, problem.b, strict=True):
        z = w @ a + b
        a = σ(z)
        zs.append(z)
        activations.append(a)
    return tuple(zs), tuple(activations)


def errors(problem: Problem) -> Columns:
    """δ^l = ∂C/∂z^l for l = 2 … L, from the last layer backwards."""
    σ = problem.f
    zs, activations = forward(problem)
    δ = (activations[-1] - problem.y) * σ_prime(σ, zs[-1])  # BP1: ∇ₐC ⊙ σ′(z^L), equation (30)
    found = [δ]
    for w, z in zip(problem.w[:0:-1], zs[-2::-1], strict=True):
        δ = (w.T @ δ) * σ_prime(σ, z)  # BP2: ((w^{l+1})ᵀ δ^{l+1}) ⊙ σ′(z^l)
        found.append(δ)
    return tuple(reversed(found))


def gradient(problem: Problem) -> Gradient:
    """∂C/∂w and ∂C/∂b of one example."""
    _, activations = forward(problem)
    inputs = (problem.x, *activations[:-1])  # a^{l−1} of each layer
    δ = errors(problem)
    return Gradient(
        b=δ,  # BP3: ∂C/∂b^l_j = δ^l_j, equation (31)
        w=tuple(np.outer(δ_l, a) for δ_l, a in zip(δ, inputs, strict=True)),  # BP4: δ^l (a^{l−1})ᵀ
    )


def σ_prime(σ, z: np.ndarray) -> np.ndarray:  # type: ignore[no-untyped-def]
    """σ′(z) = σ(z) (1 − σ(z)), entry by entry."""
    return σ(z) * (1 - σ(z))


def trace(problem: Problem) -> Trace:
    """Every quantity of this notation."""
    z, a = forward(problem)
    found = gradient(problem)
    C = sum((a[-1] - problem.y) ** 2) / 2
    return Trace(z=z, a=a, cost=C, errors=errors(problem), b=found.b, w=found.w)
