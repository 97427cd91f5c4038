"""The built-in digits look as MNIST's do: size, place, ink, and a fair split."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from sklearn.neighbors import KNeighborsClassifier

from nnbook.data import builtin_digits
from nnbook.data.digits import framed


@pytest.fixture(scope="module")
def digits():
    return builtin_digits()


def test_the_three_parts(digits):
    assert [len(part) for part in digits.parts.values()] == [1297, 250, 250]
    assert digits.name == "built-in digits" and not digits.is_mnist
    for name, part in digits.parts.items():
        assert part.name == f"built-in digits {name}" and not part.is_mnist
        assert part.inputs.dtype == np.uint8 and part.inputs.shape[1:] == (28, 28)
        share = np.bincount(part.labels) / len(part)
        assert np.abs(share - 0.1).max() < 0.01
    assert sorted(np.bincount(digits.training[:100].labels)) == [10] * 10


def test_no_image_is_in_two_parts(digits):
    seen = [{image.tobytes() for image in part.images} for part in digits.parts.values()]
    assert sum(map(len, seen)) == len(set.union(*seen)) == 1797


def test_each_image_is_framed_as_in_mnist(digits):
    images = np.concatenate([part.images for part in digits.parts.values()])
    ink = images > 0
    rows, columns = ink.any(axis=2).sum(axis=1), ink.any(axis=1).sum(axis=1)
    assert rows.max() <= 20 and columns.max() <= 20  # the box of 20×20
    assert np.median(np.maximum(rows, columns)) == 20
    assert (images.reshape(len(images), -1).max(axis=1) == 255).mean() > 0.99
    assert 25 < images.mean() < 45  # MNIST: 33
    weights = images / images.sum(axis=(1, 2), keepdims=True)
    middle = np.arange(28)
    for axis in (1, 2):  # the centre of mass is in the middle to half a pixel
        centre = (weights.sum(axis=3 - axis) * middle).sum(axis=1)
        assert np.abs(centre - 13.5).max() <= 0.51


def test_they_are_still_the_digits_they_were(digits):
    nearest = KNeighborsClassifier(1).fit(digits.training.x(), digits.training.labels)
    assert nearest.score(digits.test.x(), digits.test.labels) > 0.95


def test_they_repeat(digits):
    assert digits.training.labels[:10].tolist() == builtin_digits().training.labels[:10].tolist()
    builtin_digits.cache_clear()
    again = builtin_digits()
    assert again is not digits
    assert np.array_equal(again.training.images, digits.training.images)


ink = st.floats(0, 1, allow_subnormal=False)


@given(hnp.arrays(np.float64, hnp.array_shapes(min_dims=2, max_dims=2, max_side=30), elements=ink))
@example(np.full((1, 1), 0.125))  # so faint that no ink is left
@settings(max_examples=50)
def test_any_picture_can_be_framed(picture):
    frame = framed(picture)
    assert frame.shape == (28, 28) and frame.dtype == np.uint8
    assert picture.any() or not frame.any()
