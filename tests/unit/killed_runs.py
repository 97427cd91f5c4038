"""Runs of training that are killed with kill -9 and go on: do they end like the unbroken one?

`python killed_runs.py moments 0 15 FOLDER` kills run 0 to 14 at a random moment each.
`python killed_runs.py calls 0 0 FOLDER` kills a run at each call that touches the disk, in turn.
Both print what happened as JSON. Each run is a process of its own, forked from this one.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

import nnbook.checkpoint.file
from nnbook import Dataset, Dense, Dropout, Halving, LogLikelihood, Momentum, Network, fit, softmax

RNG = np.random.default_rng(0)
DATA = Dataset(RNG.random((70, 12)), RNG.integers(0, 3, 70), classes=3, name="70 points")
nnbook.checkpoint.file.SECONDS = 0.0  # a checkpoint after each mini-batch: something to interrupt


def train(path: Path | None, epochs: int = 8) -> bytes:
    """All that a run with dropout, momentum and a schedule ends with: weights and history."""
    network = Network(
        [12, Dropout(0.2), 9, Dropout(0.5), Dense(3, softmax)], cost=LogLikelihood(), rng=1
    )
    history = fit(
        network, DATA, epochs=epochs, batch_size=10, optimizer=Momentum(0.3, 0.8), rng=2,
        monitor={"validation": DATA[:30]}, schedule=Halving(2), checkpoint=path, progress=False,
    )  # fmt: skip
    curves = [history.step_costs, history.cost("validation"), history.accuracy("validation")]
    masks = [str(network.layers[n].rng.bit_generator.state) for n in (0, 2)]
    return network.parameters.tobytes() + json.dumps([curves, masks]).encode()


def forked(work: Callable[[], None]) -> int:
    """The number of a new process that does `work` and ends."""
    process = os.fork()
    if process:
        return process
    try:
        work()
        os._exit(0)
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        os._exit(1)


def ended(process: int) -> int:
    """How it ended: 0, or minus the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def resumed(path: Path) -> bytes:
    """What a run ends with that goes on from `path`, in a new process."""
    result = path.with_suffix(".result")
    if ended(forked(lambda: result.write_bytes(train(path)) and None)) != 0:
        return b"it did not go on"
    return result.read_bytes()


def parts(folder: Path) -> int:
    """Files that were half written when their program was killed."""
    return len(list(folder.glob("*.part")))


def moments(first: int, last: int, folder: Path) -> dict:
    unbroken, clock = train(None), time.monotonic()
    train(folder / "timed.npz")
    seconds = time.monotonic() - clock
    said = {"killed": 0, "half written": 0, "wrong": []}
    for case in range(first, last):
        path, moment = folder / f"run{case}.npz", random.Random(case).random() * seconds
        while not killed_after(moment, path):  # it was quicker than the one that was timed
            moment *= 0.7
        said["killed"] += 1
        said["half written"] = parts(folder)
        if resumed(path) != unbroken:
            said["wrong"].append(f"run {case} ends otherwise")
    return said


def killed_after(seconds: float, path: Path) -> bool:
    """Begin a run and kill it so much later; whether it had not ended before."""
    for old in path.parent.glob(f"{path.stem}.*"):
        old.unlink()
    process = forked(lambda: train(path) and None)
    time.sleep(seconds)
    os.kill(process, signal.SIGKILL)
    return ended(process) == -signal.SIGKILL


def calls(first: int, last: int, folder: Path) -> dict:
    """The first three checkpoints; the later ones are written like the third."""
    unbroken, said = train(None), {"killed": 0, "half written": 0, "wrong": []}
    for case in range(1, 21):  # 4 calls for the first checkpoint, 8 for the others
        path = folder / f"run{case}.npz"
        process = forked(lambda path=path, case=case: killed_at(case, path))
        if ended(process) != -signal.SIGKILL:
            said["wrong"].append(f"run {case} was not killed")
        said["killed"] += 1
        said["half written"] = parts(folder)
        if resumed(path) != unbroken:
            said["wrong"].append(f"killed at call {case} it ends otherwise")
    return said


def killed_at(count: int, path: Path) -> None:
    """Train until the `count`-th call that opens, writes, brings to the disk or puts in place."""
    left = [count]

    def watched(call: Callable, half: bool = False) -> Callable:
        def counted(*arguments, **settings):
            left[0] -= 1
            if left[0] == 0:
                if half:
                    arguments[0].write(arguments[1][: len(arguments[1]) // 2])
                    arguments[0].flush()
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*arguments, **settings)

        return counted

    import nnbook.files

    class Disk:
        """What nnbook.files uses of `os`."""

        path = os.path
        fsync = staticmethod(watched(os.fsync))
        replace = staticmethod(watched(os.replace))

    opened = Path.open

    def opening(self: Path, mode: str = "r", *rest, **settings):
        file = opened(self, mode, *rest, **settings)
        if mode == "xb":
            watched(lambda: None)()
            return Half(file)
        return file

    class Half:
        """A file of which half may be written."""

        def __init__(self, file):
            self.file = file

        def __enter__(self):
            return self

        def __exit__(self, *error):
            self.file.close()

        def __getattr__(self, name):
            return getattr(self.file, name)

        def write(self, content: bytes) -> None:
            watched(lambda file, content: file.write(content), half=True)(self.file, content)

    nnbook.files.os = Disk
    Path.open = opening
    train(path)


if __name__ == "__main__":
    kind, first, last, folder = sys.argv[1:]
    done = {"moments": moments, "calls": calls}[kind](int(first), int(last), Path(folder))
    print(json.dumps(done))
