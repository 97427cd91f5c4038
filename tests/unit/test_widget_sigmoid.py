"""The sigmoid's widget without a browser."""

import pytest

from nnbook import widgets


@pytest.fixture
def widget():
    made = widgets.sigmoid()
    yield made
    assert made.problems == []


@pytest.mark.parametrize("name", ["w", "b", "x", "nudge", "c"])
def test_each_slider_moves_the_picture_at_its_ends(widget, name):
    slider = getattr(widget, name)
    if name == "c":
        ends = [value for _, value in slider.options][1 :: len(slider.options) - 2]
    else:
        ends = [slider.min, slider.max, 0.2]
    for value in ends:
        before = widget.picture.image.value
        slider.value = value
        assert widget.picture.image.value != before


def test_the_numbers_are_those_of_the_neuron(widget):
    widget.w.value, widget.b.value, widget.x.value, widget.nudge.value = 2, -1, 1, 0.5
    assert "0.7311" in widget._numbers.value  # sigma(1)
    assert "0.8176" in widget._numbers.value  # sigma(1.5)
    assert "+0.0865" in widget._numbers.value
    assert "+0.0983" in widget._numbers.value  # 0.7311 · 0.2689 · 1 · 0.5


def test_the_step_jumps_or_does_not(widget):
    widget.w.value, widget.b.value, widget.nudge.value = 1, -1, 0.5
    widget.x.value = 0.8
    assert "+1.0000" in widget._numbers.value
    widget.x.value = 1.5
    assert "+1.0000" not in widget._numbers.value


def test_no_nudge_no_change(widget):
    widget.nudge.value = 0
    assert widget._numbers.value.count("+0.0000") == 4
    assert "-" not in widget._numbers.value.replace("nnbook-table", "")  # a true minus sign


def test_the_still_is_a_picture(widget):
    data, _ = widget._repr_mimebundle_()
    assert data["image/png"].startswith("iVBOR")
    assert data["text/plain"].startswith("A sigmoid neuron beside a step")
