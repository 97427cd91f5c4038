"""An activation of one's own: its limits, its steps, and how well a hidden layer of it does.

NNDL ch. 4 asks of an activation that it has limits for z → −∞ and z → ∞ and that they differ.
That is enough for steps, not needed: Leshno and others (1993) show that one hidden layer of f is
universal exactly if f is not a polynomial (for every f that is reasonably continuous).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnbook.activations import ActivationFunction, linear, relu, sigmoid, step, tanh
from nnbook.checks import real, whole
from nnbook.explore.steps import Values, book_function, row
from nnbook.layers import Dense
from nnbook.network import Network

REACH = 5.0  # a drawn activation is given on [−5, 5] and goes on level outside
DIFFER = 0.02  # limits nearer than this count as equal: no step can be seen


class Formula(ActivationFunction):
    """An activation given by a function of arrays; its slope is not needed, nothing is trained."""

    def __init__(self, name: str, formula: object) -> None:
        self.name, self._formula = name, formula

    def __call__(self, z: np.ndarray) -> np.ndarray:
        return self._formula(z)  # type: ignore[operator]


class Drawn(ActivationFunction):
    """An activation through `values` (n,) at even places of [−5, 5]; level outside."""

    name = "drawn"

    def __init__(self, values: Values) -> None:
        self.values = row("values", values)
        self.places = np.linspace(-REACH, REACH, len(self.values))

    def __call__(self, z: np.ndarray) -> np.ndarray:
        return np.interp(z, self.places, self.values)


wobbly = Formula("wobbly", lambda z: sigmoid(z) + 0.2 * np.sin(10 * z) * np.exp(-np.abs(z)))
bell = Formula("bell", lambda z: np.exp(-np.minimum(z * z, 700)))
square = Formula("square", lambda z: z * z)


@dataclass(frozen=True)
class Candidate:
    """An activation: `low` and `high`, its limits (None where there is none), and a verdict.

    `universal` says what is proved of it, by Leshno's theorem.
    """

    function: ActivationFunction
    formula: str
    low: float | None
    high: float | None
    universal: bool = True

    @property
    def makes_steps(self) -> bool:
        """Whether the two limits exist and differ, so that a large weight makes a step."""
        if self.low is None or self.high is None:
            return False
        return abs(self.high - self.low) > DIFFER


CANDIDATES = {
    "sigmoid": Candidate(sigmoid, "σ(z)", 0.0, 1.0),
    "the book's wobbly one": Candidate(wobbly, "σ(z) + 0.2·sin(10z)·exp(−|z|)", 0.0, 1.0),
    "tanh": Candidate(tanh, "tanh z", -1.0, 1.0),
    "step": Candidate(step, "1 where z > 0, else 0", 0.0, 1.0),
    "ReLU": Candidate(relu, "max(0, z)", 0.0, None),
    "bell": Candidate(bell, "exp(−z²)", 0.0, 0.0),
    "linear": Candidate(linear, "z", None, None, universal=False),
    "square": Candidate(square, "z²", None, None, universal=False),
}


def drawn(values: Values) -> Candidate:
    """The candidate with an activation drawn through `values`; its ends are its limits."""
    function = Drawn(values)
    low, high = float(function.values[0]), float(function.values[-1])
    constant = bool(np.ptp(function.values) < 1e-9)
    return Candidate(function, "as drawn, level outside", low, high, universal=not constant)


def one_layer(
    candidate: Candidate, neurons: int, steepness: float, x: np.ndarray, wanted: np.ndarray
) -> Network:
    """A network 1–n–1, one hidden layer, fitted to `wanted` at `x` (m,).

    The hidden neurons f(w·(x − s)) have their s evenly in [0, 1] and w = `steepness`, set by hand;
    the weights and the bias of the linear output neuron are those of least squares.
    """
    n, w = whole("neurons", neurons), real("steepness", steepness)
    network = Network([1, Dense(n, candidate.function), Dense(1, linear)], dtype=np.float64)
    hidden, out = network.layers
    hidden.W, hidden.b = np.full((n, 1), w), -w * np.arange(n) / n  # type: ignore[attr-defined]
    a = hidden.predict(x[:, np.newaxis])
    scale = np.maximum(np.abs(a).max(axis=0), 1e-12)
    columns = np.column_stack([a / scale, np.ones(len(x))])
    best = np.linalg.lstsq(columns, wanted, rcond=1e-10)[0]
    out.W, out.b = (best[:-1] / scale)[np.newaxis], best[-1:]  # type: ignore[attr-defined]
    return network


def error(network: Network, x: np.ndarray, wanted: np.ndarray) -> float:
    """The largest |output − wanted| over `x` (m,)."""
    return float(np.abs(network.predict(x[:, np.newaxis])[:, 0] - wanted).max())


GRID = np.linspace(0, 1, 201)
WANTED = book_function(GRID)
