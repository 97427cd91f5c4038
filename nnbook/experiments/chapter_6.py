"""NNDL ch. 6: the ladder from one hidden layer to five convolutional networks that vote.

The programs' λ belongs to a penalty divided by the number of mini-batches: 0.1 there is 1.0 here.
The accuracy is that on the test images in the epoch that did best on the validation images. The
seconds are those of the fastest epoch times their number: interruptions and other programs on the
machine only ever add to them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnbook.activations import ActivationFunction, relu, sigmoid
from nnbook.checkpoint import Checkpoint
from nnbook.data import Dataset, Digits
from nnbook.data.expansion import shifted
from nnbook.ensembles import majority
from nnbook.events import Epoch
from nnbook.experiments.outcome import Experiment, Outcome, Place
from nnbook.history import History
from nnbook.network3 import network3
from nnbook.optimizers import SGD
from nnbook.regularizers import L2
from nnbook.training import train

VOTERS = 5


@dataclass(frozen=True)
class Rung:
    """One network of the ladder."""

    maps: tuple[int, ...]
    neurons: tuple[int, ...]
    activation: ActivationFunction = relu
    learning_rate: float = 0.03
    lambda_: float = 1.0
    expanded: bool = True
    dropout: float = 0.0
    epochs: int = 60


def climb(rung: Rung, digits: Digits, seed: int | None, place: Place) -> Outcome:
    """Train one network, from its checkpoint if there is one."""
    rng = np.random.default_rng(seed)
    network = network3(
        rung.maps, rung.neurons, activation=rung.activation, dropout=rung.dropout, rng=rng
    )
    data: Dataset = shifted(digits.training) if rung.expanded else digits.training
    training = train(
        network,
        data,
        epochs=rung.epochs,
        batch_size=10,
        optimizer=SGD(rung.learning_rate),
        regularizer=L2(rung.lambda_) if rung.lambda_ else None,
        rng=rng,
        monitor={"validation": digits.validation, "test": digits.test},
    )
    place.folder.mkdir(parents=True, exist_ok=True)
    saved, best = Checkpoint(place.file("run.npz"), training, None), place.file("best.npy")
    history = saved.resume()
    for event in training:
        history.add(event)
        if isinstance(event, Epoch) and best_epoch(history) == event.epoch:
            np.save(best, network.classify(digits.test.x()).astype(np.uint8))
        saved.after(event, history)
    seconds = min(history.seconds) * len(history)
    curve, epoch = history.accuracy("test"), best_epoch(history)
    details = {"best epoch": float(epoch), "validation accuracy": history.best("validation")[1]}
    return Outcome(curve[epoch - 1], curve, details, np.load(best), seconds)


def best_epoch(history: History) -> int:
    """The last of the epochs with the highest validation accuracy, as network3.py takes it."""
    accuracies = history.accuracy("validation")
    return len(accuracies) - accuracies[::-1].index(max(accuracies))


def alone(rung: Rung) -> Experiment:
    """One network."""
    return lambda digits, seed, place: climb(rung, digits, seed, place)


def side_by_side(*rungs: Rung) -> Experiment:
    """Several networks, one after the other: the curve has an accuracy for each."""

    def run(digits: Digits, seed: int | None, place: Place) -> Outcome:
        values = [
            climb(rung, digits, seed, Place(place.folder, f"{place.stem}-{k}")).value
            for k, rung in enumerate(rungs, start=1)
        ]
        return Outcome(max(values), values)

    return run


def voting(rung: Rung) -> Experiment:
    """Five networks with seeds from `seed` on: the class that most of them name."""

    def run(digits: Digits, seed: int | None, place: Place) -> Outcome:
        first = 0 if seed is None else seed
        votes: list[np.ndarray] = []
        for k in range(first, first + VOTERS):
            outcome = climb(rung, digits, k, Place(place.folder, f"6.8-{k}"))  # shared with 6.8
            votes.append(np.asarray(outcome.predictions))
        labels = np.asarray(digits.test.labels)
        winners = majority(np.array(votes, dtype=int))
        curve = [float(np.mean(vote == labels)) for vote in votes]
        return Outcome(float(np.mean(winners == labels)), curve, {}, winners)

    return run


SHALLOW = Rung((), (100,), sigmoid, 0.1, 0.0, expanded=False)
ONE = Rung((20,), (100,), sigmoid, 0.1, 0.0, expanded=False)
TWO = Rung((20, 40), (100,), sigmoid, 0.1, 0.0, expanded=False)
RECTIFIED = Rung((20, 40), (100,), expanded=False)
DROPOUT = Rung((20, 40), (1000, 1000), lambda_=0.0, dropout=0.5, epochs=40)

CHAPTER_6: dict[str, Experiment] = {
    "6.1": alone(SHALLOW),
    "6.2": alone(ONE),
    "6.3": alone(TWO),
    "6.4": alone(RECTIFIED),
    "6.5": alone(Rung((20, 40), (100,))),
    "6.6a": alone(Rung((20, 40), (300,))),
    "6.6b": alone(Rung((20, 40), (1000,))),
    "6.7": side_by_side(*(Rung((20, 40), (n, n)) for n in (100, 300, 1000))),
    "6.8": alone(DROPOUT),
    "6.9": voting(DROPOUT),
}
