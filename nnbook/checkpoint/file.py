"""The checkpoint of a run and the one before it: when they are written, and which one counts."""

from __future__ import annotations

import math
import os
import time
import warnings
from pathlib import Path
from typing import Any

from nnbook import npz
from nnbook.checkpoint.identity import digest, examples, identity, same_examples
from nnbook.checkpoint.state import State, numbers_of, words_of
from nnbook.data.idx import Damaged
from nnbook.environment import differences, environment
from nnbook.events import Epoch, Step
from nnbook.history import History
from nnbook.schedules import Schedule
from nnbook.training import Training

FORMAT, VERSION = "nnbook checkpoint", 1
SECONDS = 30.0  # between two checkpoints within an epoch, at least
KIND = "a checkpoint of a training"
ENTRIES = {
    "format", "version", "run", "examples", "start", "environments", "position", "generators",
}  # fmt: skip


class Checkpoint:
    """The file of a run: `resume` at its start, `after` each event, `write` when it is left.

    Next to `run.npz` stands `run.previous.npz`, the one before it, in case the newest is damaged.
    When a checkpoint cannot be written, both stay as they are.
    """

    def __init__(self, path: str | os.PathLike[str], run: Training, schedule: Schedule | None):
        """For `run` before its first step; TypeError or ValueError for what cannot be stored."""
        self.path = npz.target(path)
        self.previous = self.path.with_name(f"{self.path.stem}.previous.npz")
        self.run = run
        self._untrained = run.network.history is None
        self._identity = identity(run, schedule)
        self._examples = examples(run.data)
        self._start = {
            "weights": digest(run.network.parameters),
            "rng": digest(run.rng.bit_generator.state),
        }
        self._environments = [environment()]
        self._written = -math.inf

    def resume(self) -> History:
        """Put the run where the file says; the history so far, empty when there is no file yet.

        If the file is damaged the previous one is taken, with a warning; a warning too if the
        last digits may differ because it was written elsewhere. Damaged, a ValueError, if neither
        can be read; ValueError, naming what differs, if the file holds another run; OSError in
        words if it can be neither read nor written.
        """
        if not self.path.exists():
            history = History(self.run.data.name)
            self.write(history)
            return history
        try:
            state = self._read(self.path)
        except Damaged as error:
            try:
                state = self._read(self.previous)
            except (OSError, ValueError):
                raise error from None
            warnings.warn(f"{error} The run goes on from {self.previous}.", stacklevel=3)
        return state.put(self.run)

    def after(self, event: Step | Epoch, history: History) -> None:
        """Write the file after an epoch, and within it when the last time is SECONDS ago."""
        if isinstance(event, Epoch) or time.monotonic() - self._written > SECONDS:
            self.write(history)

    def write(self, history: History) -> None:
        """Write the file, between two events of the run; OSError in words if that fails."""
        description: dict[str, Any] = {
            "format": FORMAT,
            "version": VERSION,
            "run": self._identity,
            "examples": self._examples,
            "start": self._start,
            "environments": self._environments,
            **words_of(self.run),
        }
        content = npz.pack(description, numbers_of(self.run, history))
        self._keep_previous()
        npz.put(self.path, content)
        self._written = time.monotonic()

    def _keep_previous(self) -> None:
        """A copy of the file that is about to be replaced, if it is whole."""
        if not self.path.is_file():
            return
        try:
            with npz.opened(self.path, KIND) as file:
                file.check()
        except Damaged:
            return
        npz.put(self.previous, self.path.read_bytes())

    def _read(self, path: Path) -> State:
        with npz.opened(path, KIND) as file:
            said = file.description
            npz.check_version(said, FORMAT, VERSION)
            npz.check_keys("its description", said, ENTRIES)
            there = said["environments"]
            if not isinstance(there, list) or not all(isinstance(one, dict) for one in there):
                raise Damaged("its description does not say where it was written")
            different = self._different(said)
            if different:
                raise ValueError(
                    f"checkpoint {path} holds another run of training: {'; '.join(different[:5])}. "
                    "To go on with it give the same arguments; to begin anew, name another file."
                )
            state = State.read(file, self.run)
        self._note_where(path, there)
        return state

    def _different(self, said: dict[str, Any]) -> list[str]:
        """In which ways the file is about another run than this one."""
        run, start = said["run"], said["start"]
        if not isinstance(run, dict) or not isinstance(start, dict):
            raise Damaged("its description lacks the settings of the run")
        names = {**self._identity, **run}
        settings = [
            f"{name:.60} is {run.get(name)!s:.200} there, {self._identity.get(name)} here"
            for name in names
            if run.get(name) != self._identity.get(name)
        ]
        if settings:
            return settings
        if not same_examples(said["examples"], self._examples):
            return ["data has other examples"]
        different = []
        if self._untrained:  # a network trained in this session is put where the file says
            here = all(one == self._environments[0] for one in said["environments"])
            if here and start.get("weights") != self._start["weights"]:
                different.append("network starts from other weights and biases")
            if start.get("rng") != self._start["rng"]:
                different.append("rng starts from another seed")
        return different

    def _note_where(self, path: Path, environments: list[dict[str, str]]) -> None:
        here = self._environments[0]
        found = [difference for there in environments for difference in differences(there, here)]
        if found:
            warnings.warn(
                f"The run in {path} was computed elsewhere before ({'; '.join(found):.500}): it "
                "goes on, but its last digits may differ from those of an unbroken run.",
                stacklevel=5,
            )
        self._environments = [here, *(there for there in environments if there != here)]
