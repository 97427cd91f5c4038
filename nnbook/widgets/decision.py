"""The perceptron's widget: weights on sliders, its line, its truth table, its learning rule."""

from __future__ import annotations

from typing import Any

import ipywidgets as W
import numpy as np
from matplotlib.patches import Polygon

from nnbook.checks import one_of
from nnbook.explore.perceptron import CORNERS, TARGETS, Lesson, Outcome, Perceptron
from nnbook.plots.style import BLACK, BLUE, GREY, ORANGE, PALE
from nnbook.widgets import controls
from nnbook.widgets.panel import Panel
from nnbook.widgets.picture import Picture

LOW, HIGH = -0.5, 1.5  # the picture shows the unit square with a margin
OWN = "my own"
WORDS = (
    "A perceptron with two inputs: sliders for its weights and bias, the line where its output "
    "changes, its truth table, and the learning rule step by step."
)


class PerceptronWidget(Panel):
    """`perceptron` is the logic behind it; the sliders, buttons and boxes are attributes."""

    def __init__(self, target: str = "AND") -> None:
        one_of("target", target, [*TARGETS, OWN])
        self.perceptron = Perceptron(target=TARGETS.get(target, TARGETS["AND"]))
        self._start = (self.perceptron.w1, self.perceptron.w2, self.perceptron.b)
        self._settled = True  # False while our own code moves the controls
        self.w1 = controls.slider("weight w₁", self.perceptron.w1, -4, 4, 0.1, digits=1)
        self.w2 = controls.slider("weight w₂", self.perceptron.w2, -4, 4, 0.1, digits=1)
        self.b = controls.slider("bias b", self.perceptron.b, -4, 4, 0.1, digits=1)
        self.target = controls.choice("target", [*TARGETS, OWN], target)
        self.wanted = [controls.check(f"({x1}, {x2})") for x1, x2 in CORNERS]
        self.next = controls.button("Next example", main=True)
        self.run = controls.button("Run to the end")
        self.reset = controls.button("Reset")
        self._table, self._lesson = W.HTML(), W.HTML()
        self.picture = Picture(
            4.0,
            4.2,
            alt="The unit square with its four corners and the perceptron's line. The side where "
            "the output is 1 is shaded.",
        )
        self._draw_once()
        super().__init__([self._arranged()], words=WORDS)
        for slider in (self.w1, self.w2, self.b):
            self.watch(slider, self._slider_moved)
        self.watch(self.target, self._target_chosen)
        for box in self.wanted:
            self.watch(box, self._box_ticked)
        self.click(self.next, self._learn)
        self.click(self.run, self._learn_to_end)
        self.click(self.reset, self._start_again)
        self._show_target()
        self._start_again()

    def still(self) -> bytes:
        neuron = self.perceptron
        return self.picture.still(
            f"w₁ = {neuron.w1:g}, w₂ = {neuron.w2:g}, b = {neuron.b:g}\n"
            f"wanted: {neuron.target_name}; {sum(neuron.right)} of 4 right"
        )

    # What the reader does

    def _slider_moved(self) -> None:
        w1, w2, b = values = self._values()
        neuron = self.perceptron
        # A slider that we moved comes back from the browser: that is no new start.
        if self._settled and (w1, w2, b) != (neuron.w1, neuron.w2, neuron.b):
            self._start = values
            neuron.set(w1, w2, b)
            self._show(_invitation(neuron))

    def _target_chosen(self) -> None:
        if self._settled and self.target.value != OWN:
            self._aim(TARGETS[self.target.value])

    def _box_ticked(self) -> None:
        if self._settled:
            self._aim(tuple(int(box.value) for box in self.wanted))

    def _aim(self, target: tuple[int, ...]) -> None:
        self.perceptron.aim(target)
        self._show_target()
        self._show(_invitation(self.perceptron))

    def _learn(self) -> None:
        lesson = self.perceptron.learn()
        self._place_sliders()
        self._show(_lesson(lesson, len(self.perceptron.lessons)), lesson.corner)

    def _learn_to_end(self) -> None:
        outcome = self.perceptron.learn_to_end()
        self._place_sliders()
        self._show(_outcome(outcome, self.perceptron))

    def _start_again(self) -> None:
        """Back to the weights that were last set by hand."""
        self.perceptron.set(*self._start)
        self._place_sliders()
        self._show(_invitation(self.perceptron))

    def _values(self) -> tuple[float, float, float]:
        """The weights and the bias on the sliders, without the browser's rounding errors."""
        w1, w2, b = (round(slider.value, 9) for slider in (self.w1, self.w2, self.b))
        return w1, w2, b

    # What is shown

    def _place_sliders(self) -> None:
        """Move the sliders to the weights; one that leaves its range makes the range wider."""
        self._settled = False
        try:
            neuron = self.perceptron
            values = (neuron.w1, neuron.w2, neuron.b)
            for slider, value in zip((self.w1, self.w2, self.b), values, strict=True):
                slider.min, slider.max = min(slider.min, value), max(slider.max, value)
                slider.value = value
        finally:
            self._settled = True

    def _show_target(self) -> None:
        self._settled = False
        try:
            self.target.value = self.perceptron.target_name
            for box, wanted in zip(self.wanted, self.perceptron.target, strict=True):
                box.value = bool(wanted)
        finally:
            self._settled = True

    def _show(self, lesson: str, looked_at: tuple[int, int] | None = None) -> None:
        neuron = self.perceptron
        with self.picture.lock:
            self._side.set_xy(np.array(neuron.region(LOW, HIGH) or [(LOW, LOW)]))
            ends = neuron.line(LOW, HIGH)
            self._line.set_data([x for x, _ in ends], [y for _, y in ends])
            corners = np.array(CORNERS, float)
            ones, right = np.array(neuron.target, bool), np.array(neuron.right)
            self._ones.set_data(*corners[ones].T)
            self._zeros.set_data(*corners[~ones].T)
            self._wrong.set_data(*corners[~right].T)
            shown = [] if looked_at is None else [looked_at]
            self._looked_at.set_data([x for x, _ in shown], [y for _, y in shown])
            self.picture.push()
        self._table.value = _table(neuron)
        self._lesson.value = lesson

    def _draw_once(self) -> None:
        axes = self.picture.figure.add_axes((0.125, 0.12, 0.85, 0.75))
        axes.set(xlim=(LOW, HIGH), ylim=(LOW, HIGH), aspect="equal")
        axes.set_xticks([0, 0.5, 1])
        axes.set_yticks([0, 0.5, 1])
        axes.tick_params(labelsize=11)
        axes.set_xlabel("input $x_1$", fontsize=12)
        axes.set_ylabel("input $x_2$", fontsize=12)
        axes.plot([0, 1, 1, 0, 0], [0, 0, 1, 1, 0], color=GREY, linewidth=0.8, zorder=1)
        self._side = Polygon([(0, 0)], facecolor=BLUE, alpha=0.16, edgecolor="none", zorder=0)
        axes.add_patch(self._side)
        (self._line,) = axes.plot([], [], color=BLACK, linewidth=2.2, zorder=2)
        point: dict[str, Any] = {"linestyle": "none", "markersize": 15, "zorder": 4}
        (self._ones,) = axes.plot([], [], "o", color=BLUE, **point)
        (self._zeros,) = axes.plot([], [], "s", mec=ORANGE, mfc="white", mew=3, **point)
        (self._wrong,) = axes.plot(
            [], [], "x", color=BLACK, markersize=26, mew=1.6, linestyle="none", zorder=5
        )
        (self._looked_at,) = axes.plot(
            [], [], "o", mfc=PALE, mec=GREY, markersize=32, linestyle="none", zorder=3
        )
        labels = ["should be 1", "should be 0", "wrong"]
        legend = self.picture.figure.legend(
            [self._ones, self._zeros, self._wrong],
            labels,
            loc="upper center",
            ncols=3,
            fontsize=11,
            frameon=False,
            markerscale=0.6,
            handletextpad=0.1,
            columnspacing=1.0,
        )
        legend.set_zorder(0)
        self.picture.moving(
            self._side, self._line, self._ones, self._zeros, self._wrong, self._looked_at
        )

    def _arranged(self) -> W.Widget:
        name = W.HTML("target is 1 at", layout=W.Layout(width=controls.NAME_WIDTH))
        name.add_class("nnbook-name")
        boxes = W.HBox([name, *self.wanted])
        boxes.add_class("nnbook-boxes")
        buttons = W.HBox([self.next, self.run, self.reset])
        return controls.side_by_side(
            self.picture.image,
            W.VBox(
                [self.target, boxes, self.w1, self.w2, self.b, self._table, buttons, self._lesson],
                layout=W.Layout(flex="1 1 400px", min_width="0", max_width="560px"),
            ),
        )


