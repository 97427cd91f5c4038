"""Expanded data: the right pictures, the same whenever they are asked for, in little memory."""

import pickle
import tracemalloc

import numpy as np
import pytest
from scipy import ndimage

import nnbook
from nnbook import SGD, Dataset, Network, train
from nnbook.data.distortions import Distortion, sampled
from nnbook.data.draws import draws
from nnbook.data.expansion import Elastic, Rotation, Skew, expanded, shifted

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 256, (12, 9, 7)).astype(np.uint8)
LABELS = np.arange(12) % 10
DATA = Dataset(IMAGES, LABELS, name="MNIST training")
DISTORTIONS = [Rotation(15), Skew(15), Elastic(34, 4)]


def digit_like(height=28, width=28):
    """A smooth blot in the middle, as floats 0 to 1."""
    rows, columns = np.mgrid[:height, :width]
    blot = ((rows - height / 2) / 9) ** 2 + ((columns - width / 2) / 4) ** 2
    return np.exp(-(blot**2)).astype(np.float32)


# ---- shifts ------------------------------------------------------------------------------------


def test_shifts_are_the_books():
    images = shifted(DATA).images.reshape(12, 5, 9, 7)
    for image, (same, up, down, left, right) in zip(IMAGES, images, strict=True):
        assert np.array_equal(same, image)
        assert np.array_equal(up[:-1], image[1:]) and not up[-1].any()
        assert np.array_equal(down[1:], image[:-1]) and not down[0].any()
        assert np.array_equal(left[:, :-1], image[:, 1:]) and not left[:, -1].any()
        assert np.array_equal(right[:, 1:], image[:, :-1]) and not right[:, 0].any()


def test_shifts_of_floats_stay_floats():
    floats = Dataset(IMAGES / 255, LABELS)
    assert shifted(floats).inputs.dtype == np.float64
    np.testing.assert_allclose(shifted(floats).x(), shifted(DATA).x(), rtol=1e-6)


# ---- a data set like any other -----------------------------------------------------------------


@pytest.mark.parametrize("make", [shifted, lambda data: expanded(data, Elastic(9, 2), 4, seed=7)])
def test_an_image_is_the_same_whenever_it_is_asked_for(make):
    data = make(DATA)
    x, y = data.x(), data.y()
    assert x.shape == (60, 63) and y.shape == (60, 10)
    assert np.array_equal(data.labels, LABELS.repeat(5))
    for k in RNG.permutation(60):
        one, label = data.batch([k])
        assert np.array_equal(one[0], x[k]) and np.array_equal(label[0], y[k])
    index = RNG.integers(-60, 60, 200)
    for dtype in (np.float32, np.float64):
        batch, desired = data.batch(index, dtype)
        assert batch.dtype == desired.dtype == dtype
        np.testing.assert_allclose(batch, x[index], rtol=1e-6)
        assert np.array_equal(desired, y[index])
    again = make(DATA)[50:20:-3][np.array([1, 4])]
    assert np.array_equal(again.x(), x[[47, 38]]) and np.array_equal(
        again.images, data.images[[47, 38]]
    )
    assert np.array_equal(pickle.loads(pickle.dumps(again)).x(), again.x())
    np.testing.assert_allclose(data.images.reshape(60, 63) / 255, x, rtol=1e-6)


def test_names_and_sizes():
    data = shifted(DATA)
    assert data.name == "MNIST training, and each shifted four ways" and data.is_mnist
    assert len(data) == 60 and data.features == 63 and data.classes == 10
    assert data[:5].name == "MNIST training, and each shifted four ways (5 of 60)"
    assert data[:5].is_mnist and not shifted(Dataset(IMAGES, LABELS)).is_mnist
    assert repr(data) == (
        "<Dataset 'MNIST training, and each shifted four ways': 60 examples, 9×7 images, 10 labels>"
    )
    assert expanded(DATA, Skew(5)).name == "MNIST training, and 1 skewed copy of each"
    assert len(expanded(DATA, Skew(5), 3)) == 48
    assert expanded(DATA, Rotation(5), 3).name == "MNIST training, and 3 rotated copies of each"
    assert [repr(distortion) for distortion in DISTORTIONS] == [
        "Rotation(15)",
        "Skew(15)",
        "Elastic(34, 4)",
    ]


