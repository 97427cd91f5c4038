"""The LSTM: against a slow loop, against differences, its gates, and how far back it remembers."""

import math

import numpy as np
import pytest

from nnbook import (
    L1,
    L2,
    LSTM,
    CrossEntropy,
    Dense,
    EachStep,
    LogLikelihood,
    Network,
    Recurrent,
    glorot,
    gradient_check,
    scaled,
    sigmoid,
    softmax,
    train,
)
from nnbook.data import first_symbol, parity
from nnbook.gradient_check import numerical_gradient, relative_error
from nnbook.optimizers import Adam
from nnbook.storage import load, save

RNG = np.random.default_rng(0)
X = RNG.normal(size=(4, 5, 2))
CLASSES = np.eye(3)[[0, 1, 2, 0]]
EVERY = RNG.random((4, 5))


def reader(*layers, **settings):
    return Network(
        [(5, 2), *layers, Dense(3, softmax)],
        cost=LogLikelihood(), initializer=scaled, rng=1, **{"dtype": np.float64, **settings},
    )  # fmt: skip


def answering(layer):
    return Network(
        [(5, 2), layer, EachStep(1)],
        cost=CrossEntropy(), initializer=scaled, rng=1, dtype=np.float64,
    )  # fmt: skip


def test_states_are_those_of_a_loop_over_single_cells():
    layer = LSTM(3, every_step=True)
    answering(layer)
    a = layer.forward(X)
    for example, states in zip(X, a, strict=True):
        h, c = [0.0] * 3, [0.0] * 3
        for x, state in zip(example, states, strict=True):
            z = [
                layer.b[row] + sum(layer.W_x[row, k] * x[k] for k in range(2))
                + sum(layer.W_h[row, k] * h[k] for k in range(3))
                for row in range(12)
            ]  # fmt: skip
            g = [math.tanh(z[j]) for j in range(3)]
            i, f, o = ([sigmoid(z[3 * gate + j]) for j in range(3)] for gate in (1, 2, 3))
            c = [f[j] * c[j] + i[j] * g[j] for j in range(3)]
            h = [o[j] * math.tanh(c[j]) for j in range(3)]
            np.testing.assert_allclose(state, h, rtol=1e-12)
    np.testing.assert_array_equal(layer.predict(X), a)
    last = LSTM(3)
    reader(last)
    last.W, last.b = layer.W, layer.b
    np.testing.assert_array_equal(last.predict(X), a[:, -1])


@pytest.mark.usefixtures("plain_arguments")
@pytest.mark.parametrize("regularizer", [None, L1(0.5) + L2(0.5)], ids=str)
def test_gradients_for_every_array_and_every_gate(regularizer):
    check(reader(LSTM(3, memory=5)), CLASSES, regularizer)
    check(answering(LSTM(2, every_step=True)), EVERY, regularizer)


def check(network, y, regularizer):
    reference = network.copy()
    reference.gradient[...] = numerical_gradient(network, X, y, regularizer)
    network.backprop(X, y)
    network.gradient /= len(X)
    if regularizer:
        network.gradient[: network.n_weights] += regularizer.gradient(network.weights, len(X))
    (ours, above), (right, expected) = network.layers, reference.layers
    assert relative_error(above.gradient_W, expected.gradient_W) < 1e-7
    assert relative_error(above.gradient_b, expected.gradient_b) < 1e-7
    for gate in np.split(np.arange(4 * ours.n), 4):
        assert relative_error(ours.gradient_b[gate], right.gradient_b[gate]) < 1e-7
        for part in (slice(2), slice(2, None)):  # W_x and W_h
            assert relative_error(ours.gradient_W[gate, part], right.gradient_W[gate, part]) < 1e-7


def test_gradients_of_a_stack_and_of_one_example():
    network = reader(LSTM(2, every_step=True), Recurrent(2))
    errors = gradient_check(network, X[:1], CLASSES[:1])
    assert len(errors) == 6 and max(errors.values()) < 1e-7, errors


