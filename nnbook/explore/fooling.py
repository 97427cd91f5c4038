"""A digit changed step by step until a network reads something else (chapter 10)."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from nnbook import checks
from nnbook.data.dataset import Dataset
from nnbook.network import Network
from nnbook.notation import Inputs, Rows

AWAY, RANDOM = "away from its own digit", "random signs, to compare"
STEPS = 40  # so many steps can be taken
STEP = 0.01  # how far a step moves each pixel, of 1 between white and black


def input_gradient(network: Network, x: Inputs, y: Rows) -> Inputs:
    """∂C/∂x for each row of `x`, with `y` (m, n_out) as the desired outputs; shape of `x`.

    BP2 once more, below the first layer. The network itself is left as it is.
    """
    copy = network.copy()
    first = copy.layers[0]
    first.needs_input_gradient = True
    copy.backprop(x, y)
    return first.backprop(first.delta).reshape(x.shape)


class Fooling:
    """`network`, an image of `data`, and the path along which it is changed.

    Each step moves every pixel by 0.01 along the sign of a slope, within 0 and 1: up the cost of
    the image's own digit, down the cost of another one, or along signs drawn once by chance.
    `path` (steps + 1, features) holds all the images on the way, `outputs` (steps + 1, classes)
    what the network says to them.
    ValueError unless `data` has labels and fits `network`.
    """

    def __init__(self, network: Network, data: Dataset) -> None:
        self.network = checks.instance("network", network, Network, "Network([784, 100, 10])")
        self.data = checks.instance("data", data, Dataset, "digits.validation")
        inputs, outputs = network.sizes[0], network.sizes[-1]
        if data.labels is None or data.features != inputs or data.classes != outputs:
            raise ValueError(
                f"network takes {inputs} inputs and gives {outputs} outputs, so data must have "
                f"labels, as many features and as many classes, but it is {data!r}."
            )
        self.ways = [AWAY, *(f"towards {digit}" for digit in range(outputs)), RANDOM]
        self.choose(0, AWAY)

    def choose(self, index: int, way: str) -> None:
        """Take image number `index` and walk all steps the given `way`, one of `ways`."""
        self.index = checks.whole("index", index, 0, len(self.data) - 1)
        self.way = checks.one_of("way", way, self.ways)
        x, y = self.data.batch(slice(index, index + 1), self.network.dtype)
        self.label = int(y.argmax())
        by_chance = np.random.default_rng(index).choice([-1.0, 1.0], x.shape)
        path = [x]
        for _ in range(STEPS):
            signs = by_chance if way == RANDOM else self._signs(x, y)
            x = np.clip(x + STEP * signs, 0, 1).astype(x.dtype)
            path.append(x)
        self.path: Float[np.ndarray, "steps features"] = np.concatenate(path)
        self.outputs = self.network.predict(self.path.reshape(-1, *self.network.input_shape))

    def _signs(self, x: Inputs, y: Rows) -> Inputs:
        if self.way == AWAY:
            return np.sign(self._slope(x, y))
        wanted = np.zeros_like(y)
        wanted[0, self.ways.index(self.way) - 1] = 1
        return -np.sign(self._slope(x, wanted))

    def _slope(self, x: Inputs, y: Rows) -> Inputs:
        rows = x.reshape(-1, *self.network.input_shape)
        return input_gradient(self.network, rows, y).reshape(x.shape)

    @property
    def answers(self) -> list[int]:
        """What the network reads after 0, 1, … steps."""
        return [int(answer) for answer in self.outputs.argmax(axis=1)]

    @property
    def fooled(self) -> int | None:
        """After how many steps it first reads another digit than the image shows; None if never."""
        return next((k for k, answer in enumerate(self.answers) if answer != self.label), None)

    def image(self, step: int) -> Float[np.ndarray, "height width"]:
        """The image after `step` steps, 0 to 1."""
        return self.path[step].reshape(self.data.images.shape[1:])

    def change(self, step: int) -> Float[np.ndarray, "height width"]:
        """How it differs from the image at the start."""
        return self.image(step) - self.image(0)
