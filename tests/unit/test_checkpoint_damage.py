"""Damaged checkpoints: the previous one is taken, or the file is refused and nothing changed."""

from __future__ import annotations

import io

import numpy as np
import pytest
from checkpoint_runs import DATA, cut_off, network, network_of, train, usual
from npz_files import members, npy, with_description, zipped

import nnbook.checkpoint.file
import nnbook.files
from nnbook import Activation, Dense, Halving, fit, save, sigmoid, softmax

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.setattr(nnbook.files.os, "fsync", lambda _: None)  # disks may be slow
    return tmp_path / "run.npz"


@pytest.fixture
def often(monkeypatch):
    """A checkpoint after each mini-batch."""
    monkeypatch.setattr(nnbook.checkpoint.file, "SECONDS", -1)


def damaged(path):
    path.write_bytes(path.read_bytes()[:-100])


def one_bit_wrong(path):
    """In a number, where only the checksum can tell."""
    content = bytearray(path.read_bytes())
    content[content.index(b"step_costs.npy") + 200] ^= 1
    path.write_bytes(content)


@pytest.mark.usefixtures("often")
@pytest.mark.parametrize("damage", [damaged, one_bit_wrong])
def test_the_previous_checkpoint_is_taken_where_the_newest_is_damaged(damage, path):
    cut_off(path, 7)
    damage(path)
    with pytest.warns(
        UserWarning, match=r"run\.npz cannot be read .* goes on from .*previous\.npz"
    ):
        assert train(path) == train()


@pytest.mark.usefixtures("often")
def test_a_damaged_checkpoint_does_not_replace_the_good_one(path):
    cut_off(path, 7)
    good = (path.parent / "run.previous.npz").read_bytes()

    class Damaging(Halving):
        """The file is damaged while the run goes on."""

        def after(self, epoch):
            if epoch.epoch == 2:
                (path.parent / "run.previous.npz").write_bytes(good)
                one_bit_wrong(path)
            return super().after(epoch)

        __repr__ = Halving.__repr__

    previous = []
    put = nnbook.npz.put

    def noting(place, content):
        if place == path:
            previous.append((path.parent / "run.previous.npz").read_bytes() == good)
        put(place, content)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nnbook.npz, "put", noting)
        assert train(path, schedule=Damaging(1, "all")) == train()
    assert previous.count(True) == 1  # written over the damaged one, the good one kept


@pytest.mark.usefixtures("often")
def test_without_a_good_one_nothing_is_overwritten(path):
    cut_off(path, 7)
    damaged(path)
    damaged(path.parent / "run.previous.npz")
    before = path.read_bytes()
    with pytest.raises(
        ValueError, match=r"run\.npz cannot be read as a checkpoint of a training: it"
    ):
        train(path)
    assert path.read_bytes() == before
    save(network(), path)
    (path.parent / "run.previous.npz").unlink()
    with pytest.raises(ValueError, match=r"does not say that it is one \('nnbook checkpoint'"):
        train(path)


def inside(*keys, value):
    def change(description):
        for key in keys[:-1]:
            description = description[key]
        description[keys[-1]] = value

    return change


DESCRIPTIONS = {
    "newer": (inside("version", value=2), "from a newer nnbook"),
    "extra": (inside("x", value=2), "unknown entry 'x'"),
    "run": (inside("run", value=[]), "lacks the settings of the run"),
    "start": (inside("start", value=None), "lacks the settings of the run"),
    "environments": (inside("environments", value=["here"]), "does not say where"),
    "position": (inside("position", value=7), "its position is not a JSON object"),
    "epoch": (inside("position", "epoch", value=-1), "its epoch is not a whole number"),
    "epoch 1.5": (inside("position", "epoch", value=1.5), "its epoch is not a whole number"),
    "batch": (inside("position", "batch", value=6), "its position is none in this run"),
    "another batch": (inside("position", "batch", value=3), "step_costs in it"),
    "seconds": (inside("position", "seconds", value="1"), "its position is none in this run"),
    "generators": (inside("generators", value={}), "its list of generators lacks"),
    "no state": (inside("generators", "order", value={}), "its generator .order. is not one of"),
    "wrong state": (
        inside("generators", "masks of layer 1", "state", "state", value=-1), "masks of layer 1"
    ),
    "another generator": (
        inside("generators", "order", "bit_generator", value="MT19937"), "its generator .order."
    ),
}  # fmt: skip


@pytest.mark.usefixtures("often")
@pytest.mark.parametrize("how", DESCRIPTIONS)
def test_descriptions_that_are_refused(how, path):
    change, words = DESCRIPTIONS[how]
    cut_off(path, 7)
    path.write_bytes(with_description(path.read_bytes(), change))
    refused(path, words)


def refused(path, words):
    (path.parent / "run.previous.npz").unlink()
    net, rng = network(), np.random.default_rng(2)
    before, state = net.parameters.copy(), rng.bit_generator.state
    with pytest.raises(ValueError, match=words) as error:
        fit(net, DATA, checkpoint=path, **usual(rng=rng))
    assert str(error.value).startswith(f"{path} cannot be read as a checkpoint of a training: ")
    np.testing.assert_array_equal(net.parameters, before)  # nothing was put in place
    assert rng.bit_generator.state == state and net.history is None


def array(name, change):
    def changed(found):
        old = np.load(io.BytesIO(found[f"{name}.npy"]))
        return {**found, f"{name}.npy": npy(change(old))}

    return changed


ARRAYS = {
    "order": (array("order", np.zeros_like), "its order does not name each example once"),
    "short order": (array("order", lambda a: a[1:]), "order in it is not an array of int64"),
    "weights": (array("W2", lambda a: a * np.nan), "W2 in it holds numbers that are not finite"),
    "velocity": (array("optimizer_velocity", lambda a: a * np.inf), "velocity in it holds"),
    "another shape": (array("W2", lambda a: a.T.copy()), "W2 in it is not an array of float32"),
    "costs": (array("step_costs", lambda a: a[1:]), "step_costs in it is not an array"),
    "missing": (lambda f: {k: f[k] for k in f if k != "cost_1.npy"}, "cost_1.npy is missing"),
}  # fmt: skip


@pytest.mark.usefixtures("often")
@pytest.mark.parametrize("how", ARRAYS)
def test_arrays_that_are_refused(how, path):
    change, words = ARRAYS[how]
    cut_off(path, 7)
    path.write_bytes(zipped(change(members(path.read_bytes())).items()))
    refused(path, words)


# ---- wrong arguments ---------------------------------------------------------------------------


class Own(Activation):
    pass


@pytest.mark.usefixtures("plain_arguments")
def test_what_cannot_be_written_is_told_before_training(tmp_path, monkeypatch):
    monkeypatch.setattr(nnbook.training, "descend", None)
    (tmp_path / "folder.npz").mkdir()
    for place, error, words in (
        (tmp_path / "run", ValueError, "must be the name of an .npz file"),
        (7, TypeError, "must be the name of a file"),
        (tmp_path / "nowhere" / "run.npz", FileNotFoundError, "there is no folder"),
        (tmp_path / "folder.npz", IsADirectoryError, "it is a folder"),
    ):
        with pytest.raises(error, match=words):
            train(place)
    with pytest.raises(ValueError, match=r"layer 1, .* cannot be saved"):
        train(tmp_path / "run.npz", lambda: network_of([6, Own(sigmoid), Dense(3, softmax)]))
