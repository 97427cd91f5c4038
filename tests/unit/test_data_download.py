"""Downloads from mirrors that fail in every way: the next one is asked, and time is kept."""

import time

import pytest
from data_mirrors import serve, tiny_archives

from nnbook.data.download import Download
from nnbook.data.mnist import SECONDS, find

COLLECTION, FILES = tiny_archives()

# What a mirror does, and what is said of it.
BAD = {
    "forbidden": "answered 403",
    "html": "sent something else",
    "truncated": "broke off",
    "short": "sent something else",
    "wrong": "sent something else",
    "endless": "sent something else",
    "hangs": "took too long",
    "hangs_in_body": "took too long",
    "trickles": "took too long",
    "trickles_headers": "took too long",
    "loops": "failed (TooManyRedirects)",
}


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def mirrors():
    with serve(FILES) as server:
        yield server


@pytest.mark.parametrize("way", BAD)
def test_a_bad_mirror_is_left_for_the_next(way, mirrors):
    begun = time.monotonic()
    download = Download(COLLECTION, [mirrors[way], mirrors["good"]], seconds=2)
    assert {archive.name: packed for archive, packed in download} == FILES
    assert download.failures == [f"127.0.0.1 {BAD[way]}"]
    assert download.missing == []
    assert time.monotonic() - begun < 2
    # A mirror that failed once is not asked for the other three files.
    assert {name for asked, name in mirrors.asked if asked == way} == {"training_labels.gz"}


@pytest.mark.parametrize("way", BAD)
def test_only_a_bad_mirror_means_the_built_in_digits_and_one_sentence(way, mirrors, tmp_path):
    begun = time.monotonic()
    found = find("", tmp_path / "c", mirrors=[mirrors[way]], collection=COLLECTION, seconds=0.4)
    assert time.monotonic() - begun < 3  # 0.4 s, and up to 2 s for the built-in digits
    assert found.digits.name == "built-in digits"
    assert found.sentences == (
        f"MNIST could not be fetched (127.0.0.1 {BAD[way]}), so these are the 1,797 built-in "
        "digits; `python -m nnbook data` tries again.",
    )
    assert [path.name for path in (tmp_path / "c").iterdir()] == ["last_failure.json"]


def test_every_bad_mirror_together_takes_less_than_ten_seconds(mirrors, tmp_path):
    slow = ["hangs", "trickles", "hangs_in_body", "trickles_headers"]
    every = [mirrors[way] for way in [*slow, *BAD]]
    begun = time.monotonic()
    found = find("", tmp_path, mirrors=every, collection=COLLECTION)
    assert SECONDS / 2 < time.monotonic() - begun < 10
    assert not found.digits.is_mnist
    assert len(found.sentences) == 1


def test_a_port_where_nobody_listens(tmp_path):
    with serve(FILES) as closed:
        address = closed["good"]
    download = Download(COLLECTION, [address], seconds=3)
    assert list(download) == []
    assert download.failures == ["127.0.0.1 could not be reached"]


def test_the_next_mirror_is_asked_only_for_what_is_missing(mirrors):
    download = Download(COLLECTION, [mirrors["one_damaged"], mirrors["good"]], seconds=3)
    assert {archive.name: packed for archive, packed in download} == FILES
    assert [name for way, name in mirrors.asked if way == "good"] == [
        "test_images.gz",
        "training_images.gz",
    ]


def test_a_mirror_that_is_alive_may_use_the_time_of_the_next():
    collection, files = tiny_archives(training=1500)  # 1.2 MB at about 0.7 MB a second
    with serve(files) as mirrors:
        begun = time.monotonic()
        ways = [mirrors["quick_enough"], mirrors["good"]]
        download = Download(collection, ways, seconds=2.2)
        assert {archive.name: packed for archive, packed in download} == files
        assert time.monotonic() - begun > 1.1  # longer than its share
        assert download.failures == []
        assert {way for way, _ in mirrors.asked} == {"quick_enough"}


def test_progress_counts_each_wanted_byte_once(mirrors):
    seen = []
    ways = [mirrors["hangs_in_body"], mirrors["wrong"], mirrors["short"], mirrors["good"]]
    list(Download(COLLECTION, ways, seconds=2, progress=seen.append))
    assert sum(seen) == sum(map(len, FILES.values()))
    assert min(seen) < 0  # the bytes that were in vain


def test_no_mirror_at_all(tmp_path):
    found = find("", tmp_path, mirrors=[], collection=COLLECTION)
    assert "no mirror was asked" in found.sentences[0]
