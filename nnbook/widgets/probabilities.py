"""The softmax widget: four weighted inputs, their shares, hardmax, and a temperature."""

from __future__ import annotations

from typing import Any

import ipywidgets as W
import numpy as np

from nnbook.explore.probabilities import START, Shares
from nnbook.plots.style import BLACK, BLUE, GREY, ORANGE, tidy
from nnbook.widgets import controls
from nnbook.widgets.panel import Panel
from nnbook.widgets.picture import Picture

TEMPERATURES = (0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 20.0, 50.0)
NAMES = ("z₁", "z₂", "z₃", "z₄")
WORDS = (
    "Softmax of four weighted inputs: a slider for each, a temperature, a shift of all four, the "
    "shares as bars, and hardmax beside them."
)


class SoftmaxWidget(Panel):
    """`shares` is the logic behind it; `z` are the four sliders, the others are attributes."""

    def __init__(self) -> None:
        self.shares = Shares()
        self.z = [
            controls.slider(name, value, -5, 5, 0.1, digits=1)
            for name, value in zip(NAMES, START, strict=True)
        ]
        self.temperature = controls.series_slider("temperature T", 1.0, TEMPERATURES)
        self.shift = controls.slider("add c to all z", 0.0, -5, 5, 0.1, digits=1)
        self.reset = controls.button("Reset")
        self._numbers = W.HTML()
        self.picture = Picture(
            8.8,
            3.6,
            alt="Left, the four weighted inputs as bars. Right, the softmax outputs as bars, with "
            "hardmax as diamonds.",
        )
        self._draw_once()
        columns = controls.side_by_side(
            W.VBox(self.z), W.VBox([self.temperature, self.shift, W.HBox([self.reset])])
        )
        super().__init__([columns, self.picture.image, self._numbers], words=WORDS)
        for slider in (*self.z, self.temperature, self.shift):
            self.watch(slider, self._moved)
        self.click(self.reset, self._reset)
        self._moved()

    def still(self) -> bytes:
        shares = self.shares
        return self.picture.still(
            f"z = ({', '.join(_plain(z) for z in shares.z)}), temperature T = "
            f"{shares.temperature:g}, c = {_plain(shares.shift)}; "
            f"softmax = ({', '.join(f'{a:.3f}' for a in shares.soft)})"
        )

    def _reset(self) -> None:
        for slider, value in zip(self.z, START, strict=True):
            slider.value = value
        self.temperature.value, self.shift.value = 1.0, 0.0

    def _moved(self) -> None:
        shares = self.shares
        z = [round(slider.value, 9) for slider in self.z]
        shares.set(z, self.temperature.value, round(self.shift.value, 9))
        with self.picture.lock:
            for bars, heights in ((self._inputs, shares.shifted), (self._soft, shares.soft)):
                for bar, height in zip(bars, heights, strict=True):
                    bar.set_height(height)
            self._hard.set_ydata(shares.hard)
            for label, a in zip(self._labels, shares.soft, strict=True):
                label.set_text(f"{a:.3f}")
                label.set_y(a + 0.03)
            self.picture.push()
        self._numbers.value = _numbers(shares)

    def _draw_once(self) -> None:
        figure = self.picture.figure
        left = figure.add_axes((0.065, 0.12, 0.40, 0.74))
        right = figure.add_axes((0.555, 0.12, 0.43, 0.74))
        places = [0.0, 1.0, 2.0, 3.0]
        tidy(left, title="weighted inputs z + c")
        left.set(ylim=(-10.4, 10.4), xlim=(-0.6, 3.6), yticks=range(-10, 11, 5))
        left.set_xticks(places, NAMES)
        left.axhline(0, color=BLACK, linewidth=0.9)
        tidy(right, title="outputs a")
        right.set(ylim=(0, 1.16), xlim=(-0.6, 3.6), yticks=np.linspace(0, 1, 6))
        right.set_xticks(places, ("a₁", "a₂", "a₃", "a₄"))
        nothing = np.zeros(4)
        self._inputs = left.bar(places, nothing, width=0.62, color=GREY)
        self._soft = right.bar(places, nothing, width=0.62, color=BLUE, label="softmax")
        diamonds: dict[str, Any] = {"mfc": "white", "mec": ORANGE, "mew": 2, "clip_on": False}
        (self._hard,) = right.plot(
            [j + 0.4 for j in places], nothing, "D", markersize=8, label="hardmax", **diamonds
        )
        self._labels = [
            right.text(place, 0, "", ha="center", fontsize=11, zorder=6) for place in places
        ]
        figure.legend(
            handles=[self._soft, self._hard], loc="upper right", ncols=2, fontsize=11, frameon=False
        )
        self.picture.moving([*self._inputs, *self._soft], self._hard, self._labels)


def _numbers(shares: Shares) -> str:
    """The numbers behind the picture, as HTML: a line for each quantity."""
    lines = (
        ("z + c", [_plain(z) for z in shares.shifted], ""),
        ("e<sup>(z + c)/T</sup>", [_power(p) for p in shares.powers], _power(shares.powers.sum())),
        ("softmax", [f"<b>{a:.4f}</b>" for a in shares.soft], f"{shares.soft.sum():.4f}"),
        ("hardmax", [f"{a:.3g}" for a in shares.hard], f"{shares.hard.sum():.4g}"),
        ("σ(z + c)", [f"{a:.4f}" for a in shares.sigmoids], f"{shares.sigmoids.sum():.4f}"),
    )
    rows = "".join(
        f"<tr><td>{name}</td>{''.join(f'<td>{cell}</td>' for cell in cells)}<td>{total}</td></tr>"
        for name, cells, total in lines
    )
    return (
        '<table class="nnbook-table"><tr><th></th><th>1</th><th>2</th><th>3</th><th>4</th>'
        f"<th>sum</th></tr>{rows}</table>The largest difference between softmax and hardmax is "
        f"{shares.gap:.4f}."
    )


def _power(value: float) -> str:
    if not np.isfinite(value):
        return "too large"
    return f"{value:.4g}".replace("e+", "·10^").replace("e-", "·10^−")


def _plain(value: float) -> str:
    return f"{round(value, 2) + 0.0:g}".replace("-", "−")
