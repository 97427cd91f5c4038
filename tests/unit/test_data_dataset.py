"""Dataset and Digits: what they give, and what they say about wrong arguments."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from nnbook.data import Dataset, Digits

IMAGES = np.random.default_rng(0).integers(0, 256, (20, 28, 28)).astype(np.uint8)
LABELS = np.arange(20) % 10


@pytest.fixture
def dataset():
    return Dataset(IMAGES, LABELS, name="MNIST training")


def test_a_batch_is_floats_and_one_hot(dataset):
    for dtype in (np.float32, np.float64, "float32", np.dtype(float)):
        x, y = dataset.batch(np.array([3, 3, 19]), dtype)
        assert x.dtype == y.dtype == np.dtype(dtype)
        assert x.shape == (3, 784) and y.shape == (3, 10)
        np.testing.assert_allclose(x, IMAGES[[3, 3, 19]].reshape(3, -1) / 255, rtol=1e-6)
        assert y.argmax(axis=1).tolist() == [3, 3, 9] and (y.sum(axis=1) == 1).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_pixels_become_exactly_zero_to_one(dtype):
    every = np.arange(256, dtype=np.uint8).reshape(1, 16, 16)
    x = Dataset(every, [0]).x(dtype)
    assert x.min() == 0 and x.max() == 1
    np.testing.assert_allclose(x[0], np.arange(256) / 255, rtol=2 * np.finfo(dtype).eps)


def test_a_slice_and_an_index_array_give_the_same_batch(dataset):
    for whole, part in zip(dataset.batch(slice(5, 9)), dataset.batch([5, 6, 7, 8]), strict=True):
        assert np.array_equal(whole, part)
    assert np.array_equal(dataset.x(), dataset.batch(slice(None))[0])
    assert np.array_equal(dataset.targets, dataset.batch(slice(None))[1])


def test_parts_are_datasets_and_slices_share_the_memory(dataset):
    part = dataset[5:10]
    assert isinstance(part, Dataset) and len(part) == 5
    assert part.labels.tolist() == [5, 6, 7, 8, 9]
    assert np.shares_memory(part.inputs, IMAGES)
    assert part.name == "MNIST training (5 of 20)" and part.is_mnist
    assert part[:2].name == "MNIST training (2 of 20)"
    assert dataset[[4, -1]].labels.tolist() == [4, 9]
    assert dataset[LABELS == 7].labels.tolist() == [7, 7]
    assert dataset[::-1].name == "MNIST training"
    assert dataset[range(3)].labels.tolist() == [0, 1, 2]


def test_nothing_can_be_written(dataset):
    for array in (dataset.inputs, dataset.labels, dataset.images, dataset[:3].inputs):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    with pytest.raises(AttributeError):
        dataset.inputs = IMAGES
    assert IMAGES.flags.writeable  # the caller's own array stays what it was
    x, _ = dataset.batch(slice(0, 2))
    x[...] = 0  # a batch is the caller's


def test_vectors_as_targets():
    dataset = Dataset([[0, 1], [1, 0]], [[0.5], [2.5]], name="toy")
    assert dataset.labels is None and dataset.classes == 1 and dataset.features == 2
    x, y = dataset.batch([1])
    assert x.tolist() == [[1, 0]] and y.tolist() == [[2.5]]
    assert x.dtype == y.dtype == np.float32
    x, y = dataset.batch(slice(None), np.float64)
    x[...] = y[...] = 9  # a copy, although the type is the stored one
    assert dataset.inputs.tolist() == [[0, 1], [1, 0]]
    assert not dataset.is_mnist
    with pytest.raises(AttributeError, match="toy has no images"):
        _ = dataset.images
    assert not hasattr(dataset, "images")


def test_images_of_floats(dataset):
    floats = Dataset(IMAGES / 255, LABELS)
    assert np.array_equal(floats.images, IMAGES)
    np.testing.assert_allclose(floats.x(np.float64), dataset.x(np.float64), rtol=1e-15)


def test_it_survives_copying_and_pickling(dataset):
    for twin in (copy.deepcopy(dataset), pickle.loads(pickle.dumps(dataset))):
        assert np.array_equal(twin.x(), dataset.x()) and twin.name == dataset.name


def test_how_it_shows_itself(dataset):
    assert repr(dataset) == "<Dataset 'MNIST training': 20 examples, 28×28 images, 10 labels>"
    digits = Digits("MNIST", dataset, dataset[:5], dataset[:2])
    assert repr(digits) == "<Digits 'MNIST': 20 training, 5 validation, 2 test>"


GOOD_X, GOOD_Y = np.zeros((4, 2)), np.array([0, 1, 2, 3])


@pytest.mark.parametrize(
    ("inputs", "targets", "kind", "message"),
    [
        (GOOD_X, [0, 1, 2, 10], ValueError, r"labels must be 0 to 9 \(classes=10\).* a 10"),
        (GOOD_X, [0, 1, -1, 2], ValueError, "labels must be 0 to 9 .* a -1"),
        (GOOD_X, [0, 1, 2], ValueError, "4 inputs and 3 targets"),
        (GOOD_X, [0.0, 1.0, 2.0, 3.0], ValueError, r"For one number .* \(n, 1\)"),
        (GOOD_X, [True, False, True, True], ValueError, "targets must be labels"),
        (GOOD_X, np.zeros((4, 2, 2)), ValueError, "targets must be labels"),
        (GOOD_X, [[1.0], [np.nan], [1], [1]], ValueError, "targets must be finite"),
        (GOOD_X, [], ValueError, "targets must not be empty"),
        (GOOD_X, "0123", TypeError, "targets must be an array of numbers"),
        (GOOD_X, None, TypeError, "targets must be an array of numbers, but it is None"),
        (np.zeros((0, 2)), [], ValueError, "inputs must not be empty"),
        (np.zeros((4, 0)), GOOD_Y, ValueError, "inputs must not be empty"),
        (np.zeros(4), GOOD_Y, ValueError, r"shape is \(4,\)"),
        (np.zeros((4, 2, 2, 1)), GOOD_Y, ValueError, "inputs must be images"),
        ([[1, 2], [3]], [0, 1], ValueError, "rows differ in length"),
        (GOOD_X * 1j, GOOD_Y, TypeError, "inputs must be an array of numbers"),
        (GOOD_X + np.inf, GOOD_Y, ValueError, "inputs must be finite"),
        (np.zeros((4, 9), np.uint8), GOOD_Y, ValueError, r"Reshape them, .* \(n, 28, 28\)"),
        (np.full((4, 3, 3), 255.0), GOOD_Y, ValueError, r"in \[0, 1\], .* from 255 to 255"),
        (np.full((4, 3, 3), -0.1), GOOD_Y, ValueError, r"in \[0, 1\]"),
        (np.full((4, 3, 3), np.nan), GOOD_Y, ValueError, "inputs must be finite"),
        (np.full((4, 3, 3), 200), GOOD_Y, TypeError, r"images.astype\(numpy.uint8\)"),
    ],
)
def test_wrong_inputs_and_targets(inputs, targets, kind, message):
    with pytest.raises(kind, match=message):
        Dataset(inputs, targets)


@pytest.mark.usefixtures("plain_arguments")
def test_other_wrong_arguments(dataset):
    with pytest.raises(ValueError, match="classes must be at least 2"):
        Dataset(GOOD_X, GOOD_Y, classes=1)
    with pytest.raises(ValueError, match=r"0 to 2 \(classes=3\)"):
        Dataset(GOOD_X, GOOD_Y, classes=3)
    with pytest.raises(TypeError, match="name must be a str"):
        Dataset(GOOD_X, GOOD_Y, name=3)
    with pytest.raises(TypeError, match=r"dtype must be numpy\.float32 or numpy\.float64"):
        dataset.batch(slice(0, 2), np.int64)
    with pytest.raises(TypeError, match="validation must be a Dataset"):
        Digits("mine", dataset, [1, 2], dataset)


@pytest.mark.usefixtures("plain_arguments")
@pytest.mark.parametrize(
    ("index", "kind", "message"),
    [
        (3, TypeError, r"Take a slice such as \[3:4\], or .images\[3\]"),
        (np.int64(3), TypeError, "single example"),
        ("test", TypeError, "takes a slice or a list"),
        (None, TypeError, "takes a slice or a list"),
        ((0, 1), TypeError, "takes a slice or a list"),
        ([0.5], TypeError, "takes a slice or a list"),
        ([[0, 1]], TypeError, "takes a slice or a list"),
        ([0, 20], IndexError, "0 to 19, but the index has 20"),
        ([-21], IndexError, "the index has -21"),
        ([True, False], IndexError, "20 entries, but it has 2"),
        (slice(20, 30), IndexError, r"MNIST training\[20:30\] selects no example"),
        ([], IndexError, r"\[\[\]\] selects no example"),
    ],
)
def test_wrong_indices(index, kind, message, dataset):
    with pytest.raises(kind, match=message):
        dataset[index]


def test_iterating_is_refused_with_a_way_out(dataset):
    with pytest.raises(TypeError, match=r"dataset\.batch\(slice\(0, 10\)\)"):
        iter(dataset)


numbers = st.sampled_from([np.uint8, np.int64, np.float32, np.float64, bool])
anything = st.one_of(
    numbers.flatmap(
        lambda kind: hnp.arrays(kind, hnp.array_shapes(min_dims=0, max_dims=4, max_side=3))
    ),
    st.none(),
    st.text(max_size=3),
    st.lists(st.lists(st.integers(0, 9), max_size=2), max_size=3),
)


@given(anything, anything)
def test_any_arguments_give_a_dataset_or_our_error(inputs, targets):
    try:
        dataset = Dataset(inputs, targets)
    except (TypeError, ValueError) as error:
        assert str(error).startswith(("inputs", "targets", "labels", "images"))
        return
    x, y = dataset.batch(slice(None), np.float64)
    assert x.shape == (len(dataset), dataset.features)
    assert y.shape == (len(dataset), dataset.classes)
    assert np.isfinite(x).all() and np.isfinite(y).all()
    if hasattr(dataset, "images"):
        assert x.min() >= 0 and x.max() <= 1
    if dataset.labels is not None:
        assert np.array_equal(y.argmax(axis=1), np.asarray(targets))


@given(st.slices(20))
def test_any_slice_is_what_numpy_takes(index):
    dataset = Dataset(IMAGES, LABELS)
    if len(LABELS[index]) == 0:
        with pytest.raises(IndexError, match="selects no example"):
            dataset[index]
    else:
        part = dataset[index]
        assert np.array_equal(part.images, IMAGES[index])
        assert np.array_equal(part.labels, LABELS[index])
        assert np.array_equal(part.x(), dataset.batch(index)[0])
