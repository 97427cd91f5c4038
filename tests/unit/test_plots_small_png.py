"""Small PNG files keep what the eye needs: the size, white paper, and rare colours."""

import io

import numpy as np
from PIL import Image

from nnbook.plots.small_png import small_png

GREEN = (0, 158, 115)


def again(file: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(file)).convert("RGB")).astype(int)


def busy() -> np.ndarray:
    """Thousands of shades, white paper, and one thin line in a green of its own."""
    picture = np.full((120, 200, 3), 255, np.uint8)
    y, x = np.mgrid[:80, :100]
    picture[:80, :100] = np.stack([x * 2, y * 3, 255 - x], axis=-1)
    picture[100, 20:24] = GREEN
    return picture


def test_a_thin_line_keeps_its_colour():
    picture = busy()
    assert np.abs(again(small_png(Image.fromarray(picture)))[100, 20:24] - GREEN).max() <= 6


def test_no_colour_is_far_off_and_there_are_few():
    picture = busy()
    small = small_png(Image.fromarray(picture))
    assert np.abs(again(small) - picture).max() <= 24
    assert len(Image.open(io.BytesIO(small)).getcolors()) <= 256


def test_paper_stays_white_and_transparency_goes():
    rgba = np.dstack([busy(), np.full((120, 200), 255, np.uint8)])
    assert np.all(again(small_png(Image.fromarray(rgba)))[110:] >= 254)


def test_same_picture_same_bytes():
    picture = Image.fromarray(busy())
    assert small_png(picture) == small_png(picture)
