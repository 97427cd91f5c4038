"""One trial: a network is trained with given settings and judged, wherever that happens.

A trial is a plain function of its task, so it runs the same here, in another process and on a
cluster, and it can be done again when a machine is lost.
"""

from __future__ import annotations

import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

from nnbook import checks
from nnbook.search.space import Setting

Report = Callable[[int, float], None]
Objective = Callable[[Setting, Report], float]


class Hopeless(Exception):
    """Raised by `report` inside an objective whose trial is pruned. Let it pass."""


@dataclass(frozen=True)
class Task:
    """What a trial needs. `bars` is what it must reach, epoch → value, not to be pruned."""

    objective: Objective
    setting: Setting
    bars: dict[int, float]


@dataclass
class Outcome:
    """What a trial gave: its value, or the error that ended it; `curve` is epoch → value."""

    value: float = float("nan")
    curve: dict[int, float] = field(default_factory=dict)
    pruned: bool = False
    seconds: float = 0.0
    error: Exception | None = None

    def report(self, epoch: int, value: float, bars: dict[int, float]) -> None:
        """Note `value` after `epoch`; `Hopeless` if the best so far lies below the bar there."""
        checks.whole("epoch", epoch)
        if self.curve and epoch <= max(self.curve):
            raise ValueError(
                f"report was called for epoch {epoch} after epoch {max(self.curve)}: "
                "epochs must rise."
            )
        self.curve[int(epoch)] = checks.real("value", value)
        if max(self.curve.values()) < bars.get(int(epoch), float("-inf")):
            raise Hopeless(f"below the lower quartile of earlier trials after epoch {epoch}")


def run(task: Task) -> Outcome:
    """Do one trial with one BLAS thread; an exception of the objective is in the outcome."""
    from threadpoolctl import threadpool_limits

    outcome, start = Outcome(), time.perf_counter()
    try:
        with threadpool_limits(1):
            value = task.objective(
                dict(task.setting), lambda epoch, value: outcome.report(epoch, value, task.bars)
            )
        outcome.value = checks.real("what objective returns", value)
    except Hopeless:
        outcome.pruned = True
        outcome.value = list(outcome.curve.values())[-1]
    except Exception as error:
        outcome.error = error
    outcome.seconds = time.perf_counter() - start
    return outcome


def run_packed(packed: bytes) -> bytes:
    """`run` for another process: a pickled task in, a pickled outcome out."""
    import cloudpickle

    outcome = run(cloudpickle.loads(packed))
    if outcome.error is not None:
        outcome.error = _portable(outcome.error)
    packed_outcome: bytes = cloudpickle.dumps(outcome)
    return packed_outcome


def serve(tasks: Connection) -> None:
    """What a worker process does: trials, one after another, until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asked
    try:
        while True:
            tasks.send_bytes(run_packed(tasks.recv_bytes()))
    except (EOFError, OSError):
        pass


def _portable(error: Exception) -> Exception:
    """`error` with its traceback as a note; its words alone if it cannot be pickled."""
    import cloudpickle

    where = "".join(traceback.format_exception(error))
    try:
        cloudpickle.loads(cloudpickle.dumps(error))
    except Exception:
        error = RuntimeError(f"{type(error).__name__}: {error}")
    error.add_note(f"In the process that ran the trial:\n{where}")
    return error.with_traceback(None)


def unpacked(packed: bytes) -> Outcome:
    """The outcome that `run_packed` gave."""
    import cloudpickle

    outcome: Any = cloudpickle.loads(packed)
    return checks.instance("outcome", outcome, Outcome, "Outcome(0.5)")
