"""NNDL ch. 6: the ladder from one hidden layer to five convolutional networks that vote.

The programs' λ belongs to a penalty divided by the number of mini-batches: 0.1 there is 1.0 here.
The accuracy is that on the test images in the epoch that did best on the validation images. The
seconds are those of the fastest epoch times their number: interruptions and other programs on the
machine only ever add to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

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
    """Train one network, from its checkpoint if there is one.

    FileNotFoundError where `place` asks what there is so far and no epoch is done.
    """
    nothing = FileNotFoundError(f"no epoch of {place.stem} is done in {place.folder}")
    if place.so_far and not place.file("run.npz").exists():
        raise nothing
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
    for event in () if place.so_far else training:
        history.add(event)
        if isinstance(event, Epoch) and best_epoch(history) == event.epoch:
            np.save(best, network.classify(digits.test.x()).astype(np.uint8))
        saved.after(event, history)
    if not len(history):
        raise nothing
    seconds = min(history.seconds) * len(history)
    curve, epoch = history.accuracy("test"), best_epoch(history)
    details = {"best epoch": float(epoch), "validation accuracy": history.best("validation")[1]}
    details |= so_far("epochs", len(history), rung.epochs)
    return Outcome(curve[epoch - 1], curve, details, np.load(best), seconds)


def best_epoch(history: History) -> int:
    """The last of the epochs with the highest validation accuracy, as network3.py takes it."""
    accuracies = history.accuracy("validation")
    return len(accuracies) - accuracies[::-1].index(max(accuracies))


def so_far(what: str, done: int, planned: int) -> dict[str, float]:
    """What a run that is not finished adds to its details."""
    return {f"{what} so far": done, f"{what} planned": planned} if done < planned else {}


def fewest_epochs(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """The details of the network that has come least far."""
    left = min(outcomes, key=lambda outcome: outcome.details.get("epochs so far", np.inf))
    return {name: value for name, value in left.details.items() if name.startswith("epochs ")}


def alone(rung: Rung) -> Experiment:
    """One network."""
    return lambda digits, seed, place: climb(rung, digits, seed, place)


def side_by_side(*rungs: Rung) -> Experiment:
    """Several networks, one after the other: the curve has an accuracy for each."""

    def run(digits: Digits, seed: int | None, place: Place) -> Outcome:
        outcomes = [
            climb(rung, digits, seed, replace(place, stem=f"{place.stem}-{k}"))
            for k, rung in enumerate(rungs, start=1)
        ]
        values = [outcome.value for outcome in outcomes]
        answers = np.array([outcome.predictions for outcome in outcomes])
        return Outcome(max(values), values, fewest_epochs(outcomes), answers, _sum(outcomes))

    return run


def voting(rung: Rung) -> Experiment:
    """Five networks with seeds from `seed` on: the class that most of them name.

    Of those that exist, where `place` asks what there is so far.
    """

    def run(digits: Digits, seed: int | None, place: Place) -> Outcome:
        first = 0 if seed is None else seed
        voters: list[Outcome] = []
        for k in range(first, first + VOTERS):
            try:
                voters.append(climb(rung, digits, k, replace(place, stem=f"6.8-{k}")))  # as in 6.8
            except FileNotFoundError:
                if not place.so_far:
                    raise
        if not voters:
            raise FileNotFoundError(f"no epoch of five networks 6.8 is done in {place.folder}")
        winners = majority(np.array([voter.predictions for voter in voters], dtype=int))
        right = float(np.mean(winners == np.asarray(digits.test.labels)))
        details = so_far("networks", len(voters), VOTERS) | fewest_epochs(voters)
        curve = [voter.value for voter in voters]
        return Outcome(right, curve, details, winners, _sum(voters))

    return run


def _sum(outcomes: Sequence[Outcome]) -> float:
    """The seconds of several networks."""
    return sum(outcome.seconds or 0.0 for outcome in outcomes)


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
