"""Exercises of chapter 04 as a student meets them: other right ways, and slips nobody listed."""

from __future__ import annotations

import math

import numpy as np
import pytest

from nnbook import exercise, sigmoid, softmax
from nnbook.exercises import State

pytestmark = pytest.mark.usefixtures("plain_arguments")


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("NNBOOK_HOME", str(tmp_path))


def told(number, answer):
    """The message for an answer that must not be right."""
    result = exercise(number).check(answer)
    assert result.state in (State.WRONG, State.ERROR), result
    return result.message


def clipped_entropy(a, y):
    a = np.clip(a, 1e-12, 1 - 1e-12)
    return -(y * np.log(a) + (1 - y) * np.log(1 - a))


def by_branches(a, y):
    if y == 1:
        return -math.log(a)
    return -y * math.log(a) - (1 - y) * math.log(1 - a)


def columns(z):
    z = np.atleast_2d(np.asarray(z, float))
    e = np.exp(z.T - z.max(axis=1))
    shares = (e / e.sum(axis=0)).T
    return shares[0] if len(shares) == 1 else shares


def slopes_by_loops(a):
    n = len(a)
    return [[a[j] * ((j == k) - a[k]) for k in range(n)] for j in range(n)]


OTHER_WAYS = {
    "4.1": lambda a: np.asarray(a) - np.square(a),
    "4.3": clipped_entropy,
    "4.8": np.float64(37),
    "4.9": lambda a, y: clipped_entropy(a, y) - clipped_entropy(y, y),
    "4.10": lambda a, y: sum(clipped_entropy(a, y).ravel()) / len(a),
    "4.12": np.array([3.0, -3.0, 0.1, -0.1]),
    "4.13": columns,
    "4.14": slopes_by_loops,
    "4.16": lambda a: np.log(a) + 17,
    "4.17": lambda z, temperature: softmax(
        np.asarray(z) / temperature if temperature else np.where(z == z.max(), 0.0, -np.inf)
    ),
    "4.18": lambda a_in, z, label: (
        (softmax(z) - np.eye(len(z))[label])[:, None] * a_in,
        softmax(z) - np.eye(len(z))[label],
    ),
}


@pytest.mark.parametrize("number", OTHER_WAYS)
def test_another_right_way_is_right(number):
    result = exercise(number).check(OTHER_WAYS[number])
    assert result.right, result


@pytest.mark.parametrize(
    ("number", "answer", "words"),
    [
        ("4.1", lambda a: sigmoid(np.log(a)), "should be"),
        ("4.2", lambda w, b, x, y: (0, 0), "in part 1 is 0"),
        ("4.2", lambda w, b, x, y: 0.1, "2 parts are asked for"),
        ("4.3", by_branches, "does not take arrays"),
        ("4.3", lambda a, y: -np.log(1 - np.abs(np.asarray(a) - y)), "should be"),
        ("4.4", lambda a, y: math.inf, "should be"),
        ("4.5", lambda a_in, a, y: (a - y, a - y), "shape"),
        ("4.8", 36, "differs from 1 by 2.2e-16"),
        ("4.8", 50, "for some smaller z"),
        ("4.8", 36.7, "whole number"),
        ("4.8", -37, "greater than 0"),
        ("4.8", 746, "lost beside the 1 much earlier"),
        ("4.10", lambda a, y: 1.0, "should be"),
        ("4.12", [1, 2, 3], "four numbers"),
        ("4.12", [1, 1, -1, -1], "not all different"),
        ("4.12", [1, 2, 3, 4], "their sum is"),
        ("4.12", [0.5, 0.6, 0.4, 0.5], "could be outputs"),
        ("4.12", [math.inf, -math.inf, 1, -1], "ordinary number"),
        ("4.13", lambda z: np.exp(z) / np.exp(z).sum(), "each row must sum to 1"),
        ("4.16", lambda a: a, "gives the softmax"),
        ("4.16", lambda a: 1.0, "single number"),
        ("4.17", lambda z, temperature: softmax(z / temperature), "hardmax"),
        ("4.18", lambda a_in, z, label: softmax(z), "parts"),
    ],
)
def test_a_slip_is_told_in_words(number, answer, words):
    assert words in told(number, answer)


def test_a_cost_that_is_only_clipped_at_its_ends_is_no_nan():
    assert exercise("4.3").check(clipped_entropy).right


def test_a_softmax_that_overflows_only_far_out_is_told_so():
    def plain(z):
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)

    assert "e¹⁰⁰⁰" in told("4.13", plain)


def test_both_discussions_have_an_answer():
    for number in ("4.6", "4.11", "4.15"):
        assert exercise(number).check("words").state is State.DISCUSSION
        assert len(repr(exercise(number).solution())) > 400
