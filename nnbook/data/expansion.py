"""More training data from the data there is: images and their small changes (NNDL ch. 3 and 6).

Nothing is stored but the original images: what a mini-batch needs is computed when it is asked for.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Int
from numpy.lib.stride_tricks import as_strided

from nnbook.checks import instance, whole
from nnbook.data.dataset import Dataset, Index
from nnbook.data.distortions import Distortion, Elastic, Rotation, Skew
from nnbook.data.draws import draws

__all__ = ["Elastic", "Expanded", "Rotation", "Skew", "expanded", "shifted"]

CHUNK = 100  # images distorted at a time: the work stays in the processor's cache
MOVES = np.array([(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1)])  # (down, right): itself, up, down, …


class Expanded(Dataset):
    """Each image of a data set and its changed copies, one after the other.

    `data[5 * k : 5 * k + 5]` are image k and its four shifts. An image is the same whenever it is
    asked for, alone or in a mini-batch. The memory is that of the original; `inputs`, `images`
    and `x()` compute all images of the set, so take them from a part.
    """

    def __init__(self, original: Dataset, changes: _Changes, name: str):
        """Made by `shifted` and `expanded`."""
        instance("data", original, Dataset, "digits.training")
        if original._inputs.ndim != 3:
            raise ValueError(
                f"data must hold images to be expanded, but {original.name} has features."
            )
        self._original, self._changes = original, changes
        self._positions = np.arange(len(original) * changes.versions)
        y = original._given.repeat(changes.versions, axis=0)
        self._fill(original._inputs, y, original.classes, name, (name, len(y)))

    @property
    def inputs(self) -> np.ndarray:
        """All inputs in the type in which the original stores them, computed anew. Read-only."""
        inputs = self._taken(slice(None)).reshape(-1, *self._inputs.shape[1:])
        inputs.flags.writeable = False
        return inputs

    def _taken(self, index: Index) -> np.ndarray:
        positions = self._positions
        chosen = positions[index] if isinstance(index, slice) else positions.take(index)
        return self._computed(chosen)

    def _computed(self, positions: Int[np.ndarray, " m"]) -> np.ndarray:
        which, version = np.divmod(positions, self._changes.versions)
        images = self._original._taken(which).reshape(-1, *self._inputs.shape[1:])
        return self._changes(images, version, positions).reshape(len(positions), -1)

    def _part(self, chosen: slice | np.ndarray, y: np.ndarray, name: str) -> Dataset:
        part = Expanded.__new__(Expanded)
        part._original, part._changes = self._original, self._changes
        part._positions = self._positions[chosen]
        part._fill(self._inputs, y, self._outputs, name, self._whole)
        return part


def shifted(data: Dataset) -> Expanded:
    """Five images from each: itself and itself moved by one pixel up, down, left and right.

    The row or column that is left empty is white, as in the book: 250,000 images from 50,000.
    TypeError unless `data` is a Dataset, ValueError unless it holds images.
    """
    instance("data", data, Dataset, "digits.training")
    return Expanded(data, _Shifts(), f"{data.name}, and each shifted four ways")


def expanded(data: Dataset, distortion: Distortion, copies: int = 1, seed: int = 0) -> Expanded:
    """Each image and `copies` distorted copies of it: n · (1 + copies) images from n.

    `distortion` is a Rotation, Skew or Elastic; how each copy is distorted depends on `seed` (0 or
    greater) and its position alone. An expanded set can be expanded again.
    TypeError or ValueError for wrong arguments.
    """
    instance("data", data, Dataset, "digits.training")
    instance("distortion", distortion, Distortion, "Elastic(34, 4)")
    whole("copies", copies)
    whole("seed", seed, low=0, high=2**63)
    copied = f"{copies} {distortion.adjective} {'copy' if copies == 1 else 'copies'}"
    return Expanded(
        data, _Distorted(distortion, copies, seed), f"{data.name}, and {copied} of each"
    )


class _Changes:
    """Images (m, height, width), which version of each, and its position: the changed images."""

    versions: int  # how many images come of one, itself included

    def __call__(
        self, images: np.ndarray, version: Int[np.ndarray, " m"], position: Int[np.ndarray, " m"]
    ) -> np.ndarray:
        raise NotImplementedError


class _Shifts(_Changes):
    versions = len(MOVES)

    def __call__(
        self, images: np.ndarray, version: Int[np.ndarray, " m"], position: Int[np.ndarray, " m"]
    ) -> np.ndarray:
        m, height, width = images.shape
        # White above, below and on the right. A picture that is moved is the same memory read from
        # an earlier or later pixel on: right of a row and left of the next stands one white pixel.
        framed = np.zeros((m, height + 2, width + 1), images.dtype)
        framed[:, 1:-1, :-1] = images
        _, row, pixel = framed.strides
        last = framed.size - height * (width + 1) + 1
        windows = as_strided(framed, (last + 1, height, width), (pixel, row, pixel))
        start = np.arange(m) * framed[0].size + (width + 1)
        return windows[start - (MOVES @ (width + 1, 1)).take(version)]


class _Distorted(_Changes):
    def __init__(self, distortion: Distortion, copies: int, seed: int):
        self.distortion, self.versions, self.seed = distortion, 1 + copies, seed

    def __call__(
        self, images: np.ndarray, version: Int[np.ndarray, " m"], position: Int[np.ndarray, " m"]
    ) -> np.ndarray:
        images = images.copy()  # a slice of the original is a view of its memory
        count = self.distortion.numbers(*images.shape[1:])
        copies = np.flatnonzero(version)
        for at in range(0, len(copies), CHUNK):
            part = copies[at : at + CHUNK]
            numbers = draws(self.seed, position[part], count)
            images[part] = self.distortion(images[part], numbers)
        return images
