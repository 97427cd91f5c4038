"""Checkpoints: a resumed run is the unbroken run to the last bit, and another run is refused."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from checkpoint_runs import (
    DATA,
    STEPS,
    X,
    Y,
    cut_off,
    images,
    network,
    network_of,
    train,
    usual,
)

import nnbook.checkpoint.file
import nnbook.files
from nnbook import (
    L2,
    SGD,
    Adam,
    CrossEntropy,
    Dataset,
    Dense,
    Dropout,
    Halving,
    Momentum,
    Nesterov,
    NoImprovement,
    Target,
    fit,
    softmax,
)
from nnbook.environment import environment

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.setattr(nnbook.files.os, "fsync", lambda _: None)  # disks may be slow
    return tmp_path / "run.npz"


@pytest.fixture
def often(monkeypatch):
    """A checkpoint after each mini-batch."""
    monkeypatch.setattr(nnbook.checkpoint.file, "SECONDS", -1)


# ---- the same run ------------------------------------------------------------------------------


@pytest.mark.usefixtures("often")
@pytest.mark.parametrize("steps", range(2 * STEPS))
def test_a_run_goes_on_from_any_step(steps, path):
    cut_off(path, steps, epochs=2)
    with np.load(path) as file:
        assert len(file["step_costs"]) == steps
    assert train(path, epochs=2) == train(epochs=2)


RUNS = {
    "sgd": {"optimizer": SGD(0.5), "schedule": None},
    "nesterov": {"optimizer": Nesterov(0.2, 0.7)},
    "adam": {"optimizer": Adam(0.01)},
    "no monitor": {"monitor": None, "schedule": None, "regularizer": None},
    "stopped early": {"stopping": NoImprovement(2, "all"), "epochs": 50, "schedule": None},
    "ended by its schedule": {"schedule": Halving(1, "all", floor=0.3), "epochs": 50},
    "images": {"make": images},
    "another generator": {"rng": lambda: np.random.Generator(np.random.MT19937(5))},
}


@pytest.mark.parametrize("often_", [True, False], ids=["within epochs", "after epochs"])
@pytest.mark.parametrize("how", RUNS)
def test_every_kind_of_run_goes_on(how, often_, path, monkeypatch):
    if often_:
        monkeypatch.setattr(nnbook.checkpoint.file, "SECONDS", -1)

    def settings():
        changed = dict(RUNS[how])
        return {**changed, "rng": changed["rng"]()} if "rng" in changed else changed

    unbroken = train(**settings())
    for steps in (7, 4):  # cut off twice
        cut_off(path, steps, **settings())
    assert train(path, **settings()) == unbroken
    before = path.read_bytes()
    assert train(path, **settings()) == unbroken  # it had ended: nothing is done
    assert path.read_bytes() == before


def test_a_run_that_has_ended_is_not_trained_again(path, monkeypatch):
    done = train(path)
    monkeypatch.setattr(nnbook.training, "descend", None)
    assert train(path) == done


@pytest.mark.usefixtures("often")
def test_more_epochs_go_on_from_there(path):
    train(path, epochs=2)
    assert train(path, epochs=4) == train(epochs=4)


@pytest.mark.usefixtures("often")
def test_the_generator_that_was_given_ends_where_it_would_have_ended(path):
    states = []
    cut_off(path, 7, rng=np.random.default_rng(2))
    for place in (path, None):
        rng = np.random.default_rng(2)
        train(place, rng=rng)
        states.append(rng.bit_generator.state)
    assert states[0] == states[1]


def test_it_is_written_after_each_epoch_and_within_only_after_half_a_minute(path, monkeypatch):
    written, now = [], [0.0]
    put = nnbook.npz.put

    def counted(place, content):
        if place == path:
            written.append(now[0])
        put(place, content)

    class Clock:
        @staticmethod
        def monotonic():
            now[0] += 12.5  # one look a mini-batch, the seconds of one
            return now[0]

    monkeypatch.setattr(nnbook.npz, "put", counted)
    monkeypatch.setattr(nnbook.checkpoint.file, "time", Clock)
    train(path, epochs=3, schedule=None)
    spans = np.diff(written)
    assert (
        len(written) == 1 + 3 * 2
    )  # at the start; once within each epoch of 5 steps, and after it
    assert (spans[::2] > 30).all()


def test_it_costs_little_and_says_nothing(path, capsys):
    train(path)
    assert capsys.readouterr() == ("", "")
    assert sorted(place.name for place in path.parent.iterdir()) == ["run.npz", "run.previous.npz"]
    with np.load(path, allow_pickle=False) as file:
        assert json.loads(file["description.json"])["format"] == "nnbook checkpoint"


# ---- another run -------------------------------------------------------------------------------

OTHERS = {
    "layers": ({"make": lambda: network_of([6, 9, Dense(3, softmax)])}, "layer 1 is Dropout.p=0.2"),
    "neurons": (
        {"make": lambda: network_of([6, Dropout(0.2), 9, Dropout(0.5), Dense(3, softmax)])},
        r"layer 2 is Dense\(n=8, activation='sigmoid'\) there, Dense\(n=9, .*\) here",
    ),
    "p": (
        {"make": lambda: network_of([6, Dropout(0.2000001), 8, Dropout(0.5), Dense(3, softmax)])},
        "layer 1 is .*p=0.2.* there, .*p=0.2000001",
    ),
    "cost": ({"make": lambda: network(cost=CrossEntropy())}, "cost is log-likelihood there, cross"),
    "dtype": ({"make": lambda: network(dtype=np.float64)}, "dtype is float32 there, float64 here"),
    "weights": ({"make": lambda: network(rng=7)}, "starts from other weights and biases"),
    "batch": ({"batch_size": 4}, "batch_size is 5 there, 4 here"),
    "optimizer": ({"optimizer": SGD(0.2)}, r"is Momentum\(learning_rate=0.2, mu=0.7\) there"),
    "eta": ({"optimizer": Momentum(0.20000001, 0.7)}, r"learning_rate=0.20000001, mu=0.7\) here"),
    "regularizer": ({"regularizer": L2(0.3)}, r"regularizer is Both\(first=L1\(lambda_=0.1\)"),
    "schedule": ({"schedule": Halving(2, "all")}, r"schedule is Halving\(1, 'all', floor=0.00"),
    "seed": ({"rng": 3}, "rng starts from another seed"),
    "generator": (
        {"rng": np.random.Generator(np.random.MT19937(2))}, "rng starts from another seed"
    ),
    "data": ({"data": Dataset(X[:20], Y[:20], classes=3, name="20")}, "data is 23 points .23 ex"),
    "examples": (
        {"data": Dataset(X, (Y + 1) % 3, classes=3, name="23 points")}, "data has other examples"
    ),
    "monitor": ({"monitor": {"all": DATA}}, "monitor is all: 23 points .*some/of them: .* there"),
    "fewer epochs": ({"epochs": 1}, "epochs must be at least 2, because the run in the checkpoint"),
    "earlier stop": ({"stopping": Target(0.01, "all")}, "ends this run after epoch 1, but"),
}  # fmt: skip


@pytest.mark.usefixtures("often", "plain_arguments")
@pytest.mark.parametrize("how", OTHERS)
def test_another_run_is_refused_and_the_file_stays(how, path):
    changed, words = OTHERS[how]
    cut_off(path, 2 * STEPS - 1)
    before = path.read_bytes()
    with pytest.raises(ValueError, match=words):
        train(path, **changed)
    assert path.read_bytes() == before
    assert train(path) == train()


def test_examples_computed_elsewhere_may_differ_in_their_last_digits(path):
    train(path, epochs=1)
    nearly = Dataset(X * (1 + 1e-9), Y, classes=3, name="23 points")
    train(path, data=nearly, monitor=usual()["monitor"])


@pytest.mark.usefixtures("often")
def test_elsewhere_it_goes_on_with_a_warning(path, monkeypatch):
    cut_off(path, 7)
    here = environment()
    there = {**here, "numpy": "0.0.1", "threads": "64"}
    with monkeypatch.context() as patch:
        patch.setattr(nnbook.checkpoint.file, "environment", lambda: there)
        with pytest.warns(UserWarning, match=f"numpy {here['numpy']}, here 0.0.1; threads") as seen:
            cut_off(path, 3)
        with pytest.warns(UserWarning, match="computed elsewhere"):
            other_weights = network(rng=7)  # their last digits may differ there too
            fit(other_weights, DATA, checkpoint=path, **usual(epochs=3))
    assert "its last digits may differ" in str(seen[0].message)
    with pytest.warns(UserWarning, match="numpy 0.0.1, here"):  # a part of it stays from there
        assert train(path) == train()


def test_the_environment_tells_threads_and_versions():
    from threadpoolctl import threadpool_limits

    here = environment()
    assert here["numpy"] == np.__version__ and here["python"] == sys.version.split()[0]
    with threadpool_limits(1):
        assert environment()["threads"] in ("1", "unknown")
    assert environment() == here


def test_the_matrix_library_is_numpys_wherever_it_stands(monkeypatch):
    """SciPy has one of its own, and the order in which they are found changes."""
    site, common = Path(np.__file__).parents[1], {"user_api": "blas", "internal_api": "openblas"}
    found = [
        {**common, "filepath": str(site / "scipy.libs" / "b.so"), "version": "1", "num_threads": 7},
        {**common, "filepath": str(site / "numpy.libs" / "b.so"), "version": "2", "num_threads": 3},
    ]
    for libraries in (found, found[::-1]):
        monkeypatch.setattr("threadpoolctl.threadpool_info", lambda libraries=libraries: libraries)
        here = environment()
        assert here["matrix library"].startswith("openblas 2 for") and here["threads"] == "3"
    monkeypatch.setattr("threadpoolctl.threadpool_info", list)
    assert environment()["threads"] == "unknown"
