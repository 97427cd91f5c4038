"""Convolution against loops and SciPy, its shapes, its gradients, its errors."""

import itertools

import numpy as np
import pytest
from scipy.signal import correlate

from nnbook import (
    SGD,
    Activation,
    Conv,
    CrossEntropy,
    Dataset,
    Dense,
    LogLikelihood,
    MaxPool,
    Network,
    Quadratic,
    glorot,
    gradient_check,
    he,
    linear,
    naive_convolution,
    relu,
    scaled,
    sigmoid,
    softmax,
    tanh,
    train,
)
from nnbook.training import descend

RNG = np.random.default_rng(0)
# kernel, stride, padding
FORMS = [
    (3, 1, 0),
    (1, 1, 0),
    (5, 1, 2),
    (3, 2, 0),
    (3, 2, 1),
    (2, 3, 0),
    ((2, 3), 1, 0),
    ((3, 1), (2, 1), (0, 1)),
    ((6, 5), 1, 0),
    (4, (1, 3), (3, 2)),
]


def connected(layer, shape, dtype=np.float64):
    """`layer` as the first of a network with a dense layer after it."""
    return Network([shape, layer, Dense(3)], initializer=scaled, rng=1, dtype=dtype).layers[0]


@pytest.mark.parametrize(("kernel", "stride", "padding"), FORMS, ids=str)
def test_forward_and_backward_equal_the_loops(kernel, stride, padding):
    images = RNG.normal(size=(3, 6, 5, 2))
    layer = Conv(4, kernel, stride=stride, padding=padding)
    network = Network([(6, 5, 2), Activation(tanh), layer, Dense(3)], rng=1, dtype=np.float64)
    z = layer.forward(images)
    expected = [
        naive_convolution.convolve(image, layer.W, layer.b, layer.stride, layer.padding)
        for image in images
    ]
    np.testing.assert_allclose(z, expected, rtol=1e-10, atol=1e-12)
    assert z.shape == (3, *layer.output_shape)
    np.testing.assert_array_equal(layer.predict(images), z)

    delta = RNG.normal(size=z.shape)
    grad = layer.backprop(delta)
    parts = [
        naive_convolution.convolve_backprop(image, layer.W, d, layer.stride, layer.padding)
        for image, d in zip(images, delta, strict=True)
    ]
    np.testing.assert_allclose(layer.gradient_W, sum(p[0] for p in parts), rtol=1e-9, atol=1e-11)
    np.testing.assert_allclose(layer.gradient_b, sum(p[1] for p in parts), rtol=1e-9, atol=1e-11)
    np.testing.assert_allclose(grad, [p[2] for p in parts], rtol=1e-9, atol=1e-11)
    assert layer.delta is delta
    np.testing.assert_array_equal(np.sort(network.gradient[: 4 * layer.W[0].size]),
                                  np.sort(layer.gradient_W.ravel()))  # fmt: skip


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_forward_equals_scipy(dtype):
    images = RNG.random((4, 28, 28, 3)).astype(dtype)
    layer = connected(Conv(6, 5), (28, 28, 3), dtype)
    z = layer.predict(images)
    assert z.dtype == dtype and z.shape == (4, 24, 24, 6)
    for n, j in itertools.product(range(4), range(6)):
        map_j = correlate(images[n], layer.W[j], mode="valid")[:, :, 0] + layer.b[j]
        np.testing.assert_allclose(z[n, :, :, j], map_j, rtol=1e-4, atol=1e-5)


def test_many_windows_of_one_channel_equal_scipy_backwards():
    """The way of large images: the gradient of the weights is summed image by image."""
    images, layer = RNG.normal(size=(3, 28, 28, 1)), Conv(4, 5)
    connected(layer, (28, 28, 1))
    delta = RNG.normal(size=layer.forward(images).shape)
    layer.backprop(delta)
    for j in range(4):
        total = sum(
            correlate(image[:, :, 0], d[:, :, j], mode="valid")
            for image, d in zip(images, delta, strict=True)
        )
        np.testing.assert_allclose(layer.gradient_W[j, :, :, 0], total, rtol=1e-9)
        assert layer.gradient_b[j] == pytest.approx(delta[..., j].sum())


