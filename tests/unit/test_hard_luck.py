"""Bad luck, on purpose: kill -9, full disks, read-only folders, NaN, Ctrl-C. Nothing is lost."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import numpy as np
import pytest

import nnbook.checkpoint.file
import nnbook.files
from nnbook import (
    SGD,
    Adam,
    Dataset,
    Dense,
    Diverged,
    Dropout,
    LogLikelihood,
    Network,
    fit,
    linear,
    load,
    save,
    softmax,
)

HERE = Path(__file__).parent
RNG = np.random.default_rng(0)
DATA = Dataset(RNG.random((40, 6)), RNG.integers(0, 3, 40), classes=3, name="40 points")


def train(path, epochs=6, **changed):
    network = Network([6, 20, Dropout(0.5), Dense(3, softmax)], cost=LogLikelihood(), rng=1)
    settings = {"epochs": epochs, "batch_size": 10, "optimizer": Adam(0.01), "rng": 2, **changed}
    history = fit(network, DATA, checkpoint=path, progress=False, **settings)
    return network.parameters.tobytes(), history.step_costs


# ---- kill -9 -----------------------------------------------------------------------------------


@pytest.fixture
def quick_folder(tmp_path):
    """A folder in memory, if there is one: kill -9 does not care, and disks may be slow."""
    if not os.access("/dev/shm", os.W_OK):
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp(dir="/dev/shm"))
    yield folder
    shutil.rmtree(folder)


def started(kind, first, last, folder):
    folder.mkdir()
    return subprocess.Popen(
        [sys.executable, HERE / "killed_runs.py", kind, str(first), str(last), folder],
        env={**os.environ, "PYTHONPATH": str(HERE.parents[1]), "OMP_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(process):
    output, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors
    return json.loads(output)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork and no kill -9")
def test_runs_killed_at_random_moments_end_like_the_unbroken_one(quick_folder):
    """30 runs, in two processes side by side, each killed once and resumed."""
    pair = [
        started("moments", 0, 15, quick_folder / "a"),
        started("moments", 15, 30, quick_folder / "b"),
    ]
    said = [finished(process) for process in pair]
    assert [one["wrong"] for one in said] == [[], []]
    assert sum(one["killed"] for one in said) == 30


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork and no kill -9")
def test_runs_killed_at_each_call_that_touches_the_disk_go_on(quick_folder):
    said = finished(started("calls", 1, 21, quick_folder / "calls"))
    assert said["wrong"] == [] and said["killed"] == 20
    assert said["half written"] > 5  # some were killed with a file half written


# ---- a full disk -------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path):
    """A real file system of 64 kB; `remount(options)` changes it."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    options = [mount, "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder]
    if mount is None or subprocess.run(options, capture_output=True).returncode:
        pytest.skip("only the administrator of a Linux system may make a small disk")

    def remount(options):
        subprocess.run([mount, "-o", f"remount,{options}", folder], check=True)

    yield folder, remount
    subprocess.run([shutil.which("umount"), folder], check=True)


def test_a_full_disk_leaves_the_saved_network(small_disk):
    folder, _ = small_disk
    path, small, large = folder / "n.npz", Network([50, 20, 5]), Network([200, 100, 5])
    save(small, path)
    before = path.read_bytes()
    with pytest.raises(
        OSError, match=r"No space left on device\); the file that is there stays"
    ) as e:
        save(large, path)
    assert e.value.errno == errno.ENOSPC and str(path) in str(e.value)
    assert path.read_bytes() == before and [p.name for p in folder.iterdir()] == ["n.npz"]
    np.testing.assert_array_equal(load(path).parameters, small.parameters)


def test_a_run_stopped_by_a_full_disk_goes_on_when_there_is_room(small_disk, monkeypatch):
    monkeypatch.setattr(nnbook.checkpoint.file, "SECONDS", 0)
    folder, remount = small_disk
    unbroken, path = train(None, epochs=20), folder / "run.npz"
    (folder / "other").write_bytes(bytes(35_000))
    with pytest.raises(OSError, match="No space left on device"):
        train(path, epochs=20)
    assert {p.name for p in folder.iterdir()} == {"other", "run.npz", "run.previous.npz"}
    remount("size=1m")
    assert train(path, epochs=20) == unbroken


