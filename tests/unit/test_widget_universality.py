"""The five widgets of chapter 07 without a browser: each control at its ends and between."""

import numpy as np
import pytest

from nnbook import widgets
from nnbook.explore.own_activation import CANDIDATES
from nnbook.explore.tower_stages import STAGES


def moved(widget, control, values):
    """Set `control` to each of the values: the picture changes, nothing fails."""
    for value in values:
        if control.value != value:
            before = widget.picture.image.value
            control.value = value
            assert widget.picture.image.value != before
        assert widget.problems == []
    assert len(widget.still()) > 4000


def ends(slider):
    if hasattr(slider, "options"):
        values = [value for _, value in slider.options]
        return values[0], values[len(values) // 2], values[-1], values[1]
    middle = round((slider.min + slider.max) / 2 + 0.1, 1)
    return slider.max, slider.min, type(slider.value)(middle), slider.max


def test_step_builder():
    widget = widgets.step_builder()
    moved(widget, widget.w, (999, 0, -999, 25))
    widget.w.value = 8
    moved(widget, widget.b, (12.0, -12.0, -4.1))
    moved(widget, widget.s, (0.0, 1.0, 0.33))
    assert widget.b.value == pytest.approx(-8 * 0.33)


def test_the_step_stays_when_it_is_told_to():
    widget = widgets.step_builder()
    widget.w.value = 100
    assert widget.s.value == pytest.approx(0.04)
    widget.s.value = 0.4
    widget.keep.value = True
    widget.w.value = 999
    assert (widget.s.value, widget.b.value) == (0.4, pytest.approx(-399.6))
    assert "a = σ(999·x − 399.6)" in widget._numbers.value
    widget.w.value = -100
    assert widget.b.value == pytest.approx(40) and "falls" in widget._numbers.value
    widget.w.value = 0
    assert "no step" in widget._numbers.value and widget.problems == []


def test_bump_builder():
    widget = widgets.bump_builder()
    assert widget._sum.get_ydata()[-1] == pytest.approx(1.8)
    for slider in (widget.s1, widget.s2, widget.h1, widget.h2, widget.steepness):
        moved(widget, slider, ends(slider))
    widget.bump.value = True
    assert widget.h2.value == -widget.h1.value and widget.h2.disabled
    widget.h1.value = 0.5
    assert widget.h2.value == -0.5
    widget.s1.value, widget.s2.value, widget.steepness.value = 0.4, 0.6, 1000
    assert "a bump" in widget._numbers.value
    np.testing.assert_allclose(widget._sum.get_ydata()[[100, 500, 900]], [0, 0.5, 0], atol=1e-9)


def test_design_a_function():
    widget = widgets.design_function()
    for slider in widget.heights:
        moved(widget, slider, (3.0, -3.0, 0.0, 0.7))
    widget.solve.click()
    assert widget.design.won and "reached!" in widget._numbers.value
    assert [slider.value for slider in widget.heights] == [-1.24, -1.42, -0.34, -0.98, 1.14]
    for _, n in widget.count.options[::-1]:
        widget.count.value = n
        assert widget.design.n == n and f"{2 * n} neurons" in widget._numbers.value
    widget.reset.click()
    assert not widget.design.heights.any() and widget.problems == []


def test_a_drawn_function_is_the_new_goal():
    widget = widgets.design_function()
    book = widget._wish.get_ydata().copy()
    widget.sheet.put(np.full(100, 0.7))  # not shown yet, so not the goal
    np.testing.assert_array_equal(widget.design.wish, book)
    widget.target.value = "my own drawing"
    np.testing.assert_allclose(widget._wish.get_ydata(), 0.7)
    widget.sheet.put(np.linspace(0, 1, 100))
    assert widget.design.wish[0] == 0.05
    widget.count.value = 50
    assert widget.design.score < 0.1
    widget.target.value = "the book's function"
    np.testing.assert_allclose(widget._wish.get_ydata(), book)
    assert widget.problems == []


@pytest.mark.parametrize("number", range(1, len(STAGES) + 1))
def test_tower_builder(number):
    widget = widgets.tower_builder(number)
    shown = [name for name, one in widget.sliders.items() if one in widget._side.children]
    assert tuple(shown) == STAGES[number - 1].uses
    for name in shown:
        slider = widget.sliders[name]
        start = slider.value
        for value in (*ends(slider)[:3], start):
            slider.value = value
            assert widget.problems == [] and "nan" not in widget._numbers.value
    moved(widget, widget.turn, (-180, 180, 35, 30))


def test_a_tower_whose_edges_are_in_the_wrong_order():
    widget = widgets.tower_builder(4)
    before = widget.picture.image.value
    widget.sliders["high1"].value = 0.2
    assert "x₁ must end after it begins" in widget._numbers.value
    assert widget.picture.image.value == before
    widget.sliders["high1"].value = 0.5
    assert "4 + 1 neurons" in widget._numbers.value


@pytest.mark.parametrize("name", CANDIDATES)
def test_own_activation(name):
    widget = widgets.own_activation(name)
    for slider in (widget.steepness, widget.neurons):
        for value in ends(slider):
            slider.value = value
            assert widget.problems == [] and "nan" not in widget._numbers.value
    universal = "not universal" not in widget._numbers.value
    assert universal == CANDIDATES[name].universal
    assert len(widget.still()) > 4000


def test_a_drawn_activation_is_used():
    widget = widgets.own_activation("my own drawing")
    assert widget._sheet_box.layout.display == ""
    moved(widget, widget.neurons, (30, 60, 1))
    widget.sheet.put(np.full(81, 0.4))
    assert "not universal" in widget._numbers.value
    widget.sheet.put(np.linspace(-1, 2, 81))
    assert "−1 and 2" in widget._numbers.value and widget.problems == []


@pytest.mark.usefixtures("plain_arguments")
def test_unknown_things_are_refused():
    with pytest.raises(ValueError, match="activation must be one of"):
        widgets.own_activation("softplus")
    with pytest.raises(ValueError, match="stage must be between 1 and 7"):
        widgets.tower_builder(8)
