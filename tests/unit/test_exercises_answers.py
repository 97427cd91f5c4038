"""Every exercise: its solution passes, each foreseen mistake gets its own message."""

from __future__ import annotations

import functools
import logging
import re

import numpy as np
import pytest

from nnbook.exercises import State, exercise, ids

ALL = [number for numbers in ids().values() for number in numbers]
CHECKED = [number for number in ALL if not exercise(number).words.for_discussion]
MISTAKES = [(number, name) for number in CHECKED for name in exercise(number).words.wrong]
FUNCTIONS = [number for number in CHECKED if exercise(number).words.parameters]
VALUES = [number for number in CHECKED if not exercise(number).words.parameters]

# Many answers are right here (w may be scaled, c has a range), or they are only yes or no, or no
# numbers at all (the signals of a circuit).
NOT_ONE_NUMBER = {"1.4", "1.5", "1.6", "1.8", "1.11", "2.4", "2.13", "7.2"}


# Readers' own functions may call nnbook.sigmoid with a plain number, which the checks of shapes
# under pytest do not allow: so they are off here, as they are for readers.
pytestmark = pytest.mark.usefixtures("plain_arguments")


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("NNBOOK_HOME", str(tmp_path))
    monkeypatch.setenv("NNBOOK_DATA", "builtin")


@functools.cache
def solution(number):
    words = exercise(number).words
    return words.answer(words.code)


def mapped(value, change):
    """`value` with `change` applied to each number or array in it."""
    if isinstance(value, (tuple, list)):
        return type(value)(mapped(part, change) for part in value)
    return change(value) if isinstance(value, (int, float, np.ndarray, np.generic)) else value


def changed(number, change):
    """The solution, its results put through `change`."""
    right = solution(number)
    return lambda *inputs: mapped(right(*inputs), change)


@pytest.mark.parametrize("number", CHECKED)
def test_the_solution_passes(number):
    result = exercise(number).check(solution(number))
    assert result.state is State.RIGHT, result


@pytest.mark.parametrize(("number", "name"), MISTAKES)
def test_a_foreseen_mistake_gets_its_own_message(number, name):
    mistake = exercise(number).words.wrong[name]
    result = exercise(number).check(exercise(number).words.answer(mistake.code))
    assert result.state is State.WRONG
    assert result.message == mistake.message


@pytest.mark.parametrize("number", CHECKED)
def test_three_mistakes_are_foreseen_and_told_apart(number):
    messages = [mistake.message for mistake in exercise(number).words.wrong.values()]
    assert len(messages) >= 3
    assert len(set(messages)) == len(messages)


@pytest.mark.parametrize("number", CHECKED)
def test_messages_are_plain_text(number):
    words = exercise(number).words
    for message in [words.right, *(mistake.message for mistake in words.wrong.values())]:
        outside_code = re.sub(r"`[^`]*`", "", message)
        assert not re.search(r"[$\\]|\*\w", outside_code)
        assert "\n" not in message


@pytest.mark.parametrize("number", CHECKED)
def test_the_starter_is_not_attempted_yet(number):
    starter, call = exercise(number).starter.rsplit("\n", 1)
    assert call == f'exercise("{number}").check({exercise(number).words.name})'
    result = exercise(number).check(exercise(number).words.answer(starter))
    assert result.state is State.NOT_ATTEMPTED
    assert repr(result).startswith(f"Exercise {number}: not attempted yet")


@pytest.mark.parametrize("number", ALL)
def test_words(number):
    words = exercise(number).words
    assert 2 <= len(words.hints) <= 4
    assert len(words.statement) > 40
    assert len(words.explanation) > 40
    if words.for_discussion:
        assert exercise(number).check(42).state is State.DISCUSSION


@pytest.mark.parametrize("number", FUNCTIONS)
def test_an_error_in_the_readers_code_is_told_in_words(number):
    def fails(*inputs):
        return 1 / 0

    result = exercise(number).check(fails)
    assert result.state is State.ERROR
    assert "ZeroDivisionError: division by zero in line" in result.message
    assert "`return 1 / 0`" in result.message


@pytest.mark.parametrize("number", FUNCTIONS)
@pytest.mark.parametrize("nothing", [..., (..., ...)])
def test_a_function_with_dots_in_its_result_is_not_attempted(number, nothing):
    assert exercise(number).check(lambda *inputs: nothing).state is State.NOT_ATTEMPTED


@pytest.mark.parametrize("number", FUNCTIONS)
def test_a_begun_function_that_gives_none_is_wrong_and_told_why(number):
    def prints(*inputs):
        print(len(inputs))

    def computes(*inputs):
        total = len(inputs)
        total += 1

    def branches(*inputs):
        if len(inputs) > 99:
            return 1

    messages = [exercise(number).check(one) for one in (prints, computes, branches)]
    assert all(result.state is State.WRONG for result in messages)
    assert "`return` in place of `print`" in messages[0].message
    assert "has no `return`" in messages[1].message
    assert "ended without `return`" in messages[2].message


