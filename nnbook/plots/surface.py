"""A surface over two inputs, drawn fast enough to follow a slider (NNDL ch. 4).

Matplotlib's own three-dimensional axes take several times as long: here four-cornered patches are
projected by hand and painted from the back to the front.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.text import Text

from nnbook.plots.numbers import Numbers
from nnbook.plots.style import BLACK, GREY, figure

TILT = np.radians(28)  # how far above the ground the viewer stands
TALL = 0.75  # the height of the box, its ground being 1 × 1
LIGHT = np.array([-0.5, -0.3, 0.8]) / np.sqrt(0.98)


class Surface:
    """A surface over the unit square on `axes`; `draw` gives it other heights or another view.

    Its box goes from `low` to `high`; heights outside are cut off. `names` are the two inputs,
    `ends` what their axes run from and to.
    """

    def __init__(
        self,
        axes: Axes,
        low: float = 0.0,
        high: float = 1.0,
        *,
        names: Sequence[str] = ("x₁", "x₂"),
        ends: tuple[float, float] = (0.0, 1.0),
    ) -> None:
        self.axes, self.low, self.high, self.ends = axes, low, high, ends
        axes.set_axis_off()
        axes.set_aspect("equal")
        axes.set(xlim=(-0.86, 0.86), ylim=(-0.5, 1.02))
        self.frame = LineCollection([], colors=GREY, linewidths=1.0, zorder=1)
        self.patches = PolyCollection([], edgecolors="none", antialiased=False, zorder=2)
        axes.add_collection(self.frame, autolim=False)
        axes.add_collection(self.patches, autolim=False)
        style = {"fontsize": 11, "ha": "center", "va": "center", "color": BLACK}
        self.names = [axes.text(0, 0, name, **{**style, "fontsize": 13}) for name in names]  # type: ignore[arg-type]
        self.numbers = [axes.text(0, 0, "", **style) for _ in range(6)]  # type: ignore[arg-type]

    @property
    def artists(self) -> list[matplotlib.artist.Artist]:
        """All that changes in `draw`."""
        return [self.frame, self.patches, *self.names, *self.numbers]

    def limits(self, low: float, high: float) -> None:
        """Another box: heights from `low` to `high`."""
        self.low, self.high = low, high

    def draw(self, heights: Numbers, turn: float = 30.0) -> None:
        """Show `heights` (side, side), row i at input 2, column j at input 1; `turn` in degrees."""
        z = np.clip((np.asarray(heights, float) - self.low) / (self.high - self.low), 0, 1)
        side = len(z)
        x, y = np.meshgrid(*[np.linspace(-0.5, 0.5, side)] * 2)
        place, depth = self._project(x, y, z, turn)
        quads = np.stack([place[:-1, :-1], place[:-1, 1:], place[1:, 1:], place[1:, :-1]], axis=2)
        middle = (z[:-1, :-1] + z[1:, 1:] + z[:-1, 1:] + z[1:, :-1]) / 4
        back_first = np.argsort(-depth[:-1, :-1].ravel(), kind="stable")
        colours = matplotlib.colormaps["viridis"](0.06 + 0.88 * middle)
        colours[..., :3] *= self._shade(z)[..., np.newaxis]
        self.patches.set_verts(quads.reshape(-1, 4, 2)[back_first])  # type: ignore[arg-type]
        self.patches.set_facecolor(colours.reshape(-1, 4)[back_first])  # type: ignore[arg-type]
        self._box(turn)

    def _shade(self, z: np.ndarray) -> np.ndarray:
        """How bright each patch is: walls are darker than flat ground."""
        side = len(z)
        along = (z[:-1, 1:] - z[:-1, :-1]) * TALL * side
        across = (z[1:, :-1] - z[:-1, :-1]) * TALL * side
        up = np.stack([-along, -across, np.ones_like(along)], axis=-1)
        cosine = up @ LIGHT / np.linalg.norm(up, axis=-1)
        return 0.62 + 0.38 * np.clip(cosine, 0, 1)

    def _project(
        self, x: np.ndarray, y: np.ndarray, z: np.ndarray, turn: float
    ) -> tuple[np.ndarray, np.ndarray]:
        """Places on the page (…, 2), and how far away each is."""
        angle = np.radians(turn)
        right = x * np.cos(angle) - y * np.sin(angle)
        away = x * np.sin(angle) + y * np.cos(angle)
        up = away * np.sin(TILT) + TALL * z * np.cos(TILT)
        return np.stack([right, up], axis=-1), away

    def _point(self, x: float, y: float, z: float, turn: float) -> np.ndarray:
        places, _ = self._project(np.array([x]), np.array([y]), np.array([z]), turn)
        return places[0]

    def _box(self, turn: float) -> None:
        """The frame, and the numbers at its edges that are nearest to the viewer."""
        corners = [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)]
        angle = np.radians(turn)
        far = [x * np.sin(angle) + y * np.cos(angle) for x, y in corners]
        back = int(np.argmax(far))
        ground = [self._point(x, y, 0, turn) for x, y in corners]
        left = min(range(4), key=lambda k: ground[k][0])
        posts = [[ground[k], self._point(*corners[k], 1, turn)] for k in {back, left}]
        self.frame.set_segments([[*ground, ground[0]], *posts])
        side = -0.5 if np.cos(angle) > 0 else 0.5  # the edge along input 1 that is in front
        front = -0.5 if np.sin(angle) > 0 else 0.5  # the edge along input 2 that is in front
        out = 1.14
        self._write(self.names[0], (0, side * 1.36), turn)
        self._write(self.names[1], (front * 1.36, 0), turn)
        texts = (f"{self.ends[0]:g}".replace("-", "−"), f"{self.ends[1]:g}".replace("-", "−"))
        for number, text, x in zip(self.numbers[:2], texts, (-0.41, 0.44), strict=True):
            self._write(number, (x, side * out), turn, text)
        for number, text, y in zip(self.numbers[2:4], texts, (-0.41, 0.44), strict=True):
            self._write(number, (front * out, y), turn, text)
        for number, height, z in zip(self.numbers[4:], (self.low, self.high), (0, 1), strict=True):
            place = self._point(*corners[left], z, turn)
            number.set_position((place[0] - 0.05, place[1] + 0.06 * (z == 0)))  # clear of x₂
            number.set_text(f"{height:g}".replace("-", "−"))
            number.set_horizontalalignment("right")

    def _write(self, text: Text, at: tuple[float, float], turn: float, words: str = "") -> None:
        place = self._point(*at, 0, turn)
        text.set_position((place[0], place[1]))
        if words:
            text.set_text(words)


def surfaces(
    panels: Mapping[str, Numbers],
    *,
    low: float = 0.0,
    high: float = 1.0,
    turn: float = 30.0,
    title: str = "",
    ends: tuple[float, float] = (0.0, 1.0),
    columns: int = 4,
) -> Figure:
    """Surfaces side by side: each title with its heights (side, side), all in one box.

    Row i of the heights is input 2, column j is input 1. ValueError where they are not square.
    """
    for name, heights in panels.items():
        shape = np.shape(heights)
        if len(shape) != 2 or shape[0] != shape[1] or shape[0] < 2:
            raise ValueError(f"the heights of {name!r} must be a square array, not {shape}.")
    across = min(columns, len(panels))
    down = -(-len(panels) // across)
    fig = figure(3.6 * across, 3.5 * down + 0.4 * bool(title))
    for axes, (name, heights) in zip(
        np.ravel(fig.subplots(down, across, squeeze=False)), panels.items(), strict=False
    ):
        Surface(axes, low, high, ends=ends).draw(heights, turn)
        axes.set_title(name, fontsize=12)
    for axes in fig.axes[len(panels) :]:
        axes.set_axis_off()
    if title:
        fig.suptitle(title, fontsize=13)
    return fig
