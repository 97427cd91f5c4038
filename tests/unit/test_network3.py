"""NNDL ch. 6's program in our layers: its start, its dropout, and runs that go on after a kill."""

from dataclasses import replace

import numpy as np
import pytest

from nnbook import Dataset, Dense, Digits, relu
from nnbook.experiments import Place
from nnbook.experiments.chapter_6 import CHAPTER_6, Rung, best_epoch, climb, voting
from nnbook.layers import UnscaledDropout
from nnbook.network3 import network3


def test_the_networks_are_those_of_the_table():
    rng = np.random.default_rng(0)
    network = network3((20, 40), (100,), activation=relu, rng=rng)
    assert network.sizes == [784, 24 * 24 * 20, 12 * 12 * 20, 12 * 12 * 20, 2560, 640, 640, 100, 10]
    assert network3((), (100,), rng=rng).sizes[-2:] == [100, 10]


def test_it_starts_as_the_program_does():
    network = network3((20, 40), (1000,), activation=relu, rng=np.random.default_rng(0))
    first, second, full, output = (layer for layer in network.layers if layer.n_parameters)
    for layer, n_out in ((first, 20 * 25 / 4), (second, 40 * 25 / 4), (full, 1000)):
        assert layer.W.std() == pytest.approx(1 / np.sqrt(n_out), rel=0.15)
        assert layer.b.std() == pytest.approx(1, rel=0.5)
    assert not output.W.any() and not output.b.any()


@pytest.mark.usefixtures("plain_arguments")
def test_rng_is_a_seed_or_a_generator():
    one = network3((), (5,), rng=3).parameters
    np.testing.assert_array_equal(network3((), (5,), rng=np.random.default_rng(3)).parameters, one)
    with pytest.raises(TypeError, match="rng must be a seed"):
        network3((), (5,), rng="3")


def test_its_dropout_scales_when_predicting():
    network = network3((), (40,), dropout=0.25, rng=np.random.default_rng(0))
    dropout = network.layers[0]
    x = np.ones((1000, 784), np.float32)
    kept = dropout.forward(x)
    assert set(np.unique(kept)) == {0, 1} and kept.mean() == pytest.approx(0.75, abs=0.01)
    np.testing.assert_array_equal(dropout.predict(x), 0.75 * x)
    assert dropout.backprop(x).mean() == kept.mean()
    assert isinstance(network.copy().layers[0], UnscaledDropout)


def test_unscaled_and_inverted_dropout_are_one_network_seen_twice():
    """Half the weights behind an inverted layer at p = ½ give the same predictions."""
    rng = np.random.default_rng(0)
    x = rng.random((5, 784)).astype(np.float32)
    network = network3((), (30,), dropout=0.5, rng=rng)
    halved = network3((), (30,), rng=rng)
    for ours, theirs in zip(
        (layer for layer in halved.layers if isinstance(layer, Dense)),
        (layer for layer in network.layers if isinstance(layer, Dense)),
        strict=True,
    ):
        ours.W, ours.b = theirs.W / 2, theirs.b
    np.testing.assert_allclose(network.predict(x), halved.predict(x), rtol=1e-5)


def small_mnist() -> Digits:
    rng = np.random.default_rng(0)
    labels = np.tile(np.arange(10), 6)
    images = (rng.random((60, 28, 28)) * (25 * labels + 20)[:, None, None]).astype(np.uint8)
    return Digits("MNIST", *(Dataset(images, labels, name=f"MNIST {part}") for part in "abc"))


@pytest.mark.parametrize("expanded", [False, True])
def test_a_run_goes_on_from_its_checkpoint(expanded, tmp_path, monkeypatch):
    rung, digits = Rung((2,), (5,), dropout=0.5, epochs=4, expanded=expanded), small_mnist()
    whole = climb(rung, digits, 0, Place(tmp_path, "whole"))
    killed = Place(tmp_path, "killed")
    seen = []

    def die(history):
        seen.append(history)
        if len(seen) == 3:
            raise MemoryError  # in the third epoch, before its checkpoint is written
        return best_epoch(history)

    monkeypatch.setattr("nnbook.experiments.chapter_6.best_epoch", die)
    with pytest.raises(MemoryError):
        climb(rung, digits, 0, killed)
    monkeypatch.undo()
    again = climb(rung, digits, 0, killed)
    assert again.curve == whole.curve and again.value == whole.value and len(whole.curve) == 4
    np.testing.assert_array_equal(again.predictions, whole.predictions)
    done = climb(rung, digits, 0, killed)
    assert done.curve == whole.curve


def test_five_networks_vote_and_share_the_first_with_row_6_8(tmp_path):
    rung, digits = Rung((), (5,), epochs=1, expanded=False), small_mnist()
    first = climb(rung, digits, 0, Place(tmp_path, "6.8-0"))
    vote = voting(rung)(digits, 0, Place(tmp_path, "6.9-0"))
    assert len(vote.curve) == 5 and vote.curve[0] == first.value
    assert vote.value == np.mean(vote.predictions == digits.test.labels)


def test_taking_stock_of_a_run_trains_no_further(tmp_path):
    digits, planned = small_mnist(), Rung((), (5,), epochs=4, expanded=False)
    place = Place(tmp_path, "6.8-0", so_far=True)
    with pytest.raises(FileNotFoundError, match=r"6\.8-0"):
        climb(planned, digits, 0, place)
    with pytest.raises(FileNotFoundError, match="five"):
        voting(planned)(digits, 0, place)
    assert not list(tmp_path.iterdir())
    half = climb(replace(planned, epochs=2), digits, 0, Place(tmp_path, "6.8-0"))
    now = climb(planned, digits, 0, place)
    assert now.curve == half.curve and now.value == half.value
    assert now.value == np.mean(now.predictions == digits.test.labels)
    assert now.details["epochs so far"] == 2 and now.details["epochs planned"] == 4
    vote = voting(planned)(digits, 0, Place(tmp_path, "6.9-0", so_far=True))
    assert vote.curve == [now.value] and vote.value == now.value
    assert vote.details["networks so far"] == 1 and vote.details["epochs so far"] == 2
    whole = climb(planned, digits, 0, Place(tmp_path, "6.8-0"))
    assert len(whole.curve) == 4 and "epochs so far" not in whole.details


def test_every_row_of_the_chapter_is_there():
    assert list(CHAPTER_6) == [
        f"6.{n}" for n in ("1", "2", "3", "4", "5", "6a", "6b", "7", "8", "9")
    ]
