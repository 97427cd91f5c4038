"""The search explorer without a page, and the stored study behind it."""

import numpy as np
import pytest

from nnbook import Digits, builtin_digits
from nnbook.explore import search as explore
from nnbook.explore.search import Exploration
from nnbook.search import SAMPLERS, SPACE, best_so_far, stored
from nnbook.search.space import grid
from nnbook.search.table import read, write


@pytest.fixture(scope="module")
def few():
    digits = builtin_digits()
    return Digits(digits.name, digits.training[:150], digits.validation[:100], digits.test[:10])


@pytest.fixture
def exploration(few):
    return Exploration(few)


# ---- the stored study ---------------------------------------------------------------------------


@pytest.mark.parametrize("sampler", SAMPLERS)
@pytest.mark.parametrize("repeat", range(5))
def test_each_stored_search_has_thirty_trials_within_the_space(sampler, repeat):
    found = stored(sampler, repeat)
    assert [trial.number for trial in found.trials] == list(range(30))
    for trial in found.trials:
        for name, range_ in SPACE.items():
            assert range_.low <= trial.settings[name] <= range_.high
        assert 0 < trial.value < 1
        assert trial.state == "pruned" or trial.epochs == 8
        assert 2 <= trial.epochs <= 8
    assert 0.9 < found.best.value < 0.95


def test_the_stored_grid_is_the_grid():
    for repeat in range(5):
        for trial, point in zip(stored("grid", repeat).trials, grid(SPACE, repeat), strict=True):
            assert trial.settings == pytest.approx(point, rel=1e-5)


def test_stored_bayesian_begins_like_random():
    for repeat in range(5):
        ours, theirs = (stored(name, repeat).trials for name in ("bayesian", "random"))
        assert [t.settings for t in ours[:10]] == [t.settings for t in theirs[:10]]


def test_best_so_far_has_a_row_a_repeat():
    curves = best_so_far("random")
    assert curves.shape == (5, 30)
    assert (np.diff(curves) >= 0).all()
    assert curves[2, -1] == stored("random", 2).best.value


def test_a_table_is_read_as_it_was_written(tmp_path):
    path = tmp_path / "table.csv"
    write(path, [("grid", 3, stored("grid", 3)), ("random", 0, stored("random", 0))])
    again = read(path)
    assert list(again) == [("grid", 3), ("random", 0)]
    assert again["grid", 3].trials == stored("grid", 3).trials


@pytest.mark.parametrize(("sampler", "repeat"), [("tpe", 0), ("grid", 5), ("grid", -1)])
def test_what_is_not_stored_is_refused(sampler, repeat):
    with pytest.raises(ValueError, match="must be"):
        stored(sampler, repeat)


# ---- played back --------------------------------------------------------------------------------


def test_stored_trials_come_one_by_one(exploration):
    assert exploration.words == "No trial yet: press Play."
    for count in range(1, 31):
        assert exploration.advance()
        assert exploration.shown == len(exploration.results) == count
        assert exploration.words.startswith(f"Trial {count} of 30: η = ")
    assert not exploration.advance()
    assert exploration.results.trials == stored("random", 0).trials


def test_words_say_what_was_tried_and_what_is_best(exploration):
    exploration.show(30)
    best = stored("random", 0).best
    assert f"Best so far: {best.value:.2%} in trial {best.number + 1}, η = " in exploration.words
    ends = {True: "complete", False: "given up after epoch"}
    for count, trial in enumerate(stored("random", 0).trials, start=1):
        exploration.show(count)
        assert ends[trial.state == "complete"] in exploration.words


def test_the_other_samplers_stay_as_far_as_they_were_seen(exploration):
    exploration.show(12)
    exploration.show(5)
    exploration.choose("grid", "stored", 0)
    assert exploration.shown == 0
    assert list(exploration.others) == ["random"]
    np.testing.assert_array_equal(exploration.others["random"], best_so_far("random")[0, :12])
    exploration.choose("grid", "stored", 1)
    assert exploration.others == {}


def test_importance_is_told_at_marks(exploration):
    exploration.show(9)
    assert exploration.importance == (0, {})
    exploration.show(14)
    mark, shares = exploration.importance
    assert mark == 10
    assert sum(shares.values()) == pytest.approx(1)
    exploration.show(30)
    mark, later = exploration.importance
    assert mark == 30
    assert later != shares and later["learning_rate"] > 0.5


def test_wrong_choices_are_refused(exploration):
    for choice in (("tpe", "stored", 0), ("grid", "remembered", 0), ("grid", "stored", 5)):
        with pytest.raises(ValueError, match="must be"):
            exploration.choose(*choice)
    with pytest.raises(ValueError, match="count must be between 0 and 30"):
        exploration.show(31)
    assert (exploration.sampler, exploration.source, exploration.repeat) == ("random", "stored", 0)


# ---- live ---------------------------------------------------------------------------------------


def test_live_trials_are_trained_kept_and_go_on(exploration, monkeypatch):
    trained = []
    whole = explore.DigitsObjective.__call__

    def counted(self, setting, report):
        trained.append(setting)
        return whole(self, setting, report)

    monkeypatch.setattr(explore.DigitsObjective, "__call__", counted)
    exploration.choose("random", "live", 0)
    exploration.show(10)
    assert exploration.shown == 0  # there are none yet
    assert exploration.advance() and exploration.advance()
    first = exploration.results.trials
    assert len(trained) == 2
    exploration.choose("grid", "live", 0)
    exploration.advance()
    exploration.choose("random", "live", 0)
    assert exploration.advance() and exploration.advance()
    assert exploration.results.trials == first  # seen again, not trained again
    assert len(trained) == 3
    assert exploration.advance()
    assert len(trained) == 4
    assert [t.settings for t in exploration.results.trials] == [trained[k] for k in (0, 1, 3)]
