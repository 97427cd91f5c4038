"""NNDL ch. 3: cross-entropy, overfitting and its cures, starting weights, learning rates."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from nnbook import published
from nnbook.baselines import svm_accuracy
from nnbook.costs import Cost, CrossEntropy, Quadratic
from nnbook.data import Digits
from nnbook.experiments.outcome import Experiment, Outcome, Place, accuracy_run, last, trained
from nnbook.network import Network
from nnbook.optimizers import SGD
from nnbook.training import descend


def neuron(start: tuple[float, float], cost: Cost, rates: tuple[float, ...]) -> Experiment:
    """One neuron learns to turn 1 into 0: its output after each of 300 steps.

    The value is that with the first of `rates`; the others stand in the details.
    """

    def run(digits: Digits, seed: int | None, place: Place) -> Outcome:
        curves = {rate: _outputs(start, cost, rate) for rate in rates}
        details = {f"output at eta {rate:g}": curve[-1] for rate, curve in curves.items()}
        details["output after 150 steps"] = curves[rates[0]][149]
        if isinstance(cost, CrossEntropy):
            details["output as the book animates it"] = _as_animated(start, rates[0])
        return Outcome(curves[rates[0]][-1], curves[rates[0]], details)

    return run


def _outputs(start: tuple[float, float], cost: Cost, rate: float) -> list[float]:
    network = Network([1, 1], cost=cost, dtype=np.float64)
    network.parameters = np.array(start)
    x, y, optimizer, outputs = np.ones((1, 1)), np.zeros((1, 1)), SGD(rate), []
    for _ in range(300):
        descend(network, x, y, 1, optimizer)
        outputs.append(float(network.predict(x)[0, 0]))
    return outputs


def _as_animated(start: tuple[float, float], rate: float) -> float:
    """The same with the step of the book's own animation, ∂C/∂a in place of ∂C/∂z (an erratum)."""
    weight, bias = start
    for _ in range(300):
        a = 1 / (1 + math.exp(-(weight + bias)))
        weight, bias = weight - rate / (1 - a), bias - rate / (1 - a)
    return 1 / (1 + math.exp(-(weight + bias)))


def overfitting(number: str) -> Experiment:
    """Accuracy on test data, and how far that on the training data lies above it."""
    row = published.row(number)

    def run(digits: Digits, seed: int | None, place: Place) -> Outcome:
        monitor = {"training": digits.training[: int(row.training_images)], "test": digits.test}
        _, history = trained(row, digits, seed, monitor)
        curve, costs = history.accuracy("test"), history.cost("test")
        details = {
            "training accuracy": history.accuracy("training")[-1],
            "test accuracy at the end": curve[-1],
            "training cost": history.cost("training")[-1],
            "test cost": costs[-1],
            "lowest test cost": min(costs),
            "epoch of the lowest test cost": float(costs.index(min(costs)) + 1),
        }
        return Outcome(max(curve), curve, details)

    return run


SIZES = [100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000]


def network_sizes(digits: Digits, seed: int | None, place: Place) -> Outcome:
    """Accuracy against the size of the training set: as many mini-batches for each."""
    row, curve = published.row("3.13"), []
    for size in SIZES:
        sized = replace(
            row, training_images=str(size), lambda_=str(1e-4 * size), epochs=str(1_500_000 // size)
        )
        network, _ = trained(sized, digits, seed, {})
        curve.append(network.accuracy(digits.validation))
    return Outcome(curve[-1], curve)


def svm_sizes(digits: Digits, seed: int | None, place: Place) -> Outcome:
    """The same for a support vector machine."""
    curve = [svm_accuracy(digits.training[:size], digits.validation) for size in SIZES]
    return Outcome(curve[-1], curve)


def first_epoch(number: str) -> Experiment:
    """Accuracy after the first epoch; the best and the last of 30 in the details."""
    row = published.row(number)

    def run(digits: Digits, seed: int | None, place: Place) -> Outcome:
        monitor = {"validation": digits.validation}
        _, history = trained(row, digits, seed, monitor, epochs=30)
        curve = history.accuracy("validation")
        return Outcome(curve[0], curve, {"best": max(curve), "last": curve[-1]})

    return run


def hundred_images(number: str) -> Experiment:
    """Accuracy on the first 100 validation images after the last epoch: quick and coarse."""
    run = accuracy_run(number, final=last)
    return lambda digits, seed, place: run(
        replace(digits, validation=digits.validation[:100]), seed, place
    )


def learning_rate(number: str) -> Experiment:
    """The cost on the training data, penalty included, after each epoch."""
    row = published.row(number)

    def run(digits: Digits, seed: int | None, place: Place) -> Outcome:
        _, history = trained(row, digits, seed, {"training": digits.training})
        costs = zip(history.cost("training"), history.penalty, strict=True)
        curve = [cost + penalty for cost, penalty in costs]
        return Outcome(curve[-1], curve)

    return run


BAD, GOOD = (2.0, 2.0), (0.6, 0.9)  # starting weight and bias
CHAPTER_3: dict[str, Experiment] = {
    "3.1": neuron(GOOD, Quadratic(), (0.15,)),
    "3.2": neuron(BAD, Quadratic(), (0.15,)),
    "3.3": neuron(GOOD, CrossEntropy(), (0.005, 0.05, 0.15)),
    "3.4": neuron(BAD, CrossEntropy(), (0.005, 0.05, 0.15)),
    **{number: accuracy_run(number) for number in ("3.5", "3.6", "3.11", "3.12", "3.17a")},
    **{number: overfitting(number) for number in ("3.7", "3.8", "3.9", "3.10")},
    "3.13": network_sizes,
    "3.14": svm_sizes,
    **{number: first_epoch(number) for number in ("3.15a", "3.15b", "3.16a", "3.16b")},
    **{number: hundred_images(number) for number in ("3.17b", "3.17c", "3.17d", "3.17e")},
    **{number: learning_rate(number) for number in ("3.18a", "3.18b", "3.18c")},
}
