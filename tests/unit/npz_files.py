"""Saved networks for the tests: a small one of each kind, and files put together by hand."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import numpy as np

from nnbook import (
    LSTM,
    Activation,
    AveragePool,
    Conv,
    CrossEntropy,
    Dense,
    Dropout,
    EachStep,
    L2Pool,
    LogLikelihood,
    MaxPool,
    Network,
    Recurrent,
    linear,
    relu,
    save,
    scaled,
    sigmoid,
    softmax,
    tanh,
)
from nnbook.layers import UnscaledDropout

NETWORKS = {
    "the book's": lambda: Network([784, 30, 10], rng=1),
    "float64": lambda: Network([3, 4, 2], cost=CrossEntropy(), dtype=np.float64, rng=2),
    "dropout": lambda: Network(
        [5, Dropout(0.25), Dense(8, tanh), Dropout(0.5), Dense(3, softmax)],
        cost=LogLikelihood(), initializer=scaled, rng=3,
    ),
    "images": lambda: Network(
        [
            (9, 11, 2), Conv(3, (2, 4), padding=(0, 1), activation=relu), MaxPool(2),
            Conv(4, 2, stride=(1, 2)), Activation(sigmoid), L2Pool((3, 1)), AveragePool(1),
            7, Dense(2, linear),
        ],
        rng=4,
    ),
    "sequences": lambda: Network([(5, 3), Recurrent(4, every_step=True), LSTM(3, memory=6), 2]),
    "an answer each step": lambda: Network([(4, 2), LSTM(3, every_step=True), EachStep(2)]),
    "unscaled dropout": lambda: Network([4, UnscaledDropout(0.5), 2]),
}  # fmt: skip


def saved(path: Path, name: str = "dropout") -> bytes:
    """The content of a file of one of them."""
    save(NETWORKS[name](), path)
    return path.read_bytes()


def members(content: bytes) -> dict[str, bytes]:
    """The members of a zip file by name, in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(pairs, compression: int = zipfile.ZIP_STORED) -> bytes:
    """A zip file of (name, bytes) pairs; a name may come twice."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in pairs:
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, compression)
    return buffer.getvalue()


def npy(array: np.ndarray) -> bytes:
    """An array as NumPy writes it, objects too."""
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, np.asanyarray(array))
    return buffer.getvalue()


def with_description(content: bytes, change) -> bytes:
    """The file with its description changed by `change(description)`, in place or anew."""
    found = members(content)
    description = json.loads(found["description.json"])
    changed = change(description)
    found["description.json"] = json.dumps(description if changed is None else changed).encode()
    return zipped(found.items())
