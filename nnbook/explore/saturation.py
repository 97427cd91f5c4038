"""Activation functions, their slopes, and how many neurons are at their flat ends (NNDL ch. 3)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from nnbook.activations import ActivationFunction, relu, sigmoid, tanh
from nnbook.checks import one_of, positive, real

FUNCTIONS: dict[str, ActivationFunction] = {"sigmoid": sigmoid, "tanh": tanh, "ReLU": relu}
FLAT = 0.05  # a slope below this share of the largest one: such a neuron hardly learns


def edges(name: str) -> tuple[float, float]:
    """(lower, upper): below and above these z the function is flat; ±infinity where it never is.

    For the sigmoid a(1 − a) = FLAT/4 has the solutions a = (1 ± √(1 − FLAT))/2; tanh z is
    2σ(2z) − 1, so its edges are half as far out.
    """
    one_of("activation", name, FUNCTIONS)
    if name == "ReLU":
        return 0.0, math.inf
    a = (1 + math.sqrt(1 - FLAT)) / 2
    edge = math.log(a / (1 - a))
    return (-edge, edge) if name == "sigmoid" else (-edge / 2, edge / 2)


@dataclass(frozen=True)
class Crowd:
    """Many neurons with one activation function, their weighted inputs z spread like a bell.

    `mean` and `spread` are the mean and the standard deviation of z. TypeError or ValueError if
    one is not a finite number, `spread` is not positive, or the name is unknown.
    """

    name: str = "sigmoid"
    mean: float = 0.0
    spread: float = 1.0

    def __post_init__(self) -> None:
        one_of("activation", self.name, FUNCTIONS)
        real("mean", self.mean)
        positive("spread", self.spread)

    @property
    def function(self) -> ActivationFunction:
        return FUNCTIONS[self.name]

    def density(self, z: np.ndarray) -> np.ndarray:
        """The bell over z, any shape."""
        scaled = (np.asarray(z) - self.mean) / self.spread
        return np.exp(-(scaled**2) / 2) / (self.spread * math.sqrt(2 * math.pi))

    @property
    def flat_shares(self) -> tuple[float, float]:
        """(below, above): the shares of the neurons at the lower and at the upper flat end."""
        lower, upper = edges(self.name)
        return self._below(lower), 1 - self._below(upper)

    @property
    def mean_slope(self) -> float:
        """The mean of f′(z) over the neurons."""
        return self._mean(self.function.derivative)

    @property
    def mean_output(self) -> float:
        """The mean of f(z) over the neurons; 0 means that the next layer gets centred inputs."""
        return self._mean(self.function)

    def _below(self, edge: float) -> float:
        """The share of the neurons with z below `edge`."""
        return 0.5 * (1 + math.erf((edge - self.mean) / (self.spread * math.sqrt(2))))

    def _mean(self, function: object) -> float:
        z = self.mean + self.spread * np.linspace(-6, 6, 4000)
        weights = self.density(z)
        return float((function(z) * weights).sum() / weights.sum())  # type: ignore[operator]
