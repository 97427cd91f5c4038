"""The sweep over learning rates: what is measured, and the threshold."""

import math

import numpy as np
import pytest

from nnbook import builtin_digits, train
from nnbook.explore.rates import LOOKS, OPTIMIZERS, RATES, Course, Sweep, Trial

DIGITS = builtin_digits()


def swept(trial):
    sweep = Sweep(trial, DIGITS)
    looks = list(sweep.run())
    return sweep, looks


@pytest.fixture(scope="module")
def sweep():
    return swept(Trial(steps=50))[0]


def test_each_rate_is_measured_at_ten_looks_from_the_same_start(sweep):
    assert [course.rate for course in sweep.courses] == list(RATES)
    assert len({course.costs[0] for course in sweep.courses}) == 1
    for course in sweep.courses:
        if math.isfinite(course.last):
            assert course.steps == list(range(0, 51, 5))
    assert sweep.complete


def test_a_course_is_what_training_gives(sweep):
    trial, rate = sweep.trial, 0.5
    network = trial.network(DIGITS)
    events = train(
        network,
        DIGITS.training,
        epochs=1,
        batch_size=10,
        optimizer=OPTIMIZERS[trial.optimizer](rate),
        rng=np.random.default_rng(0),
    )
    for _ in range(50):
        next(events)
    (course,) = [course for course in sweep.courses if course.rate == rate]
    assert course.last == pytest.approx(network.evaluate(sweep.sample).cost)


def test_too_small_and_too_large_cost_more_than_the_best(sweep):
    best = sweep.best
    assert best.last < 0.7 * sweep.courses[0].last
    assert best.last < 0.7 * sweep.courses[-1].last
    assert sweep.threshold is not None and best.rate <= sweep.threshold < 100


def test_the_threshold_by_hand():
    sweep = Sweep(Trial(), DIGITS)
    assert sweep.threshold is None and sweep.best is None and not sweep.complete
    for rate, costs in ((0.1, [3, 2.9, 2.8]), (0.2, [3, 2, 1]), (0.5, [3, 3.5, 1]), (1, [3, 2, 2])):
        course = Course(rate)
        for step, cost in enumerate(costs):
            course.add(step, cost)
        sweep.courses.append(course)
    assert sweep.threshold == 0.2  # 1 falls again, but 0.5 in between does not
    assert sweep.best.rate == 0.2
    assert not Course(1.0, [0], [3.0]).falls


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer_and_size(optimizer):
    result, looks = swept(Trial(hidden=0, optimizer=optimizer, steps=10, batch_size=1))
    assert result.complete and len(looks) <= len(RATES) * LOOKS


def test_more_steps_than_an_epoch_has():
    sweep = Sweep(Trial(hidden=0, steps=10, batch_size=len(DIGITS.training)), DIGITS)
    looks = sweep.run()
    while len(sweep.courses) < 2:
        next(looks)
    assert sweep.courses[0].steps[-1] == 10


def test_a_divergence_ends_its_course_only(monkeypatch):
    from nnbook.explore import rates
    from nnbook.training import Diverged

    def broken(network, data, **settings):
        if settings["optimizer"].learning_rate > 1:
            raise Diverged("too large")
        yield from train(network, data, **settings)

    monkeypatch.setattr(rates, "train", broken)
    result, _ = swept(Trial(hidden=0, steps=10))
    assert math.isinf(result.courses[-1].last)
    assert math.isfinite(result.best.last)
    assert result.complete


@pytest.mark.usefixtures("plain_arguments")
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"hidden": -1}, "hidden must be between 0"),
        ({"cost": "surprise"}, "cost must be one of"),
        ({"batch_size": 0}, "batch_size must be at least 1"),
        ({"steps": 5}, "steps must be at least 10"),
        ({"optimizer": "SGD"}, "optimizer must be one of"),
    ],
)
def test_wrong_settings_are_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        Trial(**wrong)


def test_a_mini_batch_larger_than_the_data_is_refused():
    with pytest.raises(ValueError, match="at most the 1,297 training images"):
        Sweep(Trial(batch_size=5000), DIGITS)
