"""The widget of the optimizer race without a browser."""

import time

import numpy as np
import pytest

from nnbook import widgets
from nnbook.explore.race import COURSES, LONGEST, RULES, first_rate
from nnbook.widgets import race as view


@pytest.fixture
def widget():
    made = widgets.optimizer_race()
    yield made
    made.stop()
    assert made.problems == []


def test_the_slider_of_steps_moves_paths_costs_and_words(widget):
    widget.shown.value = 0
    before = widget.picture.image.value
    assert "cost after 0 steps" in widget._table.value
    widget.shown.value = 1
    assert widget.picture.image.value != before
    path = widget._paths["Newton"].get_xydata()
    np.testing.assert_allclose(path, widget.race.racers["Newton"].path[:2])
    assert len(widget._curves["Adam"].get_ydata()) == 2
    assert "rests in the minimum since step 1" in widget._table.value


@pytest.mark.parametrize("name", COURSES)
def test_each_landscape_at_extreme_settings(widget, name):
    widget.landscape.value = "bowl" if name != "bowl" else "saddle"
    widget.landscape.value = name
    assert widget.race.start == COURSES[name].start
    assert widget.learning_rate.value == first_rate(COURSES[name])
    for x, rate, mu, adam in ((-2, 0.005, 0, 0.005), (2, 2.0, 0.99, 2.0)):
        widget.x.value, widget.y.value, widget.mu.value = x, x, mu
        widget.learning_rate.value, widget.adam.value = rate, adam
        widget.shown.value = LONGEST
        for line in widget._curves.values():
            assert np.isfinite(line.get_ydata()).all()
    assert len(widget.still()) > 10_000


def test_who_does_not_take_part_is_not_drawn(widget):
    widget.boxes["Adam"].value = False
    assert len(widget._paths["Adam"].get_xdata()) == 0
    assert ">Adam<" not in widget._table.value
    for box in widget.boxes.values():
        box.value = False
    assert widget._table.value.count("<tr>") == 1
    assert len(widget.still()) > 10_000


def test_a_knob_begins_a_new_race(widget):
    before = widget.race
    widget.mu.value = 0.5
    assert widget.race is not before and widget.race.knobs.mu == 0.5
    widget.adam.value = 0.5
    assert widget.race.racers["Adam"].rule.learning_rate == 0.5


def test_a_run_goes_to_the_end_by_itself(widget, monkeypatch):
    monkeypatch.setattr(view, "PAUSE", 0)
    monkeypatch.setattr(view, "STRIDES", (3, 50))
    widget.shown.value = 0
    widget.run.click()
    widget.worker.join(30)
    assert widget.shown.value >= LONGEST - 50
    assert not widget.run.disabled and widget.stop_button.disabled


def test_stop_is_heard(widget):
    widget.shown.value = 0
    widget.run.click()
    end = time.monotonic() + 10
    while widget.shown.value < 2:
        assert time.monotonic() < end
        time.sleep(0.005)
    widget.stop_button.click()
    stopped = widget.shown.value
    time.sleep(0.25)
    assert widget.shown.value == stopped < LONGEST


def test_a_still_says_the_settings(widget):
    bundle, metadata = widget._repr_mimebundle_()
    assert bundle["image/png"] and "race" in bundle["text/plain"]
    assert metadata["image/png"]["alt"] == bundle["text/plain"]
    assert set(widget.boxes) == set(RULES)


@pytest.mark.usefixtures("plain_arguments")
def test_an_unknown_landscape_is_refused():
    with pytest.raises(ValueError, match="landscape must be one of"):
        widgets.optimizer_race("mountain")
