"""What a network must beat: guessing by darkness, and a support vector machine (NNDL ch. 1)."""

from __future__ import annotations

from typing import Any

import numpy as np

from nnbook.data.dataset import Dataset
from nnbook.notation import Labels


class Darkness:
    """Guess the digit whose average image is as dark as this one: a 1 has less ink than a 0."""

    def __init__(self, training: Dataset):
        """Learn ten numbers: the mean darkness of each class of `training`."""
        darkness = _darkness(training)
        self.means = np.array([darkness[training.labels == digit].mean() for digit in range(10)])

    def classify(self, data: Dataset) -> Labels:
        """For each image of `data` the digit with the nearest mean darkness, (n,)."""
        return np.abs(_darkness(data)[:, None] - self.means).argmin(axis=1)

    def accuracy(self, data: Dataset) -> float:
        """The share of `data` guessed rightly, 0 to 1."""
        return float((self.classify(data) == data.labels).mean())


def _darkness(data: Dataset) -> np.ndarray:
    """The sum of all pixels of each image, exact."""
    return data.images.sum(axis=(1, 2), dtype=np.int64)


def svm_accuracy(training: Dataset, test: Dataset, gamma: float | None = None) -> float:
    """Accuracy on `test` of scikit-learn's SVC with an RBF kernel.

    `gamma` None means 1 / number of pixels, the default when the book was written. About four
    minutes for 50,000 images.
    """
    from sklearn.svm import SVC

    model: Any = SVC(gamma=1 / training.features if gamma is None else gamma)
    model.fit(training.x(), training.labels)
    return float((model.predict(test.x()) == test.labels).mean())