def test_an_open_forget_gate_carries_the_gradient_whole():
    """Gates set by hand: f = 1 keeps ∂C/∂c as it is, f = ½ halves it at each step."""
    for forget, factor in ((50.0, 1.0), (0.0, 0.5)):
        network = Network([(5, 2), LSTM(1), Dense(1)], dtype=np.float64)
        layer = network.layers[0]
        layer.W = np.zeros((4, 3))
        layer.b = [0.3, 0.0, forget, -50.0]  # with o closed, what comes late goes nowhere
        layer.W_h[...] = 0
        network.backprop(X, np.ones((4, 1)))
        ratio = layer.grad_c[:, :-1, 0] / layer.grad_c[:, 1:, 0]
        np.testing.assert_allclose(ratio, factor)


def test_memory_sets_the_gates_of_the_start():
    plain, long = (reader(LSTM(4, memory=m)).layers[0] for m in (2, 100))
    np.testing.assert_array_equal(plain.W, long.W)
    g, i, f, o = (long.b - plain.b).reshape(4, 4)
    np.testing.assert_allclose(sigmoid(f), 0.99)
    np.testing.assert_allclose(sigmoid(i), 0.01)
    assert not g.any() and not o.any()


def test_files_and_names_bring_it_back(tmp_path):
    network = reader(LSTM(3, memory=9, every_step=True), LSTM(2), dtype=np.float32)
    save(network, tmp_path / "reader.npz")
    twin = load(tmp_path / "reader.npz")
    np.testing.assert_array_equal(twin.predict(X), network.predict(X))
    assert str(twin) == str(network) and twin.predict(X).dtype == np.float32
    for layer in network.layers[:2]:
        assert repr(eval(repr(layer))) == repr(layer)


@pytest.mark.usefixtures("plain_arguments")
def test_it_remembers_where_a_plain_recurrent_layer_does_not():
    """The first of 50 symbols after 75 mini-batches, the same for both, on new sequences."""
    data, new = first_symbol(500, 50, rng=1), first_symbol(200, 50, rng=2)
    accuracy = {}
    for layer in (LSTM(16, memory=50), Recurrent(16, sigmoid)):
        network = Network(
            [(50, 8), layer, Dense(4, softmax)], cost=LogLikelihood(), initializer=glorot, rng=0
        )
        list(train(network, data, epochs=3, batch_size=20, optimizer=Adam(0.05), rng=0))
        accuracy[type(layer)] = network.accuracy(new)
        norms = layer.norms_through_time()
        assert norms.shape == (50,)
        if isinstance(layer, Recurrent):
            assert norms[0] < 1e-9 * norms[-1]
    assert accuracy[LSTM] == 1 and accuracy[Recurrent] < 0.4


@pytest.mark.usefixtures("plain_arguments")
def test_answers_at_every_step_are_learned():
    data = parity(200, 4, rng=1)
    network = Network(
        [(4, 1), LSTM(8, every_step=True), EachStep(1)],
        cost=CrossEntropy(), initializer=glorot, rng=0,
    )  # fmt: skip
    list(train(network, data, epochs=5, batch_size=10, optimizer=Adam(0.05), rng=0))
    np.testing.assert_array_equal(network.predict(data.x()) > 0.5, data.y() > 0.5)


@pytest.mark.usefixtures("plain_arguments")
@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: LSTM(0), ValueError, "n must be at least 1"),
        (lambda: LSTM(3, memory=1), ValueError, "memory must be 2 or more steps, but it is 1"),
        (lambda: LSTM(3, memory="long"), TypeError, "memory must be a number"),
        (lambda: Network([10, LSTM(3), 2]), ValueError, r"layer 1, LSTM\(3\): it needs sequences"),
    ],
)
def test_wrong_arguments_are_refused_in_words(make, error, words):
    with pytest.raises(error, match=words):
        make()
