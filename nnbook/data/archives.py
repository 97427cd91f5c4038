"""The four archives of MNIST: their names, sizes and checksums, and how one is read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nnbook.data.idx import Damaged, read_idx


@dataclass(frozen=True)
class Archive:
    """One packed file: its name, SHA-256, size in bytes, and the shape of the array inside."""

    name: str
    sha256: str
    size: int
    shape: tuple[int, ...]

    def check(self, packed: bytes) -> None:
        """Raises Damaged unless these bytes are the archive, by size and checksum."""
        if len(packed) != self.size:
            raise Damaged(f"{self.name} has a wrong size")
        if hashlib.sha256(packed).hexdigest() != self.sha256:
            raise Damaged(f"{self.name} has a wrong checksum")

    def read(self, packed: bytes) -> np.ndarray:
        """The array inside: the checksum comes first, nothing damaged is ever unpacked."""
        self.check(packed)
        try:
            return read_idx(packed, self.shape)
        except Damaged as error:
            raise Damaged(f"{self.name} cannot be read: {error}") from error

    def load(self, folder: Path) -> bytes:
        """The checked bytes of this archive in a folder.

        Raises FileNotFoundError where there is no such file, OSError where it cannot be opened,
        Damaged where it is something else.
        """
        path = folder / self.name
        if not folder.is_dir():
            raise FileNotFoundError("there is no such folder")
        if not path.is_file():
            raise FileNotFoundError(f"{self.name} is not there")
        with path.open("rb") as file:
            packed = file.read(self.size + 1)
        self.check(packed)
        return packed


@dataclass(frozen=True)
class Collection:
    """The archives that make up one set of digits."""

    training_labels: Archive
    test_labels: Archive
    test_images: Archive
    training_images: Archive

    def __iter__(self) -> Iterator[Archive]:
        # Small files first: a mirror that does not work is found out early.
        return iter(
            (self.training_labels, self.test_labels, self.test_images, self.training_images)
        )


MNIST = Collection(
    training_labels=Archive(
        "train-labels-idx1-ubyte.gz",
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
        28_881,
        (60_000,),
    ),
    test_labels=Archive(
        "t10k-labels-idx1-ubyte.gz",
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
        4_542,
        (10_000,),
    ),
    test_images=Archive(
        "t10k-images-idx3-ubyte.gz",
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
        1_648_877,
        (10_000, 28, 28),
    ),
    training_images=Archive(
        "train-images-idx3-ubyte.gz",
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
        9_912_422,
        (60_000, 28, 28),
    ),
)
