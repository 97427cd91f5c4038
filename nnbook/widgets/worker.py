"""Work in a thread of its own, with a button that starts it and one that stops it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import ipywidgets as W

TICK = 0.1  # seconds between two pictures of work that goes on at full speed


class Worker:
    """Goes through the steps of some work in a daemon thread, so that the page answers meanwhile.

    `guard` is the panel's, for errors. The button `go` starts it and cannot be pressed while it
    works, `halt` stops it. `end()` is called when the work is over or stopped.
    """

    def __init__(
        self,
        guard: Callable[..., Callable[..., None]],
        go: W.Button,
        halt: W.Button,
        end: Callable[[], None] = lambda: None,
    ) -> None:
        self._guard, self._go, self._halt = guard, go, halt
        self._end = end
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._buttons(busy=False)

    @property
    def busy(self) -> bool:
        """Whether it is working."""
        return self._thread is not None and self._thread.is_alive()

    def start(self, steps: Iterable[Any], pause: float = 0.0) -> None:
        """Go through `steps`, to the end or to `stop`, with a `pause` in seconds after each."""
        work = self._guard(self._work)
        self._stopping.clear()
        self._buttons(busy=True)
        self._thread = threading.Thread(target=work, args=(steps, pause), daemon=True)
        self._thread.start()

    def stop(self, seconds: float | None = 5.0) -> None:
        """End after the step at hand, and wait for it, at most `seconds`."""
        self._stopping.set()
        self.join(seconds)

    def join(self, seconds: float | None = None) -> bool:
        """Wait until the work is over, at most `seconds`; whether it is."""
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(seconds)
        return not self.busy

    def _work(self, steps: Iterable[Any], pause: float) -> None:
        try:
            for _ in steps:
                if self._stopping.wait(pause):
                    break
        finally:
            self._buttons(busy=False)
            self._end()

    def _buttons(self, *, busy: bool) -> None:
        self._go.disabled, self._halt.disabled = busy, not busy


def ticking(steps: Iterable[Any], show: Callable[[], None]) -> Iterator[Any]:
    """`steps`, with `show()` called after the first, and then about ten times a second."""
    due = 0.0
    for step in steps:
        if time.monotonic() >= due:
            show()
            due = time.monotonic() + TICK
        yield step
