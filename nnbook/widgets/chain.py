"""The widget of the chain: four neurons in a row, each factor and the product, on log scales."""

from __future__ import annotations

import itertools
import math
from typing import Any

import ipywidgets as W
import numpy as np
from matplotlib.patches import Circle

from nnbook.explore import chain
from nnbook.explore.chain import LENGTH, Chain
from nnbook.explore.saturation import FUNCTIONS
from nnbook.plots.style import BLACK, BLUE, GREY, ORANGE, tidy
from nnbook.widgets import controls
from nnbook.widgets.numerals import power_of_ten, short
from nnbook.widgets.panel import Panel
from nnbook.widgets.picture import Picture

SMALL = [round(k / 10, 1) for k in range(-40, 41)]
LARGE = [5, 6, 6.9, 8, 10, 15, 20, 30, 50, 70, 100]
VALUES = (*(-value for value in reversed(LARGE)), *SMALL, *LARGE)
LOW, HIGH = 1e-6, 1e5  # what the logarithmic axes show
NUMBERS = "₁₂₃₄"
WORDS = (
    "A chain of four neurons: sliders for weights and biases, a menu of activations; each factor "
    "of the gradient, and how strongly each bias moves the output, on logarithmic scales."
)


class ChainWidget(Panel):
    """`chain` is the logic behind it; `weights`, `biases`, `activation` and buttons are attributes.

    The first chain, and those of the button `draw`, have weights and biases from N(0, 1).
    """

    def __init__(self) -> None:
        self._draws = itertools.count()
        self._ours = False  # True while our own code moves the controls
        start = chain.drawn(next(self._draws))
        pairs = zip(start.weights, start.biases, NUMBERS, strict=True)
        series = controls.series_slider
        sliders = [(series(f"weight w{n}", w, VALUES), series(f"bias b{n}", b, VALUES))
                   for w, b, n in pairs]  # fmt: skip
        self.weights, self.biases = ([pair[k] for pair in sliders] for k in (0, 1))
        self.activation = controls.choice("activation", list(FUNCTIONS))
        self.draw = controls.button("Draw from N(0, 1)", main=True)
        self.ones = controls.button("All w = 1, b = 0")
        self.explode = controls.button("Explode: w = 100, z = 0")
        self._table = W.HTML()
        self.picture = Picture(
            9.4,
            4.9,
            alt="Above, four neurons in a row with their factors. Below left, the size of each "
            "factor; below right, how far the output moves when each bias moves; logarithmic.",
        )
        self._draw_once()
        columns = controls.side_by_side(W.VBox(self.weights), W.VBox(self.biases))
        buttons = W.HBox([self.draw, self.ones, self.explode])
        super().__init__(
            [columns, self.activation, buttons, self.picture.image, self._table], words=WORDS
        )
        for control in (*self.weights, *self.biases, self.activation):
            self.watch(control, self._moved)
        self.click(self.draw, lambda: self._set(chain.drawn(next(self._draws))))
        self.click(self.ones, lambda: self._set(Chain([1.0] * LENGTH, [0.0] * LENGTH)))
        self.click(self.explode, lambda: self._set(chain.exploding()))
        self._moved()

    def still(self) -> bytes:
        now = self.chain
        numbers = [", ".join(f"{value:g}" for value in part) for part in (now.weights, now.biases)]
        return self.picture.still(
            f"{now.activation}, input 1, weights {numbers[0]}; biases {numbers[1]}\n{_verdict(now)}"
        )

    def _set(self, new: Chain) -> None:
        self._ours = True
        try:
            for slider, value in zip(
                (*self.weights, *self.biases), (*new.weights, *new.biases), strict=True
            ):
                slider.value = float(value)
        finally:
            self._ours = False
        self._moved()

    def _moved(self) -> None:
        if self._ours:
            return
        weights, biases = ([s.value for s in part] for part in (self.weights, self.biases))
        self.chain = now = Chain(weights, biases, activation=self.activation.value)
        with self.picture.lock:
            for bars, texts, values in zip(
                self._bars, self._heights, (np.abs(now.factors), np.abs(now.speeds)), strict=True
            ):
                for bar, text, value in zip(bars, texts, values, strict=True):
                    height = float(np.clip(value, LOW, HIGH))
                    bar.set_height(height - LOW)
                    bar.set_color(ORANGE if value > 1 else BLUE)
                    text.set_text(short(value))
                    text.set_position((text.get_position()[0], height * 1.5))
            slopes = now.slopes / np.asarray(now.function.derivative(np.zeros(1) + 1e-9))
            for circle, slope, a, text in zip(
                self._circles, slopes, now.a, self._outputs, strict=True
            ):
                circle.set_facecolor((*_SKY, float(np.clip(slope, 0, 1))))
                text.set_text(short(a))
            for text, w in zip(self._edges, weights, strict=True):
                text.set_text(f"× {short(w)}")
            self.picture.push()
        self._table.value = _in_words(now)

    def _draw_once(self) -> None:
        figure = self.picture.figure
        top = figure.add_axes((0.02, 0.68, 0.96, 0.31))
        top.set(xlim=(0, 10), ylim=(-0.85, 0.85), aspect="equal")
        top.axis("off")
        places = np.linspace(1.6, 8.4, LENGTH)
        self._circles, self._outputs, self._edges = [], [], []
        for k, x in enumerate(places):
            before = places[k - 1] + 0.5 if k else 0.35
            top.annotate(
                "", (x - 0.5, 0), (before, 0), arrowprops={"arrowstyle": "->", "color": GREY}
            )
            circle = Circle((x, 0), 0.48, edgecolor=BLACK, linewidth=1.4)
            top.add_patch(circle)
            self._circles.append(circle)
            look: dict[str, Any] = {"ha": "center", "fontsize": 11}
            self._edges.append(top.text((x - 0.5 + before) / 2, 0.14, "", **look))
            self._outputs.append(top.text(x, 0, "", va="center", **look))
            top.text(x, -0.76, f"neuron {k + 1}", color=GREY, **look)
        top.text(0.2, 0, "1", ha="center", va="center", fontsize=12)
        top.annotate("", (9.5, 0), (8.9, 0), arrowprops={"arrowstyle": "->", "color": GREY})
        top.text(9.6, 0, "C", va="center", fontsize=12)
        self._bars, self._heights = [], []
        names = (
            ("|f′(z₁)|", *(f"|w{n} f′(z{n})|" for n in NUMBERS[1:])),
            tuple(f"∂a₄/∂b{n}" for n in NUMBERS),
        )
        titles = ("the factors", "how far each bias moves the output (size)")
        for left, labels, title in zip((0.075, 0.57), names, titles, strict=True):
            axes = figure.add_axes((left, 0.09, 0.415, 0.50))
            tidy(axes, title=title)
            axes.set_yscale("log")
            axes.set(ylim=(LOW, HIGH * 10), xlim=(-0.6, LENGTH - 0.4))
            axes.set_xticks(range(LENGTH), labels)
            powers = range(-6, 6, 2)
            axes.set_yticks([10.0**k for k in powers], [power_of_ten(k) for k in powers])
            axes.axhline(1, color=GREY, linewidth=1.2, linestyle="--")
            bars = list(axes.bar(range(LENGTH), [1.0] * LENGTH, 0.6, bottom=LOW))
            ground = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}
            texts = [
                axes.text(k, 1, "", ha="center", va="bottom", fontsize=11, bbox=ground)
                for k in range(LENGTH)
            ]
            self._bars.append(bars)
            self._heights.append(texts)
        self.picture.moving(*self._bars, *self._heights, self._circles, self._outputs, self._edges)


