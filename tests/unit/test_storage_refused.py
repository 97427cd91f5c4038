"""Saved networks that are damaged or hostile are refused in our words, with little memory."""

import os
import pickle
import struct
import threading
import tracemalloc
import warnings
import zipfile

import numpy as np
import pytest
from npz_files import NETWORKS, members, npy, saved, with_description, zipped

from nnbook import load


@pytest.fixture
def path(tmp_path):
    return tmp_path / "network.npz"


# ---- what is not loaded: descriptions ----------------------------------------------------------


def layer(number, /, **entries):
    def change(description):
        description["layers"][number - 1].update(entries)

    return change


def entry(**entries):
    return lambda description: description.update(entries)


def without(name):
    return lambda description: description.pop(name) and None


DESCRIPTIONS = {
    "not JSON object": (lambda d: [d], "not a JSON object"),
    "another format": (entry(format="nnbook checkpoint"), "does not say that it is one"),
    "no version": (without("version"), "version of its format"),
    "version a text": (entry(version="1"), "version of its format"),
    "newer version": (entry(version=2), "from a newer nnbook: update nnbook"),
    "lacks": (without("cost"), "lacks 'cost'"),
    "extra entry": (entry(author="x" * 500), "unknown entry 'author'"),
    "unknown cost": (entry(cost="hinge"), "its cost 'hinge' is none of quadratic"),
    "cost a list": (entry(cost=["quadratic"]), "its cost"),
    "unknown dtype": (entry(dtype="float16"), "its dtype 'float16' is none of float32"),
    "dtype objects": (entry(dtype="object"), "its dtype 'object'"),
    "shape a number": (entry(input_shape=5), "input_shape is not a list"),
    "shape negative": (entry(input_shape=[-5]), "input_shape is not a list"),
    "shape true": (entry(input_shape=[True]), "input_shape is not a list"),
    "shape empty": (entry(input_shape=[]), "the shape of one input"),
    "another shape": (entry(input_shape=[6]), "weights than there are|not an array"),
    "huge shape": (entry(input_shape=[10**12]), "more than 268,435,456 numbers"),
    "no layers": (entry(layers=[]), "layers must be a list"),
    "layers a text": (entry(layers="Dense"), "its layers are not a list"),
    "too many layers": (
        entry(layers=[{"layer": "Dropout", "p": 0.5}] * 1001), "not a list of at most 1000"
    ),
    "layer a text": (entry(layers=["Dense"]), "its layer 1 has no name"),
    "unknown layer": (layer(2, layer="os.system"), "its layer 2, 'os.system', is none of"),
    "abstract layer": (layer(2, layer="WeightedLayer"), "is none of"),
    "unknown activation": (layer(2, activation="__class__"), "'__class__' of its layer 2"),
    "activation a list": (layer(2, activation=[]), "of its layer 2 is none of"),
    "unknown setting": (layer(1, q=1), "its layer 1, Dropout, cannot be made"),
    "wrong type": (layer(2, n="8"), "its layer 2, Dense, cannot be made: n must be a whole number"),
    "wrong value": (layer(1, p=1.5), "its layer 1, Dropout, cannot be made: p must be"),
    "setting missing": (lambda d: d["layers"][1].pop("activation") and None, "are not complete"),
    "fewer neurons": (layer(2, n=7), "W2 in it is not an array of float32 of the shape"),
    "too many neurons": (layer(2, n=10**11), "would get more than|need more weights"),
    "many neurons": (layer(4, n=10**6), "need more weights than there are in the file"),
    "cost does not fit": (layer(4, activation="sigmoid"), "LogLikelihood does not fit"),
}  # fmt: skip


@pytest.mark.usefixtures("plain_arguments")
@pytest.mark.parametrize("how", DESCRIPTIONS)
def test_descriptions_that_are_refused(how, path):
    change, words = DESCRIPTIONS[how]
    path.write_bytes(with_description(saved(path), change))
    refused(path, words)


def refused(path, words):
    with pytest.raises(ValueError, match=words) as error:
        load(path)
    assert str(error.value).startswith(f"{path} cannot be read as a saved network: ")
    assert str(error.value).endswith(".") and len(str(error.value)) < 600


def test_windows_that_do_not_fit_are_named(path):
    content = saved(path, "images")
    path.write_bytes(with_description(content, layer(2, size=[3, 3])))
    refused(path, r"layer 2, MaxPool\(3\): windows of 3×3 do not divide")


def json_text(text):
    return lambda found: {**found, "description.json": text}


def without_member(name):
    return lambda found: {key: value for key, value in found.items() if key != name}


class Trap:
    def __reduce__(self):
        return threading.Thread, ()  # stands for anything that runs when it is unpickled


