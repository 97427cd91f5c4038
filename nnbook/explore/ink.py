"""A drawing made into an image as MNIST makes them: 28 × 28, scaled, centred (NNDL ch. 1).

The rule is that of LeCun, Cortes and Burges (1998), "The MNIST database of handwritten digits":
the ink is scaled into a box of 20 × 20 pixels with its proportions kept, and the box is laid into
a field of 28 × 28 so that the centre of mass of the ink is the centre of the field.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from jaxtyping import Float, UInt8
from PIL import Image, ImageDraw

SIDE = 280  # the sheet of paper, in pixels
PEN = 24  # how wide the pen draws, in the same pixels
BOX, FIELD = 20, 28
CENTRE = FIELD // 2  # the mean centre of mass of MNIST's own images is (14.0, 14.0)

Stroke = Sequence[Sequence[float]]


def drawn(strokes: Sequence[Stroke]) -> UInt8[np.ndarray, "side side"]:
    """The sheet with `strokes` on it: 0 is paper, 255 is ink.

    A stroke is a list of points (x, y); (0, 0) is the top left corner of the sheet and (1, 1) the
    bottom right one. One point alone is a dot. Points outside the sheet are allowed and not seen.
    """
    sheet = Image.new("L", (SIDE, SIDE))
    pen = ImageDraw.Draw(sheet)
    for stroke in strokes:
        points = [(x * SIDE, y * SIDE) for x, y in stroke]
        if len(points) > 1:
            pen.line(points, fill=255, width=PEN)
        for x, y in points:  # round ends and round corners
            pen.ellipse((x - PEN / 2, y - PEN / 2, x + PEN / 2, y + PEN / 2), fill=255)
    return np.asarray(sheet)


def centred(sheet: UInt8[np.ndarray, "height width"]) -> Float[np.ndarray, "28 28"]:
    """`sheet` (0 paper to 255 ink) as a network trained on MNIST wants it: float32 in [0, 1].

    An empty sheet gives an image of zeros.
    """
    if sheet.ndim != 2 or sheet.dtype != np.uint8:
        raise ValueError(
            "sheet must be a grey picture, uint8 with shape (height, width), "
            f"but it is {sheet.dtype} with shape {sheet.shape}."
        )
    image = np.zeros((FIELD, FIELD), np.float32)
    rows, columns = np.nonzero(sheet)
    if not len(rows):
        return image
    ink = sheet[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    scale = BOX / max(ink.shape)
    height, width = (max(1, round(side * scale)) for side in ink.shape)
    smooth = Image.Resampling.BOX if scale < 1 else Image.Resampling.BILINEAR
    small = np.asarray(Image.fromarray(ink).resize((width, height), smooth)) / np.float32(255)
    top, left = _corner(small)
    image[top : top + height, left : left + width] = small
    return image


def _corner(small: np.ndarray) -> tuple[int, int]:
    """Where the top left pixel of `small` goes, so that its centre of mass is the centre."""
    mass = small.sum()
    places = []
    for axis, length in enumerate(small.shape):
        along = small.sum(axis=1 - axis)
        centre = float(along @ np.arange(length)) / mass if mass else (length - 1) / 2
        nearest = math.ceil(CENTRE - centre - 0.5)
        places.append(min(max(nearest, 0), FIELD - length))
    return places[0], places[1]
