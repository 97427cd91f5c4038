"""What the tower builder can build, from one neuron to many towers (NNDL ch. 4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnbook.explore.towers import (
    crossed_bumps,
    hill_and_hollow,
    middles,
    plane_steps,
    round_hill,
    round_tower,
    tiles,
    towers,
)
from nnbook.layers import Dense
from nnbook.network import Network


@dataclass(frozen=True)
class Settings:
    """The settings of all stages; the start is NNDL ch. 4's.

    `w1`, `w2`, `b` are one neuron's. The box goes from `low1` to `high1` along input 1 and from
    `low2` to `high2` along input 2. `sure` is h, the height of a bump; the threshold neuron has
    the bias −h·`share`. `many` towers stand on each side; round ones use `radius`, `directions`.
    """

    w1: float = 8.0
    w2: float = 0.0
    b: float = -5.0
    low1: float = 0.3
    high1: float = 0.7
    low2: float = 0.3
    high2: float = 0.7
    sure: float = 10.0
    share: float = 1.5
    many: int = 5
    radius: float = 0.2
    directions: int = 20

    def problem(self, stage: Stage) -> str:
        """What is wrong with the settings for that stage, in words; empty if nothing is."""
        for number, low, high in ((1, self.low1, self.high1), (2, self.low2, self.high2)):
            name = "x₁" if number == 1 else "x₂"
            if f"low{number}" in stage.uses and low >= high:
                return f"{name} must end after it begins: it goes from {low:g} to {high:g}."
        return ""


@dataclass(frozen=True)
class Stage:
    """One thing to build: its `name`, the settings it `uses`, how many hidden `layers`."""

    name: str
    layers: str
    words: str
    uses: tuple[str, ...]
    build: Callable[[Settings], Network]
    limits: tuple[float, float] = (0.0, 1.0)


def one_neuron(settings: Settings) -> Network:
    """σ(w₁x₁ + w₂x₂ + b): the neuron is the output."""
    network = Network([2, Dense(1)], dtype=np.float64)
    network.parameters = [settings.w1, settings.w2, settings.b]
    return network


def one_bump(settings: Settings) -> Network:
    """Two steps along input 1."""
    return plane_steps(np.array([[1.0, 0], [1, 0]]), [settings.low1, settings.high1], [1.0, -1.0])


def two_bumps(settings: Settings) -> Network:
    """A bump along each input, added."""
    return crossed_bumps([settings.low1, settings.low2], [settings.high1, settings.high2])


def one_tower(settings: Settings) -> Network:
    """Both bumps, and a neuron that asks whether both are on."""
    box = ([settings.low1, settings.low2], [settings.high1, settings.high2])
    return towers([box], [1.0], sure=settings.sure, bias=-settings.sure * settings.share)


def many_towers(settings: Settings) -> Network:
    """Towers side by side, as high as the function at their middles; h = 30, so that none leaks."""
    boxes = tiles(settings.many)
    return towers(boxes, hill_and_hollow(middles(boxes)).tolist(), sure=30.0)


def one_round_tower(settings: Settings) -> Network:
    """Bumps in many directions through the middle, averaged."""
    return round_tower([0.5, 0.5], settings.radius, settings.directions)


def one_round_hill(settings: Settings) -> Network:
    """Staircases in many directions whose tails cancel."""
    return round_hill([0.5, 0.5], settings.radius, settings.directions)


BOX = ("low1", "high1", "low2", "high2")
STAGES = (
    Stage(
        "1  one neuron: a slope or a step",
        "No hidden layer",
        "The output is σ(w₁x₁ + w₂x₂ + b). Large weights make the slope a step.",
        ("w1", "w2", "b"),
        one_neuron,
    ),
    Stage(
        "2  a bump along x₁",
        "One hidden layer",
        "Two steps with the weights +1 and −1. The bump goes on for ever along x₂.",
        BOX[:2],
        one_bump,
    ),
    Stage(
        "3  two bumps, crossed",
        "One hidden layer",
        "The bumps add up: 2 in the middle, 1 on the four arms, 0 elsewhere.",
        BOX,
        two_bumps,
        (0.0, 2.0),
    ),
    Stage(
        "4  a square tower",
        "Two hidden layers",
        "A neuron of the second hidden layer asks whether h·(both bumps) is above the threshold.",
        (*BOX, "sure", "share"),
        one_tower,
    ),
    Stage(
        "5  many towers: a function",
        "Two hidden layers",
        "Each tower is as high as the function in its middle.",
        ("many",),
        many_towers,
    ),
    Stage(
        "6  a round tower",
        "One hidden layer",
        "Bumps in many directions, averaged: no threshold is needed, but the tail is long.",
        ("radius", "directions"),
        one_round_tower,
    ),
    Stage(
        "7  a round hill without a tail",
        "One hidden layer",
        "Staircases that go below 0 beside the middle: the tails of all directions cancel.",
        ("radius", "directions"),
        one_round_hill,
        (-0.2, 1.0),
    ),
)
