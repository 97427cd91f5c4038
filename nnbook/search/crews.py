"""Who does the trials: this process, several processes of this machine, or a Dask cluster.

Each crew has the same few methods. `start(number, task)` begins a trial, at most `size` of them
at once; `next()` waits for one to end and gives (number, outcome), with None for the outcome when
the worker was lost; `close()` ends all work.
"""

from __future__ import annotations

import contextlib
import multiprocessing
from collections.abc import Hashable
from multiprocessing.connection import Connection, wait
from typing import Any, Protocol, runtime_checkable

from nnbook import checks
from nnbook.search.work import Outcome, Task, run, run_packed, serve, unpacked


@runtime_checkable
class Crew(Protocol):
    """What a study asks of those who do its trials."""

    @property
    def size(self) -> int:
        """How many trials can run at once."""

    def start(self, number: int, task: Task) -> None:
        """Begin trial `number`."""

    def next(self) -> tuple[int, Outcome | None]:
        """Wait until a trial ends: its number and outcome, None if its worker was lost."""

    def close(self) -> None:
        """End all work at once."""


class Here:
    """This process: one trial at a time."""

    size = 1

    def __init__(self) -> None:
        self._waiting: tuple[int, Task] | None = None

    def start(self, number: int, task: Task) -> None:
        self._waiting = number, task

    def next(self) -> tuple[int, Outcome | None]:
        assert self._waiting is not None, "no trial was started"
        number, task = self._waiting
        return number, run(task)

    def close(self) -> None:
        self._waiting = None


class Processes:
    """`size` new Python processes on this machine; each ends by itself when this one dies."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._context = multiprocessing.get_context("spawn")
        self._idle: list[tuple[Connection, Any]] = []
        self._busy: dict[Connection, tuple[int, Any]] = {}

    def start(self, number: int, task: Task) -> None:
        import cloudpickle

        packed = cloudpickle.dumps(task)
        connection, process = self._idle.pop() if self._idle else self._hire()
        self._busy[connection] = number, process
        with contextlib.suppress(OSError):  # it has died: next() finds out
            connection.send_bytes(packed)

    def next(self) -> tuple[int, Outcome | None]:
        ready = wait(list(self._busy))[0]
        assert isinstance(ready, Connection)
        number, process = self._busy.pop(ready)
        try:
            outcome = unpacked(ready.recv_bytes())
        except (EOFError, OSError):
            _end(ready, process)
            return number, None
        self._idle.append((ready, process))
        return number, outcome

    def close(self) -> None:
        busy = [(connection, process) for connection, (_, process) in self._busy.items()]
        for connection, process in [*busy, *self._idle]:
            _end(connection, process)
        self._busy, self._idle = {}, []

    def _hire(self) -> tuple[Connection, Any]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=serve, args=(theirs,), daemon=True)
        process.start()
        theirs.close()  # so that a dead worker is noticed
        return ours, process


class Cluster:
    """The workers of a `dask.distributed.Client`, one trial a thread.

    The scheduler gives the task of a lost worker to another one, up to its own limit
    (`distributed.scheduler.allowed-failures`, 3); then the trial counts as lost.
    """

    def __init__(self, client: Any) -> None:
        self._client = client
        self._busy: dict[Hashable, tuple[int, Any]] = {}

    @property
    def size(self) -> int:
        """The threads of all workers, at least 1: workers may come and go."""
        return max(1, sum(self._client.nthreads().values()))

    def start(self, number: int, task: Task) -> None:
        import cloudpickle

        future = self._client.submit(run_packed, cloudpickle.dumps(task), pure=False)
        self._busy[future.key] = number, future

    def next(self) -> tuple[int, Outcome | None]:
        from concurrent.futures import CancelledError

        from distributed import KilledWorker, wait

        futures = [future for _, future in self._busy.values()]
        done = next(iter(wait(futures, return_when="FIRST_COMPLETED").done))
        number, future = self._busy.pop(done.key)
        try:
            return number, unpacked(future.result())
        except (KilledWorker, CancelledError):
            return number, None

    def close(self) -> None:
        if self._busy:
            self._client.cancel([future for _, future in self._busy.values()], force=True)
        self._busy = {}


def crew(workers: int, client: Any) -> Crew:
    """Who does the trials: `workers` of them at once here, or a Dask `client`'s cluster.

    TypeError or ValueError, naming the argument, where they do not fit.
    """
    checks.whole("workers", workers)
    if client is None:
        return Here() if workers == 1 else Processes(workers)
    if workers != 1:
        raise ValueError(
            f"workers must be left out where a client is given, but it is {workers}: "
            "the cluster has its own workers."
        )
    if not all(hasattr(client, name) for name in ("submit", "nthreads", "cancel")):
        raise TypeError(
            "client must be a dask.distributed.Client (pip install 'nnbook[cluster]'), but it is "
            f"{checks.short(client)}."
        )
    return Cluster(client)


def _end(connection: Connection, process: Any) -> None:
    connection.close()
    process.terminate()
    process.join(5)
    if process.is_alive():
        process.kill()
        process.join()