W, B = (NETWORKS["dropout"]().layers[1].W, NETWORKS["dropout"]().layers[1].b)
HUGE = b"{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000000, 5), }"
MEMBERS = {
    "deep JSON": (json_text(b"[" * 200_000), "not readable JSON"),
    "long JSON": (json_text(b'"' + b"x" * 2**20 + b'"'), "longer than 1,048,576 bytes"),
    "not JSON": (json_text(b"\xff\xfe"), "not readable JSON"),
    "NaN": (json_text(b'{"version": NaN}'), "NaN is not a finite number"),
    "infinite": (json_text(b'{"version": 1e999}'), "1e999 is not a finite number"),
    "long number": (json_text(b'{"version": ' + b"9" * 5000 + b"}"), "not readable JSON"),
    "twice": (json_text(b'{"version": 1, "version": 2}'), "stands in it twice"),
    "no description": (without_member("description.json"), "no description.json in it"),
    "array missing": (without_member("b2.npy"), "b2.npy is missing in it"),
    "array too many": (lambda f: {**f, "W9.npy": npy(W)}, "member 'W9.npy' that does not belong"),
    "another folder": (lambda f: {**f, "../../x": b"x"}, "member '../../x' that does not"),
    "objects": (
        lambda f: {**f, "b2.npy": npy(np.array([Trap()] * 8))}, "b2 in it is not an array"
    ),
    "a pickle": (lambda f: {**f, "b2.npy": pickle.dumps(Trap())}, "b2 in it is not an array"),
    "another type": (lambda f: {**f, "b2.npy": npy(B.astype(int))}, "not an array of float32"),
    "longer numbers": (lambda f: {**f, "b2.npy": npy(B.astype(float))}, "not an array of float32"),
    "big end first": (lambda f: {**f, "b2.npy": npy(B.astype(">f4"))}, "not an array of float32"),
    "columns first": (
        lambda f: {**f, "W2.npy": npy(np.asfortranarray(W))}, r"of the shape \(8, 5\)"
    ),
    "another shape": (lambda f: {**f, "W2.npy": npy(W.T.copy())}, r"of the shape \(8, 5\)"),
    "not a number": (lambda f: {**f, "b2.npy": npy(B * np.nan)}, "b2 in it holds numbers that"),
    "infinite weight": (lambda f: {**f, "b2.npy": npy(B / 0)}, "b2 in it holds numbers that"),
    "huge array": (
        lambda f: {**f, "W2.npy": npy(W)[:8] + struct.pack("<H", len(HUGE)) + HUGE + W.tobytes()},
        "W2 in it is not an array",
    ),
    "array cut": (lambda f: {**f, "W2.npy": f["W2.npy"][:-4]}, "W2 in it has 156 bytes instead of"),
    "array longer": (lambda f: {**f, "W2.npy": f["W2.npy"] + b"1234"}, "W2 in it has 164 bytes"),
    "empty array": (lambda f: {**f, "W2.npy": b""}, "W2 in it is not an array"),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:divide by zero")
@pytest.mark.parametrize("how", MEMBERS)
def test_members_that_are_refused(how, path):
    change, words = MEMBERS[how]
    path.write_bytes(zipped(change(members(saved(path))).items()))
    refused(path, words)


# ---- what is not loaded: the file itself -------------------------------------------------------


def one_bit(content):
    at = content.index(W.tobytes())
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def compressed(content):
    return zipped(members(content).items(), zipfile.ZIP_DEFLATED)


def bomb(content):
    found = members(content)
    return zipped([*found.items(), ("W9.npy", bytes(200_000_000))], zipfile.ZIP_DEFLATED)


def twice(content):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of what is wanted here
        return zipped([*members(content).items(), ("b2.npy", npy(B))])


def two_sizes(content):
    at = content.rindex(b"PK\x01\x02")
    return content[: at + 24] + struct.pack("<I", 0x7FFFFFFF) + content[at + 28 :]


def larger_than_the_file(content):
    at = content.rindex(b"PK\x01\x02")
    return content[: at + 20] + struct.pack("<II", *[0x7FFFFFFF] * 2) + content[at + 28 :]


def many_members(content):
    return zipped([*members(content).items(), *((f"{n}", b"") for n in range(5000))])


def encrypted(content):
    at = content.rindex(b"PK\x01\x02")
    return content[: at + 8] + b"\x01\x00" + content[at + 10 :]


def beyond_four_gigabytes(content):
    """A record that sends zipfile elsewhere for its list of contents."""
    end = content[-22:]
    name = b"W" * 20 + struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1)
    entry = bytearray(content[content.rindex(b"PK\x01\x02") : -22])
    entry[28:30] = struct.pack("<H", len(name))
    entry[46:] = name
    start, *rest, length, offset, comment = struct.unpack("<4s4H2LH", end)
    counts = [*rest[:2], rest[2] + 1, rest[3] + 1]
    new = struct.pack("<4s4H2LH", start, *counts, length + len(entry), offset, comment)
    return content[:-22] + bytes(entry) + new


FILES = {
    "empty": (lambda c: b"", "too short for an .npz file"),
    "text": (lambda c: b"not a network at all, but a text", "not an .npz file"),
    "half": (lambda c: c[: len(c) // 2], "its end is missing"),
    "an .npy": (lambda c: npy(W), "not an .npz file"),
    "longer": (lambda c: c + b"more", "not an .npz file, or its end is missing"),
    "something before": (lambda c: b"more" + c, "not an .npz file"),
    "one bit": (one_bit, "W2.npy in it is damaged .BadZipFile: Bad CRC"),
    "compressed": (compressed, "'description.json' in it is compressed or encrypted"),
    "bomb": (bomb, "compressed or encrypted"),
    "twice": (twice, "two members of the same name"),
    "two sizes": (two_sizes, "'b4.npy' in it states two sizes"),
    "larger": (larger_than_the_file, "claim to be larger than the file"),
    "encrypted": (encrypted, "compressed or encrypted"),
    "many members": (many_members, "list of contents is not what it should be"),
    "beyond 4 GB": (beyond_four_gigabytes, "list of contents is not what it should be"),
}


@pytest.mark.parametrize("how", FILES)
def test_files_that_are_refused_with_little_memory(how, path):
    change, words = FILES[how]
    path.write_bytes(change(saved(path)))
    tracemalloc.start()
    try:
        refused(path, words)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_file_that_claims_gigabytes_is_not_read(path):
    content = saved(path)
    with path.open("r+b") as file:  # a hole, no real gigabytes
        file.seek(3 * 2**30)
        file.write(content)
    refused(path, "larger than 1,073,741,824 bytes")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_not_waited_for(path):
    os.mkfifo(path)
    refused(path, "no ordinary file")
