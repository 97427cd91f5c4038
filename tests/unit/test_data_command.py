"""python -m nnbook data: fetches, checks, says where the files are, and fails in plain words."""

import argparse

import pytest
from data_mirrors import serve, tiny_archives

from nnbook.data import command, store

COLLECTION, FILES = tiny_archives()


@pytest.fixture(autouse=True)
def home(monkeypatch, tmp_path):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("NNBOOK_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("NNBOOK_DATA", raising=False)
    return tmp_path / "home"


@pytest.fixture
def mirrors():
    with serve(FILES) as server:
        yield server


def fetch(addresses, *words):
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(
        parser.parse_args(words), mirrors=addresses, collection=COLLECTION, seconds=1
    )


def test_it_fetches_and_says_where(mirrors, home, capsys):
    assert fetch([mirrors["good"]]) == 0
    shown = capsys.readouterr()
    assert f"MNIST is in {home / 'cache' / 'mnist'}" in shown.out
    for name, content in FILES.items():
        assert (home / "cache" / "mnist" / name).read_bytes() == content
        assert name in shown.out and f"{len(content):,} bytes" in shown.out
    assert "NNBOOK_DATA" not in shown.out
    assert "MNIST: " in shown.err and "B/s" in shown.err  # the progress bar
    assert fetch([]) == 0  # nothing is missing, nobody is asked


def test_it_tries_again_after_a_failure(mirrors, home, capsys):
    folder = home / "cache" / "mnist"
    store.remember_failure(folder, ["example.org answered 403"])
    assert fetch([mirrors["good"]]) == 0
    assert store.recent_failure(folder) is None
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)


def test_a_damaged_file_is_replaced(mirrors, home):
    assert fetch([mirrors["good"]]) == 0
    damaged = home / "cache" / "mnist" / "test_images.gz"
    damaged.write_bytes(b"damaged")
    assert fetch([mirrors["good"]]) == 0
    assert damaged.read_bytes() == FILES["test_images.gz"]
    assert len(mirrors.asked) == 5


def test_another_folder_and_how_to_use_it(mirrors, tmp_path, monkeypatch, capsys):
    folder = tmp_path / "my digits"
    assert fetch([mirrors["good"]], "--folder", str(folder)) == 0
    shown = capsys.readouterr().out
    assert f"export NNBOOK_DATA='{folder}'" in shown and "$env:NNBOOK_DATA" in shown
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    monkeypatch.setenv("NNBOOK_DATA", "builtin")
    assert fetch([mirrors["good"]]) == 0
    assert "The chapters look in NNBOOK_DATA=builtin first." in capsys.readouterr().out


def test_it_fails_in_plain_words_and_keeps_what_came(mirrors, home, capsys):
    assert fetch([mirrors["forbidden"], mirrors["one_damaged"]]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "✗ MNIST could not be fetched:" in shown.err
    assert "127.0.0.1 answered 403\n    127.0.0.1 sent something else" in shown.err
    assert mirrors["forbidden"] + "training_images.gz" in shown.err
    kept = sorted(path.name for path in (home / "cache" / "mnist").iterdir())
    assert kept == ["test_labels.gz", "training_labels.gz"]


def test_a_folder_that_cannot_be_written(mirrors, tmp_path, capsys):
    (tmp_path / "file").write_text("in the way")
    assert fetch([mirrors["good"]], "--folder", str(tmp_path / "file" / "x")) == 1
    shown = capsys.readouterr().err
    assert "cannot be written" in shown and "--folder" in shown and "Traceback" not in shown
