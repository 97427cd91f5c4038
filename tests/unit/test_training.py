"""Training: events, determinism, stopping, interruption, divergence, wrong arguments."""

import math
import os
import signal
import threading
import time

import numpy as np
import pytest

from nnbook import (
    L2,
    SGD,
    CrossEntropy,
    Dataset,
    Diverged,
    Epoch,
    Network,
    Step,
    builtin_digits,
    fit,
    linear,
    train,
)

RNG = np.random.default_rng(0)
DATA = Dataset(RNG.random((23, 4)), RNG.integers(0, 3, 23), classes=3, name="23 points")
USUAL = {"epochs": 2, "batch_size": 5, "optimizer": SGD(0.5)}


def network(**settings):
    return Network([4, 6, 3], rng=0, **settings)


def test_events_come_in_order_with_a_short_last_batch():
    events = list(train(network(), DATA, rng=0, monitor={"all": DATA, "some": DATA[:5]}, **USUAL))
    kinds = [type(event) for event in events]
    assert kinds == ([Step] * 5 + [Epoch]) * 2  # 23 = 4 × 5 + 3
    steps = [event for event in events if isinstance(event, Step)]
    assert [(s.epoch, s.batch, s.batches, s.step) for s in steps] == [
        (1 + n // 5, 1 + n % 5, 5, 1 + n) for n in range(10)
    ]
    assert events[-1].scores["some"].n == 5
    assert events[-1].epoch == 2 and events[-1].seconds > 0 and events[-1].penalty == 0


def test_every_example_is_used_once_an_epoch():
    seen = []

    class Watched(Dataset):
        def batch(self, index, dtype=np.float32):
            if not isinstance(index, slice):
                seen.extend(np.asarray(index).tolist())
            return super().batch(index, dtype)

    data = Watched(np.zeros((23, 4)), np.zeros(23, int), classes=3)
    list(train(network(), data, rng=0, **USUAL))
    assert sorted(seen[:23]) == sorted(seen[23:]) == list(range(23))
    assert seen[:23] != seen[23:] != list(range(23))


def test_the_cost_of_a_step_is_the_mean_before_it():
    net = network(cost=CrossEntropy())
    x, y = DATA.batch(slice(None))
    before = float(net.cost(net.predict(x), y).mean())
    step = next(iter(train(net, DATA, epochs=1, batch_size=23, optimizer=SGD(0.5), rng=0)))
    assert step.cost == pytest.approx(before, rel=1e-5)


def test_weight_decay_is_in_the_step_and_in_the_penalty():
    plain, decayed = network(dtype=np.float64), network(dtype=np.float64)
    start = plain.weights.copy()
    settings = {"epochs": 1, "batch_size": 23, "optimizer": SGD(0.5), "rng": 0}
    list(train(plain, DATA, **settings))
    *_, epoch = train(decayed, DATA, regularizer=L2(2.0), **settings)
    np.testing.assert_allclose(plain.weights - decayed.weights, 0.5 * 2.0 / 23 * start, rtol=1e-9)
    np.testing.assert_allclose(plain.biases, decayed.biases)
    assert epoch.penalty == pytest.approx(2.0 / 46 * (decayed.weights**2).sum())


def test_the_same_seed_gives_the_same_weights_bit_for_bit():
    first, second, other = network(), network(), network()
    for net, seed in ((first, 1), (second, 1), (other, 2)):
        fit(net, DATA, rng=seed, progress=False, **USUAL)
    np.testing.assert_array_equal(first.parameters, second.parameters)
    assert not np.array_equal(first.parameters, other.parameters)


def test_it_learns_the_built_in_digits():
    digits = builtin_digits()
    net = Network([784, 30, 10], rng=0)
    settings = {"epochs": 15, "batch_size": 10, "optimizer": SGD(3.0), "rng": 0}
    history = fit(net, digits.training, monitor={"test": digits.test}, progress=False, **settings)
    assert history.best("test")[1] > 0.8
    assert len(history) == 15 and len(history.step_costs) == 15 * math.ceil(
        len(digits.training) / 10
    )
    assert history.names == ["test"] and history.epochs == list(range(1, 16))
    assert np.mean(history.step_costs[-50:]) < 0.5 * np.mean(history.step_costs[:50])
    assert digits.training.name in repr(history)
    assert net.history is history


def test_stopping_is_no_longer_asking():
    net = network()
    for event in train(net, DATA, epochs=10**6, batch_size=5, optimizer=SGD(0.5), rng=0):
        if event == 7 or (isinstance(event, Step) and event.step == 7):
            break
    kept = net.parameters.copy()
    time.sleep(0.01)
    np.testing.assert_array_equal(net.parameters, kept)


@pytest.mark.skipif(os.name == "nt", reason="signals are sent differently on Windows")
def test_ctrl_c_keeps_what_was_learned_and_is_raised_again():
    net = network()
    before = signal.getsignal(signal.SIGINT)
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        fit(net, DATA, epochs=10**6, batch_size=5, optimizer=SGD(0.5), rng=0, progress=False)
    assert len(net.history.step_costs) > 10
    assert signal.getsignal(signal.SIGINT) is before
    replay = network()
    steps = 0
    for event in train(replay, DATA, epochs=10**6, batch_size=5, optimizer=SGD(0.5), rng=0):
        steps += isinstance(event, Step)
        if steps == len(net.history.step_costs):
            break
    np.testing.assert_array_equal(net.parameters, replay.parameters)  # no half-made step


def test_fit_in_another_thread_leaves_signals_alone():
    net, done = network(), []
    thread = threading.Thread(
        target=lambda: done.append(fit(net, DATA, rng=0, progress=False, **USUAL))
    )
    thread.start()
    thread.join(10)
    assert len(done[0]) == 2


@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid value")
def test_a_diverging_cost_stops_with_the_reason_and_finite_weights():
    net = Network([4, 6, 3], activation=linear, rng=0)
    with pytest.raises(Diverged, match="learning rate is too large"):
        fit(net, DATA, epochs=500, batch_size=5, optimizer=SGD(50.0), rng=0, progress=False)
    assert np.isfinite(net.parameters).all()
    assert net.history.step_costs and np.isfinite(net.history.step_costs).all()


def test_not_a_number_in_the_data_is_refused_by_the_data_set():
    inputs = np.zeros((3, 4))
    inputs[1, 2] = np.nan
    with pytest.raises(ValueError, match="finite"):
        Dataset(inputs, np.zeros(3, int), classes=3)


def test_history_without_what_was_asked():
    history = fit(network(), DATA, rng=0, progress=False, **USUAL)
    with pytest.raises(KeyError, match="'test' was not monitored"):
        history.accuracy("test")
    empty = type(history)("nothing")
    assert len(empty) == 0 and empty.names == [] and "0 epochs" in repr(empty)
    watched = fit(network(), DATA, rng=0, progress=False, monitor={"all": DATA}, **USUAL)
    assert watched.best("all")[1] == max(watched.accuracy("all"))
    assert len(watched.cost("all")) == len(watched.seconds) == len(watched.penalty) == 2


WRONG = [
    ({"epochs": 0}, ValueError, "epochs must be at least 1"),
    ({"epochs": 2.5}, TypeError, "epochs must be a whole number"),
    ({"batch_size": 0}, ValueError, "batch_size must be at least 1"),
    ({"batch_size": 24}, ValueError, "batch_size must be at most the 23 examples"),
    ({"optimizer": 3.0}, TypeError, r"optimizer must be an Optimizer, such as SGD\(3.0\)"),
    ({"rng": None}, TypeError, "rng must be a seed"),
    ({"regularizer": 5.0}, TypeError, r"regularizer must be a Regularizer, such as L2\(5.0\)"),
    ({"monitor": {"test": [1]}}, TypeError, r"monitor\['test'\] must be a Dataset"),
    ({"monitor": DATA}, TypeError, "monitor must be a Mapping, such as"),
    ({"monitor": {"big": Dataset(np.zeros((3, 5)), [0, 1, 2])}}, ValueError, "monitor.'big'. does"),
    ({"data": (np.zeros((2, 4)), np.zeros(2))}, TypeError, "data must be a Dataset"),
    ({"network": [784, 30, 10]}, TypeError, "network must be a Network"),
    (
        {"data": Dataset(np.zeros((30, 5)), np.zeros(30, int))},
        ValueError,
        "x must have one example",
    ),
    ({"data": Dataset(np.zeros((30, 4)), np.zeros(30, int))}, ValueError, "y must have the shape"),
]


@pytest.mark.usefixtures("plain_arguments")
@pytest.mark.parametrize(("wrong", "error", "words"), WRONG)
def test_wrong_arguments_are_refused_at_once(wrong, error, words):
    arguments = {"network": network(), "data": DATA, "rng": 0, **USUAL, **wrong}
    with pytest.raises(error, match=words):
        train(**arguments)


@pytest.mark.usefixtures("plain_arguments")
@pytest.mark.parametrize("rate", [0, -1, float("nan"), float("inf"), "3", None, True])
def test_a_learning_rate_must_be_a_positive_number(rate):
    with pytest.raises((TypeError, ValueError), match="learning_rate must be"):
        SGD(rate)


@pytest.mark.usefixtures("plain_arguments")
def test_weights_that_are_not_finite_are_refused():
    net = network()
    net.layers[0].b[0] = np.nan
    with pytest.raises(ValueError, match="network must have finite weights"):
        train(net, DATA, rng=0, **USUAL)


def test_history_of_targets_that_are_no_classes():
    line = Dataset(np.zeros((3, 4)), np.array([[0.1, 0.2, 0.3]] * 3))
    history = fit(network(), DATA, rng=0, progress=False, monitor={"line": line}, **USUAL)
    assert "accuracy" not in repr(history) and "cost" in repr(history)
    with pytest.raises(ValueError, match="targets that are classes"):
        history.best("line")