def test_a_kernel_of_the_whole_image_is_a_dense_layer():
    images = RNG.normal(size=(5, 4, 3, 2))
    conv = connected(Conv(6, (4, 3)), (4, 3, 2))
    dense = connected(Dense(6, linear), (4, 3, 2))
    dense.W, dense.b = conv.W.reshape(6, -1), conv.b
    np.testing.assert_allclose(conv.predict(images)[:, 0, 0], dense.predict(images))


def test_an_edge_by_hand():
    layer = connected(Conv(1, (1, 2)), (2, 3, 1))
    layer.W, layer.b = np.array([-1.0, 1.0]).reshape(1, 1, 2, 1), [0.5]
    image = np.array([[0.0, 0.0, 1.0], [1.0, 1.0, 0.0]]).reshape(1, 2, 3, 1)
    assert layer.predict(image)[0, :, :, 0].tolist() == [[0.5, 1.5], [0.5, -0.5]]


def test_twenty_filters_have_520_parameters_and_are_shown():
    network = Network(
        [(28, 28, 1), Conv(20, 5), MaxPool(2), Activation(sigmoid), 100, Dense(10, softmax)],
        cost=LogLikelihood(),
    )
    assert network.layers[0].n_parameters == 520 and network.layers[0].W.shape == (20, 5, 5, 1)
    assert network.sizes == [784, 11520, 2880, 2880, 100, 10]
    lines = str(network).splitlines()
    assert lines[2].split() == ["1", "Conv(20,", "5)", "24", "×", "24", "×", "20", "520"]
    assert lines[3].split() == ["2", "MaxPool(2)", "12", "×", "12", "×", "20", "0"]
    assert lines[-1].split() == ["total", "289,630"]
    flat = RNG.random((2, 784), dtype=np.float32)
    np.testing.assert_array_equal(
        network.predict(flat), network.predict(flat.reshape(2, 28, 28, 1))
    )


def test_names_are_the_calls_that_make_them():
    for layer in (
        Conv(20, 5),
        Conv(20, (5, 3)),
        Conv(3, 5, stride=2, padding=(0, 1), activation=relu),
    ):
        assert repr(eval(repr(layer))) == repr(layer)
    assert repr(Conv(3, (5, 5), stride=(2, 1))) == "Conv(3, 5, stride=(2, 1))"


def test_weights_are_views_also_for_kernels_that_are_not_square():
    network = Network([(6, 6, 2), Conv(4, (2, 3)), Dense(3)], rng=0)
    layer = network.layers[0]
    assert layer.W.shape == (4, 2, 3, 2) and np.shares_memory(layer.W, network.parameters)
    images = RNG.random((2, 6, 6, 2), dtype=np.float32)
    before = layer.predict(images)
    layer.W = 2 * layer.W
    np.testing.assert_allclose(layer.predict(images) - layer.b, 2 * (before - layer.b), rtol=1e-4)
    twin = network.copy()
    np.testing.assert_array_equal(twin.layers[0].W, layer.W)
    np.testing.assert_array_equal(twin.predict(images), network.predict(images))


def test_fans_are_those_of_the_kernel():
    assert connected(Conv(20, 5), (28, 28, 3)).fans() == (75, 500)
    for initializer, spread in ((he, np.sqrt(2 / 75)), (glorot, np.sqrt(2 / 2575))):
        network = Network([(9, 9, 3), Conv(100, 5), Dense(2)], initializer=initializer)
        assert network.layers[0].W.std() == pytest.approx(spread, rel=0.05)


PAIRS = [
    (Quadratic(), linear),
    (Quadratic(), sigmoid),
    (Quadratic(), softmax),
    (CrossEntropy(), sigmoid),
    (CrossEntropy(), softmax),
    (LogLikelihood(), softmax),
]


