"""Small distortions that leave a digit the digit it is: rotation, skew, elastic (NNDL ch. 3).

Each says for every pixel of the new picture from where in the old one its ink is taken. Between
pixels the ink is interpolated; outside the picture the paper is white.
"""

from __future__ import annotations

import functools
import math

import numpy as np
from jaxtyping import Float

from nnbook.checks import not_negative, positive, real

Field = Float[np.ndarray, "m height width"]
REACH = 4  # a Gaussian is cut off after so many standard deviations


class Distortion:
    """A family of small changes of a picture; the numbers in [0, 1) that are put in choose one."""

    adjective = "distorted"

    def numbers(self, height: int, width: int) -> int:
        """How many numbers one picture needs."""
        raise NotImplementedError

    def displacement(
        self, numbers: Float[np.ndarray, "m k"], height: int, width: int
    ) -> tuple[np.ndarray, np.ndarray]:
        """How far down and how far right of each pixel its ink lies, in pixels.

        Two arrays that broadcast to (m, height, width).
        """
        raise NotImplementedError

    def __call__(self, images: np.ndarray, numbers: Float[np.ndarray, "m k"]) -> np.ndarray:
        """`images` (m, height, width) distorted, in the same type; `numbers` are in [0, 1)."""
        down, right = self.displacement(numbers, *images.shape[1:])
        return sampled(images, down, right)


class _Angle(Distortion):
    """One angle for each picture, uniform from −degrees to degrees."""

    def __init__(self, degrees: float):
        """`degrees` is the largest angle: 0 or greater, less than 90."""
        self.degrees = real("degrees", degrees)
        if not 0 <= self.degrees < 90:
            raise ValueError(
                f"degrees must be at least 0 and less than 90, but it is {degrees}. "
                "For example: 15."
            )

    def numbers(self, height: int, width: int) -> int:
        return 1

    def angles(self, numbers: Float[np.ndarray, "m 1"]) -> Float[np.ndarray, "m 1 1"]:
        """The angles in radians."""
        return (math.radians(self.degrees) * (2 * numbers - 1))[:, :, np.newaxis]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.degrees:g})"


class Rotation(_Angle):
    """Turned about the middle, by up to `degrees` either way."""

    adjective = "rotated"

    def displacement(
        self, numbers: Float[np.ndarray, "m k"], height: int, width: int
    ) -> tuple[np.ndarray, np.ndarray]:
        angle = self.angles(numbers)
        down, right = _from_the_middle(height, width)
        less, sine = np.cos(angle) - 1, np.sin(angle)
        return less * down - sine * right, sine * down + less * right


class Skew(_Angle):
    """Slanted like italic letters, by up to `degrees` either way; the middle row stays."""

    adjective = "skewed"

    def displacement(
        self, numbers: Float[np.ndarray, "m k"], height: int, width: int
    ) -> tuple[np.ndarray, np.ndarray]:
        down, _ = _from_the_middle(height, width)
        return np.zeros((1, 1, 1), np.float32), np.tan(self.angles(numbers)) * down


class Elastic(Distortion):
    """Pushed about like ink on a stretched sheet of rubber (Simard, Steinkraus and Platt 2003).

    Every pixel draws a displacement from [−1, 1] down and right; both fields are smoothed by a
    Gaussian of standard deviation `sigma` and multiplied by `alpha`. Small sigma: crumpled paper.
    Large sigma: the whole digit drifts. Between them a hand that wavers: Simard used σ = 4, α = 34.
    """

    adjective = "elastic"

    def __init__(self, alpha: float = 34.0, sigma: float = 4.0):
        """`alpha` is the strength (0 or greater), `sigma` the width of the Gaussian in pixels."""
        self.alpha = not_negative("alpha", alpha)
        self.sigma = positive("sigma", sigma, example="4.0")

    def numbers(self, height: int, width: int) -> int:
        return 2 * height * width

    def displacement(
        self, numbers: Float[np.ndarray, "m k"], height: int, width: int
    ) -> tuple[np.ndarray, np.ndarray]:
        rough = (2 * numbers - 1).reshape(-1, 2, height, width)
        rows, columns = _gaussian(self.sigma, height), _gaussian(self.sigma, width)
        fields = self.alpha * (rows @ (rough @ columns))  # the Gaussian is separable
        return fields[:, 0], fields[:, 1]

    def __repr__(self) -> str:
        return f"Elastic({self.alpha:g}, {self.sigma:g})"


def sampled(images: np.ndarray, down: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Pictures whose pixel (i, j) is the ink of `images` at (i + down, j + right).

    `images` is (m, height, width), uint8 or float, and so is the result; `down` and `right`, in
    pixels, broadcast to that shape. Bilinear interpolation; outside there is white paper.
    """
    m, height, width = images.shape
    # A frame of white, two pixels wide: all that lies farther out is moved onto it.
    wide = width + 3
    framed = np.zeros((m, height + 3, wide), np.float32)
    framed[:, 1:-2, 1:-2] = images
    y = np.clip(np.arange(1, height + 1, dtype=np.float32)[:, np.newaxis] + down, 0, height + 1)
    x = np.clip(np.arange(1, width + 1, dtype=np.float32) + right, 0, width + 1)
    top, left = y.astype(np.intp), x.astype(np.intp)
    y, x = (y - top).astype(np.float32), (x - left).astype(np.float32)
    corner = top * wide + left
    corner = corner + (np.arange(m) * framed[0].size)[:, np.newaxis, np.newaxis]
    ink = framed.ravel()
    above = ink.take(corner)
    above += x * (ink.take(corner + 1) - above)
    corner += wide
    below = ink.take(corner)
    below += x * (ink.take(corner + 1) - below)
    above += y * (below - above)
    if images.dtype == np.uint8:
        np.rint(above, out=above)
    return above.astype(images.dtype)


def _from_the_middle(height: int, width: int) -> tuple[np.ndarray, np.ndarray]:
    """How far down (height, 1) and right (width,) of the middle each row and column lies."""
    down = np.arange(height, dtype=np.float32) - (height - 1) / 2
    return down[:, np.newaxis], np.arange(width, dtype=np.float32) - (width - 1) / 2


@functools.lru_cache(maxsize=32)
def _gaussian(sigma: float, size: int) -> Float[np.ndarray, "size size"]:
    """The matrix that smooths a column of `size` pixels; what lies outside counts as 0."""
    reach = int(REACH * sigma + 0.5)
    offsets = np.arange(-reach, reach + 1)
    kernel = np.exp(-0.5 * (offsets / sigma) ** 2)
    distance = np.abs(np.subtract.outer(np.arange(size), np.arange(size)))
    half = np.zeros(max(size, reach + 1))
    half[: reach + 1] = kernel[reach:] / kernel.sum()
    return half[distance].astype(np.float32)
