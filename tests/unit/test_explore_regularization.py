"""What the widgets of chapter 05 know: overfitting, polynomials, masks, distortion, the start."""

from __future__ import annotations

import math

import numpy as np
import pytest

from nnbook import Activation, CrossEntropy, Dataset, Dropout, Network, builtin_digits, sigmoid
from nnbook.explore import overfitting
from nnbook.explore.distort import COPIES, KINDS, DistortedDigit
from nnbook.explore.masks import MASKS, DropoutMasks
from nnbook.explore.polynomial import PolynomialFit, X, Y, fitted
from nnbook.explore.weighted_inputs import WeightedInputs

DIGITS = builtin_digits()


# ---- overfitting -------------------------------------------------------------------------------


def test_the_sizes_end_with_all_of_the_data():
    assert overfitting.sizes(DIGITS) == [100, 200, 500, 1000, 1297]


def test_the_settings_are_the_books_run():
    made = overfitting.settings(1000, 0.1, "L1", 0.5, 100, 400)
    assert (made.hidden, made.learning_rate, made.batch_size) == ((100,), 0.5, 10)
    assert (made.cost, made.penalty, made.lambda_, made.dropout) == (
        "cross-entropy",
        "L1",
        0.1,
        0.5,
    )
    made.check(DIGITS)


def test_weights_are_counted():
    sizes = overfitting.weight_sizes(np.array([[-9.0, 0.0], [0.005, 3.0]]))
    assert sizes.shares.sum() == 1 and sizes.shares[0] == sizes.shares[70] == 0.25
    assert sizes.shares[40] == 0.5 and sizes.near_zero == 0.5
    assert sizes.spread == pytest.approx(math.sqrt((81 + 9 + 0.005**2) / 4))


def test_the_start_is_a_gaussian():
    drawn = overfitting.weight_sizes(np.random.default_rng(0).standard_normal(400_000))
    np.testing.assert_allclose(drawn.shares, overfitting.start_shares(), atol=1e-3)


# ---- polynomial --------------------------------------------------------------------------------


def test_degree_nine_goes_through_all_ten_points():
    fit = PolynomialFit(9, 0)
    np.testing.assert_allclose(fit(X), Y, atol=1e-6)
    assert fit.error < 1e-6 and fit.new_error > 0.6 and fit.size > 100


def test_a_line_is_numpys():
    fit = PolynomialFit(1, 0)
    np.testing.assert_allclose(fit(X), np.polyval(np.polyfit(X, Y, 1), X), atol=1e-9)


def test_the_penalty_makes_weights_small_and_new_points_better():
    sizes = [PolynomialFit(9, lambda_).size for lambda_ in (0, 1e-4, 0.1, 10)]
    assert sizes == sorted(sizes, reverse=True)
    assert PolynomialFit(9, 0.1).new_error < PolynomialFit(9, 0).new_error / 2
    assert PolynomialFit(9, 100).new_error > PolynomialFit(9, 0.1).new_error  # too much


def test_the_fit_is_where_the_penalised_cost_is_least():
    rng = np.random.default_rng(0)
    best = fitted(X, Y, 4, 0.3)

    def cost(c):
        t = (X - 2.8) / 2.1
        return ((np.polyval(c[::-1], t) - Y) ** 2).sum() + 0.3 * (c[1:] ** 2).sum()

    assert all(cost(best) < cost(best + 0.01 * rng.normal(size=5)) for _ in range(50))


def test_the_bias_is_not_penalised():
    fit = PolynomialFit(9, 1e9)
    assert fit.coefficients[0] == pytest.approx(Y.mean(), rel=1e-5) and fit.size < 1e-5
    assert PolynomialFit(0, 5).coefficients.tolist() == pytest.approx([Y.mean()])


@pytest.mark.usefixtures("plain_arguments")
def test_wrong_degrees_and_penalties():
    with pytest.raises(ValueError, match="degree must be between 0 and 9"):
        PolynomialFit(10)
    with pytest.raises(ValueError, match="lambda_ must be 0 or greater"):
        PolynomialFit(3, -1)


# ---- masks -------------------------------------------------------------------------------------

NETWORK = Network([784, 40, Dropout(0.5), 10], cost=CrossEntropy(), rng=3)


def test_without_dropping_the_thinned_network_is_the_whole_one():
    masks = DropoutMasks(NETWORK, DIGITS.validation)
    masks.set(5, 0.0, 7)
    assert masks.kept.all()
    np.testing.assert_allclose(masks.thinned, masks.whole, atol=1e-6)
    x, _ = DIGITS.validation.batch([5])
    np.testing.assert_allclose(masks.whole, NETWORK.predict(x)[0], atol=1e-6)
    assert masks.label == DIGITS.validation.labels[5] and masks.votes.sum() == 7


