"""`python -m nnbook study`, on few images and with few trials."""

import pytest

from nnbook import Digits, builtin_digits
from nnbook.__main__ import main
from nnbook.search import SAMPLERS, command
from nnbook.search.table import read


@pytest.fixture
def small(monkeypatch, tmp_path):
    digits = builtin_digits()
    few = Digits("MNIST", digits.training[:100], digits.validation[:100], digits.test[:10])
    monkeypatch.setattr(command, "load_mnist", lambda: few)
    monkeypatch.setattr(command, "REPEATS", 2)
    monkeypatch.setattr(command, "TRIALS", 3)
    monkeypatch.setenv("NNBOOK_HOME", str(tmp_path))
    return tmp_path


def test_all_searches_are_run_and_written(small, capsys):
    table = small / "table.csv"
    assert main(["study", "--table", str(table)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 7
    assert lines[0].startswith("grid, repeat 0: ") and lines[-1] == f"All trials are in {table}."
    found = read(table)
    assert list(found) == [(sampler, repeat) for sampler in SAMPLERS for repeat in (0, 1)]
    assert {len(results) for results in found.values()} == {3}
    text = table.read_text()
    assert text.startswith("sampler,repeat,number,learning_rate,lambda_,batch_size,value,epochs,")

    assert main(["study"]) == 0  # all is in the journal: nothing is trained again
    assert (small / "user" / "search.csv").read_text() == text


def test_other_digits_are_refused(small, monkeypatch, capsys):
    monkeypatch.setattr(command, "load_mnist", builtin_digits)
    assert main(["study"]) == 1
    assert "The study needs MNIST" in capsys.readouterr().err
    assert list(small.iterdir()) == []
