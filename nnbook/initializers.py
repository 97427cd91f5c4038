"""How weights and biases start: Gaussian numbers of different spread (NNDL ch. 1 and 3)."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Initializer:
    """Weights from N(0, sd²) with sd = weight_sd(n_in, n_out); biases from N(0, bias_sd²).

    n_in is how many inputs a neuron has, n_out how many neurons share each input.
    """

    name: str
    weight_sd: Callable[[int, int], float]
    bias_sd: float

    def weights(
        self, rng: np.random.Generator, shape: tuple[int, ...], n_in: int, n_out: int
    ) -> np.ndarray:
        """Starting weights of the given shape, float64."""
        return self.weight_sd(n_in, n_out) * rng.standard_normal(shape)

    def biases(self, rng: np.random.Generator, n_out: int) -> np.ndarray:
        """Starting biases, (n_out,), float64."""
        return self.bias_sd * rng.standard_normal(n_out)

    def __repr__(self) -> str:
        return self.name


large = Initializer("large", lambda n_in, n_out: 1.0, bias_sd=1.0)  # NNDL ch. 1
scaled = Initializer("scaled", lambda n_in, n_out: 1 / math.sqrt(n_in), bias_sd=1.0)  # NNDL ch. 3
glorot = Initializer(  # for tanh: the variance of Glorot and Bengio (2010), here Gaussian
    "glorot", lambda n_in, n_out: math.sqrt(2 / (n_in + n_out)), bias_sd=0.0
)
he = Initializer("he", lambda n_in, n_out: math.sqrt(2 / n_in), bias_sd=0.0)  # He (2015), ReLU

INITIALIZERS = {start.name: start for start in (large, scaled, glorot, he)}
