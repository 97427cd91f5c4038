"""One digit and its distorted copies: how far may a change go? (NNDL ch. 3)"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float, UInt8

from nnbook import checks
from nnbook.data.dataset import Dataset
from nnbook.data.distortions import Distortion, Elastic, Rotation, Skew
from nnbook.data.draws import draws
from nnbook.network import Network

COPIES = 12


class Shift(Distortion):
    """Moved by some whole pixels up, down, left or right."""

    adjective = "shifted"

    def __init__(self, pixels: int) -> None:
        self.pixels = checks.whole("pixels", pixels, 0)

    def numbers(self, height: int, width: int) -> int:
        return 1

    def displacement(
        self, numbers: Float[np.ndarray, "m k"], height: int, width: int
    ) -> tuple[np.ndarray, np.ndarray]:
        way = (4 * numbers[:, :, np.newaxis]).astype(int)
        down = np.array([1, -1, 0, 0], np.float32)[way] * self.pixels
        right = np.array([0, 0, 1, -1], np.float32)[way] * self.pixels
        return down, right


# name: (what the strength means, its largest value, its step, its value at first)
KINDS: dict[str, tuple[str, float, float, float]] = {
    "elastic": ("strength α", 100.0, 2.0, 34.0),
    "rotation": ("largest angle in degrees", 85.0, 1.0, 15.0),
    "skew": ("largest angle in degrees", 60.0, 1.0, 15.0),
    "shift": ("pixels", 14.0, 1.0, 1.0),
}


class DistortedDigit:
    """Image `index` of `data`, a kind of distortion, its strength; elastic has σ as well.

    `copies` (12, height, width) are distorted by chance, each in its own way; `displacement`
    (2, height, width) says how far down and right of each pixel the first takes its ink.
    """

    def __init__(self, data: Dataset, network: Network | None = None) -> None:
        self.data = checks.instance("data", data, Dataset, "digits.training")
        self.network = network
        self.set(0, "elastic", KINDS["elastic"][3], 4.0)

    def set(self, index: int, kind: str, strength: float, sigma: float) -> None:
        """TypeError or ValueError that names what is wrong."""
        self.index = checks.whole("index", index, 0, len(self.data) - 1)
        self.kind = checks.one_of("kind", kind, KINDS)
        self.strength = checks.not_negative("strength", strength)
        self.sigma = checks.positive("sigma", sigma, "4.0")
        self.distortion = self._distortion()
        height, width = self.image.shape
        count = self.distortion.numbers(height, width)
        numbers = draws(0, np.arange(COPIES) + COPIES * self.index, count)
        stack = np.broadcast_to(self.image, (COPIES, height, width))
        self.copies: UInt8[np.ndarray, "n height width"] = self.distortion(stack, numbers)
        fields = self.distortion.displacement(numbers[:1], height, width)
        self.displacement = np.concatenate(
            [np.broadcast_to(field, (1, height, width)) for field in fields]
        )

    def _distortion(self) -> Distortion:
        if self.kind == "elastic":
            return Elastic(self.strength, self.sigma)
        if self.kind == "shift":
            return Shift(round(self.strength))
        return {"rotation": Rotation, "skew": Skew}[self.kind](self.strength)

    @property
    def image(self) -> UInt8[np.ndarray, "height width"]:
        """The image itself."""
        return self.data.images[self.index]

    @property
    def label(self) -> int | None:
        """The digit that it shows, where the data have labels."""
        return None if self.data.labels is None else int(self.data.labels[self.index])

    @property
    def answers(self) -> list[int] | None:
        """What the network says to each copy; None without a network."""
        if self.network is None:
            return None
        x = self.copies.reshape(len(self.copies), -1).astype(np.float32) / 255
        return [int(answer) for answer in self.network.classify(x)]
