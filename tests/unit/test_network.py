"""The network: shapes, the flat vector and its views, copies, pure prediction, the door."""

import copy
import pickle
import threading

import numpy as np
import pytest

from nnbook import SGD, Activation, Dataset, Dense, Network, naive, relu, sigmoid, softmax, train
from nnbook.costs import LogLikelihood

RNG = np.random.default_rng(0)
X = RNG.random((7, 5), dtype=np.float32)
Y = np.eye(3, dtype=np.float32)[RNG.integers(0, 3, 7)]


def small(**settings):
    return Network([5, 4, 3], rng=1, **settings)


def test_the_book_counts_23860_parameters():
    network = Network([784, 30, 10])
    assert network.parameters.size == 784 * 30 + 30 * 10 + 30 + 10 == 23_860
    assert network.sizes == [784, 30, 10]
    assert "23,860" in str(network)


def test_weights_come_first_and_w_jk_is_where_the_book_says():
    network = small()
    first, second = network.layers
    assert first.W.shape == (4, 5) and first.b.shape == (4,)
    flat = [first.W.ravel(), second.W.ravel(), first.b, second.b]
    np.testing.assert_array_equal(network.parameters, np.concatenate(flat))
    np.testing.assert_array_equal(network.weights, np.concatenate(flat[:2]))


def test_assigning_writes_into_the_flat_vector():
    network = small()
    network.layers[0].W = np.arange(20.0).reshape(4, 5)
    network.layers[1].b = [7, 8, 9]
    np.testing.assert_array_equal(network.parameters[:20], np.arange(20))
    assert network.parameters[-3:].tolist() == [7, 8, 9]
    network.parameters = np.zeros(network.parameters.size)
    assert not network.layers[0].W.any()
    with pytest.raises(ValueError, match=r"W must have the shape \(4, 5\)"):
        network.layers[0].W = np.zeros((5, 4))
    with pytest.raises(ValueError, match="parameters must have the shape"):
        network.parameters = np.zeros(3)


def test_forward_is_the_equation():
    network = small()
    a = X
    for layer in network.layers:
        a = sigmoid(a @ layer.W.T + layer.b)
    np.testing.assert_allclose(network.predict(X), a, rtol=1e-6)
    np.testing.assert_array_equal(network.forward(X), network.predict(X))


def test_one_neuron_by_hand():
    network = Network([2, 1], dtype=np.float64)
    network.layers[0].W, network.layers[0].b = [[2.0, -1.0]], [0.5]
    x, y = np.array([[1.0, 3.0]]), np.array([[1.0]])
    a = 1 / (1 + np.exp(0.5))  # z = 2·1 − 1·3 + 0.5 = −0.5
    assert network.predict(x)[0, 0] == pytest.approx(a)
    network.backprop(x, y)
    delta = (a - 1) * a * (1 - a)
    np.testing.assert_allclose(network.gradient, [delta, 3 * delta, delta])


def test_backprop_sums_what_the_books_loops_give_for_each_example():
    network = small(dtype=np.float64)
    weights = [layer.W for layer in network.layers]
    biases = [layer.b for layer in network.layers]
    network.backprop(X, Y)
    sums = [0.0] * 4
    for x, y in zip(X.astype(float), Y.astype(float), strict=True):
        loops = naive.backprop(weights, biases, x, y)
        vectors = naive.backprop_vectors(weights, biases, x, y)
        for k in (0, 1):
            for l in (0, 1):  # noqa: E741
                np.testing.assert_allclose(loops[k][l], vectors[k][l], rtol=1e-12)
                sums[2 * k + l] = sums[2 * k + l] + loops[k][l]
    expected = np.concatenate([np.ravel(total) for total in sums])
    np.testing.assert_allclose(network.gradient, expected, rtol=1e-12)
    cost = naive.cost(weights, biases, X.astype(float), Y.astype(float))
    assert network.cost(network.predict(X), Y.astype(float)).mean() == pytest.approx(cost)


