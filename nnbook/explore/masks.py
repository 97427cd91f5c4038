"""What dropout does to one image: masks, thinned networks, their mean (NNDL ch. 3)."""

from __future__ import annotations

import numpy as np
from jaxtyping import UInt8

from nnbook import checks
from nnbook.data.dataset import Dataset
from nnbook.layers import Dense, Dropout
from nnbook.network import Network

MASKS = 100  # so many masks can be looked at


class DropoutMasks:
    """A trained network with one hidden layer, an image, and mask number `number` of 1 to 100.

    Each mask drops every hidden neuron with the probability `p` and divides what is kept by
    1 − p. ValueError unless `network` is input, a dense layer, dropout if you like, a dense layer.
    """

    def __init__(self, network: Network, data: Dataset, p: float = 0.5) -> None:
        checks.instance("network", network, Network, "Network([784, 100, Dropout(0.5), 10])")
        self.data = checks.instance("data", data, Dataset, "digits.validation")
        dense = [layer for layer in network.layers if isinstance(layer, Dense)]
        rest = [layer for layer in network.layers if not isinstance(layer, (Dense, Dropout))]
        if len(dense) != 2 or rest:
            raise ValueError(
                "network must have one hidden layer of neurons and an output layer, such as "
                f"Network([784, 100, Dropout(0.5), 10]), but it is {network!r}."
            )
        self.network, (self._hidden, self._output) = network, dense
        self.p, self.index, self.number = p, 0, 1
        draws = np.random.default_rng(0).random((MASKS, self._hidden.output_shape[0]))
        self._draws = draws
        self.set(0, p, 1)

    def set(self, index: int, p: float, number: int) -> None:
        """Choose the image, the share to drop (0 to 0.9), the mask; errors name what is wrong."""
        self.index = checks.whole("index", index, 0, len(self.data) - 1)
        self.p = checks.real("p", p)
        if not 0 <= self.p <= 0.9:
            raise ValueError(f"p must be between 0 and 0.9, but it is {p}.")
        self.number = checks.whole("number", number, 1, MASKS)
        x, y = self.data.batch(slice(self.index, self.index + 1), self.network.dtype)
        self.label = int(y.argmax())
        self.hidden = self._hidden.predict(x)[0]
        kept = self._draws[: self.number] >= self.p
        self.kept = kept[-1]
        thinned = self._output.predict(self.hidden * kept / (1 - self.p))
        self.thinned, self.mean = thinned[-1], thinned.mean(axis=0)
        self.whole = self._output.predict(self.hidden[np.newaxis])[0]
        self.votes = np.bincount(thinned.argmax(axis=1), minlength=thinned.shape[1])

    @property
    def image(self) -> UInt8[np.ndarray, "height width"]:
        """The image itself."""
        return self.data.images[self.index]
