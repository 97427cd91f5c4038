"""What happened during training: events in, curves out (NNDL ch. 1 and 3)."""

from __future__ import annotations

import math

from nnbook.events import Epoch, Step


class History:
    """The costs of all mini-batches and the scores after each epoch of one training run.

    `data_name` says which data set it was trained on. The lists have one entry an epoch, except
    `step_costs`, which has one a mini-batch.
    """

    def __init__(self, data_name: str = ""):
        self.data_name = data_name
        self.step_costs: list[float] = []
        self._epochs: list[Epoch] = []

    def add(self, event: Step | Epoch) -> None:
        """Take in one event of training."""
        if isinstance(event, Epoch):
            self._epochs.append(event)
        else:
            self.step_costs.append(event.cost)

    @property
    def reports(self) -> list[Epoch]:
        """The events of the finished epochs."""
        return list(self._epochs)

    @property
    def epochs(self) -> list[int]:
        """Numbers of the finished epochs: 1, 2, …"""
        return [epoch.epoch for epoch in self._epochs]

    @property
    def names(self) -> list[str]:
        """Names of the monitored data sets."""
        return list(self._epochs[0].scores) if self._epochs else []

    @property
    def seconds(self) -> list[float]:
        """Seconds of training in each epoch, without monitoring."""
        return [epoch.seconds for epoch in self._epochs]

    @property
    def penalty(self) -> list[float]:
        """The regularizer's part of the cost after each epoch."""
        return [epoch.penalty for epoch in self._epochs]

    def cost(self, name: str) -> list[float]:
        """Mean cost on the monitored set `name` after each epoch, without penalty."""
        return [epoch.scores[self._known(name)].cost for epoch in self._epochs]

    def accuracy(self, name: str) -> list[float]:
        """Share of the monitored set `name` classified rightly after each epoch, 0 to 1."""
        return [epoch.scores[self._known(name)].accuracy for epoch in self._epochs]

    def best(self, name: str) -> tuple[int, float]:
        """(epoch, accuracy) where the accuracy on `name` was first highest.

        ValueError if no epoch is finished or the targets of `name` are not classes.
        """
        accuracies = self.accuracy(name)
        if not accuracies or math.isnan(accuracies[0]):
            raise ValueError("best needs a finished epoch and targets that are classes.")
        highest = max(accuracies)
        return self.epochs[accuracies.index(highest)], highest

    def _known(self, name: str) -> str:
        if name not in self.names:
            known = ", ".join(map(repr, self.names)) or "none (give `monitor=` when training)"
            raise KeyError(f"{name!r} was not monitored. Monitored: {known}.")
        return name

    def __len__(self) -> int:
        return len(self._epochs)

    def __repr__(self) -> str:
        epochs = "1 epoch" if len(self) == 1 else f"{len(self)} epochs"
        lines = [f"History of {epochs} on {self.data_name or 'unnamed data'}"]
        for name in self.names:
            last = self.accuracy(name)[-1]
            line = f"  {name}: cost {self.cost(name)[-1]:.4f}"
            if not math.isnan(last):
                epoch, best = self.best(name)
                line += f"; accuracy {last:.2%} at the end, best {best:.2%} in epoch {epoch}"
            lines.append(line)
        return "\n".join(lines)
