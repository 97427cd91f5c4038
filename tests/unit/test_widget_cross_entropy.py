"""The widgets of chapter 04 without a browser: one neuron learning, softmax, cost landscape."""

import time

import pytest

from nnbook import widgets
from nnbook.explore.learner import ANIMATED, CROSS_ENTROPY, PUBLISHED, QUADRATIC, RULES
from nnbook.widgets import learner, live


@pytest.fixture
def neuron():
    made = widgets.one_neuron()
    yield made
    made.stop()
    assert made.problems == []


@pytest.fixture
def shares():
    made = widgets.softmax()
    yield made
    assert made.problems == []


@pytest.fixture
def landscape():
    made = widgets.cost_landscape()
    yield made
    assert made.problems == []


def wait_until(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.005)


def at_once(monkeypatch):
    """A run of three pictures without a pause, in place of a hundred."""
    monkeypatch.setattr(learner, "PAUSE", 0)
    monkeypatch.setattr(learner, "STRIDE", 100)


def run_to_the_end(widget):
    widget.run.click()
    wait_until(lambda: not widget.worker.busy)


# ---- one neuron learning ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "end"), list(enumerate((0.094, 0.203, 0.418, 0.040, 0.780, 0.048)))
)
def test_each_published_start_ends_where_it_should(neuron, monkeypatch, number, end):
    at_once(monkeypatch)
    neuron.setting.value = number
    run_to_the_end(neuron)
    assert neuron.learner.steps == 300
    assert f"<b>{end:.3f}</b>" in neuron._words.value
    assert neuron.rule.value == PUBLISHED[number].rule


def test_it_begins_with_the_bad_start_before_any_step(neuron):
    assert (neuron.rule.value, neuron.w.value, neuron.b.value) == (QUADRATIC, 2, 2)
    assert "Before the first step" in neuron._words.value
    assert neuron.ghost.rule.name == CROSS_ENTROPY


def test_run_stop_reset(neuron):
    before = neuron.picture.image.value
    neuron.run.click()
    wait_until(lambda: neuron.learner.steps >= 6)
    assert neuron.run.disabled and not neuron.stop_button.disabled
    neuron.stop_button.click()
    wait_until(lambda: neuron.stop_button.disabled)
    steps = neuron.learner.steps
    time.sleep(0.15)
    assert neuron.learner.steps == neuron.ghost.steps == steps < 300
    assert neuron.picture.image.value != before
    neuron.run.click()  # goes on
    wait_until(lambda: neuron.learner.steps > steps)
    neuron.reset.click()
    assert neuron.learner.steps == 0 and neuron.picture.image.value == before


def test_running_at_the_end_begins_anew(neuron, monkeypatch):
    at_once(monkeypatch)
    run_to_the_end(neuron)
    monkeypatch.setattr(learner, "PAUSE", 5)
    neuron.run.click()
    wait_until(lambda: neuron.learner.steps == 100)


@pytest.mark.parametrize("rule", RULES)
def test_each_cost_at_extreme_settings(neuron, monkeypatch, rule):
    at_once(monkeypatch)
    neuron.rule.value = rule
    for w, b, eta in ((-4, -4, 0.005), (4, 4, 10), (0.3, -0.1, 1)):
        neuron.w.value, neuron.b.value, neuron.learning_rate.value = w, b, eta
        run_to_the_end(neuron)
        assert "nan" not in neuron._words.value and "inf" not in neuron._words.value
        assert neuron.still().startswith(b"\x89PNG")


def test_a_moved_slider_is_a_start_of_ones_own(neuron):
    neuron.w.value = 1.5
    assert neuron.setting.value == -1
    assert neuron.learner.zs == [3.5] and neuron.ghost.zs == [3.5]
    neuron.w.value = 2.0
    assert neuron.setting.value == 1  # row 3.2 again


def test_a_slider_that_comes_back_from_the_browser_is_no_new_start(neuron):
    neuron.setting.value = 3
    neuron.learner.run(30)
    neuron.w.value, neuron.b.value = 0.6000000000000001, 0.9000000000000004  # as the browser counts
    assert neuron.setting.value == 3 and neuron.learner.steps == 30


def test_the_books_animated_step_is_named_and_has_its_own_cost_beside_it(neuron):
    neuron.rule.value = ANIMATED
    assert neuron.setting.value == -1  # with η = 0.15: no published row
    assert "the book's animated step" in neuron._words.value
    assert neuron.ghost.rule.name == QUADRATIC
    assert any("∂C/∂a, not ∂C/∂b" in text for text, _ in neuron.rule.options)


