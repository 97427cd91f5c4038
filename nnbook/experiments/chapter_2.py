"""NNDL ch. 2: how much quicker is a mini-batch as matrices than a loop over its examples?"""

from __future__ import annotations

import time
from statistics import median

import numpy as np

from nnbook import naive
from nnbook.data import Digits
from nnbook.experiments.outcome import Experiment, Outcome, Place
from nnbook.network import Network
from nnbook.optimizers import SGD
from nnbook.training import descend

IMAGES, ROUNDS = 1000, 7


def matrices_against_loop(digits: Digits, seed: int | None, place: Place) -> Outcome:
    """Seconds of the loop over seconds of the matrices, both in float64; median of the rounds."""
    x, y = digits.training.batch(slice(0, IMAGES), np.float64)
    ratios = []
    for _ in range(ROUNDS):
        network, optimizer = Network([784, 30, 10], dtype=np.float64), SGD(3.0)
        weights = [np.array(layer.W) for layer in network.layers]  # type: ignore[attr-defined]
        biases = [np.array(layer.b) for layer in network.layers]  # type: ignore[attr-defined]
        seconds = []
        for method in ("loop", "matrices"):
            start = time.perf_counter()
            for at in range(0, IMAGES, 10):
                batch = x[at : at + 10], y[at : at + 10]
                if method == "loop":
                    naive.update_mini_batch(weights, biases, *batch, 3.0)
                else:
                    descend(network, *batch, IMAGES, optimizer)
            seconds.append(time.perf_counter() - start)
        ratios.append(seconds[0] / seconds[1])
    return Outcome(median(ratios), ratios)


CHAPTER_2: dict[str, Experiment] = {"2.1": matrices_against_loop}
