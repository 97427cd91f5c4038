"""Shares of flat neurons, mean slopes and outputs: against draws and by hand."""

import math

import numpy as np
import pytest

from nnbook.explore.saturation import FLAT, FUNCTIONS, Crowd, edges


@pytest.mark.parametrize("name", ["sigmoid", "tanh"])
def test_at_the_edges_the_slope_is_a_twentieth_of_its_largest(name):
    lower, upper = edges(name)
    slope = FUNCTIONS[name].derivative
    largest = slope(np.zeros(1))[0]
    for edge in (lower, upper):
        assert slope(np.array([edge]))[0] == pytest.approx(FLAT * largest)
    assert upper == -lower == pytest.approx(4.357 if name == "sigmoid" else 2.178, abs=1e-3)


def test_relu_is_flat_below_0_only():
    assert edges("ReLU") == (0, math.inf)
    below, above = Crowd("ReLU", mean=0.0, spread=3.0).flat_shares
    assert (below, above) == (0.5, 0.0)


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize(("mean", "spread"), [(0.0, 1.0), (-2.0, 0.1), (3.0, 10.0)])
def test_shares_and_means_agree_with_a_large_draw(name, mean, spread):
    z = np.random.default_rng(0).normal(mean, spread, 400_000)
    crowd, (lower, upper) = Crowd(name, mean, spread), edges(name)
    below, above = crowd.flat_shares
    assert below == pytest.approx(np.mean(z < lower), abs=0.003)
    assert above == pytest.approx(np.mean(z > upper), abs=0.003)
    assert crowd.mean_slope == pytest.approx(crowd.function.derivative(z).mean(), abs=0.005)
    assert crowd.mean_output == pytest.approx(crowd.function(z).mean(), abs=0.02)


def test_the_density_is_that_of_a_bell():
    crowd = Crowd("tanh", 1.0, 2.0)
    z = np.linspace(-20, 20, 4001)
    assert crowd.density(z).sum() * (z[1] - z[0]) == pytest.approx(1)
    assert z[crowd.density(z).argmax()] == pytest.approx(1.0)


@pytest.mark.usefixtures("plain_arguments")
def test_wrong_arguments_are_refused():
    with pytest.raises(ValueError, match="activation must be one of 'sigmoid'"):
        Crowd("softplus")
    with pytest.raises(ValueError, match="spread must be greater than 0"):
        Crowd("tanh", spread=0)
    with pytest.raises(TypeError, match="mean must be a number"):
        Crowd("tanh", mean="0")
