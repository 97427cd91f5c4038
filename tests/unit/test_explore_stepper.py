"""The stepper: order of the steps, numbers of each notation, formulas whose arithmetic is right."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from nnbook.derivations import NETWORK, delta_form, random_problem
from nnbook.explore.letters import LAST, Quantity
from nnbook.explore.notations import NOTATIONS
from nnbook.explore.stepper import GIVEN, PLACES, STEPS, Stepper, number, relative_error


def test_each_number_is_computed_once_and_after_those_it_needs():
    assert len(STEPS) == len(set(STEPS)) == 45
    assert [step.kind for step in STEPS[:15]] == ["z", "a"] * 7 + ["cost"]
    assert len(GIVEN) == len(set(GIVEN)) == 2 + 2 + 16 + 7
    for name in NOTATIONS:
        stepper = Stepper(notation=name)
        for place, quantity in enumerate(STEPS):
            for part in stepper.uses(quantity):
                given = part in GIVEN or (part.kind == "a" and part.layer == 1)
                assert given or PLACES[part] < place, (name, quantity, part)


def test_moving():
    stepper = Stepper()
    assert stepper.current is None and not stepper.finished
    stepper.go(1)
    assert stepper.current == Quantity("z", 2, 1)
    assert stepper.known(STEPS[0]) and not stepper.known(STEPS[1])
    assert all(stepper.known(given) for given in GIVEN)
    stepper.go(45)
    assert stepper.finished and all(stepper.known(step) for step in STEPS)


@pytest.mark.parametrize("name", NOTATIONS)
def test_numbers_are_the_book_s_with_the_notation_s_signs(name):
    stepper, book = Stepper(notation=name), Stepper()
    minus = -1 if name == "thresholds" else 1
    for quantity in (*GIVEN, *STEPS):
        sign = minus if quantity.kind in ("b", "db", "error") else 1
        ours, theirs = stepper.value(quantity), sign * book.value(quantity)
        if name == "thresholds" and quantity.kind == "z":  # β comes without the threshold
            theirs += -book.value(quantity._replace(kind="b"))
        assert ours == pytest.approx(theirs, abs=1e-13), quantity
    gradient = delta_form.gradient(NETWORK)
    assert stepper.value(Quantity("dw", 3, 2, 3)) == pytest.approx(gradient.w[1][1, 2])


def arithmetic(text):
    """The value of a formula with its numbers put in."""
    text = re.sub(r"·10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda m: "e" + lowered(m[1]), text)
    text = re.sub(r"(?<=[\d)])\s*(?=[(\[])", "*", text.replace("½ ", "0.5*")).replace("²", "**2")
    text = text.translate(str.maketrans("−·[]", "-*()"))
    sigmoid = lambda z: 1 / (1 + math.exp(-z))  # noqa: E731
    return eval(text, {"σ": sigmoid, "f": sigmoid})


def lowered(digits):
    return digits.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))


@pytest.mark.parametrize("name", NOTATIONS)
@pytest.mark.parametrize("seed", [None, 0, 1])
def test_every_formula_gives_its_number(name, seed):
    problem = NETWORK if seed is None else random_problem(np.random.default_rng(seed))
    stepper = Stepper(problem, name)
    for quantity in STEPS:
        shown = arithmetic(stepper.numbers(quantity))
        # four decimals of each number, times other numbers of up to about 3
        assert shown == pytest.approx(stepper.value(quantity), abs=6e-4), quantity


def test_formulas_by_hand():
    def shown(name, quantity):
        stepper = Stepper(notation=name)
        letters = re.sub("<[^>]+>", "", stepper.letters(quantity))
        return letters, stepper.numbers(quantity)

    z = Quantity("z", 2, 1)
    assert shown("δ", z) == ("w211 · x1 + w212 · x2 + b21", "−0.3 · 1 + 0.7 · 0.5 + (−0.1)")
    assert shown("thresholds", z) == ("v11 · x1 + v21 · x2", "−0.3 · 1 + 0.7 · 0.5")
    assert shown("index by index", z)[0] == "w111 · out11 + w121 · out12 + b21 · 1"
    assert shown("two passes", z)[0] == "w11 · x1 + w21 · x2 + b1"
    a = Quantity("a", LAST, 1)
    assert shown("thresholds", a)[0] == "f(β1 − θ1)"
    error = Quantity("error", LAST, 1)
    assert shown("δ", error) == ("(a41 − y1) · σ′(z41)", "(0.6684 − 0) · 0.2217")
    assert shown("thresholds", error)[0] == "ŷ1 (1 − ŷ1) (y1 − ŷ1)"
    hidden = Quantity("error", 3, 1)
    assert shown("δ", hidden)[0] == "(w411 · δ41 + w421 · δ42) · σ′(z31)"
    assert shown("thresholds", hidden)[0] == "b′1 (1 − b′1) (w11 · g1 + w12 · g2)"
    assert shown("index by index", hidden)[0] == "(errc1 · w311 + errc2 · w312) · out31 (1 − out31)"
    assert shown("two passes", hidden)[0] == "σ′(z′1) · (w″11 · ∂C/∂z″1 + w″12 · ∂C/∂z″2)"
    weight = Quantity("dw", LAST, 2, 1)
    assert shown("thresholds", weight) == ("−g2 · b′1", "−0.1481 · 0.2335")
    assert shown("index by index", weight)[0] == "out31 · errc2"


@pytest.mark.parametrize("name", NOTATIONS)
def test_names(name):
    stepper = Stepper(notation=name)
    letters = [stepper.notation.letter(quantity).text for quantity in GIVEN]
    assert len(set(letters)) == len(GIVEN)  # no two given numbers share a name
    words = [stepper.words(quantity) for quantity in STEPS]
    assert len(set(words)) == len(STEPS)
    assert ("threshold" in " ".join(words)) is (name == "thresholds")
    assert all(stepper.notation.formula(quantity).source for quantity in STEPS)


@pytest.mark.parametrize("name", NOTATIONS)
@pytest.mark.parametrize("quantity", [GIVEN[0], GIVEN[3], GIVEN[7], GIVEN[-1]])
@pytest.mark.parametrize("value", [-5.0, 0.0, 0.37, 5.0])
def test_a_changed_number_is_the_one_that_was_meant(name, quantity, value):
    stepper = Stepper(notation=name)
    stepper.change(quantity, value)
    assert stepper.value(quantity) == value
    for other in GIVEN:
        if other != quantity:
            assert stepper.value(other) == Stepper(notation=name).value(other)
    assert relative_error(stepper.comparison()) < 1e-7
    assert stepper.value(Quantity("cost", LAST)) == pytest.approx(stepper.problem.cost)
    stepper.reset()
    assert stepper.problem is NETWORK


def test_the_check_sees_a_wrong_derivative(monkeypatch):
    stepper = Stepper()
    assert len(stepper.comparison()) == 23 and relative_error(stepper.comparison()) < 1e-9
    stepper._trace.w[1][0, 0] += 1e-4
    assert relative_error(stepper.comparison()) > 1e-5


def test_the_step_of_descent():
    weight, moved = Stepper().step_of_descent(Quantity("dw", 4, 1, 2))
    assert weight == Quantity("w", 4, 1, 2)
    assert moved == pytest.approx(1.2 - 0.5 * delta_form.gradient(NETWORK).w[2][0, 1])
    threshold, moved = Stepper(notation="thresholds").step_of_descent(Quantity("db", 2, 3))
    assert threshold == Quantity("b", 2, 3)
    assert moved == pytest.approx(0.4 + 0.5 * delta_form.gradient(NETWORK).b[0][2])  # Δγ = −η e


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (-0.0, "0"), (1.7, "1.7"), (-0.48754, "−0.4875"), (2.4e-5, "2.4·10⁻⁵"),
     (9.96e-5, "1.0·10⁻⁴"), (-3e-12, "−3.0·10⁻¹²"), (1e-300, "1.0·10⁻³⁰⁰"), (12.0, "12")],
)  # fmt: skip
def test_how_numbers_are_written(value, text):
    assert number(value) == text


def test_refusals(plain_arguments):
    with pytest.raises(ValueError, match="2-3-2-2 network, but it is 2-3-2"):
        Stepper(random_problem(np.random.default_rng(0), (2, 3, 2)))
    with pytest.raises(ValueError, match="notation must be one of 'δ', 'thresholds'"):
        Stepper(notation="greek")
    with pytest.raises(TypeError, match="problem must be a Problem"):
        Stepper(NETWORK.network())
    with pytest.raises(ValueError, match="position must be between 0 and 45"):
        Stepper().go(46)
    with pytest.raises(ValueError, match="quantity must be one of"):
        Stepper().change(STEPS[0], 1.0)
    with pytest.raises(ValueError, match="value must be a finite number"):
        Stepper().change(GIVEN[0], math.inf)
