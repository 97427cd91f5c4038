"""Pictures as small files: a figure has few colours, so a palette of 256 is enough for it."""

from __future__ import annotations

import io

from PIL import Image


def small_png(picture: Image.Image) -> bytes:
    """`picture` as a PNG file of at most 256 colours: a third of the size, the same to the eye.

    Rare colours count as much as frequent ones, so a thin line keeps the colour that tells it from
    the others. The same picture gives the same bytes.
    """
    few = picture.convert("RGB").quantize(
        256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
    )
    buffer = io.BytesIO()
    few.save(buffer, format="png", optimize=True)
    return buffer.getvalue()