@pytest.mark.parametrize("number", CHECKED)
@pytest.mark.parametrize("nothing", [None, ..., [..., 1]])
def test_nothing_is_not_attempted(number, nothing):
    assert exercise(number).check(nothing).state is State.NOT_ATTEMPTED
    assert exercise(number).check().state is State.NOT_ATTEMPTED


@pytest.mark.parametrize("number", FUNCTIONS)
@pytest.mark.parametrize("form", ["lists", "arrays", "float32"])
def test_every_form_of_the_right_numbers_is_accepted(number, form):
    change = {
        "lists": lambda value: np.asarray(value).tolist(),
        "arrays": np.asarray,
        "float32": np.float32,
    }[form]
    result = exercise(number).check(changed(number, change))
    assert result.right or (number, form) == ("2.13", "float32"), result  # indices are whole


@pytest.mark.parametrize("number", sorted(set(FUNCTIONS) - NOT_ONE_NUMBER))
@pytest.mark.parametrize("factor", [1.01, 0.99, -1.0])
def test_slightly_other_numbers_are_not_accepted(number, factor):
    result = exercise(number).check(changed(number, lambda value: np.multiply(value, factor)))
    assert result.state is State.WRONG
    assert result.message


@pytest.mark.parametrize("number", sorted(set(FUNCTIONS) - NOT_ONE_NUMBER))
def test_a_wrong_shape_is_told_apart_from_wrong_numbers(number):
    result = exercise(number).check(changed(number, lambda value: np.stack([value, value])))
    assert result.state is State.WRONG
    assert "shape" in result.message or "parts" in result.message


ODD_VALUES = [3.5, -1, "words", b"bytes", [], (), {}, {1, 2}, object(), 1j, np.nan, [1, [2, 3]],
              np.zeros((2, 2, 2)), [[]], ["a", "b"], (1, 2), (object(),), True]  # fmt: skip


@pytest.mark.parametrize("number", CHECKED)
def test_odd_answers_are_judged_without_a_traceback(number, caplog):
    caplog.set_level(logging.INFO, logger="nnbook")
    for odd in ODD_VALUES:
        answers = [odd]
        if number in FUNCTIONS:
            answers.append(lambda *inputs, odd=odd: odd)
        for answer in answers:
            result = exercise(number).check(answer)
            assert result.state is State.WRONG and result.message, odd
            assert "could not judge" not in caplog.text, odd


@pytest.mark.parametrize("number", FUNCTIONS)
def test_a_function_may_change_what_it_is_given(number):
    right = solution(number)

    def careless(*inputs):
        result = right(*inputs)
        for value in inputs:
            if isinstance(value, np.ndarray):
                value[...] = 0
            elif isinstance(value, list):
                value.clear()
        return result

    assert exercise(number).check(careless).right


@pytest.mark.parametrize("number", VALUES)
def test_a_function_instead_of_a_value(number):
    result = exercise(number).check(lambda: 3)
    assert result.state is State.WRONG
    assert "Hand in what it returns" in result.message


def test_each_chapter_has_enough_checked_exercises():
    for chapter, least in {0: 6, 1: 6, 2: 10, 4: 15}.items():
        assert sum(number.startswith(f"{chapter}.") for number in CHECKED) >= least


def test_xor_as_a_network():
    from nnbook import Network, step

    W1, b1, W2, b2 = solution("1.9")
    network = Network([2, 2, 1], activation=step)
    assert exercise("1.9").check(network).state is State.WRONG
    for layer, W, b in zip(network.layers, (W1, W2), (b1, b2), strict=True):
        layer.W, layer.b = np.array(W), np.array(b)
    assert exercise("1.9").check(network).right
    assert "two inputs" in exercise("1.9").check(Network([3, 1])).message


def test_many_nand_gates_are_right():
    rng = np.random.default_rng(0)
    for w1, w2, b in rng.uniform(-4, 4, size=(400, 3)):
        nand = b > 0 and b + w1 > 0 and b + w2 > 0 and b + w1 + w2 <= 0
        assert exercise("1.3").check(([w1, w2], b)).right == nand


def test_the_accuracy_of_a_network_without_hidden_layer():
    assert exercise("2.17").check(0.62).right
    assert exercise("2.17").check(np.float32(0.62)).right
    assert not exercise("2.17").check(0.05).right


def test_the_parameter_count_is_exact():
    assert not exercise("2.5").check(changed("2.5", lambda value: value + 1)).right
