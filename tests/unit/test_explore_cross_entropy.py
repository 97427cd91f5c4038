"""What the widgets of chapter 04 know: one neuron learning, shares, and the landscape of a cost."""

import numpy as np
import pytest

from nnbook.explore import cost_map, learner
from nnbook.explore.cost_map import COSTS_OF, EDGE, Place
from nnbook.explore.learner import ANIMATED, CROSS_ENTROPY, PUBLISHED, QUADRATIC, RULES, Learner
from nnbook.explore.probabilities import Shares, hardmax


@pytest.mark.parametrize(
    ("rule", "w", "b", "eta", "step", "output"),
    [
        (QUADRATIC, 0.6, 0.9, 0.15, 300, 0.094),  # row 3.1
        (QUADRATIC, 2, 2, 0.15, 150, 0.933),  # row 3.2
        (QUADRATIC, 2, 2, 0.15, 300, 0.203),
        (ANIMATED, 0.6, 0.9, 0.005, 300, 0.040),  # row 3.3
        (CROSS_ENTROPY, 0.6, 0.9, 0.005, 300, 0.418),
        (ANIMATED, 2, 2, 0.005, 300, 0.048),  # row 3.4
        (CROSS_ENTROPY, 2, 2, 0.005, 300, 0.780),
        (CROSS_ENTROPY, 2, 2, 0.05, 300, 0.042),
        (CROSS_ENTROPY, 2, 2, 0.15, 300, 0.012),
    ],
)
def test_the_published_runs_to_three_decimals(rule, w, b, eta, step, output):
    assert round(Learner(rule, w, b, eta).run(step).outputs[-1], 3) == output


def test_the_published_settings_are_four_rows_and_each_rule_is_known():
    assert {setting.row for setting in PUBLISHED} == {"3.1", "3.2", "3.3", "3.4"}
    assert {setting.rule for setting in PUBLISHED} == set(RULES)


@pytest.mark.parametrize("rule", [QUADRATIC, CROSS_ENTROPY])
@pytest.mark.parametrize("z", [-30.0, -3.0, 0.0, 1.5, 4.0])
def test_the_slope_is_that_of_the_cost(rule, z):
    h = 1e-5
    cost, slope = RULES[rule].cost, RULES[rule].slope
    assert slope(z) == pytest.approx((cost(z + h) - cost(z - h)) / (2 * h), abs=1e-9)


def test_the_animated_slope_is_that_over_a():
    h, a = 1e-6, 0.9
    z = np.log(a / (1 - a))
    by_a = (np.log(1 - (a - h)) - np.log(1 - (a + h))) / (2 * h)
    assert RULES[ANIMATED].slope(z) == pytest.approx(by_a, rel=1e-6)


def test_one_step_by_hand():
    one = Learner(CROSS_ENTROPY, 1.0, -1.0, 0.5)
    assert (one.zs, one.outputs, one.slope) == ([0.0], [0.5], 0.5)
    one.step()
    assert (one.w, one.b, one.zs[-1], one.steps) == (0.75, -1.25, -0.5, 1)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("eta", [0.005, 10.0, 1e9])
def test_all_numbers_stay_finite(rule, eta):
    for start in (-4, 0, 4, 300):
        one = Learner(rule, start, start, eta).run()
        assert np.isfinite(one.outputs).all() and np.isfinite(one.costs).all()
        assert np.isfinite([one.w, one.b, one.slope]).all()


def test_the_other_cost():
    assert learner.other(QUADRATIC) == CROSS_ENTROPY
    assert learner.other(CROSS_ENTROPY) == learner.other(ANIMATED) == QUADRATIC


def test_wrong_starts_are_refused():
    with pytest.raises(ValueError, match="rule must be one of 'quadratic'"):
        Learner("cubic", 1, 1, 0.1)
    with pytest.raises(ValueError, match="learning_rate must be greater than 0"):
        Learner(QUADRATIC, 1, 1, 0)
    with pytest.raises(ValueError, match="w must be a finite number"):
        Learner(QUADRATIC, np.inf, 1, 0.1)