def test_one_step_of_training_equals_the_books_loop():
    network = small(dtype=np.float64)
    weights = [layer.W.copy() for layer in network.layers]
    biases = [layer.b.copy() for layer in network.layers]
    data = Dataset(X, Y)
    (step, _) = train(network, data, epochs=1, batch_size=7, optimizer=SGD(0.7), rng=0)
    naive.update_mini_batch(weights, biases, X.astype(float), Y.astype(float), 0.7)
    for layer, w, b in zip(network.layers, weights, biases, strict=True):
        np.testing.assert_allclose(layer.W, w, rtol=1e-12)
        np.testing.assert_allclose(layer.b, b, rtol=1e-12)
    assert step.step == 1


COPIES = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle": lambda network: pickle.loads(pickle.dumps(network)),
    "method": lambda network: network.copy(),
    "astype": lambda network: network.astype(np.float64).astype(np.float32),
}


@pytest.mark.parametrize("how", COPIES)
def test_a_copy_goes_on_training_and_leaves_the_original_alone(how):
    network = Network([5, Dense(4, relu), Dense(3, softmax)], cost=LogLikelihood(), rng=1)
    network.backprop(X, Y)
    before = network.parameters.copy()
    twin = COPIES[how](network)
    np.testing.assert_array_equal(twin.parameters, before)
    for run in (twin, network):
        list(train(run, Dataset(X, Y), epochs=2, batch_size=3, optimizer=SGD(1.0), rng=5))
        assert not np.array_equal(run.layers[0].W.ravel(), before[:20])
        np.testing.assert_array_equal(run.layers[0].W.ravel(), run.parameters[:20])
        if run is twin:
            np.testing.assert_array_equal(network.parameters, before)
    np.testing.assert_array_equal(twin.parameters, network.parameters)


def test_another_dtype_computes_in_it():
    network = small().astype(np.float64)
    assert network.predict(X).dtype == np.float64
    assert small().predict(X.astype(np.float64)).dtype == np.float32


def test_predictions_during_training_change_nothing():
    data = Dataset(RNG.random((2000, 5)), RNG.integers(0, 3, 2000), classes=3)
    settings = {"epochs": 2, "batch_size": 2, "optimizer": SGD(0.5)}
    alone, watched = small(), small()
    list(train(alone, data, rng=0, **settings))
    predictions = []
    go = threading.Event()

    def watch():
        go.wait()
        for _ in range(200):
            predictions.append(watched.predict(X))

    thread = threading.Thread(target=watch)
    thread.start()
    for event in train(watched, data, rng=0, **settings):
        if event.epoch == 1:
            go.set()
    thread.join(20)
    assert len(predictions) == 200
    np.testing.assert_array_equal(alone.parameters, watched.parameters)


def test_predict_remembers_nothing_and_works_in_chunks():
    network = small()
    network.predict(X)
    assert not hasattr(network.layers[0], "z")
    many = RNG.random((2500, 5), dtype=np.float32)
    whole = network.predict(many)
    assert whole.shape == (2500, 3)
    np.testing.assert_allclose(whole[1999:2001], network.predict(many[1999:2001]), rtol=1e-5)
    assert network.predict(np.zeros((0, 5), np.float32)).shape == (0, 3)


def test_evaluate_by_hand():
    network = Network([2, 2], rng=0)
    network.layers[0].W, network.layers[0].b = np.eye(2) * 9, [0, 0]
    data = Dataset(
        np.array([[1.0, -1.0], [-1.0, 1.0], [1.0, -1.0]]), np.array([0, 1, 1]), classes=2
    )
    score = network.evaluate(data)
    assert score.accuracy == pytest.approx(2 / 3) and score.n == 3
    assert network.accuracy(data) == score.accuracy
    assert network.classify(data.x()).tolist() == [0, 1, 0]
    costs = network.cost(network.predict(data.x()), data.y())
    assert score.cost == pytest.approx(costs.mean(), rel=1e-6)
    line = Dataset(np.zeros((2, 2)), np.array([[0.3, 2.0], [0.1, 0.4]]))
    assert np.isnan(network.accuracy(line))
    bits = Dataset(np.zeros((2, 2)), np.array([[1.0, 1.0], [0.0, 1.0]]))
    assert np.isnan(network.accuracy(bits))
    assert type(score.accuracy) is float and type(score.cost) is float