@pytest.mark.parametrize("what", ["write", "fsync", "replace"])
def test_a_disk_that_fails_at_any_step_leaves_the_file(what, tmp_path, monkeypatch):
    path = tmp_path / "n.npz"
    save(Network([5, 3]), path)
    before = path.read_bytes()

    def full(*_):
        raise OSError(errno.EIO, "Input/output error")

    if what == "write":
        opened = Path.open

        def opening(self, mode="r", *rest, **settings):
            if mode == "xb":
                file = opened(self, mode, buffering=0)
                file.close()  # a file that takes no bytes
                return opened(self, "rb")
            return opened(self, mode, *rest, **settings)

        monkeypatch.setattr(Path, "open", opening)
    else:
        monkeypatch.setattr(nnbook.files.os, what, full)
    with pytest.raises(OSError, match=r"n\.npz cannot be written"):
        save(Network([6, 3]), path)
    monkeypatch.undo()
    assert path.read_bytes() == before and [p.name for p in tmp_path.iterdir()] == ["n.npz"]


# ---- a read-only folder ------------------------------------------------------------------------


@pytest.fixture
def lockable(request, tmp_path):
    """A folder and what makes it read-only: for the administrator permissions do not count."""
    if os.name == "nt":
        pytest.skip("on Windows folders cannot be made read-only")
    if os.geteuid() == 0:
        folder, remount = request.getfixturevalue("small_disk")
        yield folder, lambda: remount("ro,size=64k")
        return
    folder = tmp_path / "locked"
    folder.mkdir()
    yield folder, lambda: folder.chmod(0o555)
    folder.chmod(0o755)


def test_a_read_only_folder_leaves_the_files_and_is_told_at_once(lockable):
    folder, lock = lockable
    path = folder / "run.npz"
    train(path, epochs=2)
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    lock()
    with pytest.raises(
        OSError, match=r"cannot be written \((Read-only file system|Permission denied)"
    ):
        train(path, epochs=3)
    with pytest.raises(OSError, match=r"new\.npz cannot be written .*there is none"):
        train(folder / "new.npz")
    with pytest.raises(OSError, match=r"n\.npz cannot be written"):
        save(Network([2, 2]), folder / "n.npz")
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before
    assert len(train(path, epochs=2)[1]) == 8  # a run that has ended needs no writing


# ---- NaN, infinity, Ctrl-C ---------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid value")
def test_a_diverged_run_diverges_again_and_its_checkpoint_is_finite(tmp_path):
    def diverge():
        network = Network([6, 8, 3], activation=linear, rng=1)
        with pytest.raises(Diverged, match="learning rate is too large"):
            fit(
                network, DATA, epochs=500, batch_size=10, optimizer=SGD(20.0), rng=2,
                checkpoint=tmp_path / "run.npz", progress=False,
            )  # fmt: skip
        return network.parameters.tobytes(), len(network.history.step_costs)

    first = diverge()
    with np.load(tmp_path / "run.npz") as file:
        assert all(np.isfinite(file[name]).all() for name in file.files if name.startswith("W"))
    assert diverge() == first


def interrupted_after(count, monkeypatch):
    """Ctrl-C in the middle of the `count`-th step from here."""
    left, descend = [count], nnbook.training.descend

    def descending(*arguments):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGINT)
        return descend(*arguments)

    monkeypatch.setattr(nnbook.training, "descend", descending)


@pytest.mark.skipif(os.name == "nt", reason="signals are sent differently on Windows")
@pytest.mark.parametrize("count", [1, 3, 4, 11, 24])
def test_ctrl_c_keeps_the_last_step_in_the_checkpoint(count, tmp_path, monkeypatch):
    assert threading.current_thread() is threading.main_thread()
    unbroken = train(None)
    interrupted_after(count, monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        train(tmp_path / "run.npz")
    with np.load(tmp_path / "run.npz") as file:
        assert len(file["step_costs"]) == count
    assert train(tmp_path / "run.npz") == unbroken


@pytest.mark.skipif(os.name == "nt", reason="signals are sent differently on Windows")
def test_the_same_network_goes_on_after_ctrl_c(tmp_path, monkeypatch):
    """As in a notebook: the cell that trains is run again, the cell that makes the network not."""
    network = Network([6, 20, Dropout(0.5), Dense(3, softmax)], cost=LogLikelihood(), rng=1)
    rng = np.random.default_rng(2)
    settings = {"epochs": 6, "batch_size": 10, "optimizer": Adam(0.01), "rng": rng}
    interrupted_after(10, monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        fit(network, DATA, checkpoint=tmp_path / "run.npz", progress=False, **settings)
    history = fit(network, DATA, checkpoint=tmp_path / "run.npz", progress=False, **settings)
    assert (network.parameters.tobytes(), history.step_costs) == train(None)
    assert network.history is history
