"""How the learning rate changes while training: rules that listen to its events (NNDL ch. 3)."""

from __future__ import annotations

import math
from collections.abc import Iterable

from nnbook.checks import positive, whole
from nnbook.events import Epoch, Step
from nnbook.stopping import NoImprovement, accuracy


class Schedule:
    """Call it with each event of training; it answers by what to multiply the starting η now.

    >>> schedule = Halving(patience=5)
    >>> for event in (training := train(...)):
    ...     training.optimizer.learning_rate = 3.0 * schedule(event)

    `fit(..., schedule=schedule)` does the same, and stops when the schedule is `finished`. A
    schedule forgets what it heard with `start()`.
    """

    def __init__(self) -> None:
        self.start()

    def start(self, monitored: Iterable[str] | None = None) -> None:
        """Forget all that was heard; ValueError if a watched set is not among the `monitored`."""
        self.factor = 1.0

    def __call__(self, event: Step | Epoch) -> float:
        if isinstance(event, Epoch):
            self.factor = self.after(event)
        return self.factor

    def after(self, epoch: Epoch) -> float:
        """The factor from the end of this epoch on."""
        raise NotImplementedError

    @property
    def finished(self) -> bool:
        """Whether there is no point in going on."""
        return False


class Constant(Schedule):
    """η stays as it is."""

    def after(self, epoch: Epoch) -> float:
        return 1.0

    def __repr__(self) -> str:
        return "Constant()"


class Halving(Schedule):
    """η/2 whenever the accuracy on `watched` has not improved for `patience` epochs.

    It is `finished` when the factor has come down to `floor`: 1/128 in NNDL ch. 3.
    """

    def __init__(self, patience: int = 10, watched: str = "validation", floor: float = 1 / 128):
        """`patience` in epochs, 1 or more; `floor` greater than 0, less than 1."""
        self.rule = NoImprovement(patience, watched)
        self.floor = positive("floor", floor, example="1/128")
        if self.floor >= 1:
            raise ValueError(f"floor must be less than 1, but it is {floor}. For example: 1/128.")
        super().__init__()

    def start(self, monitored: Iterable[str] | None = None) -> None:
        super().start(monitored)
        self.rule.start(monitored)

    def after(self, epoch: Epoch) -> float:
        if not self.rule.after(accuracy(epoch, self.rule.watched)):
            return self.factor
        self.rule.waited = 0
        return self.factor / 2

    @property
    def finished(self) -> bool:
        """Whether the floor is reached."""
        return self.factor <= self.floor

    def __repr__(self) -> str:
        return f"Halving({self.rule.patience}, {self.rule.watched!r}, floor={self.floor:g})"


class StepDecay(Schedule):
    """η times `factor` after every `every` epochs."""

    def __init__(self, every: int, factor: float = 0.5):
        """`every` in epochs, 1 or more; `factor` greater than 0, at most 1."""
        self.every = whole("every", every)
        self.ratio = positive("factor", factor)
        if self.ratio > 1:
            raise ValueError(f"factor must be at most 1, but it is {factor}. For example: 0.5.")
        super().__init__()

    def after(self, epoch: Epoch) -> float:
        return self.ratio ** (epoch.epoch // self.every)

    def __repr__(self) -> str:
        return f"StepDecay({self.every}, {self.ratio:g})"


class Cosine(Schedule):
    """η falls to 0 along half a cosine wave in `epochs` epochs (Loshchilov and Hutter 2017)."""

    def __init__(self, epochs: int):
        """`epochs`: as many as will be trained, 1 or more."""
        self.epochs = whole("epochs", epochs)
        super().__init__()

    def after(self, epoch: Epoch) -> float:
        return (1 + math.cos(math.pi * min(epoch.epoch / self.epochs, 1))) / 2

    @property
    def finished(self) -> bool:
        """Whether nothing is left of the learning rate."""
        return self.factor == 0

    def __repr__(self) -> str:
        return f"Cosine({self.epochs})"