def test_nothing_can_be_written_into_it():
    data = shifted(DATA)
    for array in (data.inputs, data.images, data.labels):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    x, _ = data.batch(slice(0, 5))
    x[...] = 0
    assert np.array_equal(DATA.images, IMAGES) and data.x().any()


def test_expanding_twice_and_expanding_a_part():
    twice = expanded(shifted(DATA[2:4]), Rotation(10), seed=3)
    assert len(twice) == 20 and twice.labels.tolist() == [2] * 10 + [3] * 10
    assert np.array_equal(twice[::2].images, shifted(DATA[2:4]).images)
    assert np.array_equal(shifted(DATA[2:4]).images, shifted(DATA).images[10:20])


def test_training_and_evaluation_take_it():
    data = expanded(DATA, Elastic(8, 2), 2)
    network = Network([63, 5, 10])
    events = list(
        train(
            network, data, epochs=1, batch_size=10, optimizer=SGD(0.1), rng=0, monitor={"t": data}
        )
    )
    assert events[0].batches == 4 and events[-1].scores["t"].n == 36
    stored = Dataset(data.images, data.labels)
    assert network.evaluate(data).cost == pytest.approx(network.evaluate(stored).cost, rel=1e-6)


def test_vectors_as_targets_go_with_their_images():
    data = shifted(Dataset(IMAGES[:2], [[0.5], [2.5]]))
    assert data.labels is None and data.y().ravel().tolist() == [0.5] * 5 + [2.5] * 5


def test_an_expanded_set_needs_the_memory_of_the_original():
    big = Dataset(np.zeros((10_000, 28, 28), np.uint8), np.zeros(10_000, int))
    tracemalloc.start()
    try:
        sets = [shifted(big), expanded(big, Elastic(), 4)]
        held = tracemalloc.get_traced_memory()[0]
        for data in sets:
            part = data[::2]
            part.batch(RNG.integers(0, 25_000, 10))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert held < 0.3 * big.inputs.nbytes  # two sets: labels and positions only
    assert peak < 0.5 * big.inputs.nbytes


# ---- distortions -------------------------------------------------------------------------------


@pytest.mark.parametrize("distortion", DISTORTIONS, ids=repr)
def test_copies_differ_from_each_other_and_by_the_seed(distortion):
    data = Dataset(np.stack([digit_like()] * 3), [1, 2, 3])
    pictures = expanded(data, distortion, 4).inputs.reshape(15, 28, 28)
    assert np.array_equal(pictures[::5], data.inputs)
    copies = np.delete(pictures, [0, 5, 10], axis=0)
    assert len(np.unique(copies, axis=0)) == 12
    other = expanded(data, distortion, 4, seed=1).inputs.reshape(15, 28, 28)
    assert not any(np.array_equal(a, b) for a, b in zip(copies, other, strict=False))
    assert copies.min() >= 0 and copies.max() <= 1
    assert np.abs(copies - digit_like()).mean() < 0.1  # small changes


def test_a_distortion_of_nothing_changes_nothing():
    for nothing in (Rotation(0), Skew(0), Elastic(0, 4)):
        assert np.array_equal(expanded(DATA, nothing).images, IMAGES.repeat(2, axis=0))


@pytest.mark.parametrize("number", [0.0, 0.25, 1.0])
def test_rotation_is_scipys(number):
    image = digit_like()
    turned = Rotation(20)(image[np.newaxis], np.array([[number]], np.float32))[0]
    expected = ndimage.rotate(
        image, -20 * (2 * number - 1), reshape=False, order=1, mode="grid-constant"
    )
    assert np.abs(turned - expected).max() < 1e-4