def _number(value: float) -> str:
    return f"{value:g}".replace("-", "−")


def _signed(value: float) -> str:
    return f"{'−' if value < 0 else '+'} {_number(abs(value))}"


def _table(neuron: Perceptron) -> str:
    """The condition with bias and with threshold, and the truth table, as HTML."""
    evidence = f"{_number(neuron.w1)}·x₁ {_signed(neuron.w2)}·x₂"
    rows = "".join(
        f"<tr><td>{x1}</td><td>{x2}</td><td>{_number(neuron.z(x1, x2))}</td>"
        f"<td><b>{neuron.output(x1, x2)}</b></td><td>{wanted}</td>"
        + ('<td class="right">✓ right</td>' if right else '<td class="wrong">✗ wrong</td>')
        + "</tr>"
        for (x1, x2), wanted, right in zip(CORNERS, neuron.target, neuron.right, strict=True)
    )
    nothing = "" if neuron.w1 or neuron.w2 else " Both weights are 0: there is no line."
    return (
        f"Output 1 if <b>{evidence} {_signed(neuron.b)} &gt; 0</b>,<br>"
        f"the same as {evidence} &gt; <b>{_number(neuron.threshold)}</b>, "
        "the threshold −b."
        '<table class="nnbook-table"><tr><th>x₁</th><th>x₂</th><th>w·x + b</th>'
        f"<th>output</th><th>target</th><th></th></tr>{rows}</table>"
        f"<b>{sum(neuron.right)} of 4 right.</b>{nothing}"
    )


