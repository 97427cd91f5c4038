"""A set of examples: images or features, with labels or target vectors (NNDL ch. 1)."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float, Int, UInt8
from numpy.typing import DTypeLike

from nnbook import checks
from nnbook.data.arguments import checked_index, checked_inputs, checked_targets, shown

Index = slice | np.ndarray | list | range


class Dataset:
    """`n` examples: inputs x and desired outputs y. It cannot be changed.

    inputs   uint8 (n, height, width): images, 0 white paper to 255 full ink, kept as uint8;
             float (n, height, width): images in [0, 1];
             float (n, features): any finite numbers.
    targets  whole numbers (n,): labels 0 … classes − 1, turned into one-hot vectors;
             float (n, outputs): vectors, taken as they are.

    `dataset[:1000]` and `dataset[[3, 1, 4]]` are datasets again; slices share the memory.
    Raises TypeError or ValueError where inputs or targets do not fit this description.
    """

    def __init__(self, inputs: Any, targets: Any, *, classes: int = 10, name: str = "data") -> None:
        checks.whole("classes", classes, low=2)
        checks.instance("name", name, str, "'MNIST training'")
        x, y = checked_inputs(inputs), checked_targets(targets, classes)
        if len(x) != len(y):
            raise ValueError(
                f"inputs and targets must have the same length, but there are {len(x)} inputs "
                f"and {len(y)} targets."
            )
        self._fill(x, y, classes, name, (name, len(x)))

    def _fill(
        self, x: np.ndarray, y: np.ndarray, classes: int, name: str, whole: tuple[str, int]
    ) -> None:
        self._inputs, self._given = _read_only(x), _read_only(y)
        self._rows = self._inputs.reshape(len(x), -1)
        self._outputs = classes if y.ndim == 1 else y.shape[1]
        self._name, self._whole = name, whole

    @property
    def name(self) -> str:
        """What this is, for titles: "MNIST training (1,000 of 50,000)"."""
        return self._name

    @property
    def inputs(self) -> np.ndarray:
        """The inputs as they are stored: uint8 images or floats. Read-only."""
        return self._inputs

    @property
    def labels(self) -> Int[np.ndarray, " n"] | None:
        """The right answers as whole numbers, or None where the targets are vectors."""
        return self._given if self._given.ndim == 1 else None

    @property
    def targets(self) -> Float[np.ndarray, "n outputs"]:
        """The desired outputs y as float32 vectors, one-hot where there are labels."""
        return self.y()

    @property
    def images(self) -> UInt8[np.ndarray, "n height width"]:
        """The pictures, 0 white paper to 255 full ink; AttributeError where there are none."""
        if self._inputs.ndim != 3:
            raise AttributeError(f"{self._name} has no images: its inputs are features.")
        images = self.inputs
        return images if images.dtype == np.uint8 else np.rint(images * 255).astype(np.uint8)

    @property
    def features(self) -> int:
        """How many numbers describe one input: 784 for a 28×28 image."""
        return self._rows.shape[1]

    @property
    def classes(self) -> int:
        """How many outputs a network for this data has: 10 for digits."""
        return self._outputs

    @property
    def is_mnist(self) -> bool:
        """True for MNIST itself and its parts, known by the name."""
        return self._whole[0].startswith("MNIST")

    def batch(
        self, index: Index, dtype: DTypeLike = np.float32
    ) -> tuple[Float[np.ndarray, "m features"], Float[np.ndarray, "m outputs"]]:
        """The chosen examples as floats: x (m, features), images in [0, 1], and y (m, outputs).

        `index` is a slice or a whole-number array; this is called once for each mini-batch.
        """
        x = _scaled(self._taken(index), dtype)
        given = self._given
        given = given[index] if isinstance(index, slice) else given.take(index, axis=0)
        return x, _vectors(given, self._outputs, dtype)

    def _taken(self, index: Index) -> np.ndarray:
        """The chosen inputs as they are stored, one a row: (m, features)."""
        return self._rows[index] if isinstance(index, slice) else self._rows.take(index, axis=0)

    def x(self, dtype: DTypeLike = np.float32) -> Float[np.ndarray, "n features"]:
        """All inputs as rows of floats, images in [0, 1]: (n, features)."""
        return _scaled(self._taken(slice(None)), dtype)

    def y(self, dtype: DTypeLike = np.float32) -> Float[np.ndarray, "n outputs"]:
        """All desired outputs as rows of floats: (n, outputs)."""
        return _vectors(self._given, self._outputs, dtype)

    def __len__(self) -> int:
        return len(self._given)

    def __getitem__(self, index: Index) -> Dataset:
        chosen = checked_index(index, len(self), self._name)
        base, total = self._whole
        y = self._given[chosen]
        if len(y) == 0:
            raise IndexError(
                f"{self._name}[{shown(index)}] selects no example; there are {len(self):,}."
            )
        name = base if len(y) == total else f"{base} ({len(y):,} of {total:,})"
        return self._part(chosen, y, name)

    def _part(self, chosen: slice | np.ndarray, y: np.ndarray, name: str) -> Dataset:
        part = Dataset.__new__(Dataset)
        part._fill(self._inputs[chosen], y, self._outputs, name, self._whole)
        return part

    def __iter__(self) -> Iterator[Any]:
        raise TypeError(
            "A Dataset is not a sequence of pairs. Take dataset.images and dataset.labels, or "
            "x, y = dataset.batch(slice(0, 10)) for ten examples as floats."
        )

    def __repr__(self) -> str:
        shape = "×".join(str(size) for size in self._inputs.shape[1:])
        kind = "images" if self._inputs.ndim == 3 else "features"
        outputs = "labels" if self._given.ndim == 1 else "outputs"
        return (
            f"<Dataset {self._name!r}: {len(self):,} examples, {shape} {kind}, "
            f"{self._outputs} {outputs}>"
        )


@dataclass(frozen=True, eq=False, repr=False)
class Digits:
    """Handwritten digits in three parts: to learn from, to choose settings with, to judge by.

    `note` says in one sentence where the digits come from.
    """

    name: str
    training: Dataset
    validation: Dataset
    test: Dataset
    note: str = ""

    def __post_init__(self) -> None:
        checks.instance("name", self.name, str, "'MNIST'")
        for name, part in self.parts.items():
            checks.instance(name, part, Dataset, "Dataset(images, labels)")

    @property
    def parts(self) -> dict[str, Dataset]:
        """The three parts by name, in the order training, validation, test."""
        return {"training": self.training, "validation": self.validation, "test": self.test}

    @property
    def is_mnist(self) -> bool:
        """True for MNIST, False for the built-in digits and any other set."""
        return self.name == "MNIST"

    def __repr__(self) -> str:
        return (
            f"<Digits {self.name!r}: {len(self.training):,} training, "
            f"{len(self.validation):,} validation, {len(self.test):,} test>"
        )


def _scaled(rows: np.ndarray, dtype: DTypeLike) -> np.ndarray:
    """Pixels 0 … 255 as floats in [0, 1]; floats stay what they are."""
    if rows.dtype == np.uint8:
        return np.multiply(rows, _one_255th(np.dtype(dtype)), dtype=dtype)
    return rows.astype(dtype)


def _vectors(given: np.ndarray, outputs: int, dtype: DTypeLike) -> np.ndarray:
    """One-hot rows for labels; vectors stay what they are."""
    if given.ndim == 1:
        return _one_hot_rows(outputs, np.dtype(dtype)).take(given, axis=0)
    return given.astype(dtype)


@functools.cache
def _one_255th(dtype: np.dtype) -> np.floating:
    return _float_type(dtype)(1 / 255)


@functools.cache
def _one_hot_rows(outputs: int, dtype: np.dtype) -> np.ndarray:
    return _read_only(np.eye(outputs, dtype=_float_type(dtype)))


def _float_type(dtype: np.dtype) -> Any:
    if dtype not in (np.float32, np.float64):
        raise TypeError(f"dtype must be numpy.float32 or numpy.float64, but it is {dtype}.")
    return dtype.type


def _read_only(array: np.ndarray) -> np.ndarray:
    view = np.ascontiguousarray(array).view()
    view.flags.writeable = False
    return view
