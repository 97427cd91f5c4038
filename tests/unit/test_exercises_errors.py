"""Errors inside a reader's code: NumPy's own messages never reach the reader, words do."""

from __future__ import annotations

import math

import numpy as np
import pytest

from nnbook.exercises import State, errors, exercise

pytestmark = pytest.mark.usefixtures("plain_arguments")

VECTOR, MATRIX = np.ones(3), np.ones((2, 3))


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("NNBOOK_HOME", str(tmp_path))


def put(array, value):
    array[:] = value


def add(array, value):
    array += value


SLIPS = {
    "columns on the left meet 2 rows": lambda: MATRIX @ MATRIX,
    "the shapes (2, 3) and (2, 3)": lambda: np.dot(MATRIX, MATRIX),
    "is a single number. With numbers": lambda: VECTOR @ 2.0,
    "cannot be combined element by element": lambda: VECTOR + np.ones(4),
    "The result has the shape (3, 3)": lambda: add(np.ones((3, 1)), VECTOR),
    "is put into a place of the shape (3,)": lambda: put(VECTOR.copy(), np.ones(4)),
    "where one True or False is needed": lambda: 1 if VECTOR > 0 else 2,
    "`math` take one number": lambda: math.exp(VECTOR),
    "different lengths": lambda: np.array([[1, 2], [3]]),
    "no element 7 along axis 0: it has 3": lambda: VECTOR[7],
    "An array of dimension 1 gets 2 indices": lambda: VECTOR[1, 2],
    "no elements to be taken": lambda: np.float64(2.0)[0],
    "taken by whole numbers": lambda: VECTOR["a"],
    "has 6 elements": lambda: np.ones(6).reshape(4),
    "no axis 1": lambda: VECTOR.sum(axis=1),
    "is no number, but a text": lambda: VECTOR + "a",
    "array of whole numbers": lambda: add(np.ones(3, int), 0.5),
    "to be joined": lambda: np.concatenate([VECTOR, MATRIX]),
    "has no inverse": lambda: np.linalg.inv(np.zeros((2, 2))),
    "Only a square matrix": lambda: np.linalg.inv(MATRIX),
    "too large for a number": lambda: math.exp(1000),
}


@pytest.mark.parametrize("words", SLIPS)
def test_numpys_message_is_replaced_by_words(words):
    """And what NumPy wrote is not in the message."""
    try:
        SLIPS[words]()
    except Exception as error:
        own = str(error)
    result = exercise("3.3").check(lambda z, y: SLIPS[words]())
    assert result.state is State.ERROR and words in result.message
    assert own not in result.message and "`output_error` raised a" in result.message
    assert "raised a I" not in result.message


@pytest.mark.parametrize(
    ("slip", "words"),
    [
        (lambda: [1] @ VECTOR.tolist(), "Lists have no `@`"),
        (lambda: 1 - [1, 2], "Lists do not compute element by element"),
        (lambda: None * VECTOR, "One of the values is None"),
        (lambda: np_exp(3), "name 'np_exp' is not defined in line"),  # noqa: F821
    ],
)
def test_pythons_message_stays_and_may_have_advice(slip, words):
    assert words in exercise("3.3").check(lambda z, y: slip()).message


def test_an_error_of_python_has_no_meaning_of_numpy():
    assert errors.meaning(NameError("name 'x' is not defined")) == ""


@pytest.mark.parametrize(
    ("number", "slip", "mistake"),
    [
        ("3.4", lambda w, delta, z: np.dot(w, delta) * z * 0 + w @ delta * slope(z),
         "not transposed"),
        ("3.5", lambda delta, a_in: (delta, np.multiply(delta, a_in)), "star for product"),
    ],
)  # fmt: skip
def test_a_mistake_that_fails_on_later_shapes_is_recognised(number, slip, mistake):
    """The first layers are square, where the wrong product has the right shape."""
    assert exercise(number).check(slip).message == exercise(number).words.wrong[mistake].message


def slope(z):
    return np.exp(-z) / (1 + np.exp(-z)) ** 2


def test_an_error_in_the_first_trial_is_no_foreseen_mistake():
    result = exercise("3.4").check(lambda w, delta, z: MATRIX @ MATRIX)
    assert result.state is State.ERROR


def test_changed_arguments_are_remarked_after_wrong_answers_too():
    def output_error(z, y):
        z -= 1
        return z

    result = exercise("3.3").check(output_error)
    assert result.state is State.WRONG and "changes what it was given" in result.message


@pytest.mark.parametrize(
    ("number", "answer", "words"),
    [
        ("3.6", [None] * 5, "A shape is a tuple of whole numbers"),
        ("3.9", ["-1/8", -3 / 32, -1 / 16, -3 / 16], "is a text. Write numbers"),
        ("3.5", lambda delta, a_in: (delta.ravel(), 0), "a column; yours is a flat vector"),
        ("3.14", lambda g, e, b, x, eta: (eta * np.outer(b, g), eta * g, 0, 0), "for the sign"),
    ],
)
def test_typical_forms_are_told_apart(number, answer, words):
    assert words in exercise(number).check(answer).message
