"""NNDL ch. 5: deeper is not better at first, and how fast each layer learns."""

from __future__ import annotations

import numpy as np

from nnbook import published
from nnbook.data import Digits
from nnbook.experiments.outcome import Experiment, Outcome, Place, accuracy_run, network_of
from nnbook.network import Network
from nnbook.notation import Inputs, Rows
from nnbook.optimizers import SGD
from nnbook.regularizers import L2
from nnbook.training import descend


def speeds(network: Network, x: Inputs, y: Rows) -> list[float]:
    """‖∂C/∂b‖ of each hidden layer, C the mean cost of the examples: how fast it learns."""
    network.backprop(x, y)
    return [
        float(np.linalg.norm(layer.gradient_b)) / len(x)  # type: ignore[attr-defined]
        for layer in network.layers[:-1]
    ]


def at_the_start(number: str) -> Experiment:
    """Speeds of all hidden layers before any training; the value is the last over the first."""
    row = published.row(number)

    def run(digits: Digits, seed: int | None, place: Place) -> Outcome:
        network = network_of(row, np.random.default_rng(seed))
        curve = speeds(network, *digits.training.batch(slice(0, int(row.training_images))))
        return Outcome(curve[-1] / curve[0], curve)

    return run


def while_learning(digits: Digits, seed: int | None, place: Place) -> Outcome:
    """500 steps with all of 1,000 images: the last speed over the first, after each step."""
    row = published.row("5.6")
    network = network_of(row, np.random.default_rng(seed))
    x, y = digits.training.batch(slice(0, int(row.training_images)))
    optimizer, regularizer, ratios = SGD(float(row.eta)), L2(float(row.lambda_)), []
    for _ in range(int(row.epochs)):
        descend(network, x, y, len(x), optimizer, regularizer)
        first, *_, final = speeds(network, x, y)
        ratios.append(final / first)
    return Outcome(ratios[-1], ratios)


CHAPTER_5: dict[str, Experiment] = {
    **{number: accuracy_run(number) for number in ("5.1", "5.2", "5.3", "5.4")},
    **{number: at_the_start(number) for number in ("5.5a", "5.5b", "5.5c")},
    "5.6": while_learning,
}
