"""The thread behind the widgets that go on by themselves: start, stop, errors, pictures in time."""

from __future__ import annotations

import itertools
import threading

import ipywidgets as W
import pytest

from nnbook.widgets import worker as module
from nnbook.widgets.panel import Panel
from nnbook.widgets.worker import Worker, ticking


@pytest.fixture
def ended():
    return []


@pytest.fixture
def worker(ended):
    panel = Panel([], words="A panel.")
    made = Worker(panel.guard, W.Button(), W.Button(), end=lambda: ended.append(True))
    made.panel = panel
    yield made
    made.stop()


def buttons(worker):
    return worker._go.disabled, worker._halt.disabled


def test_it_goes_through_all_steps_and_sets_the_buttons(worker, ended):
    seen = []
    assert not worker.busy and buttons(worker) == (False, True)
    worker.start(seen.append((k, buttons(worker))) for k in range(3))
    assert worker.join(5) and ended == [True]
    assert seen == [(k, (True, False)) for k in range(3)] and buttons(worker) == (False, True)


def test_stop_ends_it_after_the_step_at_hand(worker, ended):
    begun = threading.Event()
    worker.start((begun.set() for _ in itertools.count()), pause=60)
    assert begun.wait(5) and worker.busy
    worker.stop()
    assert not worker.busy and ended == [True]
    worker.start(range(2))  # and it can start again
    assert worker.join(5) and ended == [True, True]


def test_an_error_is_shown_and_the_buttons_come_back(worker, ended):
    worker.start(1 // k for k in (1, 0))
    assert worker.join(5) and buttons(worker) == (False, True) and ended == [True]
    assert isinstance(worker.panel.problems[0], ZeroDivisionError)


def test_work_may_stop_itself(worker):
    worker.start(worker.stop() for _ in itertools.count())
    assert worker.join(5)


def test_pictures_come_at_the_first_step_and_then_in_time(monkeypatch):
    clock = iter([0.0, 0.0, 0.05, 0.11, 0.11, 0.15])
    monkeypatch.setattr(module.time, "monotonic", lambda: next(clock))
    shown, steps = [], []
    for step in ticking(range(4), lambda: shown.append(len(steps))):
        steps.append(step)
    assert steps == [0, 1, 2, 3] and shown == [0, 2]
