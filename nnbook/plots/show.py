"""Show a figure in a notebook together with the words that say what it shows."""

from __future__ import annotations

import base64
import io

from matplotlib.figure import Figure
from PIL import Image

from nnbook.plots.small_png import small_png

DPI = 100


def png(figure: Figure) -> bytes:
    """The figure as a small PNG file; the same figure gives the same bytes."""
    drawn = io.BytesIO()
    figure.savefig(drawn, format="png", dpi=DPI)
    return small_png(Image.open(drawn))


def show(figure: Figure, alt: str) -> None:
    """Display `figure` under the alternative text `alt`: what someone who cannot see it must know.

    The text travels with the picture (`metadata["image/png"]["alt"]`, read by the decks) and is
    the output's plain text. ValueError if `alt` is empty.
    """
    from IPython.display import display

    if not alt.strip():
        raise ValueError("alt must say in words what the figure shows, but it is empty.")
    display(
        {"image/png": base64.b64encode(png(figure)).decode("ascii"), "text/plain": alt},
        metadata={"image/png": {"alt": alt}},
        raw=True,
    )
