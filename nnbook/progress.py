"""A progress bar that leaves nothing behind: tqdm's in a terminal, one line in a notebook."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any

from tqdm import tqdm

REFRESH = 0.2  # seconds between two drawings in a notebook


class Progress:
    """`with Progress(total, "training") as bar: ... bar.advance()`."""

    def __init__(self, total: int, label: str, shown: bool = True):
        self.total, self.label, self.done = total, label, 0
        self._terminal: Any = None
        self._notebook: Any = None
        self._started = self._drawn = time.monotonic()
        if shown and _in_notebook():
            from IPython.display import display

            self._notebook = display(_line(""), raw=True, display_id=True)
        elif shown:
            self._terminal = tqdm(total=total, desc=label, leave=False, disable=None)

    def advance(self, n: int = 1) -> None:
        """`n` more are done."""
        self.done += n
        if self._terminal is not None:
            self._terminal.update(n)
        elif self._notebook is not None and time.monotonic() - self._drawn > REFRESH:
            self._drawn = time.monotonic()
            elapsed = self._drawn - self._started
            meter = tqdm.format_meter(self.done, self.total, elapsed, ncols=80, prefix=self.label)
            self._notebook.update(_line(f"<pre>{meter}</pre>"), raw=True)

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._terminal is not None:
            self._terminal.close()
        elif self._notebook is not None:
            self._notebook.update(_line(""), raw=True)


def _line(html: str) -> dict[str, str]:
    return {"text/html": html, "text/plain": ""}


def _in_notebook() -> bool:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell is not None and hasattr(shell, "kernel")
