"""Searching for hyper-parameters: ranges, samplers, pruning, results, arguments."""

import math

import numpy as np
import optuna
import pytest

from nnbook import builtin_digits
from nnbook.search import Between, DigitsObjective, OneOf, Results, Study, Trial, Whole, search
from nnbook.search import study as study_module
from nnbook.search.space import grid

SPACE = {"x": Between(-1, 1, points=5), "m": Whole(1, 100, log=True), "c": OneOf("a", "b")}
SAMPLERS = ("grid", "random", "bayesian")
EPOCHS = 4


def reached(setting):
    return 1 - (setting["x"] - 0.3) ** 2 - 0.1 * math.log10(setting["m"]) - (setting["c"] == "a")


def objective(setting, report):
    for epoch in range(1, EPOCHS + 1):
        report(epoch, reached(setting) * epoch / EPOCHS)
    return reached(setting)


def quietly(n_trials=12, **more):
    return search(objective, SPACE, n_trials=n_trials, progress=False, **more)


def facts(results):
    return [(t.number, t.settings, t.value, t.state, t.curve) for t in results.trials]


# ---- ranges -------------------------------------------------------------------------------------


def test_the_points_of_a_grid_are_spread_with_both_ends():
    assert Between(0, 1, points=3).grid() == [0, 0.5, 1]
    assert Between(0.01, 10, log=True, points=4).grid() == [0.01, 0.1, 1, 10]
    assert Whole(1, 100, log=True, points=3).grid() == [1, 10, 100]
    assert Whole(1, 3, points=5).grid() == [1, 2, 3]  # 1.5 and 2.5 are no whole numbers
    assert OneOf("relu", "tanh").grid() == ["relu", "tanh"]


def test_a_grid_has_every_combination_once_in_an_order_of_its_own():
    points = grid(SPACE, seed=0)
    assert len(points) == 5 * 3 * 2 == len({tuple(point.values()) for point in points})
    other = grid(SPACE, seed=1)
    assert points != other
    assert sorted(map(str, points)) == sorted(map(str, other))


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: Between(1, 1), ValueError, "low must be below high"),
        (lambda: Between("0", 1), TypeError, "low must be a number"),
        (lambda: Between(0, 1, log=True), ValueError, "greater than 0 where log=True"),
        (lambda: Between(0, math.inf), ValueError, "high must be a finite number"),
        (lambda: Between(-1.5e308, 1.5e308), ValueError, "must be a finite number"),
        (lambda: Between(0, 1, points=1), ValueError, "points must be between 2 and 1000"),
        (lambda: Between(0, 1, log=1), TypeError, "log must be a bool"),
        (lambda: Whole(0.5, 2), TypeError, "low must be a whole number"),
        (lambda: Whole(0, 8, log=True), ValueError, "greater than 0 where log=True"),
        (lambda: OneOf(), ValueError, "different values, at least one"),
        (lambda: OneOf(1, 1), ValueError, "different values"),
        (lambda: OneOf([1]), TypeError, "each value of OneOf must be a text or a number"),
    ],
)
def test_wrong_ranges_are_refused(make, error, words, plain_arguments):
    with pytest.raises(error, match=words):
        make()


# ---- samplers -----------------------------------------------------------------------------------


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_exactly_n_trials_within_the_ranges_the_same_for_the_same_seed(sampler):
    found = quietly(sampler=sampler, seed=4)
    assert [trial.number for trial in found.trials] == list(range(12))
    for trial in found.trials:
        assert -1 <= trial.settings["x"] <= 1
        assert 1 <= trial.settings["m"] <= 100 and isinstance(trial.settings["m"], int)
        assert trial.settings["c"] in ("a", "b")
    assert facts(quietly(sampler=sampler, seed=4)) == facts(found)
    assert facts(quietly(sampler=sampler, seed=5)) != facts(found)


def test_grid_tries_the_points_of_the_grid():
    found = quietly(30, sampler="grid")
    assert [trial.settings for trial in found.trials] == grid(SPACE, seed=0)


def test_bayesian_begins_like_random_and_then_does_better():
    bayesian = [quietly(40, sampler="bayesian", seed=seed, prune=False) for seed in range(3)]
    random = [quietly(40, sampler="random", seed=seed, prune=False) for seed in range(3)]
    for ours, theirs in zip(bayesian, random, strict=True):
        assert facts(ours)[:10] == facts(theirs)[:10]
        assert facts(ours)[10] != facts(theirs)[10]
    late = [[np.mean(found.values[20:]) for found in several] for several in (bayesian, random)]
    assert min(late[0]) > max(late[1])


# ---- pruning ------------------------------------------------------------------------------------


