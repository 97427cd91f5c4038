"""200 starts: each is trained as the network would train it, and ends in one of a few places."""

from __future__ import annotations

import numpy as np
import pytest

from nnbook.derivations import NETWORK, differences, mean
from nnbook.explore.starts import INPUTS, TARGETS, train_from_starts


@pytest.fixture(scope="module")
def ends():
    return train_from_starts(n=60, steps=1500)


def test_each_start_is_trained_as_the_network_trains_it():
    few = train_from_starts(n=3, steps=40, learning_rate=2.0, rng=5)
    for start, end in zip(few.starts, few.ends, strict=True):
        network = NETWORK.network()
        network.parameters = start
        for _ in range(40):
            network.backprop(INPUTS, TARGETS)
            network.parameters -= 2.0 * network.gradient / 4
        assert np.abs(network.parameters - end).max() < 1e-12


def test_what_is_reported_is_so(ends):
    assert ends.starts.shape == ends.ends.shape == (60, 23)
    assert ends.outputs.shape == (60, 4, 2)
    for start in (0, 17, 59):
        problems = [ends.problem(start, example) for example in range(4)]
        assert np.allclose([p.output for p in problems], ends.outputs[start], rtol=0, atol=1e-12)
        assert np.mean([p.cost for p in problems]) == pytest.approx(ends.costs[start], abs=1e-12)
        slope = np.linalg.norm(mean([differences(p) for p in problems]).flat)
        assert slope == pytest.approx(ends.slopes[start], abs=1e-9)


def test_the_history_falls_to_the_end(ends):
    assert ends.history.shape == (len(ends.steps), 60)
    assert ends.steps[0] == 0 and ends.steps[-1] == 1500
    assert np.array_equal(ends.history[-1], ends.costs)
    assert np.all(ends.history[-1] < ends.history[0])


def test_the_start_decides_where_it_ends(ends):
    """Most solve the half adder; some end where two or three of the four cases look alike."""
    (best, solved), *others = ends.groups(apart=0.03)
    assert best < 0.01 and 45 < solved < 60
    assert all(cost > 0.05 for cost, _ in others)
    assert solved + sum(count for _, count in others) == 60


def test_same_seed_same_ends():
    first, second = (train_from_starts(n=2, steps=3, rng=9) for _ in range(2))
    assert np.array_equal(first.ends, second.ends)
    assert not np.array_equal(first.ends, train_from_starts(n=2, steps=3, rng=10).ends)


def test_a_huge_start_stays_finite():
    ends = train_from_starts(n=5, spread=1000.0, steps=5)
    assert np.isfinite(ends.ends).all() and np.isfinite(ends.costs).all()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"n": 0}, "n must be at least 1"),
        ({"steps": 0}, "steps must be at least 1"),
        ({"spread": 0}, "spread must be greater than 0"),
        ({"learning_rate": -1}, "learning_rate must be greater than 0"),
    ],
)
def test_refusals(arguments, message, plain_arguments):
    with pytest.raises(ValueError, match=message):
        train_from_starts(**arguments)


def test_refused_places(ends, plain_arguments):
    with pytest.raises(ValueError, match="start must be between 0 and 59"):
        ends.problem(60, 0)
    with pytest.raises(ValueError, match="apart must be greater than 0"):
        ends.groups(apart=0)
