"""load_mnist: where it looks, what it says, and that nothing damaged is read or kept."""

import gzip
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from data_mirrors import serve, tiny_archives

import nnbook
from nnbook.data import builtin_digits, store
from nnbook.data.archives import MNIST
from nnbook.data.idx import Damaged
from nnbook.data.mnist import digits_from, find, named_folder

COLLECTION, FILES = tiny_archives()
IMAGES = np.frombuffer(gzip.decompress(FILES["training_images.gz"]), np.uint8, offset=16)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def mirrors():
    with serve(FILES) as server:
        yield server


def write(folder, files):
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_the_split_is_in_order():
    digits = digits_from(FILES, COLLECTION)
    assert [len(part) for part in digits.parts.values()] == [50, 10, 10]
    assert digits.is_mnist and digits.training.is_mnist and digits.test[:3].is_mnist
    both = np.concatenate([digits.training.images, digits.validation.images])
    assert np.array_equal(both.ravel(), IMAGES)
    assert digits.training.inputs.dtype == np.uint8


def test_fetched_once_then_taken_from_the_cache(mirrors, tmp_path):
    for _ in range(2):
        found = find("", tmp_path / "a" / "b", mirrors=[mirrors["good"]], collection=COLLECTION)
        assert found.digits.is_mnist and found.sentences == ()
    assert names(tmp_path / "a" / "b") == sorted(FILES)
    assert len(mirrors.asked) == 4


@pytest.mark.parametrize("damage", ["cut", "changed", "grown", "empty", "html"])
def test_a_damaged_cached_file_is_removed_and_fetched_again(damage, mirrors, tmp_path):
    right = FILES["training_images.gz"]
    damaged = {
        "cut": right[:-1],
        "changed": right[:99] + bytes([right[99] ^ 1]) + right[100:],
        "grown": right + b"x",
        "empty": b"",
        "html": b"<html>",
    }[damage]
    write(tmp_path, {**FILES, "training_images.gz": damaged})
    alone = find("", tmp_path, mirrors=[mirrors["forbidden"]], collection=COLLECTION)
    assert not alone.digits.is_mnist
    assert "training_images.gz" not in names(tmp_path)
    store.forget_failure(tmp_path)
    found = find("", tmp_path, mirrors=[mirrors["good"]], collection=COLLECTION)
    assert found.digits.is_mnist and found.sentences == ()
    assert (tmp_path / "training_images.gz").read_bytes() == right


def test_a_folder_named_by_the_reader_comes_first(mirrors, tmp_path):
    own = write(tmp_path / "own", FILES)
    cache = tmp_path / "cache"
    found = find(str(own), cache, mirrors=[mirrors["good"]], collection=COLLECTION)
    assert found.digits.is_mnist and found.sentences == ()
    assert mirrors.asked == [] and not cache.exists()


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ("nothing there", "there is no such folder"),
        ("a file", "there is no such folder"),
        ("empty", "training_labels.gz is not there"),
        ("damaged", "training_images.gz has a wrong checksum"),
        ("cut", "test_images.gz has a wrong size"),
        ("a folder inside", "test_labels.gz is not there"),
        ("endless name", "File name too long"),
    ],
)
def test_a_useless_named_folder_gives_one_sentence_and_the_search_goes_on(
    trouble, words, mirrors, tmp_path
):
    own = tmp_path / "own"
    images = FILES["training_images.gz"]
    if trouble == "a file":
        own.write_text("x")
    elif trouble == "empty":
        own.mkdir()
    elif trouble == "damaged":
        write(own, {**FILES, "training_images.gz": images[:-9] + bytes(9)})
    elif trouble == "cut":
        write(own, {**FILES, "test_images.gz": images[:5]})
    elif trouble == "a folder inside":
        write(own, FILES)
        (own / "test_labels.gz").unlink()
        (own / "test_labels.gz").mkdir()
    elif trouble == "endless name":
        own = tmp_path / ("x" * 300)
    before = names(own) if own.name == "own" and own.is_dir() else None

    found = find(str(own), tmp_path / "cache", mirrors=[mirrors["good"]], collection=COLLECTION)
    assert found.digits.is_mnist
    assert found.sentences == (f"NNBOOK_DATA={own} is not used: {words}.",)
    assert before is None or names(own) == before  # the reader's own files are never removed