def _invitation(neuron: Perceptron) -> str:
    x1, x2 = neuron.next_corner
    return f"The learning rule starts from these weights, at corner ({x1}, {x2})."


def _lesson(lesson: Lesson, count: int) -> str:
    """One use of the rule, with its numbers in the formula, as HTML."""
    (x1, x2), error = lesson.corner, lesson.error
    heading = (
        f"<b>Example {count}:</b> corner ({x1}, {x2}), output {lesson.output}, "
        f"target {lesson.target}, error {lesson.target} − {lesson.output} = {_number(error)}."
    )
    if not error:
        return f"{heading}<br>It is right, so nothing changes."
    names = ("w₁", "w₂", "b")
    changes = "<br>".join(
        f"{name} ← {name} + error·{factor_name} = {_number(old)} + ({_number(error)})·{factor} "
        f"= <b>{_number(new)}</b>"
        for name, old, new, factor, factor_name in zip(
            names, lesson.before, lesson.after, (x1, x2, 1), ("x₁", "x₂", "1"), strict=True
        )
    )
    return f"{heading}<br>{changes}"


def _outcome(outcome: Outcome, neuron: Perceptron) -> str:
    passes = f"{outcome.passes} pass" + "es" * (outcome.passes != 1)
    if outcome.found:
        return f"<b>After {passes} over the four corners all are right.</b> The rule stops."
    if outcome.circle is not None and not neuron.possible:
        return (
            f"<b>After {passes} still {4 - sum(neuron.right)} of 4 wrong, and no line can do "
            f"it.</b> The weights are the same as after pass {outcome.circle}: the rule goes "
            "round in a circle for ever."
        )
    return f"<b>After {passes} it is not done yet.</b> Press again to go on."
