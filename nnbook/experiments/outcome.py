"""What an experiment gives, and the plain training that most rows of the table describe."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from nnbook import published
from nnbook.costs import COSTS
from nnbook.data import Dataset, Digits
from nnbook.fitting import fit
from nnbook.history import History
from nnbook.initializers import INITIALIZERS
from nnbook.network import Network
from nnbook.optimizers import SGD
from nnbook.regularizers import L2
from nnbook.training import Diverged


@dataclass(frozen=True)
class Outcome:
    """`value` is the row's number; `curve` how it came about, after each epoch or for each size.

    `details` are further numbers that the row's criterion asks for. `predictions` are the classes
    of the test images (n,), a row for each where there are several networks, if they are worth
    keeping. `seconds` is the time of training, where a run may have been interrupted.
    """

    value: float
    curve: list[float]
    details: Mapping[str, float] = field(default_factory=dict)
    predictions: np.ndarray | None = None
    seconds: float | None = None


@dataclass(frozen=True)
class Place:
    """Where a long run keeps its checkpoints: a folder and the beginning of their names.

    With `so_far` the run takes stock of its checkpoint and trains no further.
    """

    folder: Path
    stem: str
    so_far: bool = False

    def file(self, name: str) -> Path:
        """A file of this run."""
        return self.folder / f"{self.stem}-{name}"


Experiment = Callable[[Digits, int | None, Place], Outcome]


def network_of(row: published.Row, rng: np.random.Generator) -> Network:
    """The network that the row's columns describe, at its start."""
    return Network(
        [int(size) for size in row.network.split("-")],
        cost=COSTS[row.cost](),
        initializer=INITIALIZERS[row.init],
        rng=rng,
    )


def part_of(row: published.Row, digits: Digits) -> tuple[str, Dataset]:
    """The data set on which the row's accuracy is measured, with its name."""
    name = "test" if row.measured_on.startswith("test") else "validation"
    return name, getattr(digits, name)


def trained(
    row: published.Row,
    digits: Digits,
    seed: int | None,
    monitor: Mapping[str, Dataset],
    *,
    epochs: int | None = None,
) -> tuple[Network, History]:
    """Train as the row's columns say, or for other `epochs`; a diverged run ends early."""
    rng = np.random.default_rng(seed)
    network = network_of(row, rng)
    strength = float(row.lambda_)
    with contextlib.suppress(Diverged):  # then the history ends where it happened
        fit(
            network,
            digits.training[: int(row.training_images)],
            epochs=epochs or int(row.epochs),
            batch_size=int(row.batch),
            optimizer=SGD(float(row.eta)),
            regularizer=L2(strength) if strength else None,
            rng=rng,
            monitor=monitor,
        )
    assert network.history is not None
    return network, network.history


def accuracy_run(number: str, final: Callable[[list[float]], float] = max) -> Experiment:
    """The accuracies after each epoch; `final` picks the row's value.

    A run that diverges ends with the accuracy of its last finite weights.
    """
    row = published.row(number)

    def run(digits: Digits, seed: int | None, place: Place) -> Outcome:
        name, data = part_of(row, digits)
        network, history = trained(row, digits, seed, {name: data})
        curve = [*history.accuracy(name)] if len(history) else []
        if len(curve) < int(row.epochs):
            curve.append(network.accuracy(data))
        return Outcome(final(curve), curve)

    return run


def last(curve: list[float]) -> float:
    """The value after the last epoch."""
    return curve[-1]
