"""Settings are checked in words and turned into code; runs are compared."""

import contextlib
import io
from dataclasses import replace

import numpy as np
import pytest

from nnbook import Digits, builtin_digits
from nnbook.explore.lab_code import as_code
from nnbook.explore.runs import FIRST, Comparison, Curve, Run, highest_cost
from nnbook.explore.settings import Settings, hidden_layers, start

DIGITS = builtin_digits()
SMALL = Settings(hidden=(8,), epochs=2, training_size=60)


def drained(run: Run) -> Run:
    for event in run.events:
        run.add(event)
    return run


@pytest.mark.parametrize(
    ("text", "widths"),
    [
        ("30", (30,)),
        ("30, 20", (30, 20)),
        (" 30,20 ", (30, 20)),
        ("30 20", (30, 20)),
        ("30，20", (30, 20)),
        ("[30, 20]", (30, 20)),
        ("", ()),
        ("none", ()),
    ],
)
def test_hidden_layers_are_read(text, widths):
    assert hidden_layers(text) == widths


@pytest.mark.parametrize("text", ["thirty", "30.5", "-3", "0", "30, x", "1001", "３０", "9" * 5000])
def test_hidden_layers_that_cannot_be_read(text):
    with pytest.raises(ValueError, match="Hidden layers must be whole numbers"):
        hidden_layers(text)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"learning_rate": 0.0}, "Learning rate η must be greater than 0"),
        ({"learning_rate": float("nan")}, "Learning rate η must be a finite number"),
        ({"batch_size": 0}, "Mini-batch size m must be at least 1"),
        ({"batch_size": 61}, "Mini-batch size m is 61, but there are only 60 training images"),
        ({"epochs": 0}, "Epochs must be between 1 and 1000"),
        ({"training_size": 10**6}, "Training images must be between 1 and"),
        ({"seed": -1}, "Seed must be at least 0"),
        ({"lambda_": -0.1}, "Regularization λ must be 0 or greater"),
        ({"penalty": "L3"}, "Penalty must be one of 'L2', 'L1'"),
        ({"dropout": 0.99}, "Dropout p must be between 0 and 0.95"),
        ({"hidden": (5,) * 9}, "Hidden layers can be at most 8"),
        ({"cost": "log-likelihood"}, "LogLikelihood does not fit an output layer of sigmoid"),
        ({"cost": "cross-entropy", "outputs": "linear"}, "CrossEntropy does not fit"),
        ({"cost": "guess"}, "Cost must be one of"),
        ({"activation": "step"}, "Hidden activation must be one of"),
        ({"maps": (2,) * 4}, "Feature maps can be numbers for at most 3 convolutions here"),
        ({"maps": (65,)}, "number of feature maps of a convolution must be"),
        ({"maps": (2,), "kernel": 4}, "makes maps of 25 × 25, and 25 is odd"),
        ({"maps": (2,) * 3, "kernel": 11, "pooling": "none"}, "convolution 3 gets images of 8 × 8"),
        ({"maps": (2,), "pooling": "l3"}, "Pooling 2 × 2 must be one of"),
    ],
)
def test_settings_that_cannot_be_run(change, words):
    with pytest.raises(ValueError, match=words):
        Run(1, replace(SMALL, **change), DIGITS)


VARIANTS = [
    SMALL,
    replace(SMALL, hidden=(), seed=3),
    replace(SMALL, hidden=(8, 6), learning_rate=0.025, batch_size=7),
    replace(SMALL, cost="cross-entropy", lambda_=0.1, initializer="scaled"),
    replace(SMALL, cost="log-likelihood", outputs="softmax", activation="relu", initializer="he"),
    replace(SMALL, hidden=(), outputs="softmax", cost="log-likelihood", learning_rate=0.1),
    replace(SMALL, activation="linear", outputs="linear", learning_rate=0.01, initializer="glorot"),
    replace(SMALL, training_size=len(DIGITS.training)),
    replace(SMALL, penalty="L1", lambda_=0.2, hidden=(8, 6), dropout=0.25),
    replace(SMALL, maps=(3, 2), hidden=(6,), initializer="scaled", dropout=0.1),
    replace(SMALL, maps=(3,), hidden=(), kernel=4, pooling="none", activation="tanh"),
    replace(SMALL, maps=(2,), kernel=3, pooling="average", activation="relu"),
]


@pytest.mark.parametrize("settings", VARIANTS, ids=range(len(VARIANTS)))
def test_the_code_gives_the_same_run_to_the_last_bit(settings):
    run = drained(Run(1, settings, DIGITS))
    space: dict = {}
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(as_code(settings, DIGITS), space)
    assert np.array_equal(space["network"].parameters, run.network.parameters)
    assert space["history"].step_costs == run.history.step_costs
    for part in ("training", "validation"):
        assert space["history"].accuracy(part) == run.history.accuracy(part)
        assert space["history"].cost(part) == pytest.approx(run.history.cost(part), rel=1e-12)
    assert f"{run.best[1]:.2%} in epoch {run.best[0]} (built-in digits)" in printed.getvalue()


