"""The game of designing a function: heights of bumps, a score and a goal (NNDL ch. 4)."""

from __future__ import annotations

import numpy as np

from nnbook.activations import sigmoid
from nnbook.checks import whole
from nnbook.explore.steps import (
    Values,
    best_heights,
    book_function,
    bumps,
    inverse_sigmoid,
    row,
    side_by_side,
)
from nnbook.network import Network

GOAL = 0.40  # the published goal: a smaller score wins
PLACES = np.arange(100) / 100  # where the score is taken
LOWEST, HIGHEST = 0.05, 0.95  # a sigmoid output cannot be 0 or 1, so no wish may be


class Design:
    """Bumps side by side on [0, 1], their `heights` (n,), and the function they should make.

    The output neuron is a sigmoid, so their sum should be σ⁻¹(f(x)), not f(x). `wish` (100,) is f
    at the `PLACES`. The heights start at 0.
    """

    def __init__(self, n: int = 5) -> None:
        self.draw(book_function(PLACES))
        self.divide(n)

    def divide(self, n: int) -> None:
        """`n` bumps, 1 to 50, with heights 0."""
        self.n = whole("n", n, 1, 50)
        self.heights = np.zeros(self.n)

    def draw(self, wish: Values) -> None:
        """Take another function, given at the 100 places; it is kept between 0.05 and 0.95."""
        values = row("wish", wish)
        if len(values) != len(PLACES):
            raise ValueError(f"wish must have {len(PLACES)} values, but it has {len(values)}.")
        self.wish = np.clip(values, LOWEST, HIGHEST)

    def set(self, k: int, height: float) -> None:
        """Give bump number `k`, from 0, the height `height`."""
        heights = self.heights.copy()
        heights[whole("k", k, 0, self.n - 1)] = height
        self.heights = row("height", heights)

    def solve(self) -> None:
        """Set the heights with the best score: the median of the wanted sum in each bump."""
        self.heights = best_heights(PLACES, self.wanted, self.n)

    @property
    def network(self) -> Network:
        """1–2n–1, one hidden layer, with these heights as weights."""
        return bumps(side_by_side(self.n), self.heights.tolist(), output=sigmoid)

    @property
    def wanted(self) -> np.ndarray:
        """σ⁻¹(f(x)) at the places (100,): what the bumps should add up to."""
        return inverse_sigmoid(self.wish)

    def summed(self, x: np.ndarray) -> np.ndarray:
        """The weighted input of the output neuron for inputs `x` (m,)."""
        hidden, out = self.network.layers
        return out.weighted_input(hidden.predict(x[:, np.newaxis]))[:, 0]

    def output(self, x: np.ndarray) -> np.ndarray:
        """The output of the network for inputs `x` (m,)."""
        return self.network.predict(x[:, np.newaxis])[:, 0]

    @property
    def score(self) -> float:
        """The mean of |σ⁻¹(f(x)) − sum| over the places: 0 is perfect."""
        return score(self.wanted, self.heights)

    @property
    def best_score(self) -> float:
        """The least score that bumps of this width can reach."""
        return score(self.wanted, best_heights(PLACES, self.wanted, self.n))

    @property
    def won(self) -> bool:
        return self.score < GOAL


def score(wanted: np.ndarray, heights: np.ndarray) -> float:
    """The mean of |`wanted` (100,) − the height of the bump there|, at the 100 places."""
    here = np.minimum((PLACES * len(heights) + 1e-9).astype(int), len(heights) - 1)
    return float(np.abs(wanted - heights[here]).mean())
