"""The two widgets of chapter 08 without a browser."""

import numpy as np
import pytest

from nnbook import builtin_digits, widgets
from nnbook.explore.chain import exploding
from nnbook.explore.saturation import FUNCTIONS
from nnbook.initializers import INITIALIZERS
from nnbook.plots.style import BLUE, ORANGE
from nnbook.widgets.chain import VALUES
from nnbook.widgets.chain_scene import DECADE, HEIGHT, LOWEST, WIDTH, height, scene
from nnbook.widgets.numerals import power_of_ten, short
from nnbook.widgets.scene import Box, Label
from nnbook.widgets.speeds import LABEL

DIGITS = builtin_digits()


@pytest.fixture
def chain():
    made = widgets.chain_of_neurons()
    yield made
    assert made.problems == []


@pytest.fixture
def speeds():
    made = widgets.layer_speeds(DIGITS)
    yield made
    made.stop()
    assert made.problems == []


def bars(widget):
    """The bars of both panels, from left to right."""
    return [shape for shape in scene(widget.chain).shapes if isinstance(shape, Box)]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_slider_of_the_chain_at_its_ends_and_between(chain, name):
    chain.activation.value = name
    for slider in (*chain.weights, *chain.biases):
        for value in (VALUES[0], VALUES[len(VALUES) // 2], 0.3, VALUES[-1]):
            slider.value = float(value)
            for bar in bars(chain):
                assert 0 <= bar.height <= height(1e99)
            for shape in scene(chain.chain).shapes:
                if isinstance(shape, Label):
                    assert 0 < shape.x < WIDTH and 0 < shape.y < HEIGHT
            assert "nan" not in chain._table.value + chain._drawing.value
    assert len(chain.still()) > 10_000


def test_the_bars_are_the_factors_and_the_speeds(chain):
    for button in (chain.draw, chain.draw, chain.draw, chain.explode):
        button.click()
        now = chain.chain
        sizes = [*np.abs(now.factors), *np.abs(now.speeds)]
        drawn = [10 ** (LOWEST + bar.height / DECADE) for bar in bars(chain)]
        np.testing.assert_allclose(drawn, np.clip(sizes, 1e-6, 1e5))
        above = [ORANGE if size > 1 else BLUE for size in sizes]
        assert [bar.fill for bar in bars(chain)] == above
        for size in sizes:
            assert f">{short(size)}</text>" in chain._drawing.value
        assert [slider.value for slider in chain.weights] == now.weights
        assert short(now.speeds[0]) in chain._table.value


def test_the_buttons_of_the_chain(chain):
    before = chain._drawing.value
    chain.explode.click()
    assert chain._drawing.value != before and "more than the last" in chain._drawing.value
    assert chain.chain.weights == exploding().weights and chain.chain.biases == exploding().biases
    assert "0.25 · 25 · 25 · 25 = 3,910" in chain._table.value
    assert "15,600 times more than the last: exploding" in chain._table.value
    chain.ones.click()
    assert chain.chain.weights == [1.0] * 4 and "vanishing" in chain._table.value
    chain.activation.value = "ReLU"
    assert "about equally" in chain._table.value
    chain.biases[0].value, chain.biases[1].value = -5.0, 1.0
    assert "does not move the output at all" in chain._table.value


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("start", INITIALIZERS)
def test_the_speeds_at_the_start_follow_the_controls(speeds, name, start):
    speeds.activation.value, speeds.initializer.value = name, start
    for depth in (1, 2, 8, 5):
        speeds.depth.value = depth
        assert len(speeds._first.get_xdata()) == depth
        assert sum(text.get_visible() for text in speeds._names) == depth
        assert "nan" not in speeds._words.value
    speeds.seed.value, speeds.rate.value = 9, 2.0
    assert speeds.watched.deep == speeds.deep and speeds.deep.seed == 9


def test_a_run_draws_all_its_steps(speeds):
    speeds.depth.value = 2
    speeds.run.click()
    assert speeds.worker.join(300)  # three test runs on two processors took over a minute
    assert speeds.watched.complete and not speeds.run.disabled and speeds.stop_button.disabled
    assert len(speeds._lines[1].get_ydata()) == 501 and len(speeds._lines[2].get_ydata()) == 0
    assert "After 500 steps" in speeds._words.value and "Rightly classified" in speeds._words.value


def test_stop_keeps_what_was_measured_and_a_change_begins_anew(speeds):
    speeds.depth.value = 8
    speeds.run.click()
    while len(speeds.watched.speeds) < 5:
        pass
    speeds.stop()
    done = len(speeds.watched.speeds)
    assert 5 <= done < 501 and not speeds.run.disabled
    assert len(speeds._lines[7].get_ydata()) == done
    speeds.run.click()
    speeds.depth.value = 3  # ends the run
    assert not speeds.worker.busy and len(speeds.watched.speeds) == 1
    assert "Press Run" in speeds._words.value


def test_the_numbers_of_the_layers_never_touch(speeds):
    speeds.depth.value, speeds.activation.value, speeds.initializer.value = 8, "ReLU", "he"
    heights = np.log10([name.get_position()[1] for name in speeds._names])
    assert np.diff(np.sort(heights)).min() > LABEL - 1e-9
    drawn = np.log10([line.get_ydata()[-1] for line in speeds._lines])
    assert np.array_equal(np.argsort(heights), np.argsort(drawn))


def test_the_still_picture_trains_and_leaves_the_page_alone(speeds):
    before = speeds.watched
    assert len(speeds.still()) > 10_000
    assert speeds.watched is before and len(speeds._lines[0].get_ydata()) == 1


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"), (0.25, "0.25"), (-3.456, "−3.46"), (999.4, "999"), (3906.25, "3,910"),
        (15625, "15,600"), (9.32e-6, "9.32·10⁻⁶"), (-2.5e7, "−2.5·10⁷"), (float("inf"), "inf"),
        (999_999, "1,000,000"), (1e-4, "0.0001"),
    ],
)  # fmt: skip
def test_numbers_are_written_for_people(value, text):
    assert short(value) == text


def test_powers_of_ten():
    assert [power_of_ten(k) for k in (-6, -2, 0, 2, 4)] == ["10⁻⁶", "0.01", "1", "100", "10⁴"]
