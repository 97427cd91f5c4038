"""What training reports: a step, an epoch, a score. Numbers only."""

from __future__ import annotations

from typing import NamedTuple


class Score(NamedTuple):
    """How a network does on `n` examples: mean cost without penalty, share classified rightly.

    The accuracy is NaN where the desired outputs are not classes (numbers, or several bits).
    """

    cost: float
    accuracy: float
    n: int


class Step(NamedTuple):
    """One mini-batch is done: number `batch` of `batches` in this epoch, `step` in all, from 1.

    `cost` is the mean cost of this mini-batch before the update, without penalty.
    """

    epoch: int
    batch: int
    batches: int
    step: int
    cost: float


class Epoch(NamedTuple):
    """One pass over the training set is done.

    `seconds` is the time it took, without monitoring; `penalty` the regularizer's part of the
    cost; `scores` how the network does on each monitored data set.
    """

    epoch: int
    seconds: float
    penalty: float
    scores: dict[str, Score]
