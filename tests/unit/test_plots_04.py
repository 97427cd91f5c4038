"""The pictures of chapter 04: what they draw is what they were given; wrong shapes are refused."""

import numpy as np
import pytest

from nnbook import plots, sigmoid, softmax
from nnbook.plots.show import png

Z = np.array([2.5, -1.0, 3.2, 0.5])


def test_a_walk_shows_outputs_and_places():
    path = np.linspace(4, -2, 301)
    figure = plots.sigmoid_walk({"a start": path}, every=100)
    left, right = figure.axes
    assert left.lines[0].get_ydata() == pytest.approx(sigmoid(path))
    marks = right.lines[1]
    assert marks.get_xdata() == pytest.approx(path[::100])
    assert marks.get_ydata() == pytest.approx(sigmoid(path[::100]))
    assert right.lines[0].get_ydata() == pytest.approx(sigmoid(right.lines[0].get_xdata()))


def test_valleys_have_their_bottoms():
    a = np.linspace(0.01, 0.99, 50)
    figure = plots.valleys(a, {"y = 0": -np.log(1 - a)}, [(0.0, 0.0), (0.5, 0.69)])
    curve, *dots = figure.axes[0].lines
    assert curve.get_ydata() == pytest.approx(-np.log(1 - a))
    assert [dot.get_xydata().tolist() for dot in dots] == [[[0.0, 0.0]], [[0.5, 0.69]]]


def test_softmax_in_three_steps():
    figure = plots.softmax_steps(Z)
    heights = [[bar.get_height() for bar in axes.patches] for axes in figure.axes]
    assert heights[0] == pytest.approx(Z)
    assert heights[1] == pytest.approx(np.exp(Z))
    assert heights[2] == pytest.approx(softmax(Z))
    assert [text.get_text() for text in figure.axes[0].texts] == ["2.5", "−1.0", "3.2", "0.5"]


def test_share_panels_have_one_scale():
    figure = plots.share_panels({"cold": [0, 1.0], "hot": [0.5, 0.5]})
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["cold", "hot"]
    assert [bar.get_height() for bar in figure.axes[1].patches] == [0.5, 0.5]
    assert figure.axes[0].get_ylim() == figure.axes[1].get_ylim()


def test_a_matrix_of_slopes_shows_its_numbers():
    figure = plots.slope_matrix([[0.25, -0.25]], ["a"], ["x", "y"])
    (image,) = figure.axes[0].images
    assert np.array_equal(image.get_array(), [[0.25, -0.25]])
    low, high = image.get_clim()
    assert low == -high
    assert [text.get_text() for text in figure.axes[0].texts] == ["+0.2500", "−0.2500"]
    with pytest.raises(ValueError, match="3 of columns"):
        plots.slope_matrix(np.zeros((1, 2)), ["a"], ["x", "y", "z"])


def test_the_same_numbers_give_the_same_picture():
    assert png(plots.softmax_steps(Z)) == png(plots.softmax_steps(Z))
