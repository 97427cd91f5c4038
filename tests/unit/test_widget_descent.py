"""The widget of gradient descent without a browser."""

import time

import numpy as np
import pytest

from nnbook import widgets
from nnbook.explore.landscapes import LANDSCAPES
from nnbook.widgets import live, valley


@pytest.fixture
def widget():
    made = widgets.gradient_descent()
    yield made
    made.stop()
    assert made.problems == []


def wait_until(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.005)


def test_step_and_reset(widget):
    before = widget.picture.image.value
    widget.step.click()
    assert widget.picture.image.value != before
    assert widget.descent.steps == 1
    assert "After 1 step: still rolling" in widget._words.value
    widget.reset.click()
    assert widget.picture.image.value == before
    assert "waits at its start" in widget._words.value


@pytest.mark.parametrize("name", LANDSCAPES)
def test_each_landscape_at_extreme_settings(widget, name):
    before = widget.picture.image.value
    widget.landscape.value = "bowl" if name != "bowl" else "saddle"
    widget.landscape.value = name
    assert name == "bowl" or widget.picture.image.value != before
    assert widget.descent.path[0] == LANDSCAPES[name].start
    for x, y in ((-2, -2), (2, 2), (0, 0)):
        for rate in (0.001, 0.5, 10):
            widget.x.value, widget.y.value, widget.learning_rate.value = x, y, rate
            for _ in range(3):
                widget.step.click()
            assert np.isfinite(widget.descent.path).all()


def test_a_new_start_forgets_the_path(widget):
    widget.step.click()
    widget.x.value = -1.0
    assert widget.descent.path == [(-1.0, 1.2)]


def test_the_learning_rate_counts_from_the_next_step(widget):
    widget.step.click()
    widget.learning_rate.value = 0.5
    assert widget.descent.steps == 1
    widget.step.click()
    assert widget.descent.path[-1] == (0, 0)


def test_a_run_ends_by_itself_in_the_minimum(widget, monkeypatch):
    monkeypatch.setattr(valley, "PAUSE", 0)
    widget.run.click()
    wait_until(lambda: not widget.worker.busy)
    assert "rests in the minimum" in widget._words.value
    assert not widget.run.disabled
    assert widget.stop_button.disabled


def test_stop_is_heard(widget):
    widget.learning_rate.value = 0.001
    widget.run.click()
    wait_until(lambda: widget.descent.steps >= 2)
    assert not widget.stop_button.disabled
    started = time.monotonic()
    widget.stop_button.click()
    assert time.monotonic() - started < 1
    steps = widget.descent.steps
    time.sleep(0.25)
    assert widget.descent.steps == steps


def test_running_twice_is_running_once(widget):
    widget.run.click()
    first = widget.worker._thread
    widget.run.click()
    assert widget.worker._thread is first


def test_another_landscape_ends_the_run(widget):
    widget.run.click()
    widget.landscape.value = "ravine"
    assert not widget.worker.busy
    assert widget.descent.steps == 0


def test_divergence_is_said_in_words(widget):
    widget.learning_rate.value = 1.2
    for _ in range(40):
        widget.step.click()
    assert "The learning rate is too large" in widget._words.value


def test_an_error_in_the_running_thread_is_seen():
    widget = widgets.gradient_descent()
    widget.descent.step = lambda: 1 / 0
    widget.run.click()
    widget.worker.join(5)
    assert [type(problem) for problem in widget.problems] == [ZeroDivisionError]
    assert widget._notice.layout.display != "none"
    assert not widget.run.disabled


def test_an_unknown_landscape_is_refused():
    with pytest.raises(ValueError, match="landscape must be one of"):
        widgets.gradient_descent("hill")


def test_running_the_cell_again_stops_the_ball_of_the_first_run(monkeypatch):
    executions = iter(["first", "second"])
    monkeypatch.setattr(live, "running_cell", lambda: ("a cell", next(executions)))
    first = valley.DescentWidget()
    first.learning_rate.value = 0.001  # so slow that it rolls for 30 seconds
    first.run.click()
    assert first.worker.busy
    valley.DescentWidget()
    first.worker.join(2)
    assert not first.worker.busy and not first.problems
