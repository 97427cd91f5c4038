"""The book's numbers beside ours, and `reproduce`, which runs them again."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest

from nnbook import Dataset, Digits, builtin_digits, load_mnist, published, reproduce
from nnbook.__main__ import main
from nnbook.baselines import Darkness, svm_accuracy
from nnbook.experiments import Place
from nnbook.experiments.chapter_6 import SHALLOW, climb

RUN = [number for number in published.rows() if published.stored(number)]


def small_mnist() -> Digits:
    """Random images under MNIST's name: 60 of each class, darker for larger digits."""
    rng = np.random.default_rng(0)
    labels = np.tile(np.arange(10), 60)
    images = (rng.random((600, 28, 28)) * (25 * labels + 20)[:, None, None]).astype(np.uint8)
    parts = (Dataset(images, labels, name=f"MNIST {part}") for part in ("a", "b", "c"))
    return Digits("MNIST", *parts)


def test_the_table_is_complete():
    rows = published.rows()
    assert len(rows) == 55 and "1.5" not in rows
    assert published.row("1.1").published == "95.42%"
    assert published.row("3.10").lambda_ == "5.0"
    with pytest.raises(KeyError, match=r"no published row '9.9'"):
        published.row("9.9")


def results(number, values):
    seeds = published.CRITERIA[number].seeds
    return [
        published.Result(number, s, v, [v], 1.0, {}, "") for s, v in zip(seeds, values, strict=True)
    ]


def test_criteria_judge_as_written():
    def agrees(number, *values):
        return published.agrees(number, results(number, values))

    assert agrees("1.1", 0.5, 0.6, 0.9482) and not agrees("1.1", 0.5, 0.6, 0.9481)
    assert agrees("1.3", 0.34, 0.2, 0.3) and not agrees("1.3", 0.36, 0.2, 0.3)
    assert agrees("1.6a", 0.2225) and not agrees("1.6a", 0.2226)
    assert published.agrees("1.1", results("1.1", [0.99] * 3)[1:]) is None  # a seed is missing
    assert published.agrees("c.1", []) is None


def test_other_seeds_are_shown_and_not_judged():
    lucky = published.Result("1.1", 7, 0.99, [0.99], 1.0, {}, "")
    assert not published.agrees("1.1", [*results("1.1", [0.5, 0.6, 0.7]), lucky])


def test_stored_results_meet_the_criteria():
    """Rows that were run in full and do not agree are named here, and in the README."""
    verdicts = {number: published.agrees(number, published.stored(number)) for number in RUN}
    assert [number for number, verdict in verdicts.items() if verdict is False] == []
    for number in [number for number, verdict in verdicts.items() if verdict is None]:
        assert not all(run.finished for run in published.stored(number)), number


def test_every_row_but_the_cited_ones_can_be_run_and_judged():
    numbers = {number for number in published.rows() if not number.startswith("c.")}
    assert set(reproduce.EXPERIMENTS) == numbers == set(published.CRITERIA)


def test_a_table_shows_published_stored_and_live_for_what_they_are(tmp_path, monkeypatch):
    monkeypatch.setenv("NNBOOK_HOME", str(tmp_path))
    text = str(published.table(["1.1", "1.6a"], live={"1.6a": 0.2225}))
    assert "95.42%" in text and "22.25 %" in text and "784-30-10, η = 3.0" in text
    assert "not comparable" not in text
    other = published.compare("1.6a", live=0.3, data=builtin_digits())
    assert "30.00 % (other data: not comparable)" in str(other)
    assert "<td" in other._repr_html_() and "not comparable" in other._repr_html_()
    with pytest.raises(KeyError):
        published.table(["1.1"], live={"1.9": 0.5})


def test_reproduce_runs_a_row_and_stores_it(tmp_path, monkeypatch):
    monkeypatch.setenv("NNBOOK_HOME", str(tmp_path))
    result, predictions = reproduce.reproduce("1.6a", small_mnist(), None, tmp_path)
    assert 0.9 < result.value <= 1 and result.curve == [round(result.value, 6)]
    assert set(result.versions) >= {"nnbook", "numpy", "python"} and predictions is None
    path = published.own_results()
    reproduce.store(result, None, path)
    reproduce.store(result, None, path)
    records = json.loads(path.read_text(encoding="utf-8"))
    assert [record["row"] for record in records] == ["1.6a"]
    assert published.own("1.6a")[-1].value == result.value
    assert "yours: " in str(published.compare("1.6a"))
    path.write_text("damaged", encoding="utf-8")
    assert published.own("1.6a") == []
    with pytest.raises(ValueError, match="about MNIST"):
        reproduce.reproduce("1.6a", builtin_digits(), None, tmp_path)
    with pytest.raises(KeyError, match="cannot be run"):
        reproduce.reproduce("9.9", small_mnist(), 0, tmp_path)


