"""The pictures of chapter 06: what they draw is what they were given; wrong shapes are refused."""

import numpy as np
import pytest

from nnbook import plots


def test_schedule_courses_draw_accuracies_and_rates():
    figure = plots.schedule_courses(
        {"one": [0.8, 0.9], "two": [0.7, 0.8]}, {"one": [1, 1], "two": [1, 0.5]}, title="t"
    )
    left, right = figure.axes
    np.testing.assert_allclose(left.lines[1].get_ydata(), [70, 80])
    np.testing.assert_allclose(right.lines[1].get_ydata(), [1, 0.5])
    with pytest.raises(ValueError, match="rates must name"):
        plots.schedule_courses({"one": [1.0]}, {"two": [1.0]}, title="t")


def test_stopping_marks_stand_at_their_epochs():
    figure = plots.stopping_marks([0.8, 0.9, 0.85, 0.88], {"rule": 3}, title="t")
    curve, best, mark = figure.axes[0].lines
    np.testing.assert_allclose(curve.get_ydata(), [80, 90, 85, 88])
    np.testing.assert_allclose(best.get_ydata(), [80, 90, 90, 90])
    assert list(mark.get_xdata()) == [3, 3]


def test_against_seconds_has_a_logarithmic_axis():
    figure = plots.against_seconds({"m = 1": ([0.1, 1.0], [0.5, 0.9])}, title="t")
    (axes,) = figure.axes
    assert axes.get_xscale() == "log"
    np.testing.assert_allclose(axes.lines[0].get_ydata(), [50, 90])


def test_grid_and_random_count_the_values_tried():
    grid = [(x, y) for x in (0, 0.5, 1) for y in (0, 0.5, 1)]
    drawn = np.random.default_rng(0).random((9, 2))
    figure = plots.grid_and_random(grid, drawn, names=("a", "b"))
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert titles == ["grid: 9 trials, 3 values of each", "random: 9 trials, 9 values of each"]
    with pytest.raises(ValueError, match=r"random must have the shape \(n, 2\)"):
        plots.grid_and_random(grid, [1, 2, 3], names=("a", "b"))


def test_the_parabola_touches_and_its_bottom_is_the_goal():
    figure = plots.touching_parabolas(
        lambda v: v**2, lambda v: 2 * v, lambda v: 2 + 0 * v, [3.0], span=(-4, 4), titles=["t"]
    )
    (axes,) = figure.axes
    cost, parabola, here, goal = axes.lines
    np.testing.assert_allclose(cost.get_ydata(), parabola.get_ydata(), atol=1e-12)
    assert goal.get_xdata()[0] == 0 and here.get_ydata()[0] == 9


def test_the_matrix_and_its_eigenvalues():
    figure = plots.matrix_and_eigenvalues(
        np.diag([1.0, 3.0]), title="H", parts=[("W", 1), ("b", 1)]
    )
    assert list(figure.axes[1].lines[0].get_ydata()) == [3, 1]
    assert [text.get_text() for text in figure.axes[0].get_yticklabels()] == ["W", "b"]
    np.testing.assert_array_equal(figure.axes[0].images[0].get_array(), np.diag([1.0, 3.0]))
    with pytest.raises(ValueError, match="must be square"):
        plots.matrix_and_eigenvalues(np.zeros((2, 3)), title="H", parts=[("W", 2)])
    with pytest.raises(ValueError, match="add up to 2"):
        plots.matrix_and_eigenvalues(np.eye(2), title="H", parts=[("W", 3)])
