"""Schedules and stopping rules: fed with made-up epochs, then in a real training."""

import math

import numpy as np
import pytest

from nnbook import (
    SGD,
    Constant,
    Cosine,
    Dataset,
    Halving,
    Network,
    NoImprovement,
    StepDecay,
    Target,
    fit,
    train,
)
from nnbook.events import Epoch, Score, Step

pytestmark = pytest.mark.usefixtures("plain_arguments")


def epochs(*accuracies):
    return [
        Epoch(n, 0.0, 0.0, {"validation": Score(1.0, value, 10)})
        for n, value in enumerate(accuracies, start=1)
    ]


def test_no_improvement():
    rule = NoImprovement(3)
    answers = [rule(event) for event in epochs(0.5, 0.6, 0.6, 0.59, 0.61, 0.61, 0.60, 0.61, 0.7)]
    assert answers == [False] * 7 + [True, False]


def test_no_improvement_in_the_first_epochs_counts_from_the_first():
    assert [NoImprovement(1)(event) for event in epochs(0.1)] == [False]
    rule = NoImprovement(1)
    assert [rule(event) for event in epochs(0.1, 0.1)] == [False, True]


def test_target():
    rule = Target(0.9)
    assert [rule(event) for event in epochs(0.8, 0.89, 0.9, 0.7)] == [False, False, True, False]


def test_a_set_that_was_not_monitored_is_named_in_a_loop_too():
    for rule in (NoImprovement(2, "test"), Target(0.5, "test"), Halving(2, "test")):
        with pytest.raises(ValueError, match=r"data sets \('validation'\), but it is 'test'"):
            rule(epochs(0.5)[0])


def test_rules_ignore_steps():
    step = Step(1, 1, 5, 1, 0.3)
    assert NoImprovement(1)(step) is False
    schedule = StepDecay(1)
    assert [schedule(step), schedule(epochs(0.5)[0]), schedule(step)] == [1, 0.5, 0.5]


def test_halving_down_to_its_floor():
    schedule = Halving(2, floor=1 / 4)
    factors = [schedule(event) for event in epochs(0.5, 0.4, 0.5, 0.6, 0.6, 0.6)]
    assert factors == [1, 1, 1 / 2, 1 / 2, 1 / 2, 1 / 4]
    assert schedule.finished
    schedule.start()
    assert not schedule.finished and schedule.factor == 1


def test_halving_of_the_book_ends_at_one_128th():
    schedule, halvings = Halving(1), 0
    for event in epochs(*[0.5] * 20):
        schedule(event)
        halvings += 1
        if schedule.finished:
            break
    assert schedule.factor == 1 / 128 and halvings == 8  # the first epoch is the best, then 7


def test_step_decay_and_cosine_and_constant():
    decay, cosine, constant = StepDecay(2, 0.1), Cosine(4), Constant()
    events = epochs(0.1, 0.2, 0.3, 0.4, 0.5)
    np.testing.assert_allclose([decay(e) for e in events], [1, 0.1, 0.1, 0.01, 0.01])
    wave = [(1 + math.cos(math.pi * n / 4)) / 2 for n in (1, 2, 3, 4)]
    np.testing.assert_allclose([cosine(e) for e in events], [*wave, 0])
    assert cosine.finished
    assert [constant(e) for e in events] == [1] * 5 and not constant.finished


DATA = Dataset(np.random.default_rng(0).random((60, 6)), np.arange(60) % 3, classes=3)


def run(**rules):
    network = Network([6, 4, 3])
    how = {"epochs": 12, "batch_size": 20, "optimizer": SGD(0.5), "rng": 1, "progress": False}
    return fit(network, DATA, **how, monitor={"validation": DATA}, **rules), network


def test_fit_stops_when_told():
    history, _ = run(stopping=Target(0.01))
    assert len(history) == 1
    history, _ = run(schedule=StepDecay(1, 0.5), stopping=None)
    assert len(history) == 12


def test_fit_stops_when_the_schedule_is_finished():
    rule = Halving(1, floor=1 / 2)
    history, _ = run(schedule=rule)
    accuracies = history.accuracy("validation")
    first = next(n for n in range(1, 12) if accuracies[n] <= max(accuracies[:n]))
    assert len(history) == first + 1


def test_fit_with_a_schedule_is_the_loop_with_a_schedule():
    _, fitted = run(schedule=StepDecay(3, 0.1))
    schedule, network = StepDecay(3, 0.1), Network([6, 4, 3])
    training = train(network, DATA, epochs=12, batch_size=20, optimizer=SGD(0.5), rng=1)
    for event in training:
        training.optimizer.learning_rate = 0.5 * schedule(event)
    np.testing.assert_array_equal(network.parameters, fitted.parameters)
    _, plain = run()
    assert np.abs(plain.parameters - fitted.parameters).max() > 1e-3


def test_a_rule_can_serve_two_runs():
    rule = NoImprovement(2)
    assert len(run(stopping=rule)[0]) == len(run(stopping=rule)[0])


def test_the_optimizer_given_stays_as_it_was():
    optimizer = SGD(0.5)
    fit(
        Network([6, 4, 3]), DATA, epochs=3, batch_size=20, optimizer=optimizer, rng=1,
        schedule=StepDecay(1), progress=False,
    )  # fmt: skip
    assert optimizer.learning_rate == 0.5


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: NoImprovement(0), ValueError, "patience must be at least 1"),
        (lambda: NoImprovement(3, 5), TypeError, "watched must be a str"),
        (lambda: Target(0), ValueError, "accuracy must be greater than 0"),
        (lambda: Target(96), ValueError, "accuracy must be a share, at most 1"),
        (lambda: Halving(3, floor=1), ValueError, "floor must be less than 1"),
        (lambda: StepDecay(0), ValueError, "every must be at least 1"),
        (lambda: StepDecay(1, 2.0), ValueError, "factor must be at most 1"),
        (lambda: Cosine(0), ValueError, "epochs must be at least 1"),
        (lambda: run(stopping=Target(0.5, "test")), ValueError, "watched must be one of the monit"),
        (
            lambda: run(schedule=Halving(2, "test")),
            ValueError,
            r"the monitored data sets \('validation'\)",
        ),
        (lambda: run(stopping=0.9), TypeError, "stopping must be a StoppingRule, such as NoImpr"),
        (lambda: run(schedule=0.9), TypeError, "schedule must be a Schedule, such as Halving"),
    ],
)
def test_wrong_arguments(make, error, message):
    with pytest.raises(error, match=message):
        make()


def test_targets_that_are_no_classes_cannot_be_watched():
    numbers = Dataset(
        np.random.default_rng(0).random((9, 2)), np.random.default_rng(1).random((9, 2))
    )
    with pytest.raises(ValueError, match="watched must have classes as targets"):
        fit(
            Network([2, 2]), numbers, epochs=2, batch_size=3, optimizer=SGD(0.1), rng=0,
            monitor={"validation": numbers}, stopping=NoImprovement(2), progress=False,
        )  # fmt: skip