def test_other_settings_give_other_weights():
    one, two = (drained(Run(1, replace(SMALL, seed=s), DIGITS)) for s in (0, 1))
    assert not np.array_equal(one.network.parameters, two.network.parameters)


def test_the_code_for_a_readers_own_data_uses_the_variable():
    own = Digits("my digits", DIGITS.training, DIGITS.validation, DIGITS.test)
    code = as_code(SMALL, own)
    assert "load_mnist" not in code and "# digits: your own data, my digits" in code
    space = {"digits": own}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(code, space)
    assert len(space["history"]) == 2


def test_a_convolutional_run_says_its_layers_and_starts_small():
    settings = start(9, DIGITS)
    assert settings.maps == (20,) and settings.training_size == len(DIGITS.training)
    assert start(6, DIGITS) == Settings(training_size=len(DIGITS.training))
    run = Run(1, replace(settings, maps=(4, 3), training_size=100), DIGITS)
    assert run.architecture == "C4@5x5-P2-C3@5x5-P2-100-10"
    assert [layer.output_shape for layer in run.network.layers][5] == (4, 4, 3)
    assert hidden_layers("20, 40", "maps") == (20, 40)
    with pytest.raises(ValueError, match="Feature maps must be whole numbers from 1 to 64"):
        hidden_layers("20 x", "maps")


def test_a_run_knows_where_it_is():
    run = Run(1, SMALL, DIGITS)
    assert (run.progress, run.best, run.complete, run.batches) == (0, None, False, 6)
    for _ in range(3):
        run.add(next(run.events))
    assert run.progress == 0.5 and run.curves("accuracy") == []
    drained(run)
    assert run.complete and run.progress == 2 and run.seconds > 0
    epoch, accuracy = run.best
    assert run.history.accuracy("validation")[epoch - 1] == accuracy
    assert run.network.history is run.history


def test_minibatch_costs_are_means_at_their_places():
    run = drained(Run(1, replace(SMALL, training_size=1000, batch_size=5), DIGITS))
    x, y = run.minibatch_costs()  # 200 mini-batches an epoch: ten in each piece
    assert len(x) == len(y) == 40
    assert y[3] == pytest.approx(np.mean(run.history.step_costs[30:40]))
    assert x[0] == pytest.approx(0.025) and x[-1] == pytest.approx(1.975)


def test_comparison_finds_what_differs_and_what_is_best():
    runs = Comparison()
    for change in ({}, {"learning_rate": 0.001}, {"seed": 4}):
        drained(runs.start(replace(SMALL, **change), DIGITS)).state = "finished"
    assert runs.differing() == ["learning_rate", "seed"]
    assert runs.best() is max(runs.runs, key=lambda run: run.best[1])
    assert [run.number for run in runs.ghosts()] == [1, 2]
    kinds = [(c.kind, c.run, c.faded) for c in runs.curves("cost")]
    assert kinds == [
        ("training", 1, True),
        ("validation", 1, True),
        ("training", 2, True),
        ("validation", 2, True),
        ("mini-batches", 3, False),
        ("training", 3, False),
        ("validation", 3, False),
    ]
    runs.forget_current()
    assert len(runs.ghosts()) == 3
    runs.clear()
    assert runs.runs == [] and runs.best() is None and runs.curves("cost") == []


def test_clearing_keeps_a_run_that_goes_on():
    runs = Comparison()
    drained(runs.start(SMALL, DIGITS)).state = "finished"
    runs.start(SMALL, DIGITS).state = "training"
    runs.clear()
    assert [run.number for run in runs.runs] == [2]


def test_costs_of_different_functions_are_not_drawn_together():
    runs = Comparison()
    drained(runs.start(SMALL, DIGITS))
    drained(runs.start(replace(SMALL, cost="cross-entropy"), DIGITS))
    assert {curve.run for curve in runs.curves("cost")} == {2}
    assert {curve.run for curve in runs.curves("accuracy")} == {1, 2}


def test_a_refused_run_leaves_no_trace():
    runs = Comparison()
    with pytest.raises(ValueError, match="Mini-batch"):
        runs.start(replace(SMALL, batch_size=1000), DIGITS)
    assert runs.runs == [] and runs.current is None
    assert runs.start(SMALL, DIGITS).number == 1


def test_the_first_costs_do_not_set_the_axis():
    curve = Curve("mini-batches", 1, [FIRST / 2, FIRST, 1.0], [9.0, 2.0, float("nan")])
    assert highest_cost([curve]) == 2.0
    assert highest_cost([Curve("mini-batches", 1, [FIRST / 2], [9.0])]) == 9.0
    assert highest_cost([]) == 1.0
