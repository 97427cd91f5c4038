"""Data out of the ordinary: a class that never comes, blank images, one image, other floats."""

import numpy as np
import pytest

from nnbook import (
    SGD,
    Activation,
    Conv,
    Dataset,
    Dense,
    Dropout,
    L2Pool,
    LogLikelihood,
    MaxPool,
    Network,
    Step,
    relu,
    scaled,
    sigmoid,
    softmax,
    train,
)

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 256, (11, 8, 8), dtype=np.uint8)
LABELS = np.arange(11) % 3
pytestmark = pytest.mark.usefixtures("plain_arguments")


def network(pool=MaxPool, dtype=np.float32):
    return Network(
        [(8, 8, 1), Conv(3, 3, padding=1, stride=1, activation=relu), pool(2), Activation(sigmoid),
         Dropout(0.2), 6, Dense(4, softmax)],
        cost=LogLikelihood(), initializer=scaled, rng=0, dtype=dtype,
    )  # fmt: skip


def run(net, data, batch_size=4, epochs=3):
    settings = {"epochs": epochs, "batch_size": batch_size, "optimizer": SGD(0.5), "rng": 0}
    return list(train(net, data, **settings, monitor={"data": data}))


def test_a_class_that_is_missing_becomes_unlikely():
    data, net = Dataset(IMAGES, LABELS, classes=4), network()
    before = net.predict(data.x())[:, 3].mean()
    epochs = run(net, data)
    assert net.predict(data.x())[:, 3].mean() < before
    assert epochs[-1].scores["data"].n == 11 and np.isfinite(epochs[-1].scores["data"].cost)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(("pool", "ink"), [(MaxPool, 0), (MaxPool, 255), (L2Pool, 0)])
def test_blank_images_teach_how_often_each_class_comes(pool, ink):
    """All windows are ties, and with L2 pooling of black images the slope is taken as 0."""
    data = Dataset(np.full((11, 8, 8), ink, np.uint8), np.array([0] * 8 + [1] * 3), classes=4)
    net = network(pool)
    run(net, data, batch_size=11, epochs=200)
    assert np.isfinite(net.parameters).all()
    np.testing.assert_allclose(net.predict(data.x())[0], [8 / 11, 3 / 11, 0, 0], atol=0.05)


@pytest.mark.filterwarnings("error")
def test_the_root_of_zero_has_no_slope_but_hurts_nothing():
    net = Network([(4, 4, 1), L2Pool(2), Dense(2)], dtype=np.float64)
    net.layers[0].needs_input_gradient = True
    net.forward(np.zeros((2, 4, 4, 1)), training=True)
    assert not net.layers[0].backprop(np.ones((2, 2, 2, 1))).any()


@pytest.mark.parametrize("batch_size", [1, 10, 11])
def test_one_image_at_a_time_and_a_last_batch_of_one(batch_size):
    events = run(network(), Dataset(IMAGES, LABELS, classes=4), batch_size)
    steps = [event for event in events if isinstance(event, Step)]
    assert len(steps) == 3 * -(-11 // batch_size)
    assert all(np.isfinite(step.cost) for step in steps)


def test_a_batch_is_the_mean_of_its_images():
    net, data = network(dtype=np.float64), Dataset(IMAGES, LABELS, classes=4)
    net.layers[3].p = 0.0  # the same neurons for all
    x, y = data.batch(slice(0, 5), np.float64)
    net.backprop(x, y)
    together, alone = net.gradient.copy(), np.zeros_like(net.gradient)
    for k in range(5):
        net.backprop(x[k : k + 1], y[k : k + 1])
        alone += net.gradient
    np.testing.assert_allclose(together, alone, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("own", [np.float32, np.float64])
def test_a_network_computes_in_its_own_floats(own, dtype):
    net, x = network(dtype=own), IMAGES.reshape(11, 64).astype(dtype) / 255
    assert net.predict(x).dtype == own
    net.backprop(x, np.eye(4)[LABELS].astype(dtype))
    for layer in net.layers:
        assert layer.a.dtype == own and layer.delta.dtype == own
    assert net.gradient.dtype == own
    np.testing.assert_allclose(net.predict(x), net.predict(x.astype(own)), rtol=1e-6)
    run(net, Dataset(x.reshape(11, 8, 8), LABELS, classes=4))
    assert net.parameters.dtype == own


def test_what_cannot_be_right_is_refused():
    net = network()
    with pytest.raises(TypeError, match="numpy array of floats, but it is an array of uint8"):
        net.predict(IMAGES)
    with pytest.raises(ValueError, match="pixels between 0 and 1, but they go up to 255"):
        net.predict(IMAGES.astype(float))
    with pytest.raises(ValueError, match="single example"):
        net.predict(np.zeros((8, 8, 1)))
    with pytest.raises(ValueError, match="batch_size must be at most"):
        run(net, Dataset(IMAGES, LABELS, classes=4), batch_size=12)
    with pytest.raises(ValueError, match=r"y must have the shape \(1, 4\)"):
        run(net, Dataset(IMAGES, LABELS, classes=3), batch_size=11)
    with pytest.raises(ValueError, match="NaN or an infinite value"):
        Dataset(np.full((2, 8, 8), np.nan), [0, 1])
