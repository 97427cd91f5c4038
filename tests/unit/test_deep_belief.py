"""Deep belief networks: level by level, up and down, and as the start of a Network."""

import itertools

import numpy as np
import pytest

from nnbook import (
    SGD,
    CrossEntropy,
    Dense,
    LogLikelihood,
    Network,
    builtin_digits,
    large,
    scaled,
    softmax,
    train,
)
from nnbook.data import bars_and_stripes
from nnbook.models import RBM, DeepBelief, contrastive_divergence
from nnbook.training import descend

DATA = bars_and_stripes(3)


def trained(seed=0, epochs=20):
    stack = DeepBelief([9, 6, 4], rng=seed)
    for machine, seen in stack.levels(DATA):
        for _ in contrastive_divergence(
            machine, seen, epochs=epochs, batch_size=7, optimizer=SGD(0.5), rng=seed
        ):
            pass
    return stack


def test_each_machine_sees_the_codes_of_the_one_below():
    stack = DeepBelief([9, 6, 4], rng=0)
    assert repr(stack) == "DeepBelief([9, 6, 4])"
    assert [repr(machine) for machine in stack.machines] == ["RBM(9, 6)", "RBM(6, 4)"]
    levels = stack.levels(DATA)
    first, seen = next(levels)
    assert first is stack.machines[0] and seen is DATA
    first.W[...] = 3  # what is learned before the next level counts
    second, codes = next(levels)
    assert second is stack.machines[1]
    np.testing.assert_array_equal(codes.x(), first.up(DATA.x()))
    np.testing.assert_array_equal(codes.labels, DATA.labels)
    assert codes.name == "bars and stripes, seen by RBM(9, 6)"
    with pytest.raises(StopIteration):
        next(levels)


def test_up_and_down_go_through_all_machines():
    stack = trained()
    below, above = stack.machines
    v = DATA.x()
    np.testing.assert_array_equal(stack.up(v), above.up(below.up(v)))
    np.testing.assert_array_equal(stack.down(stack.up(v)), below.down(above.down(stack.up(v))))
    dreams = list(itertools.islice(stack.dream(v[:3], 5), 4))
    expected = itertools.islice(above.dream(below.up(v[:3]), np.random.default_rng(5)), 4)
    for dream, a in zip(dreams, expected, strict=True):
        np.testing.assert_array_equal(dream, below.down(a))
    single = DeepBelief([9, 4])
    np.testing.assert_array_equal(next(single.dream(v, 0)), next(single.machines[0].dream(v, 0)))


def test_the_same_seed_gives_the_same_stack():
    first, second = trained(1, epochs=2), trained(1, epochs=2)
    for one, other in zip(first.machines, second.machines, strict=True):
        np.testing.assert_array_equal(one.parameters, other.parameters)


def test_the_network_begins_with_what_the_machines_know():
    stack = trained()
    network = stack.network(5, Dense(2, softmax), cost=LogLikelihood(), initializer=large, rng=3)
    assert network.sizes == [9, 6, 4, 5, 2]
    for layer, machine in zip(network.layers, stack.machines, strict=False):
        np.testing.assert_array_equal(layer.W, machine.W)
        np.testing.assert_array_equal(layer.b, machine.b)
    a = stack.up(DATA.x())
    for layer in network.layers[2:]:
        a = layer.predict(a)
    np.testing.assert_allclose(network.predict(DATA.x()), a, rtol=1e-6)
    assert network.layers[2].W.std() > 0.3  # drawn by `large`
    same = stack.network(5, Dense(2, softmax), cost=LogLikelihood(), initializer=large, rng=3)
    np.testing.assert_array_equal(network.parameters, same.parameters)
    before = [machine.parameters.copy() for machine in stack.machines]
    x, y = DATA.batch(slice(None))
    descend(network, x, y, 14, SGD(0.5))
    for machine, parameters in zip(stack.machines, before, strict=True):
        np.testing.assert_array_equal(machine.parameters, parameters)  # the network has its own
    assert DeepBelief([9, 4], dtype=np.float64).network(1).dtype == np.float64


@pytest.mark.usefixtures("plain_arguments")
def test_it_starts_better_than_chance_would_on_digits():
    """The same deep network, the same few steps: with the machines' weights it is ahead."""
    digits, sizes = builtin_digits(), [784, 30, 30, 30]
    stack = DeepBelief(sizes, rng=0)
    for machine, seen in stack.levels(digits.training):
        for _ in contrastive_divergence(
            machine, seen, epochs=5, batch_size=20, optimizer=SGD(0.2), rng=0
        ):
            pass
    plain = Network([*sizes, 10], cost=CrossEntropy(), initializer=scaled, rng=0)
    ready = stack.network(10, cost=CrossEntropy(), initializer=scaled, rng=0)
    for network in (plain, ready):
        list(train(network, digits.training, epochs=2, batch_size=10, optimizer=SGD(0.3), rng=0))
    assert ready.accuracy(digits.test) > plain.accuracy(digits.test) + 0.2


@pytest.mark.usefixtures("plain_arguments")
def test_wrong_arguments_are_refused_in_words():
    for wrong in (784, [784], "784"):
        with pytest.raises(ValueError, match="sizes must be a list of at least two numbers"):
            DeepBelief(wrong)
    with pytest.raises(ValueError, match="n_hidden must be at least 1"):
        DeepBelief([9, 0])
    with pytest.raises(TypeError, match="data must be"):
        next(DeepBelief([9, 4]).levels(DATA.x()))
    with pytest.raises(ValueError, match="v must have one example a row, each of 9"):
        DeepBelief([9, 4]).up(np.zeros((2, 8)))
    assert isinstance(DeepBelief((9, 4)).machines[0], RBM)
