"""The pictures of chapter 10: what they draw is what they were given; wrong shapes are refused."""

import numpy as np
import pytest

from nnbook import plots


def test_the_unrolled_loop_has_a_column_for_each_step():
    figure = plots.unrolled(3)
    (axes,) = figure.axes
    shown = [text.get_text() for text in axes.texts]
    assert [name for name in shown if name.startswith("$h")] == ["$h$", "$h_1$", "$h_2$", "$h_3$"]
    assert shown.count("$W_h$") == 3  # the loop, and two arrows between three columns


def test_signals_are_drawn_from_step_1_on_a_log_axis():
    figure = plots.signals({"a": [0.001, 0.1, 1], "b": [1, 1, 1]})
    (axes,) = figure.axes
    assert axes.get_yscale() == "log"
    assert axes.lines[0].get_xdata().tolist() == [1, 2, 3]
    assert axes.lines[0].get_ydata().tolist() == [0.001, 0.1, 1]


def test_two_panels_of_accuracies():
    figure = plots.by_count(
        [5, 10], {"a": [0.2, 0.5]}, {"a": [0.1, 0.3]}, titles=("one", "two"), x_label="labels"
    )
    left, right = figure.axes
    assert left.lines[0].get_ydata().tolist() == [0.2, 0.5]
    assert right.lines[0].get_ydata().tolist() == [0.1, 0.3]
    assert left.get_ylim() == right.get_ylim()
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["one", "two"]


def test_rows_of_pictures_and_their_captions():
    digits, change = np.zeros((2, 4, 4)), np.full((2, 4, 4), -0.1)
    change[0, 0, 0] = 0.3
    figure = plots.picture_rows(
        {"digit": digits, "change": change}, captions=["x", "y"], signed=["change"]
    )
    assert [axes.get_title() for axes in figure.axes[:2]] == ["x", "y"]
    assert np.array_equal(figure.axes[2].images[0].get_array(), change[0])
    assert figure.axes[2].images[0].get_clim() == pytest.approx((-0.3, 0.3))
    assert figure.axes[0].images[0].get_clim() == (0, 1)


@pytest.mark.parametrize(
    ("rows", "captions", "told"),
    [
        ({}, None, "rows must all hold as many images"),
        ({"a": np.zeros((2, 4, 4)), "b": np.zeros((3, 4, 4))}, None, r"not \[2, 3\]"),
        ({"a": np.zeros((2, 4, 4))}, ["x"], "captions has 1 items for 2 columns"),
    ],
)
def test_rows_that_do_not_fit_are_refused(rows, captions, told):
    with pytest.raises(ValueError, match=told):
        plots.picture_rows(rows, captions=captions)


def test_a_map_draws_each_point_as_its_digit():
    places = np.array([[0.0, 0.0], [1.0, 2.0], [3.0, 1.0]])
    figure = plots.code_maps({"one": places, "two": places}, [7, 7, 2])
    two, seven = figure.axes[0].collections
    assert two.get_offsets().tolist() == [[3, 1]]
    assert seven.get_offsets().tolist() == [[0, 0], [1, 2]]
    assert len(figure.axes) == 2


def test_the_contest_has_a_bar_for_each_year():
    figure = plots.contest({2011: (25.8, "a"), 2012: (16.4, "b")}, human=5.1)
    (axes,) = figure.axes
    assert [bar.get_height() for bar in axes.patches] == [25.8, 16.4]
    assert {text.get_text() for text in axes.texts} >= {"25.8", "16.4", "a", "b"}


def test_a_number_below_the_line_of_the_person_stands_in_its_bar():
    (axes,) = plots.contest({2014: (6.7, "a"), 2015: (3.6, "b")}, human=5.1).axes
    heights = {text.get_text(): text.get_position()[1] for text in axes.texts}
    assert heights["6.7"] > 6.7 and heights["3.6"] < 3.6
