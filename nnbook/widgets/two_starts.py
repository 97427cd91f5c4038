"""The widget of the two starts: how z and the outputs of a hidden neuron are spread."""

from __future__ import annotations

import math
from typing import Any

import ipywidgets as W
import numpy as np

from nnbook.explore.weighted_inputs import MOST, STARTS, WeightedInputs
from nnbook.plots.style import BLACK, BLUE, ORANGE, tidy
from nnbook.widgets import controls
from nnbook.widgets.panel import Panel
from nnbook.widgets.picture import Picture

INPUTS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 784, 1000, MOST)
WIDEST, BINS = 60.0, 60
EDGES = np.linspace(-WIDEST, WIDEST, BINS + 1)
LOOKS = {"large": (BLUE, "large: weights N(0, 1)"), "scaled": (ORANGE, "scaled: N(0, 1/n)")}
WORDS = (
    "The weighted input z and the output of a hidden neuron at the start, for large and for "
    "scaled weights: sliders for the number of inputs and for the share that is on."
)


class WeightedInputsWidget(Panel):
    """`neuron` is the logic behind it; `inputs` and `share` are the sliders."""

    def __init__(self) -> None:
        self.neuron = WeightedInputs()
        self.inputs = controls.series_slider("inputs n", self.neuron.inputs, INPUTS)
        self.share = controls.slider("share that is 1", 0.5, 0, 1, 0.05)
        self._table = W.HTML()
        self.picture = Picture(
            9.4,
            4.4,
            alt="Histograms of the weighted input z on the left and of the output on the right, "
            "for large weights above and scaled weights below, from 2000 drawn neurons.",
        )
        self._draw_once()
        sliders = controls.side_by_side(self.inputs, self.share)
        super().__init__([sliders, self.picture.image, self._table], words=WORDS)
        for slider in (self.inputs, self.share):
            self.watch(slider, self._moved)
        self._moved()

    def still(self) -> bytes:
        neuron = self.neuron
        lines = [f"{neuron.inputs} inputs, {neuron.on} of them 1"]
        lines += [
            f"{start}: sd of z {neuron.sd(start):.2f}, saturated {neuron.saturated(start):.0%}"
            for start in STARTS
        ]
        return self.picture.still("   ".join(lines))

    def _moved(self) -> None:
        neuron, n = self.neuron, int(self.inputs.value)
        neuron.set(n, round(n * self.share.value))
        with self.picture.lock:
            for start in STARTS:
                bars, outputs, curve = self._artists[start]
                _fill(bars, neuron.z[start], -WIDEST, WIDEST)
                _fill(outputs, neuron.outputs(start), 0, 1)
                curve.set_ydata(_shares(neuron.sd(start)))
            self.picture.push()
        self._table.value = _table(neuron)

    def _draw_once(self) -> None:
        figure = self.picture.figure
        self._artists, moving = {}, []
        for row, start in enumerate(STARTS):
            colour, name = LOOKS[start]
            bottom = 0.59 - 0.47 * row
            left = figure.add_axes((0.07, bottom, 0.43, 0.32))
            right = figure.add_axes((0.57, bottom, 0.415, 0.32))
            tidy(left, title=name, x="weighted input z" if row else "", y="share")
            tidy(right, title=f"{start}: output σ(z)", x="output" if row else "")
            left.set(xlim=(-WIDEST, WIDEST), ylim=(0, 0.72))
            right.set(xlim=(0, 1), ylim=(0, 0.6))
            look: dict[str, Any] = {"align": "edge", "color": colour}
            bars = left.bar(EDGES[:-1], [0.0] * BINS, width=2 * WIDEST / BINS, **look)
            places = np.arange(20) / 20
            outputs = right.bar(places, [0.0] * 20, width=0.05, ec="white", **look)
            middles = (EDGES[:-1] + EDGES[1:]) / 2
            (curve,) = left.plot(
                middles, 0 * middles, ".-", color=BLACK, linewidth=1.0, markersize=5, label="theory"
            )
            left.legend(fontsize=11, frameon=False, loc="upper right")
            self._artists[start] = (list(bars), list(outputs), curve)
            moving += [*bars, *outputs, curve]
        self.picture.moving(moving)


def _fill(bars: list, values: np.ndarray, low: float, high: float) -> None:
    """Give the bars the shares of `values` between `low` and `high`."""
    counts, _ = np.histogram(np.clip(values, low, high), bins=len(bars), range=(low, high))
    for bar, count in zip(bars, counts, strict=True):
        bar.set_height(count / len(values))


def _shares(sd: float) -> np.ndarray:
    """The share of a Gaussian with mean 0 that falls into each bar (BINS,)."""
    below = np.array([(1 + math.erf(edge / (sd * math.sqrt(2)))) / 2 for edge in EDGES])
    return np.diff(below)


def _table(neuron: WeightedInputs) -> str:
    rows = "".join(
        f"<tr><td>{start}</td><td>{neuron.sd(start):.2f}</td><td>{neuron.measured(start):.2f}</td>"
        f"<td>{neuron.saturated(start):.0%}</td></tr>"
        for start in STARTS
    )
    return (
        f"{neuron.inputs:,} inputs, {neuron.on:,} of them 1, the others 0; 2000 neurons drawn:"
        '<table class="nnbook-table"><tr><th>start</th><th>sd of z, theory</th>'
        f"<th>measured</th><th>saturated: σ′(z) &lt; 0.01</th></tr>{rows}</table>"
    )
