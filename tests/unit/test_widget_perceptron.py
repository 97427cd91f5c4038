"""The perceptron's widget without a browser."""

import itertools

import pytest

from nnbook import widgets
from nnbook.explore.perceptron import TARGETS


@pytest.fixture
def widget():
    made = widgets.perceptron("AND")
    yield made
    assert made.problems == []


def test_each_slider_moves_the_picture(widget):
    for slider in (widget.w1, widget.w2, widget.b):
        before = widget.picture.image.value
        slider.value = slider.value - 0.8
        assert widget.picture.image.value != before


def test_extreme_and_middle_weights(widget):
    for w1, w2, b in itertools.product((-4, 0, 4), repeat=3):
        widget.w1.value, widget.w2.value, widget.b.value = w1, w2, b
    widget.w1.value = widget.w2.value = 0
    assert "there is no line" in widget._table.value


def test_the_table_follows(widget):
    widget.w1.value, widget.w2.value, widget.b.value = 1, 1, -1.5
    assert "4 of 4 right" in widget._table.value
    assert widget._table.value.count("✓ right") == 4
    assert "1·x₁ + 1·x₂ − 1.5 &gt; 0" in widget._table.value
    assert "&gt; <b>1.5</b>" in widget._table.value  # the threshold
    widget.target.value = "NAND"
    assert widget._table.value.count("✗ wrong") == 4


def test_targets_and_boxes_agree(widget):
    for name, table in TARGETS.items():
        widget.target.value = name
        assert tuple(int(box.value) for box in widget.wanted) == table
    widget.wanted[1].value = False  # of XOR: only (1, 0) is left
    assert widget.target.value == "my own"
    assert widget.perceptron.target == (0, 0, 1, 0)
    widget.target.value = "XOR"
    widget.wanted[0].value = True  # XOR and (0, 0) together are NAND
    assert widget.target.value == "NAND"


def test_next_example_shows_its_numbers(widget):
    widget.w1.value, widget.w2.value, widget.b.value = 1, 1, 0
    widget.next.click()
    assert "corner (0, 0), output 0, target 0" in widget._lesson.value
    assert "nothing changes" in widget._lesson.value
    widget.next.click()
    assert "corner (0, 1), output 1, target 0, error 0 − 1 = −1" in widget._lesson.value
    assert "w₂ ← w₂ + error·x₂ = 1 + (−1)·1 = <b>0</b>" in widget._lesson.value
    assert (widget.w1.value, widget.w2.value, widget.b.value) == (1, 0, -1)


@pytest.mark.parametrize("name", ["AND", "OR", "NAND"])
def test_run_to_the_end_finds_each_gate(widget, name):
    widget.target.value = name
    widget.w1.value = -3
    widget.run.click()
    assert "all are right" in widget._lesson.value
    assert "4 of 4 right" in widget._table.value


def test_xor_is_said_to_be_impossible(widget):
    widget.target.value = "XOR"
    widget.run.click()
    assert "no line can do it" in widget._lesson.value
    assert "round in a circle" in widget._lesson.value


def test_reset_goes_back_to_what_was_set_by_hand(widget):
    widget.w1.value, widget.b.value = 2.2, -3.1
    widget.run.click()
    widget.reset.click()
    assert (widget.w1.value, widget.w2.value, widget.b.value) == (2.2, 1.0, -3.1)


def test_an_echo_from_the_browser_is_no_move(widget):
    widget.target.value = "XOR"
    widget.run.click()
    said = widget._lesson.value
    widget.w1.value += 1e-13
    assert widget._lesson.value == said


def test_a_weight_that_leaves_its_slider_widens_it(widget):
    widget.target.value = "OR"
    widget.w1.value, widget.w2.value, widget.b.value = 4, -4, 4
    widget.run.click()
    neuron = widget.perceptron
    assert (widget.w1.value, widget.w2.value, widget.b.value) == (neuron.w1, neuron.w2, neuron.b)
    assert all(neuron.right)


def test_an_unknown_target_is_refused():
    with pytest.raises(ValueError, match="target must be one of"):
        widgets.perceptron("NOR")