def test_what_cannot_be_parsed_is_refused_in_our_words_also_with_the_right_checksum(tmp_path):
    import hashlib

    bad = gzip.compress(b"\0\0\x08\x00", mtime=0)  # an IDX file of no dimensions
    archive = replace(COLLECTION.test_images, sha256=hashlib.sha256(bad).hexdigest(), size=len(bad))
    collection = replace(COLLECTION, test_images=archive)
    write(tmp_path, {**FILES, "test_images.gz": bad})
    digits, sentence = named_folder(str(tmp_path), collection)
    assert digits is None
    assert "is not used: test_images.gz cannot be read: it is not an IDX file" in sentence
    found = find("", tmp_path, mirrors=[], collection=collection)
    assert found.digits is builtin_digits() and len(found.sentences) == 1


def test_a_failure_is_remembered_for_some_hours(mirrors, tmp_path, monkeypatch):
    first = find("", tmp_path, mirrors=[mirrors["forbidden"]], collection=COLLECTION)
    second = find("", tmp_path, mirrors=[mirrors["good"]], collection=COLLECTION)
    assert second == first and len(mirrors.asked) == 1
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 4 * 3600)
    assert find("", tmp_path, mirrors=[mirrors["good"]], collection=COLLECTION).digits.is_mnist


@pytest.mark.parametrize("note", ["", "[]", "{}", '{"time": "x"}', '{"time": 1e99, "reasons": []}'])
def test_a_damaged_note_of_a_failure_is_no_note(note, tmp_path):
    (tmp_path / store.NOTE).write_text(note)
    assert store.recent_failure(tmp_path) is None


def test_a_cache_that_is_a_file_is_no_crash(mirrors, tmp_path):
    (tmp_path / "cache").write_text("in the way")
    folder = tmp_path / "cache" / "mnist"
    found = find("", folder, mirrors=[mirrors["good"]], collection=COLLECTION)
    assert found.digits.is_mnist
    assert len(found.sentences) == 1
    assert found.sentences[0].startswith(f"MNIST could not be kept in {folder} (")
    found = find("", folder, mirrors=[mirrors["forbidden"]], collection=COLLECTION)
    assert not found.digits.is_mnist and len(found.sentences) == 1


FULL_DISK = """
import resource, sys
from pathlib import Path
from data_mirrors import tiny_archives
from nnbook.data.mnist import find
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
found = find("", Path(sys.argv[1]), mirrors=[sys.argv[2]], collection=tiny_archives()[0])
assert found.digits.is_mnist
print(*found.sentences, sep="\\n")
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit for the size of files")
def test_a_full_disk_is_no_crash_and_leaves_nothing_half_written(mirrors, tmp_path):
    done = in_another_process(FULL_DISK, tmp_path / "c", mirrors["good"]).communicate(timeout=60)
    assert done[1] == ""
    assert done[0] == f"MNIST could not be kept in {tmp_path / 'c'} (File too large).\n"
    assert names(tmp_path / "c") == ["test_labels.gz", "training_labels.gz"]  # these are small


TWO_AT_ONCE = """
import sys
from pathlib import Path
from data_mirrors import tiny_archives
from nnbook.data.mnist import find
for _ in range(20):
    found = find("", Path(sys.argv[1]), mirrors=[sys.argv[2]], collection=tiny_archives()[0])
    assert found.digits.is_mnist and not found.sentences, found
    for path in Path(sys.argv[1]).glob("t*_images.gz"):
        path.write_bytes(b"damaged by somebody")
