"""The weighted input z of a hidden neuron at the start, for both initializations (NNDL ch. 3)."""

from __future__ import annotations

import functools
import math

import numpy as np
from jaxtyping import Float

from nnbook.activations import sigmoid
from nnbook.checks import whole

MOST = 2000  # inputs
NEURONS = 2000  # drawn
FLAT = 0.01  # a slope σ′ below this: saturated
STARTS = ("large", "scaled")


class WeightedInputs:
    """A neuron with `inputs` inputs, of which `on` are 1 and the others 0.

    Its weights and bias are drawn: "large" with standard deviation 1, "scaled" with the weights
    divided by √inputs. z holds one value for each of 2000 such neurons.
    """

    def __init__(self, inputs: int = 1000, on: int = 500) -> None:
        self.set(inputs, on)

    def set(self, inputs: int, on: int) -> None:
        """TypeError or ValueError unless 1 ≤ inputs ≤ 2000 and 0 ≤ on ≤ inputs."""
        self.inputs = whole("inputs", inputs, 1, MOST)
        self.on = whole("on", on, 0, self.inputs)
        sums, biases = _draws()
        total = sums[:, self.on]
        self.z = {"large": total + biases, "scaled": total / math.sqrt(self.inputs) + biases}

    def sd(self, start: str) -> float:
        """The standard deviation of z by theory: variances of independent numbers add."""
        each = 1.0 if start == "large" else 1 / self.inputs
        return math.sqrt(self.on * each + 1)

    def measured(self, start: str) -> float:
        """The standard deviation of the 2000 drawn z."""
        return float(self.z[start].std())

    def outputs(self, start: str) -> Float[np.ndarray, " neurons"]:
        """σ(z) of each drawn neuron."""
        return sigmoid(self.z[start])

    def saturated(self, start: str) -> float:
        """The share of the drawn neurons whose slope σ′(z) is below 0.01."""
        a = self.outputs(start)
        return float(np.mean(a * (1 - a) < FLAT))


@functools.cache
def _draws() -> tuple[np.ndarray, np.ndarray]:
    """For each neuron the sum of its first 0, 1, 2, … weights, and its bias."""
    rng = np.random.default_rng(0)
    weights = rng.standard_normal((NEURONS, MOST), dtype=np.float32)
    sums = np.zeros((NEURONS, MOST + 1), np.float32)
    np.cumsum(weights, axis=1, out=sums[:, 1:])
    return sums, rng.standard_normal(NEURONS, dtype=np.float32)