@pytest.mark.parametrize("hidden", [linear, sigmoid, tanh, relu], ids=str)
@pytest.mark.parametrize(("cost", "output"), PAIRS, ids=str)
def test_gradients_for_every_cost_and_activation(cost, output, hidden):
    network, x, y = away_from_kinks(
        lambda: [Conv(3, 3, activation=hidden), Conv(2, 2), Activation(hidden)], cost, output
    )
    errors = gradient_check(network, x, y)
    assert len(errors) == 6 and max(errors.values()) < 1e-7, errors


@pytest.mark.parametrize(("kernel", "stride", "padding"), FORMS, ids=str)
def test_gradients_for_every_form_of_window(kernel, stride, padding):
    form = {"stride": stride, "padding": padding}
    network, x, y = away_from_kinks(
        lambda: [Conv(2, 2, padding=1), Activation(tanh), Conv(3, kernel, **form)],
        LogLikelihood(), softmax, shape=(5, 4, 2),
    )  # fmt: skip
    errors = gradient_check(network, x, y)
    assert max(errors.values()) < 1e-7, errors
    one = gradient_check(network, x[:1], y[:1])
    assert max(one.values()) < 1e-7, one


def away_from_kinks(layers, cost, output, shape=(5, 5, 1)):
    for seed in itertools.count():
        rng = np.random.default_rng(seed)
        network = Network(
            [shape, *layers(), Dense(3, output)],
            cost=cost, initializer=scaled, rng=rng, dtype=np.float64,
        )  # fmt: skip
        x = rng.normal(size=(4, *shape))
        network.forward(x, training=True)
        kinks = [np.abs(layer.z).min() for layer in network.layers if layer.activation is relu]
        if min(kinks, default=1) > 1e-4:
            return network, x, np.eye(3)[rng.integers(0, 3, 4)]
    raise AssertionError("unreachable")


def test_the_first_layer_spends_nothing_on_the_gradient_of_the_image(monkeypatch):
    network, x, y = away_from_kinks(lambda: [Conv(2, 2)], Quadratic(), linear)
    monkeypatch.setattr("nnbook.layers.convolution.add_lines", None)
    network.backprop(x, y)
    assert network.gradient.any()


def test_one_step_equals_pytorch():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    network = Network(
        [(28, 28, 1), Conv(6, 5, padding=1), MaxPool(2), Activation(sigmoid),
         Conv(8, 4, stride=3, activation=tanh), 20, Dense(10, softmax)],
        cost=LogLikelihood(), initializer=scaled, rng=3, dtype=np.float64,
    )  # fmt: skip
    nn = torch.nn
    model = nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=1), nn.MaxPool2d(2), nn.Sigmoid(),
        nn.Conv2d(6, 8, 4, stride=3), nn.Tanh(), nn.Flatten(), nn.Linear(128, 20), nn.Sigmoid(),
        nn.Linear(20, 10),
    ).double()  # fmt: skip
    ours = [layer for layer in network.layers if layer.n_parameters]
    first_dense = ours[2].W.reshape(20, 4, 4, 8).transpose(0, 3, 1, 2).reshape(20, 128)
    weights = [ours[0].W.transpose(0, 3, 1, 2), ours[1].W.transpose(0, 3, 1, 2),
               first_dense, ours[3].W]  # fmt: skip
    theirs = [part for part in model if hasattr(part, "weight")]
    with torch.no_grad():
        for part, w, layer in zip(theirs, weights, ours, strict=True):
            part.weight.copy_(torch.from_numpy(w.copy()))
            part.bias.copy_(torch.from_numpy(layer.b.copy()))
    x, labels = RNG.random((10, 28, 28, 1)), RNG.integers(0, 10, 10)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    loss = nn.functional.cross_entropy(
        model(torch.from_numpy(x.transpose(0, 3, 1, 2).copy())), torch.from_numpy(labels)
    )
    loss.backward()
    optimizer.step()
    cost = descend(network, x, np.eye(10)[labels], 10, SGD(0.5))
    assert cost == pytest.approx(float(loss.detach()))
    for part, layer in zip(theirs, ours, strict=True):
        np.testing.assert_allclose(layer.b, part.bias.detach(), rtol=1e-9, atol=1e-12)
    for part, layer in zip(theirs[:2], ours[:2], strict=True):
        expected = part.weight.detach().numpy().transpose(0, 2, 3, 1)
        np.testing.assert_allclose(layer.W, expected, rtol=1e-9, atol=1e-12)


