"""The widget of the chain: four neurons in a row, each factor and the product, on log scales."""

from __future__ import annotations

import itertools
import math

import ipywidgets as W

from nnbook.explore import chain
from nnbook.explore.chain import LENGTH, Chain
from nnbook.explore.saturation import FUNCTIONS
from nnbook.widgets import controls
from nnbook.widgets.chain_scene import NUMBERS, scene
from nnbook.widgets.numerals import short
from nnbook.widgets.panel import Panel

SMALL = [round(k / 10, 1) for k in range(-40, 41)]
LARGE = [5, 6, 6.9, 8, 10, 15, 20, 30, 50, 70, 100]
VALUES = (*(-value for value in reversed(LARGE)), *SMALL, *LARGE)
WORDS = (
    "A chain of four neurons: sliders for weights and biases, a menu of activations; each factor "
    "of the gradient, and how strongly each bias moves the output, on logarithmic scales."
)
PICTURE = (
    "Above, four neurons in a row with their factors. Below left, the size of each factor; below "
    "right, how far the output moves when each bias moves; logarithmic."
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
        self._drawing, self._table = W.HTML(), W.HTML()
        columns = controls.side_by_side(W.VBox(self.weights), W.VBox(self.biases))
        buttons = W.HBox([self.draw, self.ones, self.explode])
        super().__init__(
            [columns, self.activation, buttons, self._drawing, self._table], words=WORDS
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
        settings = f"{now.activation}, input 1, weights {numbers[0]}; biases {numbers[1]}"
        return scene(now).png([settings.replace("-", "−"), _verdict(now)])

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
        self._drawing.value = scene(now).svg(f"{PICTURE} {_verdict(now)}")
        self._table.value = _in_words(now)


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
