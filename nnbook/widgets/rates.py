"""The widget of the learning-rate range: the cost after a short training, against η, live."""

from __future__ import annotations

import math
from typing import Any

import ipywidgets as W
import numpy as np

from nnbook.costs import COSTS
from nnbook.data.dataset import Digits
from nnbook.explore.rates import OPTIMIZERS, RATES, Course, Sweep, Trial
from nnbook.explore.settings import digits_given
from nnbook.plots.style import BLACK, BLUE, GREEN, GREY, ORANGE, tidy
from nnbook.widgets import controls, live
from nnbook.widgets.panel import Panel
from nnbook.widgets.picture import Picture
from nnbook.widgets.worker import Worker, ticking

HIDDEN = [("none", 0), ("30", 30), ("100", 100)]
SIZES = (1, 2, 5, 10, 20, 50, 100)
STEPS = (50, 100, 200, 400)
FIRST_RATE = 0.2
TOP = 8.0  # higher costs, and infinite ones, are drawn at the upper edge
WORDS = (
    "Learning-rate range: one short training of a digit network for each learning rate from 0.001 "
    "to 100; the cost at the end against η, and its course for one η."
)


class RatesWidget(Panel):
    """`sweep` is the logic behind it, None before the first run; the controls are attributes."""

    def __init__(self, data: Digits | None = None) -> None:
        self.digits = digits_given(data)
        self.sweep: Sweep | None = None
        self._before: Sweep | None = None  # an earlier sweep, to compare with
        self._longest = 0  # steps on the axis of the right panel
        first = Trial()
        self.hidden = controls.choice("hidden neurons", HIDDEN, first.hidden)
        self.cost = controls.choice("cost", list(COSTS), first.cost)
        self.optimizer = controls.choice("optimizer", list(OPTIMIZERS), first.optimizer)
        self.batch_size = controls.series_slider("mini-batch m", first.batch_size, SIZES)
        self.steps = controls.series_slider("steps", first.steps, STEPS)
        self.rate = controls.series_slider("look at η", FIRST_RATE, RATES)
        self.run = controls.button("Run", main=True)
        self.stop_button = controls.button("Stop")
        self.worker = Worker(self.guard, self.run, self.stop_button, end=self._show)
        self._words = W.HTML()
        self.picture = Picture(
            9.2,
            4.0,
            alt="Left, the cost after the short training against the learning rate. Right, the "
            "course of the cost step by step for the learning rate that is looked at.",
        )
        self._draw_once()
        columns = controls.side_by_side(
            W.VBox([self.hidden, self.cost, self.optimizer]),
            W.VBox([self.batch_size, self.steps, self.rate]),
        )
        buttons = W.HBox([self.run, self.stop_button])
        super().__init__([columns, buttons, self.picture.image, self._words], words=WORDS)
        for control in (self.hidden, self.cost, self.optimizer, self.batch_size, self.steps):
            self.watch(control, self._setting_changed)
        self.watch(self.rate, self._show)
        self.click(self.run, self._run)
        self.click(self.stop_button, self.stop)
        self._show()
        live.succeed(self)  # an earlier run of this cell trains no more

    @property
    def trial(self) -> Trial:
        """The settings as the controls stand."""
        return Trial(
            hidden=self.hidden.value,
            cost=self.cost.value,
            batch_size=int(self.batch_size.value),
            steps=int(self.steps.value),
            optimizer=self.optimizer.value,
        )

    def still(self) -> bytes:
        """Before the first run: what one with these settings gives. The page stays."""
        with self.picture.lock:
            now = self.sweep
            if now is None:
                self.sweep = Sweep(self.trial, self.digits)
                for _ in self.sweep.run():
                    pass
            try:
                self._place()
                trial = self.trial
                words = (
                    f"{self.digits.name}: {_network(trial, self.digits)}, {trial.cost}, "
                    f"{trial.optimizer}, mini-batch {trial.batch_size}, {trial.steps} steps for "
                    "each η"
                )
                return self.picture.still(words.replace("-", "‑"))  # hyphens, not minus signs
            finally:
                self.sweep = now
                self._place()

    # What the reader does

    def _setting_changed(self) -> None:
        self.stop()
        self._words.value = self._in_words()

    def _run(self) -> None:
        if not self.worker.busy:
            self._before, self.sweep = self.sweep, Sweep(self.trial, self.digits)
            self.worker.start(ticking(self.sweep.run(), self._show))

    def stop(self) -> None:
        """Stop a run and wait until its last picture is drawn; what was measured stays."""
        self.worker.stop()

    # What is shown

    def _show(self) -> None:
        with self.picture.lock:
            self._place()
            self.picture.push()
        self._words.value = self._in_words()

    def _place(self) -> None:
        """Dots, lines and the course looked at; nothing is sent yet."""
        with self.picture.lock:
            courses = _measured(self.sweep)
            before = _measured(self._before)
            rates, costs = [c.rate for c in courses], _drawn([c.last for c in courses])
            self._dots.set_data(rates, costs)
            self._ghost.set_data([c.rate for c in before], _drawn([c.last for c in before]))
            start = [courses[0].costs[0]] * 2 if courses else []
            self._start.set_data([RATES[0], RATES[-1]][: len(start)], _drawn(start))
            edge = self.sweep.threshold if self.sweep else None
            self._edge.set_xdata([edge, edge] if edge else [math.nan, math.nan])
            self._pointer.set_xdata([self.rate.value] * 2)
            looked = [c for c in courses if c.rate == self.rate.value]
            steps = looked[0].steps if looked else []
            self._course.set_data(steps, _drawn(looked[0].costs if looked else []))
            others = [c for c in courses if c.rate != self.rate.value]
            for line, other in zip(self._others, [*others, *[None] * len(RATES)], strict=False):
                line.set_data(other.steps if other else [], _drawn(other.costs if other else []))
            longest = self.sweep.trial.steps if self.sweep else int(self.steps.value)
            if longest != self._longest:
                self._longest = longest
                self._right.set_xlim(-0.02 * longest, 1.02 * longest)
                self.picture.refresh()

    def _in_words(self) -> str:
        sweep = self.sweep
        if sweep is None or sweep.best is None:
            return (
                f"<b>Press Run:</b> {len(RATES)} trainings of {int(self.steps.value)} steps on "
                f"{self.digits.name}, each from the same start."
            )
        notes = []
        if sweep.trial != self.trial and self.run.disabled is False:
            notes.append("<b>The settings have changed: press Run.</b>")
        looked = [c for c in _measured(sweep) if c.rate == self.rate.value]
        if looked:
            last = f"{looked[0].last:.3f}" if math.isfinite(looked[0].last) else "infinite"
            notes.append(f"η = {self.rate.value:g}: cost {looked[0].costs[0]:.3f} → {last}.")
        best, edge = sweep.best, sweep.threshold
        if sweep.complete:
            notes.append(f"Lowest at the end: η = {best.rate:g} with {best.last:.3f}.")
            notes.append(
                f"Threshold: up to η = {edge:g} the cost stays below its start."
                if edge
                else "Even the smallest η raises the cost."
            )
        else:
            notes.append(f"{len(sweep.courses)} of {len(RATES)} learning rates so far.")
        return " ".join(notes)

    def _draw_once(self) -> None:
        figure = self.picture.figure
        left = figure.add_axes((0.065, 0.15, 0.435, 0.70))
        self._right = figure.add_axes((0.58, 0.15, 0.40, 0.70))
        tidy(left, title="after the last step", x="learning rate η", y="cost (training images)")
        tidy(self._right, title="step by step, for each η", x="step")
        left.set_xscale("log")
        left.set_xlim(RATES[0] / 1.5, RATES[-1] * 1.5)
        left.set_xticks([10.0**k for k in range(-3, 3)], ["0.001", "0.01", "0.1", "1", "10", "100"])
        for axes in (left, self._right):
            axes.set_ylim(0.05, TOP)
            axes.set_yscale("log")
            axes.set_yticks([0.1, 0.2, 0.5, 1, 2, 5], ["0.1", "0.2", "0.5", "1", "2", "5"])
            axes.minorticks_off()
        line: dict[str, Any] = {"linewidth": 2, "markersize": 6}
        (self._ghost,) = left.plot([], [], "s--", color=GREY, label="the run before", **line)
        (self._start,) = left.plot([], [], ":", color=BLACK, linewidth=1.5, label="at the start")
        (self._dots,) = left.plot([], [], "o-", color=BLUE, label="this run", **line)
        self._edge = left.axvline(math.nan, color=GREEN, linewidth=2, linestyle="-.")
        self._edge.set_label("threshold")
        self._pointer = left.axvline(FIRST_RATE, color=ORANGE, linewidth=1.4, label="looked at")
        self._others = [
            self._right.plot([], [], color=GREY, linewidth=0.9, alpha=0.7)[0] for _ in RATES
        ]
        (self._course,) = self._right.plot([], [], "o-", color=ORANGE, **line)
        handles = [self._dots, self._ghost, self._start, self._edge, self._pointer]
        figure.legend(handles=handles, loc="upper center", ncols=5, fontsize=11, frameon=False)
        self.picture.moving(*handles, self._others, self._course)


def _measured(sweep: Sweep | None) -> list[Course]:
    """The courses with at least one look; a copy, since the running thread adds to them."""
    return [course for course in list(sweep.courses) if len(course.costs) > 1] if sweep else []


def _drawn(costs: list[float]) -> np.ndarray:
    """Costs as they are drawn: none above the upper edge."""
    return np.minimum(np.nan_to_num(np.array(costs, float), nan=TOP, posinf=TOP), 0.98 * TOP)


def _network(trial: Trial, digits: Digits) -> str:
    hidden = [trial.hidden] if trial.hidden else []
    return "-".join(map(str, [digits.training.features, *hidden, digits.training.classes]))