def test_predictions_stand_beside_the_results(tmp_path):
    result = published.Result("6.3", 1, 0.5, [0.5], 1.0, {}, "")
    reproduce.store(result, np.array([3, 1, 4]), tmp_path / "ledger.json")
    file = published.predictions_file(tmp_path / "ledger.json", "6.3", 1)
    assert np.load(file)["classes"].tolist() == [3, 1, 4]
    with pytest.raises(ValueError, match=r"no stored predictions for row 6\.3 with seed 77"):
        published.predictions("6.3", seed=77)


def test_stored_predictions_have_the_stored_accuracy():
    digits = load_mnist(quiet=True)
    if not digits.is_mnist:
        pytest.skip("needs MNIST")
    kept = [
        (n, run) for n in RUN if published.row(n).book_chapter == "6" for run in published.stored(n)
    ]
    if not kept:
        pytest.skip("no row of NNDL ch. 6 is stored yet")
    for number, result in kept:
        right = published.predictions(number, result.seed) == digits.test.labels
        values = result.curve if right.ndim == 2 else result.value
        assert right.mean(axis=-1) == pytest.approx(values, abs=1e-6), (number, result.seed)


def test_stored_values_are_those_of_their_curves():
    """The best or the last accuracy of a training, the last of a list of sizes.

    The vote of row 6.9 is that of no network.
    """
    for number in set(RUN) - {"6.9"}:
        for result in published.stored(number):
            if published.row(number).is_share:
                assert min(abs(result.value - v) for v in result.curve) < 1e-4, number


@pytest.mark.parametrize("number", ["1.1", "3.17b", "3.17e", "5.5a"])
def test_a_network_row_is_run_as_its_columns_say(number, tmp_path):
    result, _ = reproduce.reproduce(number, small_mnist(), 0, tmp_path)
    expected = {"1.1": 30, "3.17b": 1, "3.17e": 4, "5.5a": 2}[number]  # 3.17b diverges at once
    assert len(result.curve) == expected


def test_taking_stock_of_a_run_that_is_not_finished(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(reproduce, "load_mnist", small_mnist)
    ledger, folder = tmp_path / "ledger.json", tmp_path / "checkpoints"
    command = ["reproduce", "6.1", "--seeds", "0", "--so-far"]
    command += ["--ledger", str(ledger), "--checkpoints", str(folder)]
    assert main(command) == 2
    assert "6.1: no epoch of 6.1-0 is done in" in capsys.readouterr().err
    assert not ledger.exists()
    digits = small_mnist()
    climb(replace(SHALLOW, epochs=2), digits, 0, Place(folder, "6.1-0"))
    main(command)
    assert re.search(
        r"6\.1 seed 0: \d+\.\d\d % \(after 2 of 60 epochs\) in", capsys.readouterr().out
    )
    assert len(published.read_results(ledger)) == 1
    assert main([*command[:1], "1.1", *command[2:]]) == 2
    assert "keeps no checkpoints" in capsys.readouterr().err


def test_a_run_that_is_not_finished_may_still_agree():
    details = {"epochs so far": 3.0, "epochs planned": 40.0}
    for value, verdict in ((0.9951, True), (0.9940, None)):
        run = published.Result("6.8", 0, value, [value], 1.0, {}, "", details)
        assert published.agrees("6.8", [run]) is verdict
        assert published.shown(published.row("6.8"), run).endswith(" % (after 3 of 40 epochs)")
    vote = published.Result(
        "6.9", 0, 0.99, [0.99], 1.0, {}, "", {"networks so far": 2, "networks planned": 5} | details
    )
    assert "(after 2 of 5 networks, 3 of 40 epochs)" in published.shown(published.row("6.9"), vote)


@pytest.mark.parametrize("number", ["3.1", "3.2", "3.3", "3.4"])
def test_one_neuron_is_run_to_the_last_decimal(number, tmp_path):
    result, _ = reproduce.reproduce(number, small_mnist(), None, tmp_path)
    assert published.agrees(number, [result])


def test_the_command_says_what_it_can_run(capsys):
    assert main(["reproduce"]) == 2
    assert "784-30-10" in capsys.readouterr().out
    assert main(["reproduce", "9.9"]) == 2
    assert "9.9 cannot be run" in capsys.readouterr().err


def test_baselines():
    digits = small_mnist()
    assert Darkness(digits.training).accuracy(digits.test) > 0.9
    assert Darkness(digits.training).means.argsort().tolist() == list(range(10))
    assert svm_accuracy(digits.training[:200], digits.test[:50]) > 0.5