"""


def test_two_processes_at_once_are_safe(mirrors, tmp_path):
    pair = [in_another_process(TWO_AT_ONCE, tmp_path, mirrors["good"]) for _ in range(2)]
    assert [process.communicate(timeout=120)[1] for process in pair] == ["", ""]
    found = find("", tmp_path, mirrors=[mirrors["good"]], collection=COLLECTION)
    assert found.digits.is_mnist
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == FILES


def test_nobody_sees_half_of_a_file_while_several_write_it(tmp_path):
    contents = [bytes([k]) * (300_000 + k) for k in range(4)]
    store.keep(tmp_path, COLLECTION.test_images, contents[0])

    def write_often(content):
        for _ in range(25):
            store.keep(tmp_path, COLLECTION.test_images, content)

    with ThreadPoolExecutor() as pool:
        writers = [pool.submit(write_often, content) for content in contents]
        while not all(writer.done() for writer in writers):
            assert (tmp_path / "test_images.gz").read_bytes() in contents
        for writer in writers:
            writer.result()
    assert names(tmp_path) == ["test_images.gz"]


INTERRUPTED = """
import sys, threading, signal, os
from pathlib import Path
from data_mirrors import tiny_archives
from nnbook.data.mnist import find
signal.signal(signal.SIGINT, signal.default_int_handler)  # tests in the background ignore it
threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
try:
    find("", Path(sys.argv[1]), mirrors=[sys.argv[2]], collection=tiny_archives()[0], seconds=100)
except KeyboardInterrupt:
    print("stopped")
"""


@pytest.mark.skipif(os.name == "nt", reason="sends a signal as Ctrl-C does on Linux and macOS")
def test_ctrl_c_is_heard_while_a_server_hangs(mirrors, tmp_path):
    process = in_another_process(INTERRUPTED, tmp_path / "c", mirrors["hangs"])
    assert process.communicate(timeout=20) == ("stopped\n", "")
    assert not (tmp_path / "c").exists()  # and it is not noted as a failure


def in_another_process(code, *arguments):
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_what_a_killed_program_left_is_swept_away(tmp_path):
    old = write(tmp_path, {"old.part": b"half", "new.part": b"half"}) / "old.part"
    os.utime(old, (time.time() - 7200,) * 2)
    store.keep(tmp_path, COLLECTION.test_labels, FILES["test_labels.gz"])
    assert names(tmp_path) == ["new.part", "test_labels.gz"]


def test_load_mnist_says_once_a_call_what_it_uses(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("NNBOOK_HOME", str(tmp_path))
    monkeypatch.delenv("NNBOOK_DATA", raising=False)
    store.remember_failure(tmp_path / "cache" / "mnist", ["example.org answered 403"])
    assert nnbook.load_mnist() is builtin_digits()
    assert capsys.readouterr().out == (
        "MNIST could not be fetched (example.org answered 403), so these are the 1,797 built-in "
        "digits; `python -m nnbook data` tries again.\n"
    )
    assert nnbook.load_mnist(quiet=True) is builtin_digits()
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("value", ["builtin", " BuiltIn "])
def test_the_built_in_digits_can_be_asked_for(value, monkeypatch, capsys):
    monkeypatch.setenv("NNBOOK_DATA", value)
    digits = nnbook.load_mnist()
    assert digits.name == "built-in digits" and not digits.is_mnist
    assert capsys.readouterr().out.count("built-in digits") == 1


def test_the_real_mnist_where_it_is_there():
    wanted = os.environ.get("NNBOOK_DATA", "builtin")
    digits, sentence = named_folder(wanted, MNIST)
    if digits is None:
        pytest.skip(f"no MNIST here: {sentence}")
    assert [len(part) for part in digits.parts.values()] == [50_000, 10_000, 10_000]
    assert digits.training.labels[:10].tolist() == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]
    assert digits.test.labels[:5].tolist() == [7, 2, 1, 0, 4]
    assert digits.training.inputs.shape == (50_000, 28, 28)
    x, y = digits.training.batch(np.array([0, 49_999]))
    assert x.shape == (2, 784) and x.max() == 1 and y.argmax(axis=1).tolist() == [5, 8]


def test_damaged_is_a_value_error():
    assert issubclass(Damaged, ValueError)
