"""The file that keeps a search: Optuna's journal, one line for each thing that happened.

It survives kill -9 at any moment: a line that was cut off is taken away before the next is
written, and the operating system opens the lock of a process that dies.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import optuna


class Journal:
    """The studies in the file `path`, each under a name, over a space (a text).

    ValueError if `path` is a folder, lies in a folder that does not exist, or is no journal.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path).expanduser()
        if self.path.is_dir() or not self.path.parent.is_dir():
            raise ValueError(
                f"storage must be a file in a folder that exists, but {str(path)!r} is not. "
                'For example: "study.journal".'
            )

    def load(self, name: str, space: str) -> optuna.Study | None:
        """The study `name`, None if there is none; ValueError if it is over another space."""
        import optuna

        if not self.path.exists():
            return None
        try:
            self._look_at_the_beginning()
            study = optuna.load_study(study_name=name, storage=self._storage())
        except KeyError:
            return None
        except (ValueError, OSError) as problem:  # ValueError: no JSON
            raise ValueError(
                f"storage must be the file of an earlier search or a new one, but "
                f"{str(self.path)!r} cannot be read: {problem}"
            ) from None
        known = study.user_attrs.get("space", space)
        if known != space:
            raise ValueError(
                f"storage {str(self.path)!r} holds a study over another space, {known}. "
                "Search over that one, or give another file."
            )
        return study

    def load_or_create(self, name: str, space: str) -> optuna.Study:
        """The study `name`, a new one if there is none. To be called while `alone`."""
        import optuna

        self._take_away_cut_line()
        study = self.load(name, space)
        if study is None:
            study = optuna.create_study(
                study_name=name, storage=self._storage(), direction="maximize"
            )
            study.set_user_attr("space", space)
        return study

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold a lock beside the file, so that no other search takes our trials for dead ones.

        RuntimeError if another search holds it, OSError if the folder cannot be written to.
        """
        lock = sqlite3.connect(f"{self.path}.lock", timeout=0, isolation_level=None)
        try:
            lock.execute("PRAGMA journal_mode = MEMORY")  # no further file
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as problem:
            lock.close()
            if problem.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise RuntimeError(
                    f"Another search is running on {str(self.path)!r}: wait for it, or give "
                    "another storage."
                ) from None
            raise OSError(f"{str(self.path)!r} cannot be written: {problem}.") from None
        try:
            yield
        finally:
            lock.close()

    def _storage(self) -> optuna.storages.JournalStorage:
        from optuna.storages import JournalStorage, journal

        class NoLock(journal.JournalFileOpenLock):
            """Optuna's own lock would bar the way for half a minute after kill -9: see `alone`."""

            def acquire(self) -> bool:
                return True

            def release(self) -> None:
                pass

        path = str(self.path)
        return JournalStorage(journal.JournalFileBackend(path, lock_obj=NoLock(path)))

    def _look_at_the_beginning(self) -> None:
        """ValueError if this is somebody's file: the last line of a journal may be taken away."""
        with self.path.open("rb") as file:
            if file.read(1) not in (b"", b"{"):
                raise ValueError("it is no journal")

    def _take_away_cut_line(self) -> None:
        if not self.path.exists():
            return
        with self.path.open("rb+") as file:
            whole = file.read().rpartition(b"\n")
            file.truncate(len(whole[0]) + len(whole[1]))
