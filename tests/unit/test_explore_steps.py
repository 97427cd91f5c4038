"""Networks with one input set by hand: steps, bumps, heights, the game, other activations."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnbook import Network, relu, sigmoid, tanh
from nnbook.explore import own_activation, steps
from nnbook.explore.design import GOAL, PLACES, Design, score

X = np.array([[-1.0], [0.1], [0.3], [0.5], [0.7], [2.0]])


def test_stairs_are_a_network_with_one_hidden_layer():
    network = steps.stairs([0.4, 0.6], [0.6, 1.2])
    assert isinstance(network, Network) and network.sizes == [1, 2, 1]
    np.testing.assert_allclose(network.predict(X)[:, 0], [0, 0, 0, 0.6, 1.8, 1.8], atol=1e-12)


def test_a_step_stands_where_the_weighted_input_is_zero():
    network = steps.stairs([0.37], [1.0], steepness=50)
    hidden = network.layers[0]
    assert hidden.b[0] / hidden.W[0, 0] == pytest.approx(-0.37)
    assert network.predict(np.array([[0.37]]))[0, 0] == pytest.approx(0.5)


def test_bumps_are_if_then():
    network = steps.bumps([(0.2, 0.4), (0.6, 0.8)], [-1.2, 0.3])
    np.testing.assert_allclose(network.predict(X)[:, 0], [0, 0, -1.2, 0, 0.3, 0], atol=1e-12)
    squeezed = steps.bumps([(0.2, 0.4)], [2.0], output=sigmoid).predict(X)[:, 0]
    np.testing.assert_allclose(squeezed[1:3], [0.5, sigmoid(np.float64(2))])


@given(st.integers(1, 40), st.sampled_from([0.0, 0.25, 0.5]))
def test_bumps_side_by_side_cover_the_interval(n, shift):
    edges = steps.side_by_side(n, shift=shift)
    assert len(edges) == n + (shift > 0)
    assert edges[0][0] <= 0 and edges[-1][1] >= 1 - 1e-12
    for (_, end), (start, _) in pairwise(edges):
        assert end == start
    np.testing.assert_allclose([b - a for a, b in edges], 1 / n)


def test_the_error_of_a_lookup_table_is_below_its_bound():
    x = np.linspace(0.001, 0.999, 1001)
    f = steps.book_function(x)
    largest_slope = np.abs(np.gradient(f, x)).max()
    for n in (7, 30):
        edges = steps.side_by_side(n)
        heights = steps.book_function(np.mean(edges, axis=1))
        network = steps.bumps(edges, heights.tolist(), steepness=1e6)
        away = np.abs(network.predict(x[:, None])[:, 0] - f).max()
        assert 0.3 * largest_slope / (2 * n) < away < largest_slope / (2 * n)


def test_the_inverse_of_the_sigmoid():
    y = np.array([0.01, 0.5, 0.9])
    np.testing.assert_allclose(sigmoid(steps.inverse_sigmoid(y)), y)


@given(st.integers(1, 30), st.integers(0, 10))
def test_no_heights_are_better_than_the_best_ones(n, seed):
    rng = np.random.default_rng(seed)
    wanted = rng.normal(size=100)
    best = steps.best_heights(PLACES, wanted, n)
    assert best.shape == (n,)
    for _ in range(5):
        other = best + rng.normal(0, 0.3, n)
        assert score(wanted, best) <= score(wanted, other) + 1e-12


def test_the_published_game():
    game = Design()
    assert not game.won
    for k, height in enumerate((-1.24, -1.42, -0.34, -0.98, 1.14)):
        game.set(k, height)
    assert game.score == pytest.approx(0.372, abs=5e-4) and game.won
    game.solve()
    assert game.score == game.best_score < GOAL
    assert game.best_score == pytest.approx(0.3717, abs=1e-4)
    x = (PLACES + 0.005)[:-1]
    np.testing.assert_allclose(sigmoid(game.summed(x)), game.output(x))


def test_a_drawn_function_is_followed_by_many_bumps():
    game = Design(50)
    game.draw(np.linspace(0, 1, 100))
    assert game.wish.min() == 0.05 and game.wish.max() == 0.95
    game.solve()
    middle = (np.arange(1, 49) + 0.5) / 50
    np.testing.assert_allclose(game.output(middle), np.interp(middle, PLACES, game.wish), atol=0.02)


def test_wobbles_stay_in_the_window():
    x = np.linspace(0, 1, 301)
    far = np.abs(x[:, None] - [0.4, 0.6]).min(axis=1) > 0.02
    ideal = np.where((x > 0.4) & (x < 0.6), 1.0, 0.0)
    for activation, span in ((own_activation.wobbly, 1), (tanh, 2)):
        network = steps.bumps([(0.4, 0.6)], [1 / span], activation=activation)
        np.testing.assert_allclose(network.predict(x[:, None])[far, 0], ideal[far], atol=1e-6)


def test_which_candidates_make_steps():
    makes = {name: one.makes_steps for name, one in own_activation.CANDIDATES.items()}
    assert {name for name, yes in makes.items() if yes} == {
        "sigmoid",
        "the book's wobbly one",
        "tanh",
        "step",
    }
    for name, one in own_activation.CANDIDATES.items():
        if one.low is not None and name != "step":
            assert one.function(np.array([-40.0]))[0] == pytest.approx(one.low, abs=1e-6)
        if one.high is not None:
            assert one.function(np.array([40.0]))[0] == pytest.approx(one.high, abs=1e-6)


def test_more_neurons_help_unless_the_activation_is_a_polynomial():
    x, wanted = own_activation.GRID, own_activation.WANTED
    for name, one in own_activation.CANDIDATES.items():
        few, many = (
            own_activation.error(own_activation.one_layer(one, n, 10.0, x, wanted), x, wanted)
            for n in (5, 60)
        )
        assert (many < 0.5 * few) == one.universal, name


def test_a_drawn_activation():
    made = own_activation.drawn([0.0, 0.5, 1.0])
    np.testing.assert_allclose(made.function(np.array([-9.0, -2.5, 0.0, 9.0])), [0, 0.25, 0.5, 1])
    assert made.makes_steps and made.universal
    level = own_activation.drawn([0.3, 0.3])
    assert not level.makes_steps and not level.universal
    assert not own_activation.drawn([0.0, 1.0, 0.0]).makes_steps


def test_relu_neurons_hand_the_output_on_without_trouble():
    candidate = own_activation.CANDIDATES["ReLU"]
    assert candidate.function is relu and candidate.high is None and candidate.universal


@pytest.mark.usefixtures("plain_arguments")
def test_wrong_arguments_are_refused():
    with pytest.raises(ValueError, match="heights must have one number for each of the 2"):
        steps.stairs([0.1, 0.2], [1.0])
    with pytest.raises(ValueError, match="positions must be a list of 1 or more finite"):
        steps.stairs([], [])
    with pytest.raises(ValueError, match="each of the 1 bumps"):
        steps.bumps([(0.1, 0.2)], [1.0, 2.0])
    with pytest.raises(ValueError, match="shift must be at least 0"):
        steps.side_by_side(3, shift=1.0)
    with pytest.raises(ValueError, match="wish must have 100 values"):
        Design().draw([0.1, 0.2])
    with pytest.raises(ValueError, match="n must be between 1 and 50"):
        Design(51)
    with pytest.raises(TypeError, match="neurons must be a whole number"):
        own_activation.one_layer(
            own_activation.CANDIDATES["tanh"], 2.5, 1.0, own_activation.GRID, own_activation.WANTED
        )
