"""Starting weights and biases: their spread, their repeatability."""

import numpy as np
import pytest

from nnbook import Network, relu
from nnbook.initializers import INITIALIZERS

SPREAD = {  # of the weights of a layer with 400 inputs and 900 neurons, and of its biases
    "large": (1.0, 1.0),
    "scaled": (1 / 20, 1.0),
    "glorot": (np.sqrt(2 / 1300), 0.0),
    "he": (np.sqrt(2 / 400), 0.0),
}


@pytest.mark.parametrize("name", INITIALIZERS)
def test_spread(name):
    weight_sd, bias_sd = SPREAD[name]
    layer = Network([400, 900], initializer=INITIALIZERS[name], activation=relu, rng=0).layers[0]
    assert layer.W.mean() == pytest.approx(0, abs=0.01 * weight_sd)
    assert layer.W.std() == pytest.approx(weight_sd, rel=0.01)
    assert layer.b.std() == pytest.approx(bias_sd, rel=0.1)


def test_the_same_seed_starts_the_same_in_every_dtype():
    single, double = Network([9, 4, 2], rng=3), Network([9, 4, 2], rng=3, dtype=np.float64)
    np.testing.assert_array_equal(single.parameters, double.parameters.astype(np.float32))
    assert not np.array_equal(single.parameters, Network([9, 4, 2], rng=4).parameters)