def test_an_activation_can_be_a_layer_of_its_own():
    together, apart = Network([5, Dense(4, relu)], rng=3), None
    apart = Network([5, Dense(4, relu.__class__()), Activation(sigmoid)], rng=3)
    np.testing.assert_allclose(apart.predict(X), sigmoid(together.predict(X)))


@pytest.mark.usefixtures("plain_arguments")
@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: Network(784), ValueError, r"layers must be a list .* \[784, 30, 10\]"),
        (lambda: Network([784]), ValueError, "at least one layer"),
        (lambda: Network([0, 3]), ValueError, "first of layers must be the shape"),
        (lambda: Network(["784", 3]), ValueError, "first of layers"),
        (lambda: Network([784, "30"]), TypeError, "layer 1 must be a number of neurons"),
        (lambda: Network([784, 30.0]), TypeError, "layer 1 must be a number of neurons"),
        (lambda: Network([784, 30, -10]), TypeError, "layer 2 must be a number of neurons"),
        (lambda: Network([784, True]), TypeError, "layer 1"),
        (lambda: Network([784, 10], cost="quadratic"), TypeError, "cost must be a Cost"),
        (lambda: Network([784, 10], activation="relu"), TypeError, "activation must be"),
        (lambda: Network([784, 10], initializer="he"), TypeError, "initializer must be"),
        (lambda: Network([784, 10], rng="zero"), TypeError, "rng must be a seed"),
        (lambda: Network([784, 10], rng=-1), TypeError, "rng must be a seed"),
        (lambda: Network([784, 10], dtype=int), ValueError, "dtype must be numpy.float32"),
        (lambda: Network([784, 10], dtype="floaty"), ValueError, "dtype must be numpy.float32"),
        (lambda: Dense(0), ValueError, "n must be at least 1"),
        (lambda: Dense(3, "relu"), TypeError, "activation must be"),
    ],
)
def test_a_wrong_network_is_refused_in_words(make, error, words):
    with pytest.raises(error, match=words):
        make()


@pytest.mark.usefixtures("plain_arguments")
@pytest.mark.parametrize(
    ("x", "error", "words"),
    [
        (np.zeros((2, 5), np.uint8), TypeError, "x must be a numpy array of floats.*uint8"),
        ([[0.0] * 5], TypeError, "x must be a numpy array of floats.* a list"),
        (np.zeros((2, 4)), ValueError, r"each of shape \(5,\), but it has the shape \(2, 4\)"),
        (np.zeros(5), ValueError, r"one example a row, but it is a single example of shape \(5,\)"),
        (np.zeros(4), ValueError, r"one example a row, .* has the shape \(4,\)"),
    ],
)
def test_wrong_inputs_are_refused_in_words(x, error, words):
    with pytest.raises(error, match=words):
        small().predict(x)


@pytest.mark.usefixtures("plain_arguments")
def test_raw_pixels_and_a_single_example_are_refused_in_words():
    network = Network([784, 10])
    with pytest.raises(ValueError, match=r"between 0 and 1, but they go up to 255: divide by 255"):
        network.predict(np.full((2, 28, 28), 255.0))
    with pytest.raises(ValueError, match=r"a single example .* x\[numpy.newaxis\]"):
        network.predict(np.zeros(784))
    assert Network([3, 1]).predict(np.full((2, 3), 255.0)).shape == (2, 1)  # features may be large


@pytest.mark.usefixtures("plain_arguments")
def test_more_wrong_arguments_are_refused_in_words():
    network, layer = small(), Dense(2)
    with pytest.raises(ValueError, match=r"y must have the shape \(7, 3\)"):
        network.backprop(X, Y[:, :2])
    with pytest.raises(TypeError, match="data must be a Dataset"):
        network.evaluate((X, Y))
    Network([5, layer])
    with pytest.raises(ValueError, match="part of another network already"):
        Network([5, layer])


def test_flat_images_and_square_ones_are_the_same():
    network = Network([(2, 2), 3], rng=0)
    flat = RNG.random((3, 4), dtype=np.float32)
    np.testing.assert_array_equal(network.predict(flat), network.predict(flat.reshape(3, 2, 2)))
