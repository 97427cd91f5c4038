"""Autoencoders: a `Network` that must say again what it hears, through a narrow layer (NNDL ch. 6).

>>> network = Network([784, 30, 784], cost=CrossEntropy(), initializer=scaled)
>>> fit(network, Itself(digits.training), epochs=5, batch_size=10, optimizer=SGD(0.1), rng=0)
>>> codes(network, digits.test.x()).shape
(10000, 30)
"""

from __future__ import annotations

from typing import Any

import numpy as np
from jaxtyping import Float, Int
from numpy.typing import DTypeLike

from nnbook.checks import instance
from nnbook.data.dataset import Dataset, Index
from nnbook.network import Network
from nnbook.notation import Inputs, Rows

Codes = Float[np.ndarray, "m codes"]


class Itself(Dataset):
    """`data` with its inputs as the desired outputs; nothing is stored twice.

    `labels` are still those of `data`, to colour the codes with. TypeError unless it is a Dataset.
    """

    def __init__(self, data: Dataset):
        self._original = instance("data", data, Dataset, "digits.training")
        self._fill(data._inputs, data._given, data.features, data.name, data._whole)

    @property
    def inputs(self) -> np.ndarray:
        """The inputs as they are stored. Read-only."""
        return self._original.inputs

    @property
    def labels(self) -> Int[np.ndarray, " n"] | None:
        """The labels of the original, which are not the targets here."""
        return self._original.labels

    @property
    def classes(self) -> int:
        """How many outputs a network for this data has: as many as inputs."""
        return self.features

    def batch(
        self, index: Index, dtype: DTypeLike = np.float32
    ) -> tuple[Float[np.ndarray, "m features"], Float[np.ndarray, "m outputs"]]:
        """The chosen inputs as floats (m, features), twice: as x and as y."""
        x, _ = self._original.batch(index, dtype)
        return x, x

    def x(self, dtype: DTypeLike = np.float32) -> Float[np.ndarray, "n features"]:
        return self._original.x(dtype)

    def y(self, dtype: DTypeLike = np.float32) -> Float[np.ndarray, "n outputs"]:
        """All inputs again."""
        return self.x(dtype)

    def _part(self, chosen: slice | np.ndarray, y: np.ndarray, name: str) -> Dataset:
        return Itself(self._original[chosen])

    def __repr__(self) -> str:
        return f"<Itself: the inputs of {self._original!r} as targets>"


def codes(network: Network, x: Inputs) -> Codes:
    """What the narrowest hidden layer says to the inputs `x`: the codes, (m, neurons)."""
    a: Any = x.astype(network.dtype).reshape(-1, *network.input_shape)
    for layer in network.layers[: _narrowest(network)]:
        a = layer.predict(a)
    return a.reshape(len(a), -1)


def from_codes(network: Network, code: Codes) -> Rows:
    """What the network makes of codes, its own or new ones: outputs (m, n_out)."""
    first = _narrowest(network)
    a: Any = code.astype(network.dtype).reshape(-1, *network.layers[first - 1].output_shape)
    for layer in network.layers[first:]:
        a = layer.predict(a)
    return a


def _narrowest(network: Network) -> int:
    """How many layers lead to the code: to the one with the fewest neurons, the last of equals."""
    hidden = network.sizes[1:-1]
    if not hidden:
        raise ValueError(f"network must have a hidden layer, whose output is the code: {network!r}")
    return len(hidden) - hidden[::-1].index(min(hidden))