def test_it_learns_where_a_bar_stands_with_a_last_short_batch():
    images = np.zeros((62, 8, 8), np.uint8)
    labels = np.arange(62) % 2
    for n, image in enumerate(images):
        at = RNG.integers(0, 8)
        image[(slice(None), at) if labels[n] else (at, slice(None))] = 255
    data = Dataset(images, labels, classes=2)
    network = Network(
        [(8, 8, 1), Conv(4, 3), MaxPool(2), Activation(sigmoid), Dense(2, softmax)],
        cost=LogLikelihood(), initializer=scaled,
    )  # fmt: skip
    run = train(network, data, epochs=30, batch_size=10, optimizer=SGD(0.5), rng=0)
    assert sum(1 for _ in run) == 30 * 8
    assert network.accuracy(data) == 1


@pytest.mark.usefixtures("plain_arguments")
@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: Conv(0, 5), ValueError, "channels must be at least 1"),
        (lambda: Conv(20, 0), ValueError, "kernel must be at least 1"),
        (lambda: Conv(20, 2.5), TypeError, "kernel must be a whole number"),
        (lambda: Conv(20, (5, 5, 1)), ValueError, r"kernel must be a whole number or a pair"),
        (lambda: Conv(20, (5, 0)), ValueError, "the width in kernel must be at least 1"),
        (lambda: Conv(20, 5, stride=0), ValueError, "stride must be at least 1"),
        (lambda: Conv(20, 5, padding=-1), ValueError, "padding must be at least 0"),
        (lambda: Conv(20, 5, activation="relu"), TypeError, "activation must be"),
        (lambda: Network([784, Conv(20, 5), 10]), ValueError,
         r"layer 1, Conv\(20, 5\): it needs images.*\(28, 28, 1\).*gets inputs of shape \(784,\)"),
        (lambda: Network([(28, 28), Conv(20, 5), 10]), ValueError,
         r"gets inputs of shape \(28, 28\): \(28, 28, 1\) for one channel"),
        (lambda: Network([(28, 28, 1), 30, Conv(20, 5), 10]), ValueError,
         r"layer 2, Conv\(20, 5\): .*shape \(30,\)"),
        (lambda: Network([(4, 4, 1), Conv(20, 5), 10]), ValueError,
         r"layer 1, Conv\(20, 5\): a window of 5×5 pixels does not fit .*\(4, 4, 1\)"),
        (lambda: Network([(28, 28, 1), Conv(20, 5)]), ValueError,
         r"last layer, Conv\(20, 5\), gives outputs of shape \(24, 24, 20\).*Dense\(10\)"),
    ],
)  # fmt: skip
def test_wrong_arguments_are_refused_in_words(make, error, words):
    with pytest.raises(error, match=words):
        make()


def test_prediction_goes_in_chunks_and_is_pure():
    network = Network([(8, 8, 1), Conv(4, 3), MaxPool(2), Activation(sigmoid), 3], rng=0)
    many = RNG.random((95, 8, 8, 1), dtype=np.float32)
    whole = network.predict(many)
    assert whole.shape == (95, 3)
    np.testing.assert_allclose(whole[38:42], network.predict(many[38:42]), rtol=1e-5)
    assert network.predict(many[:0]).shape == (0, 3)
    assert not hasattr(network.layers[0], "patches") and not hasattr(network.layers[1], "a")
    labels = network.classify(many)
    data = Dataset(many.reshape(95, 64), labels, classes=3)
    assert network.accuracy(data) == 1