def test_the_other_cost_can_be_hidden(neuron):
    shown = neuron.picture.image.value
    assert "cross-entropy" in neuron._words.value
    neuron.compare.value = False
    assert neuron.picture.image.value != shown
    assert "cross-entropy" not in neuron._words.value


def test_the_still_of_an_untouched_neuron_is_the_whole_run_and_leaves_it_untouched(neuron):
    before = neuron.picture.image.value
    data, _ = neuron._repr_mimebundle_()
    assert data["image/png"].startswith("iVBOR")
    assert data["text/plain"].startswith("One sigmoid neuron learns")
    neuron.picture.push()
    assert neuron.learner.steps == 0 and neuron.picture.image.value == before


def test_an_error_in_the_running_thread_is_seen():
    widget = widgets.one_neuron()
    widget.ghost.run = lambda steps: 1 / 0
    widget.run.click()
    widget.worker.join(5)
    assert [type(problem) for problem in widget.problems] == [ZeroDivisionError]
    assert not widget.run.disabled


def test_running_the_cell_again_stops_the_first_neuron(monkeypatch):
    executions = iter(["first", "second"])
    monkeypatch.setattr(live, "running_cell", lambda: ("a cell", next(executions)))
    first = widgets.one_neuron()
    first.run.click()
    widgets.one_neuron()
    first.worker.join(2)
    assert not first.worker.busy and not first.problems


# ---- softmax ------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(4))
def test_each_z_moves_the_picture_at_its_ends(shares, number):
    for value in (-5, 5, 0.1):
        before = shares.picture.image.value
        shares.z[number].value = value
        assert shares.picture.image.value != before


def test_the_numbers_of_the_book(shares):
    assert all(text in shares._numbers.value for text in ("0.3145", "0.0095", "0.6334", "0.0426"))


def test_a_shift_leaves_the_outputs(shares):
    before = shares.shares.soft
    for shift in (-5, 5, 1.3):
        shares.shift.value = shift
        assert shares.shares.soft == pytest.approx(before)
        assert "0.6334" in shares._numbers.value


def test_every_temperature(shares):
    for _, value in shares.temperature.options:
        shares.temperature.value = value
        for z in (-5, 5):
            shares.z[0].value = z
        assert "nan" not in shares._numbers.value
    shares.z[0].value, shares.temperature.value = 2.5, 0.05
    assert "<b>1.0000</b>" in shares._numbers.value and shares.shares.gap < 1e-5
    shares.reset.click()
    assert shares.temperature.value == 1 and "0.6334" in shares._numbers.value


def test_the_still_of_softmax_says_its_settings(shares):
    data, _ = shares._repr_mimebundle_()
    assert data["image/png"].startswith("iVBOR")
    assert data["text/plain"].startswith("Softmax of four weighted inputs")


# ---- the landscape of a cost --------------------------------------------------------------------


@pytest.mark.parametrize("cost", ["cross-entropy", "quadratic"])
def test_the_landscape_at_its_ends(landscape, cost):
    landscape.cost.value = cost
    for a in (0.001, 0.999, 0.5):
        for y in (0, 1, 0.37):
            before = landscape.picture.image.value
            landscape.a.value, landscape.y.value = a, y
            assert landscape.picture.image.value != before
            assert "nan" not in landscape._words.value and "inf" not in landscape._words.value


def test_the_numbers_of_the_landscape(landscape):
    landscape.a.value, landscape.y.value = 0.9, 0.0
    assert all(text in landscape._words.value for text in ("2.3026", "10.0000", "0.0900", "0.9000"))
    assert "-0" not in landscape._words.value and "<td>0.0000</td>" in landscape._words.value
    landscape.cost.value = "quadratic"
    assert all(text in landscape._words.value for text in ("0.4050", "0.9000", "0.0810"))


def test_the_least_cost_is_named(landscape):
    landscape.a.value, landscape.y.value = 0.5, 0.5
    assert "bottom of the valley" in landscape._words.value
    assert "0.6931" in landscape._words.value


def test_the_still_of_the_landscape(landscape):
    data, _ = landscape._repr_mimebundle_()
    assert data["image/png"].startswith("iVBOR")
    assert data["text/plain"].startswith("The cost of one output as a landscape")
