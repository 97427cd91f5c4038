"""The stepper's widget without a browser."""

from __future__ import annotations

import io
import re

import numpy as np
import pytest
from PIL import Image

from nnbook import widgets
from nnbook.derivations import NETWORK, random_problem
from nnbook.explore.notations import NOTATIONS
from nnbook.explore.stepper import GIVEN, STEPS, relative_error
from nnbook.plots.style import AMBER, BLUE
from nnbook.widgets import stepper_scene
from nnbook.widgets.scene import Box, Label, Line


@pytest.fixture
def widget():
    made = widgets.backprop_stepper()
    yield made
    assert made.problems == []


def drawn(widget):
    """All texts of the drawing."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", widget._drawing.value)


def test_the_buttons(widget):
    assert "Nothing is computed yet" in widget._formula.value
    widget.previous.click()  # nothing is before the start
    assert widget.stepper.position == 0
    for position in range(1, len(STEPS) + 1):
        before = widget._drawing.value
        widget.next.click()
        assert widget.stepper.position == widget.step.value == position
        assert widget._drawing.value != before
        assert f"Step {position} of 45." in widget._formula.value
        assert bool(widget._check.value) is (position == 45)
    widget.next.click()  # nothing is after the end
    assert widget.stepper.position == 45
    widget.first.click()
    assert widget.stepper.position == 0 and not widget._check.value
    widget.last.click()
    assert widget.stepper.position == 45
    widget.previous.click()
    assert widget.stepper.position == 44


@pytest.mark.parametrize("position", [0, 1, 15, 16, 44, 45])
def test_the_slider_of_steps(widget, position):
    widget.step.value = position
    assert widget.stepper.position == position
    # every number known so far is drawn, with the four names of layers
    assert len(drawn(widget)) == 4 + len(GIVEN) + position + (position < 15)  # the letter of C


@pytest.mark.parametrize("name", NOTATIONS)
def test_the_notation(widget, name):
    widget.last.click()
    widget.quantity.value = GIVEN[-1]
    widget.notation.value = "two passes" if name == "δ" else "δ"
    before = widget._drawing.value
    widget.notation.value = name
    assert widget._drawing.value != before
    assert widget.stepper.position == 45
    assert widget.quantity.value == GIVEN[-1]
    sign = -1 if name == "thresholds" else 1
    assert widget.value.value == pytest.approx(sign * 0.4)
    assert len(widget._check.value.split("<tr>")) == 1 + 1 + 12


@pytest.mark.parametrize("name", ["δ", "thresholds"])
def test_every_number_at_its_lowest_middle_highest_and_an_odd_value(widget, name):
    widget.notation.value = name
    widget.step.value = 44
    for quantity in GIVEN:
        widget.quantity.value = quantity
        start = widget.value.value
        assert start == widget.stepper.value(quantity)
        low, high = widget.value.min, widget.value.max
        for value in (low, (low + high) / 2, high, 0.123456):
            before = widget._drawing.value
            widget.value.value = value
            assert widget.stepper.value(quantity) == pytest.approx(value, abs=1e-8)
            assert "nan" not in widget._drawing.value
            assert (widget._drawing.value == before) is (value == start)
            start = value
    widget.last.click()
    assert relative_error(widget.stepper.comparison()) < 1e-6
    widget.reset.click()
    assert widget.stepper.problem is NETWORK
    assert widget.value.value == widget.stepper.value(GIVEN[-1])


def test_choosing_a_number_changes_nothing(widget):
    for quantity in (*GIVEN, *reversed(GIVEN)):
        widget.quantity.value = quantity
        assert widget.stepper.problem is NETWORK
        assert widget.value.min <= widget.value.value <= widget.value.max


def test_a_trained_network_with_large_weights_has_its_place():
    problem = random_problem(np.random.default_rng(0))
    problem = problem.at(20 * problem.parameters)
    widget = widgets.backprop_stepper(problem, "thresholds")
    for quantity in GIVEN:
        widget.quantity.value = quantity
        assert widget.value.value == widget.stepper.value(quantity)
    assert widget.stepper.problem is problem
    widget.last.click()
    assert "·10⁻" in widget._drawing.value  # saturated: some derivatives are tiny
    assert widget.problems == []


@pytest.mark.parametrize("name", NOTATIONS)
@pytest.mark.parametrize("position", [0, 7, 45])
def test_the_scene(name, position):
    widget = widgets.backprop_stepper(notation=name)
    widget.step.value = position
    shapes = stepper_scene.scene(widget.stepper).shapes
    lines, boxes, labels = ([s for s in shapes if isinstance(s, k)] for k in (Line, Box, Label))
    current = widget.stepper.current
    assert sum(box.fill == AMBER for box in boxes) == (current is not None)
    used = widget.stepper.uses(current) if current else set()
    on_edges = sum(part.kind == "w" for part in used) + bool(current and current.kind == "dw")
    assert sum(line.colour == BLUE for line in lines) == on_edges
    if position:
        assert sum(label.bold for label in labels) >= len(used) > 0
    places = [(label.x, label.y) for label in labels]
    assert len(set(places)) == len(places)  # no two labels in one place
    for x, y in places:
        assert 0 < x < stepper_scene.WIDTH and 0 < y < stepper_scene.HEIGHT


def test_the_drawing_says_in_words_what_it_shows(widget):
    widget.step.value = 17
    label = re.search('aria-label="([^"]*)"', widget._drawing.value)[1]
    assert label == "Step 17 of 45: error of output neuron 2 is −0.1481."


def test_still(widget):
    data, metadata = widget._repr_mimebundle_()
    assert "2-3-2-2" in data["text/plain"] == metadata["image/png"]["alt"]
    assert widget.stepper.position == 0  # the picture shows the end, the page the start
    full = Image.open(io.BytesIO(widget.still()))
    assert full.size == (880, 546)
    widget.next.click()
    part = Image.open(io.BytesIO(widget.still()))
    assert np.asarray(full.convert("L")).mean() < np.asarray(part.convert("L")).mean()  # more ink
    assert len(widget.still()) < 60_000


def test_refusals(plain_arguments):
    with pytest.raises(ValueError, match="2-3-2-2"):
        widgets.backprop_stepper(random_problem(np.random.default_rng(0), (2, 2)))
    with pytest.raises(ValueError, match="notation must be one of"):
        widgets.backprop_stepper(notation="chinese")
