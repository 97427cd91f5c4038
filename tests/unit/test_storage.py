"""Networks in files: the same to the last bit; what could not be loaded is not saved."""

import json
import os

import numpy as np
import pytest
from npz_files import NETWORKS, saved

import nnbook
from nnbook import SGD, Activation, Dataset, Dense, Network, Quadratic, load, save, sigmoid, train
from nnbook.activations import Sigmoid
from nnbook.storage import KNOWN

RNG = np.random.default_rng(0)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "network.npz"


# ---- there and back ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", NETWORKS)
def test_a_loaded_network_is_the_same_to_the_last_bit(name, path):
    network = NETWORKS[name]()
    save(network, path)
    twin = load(path)
    assert repr(twin) == repr(network) and str(twin) == str(network)
    assert twin.dtype == network.dtype and twin.parameters.tobytes() == network.parameters.tobytes()
    for mine, other in zip(twin.layers, network.layers, strict=True):
        assert type(mine) is type(other) and mine.settings() == other.settings()
    x = RNG.random((4, *network.input_shape)).astype(network.dtype)
    np.testing.assert_array_equal(twin.predict(x), network.predict(x))


def test_the_samples_have_every_layer():
    used = {type(layer).__name__ for make in NETWORKS.values() for layer in make().layers}
    assert used == set(KNOWN)


@pytest.mark.parametrize("name", NETWORKS)
def test_layers_are_made_from_their_settings(name):
    for layer in NETWORKS[name]().layers:
        twin = type(layer)(**layer.settings())
        assert repr(twin) == repr(layer.fresh()) == repr(layer)
        assert twin.input_shape is None


def test_a_loaded_network_learns_like_the_saved_one(path):
    network = NETWORKS["images"]()
    save(network, path)
    twin = load(path)
    x, y = RNG.random((12, 9 * 11 * 2)), RNG.random((12, 2))
    for run in (network, twin):
        for _ in train(run, Dataset(x, y), epochs=2, batch_size=4, optimizer=SGD(0.1), rng=0):
            pass
    np.testing.assert_array_equal(twin.parameters, network.parameters)
    dropping = load_again(NETWORKS["dropout"](), path)
    data = Dataset(RNG.random((6, 5)), np.array([0, 1, 2, 0, 1, 2]), classes=3)
    list(train(dropping, data, epochs=1, batch_size=3, optimizer=SGD(0.1), rng=0))
    assert not dropping.layers[0].mask.all()


def load_again(network, path):
    save(network, path)
    return load(path)


def test_the_file_is_plain(path):
    """The same network makes the same bytes, and NumPy alone can read them."""
    content = saved(path, "images")
    assert saved(path, "images") == content
    with np.load(path, allow_pickle=False) as file:
        np.testing.assert_array_equal(file["W1"], NETWORKS["images"]().layers[0].W)
        assert json.loads(file["description.json"])["layers"][1] == {
            "layer": "MaxPool",
            "size": [2, 2],
        }


def test_any_path_of_a_file_will_do(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    network = NETWORKS["float64"]()
    for place in ("here.npz", "~/home.npz", tmp_path / "path.npz"):
        nnbook.save(network, place)
        assert np.array_equal(nnbook.load(place).parameters, network.parameters)
    assert (tmp_path / "home.npz").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions and links")
def test_permissions_and_links_are_as_usual(tmp_path):
    before = os.umask(0o027)
    try:
        save(NETWORKS["float64"](), tmp_path / "real.npz")
    finally:
        os.umask(before)
    assert (tmp_path / "real.npz").stat().st_mode & 0o777 == 0o640
    (tmp_path / "link.npz").symlink_to(tmp_path / "real.npz")
    save(NETWORKS["dropout"](), tmp_path / "link.npz")
    assert (tmp_path / "link.npz").is_symlink()
    assert len(load(tmp_path / "real.npz").layers) == 4


# ---- what is not saved -------------------------------------------------------------------------


class Doubling(Activation):
    pass


class Cubic(Quadratic):
    name = "cubic"


class Bent(Sigmoid):
    pass


def spoiled(network):
    network.layers[0].W[0, 0] = np.inf
    return network


UNSAVED = [
    (
        lambda: Network([2, Doubling(sigmoid), 2]),
        ValueError,
        "layer 1, Activation.sigmoid., cannot",
    ),
    (lambda: Network([2, Dense(2, Bent())]), ValueError, "its activation is none of"),
    (lambda: Network([2, 2], cost=Cubic()), ValueError, r"cost Cubic\(\) cannot be saved"),
    (lambda: spoiled(Network([2, 2])), ValueError, "network must have finite weights"),
    (lambda: [784, 30, 10], TypeError, "network must be a Network"),
]


@pytest.mark.usefixtures("plain_arguments")
@pytest.mark.parametrize(("make", "error", "words"), UNSAVED)
def test_what_could_not_be_loaded_is_not_saved(make, error, words, path):
    with pytest.raises(error, match=words):
        save(make(), path)
    assert not path.exists()


@pytest.mark.usefixtures("plain_arguments")
def test_paths_are_refused_in_words(tmp_path):
    network = NETWORKS["float64"]()
    (tmp_path / "folder.npz").mkdir()
    for place, error, words in (
        (tmp_path / "nowhere" / "a.npz", FileNotFoundError, "folder .*nowhere"),
        (tmp_path / "folder.npz", IsADirectoryError, "it is a folder"),
        (tmp_path / "a.npy", ValueError, "must be the name of an .npz file"),
        (tmp_path / "a", ValueError, "such as 'digits.npz'"),
        (3, TypeError, "path must be the name of a file"),
        (None, TypeError, "path must be the name of a file"),
    ):
        with pytest.raises(error, match=words):
            save(network, place)
        with pytest.raises(error, match=words):
            load(place)
    with pytest.raises(FileNotFoundError, match=r"a\.npz cannot be read: the file is not there"):
        load(tmp_path / "a.npz")
    assert [place.name for place in tmp_path.iterdir()] == ["folder.npz"]
