"""Common slips: right answers are accepted, wrong ones refused, and the words fit the slip."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest

from nnbook import Network, linear, sigmoid, step
from nnbook.exercises import State, body, exercise, gates

pytestmark = pytest.mark.usefixtures("plain_arguments")


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("NNBOOK_HOME", str(tmp_path))
    monkeypatch.setenv("NNBOOK_DATA", "builtin")


def told(number, *answer):
    """The message for a wrong answer."""
    result = exercise(number).check(*answer)
    assert result.state is State.WRONG, result
    return result.message


def right(number, answer):
    result = exercise(number).check(answer)
    assert result.right, result
    return result.message


# functions without a result


def test_empty_bodies_are_seen():
    def documented(x):
        """Text."""
        # a comment

    def passing(x):
        pass

    def begun(x):
        x + 1

    assert body.untouched(documented) and body.untouched(passing) and body.untouched(lambda x: ...)
    assert not any(map(body.untouched, (begun, math.sin, lambda x: 7)))


def test_an_answer_none_is_asked_where_it_comes_from():
    assert "no `return`" in exercise("1.2").check(None).message


def test_a_pair_without_brackets_is_no_traceback():
    assert "`check((w, b))`" in told("1.3", [-1, -1], 1.5)
    assert "`check(gradient)`" in told("0.4", 1, 2)


def test_exit_in_an_answer_does_not_end_the_session():
    result = exercise("1.1").check(lambda w, b, x: exit())
    assert result.state is State.ERROR and "`exit`" in result.message


def test_changing_the_arguments_is_remarked():
    def update(w, b, x, y, learning_rate):
        error = y - int(np.dot(w, x) + b > 0)
        w += learning_rate * error * x
        return w, b + learning_rate * error

    assert "changes what it was given" in right("1.7", update)


def test_products_of_lists_are_explained():
    result = exercise("1.1").check(lambda w, b, x: int(w @ x + b > 0))
    assert "Lists have no `@`" in result.message
    result = exercise("0.1").check(lambda w, x: sum(w * x))
    assert "`np.array` first" in result.message


# chapter 00


@pytest.mark.parametrize("third", ["no", " No "])
@pytest.mark.parametrize("second", [(3,), [3], "(3,)", 3])
def test_shapes_in_any_writing(second, third):
    message = right("0.2", ["(3,2)", second, third, np.array([5, 2])])
    assert ("with a comma" in message) == (second == 3)


def test_wrong_shapes_do_not_give_the_answer_away():
    assert "(3, 2)" not in told("0.2", [(4, 4), (3,), "no", (5, 2)])
    assert "Number 3, `A @ M`, is None" in told("0.2", [(3, 2), (3,), None, (5, 2)])
    assert "`.shape`" in told("0.2", [np.zeros((3, 2)), (3,), "no", (5, 2)])


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda f, x: (f(x + 1e-17) - f(x - 1e-17)) / 2e-17, "so small"),
        (lambda f, x: (f(x + 1e-15) - f(x - 1e-15)) / 2e-15, "so small"),
        (lambda f, x: f(x + 1e-3) - f(x - 1e-3), "only the rise"),
        (lambda f, x: f(x + 1e-6) - f(x - 1e-6) / 2e-6, "whole rise into brackets"),
    ],
)
def test_a_slope_with_any_step(wrong, words):
    assert words in told("0.3", wrong)


def test_a_function_can_be_called_again_by_its_name():
    assert "`f = math.sin`" in told("0.3", lambda f, x: 7.0)


def test_the_product_before_the_logarithm_in_plain_python():
    product = exercise("0.8").words.wrong["product first"]
    assert told("0.8", lambda p: math.log(math.prod(p))) == product.message


# chapter 01


@pytest.mark.parametrize("shift", [0.25, 0.5])
def test_a_line_too_high_is_not_called_a_sum_of_zero(shift):
    assert f"the sum is {-shift}" in told("1.4", lambda k, n: ([1] * n, -k - shift))


def test_the_bits_are_signals_to_be_fed_to_nand():
    for carry, sign in [
        (lambda a, b, nand: 1 - nand(a, b), "-"),
        (lambda a, b, nand: a * b, "*"),
        (lambda a, b, nand: int(nand(a, b)), "int"),
        (lambda a, b, nand: not nand(a, b), "and/or/not/if"),
        (lambda a, b, nand: a and b, "and/or/not/if"),
        (lambda a, b, nand: nand(a, b) == 0, "=="),
        (lambda a, b, nand: (nand(a, b), a ^ b)[1], "^"),
    ]:

        def half_adder(x1, x2, nand, carry=carry):
            n = nand(x1, x2)
            return nand(nand(x1, n), nand(x2, n)), carry(x1, x2, nand)

        message = told("1.5", half_adder)
        assert f"Python's `{sign}` on a bit in line" in message
    assert "carry is 0. It must come out" in told("1.5", lambda a, b, nand: (nand(a, b), 0))


def test_a_carry_made_with_or_is_refused():
    def full_adder(x1, x2, carry, nand):
        n = nand(x1, x2)
        s = nand(nand(x1, n), nand(x2, n))
        m = nand(s, carry)
        return nand(nand(s, m), nand(carry, m)), nand(n, n) or nand(m, m)

    assert "`and/or/not/if`" in told("1.11", full_adder)


def test_fixed_wires_are_fine():
    def half_adder(x1, x2, nand):
        n = nand(x1, x2)
        return [nand(nand(x1, n), nand(x2, n)), nand(n, 1)]

    assert right("1.5", half_adder)
    with pytest.raises(ValueError, match="takes two bits"):
        gates.nand(2, 0)


def test_the_learning_rule_on_the_line():
    def update(w, b, x, y, learning_rate):
        error = y - int(np.dot(w, x) + b >= 0)
        return w + learning_rate * error * x, b + learning_rate * error

    assert "Use `>`, not `>=`" in told("1.7", update)


def perceptron_rounds(rounds, sign=1):
    def learn(X, y):
        w, b = np.zeros(2), 0.0
        for _ in range(rounds):
            for x, target in zip(X, y, strict=True):
                error = sign * (target - int(np.dot(w, x) + b > 0))
                w, b = w + error * x, b + error
        return w, b

    return learn


def test_a_fixed_small_number_of_rounds_is_not_enough():
    assert "hundreds of rounds" in told("1.8", perceptron_rounds(20))
    assert right("1.8", perceptron_rounds(400))


def hidden(W1, b1, W2, b2):
    return told("1.9", (W1, b1, W2, b2))


def test_xor_advice_fits_the_hidden_neurons():
    gate = "make it an AND"
    assert gate in hidden([[1, 1], [-1, -1]], [-0.5, 1.5], [[1, 1]], [-0.5])
    message = hidden([[1, 1], [1, 1]], [-0.5, -1.5], [[1, -1]], [0.5])
    assert message.startswith("Your output is always 1.") and "change `W2` or `b2`" in message
    assert "Move a hidden line" in hidden([[1, 1], [2, 2]], [-1.5, -3.5], [[1, 1]], [5])


def test_xor_networks_that_are_not_ready():
    assert "not step neurons" in told("1.9", Network([2, 2, 1]))
    assert "not step neurons" in told("1.9", Network([2, 2, 1], activation=linear))
    assert "still random" in told("1.9", Network([2, 2, 1], activation=step))


def test_numbers_of_the_text_are_remarked():
    assert "can you find others" in right("1.3", ([-2, -2], 3))
    assert "another" in right("1.9", ([[1, 1], [-1, -1]], [-0.5, 1.5], [[1, 1]], [-1.5]))


def test_numbers_that_are_none():
    assert "ordinary number" in told("1.3", ([math.nan, 1], 1))
    assert "is the text '14'" in told("1.10", "14")


# chapter 02


@pytest.mark.parametrize("limit", [500, 700])
def test_a_clipped_sigmoid_is_right(limit):
    right("2.1", lambda z: 1 / (1 + np.exp(-np.clip(z, -limit, limit))))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda z: 1 / (1 + np.exp(z)),
        lambda z: 1 / 1 + np.exp(-z),
        lambda z: 1 / (1 - np.exp(-z)),
        lambda z: np.exp(-z) / (1 + np.exp(-z)),
    ],
)
def test_a_wrong_sigmoid_is_not_called_right(wrong):
    assert "formula is right" not in told("2.1", wrong)


@pytest.mark.parametrize(
    ("number", "wrong", "words"),
    [
        ("2.1", lambda z: np.exp(z) / (1 + np.exp(z)), "z = 1000"),
        ("2.1", lambda z: 1 / (1 + np.exp(-z)), "z = −1000"),
        ("2.2", lambda z: np.exp(z) / (1 + np.exp(z)) ** 2, "z = 1000"),
    ],
)
def test_the_end_that_overflows_is_named(number, wrong, words):
    assert words in told(number, wrong)


def test_twice_the_slope_is_not_called_right():
    assert "Right for" not in told("2.2", lambda z: 2 * np.exp(-z) / (1 + np.exp(-z)) ** 2)


def sharp(z, error):
    return math.inf if z == 0 else math.log((1 - error) / error) / abs(z)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda z, error: None if z == 0 else sharp(z, error), "ended without `return`"),
        (lambda z, error: math.inf if z == 0 else math.log(1 / error) / abs(z), "smallest"),
        (lambda z, error: max(1, sharp(z, error)), "smallest"),
        (lambda z, error: 3 * sharp(z, error), "smallest"),
    ],
)
def test_sharpness_within_twice_the_smallest(wrong, words):
    assert words in told("2.4", wrong)


def test_sharpness_up_to_twice_the_smallest_is_right():
    right("2.4", lambda z, error: 1.9 * sharp(z, error))


def test_fixed_sizes_are_not_swapped_indices():
    def fixed(w, b, a):
        return [sigmoid(sum(w[j][k] * a[k] for k in range(3)) + b[j]) for j in range(2)]

    result = exercise("2.6").check(fixed)
    assert "swapped" not in result.message and "`len(w)`" in result.message


def test_a_flat_bias_is_asked_for():
    W, b = exercise("2.7").words.answer(exercise("2.7").words.code)
    assert "(4, 1)" in told("2.7", (W, b[:, None]))


def test_batches_come_from_the_generator_handed_in():
    def own(n, batch_size, rng):
        order = list(range(n))
        random.shuffle(order)
        return [order[start : start + batch_size] for start in range(0, n, batch_size)]

    assert "does not come from `rng`" in told("2.13", own)


def test_accuracies_that_nobody_reaches():
    assert "ten straight cuts" in told("2.17", 0.98)
    assert "This is a bool" in told("2.17", True)
    assert "taken on trust" in right("2.17", 0.7)
