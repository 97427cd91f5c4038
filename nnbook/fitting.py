"""`fit`: training to the end, with a progress bar, rules, and Ctrl-C (NNDL ch. 1 and 3)."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np

from nnbook.checkpoint import Checkpoint
from nnbook.checks import instance
from nnbook.data.dataset import Dataset
from nnbook.events import Epoch, Step
from nnbook.history import History
from nnbook.network import Network
from nnbook.optimizers import Optimizer
from nnbook.progress import Progress
from nnbook.regularizers import Regularizer
from nnbook.schedules import Schedule
from nnbook.stopping import StoppingRule
from nnbook.training import Training


def fit(
    network: Network,
    data: Dataset,
    *,
    epochs: int,
    batch_size: int,
    optimizer: Optimizer,
    rng: int | np.random.Generator,
    regularizer: Regularizer | None = None,
    monitor: Mapping[str, Dataset] | None = None,
    schedule: Schedule | None = None,
    stopping: StoppingRule | None = None,
    checkpoint: str | os.PathLike[str] | None = None,
    progress: bool = True,
) -> History:
    """Train to the end, as `train` does, with a progress bar; returns the history.

    After each event `schedule` sets the learning rate, and `stopping` may end the run.
    The history also grows on `network.history`, so that after Ctrl-C (KeyboardInterrupt, raised
    between two mini-batches) or `Diverged` all that was learned is kept.

    `checkpoint` names an .npz file that keeps the state of the run: it is written after each epoch,
    at least 30 seconds apart within an epoch, and on Ctrl-C. Where the file is there already, the
    same call goes on from it and ends bit for bit like an unbroken run, or at once if that run has
    ended. ValueError if the file is damaged or holds a run with other settings; a warning if it
    was written by other versions or on another machine; OSError if it cannot be written.
    """
    run = Training(
        network,
        data,
        epochs=epochs,
        batch_size=batch_size,
        optimizer=optimizer,
        rng=rng,
        regularizer=regularizer,
        monitor=monitor,
    )
    if schedule is not None:
        instance("schedule", schedule, Schedule, "Halving(10)").start(run.monitor)
    if stopping is not None:
        instance("stopping", stopping, StoppingRule, "NoImprovement(10)").start(run.monitor)
    saved = None if checkpoint is None else Checkpoint(checkpoint, run, schedule)
    network.history = history = saved.resume() if saved else History(data.name)
    over = _heard(run, history, optimizer.learning_rate, schedule, stopping)
    with (
        Progress(epochs * run.batches, "training", shown=progress) as bar,
        _interrupt_between_events() as interrupt,
    ):
        bar.advance(run.step)
        while not (over or interrupt.is_set()) and (event := next(run, None)):
            history.add(event)
            if isinstance(event, Step):
                bar.advance()
            else:
                over = _finished(event, run, optimizer.learning_rate, schedule, stopping)
            if saved:
                saved.after(event, history)
    if interrupt.is_set():
        if saved:
            saved.write(history)
        raise KeyboardInterrupt
    return history


def _finished(
    epoch: Epoch,
    run: Training,
    learning_rate: float,
    schedule: Schedule | None,
    stopping: StoppingRule | None,
) -> bool:
    """Let the rules hear of the epoch; whether one of them ends the run."""
    if schedule is not None:
        run.optimizer.learning_rate = learning_rate * schedule(epoch)
    return bool(stopping is not None and stopping(epoch)) or bool(schedule and schedule.finished)


def _heard(
    run: Training,
    history: History,
    learning_rate: float,
    schedule: Schedule | None,
    stopping: StoppingRule | None,
) -> bool:
    """Let the rules hear of the epochs in a checkpoint; whether one of them has ended that run.

    ValueError if the run has gone on nevertheless.
    """
    over = False
    for epoch in history.reports:
        over = _finished(epoch, run, learning_rate, schedule, stopping)
        if over and len(history.step_costs) > epoch.epoch * run.batches:
            raise ValueError(
                f"schedule or stopping ends this run after epoch {epoch.epoch}, but the run in the "
                "checkpoint has gone further. To begin anew, name another file."
            )
    return over


@contextmanager
def _interrupt_between_events() -> Iterator[threading.Event]:
    """Ctrl-C sets an event instead of breaking into half a step; a second one breaks in at once."""
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield asked  # Ctrl-C reaches the main thread only
        return

    def ask(*_: object) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler if before is None else before)
