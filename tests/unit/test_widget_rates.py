"""The widget of the learning-rate range without a browser."""

import time

import pytest

from nnbook import builtin_digits, widgets
from nnbook.explore.rates import OPTIMIZERS, RATES


@pytest.fixture
def widget():
    made = widgets.learning_rates(builtin_digits())
    made.steps.value, made.hidden.value = 50, 0
    yield made
    made.stop()
    assert made.problems == []


def run(widget):
    widget.run.click()
    widget.worker.join(60)
    assert not widget.run.disabled and widget.stop_button.disabled


def test_before_the_first_run_it_says_what_to_do(widget):
    assert "Press Run" in widget._words.value
    assert widget.sweep is None
    assert len(widget.still()) > 10_000  # an example of its own
    assert widget.sweep is None and len(widget._dots.get_xdata()) == 0


def test_a_run_draws_every_rate_and_says_the_threshold(widget):
    run(widget)
    assert list(widget._dots.get_xdata()) == list(RATES)
    assert "Threshold: up to η" in widget._words.value
    assert widget._edge.get_xdata()[0] == widget.sweep.threshold


def test_the_slider_looks_at_one_course(widget):
    run(widget)
    for rate in (RATES[0], 0.5, RATES[-1], 5):
        before = widget.picture.image.value
        widget.rate.value = rate
        assert widget.picture.image.value != before
        (course,) = [course for course in widget.sweep.courses if course.rate == rate]
        assert list(widget._course.get_xdata()) == course.steps
        assert f"η = {rate:g}: cost" in widget._words.value


def test_a_changed_setting_asks_for_a_run_and_the_run_before_stays_to_compare(widget):
    run(widget)
    first = widget.sweep
    widget.batch_size.value = 100
    assert "The settings have changed" in widget._words.value
    run(widget)
    assert widget.sweep.trial.batch_size == 100
    assert widget._before is first
    assert len(widget._ghost.get_xdata()) == len(RATES)
    assert "have changed" not in widget._words.value


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_each_optimizer_runs(widget, optimizer):
    widget.optimizer.value, widget.cost.value = optimizer, "quadratic"
    run(widget)
    assert widget.sweep.complete


def test_stop_is_heard_and_what_was_measured_stays(widget):
    widget.steps.value, widget.hidden.value = 400, 100
    widget.run.click()
    end = time.monotonic() + 20
    while widget.sweep is None or len(widget.sweep.courses) < 2:
        assert time.monotonic() < end
        time.sleep(0.005)
    widget.stop_button.click()
    assert not widget.worker.busy
    assert 2 <= len(widget.sweep.courses) < len(RATES)
    assert f"of {len(RATES)} learning rates so far" in widget._words.value


def test_running_twice_is_running_once(widget):
    widget.steps.value = 400
    widget.run.click()
    first = widget.worker._thread
    widget.run.click()
    assert widget.worker._thread is first


@pytest.mark.usefixtures("plain_arguments")
def test_digits_are_asked_for():
    with pytest.raises(TypeError, match="data must be a Digits"):
        widgets.learning_rates([1, 2, 3])
