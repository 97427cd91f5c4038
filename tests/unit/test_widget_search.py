"""The search explorer's widget without a browser."""

import time

import pytest

from nnbook import Digits, builtin_digits, widgets
from nnbook.search import stored
from nnbook.widgets import search as module


@pytest.fixture
def widget(monkeypatch):
    monkeypatch.setattr(module, "PAUSE", 0.001)
    digits = builtin_digits()
    few = Digits(digits.name, digits.training[:100], digits.validation[:100], digits.test[:10])
    made = widgets.search_explorer(few)
    yield made
    made.stop()
    assert made.problems == []


def wait(widget, condition):
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_play_shows_all_stored_trials(widget):
    before = widget.picture.image.value
    widget.play()
    wait(widget, lambda: not widget.play_button.disabled and widget.trials.value == 30)
    assert widget.picture.image.value != before
    assert widget.exploration.shown == 30
    best = stored("random", 0).best
    assert f"{best.value:.2%}" in widget._words.value
    assert "<td" in widget._table.value and f"{best.value:.4f}" in widget._table.value
    assert widget._line.get_ydata()[-1] == pytest.approx(100 * best.value)
    widget.play()  # and again from the beginning
    wait(widget, lambda: widget.exploration.shown < 30)


def test_stop_rests_and_play_goes_on(widget, monkeypatch):
    monkeypatch.setattr(module, "PAUSE", 0.05)
    widget.play_button.click()
    wait(widget, lambda: widget.exploration.shown >= 3)
    widget.stop_button.click()
    shown = widget.exploration.shown
    assert 3 <= shown < 30
    assert widget.stop_button.disabled and not widget.play_button.disabled
    widget.play_button.click()
    wait(widget, lambda: widget.exploration.shown > shown)
    widget.reset_button.click()
    assert widget.exploration.shown == widget.trials.value == 0
    assert "No trial yet" in widget._words.value


@pytest.mark.parametrize("count", [1, 11, 15, 30])
def test_the_slider_shows_so_many_trials(widget, count):
    widget.trials.value = count
    assert widget.exploration.shown == count
    complete, pruned, star = widget._dots["learning_rate"]
    assert len(complete.get_xdata()) + len(pruned.get_xdata()) == count
    best = widget.exploration.results.best
    assert star.get_xdata()[0] == best.settings["learning_rate"]
    assert star.get_ydata()[0] == pytest.approx(100 * best.value)
    told = widget._when.get_text()
    assert told == ("from the 10th trial on" if count < 10 else f"after {count // 10 * 10} trials")
    widths = [bar.get_width() for bar in widget._bars.values()]
    assert sum(widths) == pytest.approx(0 if count < 10 else 100)


def test_another_sampler_begins_anew_beside_the_one_before(widget):
    widget.trials.value = 30
    widget.sampler.value = "grid"
    assert widget.trials.value == 0
    assert len(widget._ghosts["random"].get_xdata()) == 30
    assert len(widget._ghosts["grid"].get_xdata()) == 0
    widget.search.value = ("stored", 4)
    assert (widget.exploration.sampler, widget.exploration.repeat) == ("grid", 4)
    assert len(widget._ghosts["random"].get_xdata()) == 0


def test_a_live_search_trains_stops_and_goes_on(widget):
    widget.search.value = ("live", 0)
    widget.trials.value = 20  # there is nothing to show yet
    assert widget.trials.value == 0
    widget.play_button.click()
    wait(widget, lambda: widget.exploration.shown >= 2)
    widget.stop_button.click()
    shown = widget.exploration.shown
    first = widget.exploration.results.trials
    widget.play_button.click()
    wait(widget, lambda: widget.exploration.shown > shown)
    widget.stop_button.click()
    assert widget.exploration.results.trials[:shown] == first


def test_the_still_is_an_example_and_leaves_the_widget_as_it_is(widget):
    before = widget.picture.image.value
    data, _ = widget._repr_mimebundle_()
    assert data["image/png"].startswith("iVBOR")
    assert data["text/plain"].startswith("Search explorer: ")
    assert widget.exploration.shown == 0
    assert len(widget._line.get_xdata()) == 0
    assert widget.picture.image.value == before
