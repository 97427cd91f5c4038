"""A matplotlib figure shown as a picture that is redrawn fast enough to follow a slider."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable
from typing import Any

import ipywidgets as W
import numpy as np
import traitlets as T
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from nnbook.plots.small_png import small_png

DPI = 100


class NamedImage(W.Image):
    """An `Image` whose `tooltip` names it: its view fails on one unless there is a description."""

    description = T.Unicode("").tag(sync=True)


class Picture:
    """A `figure` of `width` × `height` inches and the `image` widget that shows it.

    The figure lives outside pyplot. Artists are made once; a callback changes their data under
    `lock` (callbacks may come from two threads) and calls `push`. Artists named in `moving` are
    drawn over a stored background, which halves the time; without any, all is drawn anew.
    `alt` says in words what the picture shows; it is the picture's name for a screen reader.
    """

    def __init__(self, width: float, height: float, *, alt: str) -> None:
        if not alt.strip():
            raise ValueError("alt must say in words what the picture shows, but it is empty.")
        self.figure = Figure(figsize=(width, height), dpi=DPI, facecolor="white")
        self.canvas = FigureCanvasAgg(self.figure)
        self.lock = threading.RLock()
        self.image = NamedImage(
            format="png",
            tooltip=alt,
            layout=W.Layout(width=f"{round(width * DPI)}px", max_width="100%", height="auto"),
        )
        self._moving: list[Artist] = []
        self._background: Any = None

    def moving(self, *artists: Artist | Iterable[Artist]) -> None:
        """Name the artists that change from push to push; everything else is drawn only once."""
        for item in artists:
            for artist in (item,) if isinstance(item, Artist) else item:
                artist.set_animated(True)
                self._moving.append(artist)
        self._moving.sort(key=lambda artist: artist.get_zorder())
        self._background = None

    def refresh(self) -> None:
        """Forget the stored background: something that does not move (a title, limits) changed."""
        with self.lock:
            self._background = None

    def push(self) -> None:
        """Draw the figure as it is now and send it to the browser."""
        with self.lock:
            self._draw()
            self.image.value = self._png(compress_level=1)

    @property
    def png(self) -> bytes:
        """The picture as it was last pushed, as a small PNG file."""
        with self.lock:
            self._draw()
            return self._png(optimize=True)

    def still(self, settings: str) -> bytes:
        """The picture over a line that says how the controls stand, as a small PNG file."""
        with self.lock:
            width = self.figure.get_figwidth()
            lines = settings.count("\n") + 1
            caption = Figure(figsize=(width, 0.1 + 0.26 * lines), dpi=DPI, facecolor="white")
            caption.text(
                0.02, 0.5, settings.replace("-", "−"), fontsize=11, va="center", linespacing=1.4
            )
            canvas = FigureCanvasAgg(caption)
            canvas.draw()
            self._draw()
            both = np.vstack([self.canvas.buffer_rgba(), canvas.buffer_rgba()])
        return small_png(Image.fromarray(both))

    def _draw(self) -> None:
        if not self._moving:
            self.canvas.draw()
            return
        if self._background is None:
            self.canvas.draw()
            self._background = self.canvas.copy_from_bbox(self.figure.bbox)
        else:
            self.canvas.restore_region(self._background)
        for artist in self._moving:
            self.figure.draw_artist(artist)

    def _png(self, **options: Any) -> bytes:
        size = self.canvas.get_width_height()
        picture = Image.frombuffer("RGBA", size, self.canvas.buffer_rgba(), "raw", "RGBA", 0, 1)
        # A PNG file of few colours takes half the time of one of all colours, and half the bytes.
        few = picture.convert("RGB").quantize(256, method=Image.Quantize.FASTOCTREE)
        buffer = io.BytesIO()
        few.save(buffer, format="png", **options)
        return buffer.getvalue()