def test_skew_moves_each_row_by_its_height():
    image = np.zeros((1, 5, 9), np.float32)
    image[:, :, 4] = 1
    slanted = Skew(45)(image, np.ones((1, 1), np.float32))[0]  # tan 45° = 1
    np.testing.assert_allclose(slanted, np.eye(9)[[6, 5, 4, 3, 2]], atol=1e-6)


def test_elastic_fields_are_simards():
    elastic, numbers = Elastic(34, 4), draws(5, np.arange(3), 2 * 28 * 28)
    down, right = elastic.displacement(numbers, 28, 28)
    rough = (2 * numbers - 1).reshape(3, 2, 28, 28)
    for field, noise in zip(np.stack([down, right], axis=1), rough, strict=True):
        for axis in range(2):
            smooth = 34 * ndimage.gaussian_filter(noise[axis], 4, mode="constant")
            np.testing.assert_allclose(field[axis], smooth, atol=1e-4)


def test_sampling_is_scipys():
    images = RNG.random((4, 9, 7)).astype(np.float32)
    down, right = RNG.normal(0, 4, (2, 4, 9, 7)).astype(np.float32)
    rows, columns = np.mgrid[:9, :7]
    for k, result in enumerate(sampled(images, down, right)):
        places = [rows + down[k], columns + right[k]]
        expected = ndimage.map_coordinates(images[k], places, order=1, mode="grid-constant")
        np.testing.assert_allclose(result, expected, atol=1e-5)
    far = np.full((4, 9, 7), 1e6, np.float32)
    assert not sampled(images, far, -far).any()


def test_draws_are_uniform_and_independent():
    numbers = draws(0, np.arange(500), 200)
    assert numbers.shape == (500, 200) and numbers.dtype == np.float32
    assert numbers.min() >= 0 and numbers.max() < 1
    counts = np.histogram(numbers, bins=20, range=(0, 1))[0]
    assert ((counts - 5000) ** 2 / 5000).sum() < 43  # chi-squared, 19 degrees of freedom: p > 0.001
    for other in (numbers[1:, :], draws(1, np.arange(500), 200)[:499]):
        assert abs(np.corrcoef(numbers[:499].ravel(), other.ravel())[0, 1]) < 0.015
    assert abs(np.corrcoef(numbers[:, 1:].ravel(), numbers[:, :-1].ravel())[0, 1]) < 0.015
    assert np.array_equal(draws(0, np.array([7, 3]), 5), numbers[[7, 3], :5])


# ---- wrong arguments ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        (lambda: shifted(IMAGES), TypeError, "data must be a Dataset"),
        (lambda: shifted(Dataset([[0.0, 1.0]], [0], name="gate")), ValueError, "gate has features"),
        (
            lambda: expanded(DATA, 15),
            TypeError,
            "distortion must be a Distortion, such as",
        ),
        (lambda: expanded(DATA, Elastic), TypeError, "distortion must be a Distortion"),
        (lambda: expanded(DATA, Skew(9), 0), ValueError, "copies must be at least 1"),
        (lambda: expanded(DATA, Skew(9), 2.5), TypeError, "copies must be a whole number"),
        (lambda: expanded(DATA, Skew(9), seed=-1), ValueError, "seed must be between 0"),
        (lambda: Rotation(90), ValueError, "degrees must be at least 0 and less than 90"),
        (lambda: Rotation("15"), TypeError, "degrees must be a number"),
        (lambda: Skew(-1), ValueError, "degrees must be at least 0"),
        (lambda: Elastic(-1, 4), ValueError, "alpha must be 0 or greater"),
        (lambda: Elastic(34, 0), ValueError, "sigma must be greater than 0"),
        (lambda: shifted(DATA)[60:], IndexError, "selects no example; there are 60"),
        (lambda: shifted(DATA)[[60]], IndexError, "has the examples 0 to 59"),
    ],
)
def test_wrong_arguments_are_named(wrong, error, message, plain_arguments):
    with pytest.raises(error, match=message):
        wrong()


def test_public_names():
    for name in ("shifted", "expanded", "Rotation", "Skew", "Elastic"):
        assert name in nnbook.__all__ and getattr(nnbook, name)
    assert issubclass(nnbook.Elastic, Distortion)
