"""Training in a thread of its own, so that the page answers while a network learns (NNDL ch. 1)."""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Callable
from typing import Any, Protocol, runtime_checkable

from nnbook.events import Epoch, Step
from nnbook.explore.runs import Run
from nnbook.training import Diverged

TICKS = 10  # drawings a second


class Training:
    """Drives `run` in a daemon thread: `play`, `one_epoch`, `pause`, `stop`.

    `tick()` is called about ten times a second from the thread, and at each change of state;
    `end()` once, when the run is over; `run.state` and `run.problem` say how.
    """

    def __init__(self, run: Run, *, tick: Callable[[], None], end: Callable[[], None]) -> None:
        self.run = run
        self._tick, self._end = tick, end
        self._going, self._stopping = threading.Event(), threading.Event()
        self._until_epoch = False
        self._thread = threading.Thread(target=self._drive, daemon=True, name="nnbook training")

    @property
    def alive(self) -> bool:
        """Whether the thread is there, training or paused."""
        return self._thread.is_alive()

    @property
    def stopping(self) -> bool:
        """Whether `stop` was called."""
        return self._stopping.is_set()

    def play(self, *, one_epoch: bool = False) -> None:
        """Train on, to the end or (with `one_epoch`) to the end of this epoch."""
        self._until_epoch = one_epoch
        self._going.set()
        if self._thread.ident is None:
            self._thread.start()

    def pause(self) -> None:
        """Rest after the mini-batch at hand; everything is kept."""
        self._going.clear()

    def stop(self) -> None:
        """End the run after the mini-batch at hand; what was learned is kept."""
        self._stopping.set()
        self._going.set()

    def join(self, timeout: float | None = None) -> bool:
        """Wait until the thread has ended, at most `timeout` seconds; whether it has."""
        if self._thread.ident is not None and self._thread is not threading.current_thread():
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _drive(self) -> None:
        run = self.run
        run.state = "training"
        try:
            self._drain()
            run.state = "finished" if run.complete else "stopped"
        except Diverged as problem:
            run.state, run.problem = "diverged", problem
        except Exception as problem:
            run.state, run.problem = "failed", problem
        self._end()

    def _drain(self) -> None:
        run, add, due = self.run, self.run.add, 0.0
        trained = False  # since the last rest: an epoch that was over before does not count
        going, stopping, clock = self._going.is_set, self._stopping.is_set, time.monotonic
        for event in run.events:
            add(event)
            if stopping():
                return
            trained = trained or isinstance(event, Step)
            if self._until_epoch and trained and isinstance(event, Epoch) and not run.complete:
                self.pause()
            if not going():
                self._rest()
                trained = False
            if clock() >= due:
                self._tick()
                due = clock() + 1 / TICKS

    def _rest(self) -> None:
        self.run.state = "paused"
        self._tick()
        self._going.wait()
        self.run.state = "training"


@runtime_checkable
class Stoppable(Protocol):
    """What the registry knows of a widget."""

    def stop(self) -> None:
        """End all work in other threads."""


_registry: dict[str, tuple[str, weakref.WeakSet[Any]]] = {}
_lock = threading.Lock()


def succeed(widget: Stoppable, cell: tuple[str, str] | None = None) -> None:
    """Stop the widgets that an earlier run of the same notebook cell has made; remember `widget`.

    Otherwise they would train on, unseen. `cell` is (the cell's lasting name, this run of it), by
    default those of the cell that is running now. Widgets of other cells, and others made by the
    same run of the cell, are left alone.
    """
    name, execution = cell or running_cell() or ("", "")
    if not name:
        return
    with _lock:
        before, widgets = _registry.get(name, ("", weakref.WeakSet()))
        if before != execution:
            old, widgets = list(widgets), weakref.WeakSet()
            _registry[name] = (execution, widgets)
        else:
            old = []
        widgets.add(widget)
    for predecessor in old:
        predecessor.stop()


def running_cell() -> tuple[str, str] | None:
    """(name of the cell, id of this run) inside a Jupyter kernel, None elsewhere."""
    import IPython

    shell = IPython.get_ipython()
    parent = shell.get_parent() if hasattr(shell, "get_parent") else None
    if not parent or "header" not in parent:
        return None
    # JupyterLab and VS Code send the cell's id; elsewhere its text must do.
    name = parent.get("metadata", {}).get("cellId") or parent.get("content", {}).get("code", "")
    return (name, parent["header"].get("msg_id", "")) if name else None
