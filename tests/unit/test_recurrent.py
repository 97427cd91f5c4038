"""The recurrent layer: against a slow loop, against differences, and what its gradient does."""

import copy
import pickle

import numpy as np
import pytest

from nnbook import (
    L1,
    L2,
    SGD,
    Activation,
    CrossEntropy,
    Dataset,
    Dense,
    EachStep,
    LogLikelihood,
    Network,
    Quadratic,
    Recurrent,
    glorot,
    gradient_check,
    linear,
    scaled,
    sigmoid,
    softmax,
    tanh,
    train,
)
from nnbook.data import first_symbol, parity
from nnbook.gradient_check import numerical_gradient, relative_error
from nnbook.optimizers import Adam, Momentum
from nnbook.storage import load, save

RNG = np.random.default_rng(0)
X = RNG.normal(size=(4, 5, 2))
CLASSES = np.eye(3)[[0, 1, 2, 0]]
EVERY = RNG.random((4, 5))


def reader(*layers, dtype=np.float64, rng=1):
    """Sequences of 5 steps of 2 numbers in, a class out."""
    return Network(
        [(5, 2), *layers, Dense(3, softmax)],
        cost=LogLikelihood(), initializer=scaled, rng=rng, dtype=dtype,
    )  # fmt: skip


def answering(*layers):
    """An answer at every step."""
    return Network(
        [(5, 2), *layers, EachStep(1)],
        cost=CrossEntropy(), initializer=scaled, rng=1, dtype=np.float64,
    )  # fmt: skip


@pytest.mark.parametrize("f", [tanh, sigmoid], ids=str)
def test_states_are_those_of_a_loop_over_single_neurons(f):
    layer = Recurrent(5, f, every_step=True)
    answering(layer)
    a = layer.forward(X)
    for example, states in zip(X, a, strict=True):
        before = [0.0] * 5
        for x, state in zip(example, states, strict=True):
            now = [
                f(layer.b[j] + sum(layer.W_x[j, k] * x[k] for k in range(2))
                  + sum(layer.W_h[j, k] * before[k] for k in range(5)))
                for j in range(5)
            ]  # fmt: skip
            np.testing.assert_allclose(state, now, rtol=1e-12)
            before = now
    np.testing.assert_array_equal(layer.predict(X), a)
    last = Recurrent(5, f)
    reader(last)
    last.W, last.b = layer.W, layer.b
    np.testing.assert_array_equal(last.predict(X), a[:, -1])


@pytest.mark.usefixtures("plain_arguments")
@pytest.mark.parametrize("regularizer", [None, L1(0.5) + L2(0.5)], ids=str)
@pytest.mark.parametrize("f", [tanh, sigmoid], ids=str)
def test_gradients_for_every_array(f, regularizer):
    check(reader(Recurrent(3, f)), CLASSES, regularizer)
    check(answering(Recurrent(3, f, every_step=True)), EVERY, regularizer)


def test_gradients_of_a_stack_and_of_one_example():
    network = reader(Recurrent(3, every_step=True), Recurrent(2, sigmoid))
    errors = gradient_check(network, X[:1], CLASSES[:1])
    assert len(errors) == 6 and max(errors.values()) < 1e-7, errors


def check(network, y, regularizer):
    """Each array for itself, W_x and W_h too: a small one must not hide behind a large one."""
    reference = network.copy()
    reference.gradient[...] = numerical_gradient(network, X, y, regularizer)
    network.backprop(X, y)
    network.gradient /= len(X)
    if regularizer:
        network.gradient[: network.n_weights] += regularizer.gradient(network.weights, len(X))
    for ours, right in zip(network.layers, reference.layers, strict=True):
        assert relative_error(ours.gradient_b, right.gradient_b) < 1e-7
        assert relative_error(ours.gradient_W[:, :2], right.gradient_W[:, :2]) < 1e-7
        assert relative_error(ours.gradient_W[:, 2:], right.gradient_W[:, 2:]) < 1e-7


@pytest.mark.parametrize(
    ("cost", "f"), [(Quadratic(), tanh), (Quadratic(), sigmoid), (Quadratic(), linear)], ids=str
)
def test_a_network_may_end_with_it(cost, f):
    network = Network(
        [(5, 2), Recurrent(3, f)], cost=cost, initializer=scaled, rng=1, dtype=np.float64
    )
    assert max(gradient_check(network, X, CLASSES).values()) < 1e-7
    steps = Network([(5, 2), Recurrent(1, tanh), Dense(1)], dtype=np.float64)
    assert max(gradient_check(steps, X, EVERY[:, :1]).values()) < 1e-7


def test_the_way_back_to_the_input():
    """∂C/∂x_t by differences: the layer before gets what it needs."""
    layer = Recurrent(4)
    network = reader(Activation(linear), layer)
    network.backprop(X, CLASSES)
    slopes, h = np.empty_like(X), 1e-6
    for at in np.ndindex(*X.shape):
        nudge = np.zeros_like(X)
        nudge[at] = h
        above, below = (
            network.cost(network.predict(X + s * nudge), CLASSES).sum() for s in (1, -1)
        )
        slopes[at] = (above - below) / (2 * h)
    assert relative_error(network.layers[0].delta, slopes) < 1e-7
    np.testing.assert_allclose(layer.delta, layer.grad_h * (1 - layer.h[1:].swapaxes(0, 1) ** 2))


