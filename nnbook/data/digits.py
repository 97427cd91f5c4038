"""The digits that need no network: scikit-learn's 1,797, drawn large in 28×28 as MNIST does."""

from __future__ import annotations

import functools

import numpy as np
from jaxtyping import Float, Int, UInt8

from nnbook.data.dataset import Dataset, Digits

NAME = "built-in digits"
VALIDATION = TEST = 250
BOX, SIDE = 20, 28  # MNIST fits each digit into a box of 20×20 inside 28×28
SEED = 1797


@functools.cache
def builtin_digits() -> Digits:
    """1,297 training, 250 validation and 250 test images of real handwritten digits.

    They are the test part of "Optical Recognition of Handwritten Digits" (Alpaydin & Kaynak 1998),
    8×8 pixels with 17 grey levels, which scikit-learn carries. They are fewer and easier than
    MNIST, and the same 13 people wrote all three parts: accuracies are not comparable.
    """
    from sklearn.datasets import load_digits

    raw = load_digits()
    images = np.stack([framed(picture / 16) for picture in raw.images])
    labels = raw.target.astype(np.intp)
    order = _spread(labels, np.random.default_rng(SEED))
    training, validation, test = np.split(order, [len(order) - VALIDATION - TEST, -TEST])

    def part(index: np.ndarray, name: str) -> Dataset:
        return Dataset(images[index], labels[index], name=f"{NAME} {name}")

    return Digits(
        NAME,
        training=part(training, "training"),
        validation=part(validation, "validation"),
        test=part(test, "test"),
        note="1,797 handwritten digits that come with scikit-learn, scaled from 8×8 to 28×28.",
    )


def framed(picture: Float[np.ndarray, "height width"]) -> UInt8[np.ndarray, "28 28"]:
    """A picture in [0, 1] as MNIST frames it: ink scaled into 20×20, centre of mass in the middle.

    Returns 28×28 pixels, 0 to 255; an empty picture, or one too faint to see, comes out empty.
    """
    from scipy import ndimage

    frame = np.zeros((SIDE, SIDE))
    rows, columns = np.nonzero(picture.any(axis=1))[0], np.nonzero(picture.any(axis=0))[0]
    if len(rows) == 0:
        return frame.astype(np.uint8)
    ink = picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    ink = ndimage.zoom(ink, BOX / max(ink.shape), order=3, mode="grid-constant", grid_mode=True)
    ink = ((ink - 0.2) / 0.6).clip(0, 1)  # scaling blurs: give back the sharp edge of a pen
    if not ink.any():
        return frame.astype(np.uint8)
    height, width = ink.shape
    middle = ndimage.center_of_mass(ink)
    # The centre of mass belongs between pixels 13 and 14; the box may not leave the frame.
    top = int(np.clip(round((SIDE - 1) / 2 - middle[0]), 0, SIDE - height))
    left = int(np.clip(round((SIDE - 1) / 2 - middle[1]), 0, SIDE - width))
    frame[top : top + height, left : left + width] = ink
    return np.rint(frame * 255).astype(np.uint8)


def _spread(labels: Int[np.ndarray, " n"], rng: np.random.Generator) -> Int[np.ndarray, " n"]:
    """A random order in which every stretch holds the ten digits in nearly equal shares."""
    place = np.empty(len(labels))
    for digit in np.unique(labels):
        members = rng.permutation(np.flatnonzero(labels == digit))
        place[members] = (np.arange(len(members)) + rng.random(len(members))) / len(members)
    return np.argsort(place)