def test_a_trial_is_pruned_where_optuna_prunes_it():
    """Optuna's own pruner, asked after each report, gives up the same trials at the same epoch."""
    pruner = optuna.pruners.PercentilePruner(75.0, n_startup_trials=5, n_warmup_steps=2)
    theirs = optuna.create_study(direction="maximize", pruner=pruner)
    ours = quietly(30)
    for trial in ours.trials:
        asked, state = theirs.ask(), None
        for epoch in range(1, EPOCHS + 1):
            asked.report(reached(trial.settings) * epoch / EPOCHS, epoch)
            if asked.should_prune():
                state = optuna.trial.TrialState.PRUNED
                break
        theirs.tell(asked, None if state else reached(trial.settings), state=state)
        assert (trial.epochs, trial.state == "pruned") == (epoch, state is not None)
    states = [trial.state for trial in ours.trials]
    assert 5 <= states.count("pruned") <= 20
    assert "pruned" not in states[:5]


def test_a_pruned_trial_ends_at_once_and_keeps_what_it_had():
    seen = []

    def watched(setting, report):
        seen.append(0)
        for epoch in range(1, EPOCHS + 1):
            report(epoch, reached(setting) + epoch / 100)
            seen[-1] = epoch
        return reached(setting)

    found = search(watched, SPACE, n_trials=20, progress=False)
    pruned = [trial for trial in found.trials if trial.state == "pruned"]
    assert pruned
    for trial in pruned:
        assert trial.epochs == 2  # the first epoch is free, the second one judges
        assert seen[trial.number] == 1
        assert trial.value == trial.curve[2] == reached(trial.settings) + 0.02


def test_without_prune_all_are_complete():
    assert {trial.state for trial in quietly(20, prune=False).trials} == {"complete"}


@pytest.mark.parametrize(
    ("reports", "words"),
    [
        ([(1, 0.5), (1, 0.6)], "epoch 1 after epoch 1: epochs must rise"),
        ([(0, 0.5)], "epoch must be at least 1"),
        ([(1, math.nan)], "value must be a finite number"),
    ],
)
def test_wrong_reports_are_refused(reports, words):
    def wrong(setting, report):
        for epoch, value in reports:
            report(epoch, value)

    with pytest.raises(ValueError, match=words):
        search(wrong, SPACE, progress=False)


@pytest.mark.parametrize("value", [math.nan, None, "0.9"])
def test_what_is_returned_must_be_a_number(value):
    with pytest.raises((TypeError, ValueError), match="what objective returns must be a"):
        search(lambda setting, report: value, SPACE, progress=False)


def test_an_error_of_the_objective_is_raised_and_says_where():
    def wrong(setting, report):
        if setting["m"] > 10:
            raise KeyError("mini-batch")
        return 0.5

    with pytest.raises(KeyError, match="mini-batch") as caught:
        search(wrong, {"m": Whole(1, 100)}, progress=False)
    (note,) = caught.value.__notes__
    assert note.startswith("This was trial ") and "{'m': " in note


# ---- results ------------------------------------------------------------------------------------


@pytest.fixture
def few():
    trials = [
        Trial(1, {"x": 0.123456, "c": "a"}, 0.75, "complete", {1: 0.5, 2: 0.75}),
        Trial(0, {"x": 1.0, "c": "b"}, 0.5, "complete", {1: 0.4, 2: 0.5}),
        Trial(2, {"x": 0.25, "c": "b"}, 0.25, "pruned", {1: 0.25}),
        Trial(3, {"x": 0.5, "c": "b"}, 0.75, "complete"),
    ]
    return Results({"x": Between(0.1, 1, log=True), "c": OneOf("a", "b")}, trials, "random, seed 3")


def test_results_are_in_order_and_the_table_has_the_best_first(few):
    assert few.values.tolist() == [0.5, 0.75, 0.25, 0.75]
    assert few.best_so_far.tolist() == [0.5, 0.75, 0.75, 0.75]
    assert few.best.number == 1
    assert few.settings["x"].tolist() == [1.0, 0.123456, 0.25, 0.5]
    assert few.settings["c"].tolist() == ["b", "a", "b", "b"]
    assert few.log == {"x"}
    assert len(few) == 4
    assert repr(few.table(first=2)).splitlines() == [
        "trial  x       c  value   epochs  state",
        "1      0.1235  a  0.7500  2       complete",
        "3      0.5     b  0.7500  0       complete",
        "random, seed 3: 4 trials, 3 complete, 1 pruned; the other 2 are not shown.",
    ]
    assert repr(few).endswith("1 pruned.") and "2      0.25    b  0.2500  1       pruned" in repr(
        few
    )
    assert few._repr_html_().count("<tr>") == 5


def test_importance_tells_what_matters_from_what_does_not():
    space = {"x": Between(-1, 1), "idle": Between(-1, 1), "slight": Between(-1, 1)}
    found = search(
        lambda setting, report: -(setting["x"] ** 2) + 0.2 * setting["slight"],
        space,
        n_trials=25,
        progress=False,
    )
    shares = found.importance()
    assert list(shares) == ["x", "idle", "slight"]
    assert sum(shares.values()) == pytest.approx(1)
    assert shares["x"] > 0.6 > shares["slight"] > shares["idle"]
    assert found.importance() == shares


