"""When to stop: rules that listen to the events of training (NNDL ch. 3, early stopping)."""

from __future__ import annotations

import math
from collections.abc import Iterable

from nnbook.checks import instance, positive, whole
from nnbook.events import Epoch, Step


class StoppingRule:
    """Call it with each event of training; it answers whether to stop now.

    >>> rule = NoImprovement(10)
    >>> for event in train(...):
    ...     if rule(event):
    ...         break

    `fit(..., stopping=rule)` does the same. A rule forgets what it heard with `start()`.
    """

    def __init__(self, watched: str):
        """`watched` names one of the data sets given to `monitor`."""
        self.watched = instance("watched", watched, str, "'validation'")
        self.start()

    def start(self, monitored: Iterable[str] | None = None) -> None:
        """Forget all that was heard; ValueError if `watched` is not among the `monitored` sets."""
        if monitored is not None:
            _must_be_monitored(self.watched, monitored)

    def __call__(self, event: Step | Epoch) -> bool:
        return isinstance(event, Epoch) and self.after(accuracy(event, self.watched))

    def after(self, value: float) -> bool:
        """Whether to stop after an epoch with this accuracy, 0 to 1."""
        raise NotImplementedError


class NoImprovement(StoppingRule):
    """No better accuracy for `patience` epochs in a row (NNDL ch. 3, no-improvement-in-n)."""

    def __init__(self, patience: int = 10, watched: str = "validation"):
        """`patience` is n, in epochs, 1 or more."""
        self.patience = whole("patience", patience)
        super().__init__(watched)

    def start(self, monitored: Iterable[str] | None = None) -> None:
        super().start(monitored)
        self.best, self.waited = -math.inf, 0

    def after(self, value: float) -> bool:
        self.waited = 0 if value > self.best else self.waited + 1
        self.best = max(self.best, value)
        return self.waited >= self.patience

    def __repr__(self) -> str:
        return f"NoImprovement({self.patience}, {self.watched!r})"


class Target(StoppingRule):
    """An accuracy is reached."""

    def __init__(self, accuracy: float, watched: str = "validation"):
        """`accuracy` is a share, greater than 0 and at most 1."""
        self.accuracy = positive("accuracy", accuracy, example="0.96")
        if self.accuracy > 1:
            raise ValueError(f"accuracy must be a share, at most 1, but it is {accuracy}.")
        super().__init__(watched)

    def after(self, value: float) -> bool:
        return value >= self.accuracy

    def __repr__(self) -> str:
        return f"Target({self.accuracy:g}, {self.watched!r})"


def accuracy(epoch: Epoch, watched: str) -> float:
    """The accuracy on `watched` after this epoch, 0 to 1.

    ValueError if it was not monitored, or if its targets are not classes.
    """
    _must_be_monitored(watched, epoch.scores)
    value = epoch.scores[watched].accuracy
    if math.isnan(value):
        raise ValueError(f"watched must have classes as targets, but those of {watched!r} are not.")
    return value


def _must_be_monitored(watched: str, monitored: Iterable[str]) -> None:
    if watched not in monitored:
        known = ", ".join(map(repr, monitored)) or "none"
        raise ValueError(
            f"watched must be one of the monitored data sets ({known}), but it is {watched!r}: "
            f"train with monitor={{{watched!r}: ...}}."
        )