def test_a_mask_drops_its_share_and_scales_the_rest():
    masks = DropoutMasks(NETWORK, DIGITS.validation)
    kept = []
    for number in range(1, MASKS + 1):
        masks.set(0, 0.25, number)
        kept.append(masks.kept.mean())
    assert np.mean(kept) == pytest.approx(0.75, abs=0.03)
    layer = NETWORK.layers[-1]
    by_hand = layer.predict((masks.hidden * masks.kept / 0.75)[np.newaxis])[0]
    np.testing.assert_allclose(masks.thinned, by_hand, rtol=1e-5)
    again = DropoutMasks(NETWORK, DIGITS.validation)
    again.set(0, 0.25, MASKS)
    assert np.array_equal(again.mean, masks.mean)


@pytest.mark.usefixtures("plain_arguments")
def test_what_masks_refuse():
    for layers in ([784, 10], [784, 30, 20, 10], [784, 30, Activation(sigmoid), 10]):
        with pytest.raises(ValueError, match="network must have one hidden layer"):
            DropoutMasks(Network(layers), DIGITS.validation)
    masks = DropoutMasks(NETWORK, DIGITS.validation)
    with pytest.raises(ValueError, match=r"p must be between 0 and 0\.9"):
        masks.set(0, 0.95, 1)
    with pytest.raises(ValueError, match="number must be between 1 and 100"):
        masks.set(0, 0.5, 0)


# ---- distorted digits --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_distorts_and_rests_at_strength_0(kind):
    digit = DistortedDigit(DIGITS.validation)
    digit.set(3, kind, 0, 4.0)
    assert all(np.array_equal(copy, digit.image) for copy in digit.copies)
    digit.set(3, kind, KINDS[kind][1], 4.0)
    assert sum(np.array_equal(copy, digit.image) for copy in digit.copies) == 0
    assert digit.displacement.shape == (2, 28, 28)
    assert digit.answers is None and digit.label == DIGITS.validation.labels[3]


def test_a_shift_goes_all_four_ways_by_whole_pixels():
    digit = DistortedDigit(DIGITS.validation)
    digit.set(0, "shift", 2, 4.0)
    ways = {
        way
        for copy in digit.copies
        for way in [(2, 0), (-2, 0), (0, 2), (0, -2)]
        if np.array_equal(copy, np.roll(digit.image, way, axis=(0, 1)))
    }
    assert len(ways) == 4


def test_the_network_answers_each_copy():
    digit = DistortedDigit(DIGITS.validation, Network([784, 10]))
    assert len(digit.answers) == COPIES and set(digit.answers) <= set(range(10))


@pytest.mark.usefixtures("plain_arguments")
def test_what_a_distorted_digit_refuses():
    digit = DistortedDigit(DIGITS.validation)
    with pytest.raises(ValueError, match="kind must be one of"):
        digit.set(0, "melt", 1, 4.0)
    with pytest.raises(ValueError, match="index must be between 0 and 249"):
        digit.set(250, "skew", 1, 4.0)
    with pytest.raises(TypeError, match="data must be a Dataset"):
        DistortedDigit(np.zeros((3, 28, 28)))
    assert DistortedDigit(Dataset(np.zeros((1, 8, 8)), [[0.5]])).label is None


# ---- weighted inputs ---------------------------------------------------------------------------


def test_the_spread_of_z_is_the_books():
    neuron = WeightedInputs(1000, 500)
    assert neuron.sd("large") == pytest.approx(math.sqrt(501))
    assert neuron.sd("scaled") == pytest.approx(math.sqrt(1.5))
    for start in ("large", "scaled"):
        assert neuron.measured(start) == pytest.approx(neuron.sd(start), rel=0.04)
    assert neuron.saturated("large") > 0.8 and neuron.saturated("scaled") < 0.01


def test_with_no_input_on_only_the_bias_is_left():
    neuron = WeightedInputs(7, 0)
    assert neuron.sd("large") == neuron.sd("scaled") == 1
    assert np.array_equal(neuron.z["large"], neuron.z["scaled"])


@pytest.mark.usefixtures("plain_arguments")
def test_wrong_numbers_of_inputs():
    with pytest.raises(ValueError, match="inputs must be between 1 and 2000"):
        WeightedInputs(0, 0)
    with pytest.raises(ValueError, match="on must be between 0 and 10"):
        WeightedInputs(10, 11)
