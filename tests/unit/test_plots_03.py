"""The pictures of chapter 03: numbers stand where they belong; what does not fit is refused."""

import numpy as np
import pytest

from nnbook import Dense, plots


def texts(figure, axes=0):
    return [text.get_text() for text in figure.axes[axes].texts]


def test_the_error_covers_what_lies_behind_z():
    words = " ".join(texts(plots.error_at_z()))
    assert r"\delta_j=\partial C/\partial z_j" in words and r"\partial C/\partial a_j" in words


def test_one_number_travels_with_its_factors():
    words = texts(plots.error_travels([0.2, -0.1], [0.5, 3.0], 0.25))
    shares = {"+0.1000", "-0.3000", "sum at $a_j$:\n-0.2000"}
    assert shares <= set(words)
    assert any("0.2500" in text and "sigma'" in text for text in words)
    assert "$\\delta_j$ =\n-0.0500" in words


def test_only_two_neurons_fit_the_picture():
    with pytest.raises(ValueError, match="two numbers each, but they hold 1 and 2"):
        plots.error_travels([0.2], [0.5, 3.0], 0.25)


@pytest.mark.parametrize("backward", [False, True])
def test_a_traced_network_carries_every_text_and_arrows_of_its_direction(backward):
    inside, edges = [["1", "0.5"], ["p"], ["q", "r"]], [[["2", "3"]], [["4"], ["5"]]]
    figure = plots.traced(inside, edges, [["", ""], ["b"], ["c", "d"]], backward=backward)
    words = texts(figure)
    assert {"1", "0.5", "p", "q", "r", "2", "3", "4", "5", "b", "c", "d"} <= set(words)
    axes = figure.axes[0]
    assert len(axes.patches) == 5
    arrows = [text for text in axes.texts if getattr(text, "arrow_patch", None)]
    assert len(arrows) == 4
    assert all((arrow.xy[0] < arrow.get_position()[0]) == backward for arrow in arrows)


def test_edges_must_fit_the_neurons():
    with pytest.raises(ValueError, match=r"edges\[0\] must have 1 rows of 2 texts"):
        plots.traced([["1", "0.5"], ["p"]], [[["2"], ["3"]]])


def test_paths_draw_all_edges_and_mark_those_asked_for():
    figure = plots.paths([2, 3, 2], [[0, 1], [0, 0]])
    lines = figure.axes[0].lines
    thin = [line for line in lines if line.get_linewidth() < 1.5]
    assert len(thin) == 2 * 3 + 3 * 2 + 2  # the cost is a last point
    thick = [line for line in lines if 2 < line.get_linewidth() < 4]
    assert [len(line.get_xdata()) for line in thick] == [4, 4]


@pytest.mark.parametrize("path", [[0], [1, 0], [0, 2], [0, 0, 0]])
def test_a_path_that_does_not_fit_is_refused(path):
    with pytest.raises(ValueError, match="a neuron of each layer"):
        plots.paths([2, 3, 2], [path])


def test_ends_count_every_start_once():
    costs = {"a": np.array([0.001, 0.002, 0.0625]), "b": np.array([0.0835])}
    figure = plots.ends(costs, {"1/16": 1 / 16})
    first, second = figure.axes
    assert [bar.get_height() for bar in first.patches] == [2, 1]
    assert [bar.get_height() for bar in second.patches] == [1]
    assert texts(figure) == ["2", "1"]
    solved, stuck = (bar.get_facecolor() for bar in first.patches)
    assert solved != stuck
    with pytest.raises(ValueError, match="at least one array"):
        plots.ends({}, {"1/16": 1 / 16})


def test_a_listing_can_show_single_lines():
    shown = plots.listing(Dense.backprop, only="# BP3").data.splitlines()
    assert len(shown) == 3 and shown[1].startswith("self.gradient_b")
    with pytest.raises(ValueError, match="'# BP9' is in none"):
        plots.listing(Dense.backprop, only="# BP9")
