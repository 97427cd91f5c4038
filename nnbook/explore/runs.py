"""A training run that can be watched, and the comparison of several (NNDL ch. 1 and 3)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import fmean
from typing import TYPE_CHECKING

import numpy as np

from nnbook.events import Epoch, Score, Step
from nnbook.explore.settings import NAMES, Settings
from nnbook.history import History
from nnbook.network import CHUNK

if TYPE_CHECKING:
    from nnbook.data.dataset import Digits

GHOSTS = 5  # so many earlier runs stay in the picture
FIRST = 0.25  # the costs of this part of the first epoch may lie above the picture
PIECES = 20  # the costs of the mini-batches are averaged over a twentieth of an epoch


@dataclass(frozen=True)
class Curve:
    """One line of a picture: `y` against epochs `x`, of run number `run`, faded if it is over.

    `kind` is "training", "validation" or "mini-batches". Accuracies are fractions, 0 to 1.
    """

    kind: str
    run: int
    x: list[float]
    y: list[float]
    faded: bool = False


class Run:
    """One training, from its random start on: settings, network, history, state.

    `state` is "ready", "training", "paused", "finished", "stopped", "diverged" or "failed".
    `events` does the work, in small pieces: each `next` is one mini-batch (or some images looked
    at: then it gives None); hand everything to `add`.
    ValueError or TypeError, in words, if the settings cannot be run on `digits`.
    """

    def __init__(self, number: int, settings: Settings, digits: Digits) -> None:
        settings.check(digits)
        rng = np.random.default_rng(settings.seed)
        self.number, self.settings, self.data_name = number, settings, digits.name
        self.monitored = {name: len(part) for name, part in settings.monitored(digits).items()}
        self.network = settings.network(digits, rng)
        self.history = self.network.history = History(settings.training(digits).name)
        self.events = self._watched(settings.events(self.network, digits, rng), digits)
        self.state = "ready"
        self.problem: BaseException | None = None  # what ended it, if it did not end well
        self.batches = -(-settings.training_size // settings.batch_size)
        self._pieces: list[float] = []

    def _watched(
        self, events: Iterator[Step | Epoch], digits: Digits
    ) -> Iterator[Step | Epoch | None]:
        """`events`, and how the network does after each epoch, looked at in pieces."""
        parts = self.settings.monitored(digits)
        for event in events:
            if isinstance(event, Epoch):
                scores = {}
                for name, part in parts.items():
                    pieces = []
                    for start in range(0, len(part), CHUNK):
                        pieces.append(self.network.evaluate(part[start : start + CHUNK]))
                        yield None
                    scores[name] = _joined(pieces)
                event = event._replace(scores=scores)
            yield event

    def add(self, event: Step | Epoch | None) -> None:
        """Take in what `events` gives."""
        if event is not None:
            self.history.add(event)

    @property
    def complete(self) -> bool:
        """Whether all epochs are done."""
        return len(self.history) == self.settings.epochs

    @property
    def over(self) -> bool:
        """Whether this run will never go on."""
        return self.state in ("finished", "stopped", "diverged", "failed")

    @property
    def progress(self) -> float:
        """How many epochs are done, with the part of the present one: 2.5 in the middle of 3."""
        return len(self.history.step_costs) / self.batches

    @property
    def seconds(self) -> float:
        """Seconds of training in all finished epochs, without looking at the data sets."""
        return sum(self.history.seconds)

    @property
    def best(self) -> tuple[int, float] | None:
        """(epoch, accuracy) of the best epoch on the validation data, None before the first."""
        return self.history.best("validation") if len(self.history) else None

    @property
    def architecture(self) -> str:
        """The sizes of the layers: "784-30-10", with convolutions "C20@5x5-P2-100-10"."""
        settings, ends = self.settings, self.network.sizes
        sizes: list[object] = [] if settings.maps else [ends[0]]
        for count in settings.maps:
            sizes.append(f"C{count}@{settings.kernel}x{settings.kernel}")
            sizes += [] if settings.pooling == "none" else ["P2"]
        return "-".join(map(str, [*sizes, *settings.hidden, ends[-1]]))

    def minibatch_costs(self) -> tuple[list[float], list[float]]:
        """Epochs and costs of the mini-batches, each the mean over a twentieth of an epoch."""
        width = max(1, self.batches // PIECES)
        costs = self.history.step_costs
        while (start := len(self._pieces) * width) + width <= len(costs):
            self._pieces.append(fmean(costs[start : start + width]))
        return [(k + 0.5) * width / self.batches for k in range(len(self._pieces))], self._pieces

    def curves(self, quantity: str, faded: bool = False) -> list[Curve]:
        """The lines of "cost" or "accuracy"; a faded run comes without its mini-batches."""
        lines = []
        if quantity == "cost" and not faded:
            x, y = self.minibatch_costs()
            lines.append(Curve("mini-batches", self.number, x, list(y)))
        epochs = [float(epoch) for epoch in self.history.epochs]
        for kind in self.history.names:
            y = [float(value) for value in getattr(self.history, quantity)(kind)]
            lines.append(Curve(kind, self.number, epochs[: len(y)], y, faded))
        return lines


def _joined(pieces: list[Score]) -> Score:
    """The score of a whole from those of its pieces."""
    n = sum(piece.n for piece in pieces)
    right = sum(round(piece.accuracy * piece.n) for piece in pieces)
    return Score(sum(piece.cost * piece.n for piece in pieces) / n, right / n, n)


@dataclass
class Comparison:
    """Runs in the order of their start; the last one may still be `current`."""

    runs: list[Run] = field(default_factory=list)
    current: Run | None = None
    started: int = 0

    def start(self, settings: Settings, digits: Digits) -> Run:
        """A new run, the current one from now on; errors as for `Run`."""
        run = Run(self.started + 1, settings, digits)
        self.started += 1
        self.current = run
        self.runs.append(run)
        return run

    def forget_current(self) -> None:
        """The current run becomes an earlier one."""
        self.current = None

    def clear(self) -> None:
        """Forget all earlier runs; the current one stays."""
        self.runs = [run for run in self.runs if run is self.current and not run.over]
        if not self.runs:
            self.current, self.started = None, 0

    def differing(self) -> list[str]:
        """Names of the settings in which the runs differ, in the order of `Settings`."""
        return [
            name for name in NAMES if len({getattr(run.settings, name) for run in self.runs}) > 1
        ]

    def best(self) -> Run | None:
        """The run with the highest validation accuracy, None while no epoch is finished."""
        judged = [run for run in self.runs if run.best]
        return max(judged, key=lambda run: run.best[1] if run.best else 0.0) if judged else None

    def ghosts(self) -> list[Run]:
        """The last few runs before the current one."""
        return [run for run in self.runs if run is not self.current][-GHOSTS:]

    def curves(self, quantity: str) -> list[Curve]:
        """All lines of "cost" or "accuracy", the faded ones first.

        Costs of different cost functions cannot be compared: only runs with the same cost as the
        last one are among the costs.
        """
        shown = [*self.ghosts(), *([self.current] if self.current else [])]
        if quantity == "cost" and shown:
            shown = [run for run in shown if run.settings.cost == shown[-1].settings.cost]
        return [
            line for run in shown for line in run.curves(quantity, faded=run is not self.current)
        ]

    def last_epoch(self) -> int:
        """How far the axis of epochs must reach."""
        reach = [len(run.history) for run in self.ghosts()]
        present = self.current.settings if self.current else Settings()
        return max([*reach, present.epochs])


def highest_cost(curves: list[Curve]) -> float:
    """How far an axis of costs must reach.

    The very first mini-batches cost so much more than all that follows that they would press it
    flat: after a quarter of an epoch they are left out.
    """
    later = [y for curve in curves for x, y in zip(curve.x, curve.y, strict=True) if x >= FIRST]
    values = later or [y for curve in curves for y in curve.y]
    return max(filter(math.isfinite, values), default=1.0)
