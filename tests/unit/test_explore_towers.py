"""Towers set by hand: square ones, round ones, their numbers of layers, their holes and repair."""

import numpy as np
import pytest

from nnbook.explore import towers
from nnbook.explore.tower_stages import STAGES, Settings


def at(network, *points):
    return network.predict(np.array(points, dtype=float))[:, 0]


def test_a_tower_has_two_hidden_layers_and_stands_alone():
    tower = towers.towers([([0.3, 0.3], [0.7, 0.7])], [1.0])
    assert tower.sizes == [2, 4, 1, 1]
    middle, arm, outside = at(tower, (0.5, 0.5), (0.5, 0.9), (0.1, 0.1))
    assert (round(middle, 3), round(arm, 3)) == (0.993, 0.007) and outside < 1e-6


def test_crossed_bumps_have_one_hidden_layer_and_a_cross():
    cross = towers.crossed_bumps([0.3, 0.3], [0.7, 0.7])
    assert cross.sizes == [2, 4, 1]
    heights = at(cross, (0.5, 0.5), (0.5, 0.9), (0.1, 0.5), (0.1, 0.1))
    np.testing.assert_allclose(heights, [2, 1, 1, 0], atol=1e-9)


@pytest.mark.parametrize("m", [1, 3, 5])
def test_a_tower_over_many_inputs_asks_for_all_of_them(m):
    tower = towers.towers([([0.3] * m, [0.7] * m)], [1.0], sure=30)
    assert tower.sizes == [m, 2 * m, 1, 1]
    inside = np.full(m, 0.5)
    outside = inside.copy()
    outside[-1] = 0.9
    np.testing.assert_allclose(at(tower, inside, outside), [1, 0], atol=1e-6)


def test_many_towers_have_the_heights_of_the_function():
    boxes = towers.tiles(4)
    middles = towers.middles(boxes)
    wanted = towers.hill_and_hollow(middles)
    network = towers.towers(boxes, wanted.tolist(), sure=30)
    assert network.sizes == [2, 64, 16, 1]
    np.testing.assert_allclose(network.predict(middles)[:, 0], wanted, atol=1e-4)


def test_tiles_fill_the_square():
    for shift in (0.0, 0.5):
        boxes = towers.tiles(3, shift=shift)
        assert len(boxes) == (9 if not shift else 16)
        inside = np.random.default_rng(0).uniform(size=(50, 2))
        low, high = np.array([a for a, _ in boxes]), np.array([b for _, b in boxes])
        hits = ((inside[:, None] >= low) & (inside[:, None] < high)).all(axis=2).sum(axis=1)
        assert np.all(hits == 1)


def test_corners_are_holes_and_shifted_grids_repair_them():
    shares = []
    for copies in (1, 2, 4):
        boxes = [box for k in range(copies) for box in towers.tiles(4, shift=k / copies)]
        network = towers.towers(boxes, [0.8 / copies] * len(boxes), sure=30)
        shares.append(at(network, (0.5, 0.5))[0] / 0.8)
    np.testing.assert_allclose(shares, [0, 0.5, 0.75], atol=0.01)


@pytest.mark.parametrize("n", [3, 20])
def test_a_round_tower_has_one_hidden_layer_and_a_long_foot(n):
    network = towers.round_tower([0.5, 0.5], 0.2, n)
    assert network.sizes == [2, 2 * n, 1]
    angle = np.linspace(0, 2 * np.pi, 200)
    for distance in (0.1, 0.19, 0.3, 0.6):
        ring = 0.5 + distance * np.stack([np.cos(angle), np.sin(angle)], axis=1)
        share = 2 / np.pi * np.arcsin(min(1, 0.2 / distance))
        assert np.abs(network.predict(ring)[:, 0] - share).max() <= 1 / n + 1e-3


def test_a_round_hill_has_no_foot():
    network = towers.round_hill([0.4, 0.5], 0.1, 40, 40)
    assert network.sizes == [2, 1600, 1]
    _, points = towers.square(40)
    distance = np.hypot(*(points - [0.4, 0.5]).T)
    wanted = np.exp(-(distance**2) / (2 * 0.1**2))
    assert np.abs(network.predict(points)[:, 0] - wanted).max() < 0.025


def test_points_of_the_square_come_row_by_row():
    ends, points = towers.square(3, 0, 2)
    assert ends.tolist() == [0, 1, 2]
    assert points[:4].tolist() == [[0, 0], [1, 0], [2, 0], [0, 1]]


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
def test_each_stage_says_how_many_hidden_layers_it_has(stage):
    network = stage.build(Settings())
    words = {0: "No hidden layer", 1: "One hidden layer", 2: "Two hidden layers"}
    assert stage.layers == words[len(network.sizes) - 2]
    heights = network.predict(towers.square(30, 0.005, 0.995)[1])
    assert stage.limits[0] - 0.05 <= heights.min() and heights.max() <= stage.limits[1] + 0.05
    assert set(stage.uses) <= set(vars(Settings()))


def test_edges_in_the_wrong_order_are_told_in_words():
    settings = Settings(low2=0.8)
    assert "x₂ must end after it begins" in settings.problem(STAGES[3])
    assert settings.problem(STAGES[1]) == ""  # a bump along x₁ does not use it


@pytest.mark.usefixtures("plain_arguments")
def test_wrong_arguments_are_refused():
    with pytest.raises(ValueError, match="low must be below high"):
        towers.crossed_bumps([0.5, 0.5], [0.4, 0.6])
    with pytest.raises(ValueError, match="each of the 1 boxes"):
        towers.towers([([0.1], [0.2])], [1.0, 2.0])
    with pytest.raises(ValueError, match="radius must be greater than 0"):
        towers.round_tower([0, 0], 0, 5)
    with pytest.raises(ValueError, match="must be of one length"):
        towers.plane_steps(np.eye(2), [0.1], [1.0, 1.0])
