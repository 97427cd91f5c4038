"""What the widgets of chapter 10 know: memory, dreams, and digits that fool a network."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest

from nnbook import (
    SGD,
    Activation,
    Conv,
    Dataset,
    Dense,
    LogLikelihood,
    MaxPool,
    Network,
    builtin_digits,
    fit,
    he,
    relu,
    scaled,
    softmax,
)
from nnbook.explore.dreams import DIGIT, NOISE, STEPS, Dream
from nnbook.explore.fooling import AWAY, RANDOM, STEP, Fooling, input_gradient
from nnbook.explore.fooling import STEPS as FOOLING_STEPS
from nnbook.explore.memory import CELLS, EPOCHS, RECURRENT, Memory, signal
from nnbook.models import RBM

DIGITS = builtin_digits()


@pytest.fixture(scope="module")
def trained():
    network = Network(
        [784, 30, Dense(10, softmax)], cost=LogLikelihood(), initializer=scaled, rng=0
    )
    fit(network, DIGITS.training, epochs=5, batch_size=10, optimizer=SGD(0.3), rng=0)
    return network


# the slope with respect to the input


@pytest.mark.parametrize(
    "layers",
    [
        [784, 12, Dense(10, softmax)],
        [(28, 28, 1), Conv(3, 5), MaxPool(2), Activation(relu), Dense(10, softmax)],
    ],
    ids=["dense", "convolution"],
)
def test_the_slope_of_a_pixel_is_what_a_small_change_does(layers):
    network = Network(layers, cost=LogLikelihood(), initializer=he, rng=1, dtype=np.float64)
    # Noise: the white paper of a digit sits on the kinks of ReLU and max-pooling.
    x = np.random.default_rng(0).uniform(size=(3, *network.input_shape))
    y, before = DIGITS.test.y(np.float64)[:3], network.gradient.copy()
    slope = input_gradient(network, x, y).reshape(3, -1)
    assert np.array_equal(network.gradient, before)  # the network is left as it is
    for pixel in (300, 406, 500):
        nudge = np.zeros((3, 784))
        nudge[:, pixel] = 1e-6
        nudge = nudge.reshape(x.shape)
        rise = network.cost(network.predict(x + nudge), y) - network.cost(
            network.predict(x - nudge), y
        )
        assert slope[:, pixel] == pytest.approx(rise / 2e-6, rel=1e-4, abs=1e-7)


# fooling


def test_a_path_stays_near_and_on_the_paper(trained):
    fooling = Fooling(trained, DIGITS.validation)
    for way in fooling.ways:
        fooling.choose(3, way)
        assert fooling.path.shape == (FOOLING_STEPS + 1, 784)
        assert fooling.path.min() >= 0 and fooling.path.max() <= 1
        steps = np.abs(fooling.path - fooling.path[0]).max(axis=1)
        assert np.all(steps <= STEP * np.arange(FOOLING_STEPS + 1) + 1e-6)
        assert fooling.outputs == pytest.approx(trained.predict(fooling.path), abs=1e-5)
        assert np.array_equal(fooling.image(0), fooling.path[0].reshape(28, 28))


def test_the_slope_fools_and_chance_does_not(trained):
    fooling, by_slope, by_chance = Fooling(trained, DIGITS.validation), [], []
    for index in range(30):
        fooling.choose(index, AWAY)
        if fooling.answers[0] == fooling.label:
            by_slope.append(fooling.fooled is not None)
            fooling.choose(index, RANDOM)
            by_chance.append(fooling.fooled is not None)
    assert np.mean(by_slope) > 0.9 and np.mean(by_chance) < 0.3


def test_random_signs_are_drawn_once_so_a_pixel_goes_as_far_as_along_a_slope(trained):
    fooling = Fooling(trained, DIGITS.validation)
    fooling.choose(0, RANDOM)
    moves = np.diff(fooling.path, axis=0)
    assert np.all((moves >= 0).all(axis=0) | (moves <= 0).all(axis=0))
    far = np.abs(fooling.path[-1] - fooling.path[0])
    assert far.max() == pytest.approx(STEP * FOOLING_STEPS, abs=1e-5)
    assert fooling.path[-1].mean() - fooling.path[0].mean() > 0  # white paper only gets ink


def test_towards_a_digit_raises_its_output(trained):
    fooling = Fooling(trained, DIGITS.validation)
    fooling.choose(0, "towards 4")
    assert fooling.outputs[-1, 4] > fooling.outputs[0, 4] + 0.3
    fooling.choose(0, AWAY)
    assert fooling.outputs[-1, fooling.label] < fooling.outputs[0, fooling.label]


def test_data_that_do_not_fit_are_refused(trained):
    five = Dataset(DIGITS.test.images, DIGITS.test.labels % 5, classes=5, name="five classes")
    with pytest.raises(ValueError, match="data must have labels, as many features"):
        Fooling(trained, five)
    fooling = Fooling(trained, DIGITS.validation)
    with pytest.raises(ValueError, match="index"):
        fooling.choose(len(DIGITS.validation), AWAY)
    with pytest.raises(ValueError, match="way"):
        fooling.choose(0, "towards 11")


# dreams


def test_a_dream_is_the_machines_own():
    machine = RBM(784, 20, rng=3)
    machine.b[...], machine.c[...] = 0.3, -1.0
    dream = Dream(machine, DIGITS.validation)
    dream.begin(2, DIGIT, seed=5)
    start = DIGITS.validation.x()[2:3]
    own = [p[0] for p in islice(machine.dream(start, np.random.default_rng(5)), STEPS)]
    assert np.array_equal(dream.seen[0], start[0])
    assert dream.seen[1:] == pytest.approx(np.array(own))
    assert dream.hidden.shape == (STEPS + 1, 20) and set(np.unique(dream.hidden[1:])) == {0, 1}
    assert dream.energy[0] == pytest.approx(machine.free_energy(start)[0])
    assert dream.picture(7).shape == (28, 28)


def test_dreams_differ_by_seed_and_start():
    dream = Dream(RBM(784, 10), DIGITS.validation)
    first = dream.seen.copy()
    dream.begin(0, DIGIT, seed=1)
    assert np.array_equal(dream.seen[0], first[0]) and not np.array_equal(dream.seen, first)
    dream.begin(0, NOISE, seed=1)
    assert 0.45 < dream.seen[0].mean() < 0.55


def test_a_machine_of_another_size_is_refused():
    with pytest.raises(ValueError, match="data must have 100 pixels an image"):
        Dream(RBM(100, 5), DIGITS.validation)
    with pytest.raises(ValueError, match="start"):
        Dream(RBM(784, 5), DIGITS.validation).begin(0, "a cat")


# memory


def test_the_recurrent_signal_dies_and_the_cell_keeps_it():
    memory = Memory(steps=40, memory=40)
    recurrent, cells = memory.signals[RECURRENT], memory.signals[CELLS]
    assert len(recurrent) == len(cells) == 40
    assert recurrent[-1] == cells[-1] == 1
    assert recurrent[0] < 1e-3 and cells[0] > 0.1


def test_larger_weights_turn_vanishing_into_exploding():
    ends = [Memory(steps=40, scale=scale).signals[RECURRENT][0] for scale in (0.5, 1, 2, 4)]
    assert ends == sorted(ends)
    assert ends[0] < 1e-9 and ends[-1] > 1e3
    short, long = (Memory(steps=40, memory=m).signals[CELLS][0] for m in (2, 80))
    assert short < 1e-4 < 0.1 < long


def test_training_for_a_short_time_teaches_both():
    memory = Memory(steps=5, memory=4)
    before = signal(memory.networks[RECURRENT], 5)
    names = list(memory.train())
    assert memory.complete and set(names) == {RECURRENT, CELLS}
    for course in memory.accuracy.values():
        assert len(course) == EPOCHS + 1 and course[0] < 0.5 and course[-1] > 0.95
    assert memory.signals[RECURRENT] == pytest.approx(before)
    memory.measure()
    assert not np.allclose(memory.signals[RECURRENT], before)


@pytest.mark.parametrize(
    ("settings", "named"),
    [({"steps": 1}, "steps"), ({"scale": 0}, "scale"), ({"memory": 1}, "memory")],
)
def test_wrong_settings_are_named(settings, named):
    with pytest.raises(ValueError, match=named):
        Memory(**settings)
