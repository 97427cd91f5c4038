"""A chain of single neurons: how a nudge at each bias travels to the output (NNDL ch. 5)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnbook.activations import ActivationFunction
from nnbook.checks import generator, one_of, real
from nnbook.explore.saturation import FUNCTIONS

LENGTH = 4  # neurons: three hidden ones and the output


@dataclass(frozen=True)
class Chain:
    """Neurons in a row, a_l = f(z_l) with z_l = w_l a_(l−1) + b_l, for an input a_0 = `x`.

    `weights` and `biases` hold one number for each neuron, the first one's first. TypeError or
    ValueError unless all are finite numbers, as many weights as biases, and the name is known.
    """

    weights: Sequence[float]
    biases: Sequence[float]
    x: float = 1.0
    activation: str = "sigmoid"

    def __post_init__(self) -> None:
        one_of("activation", self.activation, FUNCTIONS)
        real("x", self.x)
        if not len(self.weights) == len(self.biases) > 0:
            raise ValueError(
                "weights and biases must hold one number for each neuron, but there are "
                f"{len(self.weights)} weights and {len(self.biases)} biases."
            )
        for name in ("weights", "biases"):
            for k, value in enumerate(getattr(self, name)):
                real(f"{name}[{k}]", value)

    @property
    def function(self) -> ActivationFunction:
        return FUNCTIONS[self.activation]

    @property
    def z(self) -> np.ndarray:
        """The weighted inputs, (neurons,)."""
        values, a = [], self.x
        for w, b in zip(self.weights, self.biases, strict=True):
            values.append(w * a + b)
            a = float(self.function(np.array(values[-1], dtype=float)))
        return np.array(values, dtype=float)

    @property
    def a(self) -> np.ndarray:
        """The activations, (neurons,)."""
        return np.asarray(self.function(self.z))

    @property
    def slopes(self) -> np.ndarray:
        """f′(z) of each neuron, (neurons,)."""
        return np.asarray(self.function.derivative(self.z))

    @property
    def factors(self) -> np.ndarray:
        """What each neuron multiplies on the way from b_1: f′(z_1), then w_l f′(z_l)."""
        return np.array([1.0, *self.weights[1:]]) * self.slopes

    @property
    def speeds(self) -> np.ndarray:
        """∂a_L/∂b_l for each neuron: f′(z_l) times the factors of all later ones.

        The gradient ∂C/∂b_l is this times ∂C/∂a_L, which is the same for all.
        """
        later = np.append(np.cumprod(self.factors[:0:-1])[::-1], 1.0)
        return self.slopes * later

    @property
    def ratio(self) -> float:
        """|∂a_L/∂b_L| over |∂a_L/∂b_1|: above 1 the gradient vanishes, below 1 it explodes.

        Infinite if the first is 0, NaN if both are.
        """
        first, last = abs(float(self.speeds[0])), abs(float(self.speeds[-1]))
        return last / first if first else math.inf if last else math.nan


def drawn(rng: int | np.random.Generator, x: float = 1.0) -> Chain:
    """`LENGTH` neurons with weights and biases from N(0, 1), rounded to tenths."""
    weights, biases = generator("rng", rng).standard_normal((2, LENGTH)).round(1).tolist()
    return Chain(weights, biases, x)


def exploding(weight: float = 100.0, x: float = 1.0) -> Chain:
    """The book's example: all weights equal, and biases that make every z = 0, so σ′ = ¼."""
    real("weight", weight)
    return Chain([weight] * LENGTH, [-weight * x, *[-weight / 2] * (LENGTH - 1)], x)
