"""The perceptron of the widget: its outputs, its line, and the learning rule."""

import itertools

import pytest

from nnbook.explore.perceptron import CORNERS, TARGETS, Perceptron, target_named

ALL = list(itertools.product((0, 1), repeat=4))


def test_the_book_s_nand():
    nand = Perceptron(-2, -2, 3, TARGETS["NAND"])
    assert nand.outputs == (1, 1, 1, 0)
    assert all(nand.right)
    assert nand.threshold == -3


def test_a_sum_that_is_zero_gives_0_in_spite_of_rounding():
    assert 0.1 + 0.2 - 0.3 > 0  # what plain floats say
    assert Perceptron(0.1, 0.2, -0.3).output(1, 1) == 0


@pytest.mark.parametrize("target", ALL)
def test_the_rule_finds_a_line_exactly_where_one_exists(target):
    for weights in itertools.product((-4, -0.7, 0, 4), repeat=3):
        perceptron = Perceptron(*weights, target)
        outcome = perceptron.learn_to_end()
        assert (
            outcome.found == all(perceptron.right) == (target not in [(0, 1, 1, 0), (1, 0, 0, 1)])
        )
        assert (outcome.circle is None) == outcome.found
        assert perceptron.possible == outcome.found


def test_one_step_of_the_rule_by_hand():
    perceptron = Perceptron(0, 0, 0.5, TARGETS["AND"])
    lesson = perceptron.learn()
    assert (lesson.corner, lesson.output, lesson.target, lesson.error) == ((0, 0), 1, 0, -1)
    assert lesson.after == (0, 0, -0.5)  # the inputs are 0, so only b changes
    perceptron.set(1, 1, 0)
    for _ in range(2):
        lesson = perceptron.learn()
    assert lesson.corner == (0, 1)
    assert lesson.after == (1, 0, -1)


def test_a_right_example_changes_nothing():
    lesson = Perceptron(1, 1, -1.5).learn()
    assert lesson.error == 0
    assert lesson.before == lesson.after


def test_the_circle_really_is_one():
    perceptron = Perceptron(0, 0, 0, TARGETS["XOR"])
    outcome = perceptron.learn_to_end()
    before = (perceptron.w1, perceptron.w2, perceptron.b)
    for _ in range(4 * (outcome.passes - outcome.circle)):
        perceptron.learn()
    assert (perceptron.w1, perceptron.w2, perceptron.b) == before


def test_every_point_of_the_line_has_z_0_and_the_region_has_z_at_least_0():
    for weights in itertools.product((-3, -0.4, 0, 1, 2.5), repeat=3):
        perceptron = Perceptron(*weights)
        ends = perceptron.line(-0.5, 1.5)
        assert len(ends) in (0, 2)
        for x1, x2 in ends:
            assert abs(weights[0] * x1 + weights[1] * x2 + weights[2]) < 1e-8
        assert all(perceptron.z(*p) > -1e-8 for p in perceptron.region(-0.5, 1.5))


def test_without_weights_there_is_no_line():
    assert Perceptron(0, 0, 1).line(-0.5, 1.5) == []
    assert len(Perceptron(0, 0, 1).region(-0.5, 1.5)) == 4
    assert Perceptron(0, 0, -1).region(-0.5, 1.5) == []


def test_the_examples_come_in_turn():
    perceptron = Perceptron()
    assert [perceptron.learn().corner for _ in range(5)] == [*CORNERS, CORNERS[0]]


def test_names_of_targets():
    assert Perceptron(target=(1, 0, 1, 0)).target_name == "my own"
    assert Perceptron(target=target_named("XOR")).target_name == "XOR"
    with pytest.raises(ValueError, match="target must be one of"):
        target_named("NOR")


@pytest.mark.parametrize("target", [(0, 1), (0, 1, 2, 0)])
def test_a_target_that_is_none_is_refused(target):
    with pytest.raises(ValueError, match="target must be four outputs"):
        Perceptron(target=target)


def test_weights_must_be_finite():
    with pytest.raises(ValueError, match="w1 must be a finite number"):
        Perceptron(float("nan"))
    with pytest.raises(ValueError, match="b must be a finite number"):
        Perceptron(b=float("inf"))
