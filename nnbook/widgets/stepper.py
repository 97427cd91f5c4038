"""The backpropagation stepper: forward and backward through a small network, number by number."""

from __future__ import annotations

import math

import ipywidgets as W

from nnbook.derivations.example import LEARNING_RATE, NETWORK, Problem
from nnbook.explore.letters import Quantity
from nnbook.explore.notations import NOTATIONS
from nnbook.explore.stepper import GIVEN, STEPS, Stepper, number, relative_error
from nnbook.widgets import controls
from nnbook.widgets.panel import Panel
from nnbook.widgets.stepper_scene import scene

RANGES = {"x": (-3.0, 3.0), "y": (0.0, 1.0), "w": (-5.0, 5.0), "b": (-5.0, 5.0)}
WORDS = (
    "Backpropagation on a 2-3-2-2 network, one number at a time: buttons to step, a menu of four "
    "notations, the formula of the step with its numbers, and every given number to change."
)


class StepperWidget(Panel):
    """`stepper` is the logic behind it; menus, sliders and buttons are attributes."""

    def __init__(self, problem: Problem = NETWORK, notation: str = "δ") -> None:
        self.stepper = Stepper(problem, notation)
        self._settled = True  # False while our own code moves the controls
        names = [(f"{name}  ({one.origin})", name) for name, one in NOTATIONS.items()]
        self.notation = controls.choice("notation", names, notation, width="640px")
        self.notation.layout.max_width = "100%"
        self.first = controls.button("First")
        self.previous = controls.button("Previous")
        self.next = controls.button("Next", main=True)
        self.last = controls.button("Last")
        self.step = controls.whole_slider("step", 0, 0, len(STEPS))
        self.quantity = controls.choice("number to change", self._given())
        self.value = controls.slider("its value", 0.0, -5, 5, 0.1)
        self.reset = controls.button("Reset the numbers")
        self._drawing, self._formula, self._check = W.HTML(), W.HTML(), W.HTML()
        buttons = W.HBox([self.first, self.previous, self.next, self.last])
        changing = controls.side_by_side(W.VBox([self.quantity, self.value]), self.reset)
        super().__init__(
            [
                self.notation,
                controls.side_by_side(buttons, self.step),
                self._drawing,
                self._formula,
                changing,
                self._check,
            ],
            words=WORDS,
        )
        self.watch(self.notation, self._notation_chosen)
        self.watch(self.step, self._step_moved)
        self.watch(self.quantity, self._place_value)
        self.watch(self.value, self._value_moved)
        self.click(self.first, lambda: self._go(0))
        self.click(self.previous, lambda: self._go(self.stepper.position - 1))
        self.click(self.next, lambda: self._go(self.stepper.position + 1))
        self.click(self.last, lambda: self._go(len(STEPS)))
        self.click(self.reset, self._reset)
        self._place_value()
        self._show()

    def still(self) -> bytes:
        """The network where it stands, before the first step with everything on it."""
        now = self.stepper.position
        if now == 0:
            self.stepper.go(len(STEPS))
        try:
            step = f"step {self.stepper.position} of {len(STEPS)}"
            return scene(self.stepper).png([f"notation: {self.stepper.notation.name}; {step}"])
        finally:
            self.stepper.go(now)

    # What the reader does

    def _go(self, position: int) -> None:
        """To `position`, or as near as there is."""
        self.stepper.go(min(max(position, 0), len(STEPS)))
        self._settled = False
        try:
            self.step.value = self.stepper.position
        finally:
            self._settled = True
        self._show()

    def _step_moved(self) -> None:
        # A slider that we moved comes back from the browser: that is no new step.
        if self._settled and self.step.value != self.stepper.position:
            self.stepper.go(self.step.value)
            self._show()

    def _notation_chosen(self) -> None:
        self.stepper.speak(self.notation.value)
        self._name_given()
        self._place_value()
        self._show()

    def _value_moved(self) -> None:
        value, quantity = round(self.value.value, 9), self.quantity.value
        if self._settled and value != round(self.stepper.value(quantity), 9):
            self.stepper.change(quantity, value)
            self._show()

    def _reset(self) -> None:
        self.stepper.reset()
        self._place_value()
        self._show()

    # What is shown

    def _given(self) -> list[tuple[str, Quantity]]:
        """The numbers that can be changed, as this notation calls them."""
        letter, given = self.stepper.notation.letter, self.stepper.given
        return [(f"{letter(quantity).text}   {given(quantity)}", quantity) for quantity in GIVEN]

    def _name_given(self) -> None:
        """The menu in the notation of now; the choice stays."""
        chosen, self._settled = self.quantity.value, False
        try:
            self.quantity.options = self._given()
            self.quantity.value = chosen
        finally:
            self._settled = True

    def _place_value(self) -> None:
        """The slider at the chosen number, in a range that holds it."""
        if not self._settled:
            return
        slider, quantity = self.value, self.quantity.value
        value = self.stepper.value(quantity)
        low, high = RANGES[quantity.kind]
        low, high = min(low, math.floor(value)), max(high, math.ceil(value))
        self._settled = False
        try:
            with slider.hold_sync():
                slider.min, slider.max = min(low, slider.min), max(high, slider.max)
                slider.value = value
                slider.min, slider.max = low, high
                slider.step = 0.05 if quantity.kind == "y" else 0.1
        finally:
            self._settled = True

    def _show(self) -> None:
        stepper = self.stepper
        current = stepper.current
        heading = f"Step {stepper.position} of {len(STEPS)}"
        if current is None:
            words = "Nothing is computed yet: inputs, targets, weights and biases are given."
            self._formula.value = _lines([f"<b>{heading}.</b> {words}"])
        else:
            words = f"{heading}: {stepper.words(current)} is {number(stepper.value(current))}."
            self._formula.value = _formula(stepper, current, heading)
        self._drawing.value = scene(stepper).svg(words)
        self._check.value = _check(stepper) if stepper.finished else ""