# shares


def test_the_books_four_outputs():
    shares = Shares()
    assert shares.soft.round(3).tolist() == [0.315, 0.009, 0.633, 0.043]
    assert shares.hard.tolist() == [0, 0, 1, 0]
    assert shares.soft.sum() == pytest.approx(1)
    assert shares.powers == pytest.approx(np.exp([2.5, -1, 3.2, 0.5]))


def test_a_shift_changes_powers_and_sigmoids_but_no_share():
    plain, moved = Shares(), Shares(shift=2)
    assert moved.soft == pytest.approx(plain.soft)
    assert moved.powers == pytest.approx(plain.powers * np.exp(2))
    assert np.all(moved.sigmoids > plain.sigmoids)


def test_temperature_from_hardmax_to_equal_shares():
    gaps = [Shares(temperature=t).gap for t in (0.05, 0.5, 1, 5)]
    assert gaps == sorted(gaps) and gaps[0] < 1e-5
    assert Shares(temperature=1e4).soft == pytest.approx([0.25] * 4, abs=1e-3)
    assert np.isfinite(Shares([5, -5, 5, 0], 1e-3, 5).soft).all()


def test_a_tie_is_shared():
    assert hardmax(np.array([1.0, 3.0, 3.0])).tolist() == [0, 0.5, 0.5]
    assert Shares([0.1 + 0.2, 0.3, 0, -1]).hard.tolist() == [0.5, 0.5, 0, 0]


def test_wrong_shares_are_refused():
    with pytest.raises(ValueError, match="temperature must be greater than 0"):
        Shares(temperature=0)
    with pytest.raises(ValueError, match=r"z\[1\] must be a finite number"):
        Shares([1, np.nan])


# the landscape


@pytest.mark.parametrize("name", COSTS_OF)
@pytest.mark.parametrize("y", [0.0, 0.3, 1.0])
def test_slopes_of_the_landscape_are_those_of_the_cost(name, y):
    of, a, h = COSTS_OF[name], np.array([0.05, 0.5, 0.9]), 1e-6
    slope = (of.cost(a + h, y) - of.cost(a - h, y)) / (2 * h)
    assert of.slope(a, y) == pytest.approx(slope, rel=1e-5, abs=1e-8)
    assert of.error(a, y) == pytest.approx(of.slope(a, y) * a * (1 - a))


def test_the_bottom_is_at_a_equal_y():
    place = Place("cross-entropy", 0.8, 0.8)
    assert place.cost == place.least == pytest.approx(0.5004, abs=1e-4)
    assert place.error == 0 and "bottom" in place.words and "not 0" in place.words
    assert "not 0" not in Place("quadratic", 0.8, 0.8).words


def test_a_saturated_wrong_output_in_words():
    wrong = "badly wrong, and its neuron is {} pushed down"
    assert wrong.format("hardly") in Place("quadratic", 0.99, 0).words
    assert wrong.format("clearly") in Place("cross-entropy", 0.99, 0).words
    assert "pushed up" in Place("cross-entropy", 0.1, 0.4).words


def test_cross_entropy_is_right_at_its_ends():
    assert cost_map.cross_entropy(0.0, 0.0) == cost_map.cross_entropy(1.0, 1.0) == 0
    assert cost_map.cross_entropy(0.0, 1.0) == np.inf


def test_wrong_places_are_refused():
    with pytest.raises(ValueError, match=r"a must be between 0\.001 and 0\.999"):
        Place(a=0)
    with pytest.raises(ValueError, match="y must be between 0 and 1"):
        Place(y=1.1)
    with pytest.raises(ValueError, match="cost must be one of"):
        Place("cubic")
    assert Place(a=EDGE).a == EDGE