_SKY = (0.34, 0.71, 0.91)  # a neuron is coloured as strongly as it is steep


def _verdict(now: Chain) -> str:
    """How the first and the last bias compare, in words."""
    ratio = now.ratio
    if math.isnan(ratio):
        return "neither the first nor the last bias moves the output: flat neurons."
    if math.isinf(ratio):
        return "the first bias does not move the output at all: a neuron on the way is flat."
    if ratio > 1.05:
        times = f"{short(ratio)} times"
        return f"the first bias moves the output {times} less than the last: vanishing."
    if ratio < 0.95:
        times = f"{short(1 / ratio)} times"
        return f"the first bias moves the output {times} more than the last: exploding."
    return "the first and the last bias move the output about equally."


def _in_words(now: Chain) -> str:
    head = "".join(
        f"<th>{name}</th>"
        for name in ("neuron", "w", "b", "z", "output a", "slope f′(z)", "factor", "∂a₄/∂b")
    )
    columns = (now.weights, now.biases, now.z, now.a, now.slopes, now.factors, now.speeds)
    rows = "".join(
        f"<tr><td>{k + 1}</td>"
        + "".join(f"<td>{short(column[k])}</td>" for column in columns)
        + "</tr>"
        for k in range(LENGTH)
    )
    product = " · ".join(short(value) for value in now.factors)
    return (
        f"∂a₄/∂b₁ = {product} = {short(now.speeds[0])}: <b>{_verdict(now)}</b>"
        f'<table class="nnbook-table"><tr>{head}</tr>{rows}</table>'
    )