def _formula(stepper: Stepper, current: Quantity, heading: str) -> str:
    """The step in words, in letters and in numbers, as HTML."""
    notation, value = stepper.notation, number(stepper.value(current))
    letters, numbers = stepper.letters(current), stepper.numbers(current)
    middle = "" if numbers == value else f" = {numbers}"
    lines = [
        f"<b>{heading}.</b> {stepper.words(current).capitalize()}"
        f" ({notation.formula(current).source})",
        f"{notation.html(current)} = {letters}",
        f"{notation.html(current)}{middle} = <b>{value}</b>",
    ]
    if current.kind in ("dw", "db"):
        parameter, moved = stepper.step_of_descent(current)
        name, before = notation.html(parameter), number(stepper.value(parameter))
        lines.append(
            f"A step of gradient descent with η = {LEARNING_RATE:g}: {name} ← {name} − η · "
            f"{notation.html(current)} = {before} − {LEARNING_RATE:g} · "
            f"{f'({value})' if value[0] == '−' else value} = {number(moved)}"
        )
    return _lines(lines)


def _lines(lines: list[str]) -> str:
    """HTML of fixed height, so that what stands below does not jump."""
    body = "".join(f"<div>{line}</div>" for line in lines)
    return f'<div style="font-size:16px;line-height:1.7;min-height:7.8em">{body}</div>'


def _check(stepper: Stepper) -> str:
    """All derivatives beside central differences, as an HTML table in two halves."""
    found = stepper.comparison()
    cells = [
        f"<td>{stepper.notation.html(one.quantity)}</td><td>{number(one.formula)}</td>"
        f"<td>{number(one.difference)}</td><td>{number(abs(one.formula - one.difference))}</td>"
        for one in found
    ]
    high = -(-len(cells) // 2)
    cells += ["<td></td>" * 4] * (2 * high - len(cells))
    rows = "".join(f"<tr>{''.join(cells[row::high])}</tr>" for row in range(high))
    head = "<th></th><th>formula</th><th>differences</th><th>apart</th>" * 2
    cost = f"<i>{stepper.notation.cost}</i>"
    error = number(relative_error(found))
    return (
        f"<div><b>The check.</b> Each of the {len(found)} derivatives beside "
        f"({cost}(v + 10⁻⁵) − {cost}(v − 10⁻⁵)) / (2 · 10⁻⁵). Relative distance of the two "
        f'gradients: <b>{error}</b>.</div><div style="overflow-x:auto">'
        f'<table class="nnbook-table"><tr>{head}</tr>{rows}</table></div>'
    )
