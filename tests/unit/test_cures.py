"""The measured cures of chapter 08: the runs, the table that is stored, the command."""

import math

import numpy as np
import pytest

from nnbook import Digits, builtin_digits, cures, glorot, scaled
from nnbook.__main__ import main
from nnbook.cures import command, measure
from nnbook.cures.table import Run, best_rate, read, write

BUILTIN = builtin_digits()
FEW = Digits("MNIST", BUILTIN.training[:60], BUILTIN.validation[:20], BUILTIN.test[:20])


# ---- a run --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", cures.CURES)
def test_every_cure_spends_the_same_budget(name):
    moments = list(cures.run(cures.CURES[name], FEW, 0.1, 0))
    first = 4 if "machines" in name else 0
    assert [moment.epoch for moment in moments] == list(range(first, cures.EPOCHS + 1))
    assert all(len(moment.speeds) == 4 and min(moment.speeds) > 0 for moment in moments)


def test_a_run_repeats_and_learns():
    data = Digits("MNIST", BUILTIN.training, BUILTIN.validation, BUILTIN.test)
    runs = [list(cures.run(cures.CURES["ReLU, He"], data, 0.05, 1)) for _ in range(2)]
    assert runs[0] == runs[1]
    assert runs[0][-1].test > 0.8 > runs[0][0].test


def test_a_run_that_diverges_ends_early(monkeypatch):
    monkeypatch.setattr(measure, "LAMBDA", 1e6)
    with np.errstate(all="ignore"):
        moments = list(cures.run(cures.CURES["ReLU, He"], FEW, 100.0, 0))
    assert len(moments) <= cures.EPOCHS
    assert not Run("ReLU, He", 100.0, 0, moments).complete


def test_the_machines_have_seen_the_images():
    plain = measure.start(cures.CURES["sigmoid, scaled"], FEW.training, np.random.default_rng(0))
    seen = measure.start(
        cures.CURES["sigmoid, Boltzmann machines"], FEW.training, np.random.default_rng(0)
    )
    assert plain.sizes == seen.sizes == list(cures.SIZES)
    for layer in seen.layers[:-1]:  # a machine's biases start at 0, those of `scaled` from N(0, 1)
        assert np.abs(layer.b).min() > 0 and np.abs(layer.b).max() < 0.5
    output = scaled.weight_sd(30, 10)
    assert seen.layers[-1].W.std() == pytest.approx(output, rel=0.2)


def test_four_times_glorot_makes_up_for_the_slope_of_the_sigmoid():
    assert cures.glorot_4.weight_sd(30, 30) == pytest.approx(4 * glorot.weight_sd(30, 30))
    assert cures.glorot_4.weight_sd(30, 30) * math.sqrt(30) * 0.25 == pytest.approx(1)


def test_the_ratio_is_last_over_first():
    assert cures.Moment(0, 0.1, 0.1, (0.5, 1.0, 1.0, 2.0)).ratio == 4
    assert cures.Moment(0, 0.1, 0.1, (0.0, 1.0, 1.0, 2.0)).ratio == math.inf


# ---- the table ----------------------------------------------------------------------------------


def test_the_stored_table_is_complete():
    for name in cures.CURES:
        for rate in cures.RATES:
            runs = cures.stored(name, rate)
            assert [one.seed for one in runs] == list(cures.SEEDS)
        best = cures.stored(name)
        assert all(one.complete for one in best)
        means = [np.mean([one.validation for one in cures.stored(name, r)]) for r in cures.RATES]
        assert np.mean([one.validation for one in best]) == max(means)


def test_the_comparison_shows_the_stored_runs():
    table = cures.comparison()
    assert [row[0] for row in table.rows] == list(cures.CURES)
    runs = cures.stored("ReLU, He")
    _, rate, _, ends, mean, first, last = table.rows[-1]
    assert float(rate) == runs[0].learning_rate
    assert ends == ", ".join(f"{one.moments[-1].test:.2%}" for one in runs)
    assert mean == f"{np.mean([one.moments[-1].test for one in runs]):.2%}"
    assert first == f"{np.median([one.moments[0].ratio for one in runs]):.1f}"
    assert last == f"{np.median([one.moments[-1].ratio for one in runs]):.2f}"


def test_best_rates_are_not_at_the_end_of_the_grid():
    best = {cures.stored(name)[0].learning_rate for name in cures.CURES}
    assert not best & {cures.RATES[0], cures.RATES[-1]}


def test_a_table_is_read_as_it_was_written(tmp_path):
    moments = [cures.Moment(k, 0.1 * k, 0.2 * k, (0.25, 0.5, 1.0, 2.0)) for k in range(3)]
    runs = [Run("ReLU, He", 0.1, seed, moments) for seed in (0, 1)]
    write(tmp_path / "t.csv", runs)
    assert read(tmp_path / "t.csv") == [
        Run("ReLU, He", 0.1, seed, [cures.Moment(k, round(0.1 * k, 4), round(0.2 * k, 4),
            (0.25, 0.5, 1.0, 2.0)) for k in range(3)])
        for seed in (0, 1)
    ]  # fmt: skip


def test_the_best_rate_has_the_highest_mean_at_the_end():
    def ending(rate, seed, value):
        return Run("a", rate, seed, [cures.Moment(0, 0.99, 0, (1,) * 4),
                                     cures.Moment(10, value, 0, (1,) * 4)])  # fmt: skip

    runs = [ending(0.1, 0, 0.9), ending(0.1, 1, 0.5), ending(0.2, 0, 0.8), ending(0.2, 1, 0.8)]
    assert best_rate("a", runs) == 0.2


@pytest.mark.usefixtures("plain_arguments")
def test_what_was_not_measured_is_refused():
    with pytest.raises(ValueError, match="cure must be one of"):
        cures.stored("softplus")
    with pytest.raises(ValueError, match=r"learning_rate must be one of .*, but it is 3"):
        cures.stored("ReLU, He", 3)


# ---- the command --------------------------------------------------------------------------------


@pytest.fixture
def small(monkeypatch, tmp_path):
    monkeypatch.setattr(command, "load_mnist", lambda: FEW)
    monkeypatch.setattr(measure, "CURES", {"ReLU, He": cures.CURES["ReLU, He"]})
    monkeypatch.setattr(measure, "RATES", (0.1, 0.2))
    monkeypatch.setattr(measure, "SEEDS", (0, 1))
    monkeypatch.setenv("NNBOOK_HOME", str(tmp_path))
    return tmp_path


def test_the_command_measures_what_the_table_lacks(small, capsys, monkeypatch):
    table = small / "table.csv"
    assert main(["cures", "--table", str(table)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("ReLU, He: ") and lines[-1] == f"All runs are in {table}."
    text = table.read_text()
    runs = read(table)
    assert [(one.learning_rate, one.seed) for one in runs] == [
        (0.1, 0),
        (0.1, 1),
        (0.2, 0),
        (0.2, 1),
    ]
    write(table, runs[1:])  # as if it had been interrupted
    assert main(["cures", "--table", str(table)]) == 0
    assert table.read_text() == text
    monkeypatch.setattr(measure, "run", None)  # all is there: nothing is trained again
    assert main(["cures", "--table", str(table)]) == 0


def test_other_digits_are_refused(small, monkeypatch, capsys):
    monkeypatch.setattr(command, "load_mnist", builtin_digits)
    assert main(["cures"]) == 1
    assert "The measurement needs MNIST" in capsys.readouterr().err
    assert list(small.iterdir()) == []
