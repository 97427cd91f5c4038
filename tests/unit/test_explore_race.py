"""The race of the optimizers: the courses, the balls, and what is said of them."""

import numpy as np
import pytest

from nnbook.explore.landscapes import LANDSCAPES
from nnbook.explore.race import COURSES, LONGEST, RULES, Knobs, Newton, Race, Racer, course_named
from nnbook.optimizers import SGD, Momentum

LANDS = list(COURSES.values())


def race(name, start=None, **knobs):
    land = course_named(name)
    return Race(land, start or land.start, Knobs(**{"learning_rate": land.learning_rate} | knobs))


@pytest.mark.parametrize("land", LANDS, ids=lambda land: land.name)
def test_gradients_and_hessians_agree_with_differences(land):
    h = 1e-5
    for x, y in np.random.default_rng(0).uniform(-2, 2, (20, 2)):
        slope = [
            (land.cost(x + h, y) - land.cost(x - h, y)) / (2 * h),
            (land.cost(x, y + h) - land.cost(x, y - h)) / (2 * h),
        ]
        np.testing.assert_allclose(land.gradient(x, y), slope, atol=1e-6)
        right, left = np.array(land.gradient(x + h, y)), np.array(land.gradient(x - h, y))
        up, down = np.array(land.gradient(x, y + h)), np.array(land.gradient(x, y - h))
        xx, xy = (right - left) / (2 * h)
        yx, yy = (up - down) / (2 * h)
        assert xy == pytest.approx(yx, abs=1e-5)
        np.testing.assert_allclose(land.hessian(x, y), [xx, xy, yy], atol=1e-5)


@pytest.mark.parametrize("land", LANDS, ids=lambda land: land.name)
def test_the_minima_are_flat(land):
    for place in land.minima.values():
        assert np.hypot(*land.gradient(*place)) < 0.01


def test_plain_descent_is_the_ball_of_chapter_02():
    one = race("ravine").racers["gradient descent"]
    assert one.path[1] == pytest.approx((-1.8 * (1 - 0.4 / 5), 1.0 * (1 - 0.4 * 4)))


def test_momentum_by_hand():
    """Bowl, η = 0.1, μ = 0.5: v₁ goes 1, then −0.2 of velocity, then 0.5·(−0.2) − 0.1·2·0.8."""
    ball = Racer(LANDSCAPES["bowl"], (1.0, 0.0), Momentum(0.1, 0.5))
    for _ in range(2):
        assert ball.step()
    assert [round(x, 12) for x, _ in ball.path] == [1.0, 0.8, 0.54]


def test_newton_is_there_in_one_step_where_the_cost_is_quadratic():
    for name in ("bowl", "ravine", "saddle"):
        newton = race(name, start=(1.3, 0.7)).racers["Newton"]
        assert newton.steps == 1
        assert newton.path[-1] == pytest.approx((0, 0), abs=1e-12)


def test_newton_stays_where_the_hessian_cannot_be_inverted():
    flat = Newton(COURSES["two minima"])
    point = np.array([1 / np.sqrt(3), 0.5])  # 12x² − 4 = 0
    before = point.copy()
    flat.step(point, np.array([1.0, 1.0]))
    np.testing.assert_allclose(point, before, atol=1e-9)


def test_what_the_ravine_shows():
    """With the same η momentum arrives sooner than descent; Newton first of all."""
    result = race("ravine", learning_rate=0.4, mu=0.7)
    steps = {name: result.arrival(name) for name in RULES}
    assert steps["Newton"] == 1
    assert steps["momentum"] < steps["gradient descent"]


def test_newton_runs_to_the_hill_between_two_minima():
    result = race("two minima")
    assert "no minimum" in result.words("Newton", LONGEST)
    assert result.arrival("Newton") is None
    assert result.arrival("Adam") is None or result.arrival("Adam") > 0


def test_too_much_momentum_flies_past_a_flat_place():
    result = race("bowl", start=(1.6, 0.0), learning_rate=0.1, mu=0.95)
    ball = result.racers["momentum"]
    crossings = np.diff(np.sign([x for x, _ in ball.path])) != 0
    assert crossings.sum() > 3  # through the minimum and back, without being taken as at rest


def test_the_words_of_all_ends():
    assert "thrown off" in race("bowl", learning_rate=1.1).words("gradient descent", LONGEST)
    fallen = race("saddle", start=(1.6, 0.05))
    assert "for ever" in fallen.words("gradient descent", LONGEST)
    assert fallen.floor is None and fallen.arrival("Adam") is None
    bowl = race("bowl")
    assert bowl.words("gradient descent", 3) == "rolling"
    assert "rests in the minimum" in bowl.words("gradient descent", LONGEST)
    assert bowl.place("Newton", 50) == bowl.racers["Newton"].path[-1]
    assert bowl.place("gradient descent", 1) == pytest.approx((1.28, 0.96))


@pytest.mark.parametrize("name", COURSES)
@pytest.mark.parametrize("rate", [0.001, 0.5, 10.0, 1e9])
def test_all_numbers_stay_finite(name, rate):
    for start in ((2, 2), (-2, 0.01), (0, 0)):
        result = race(name, start=start, learning_rate=rate, mu=0.99, adam=3.0)
        for label, racer in result.racers.items():
            assert np.isfinite(racer.path).all() and np.isfinite(racer.costs).all()
            assert racer.steps <= LONGEST
            assert result.words(label, LONGEST)


def test_wrong_arguments_are_refused():
    with pytest.raises(ValueError, match="landscape must be one of"):
        course_named("mountain")
    with pytest.raises(ValueError, match="mu must be at least 0"):
        race("bowl", mu=1.0)
    with pytest.raises(ValueError, match="learning_rate must be greater than 0"):
        Racer(LANDSCAPES["bowl"], (1, 1), SGD(0))
