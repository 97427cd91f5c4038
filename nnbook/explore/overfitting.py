"""What the overfitting lab offers, and how large the weights of a network are (NNDL ch. 3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from nnbook.data.dataset import Digits
from nnbook.explore.settings import Settings

SIZES = (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
STRENGTHS = (0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10)
HIDDEN = (30, 100)
WIDEST, BINS = 4.0, 80  # the histogram: weights from −4 to 4 in steps of 0.1
SMALL = 0.01  # a weight nearer to 0 than this hardly does anything


def sizes(digits: Digits) -> list[int]:
    """The training-set sizes that `digits` can serve, all of it at the end."""
    n = len(digits.training)
    return [*(size for size in SIZES if size < n), n]


def settings(
    training_size: int, lambda_: float, penalty: str, dropout: float, hidden: int, epochs: int
) -> Settings:
    """The book's overfitting run, with these changes: cross-entropy, η = 0.5, mini-batches of 10.

    `penalty` is "L2" or "L1"; `dropout` the share of hidden neurons that is dropped.
    """
    return Settings(
        hidden=(hidden,),
        learning_rate=0.5,
        epochs=epochs,
        training_size=training_size,
        cost="cross-entropy",
        lambda_=lambda_,
        penalty=penalty,
        dropout=dropout,
    )


@dataclass(frozen=True)
class WeightSizes:
    """The weights of a network in numbers.

    `shares` are the parts of all weights in 80 bins from −4 to 4, what lies outside counted in the
    outermost bins; `spread` is the root of their mean square; `near_zero` the part between −0.01
    and 0.01.
    """

    shares: Float[np.ndarray, " bins"]
    spread: float
    near_zero: float


def weight_sizes(weights: np.ndarray) -> WeightSizes:
    """How the numbers in `weights`, of any shape, are spread."""
    flat = np.asarray(weights, dtype=np.float64).ravel()
    edge = WIDEST - WIDEST / BINS
    counts, _ = np.histogram(np.clip(flat, -edge, edge), bins=BINS, range=(-WIDEST, WIDEST))
    return WeightSizes(
        counts / flat.size,
        float(np.sqrt(np.mean(flat**2))),
        float(np.mean(np.abs(flat) < SMALL)),
    )


def start_shares() -> Float[np.ndarray, " bins"]:
    """The shares of weights that are drawn with standard deviation 1: where every run begins."""
    edges = np.linspace(-WIDEST, WIDEST, BINS + 1)
    middle = (edges[1:] + edges[:-1]) / 2
    density = np.exp(-(middle**2) / 2)
    return density / density.sum()