def test_through_time_the_gradient_is_a_power_of_the_weight():
    """One linear neuron: h_t = x_t + w h_{t−1}, so ∂C/∂h_t = w^(T − t) (a − y)."""
    network = Network([(6, 1), Recurrent(1, linear)], dtype=np.float64)
    layer = network.layers[0]
    layer.W, layer.b = [[1.0, 0.5]], [0.0]
    x = RNG.normal(size=(2, 6, 1))
    a = network.backprop(x, np.zeros((2, 1)))
    np.testing.assert_allclose(a[:, 0], x[:, :, 0] @ 0.5 ** np.arange(6)[::-1])
    powers = 0.5 ** np.arange(6)[::-1]
    np.testing.assert_allclose(layer.grad_h[:, :, 0], a * powers)
    np.testing.assert_allclose(layer.norms_through_time(), np.abs(a).mean() * powers)


def test_the_same_weights_read_sequences_of_any_length():
    short = reader(Recurrent(4))
    long = Network([(8, 2), Recurrent(4), Dense(3, softmax)], cost=LogLikelihood(), dtype="f8")
    long.parameters = short.parameters
    padded = np.concatenate([np.zeros((4, 3, 2)), X], axis=1)
    long.layers[0].b = short.layers[0].b = np.zeros(4)  # then zeros leave the state at zero
    np.testing.assert_allclose(long.predict(padded), short.predict(X))


@pytest.mark.parametrize("layer", [Recurrent(4), Recurrent(4, sigmoid, every_step=True)], ids=repr)
def test_copies_go_on_alone_and_files_bring_it_back(layer, tmp_path):
    network = reader(layer.fresh(), dtype=np.float32)
    save(network, tmp_path / "reader.npz")
    data = Dataset(X.reshape(4, -1), np.arange(4) % 3, classes=3)
    copies = [
        network.copy(), copy.deepcopy(network), pickle.loads(pickle.dumps(network)),
        load(tmp_path / "reader.npz"),
    ]  # fmt: skip
    before = network.parameters.copy()
    for twin in copies:
        list(train(twin, data, epochs=1, batch_size=2, optimizer=SGD(0.5), rng=0))
        assert not np.array_equal(twin.parameters, before)
        np.testing.assert_array_equal(twin.parameters, copies[0].parameters)
    np.testing.assert_array_equal(network.parameters, before)
    assert repr(twin.layers[0]) == repr(layer) == repr(eval(repr(layer)))
    assert twin.predict(X.astype(np.float32)).dtype == np.float32


@pytest.mark.usefixtures("plain_arguments")
@pytest.mark.parametrize("optimizer", [SGD(0.5), Momentum(0.1), Adam(0.03)], ids=str)
def test_it_remembers_what_it_saw_five_steps_ago(optimizer):
    data = first_symbol(200, 5, symbols=2, rng=1)
    network = Network(
        [(5, 4), Recurrent(8), Dense(2, softmax)], cost=LogLikelihood(), initializer=glorot, rng=0
    )
    list(train(network, data, epochs=4, batch_size=10, optimizer=optimizer, rng=0))
    assert network.accuracy(first_symbol(100, 5, symbols=2, rng=2)) == 1


def test_each_step_is_dense_at_each_step():
    network = answering(Recurrent(4, every_step=True))
    states, layer = network.layers[0].predict(X), network.layers[1]
    assert layer.W.shape == (1, 4) and network.output_shape == (5,)
    by_hand = sigmoid(states @ layer.W[0] + layer.b[0])
    np.testing.assert_allclose(network.predict(X), by_hand)
    two = Network([(5, 2), EachStep(2, linear), Dense(1)], dtype=np.float64)
    assert max(gradient_check(two, X, EVERY[:, :1]).values()) < 1e-7
    assert two.sizes == [10, 10, 1]


def test_the_tasks():
    data = first_symbol(50, 7, symbols=3, rng=4)
    x, y = data.batch(slice(None))
    x = x.reshape(50, 7, 6)
    assert (x.sum(axis=2) == 1).all() and not x[:, 1:, :3].any()
    np.testing.assert_array_equal(x[:, 0, :3], y)
    np.testing.assert_array_equal(x, first_symbol(50, 7, symbols=3, rng=4).x().reshape(x.shape))
    bits = parity(2, 4, rng=0)
    for row, answers in zip(bits.x(), bits.y(), strict=True):
        assert [row[: t + 1].sum() % 2 for t in range(4)] == answers.tolist()


@pytest.mark.usefixtures("plain_arguments")
@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: Recurrent(0), ValueError, "n must be at least 1"),
        (lambda: Recurrent(3, "tanh"), TypeError, "activation must be"),
        (lambda: Recurrent(3, every_step=1), TypeError, "every_step must be True or False"),
        (lambda: Network([10, Recurrent(3), 2]), ValueError,
         r"layer 1, Recurrent\(3, tanh\): it needs sequences.*\(10, 1\) for one number a step"),
        (lambda: Network([(5, 2), Recurrent(3), Recurrent(3), 2]), ValueError,
         r"layer 2, .*every_step=True"),
        (lambda: Network([(5, 2), Recurrent(3, every_step=True)]), ValueError, "last layer"),
        (lambda: Network([(5, 2), Recurrent(3, sigmoid)], cost=CrossEntropy()), ValueError,
         "CrossEntropy does not fit"),
        (lambda: EachStep(3, softmax), ValueError, "softmax would take all steps together"),
        (lambda: Network([5, EachStep(3)]), ValueError, "it needs sequences"),
        (lambda: first_symbol(3, 0), ValueError, "steps must be at least 1"),
        (lambda: first_symbol(3, 5, symbols=1), ValueError, "symbols must be at least 2"),
        (lambda: parity(0, 5), ValueError, "n must be at least 1"),
        (lambda: reader(Recurrent(3)).predict(X[:, :4]), ValueError, r"each of shape \(5, 2\)"),
    ],
)  # fmt: skip
def test_wrong_arguments_are_refused_in_words(make, error, words):
    with pytest.raises(error, match=words):
        make()
