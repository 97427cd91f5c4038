"""The widget of one neuron learning: its output step by step, and its place on the sigmoid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ipywidgets as W
import numpy as np

from nnbook.explore.learner import PUBLISHED, RULES, STEPS, Learner, other, output
from nnbook.plots.style import BLACK, BLUE, GREY, ORANGE, tidy
from nnbook.widgets import controls, live
from nnbook.widgets.panel import Panel
from nnbook.widgets.picture import Picture
from nnbook.widgets.worker import Worker

PAUSE = 0.05  # seconds between two pictures of a run
STRIDE = 3  # steps between two pictures
WIDEST = 8.0  # the sigmoid is shown from −8 to 8
OWN = "my own"
FIRST = 1  # the published start that the widget begins with: row 3.2
RATES = (0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1.0, 2.0, 5.0, 10.0)
WORDS = (
    "One sigmoid neuron learns to turn 1 into 0: a menu of published starts, a menu of costs, "
    "sliders for weight, bias and learning rate, its output after each of 300 steps beside that "
    "with the other cost, and both on the sigmoid."
)


class OneNeuronWidget(Panel):
    """`learner` is the logic behind it and `ghost` the same start with the other cost.

    The sliders, menus, buttons and the box are attributes.
    """

    def __init__(self) -> None:
        self._ours = False  # True while our own code moves the controls
        first = PUBLISHED[FIRST]
        starts = [
            (f"row {s.row}: {s.rule}, w = {s.w:g}, b = {s.b:g}, η = {s.learning_rate:g}", k)
            for k, s in enumerate(PUBLISHED)
        ]
        wide = "560px"
        self.setting = controls.choice("start", [*starts, (OWN, -1)], FIRST, width=wide)
        costs = [(f"{rule.name}: {rule.formula}", rule.name) for rule in RULES.values()]
        self.rule = controls.choice("cost", costs, first.rule, width=wide)
        self.w = controls.slider("weight w", first.w, -4, 4, 0.1, digits=1)
        self.b = controls.slider("bias b", first.b, -4, 4, 0.1, digits=1)
        self.learning_rate = controls.series_slider("learning rate η", first.learning_rate, RATES)
        self.compare = controls.check("show the other cost, same start and same η", True)
        self.run = controls.button("Run", main=True)
        self.stop_button = controls.button("Stop")
        self.reset = controls.button("Reset")
        self.worker = Worker(self.guard, self.run, self.stop_button)
        self._words = W.HTML()
        self.picture = Picture(
            8.8,
            3.9,
            alt="Left, the output of the neuron after each step, and pale that with the other "
            "cost. Right, the sigmoid with the neuron on it.",
        )
        self.learner, self.ghost = self._begin()
        self._draw_once()
        columns = controls.side_by_side(
            W.VBox([self.w, self.b]), W.VBox([self.learning_rate, self.compare])
        )
        buttons = W.HBox([self.run, self.stop_button, self.reset])
        super().__init__(
            [self.setting, self.rule, columns, buttons, self.picture.image, self._words],
            words=WORDS,
        )
        self.watch(self.setting, self._setting_chosen)
        for control in (self.rule, self.w, self.b, self.learning_rate):
            self.watch(control, self._changed)
        self.watch(self.compare, self._show)
        self.click(self.run, self._run)
        self.click(self.stop_button, self.stop)
        self.click(self.reset, self._reset)
        self._show()
        live.succeed(self)  # a neuron of an earlier run of this cell learns no more

    def still(self) -> bytes:
        """Before the first step: the whole run as it would be. The page stays as it is."""
        with self.picture.lock:
            learner, ghost = self.learner, self.ghost
            if not self.learner.steps:
                self.learner, self.ghost = self._begin()
                self.learner.run()
                self.ghost.run()
            try:
                self._place()
                shown, pale = self.learner, self.ghost
                lines = (
                    f"w = {self.w.value:g}, b = {self.b.value:g}, η = {shown.learning_rate:g}; "
                    f"after {shown.steps} steps:\n{shown.rule.name}: a = {shown.outputs[-1]:.3f}"
                )
                if self.compare.value:
                    lines += f"; {pale.rule.name}: a = {pale.outputs[-1]:.3f}"
                # The caption makes each hyphen a minus sign: this is the letter for a hyphen.
                return self.picture.still(lines.replace("cross-", "cross\u2010"))
            finally:
                self.learner, self.ghost = learner, ghost
                self._place()

    # What the reader does

    def _setting_chosen(self) -> None:
        if self._ours or self.setting.value < 0:
            return
        chosen = PUBLISHED[self.setting.value]
        self._ours = True
        try:
            self.rule.value, self.w.value, self.b.value = chosen.rule, chosen.w, chosen.b
            self.learning_rate.value = chosen.learning_rate
        finally:
            self._ours = False
        self._reset()

    def _changed(self) -> None:
        now = self._settings()
        # A control that we moved comes back from the browser: that is no new start.
        if self._ours or now == self._start:
            return
        self._ours = True
        try:
            self.setting.value = next(
                (k for k, s in enumerate(PUBLISHED) if now == (s.rule, s.w, s.b, s.learning_rate)),
                -1,
            )
        finally:
            self._ours = False
        self._reset()

    def _reset(self) -> None:
        self.stop()
        with self.picture.lock:
            self.learner, self.ghost = self._begin()
            self._show()

    def _run(self) -> None:
        if self.worker.busy:
            return
        if self.learner.steps >= STEPS:
            self._reset()
        self.worker.start(self._learn(), PAUSE)

    def stop(self) -> None:
        """Stop a run and wait until its last picture is drawn."""
        self.worker.stop()

    def _learn(self) -> Iterator[None]:
        """`STRIDE` steps for each picture, until all are done."""
        while self.learner.steps < STEPS:
            with self.picture.lock:
                self.learner.run(STRIDE)
                self.ghost.run(STRIDE)
                self._show()
            yield

    def _begin(self) -> tuple[Learner, Learner]:
        """The neuron as the controls say, and the same with the other cost, before any step."""
        self._start = self._settings()
        rule, w, b, eta = self._start
        return Learner(rule, w, b, eta), Learner(other(rule), w, b, eta)

    def _settings(self) -> tuple[str, float, float, float]:
        """Rule, w, b and η as the controls say, without the browser's errors of rounding."""
        w, b = round(self.w.value, 9), round(self.b.value, 9)
        return self.rule.value, w, b, self.learning_rate.value

    # What is shown

    def _show(self) -> None:
        with self.picture.lock:
            self._place()
            self.picture.push()
        self._words.value = self._in_words()

    def _place(self) -> None:
        """Curves and points where the neurons are now; nothing is sent yet."""
        with self.picture.lock:
            visible = bool(self.compare.value)
            for learner, curve, point, tangent in (
                (self.learner, self._curve, self._point, self._tangent),
                (self.ghost, self._pale, self._pale_point, None),
            ):
                curve.set_data(np.arange(learner.steps + 1), learner.outputs)
                z = float(np.clip(learner.zs[-1], -WIDEST, WIDEST))
                point.set_data([z], [output(z)])
                if tangent is not None:
                    slope = output(z) * output(-z)
                    # two units long on the page, however steep: the axes are 16 wide and 1 high
                    half = 1.6 / np.hypot(1, 9 * slope)
                    ends = np.array([-half, half])
                    tangent.set_data(z + ends, output(z) + slope * ends)
            self._now.set_data([self.learner.steps], self.learner.outputs[-1:])
            for artist in (self._pale, self._pale_point):
                artist.set_visible(visible)

    def _in_words(self) -> str:
        learners = [self.learner] + [self.ghost] * bool(self.compare.value)
        rows = "".join(
            f"<tr><td>{one.rule.name}</td><td>{_number(one.w)}</td><td>{_number(one.b)}</td>"
            f"<td>{_number(one.zs[-1])}</td><td><b>{one.outputs[-1]:.3f}</b></td>"
            f"<td>{output(one.zs[-1]) * output(-one.zs[-1]):.4f}</td><td>{one.costs[-1]:.4f}</td>"
            f"<td>{_number(-one.learning_rate * one.slope, 5)}</td></tr>"
            for one in learners
        )
        steps = self.learner.steps
        said = "Before the first step" if steps == 0 else f"After {steps} of {STEPS} steps"
        return (
            f"{said} (input 1, desired output 0):"
            '<table class="nnbook-table"><tr><th></th><th>w</th><th>b</th><th>z = w + b</th>'
            "<th>output a</th><th>σ′(z)</th><th>cost C</th><th>next step of w and of b</th></tr>"
            f"{rows}</table>"
        )

    def _draw_once(self) -> None:
        figure = self.picture.figure
        left = figure.add_axes((0.07, 0.15, 0.47, 0.71))
        right = figure.add_axes((0.62, 0.15, 0.36, 0.71))
        tidy(left, x="step", y="output a")
        left.set(xlim=(-6, STEPS + 6), ylim=(-0.03, 1.05), yticks=np.linspace(0, 1, 6))
        tidy(right, x="weighted input z", y="a = σ(z)")
        right.set(xlim=(-WIDEST, WIDEST), ylim=(-0.03, 1.05), yticks=[0, 0.5, 1])
        z = np.linspace(-WIDEST, WIDEST, 201)
        right.plot(z, [output(value) for value in z], color=GREY, linewidth=1.6)
        (self._pale,) = left.plot(
            [], [], "--", color=ORANGE, linewidth=2, alpha=0.75, label="the other cost"
        )
        (self._curve,) = left.plot([], [], "-", color=BLUE, linewidth=2.8, label="the chosen cost")
        dot: dict[str, Any] = {"linestyle": "none", "mec": BLACK}
        (self._tangent,) = right.plot(
            [], [], "-", color=BLACK, linewidth=1.6, label="slope σ′ there"
        )
        (self._pale_point,) = right.plot(
            [], [], "D", mfc=ORANGE, markersize=8, alpha=0.75, zorder=4, **dot
        )
        (self._now,) = left.plot(
            [], [], "o", mfc=BLUE, markersize=9, clip_on=False, zorder=5, **dot
        )
        (self._point,) = right.plot([], [], "o", mfc=BLUE, markersize=12, zorder=5, **dot)
        figure.legend(
            handles=[self._curve, self._pale, self._tangent],
            loc="upper center",
            ncols=3,
            fontsize=11,
            frameon=False,
        )
        self.picture.moving(
            self._pale, self._curve, self._now, self._tangent, self._pale_point, self._point
        )


def _number(value: float, digits: int = 3) -> str:
    return f"{round(value, digits) + 0.0:.{digits}f}".replace("-", "−")
