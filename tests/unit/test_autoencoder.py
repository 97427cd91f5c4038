"""Autoencoders: inputs as targets, codes, and back; against principal components."""

import numpy as np
import pytest
from sklearn.decomposition import PCA

from nnbook import (
    SGD,
    Conv,
    CrossEntropy,
    Dataset,
    Dense,
    Network,
    expanded,
    glorot,
    gradient_check,
    linear,
    scaled,
    sigmoid,
    tanh,
    train,
)
from nnbook.data import Rotation, bars_and_stripes
from nnbook.models import Itself, codes, from_codes
from nnbook.optimizers import Adam

PICTURES = bars_and_stripes(3)
RNG = np.random.default_rng(0)


def test_inputs_are_the_targets():
    data = Itself(PICTURES)
    assert len(data) == 14 and data.features == data.classes == 9
    for index in (slice(2, 5), np.array([3, 1]), [0]):
        for dtype in (np.float32, np.float64):
            x, y = data.batch(index, dtype)
            np.testing.assert_array_equal(x, PICTURES.batch(index, dtype)[0])
            np.testing.assert_array_equal(y, x)
            assert y.dtype == dtype
    np.testing.assert_array_equal(data.y(), PICTURES.x())
    np.testing.assert_array_equal(data.targets, PICTURES.x())
    np.testing.assert_array_equal(data.labels, PICTURES.labels)
    np.testing.assert_array_equal(data.images, PICTURES.images)
    assert data.name == PICTURES.name and "inputs" in repr(data)


def test_parts_are_such_data_again():
    part = Itself(PICTURES)[[4, 2, 9]]
    assert isinstance(part, Itself) and len(part) == 3 and "3 of 14" in part.name
    np.testing.assert_array_equal(part.y(), PICTURES.x()[[4, 2, 9]])
    np.testing.assert_array_equal(part[1:].y(), PICTURES.x()[[2, 9]])
    np.testing.assert_array_equal(part.labels, PICTURES.labels[[4, 2, 9]])


def test_other_kinds_of_data():
    features = Itself(Dataset(RNG.normal(size=(5, 3)), RNG.normal(size=(5, 2))))
    assert features.classes == 3 and features.labels is None
    x, y = features.batch([1, 2])
    np.testing.assert_array_equal(x, y)
    turned = expanded(PICTURES, Rotation(20), copies=2, seed=1)
    x, y = Itself(turned).batch(slice(0, 6))
    np.testing.assert_array_equal(y, turned.batch(slice(0, 6))[0])
    np.testing.assert_array_equal(x, y)
    assert len(Itself(turned)[3:6]) == 3


@pytest.mark.parametrize("activation", [sigmoid, tanh], ids=str)
def test_codes_are_the_middle_and_lead_to_the_output(activation):
    network = Network([9, 6, Dense(2, activation), 6, 9], initializer=scaled)
    x = PICTURES.x()
    network.forward(x, training=True)
    np.testing.assert_array_equal(codes(network, x), network.layers[1].a)
    np.testing.assert_array_equal(from_codes(network, codes(network, x)), network.predict(x))
    assert from_codes(network, np.array([[0.2, 0.9]])).shape == (1, 9)
    images = Network([(3, 3, 1), Conv(1, 2), Dense(9)])
    code = codes(images, x)
    assert code.shape == (14, 4)
    np.testing.assert_array_equal(from_codes(images, code), images.predict(x))


def test_gradients_where_the_target_is_the_input():
    network = Network([4, 2, 4], cost=CrossEntropy(), initializer=scaled, dtype=np.float64)
    x = RNG.random((5, 4))
    assert max(gradient_check(network, x, x).values()) < 1e-7


def test_a_linear_one_finds_what_principal_components_find():
    """With linear neurons and the squared error nothing better than PCA exists (Baldi 1989)."""
    spread = RNG.normal(size=(200, 5)) @ np.diag([3.0, 2.0, 0.5, 0.3, 0.1])
    data = Dataset(spread, np.zeros((200, 1)))
    network = Network([5, Dense(2, linear), Dense(5, linear)], initializer=glorot, rng=0)
    list(train(network, Itself(data), epochs=30, batch_size=10, optimizer=SGD(0.02), rng=0))
    pca = PCA(2).fit(spread)
    best = np.square(spread - pca.inverse_transform(pca.transform(spread))).sum(axis=1).mean() / 2
    assert best <= network.evaluate(Itself(data)).cost < 1.1 * best


def test_it_learns_pictures_by_heart_through_two_numbers():
    network = Network(
        [9, 12, Dense(2, tanh), 12, 9], cost=CrossEntropy(), initializer=glorot, rng=0
    )
    data = Itself(PICTURES)
    list(train(network, data, epochs=150, batch_size=7, optimizer=Adam(0.03), rng=0))
    mean = PICTURES.x().mean(axis=0)
    nothing_learned = np.square(PICTURES.x() - mean).mean()
    assert np.square(network.predict(data.x()) - data.y()).mean() < 0.5 * nothing_learned
    score = network.evaluate(data)
    assert np.isnan(score.accuracy) and score.n == 14


@pytest.mark.usefixtures("plain_arguments")
def test_wrong_arguments_are_refused_in_words():
    with pytest.raises(TypeError, match="data must be a Dataset"):
        Itself(PICTURES.x())
    with pytest.raises(ValueError, match="must have a hidden layer"):
        codes(Network([9, 9]), PICTURES.x())