def test_importance_of_what_never_changed_is_nothing():
    trials = [Trial(k, {"x": k / 10, "m": 8}, k**2, "complete") for k in range(8)]
    assert Results({"x": Between(0, 1), "m": Whole(4, 9)}, trials).importance() == {"x": 1, "m": 0}


def test_what_cannot_be_told_is_said(few):
    with pytest.raises(ValueError, match="at least 4 finished trials, but there are 3"):
        Results(few.space, few.trials[:3]).importance()
    with pytest.raises(ValueError, match="all trials gave the same"):
        same = [Trial(k, {"x": k / 10 + 0.1}, 0.5, "complete") for k in range(4)]
        Results({"x": Between(0.1, 1)}, same).importance()
    empty = Results(few.space, [])
    with pytest.raises(ValueError, match="No trial is finished yet"):
        _ = empty.best
    assert empty.best_so_far.tolist() == []
    assert "0 trials" in repr(empty)


@pytest.mark.parametrize("work", [lambda found: quietly(5), lambda found: found.importance()])
def test_optuna_does_not_chatter(work, capfd):
    found = quietly(5)
    optuna.logging.set_verbosity(optuna.logging.INFO)
    work(found)
    assert capfd.readouterr() == ("", "")


# ---- arguments and progress ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"space": {}}, ValueError, "space must name at least one hyper-parameter"),
        ({"space": [Between(0, 1)]}, TypeError, "space must be a Mapping"),
        ({"space": {"x": (0, 1)}}, TypeError, r"space\['x'\] must be Between\(low, high\)"),
        ({"space": {3: Between(0, 1)}}, TypeError, "one is 3"),
        ({"objective": 0.9}, TypeError, "objective must be a function"),
        ({"n_trials": 0}, ValueError, "n_trials must be at least 1"),
        ({"n_trials": 31, "sampler": "grid"}, ValueError, "at most 30, the points of this grid"),
        ({"sampler": "tpe"}, ValueError, "one of 'grid', 'random', 'bayesian', but it is 'tpe'"),
        ({"seed": -1}, ValueError, "seed must be at least 0"),
        ({"prune": 1}, TypeError, "prune must be a bool"),
        ({"workers": 0}, ValueError, "workers must be at least 1"),
        ({"client": "tcp://here"}, TypeError, "client must be a dask.distributed.Client"),
        ({"client": "tcp://here", "workers": 2}, ValueError, "workers must be left out"),
    ],
)
def test_wrong_arguments_are_refused_before_anything_runs(arguments, error, words, plain_arguments):
    def never(setting, report):
        pytest.fail("a trial ran")

    whole = {"objective": never, "space": SPACE, "progress": False} | arguments
    with pytest.raises(error, match=words):
        search(**whole)


def test_the_bar_counts_finished_trials(monkeypatch):
    counted = []

    class Bar:
        def __init__(self, total, label, shown):
            counted.append((total, label, shown))

        def advance(self, n=1):
            counted.append(n)

        def __enter__(self):
            return self

        def __exit__(self, *_):
            counted.append("end")

    monkeypatch.setattr(study_module, "Progress", Bar)
    search(objective, SPACE, n_trials=3)
    assert counted == [(3, "searching", True), 0, 1, 1, 1, "end"]


def test_trials_come_one_by_one_and_a_study_goes_on():
    study = Study(SPACE, seed=1)
    trials = study.run(objective, 8)
    assert [next(trials).number for _ in range(3)] == [0, 1, 2]
    trials.close()
    assert len(study.results) == 3
    assert [trial.number for trial in study.run(objective, 8)] == [3, 4, 5, 6, 7]
    assert facts(study.results) == facts(quietly(8, seed=1))
    assert list(study.run(objective, 8)) == []


# ---- the study of chapter 06 --------------------------------------------------------------------


def test_the_ready_made_objective_trains_and_reports_each_epoch():
    digits = builtin_digits()
    train = DigitsObjective(digits, images=300, epochs=3, judged=100, seed=1)
    curve = {}
    setting = {"learning_rate": 0.5, "lambda_": 0.1, "batch_size": 10}
    value = train(setting, curve.__setitem__)
    assert list(curve) == [1, 2, 3]
    assert value == curve[3] > 0.5
    assert value == train(setting, lambda epoch, value: None)
    assert len(train.training) == 300 and len(train.validation) == 100


def test_a_diverging_training_is_a_bad_trial_and_no_error():
    train = DigitsObjective(builtin_digits(), images=100, epochs=2, judged=100)
    with np.errstate(all="ignore"):
        value = train(
            {"learning_rate": 1e30, "lambda_": 10.0, "batch_size": 10}, lambda epoch, value: None
        )
    assert 0 <= value < 0.5
