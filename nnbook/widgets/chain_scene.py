"""Four neurons in a row, and below them their factors and products on logarithmic scales."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from matplotlib.colors import to_hex, to_rgb

from nnbook.explore.chain import LENGTH, Chain
from nnbook.plots.style import BLACK, BLUE, GREY, ORANGE, PALE, SKY
from nnbook.widgets.numerals import power_of_ten, short
from nnbook.widgets.scene import Box, Disc, Label, Line, Scene, Shape

WIDTH, HEIGHT = 940, 490
MIDDLE = 80  # of the neurons
NEURONS = (165, 368, 571, 774)
RADIUS = 43
LOWEST, HIGHEST = -6, 5  # powers of ten: a bar ends there
BOTTOM, DECADE = 446, 20.4  # where the lowest power is; from one power to the next
LEFT, ACROSS = (70, 536), 390  # of the two panels
BAR, APART = 56, 93
SIZE = 15
NUMBERS = "₁₂₃₄"
TITLES = ("the factors", "how far each bias moves the output (size)")
NAMES = (
    ("|f′(z₁)|", *(f"|w{n} f′(z{n})|" for n in NUMBERS[1:])),
    tuple(f"∂a₄/∂b{n}" for n in NUMBERS),
)


def scene(chain: Chain) -> Scene:
    """The chain as it is, with every factor and every product that a bias is multiplied by."""
    shapes = _neurons(chain)
    for panel, values in enumerate((chain.factors, chain.speeds)):
        shapes += _panel(panel, np.abs(values).tolist())
    return Scene(WIDTH, HEIGHT, shapes)


def height(value: float) -> float:
    """Where a bar of `value` ends, above the lowest power of ten: never beyond the panel."""
    power = math.log10(value) if value > 0 else -math.inf
    return DECADE * (min(max(power, LOWEST), HIGHEST) - LOWEST)


def _neurons(chain: Chain) -> list[Shape]:
    steepest = float(chain.function.derivative(np.zeros(1) + 1e-9)[0])
    shapes: list[Shape] = [Label(40, MIDDLE, "1", size=SIZE + 1)]
    start = 56
    for k, x in enumerate(NEURONS):
        steepness = min(max(float(chain.slopes[k]) / steepest, 0), 1)
        shapes += [
            Line((start, MIDDLE), (x - RADIUS - 2, MIDDLE), arrow=True),
            Label((start + x - RADIUS) / 2, MIDDLE - 19, f"× {short(chain.weights[k])}", size=SIZE),
            Disc((x, MIDDLE), RADIUS, _shade(steepness)),
            Label(x, MIDDLE, short(chain.a[k]), size=SIZE),
            Label(x, MIDDLE + 63, f"neuron {k + 1}", GREY, SIZE),
        ]
        start = x + RADIUS + 3
    end = start + 51
    return [
        *shapes,
        Line((start, MIDDLE), (end, MIDDLE), arrow=True),
        Label(end + 16, MIDDLE, "C", size=SIZE + 1),
    ]


def _panel(panel: int, values: Sequence[float]) -> list[Shape]:
    left, right, top = LEFT[panel], LEFT[panel] + ACROSS, BOTTOM - DECADE * (HIGHEST + 1 - LOWEST)
    middles = [left + 56 + APART * k for k in range(LENGTH)]
    shapes: list[Shape] = [Label(left, top - 14, TITLES[panel], size=SIZE + 3, anchor="start")]
    for x in middles:
        shapes.append(Line((x, BOTTOM), (x, top), PALE))
    for power in range(LOWEST, HIGHEST + 1, 2):
        y = BOTTOM - DECADE * (power - LOWEST)
        shapes += [
            Line((left, y), (right, y), PALE),
            Line((left - 5, y), (left, y), BLACK),
            Label(left - 10, y, power_of_ten(power), size=SIZE, anchor="end"),
        ]
    for x, value in zip(middles, values, strict=True):
        high, colour = height(value), ORANGE if value > 1 else BLUE
        shapes.append(Box(x - BAR / 2, BOTTOM - high, BAR, high, colour, edge="", round=0))
    one = BOTTOM + DECADE * LOWEST
    shapes += [
        Line((left, one), (right, one), GREY, 1.7, dashed=True),
        Line((left, top), (left, BOTTOM), BLACK),
        Line((left, BOTTOM), (right, BOTTOM), BLACK),
    ]
    for x, name, value in zip(middles, NAMES[panel], values, strict=True):
        shapes += [
            Label(x, BOTTOM - height(value) - 13, short(value), size=SIZE, halo=True),
            Label(x, BOTTOM + 17, name, size=SIZE),
        ]
    return shapes


def _shade(steepness: float) -> str:
    """White where a neuron is flat, sky blue where it is as steep as it can be."""
    red, green, blue = (1 - steepness * (1 - part) for part in to_rgb(SKY))
    return to_hex((red, green, blue))
