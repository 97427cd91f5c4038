"""The widget of memory: what of the gradient reaches the first step, and what is learned of it."""

from __future__ import annotations

import ipywidgets as W
import numpy as np

from nnbook.explore.memory import CELLS, EPOCHS, LONGEST, RECURRENT, SYMBOLS, Memory
from nnbook.plots.style import BLUE, GREY, ORANGE, tidy
from nnbook.widgets import controls, live
from nnbook.widgets.panel import Panel
from nnbook.widgets.picture import Picture
from nnbook.widgets.worker import Worker, ticking

STEPS = (5, 10, 15, 20, 30, 40, 60, 80)
SCALES = (0.25, 0.5, 0.7, 1, 1.4, 2, 2.8, 4)
MEMORIES = (2, 4, 10, 20, 40, 80)
LOWEST = 1e-12  # smaller gradients are drawn at the lower edge
LOOKS = {RECURRENT: (ORANGE, "--"), CELLS: (BLUE, "-")}
WORDS = (
    "Memory: sliders for the length of the sequence, the recurrent weights and the LSTM's starting "
    "memory; the gradient at each step, and the accuracy of both networks while they learn."
)


class MemoryWidget(Panel):
    """`memory` is the logic behind it; the controls are attributes."""

    def __init__(self) -> None:
        self.steps = controls.series_slider("steps T", 60, STEPS)
        self.scale = controls.series_slider("recurrent W_h ×", 1, SCALES)
        self.span = controls.series_slider("LSTM memory", 40, MEMORIES)
        self.train = controls.button("Train both", main=True)
        self.stop_button = controls.button("Stop")
        self.worker = Worker(self.guard, self.train, self.stop_button, end=self._ended)
        self.memory = self._new()
        self._words = W.HTML()
        self.picture = Picture(
            9.4,
            3.8,
            alt="Left: the gradient at each step of the sequence for a recurrent network and an "
            "LSTM, on a log axis. Right: their accuracy, epoch by epoch.",
        )
        self._draw_once()
        columns = controls.side_by_side(W.VBox([self.steps, self.scale]), self.span)
        buttons = W.HBox([self.train, self.stop_button])
        super().__init__([columns, buttons, self.picture.image, self._words], words=WORDS)
        for control in (self.steps, self.scale, self.span):
            self.watch(control, self._setting_changed)
        self.click(self.train, self._train)
        self.click(self.stop_button, self.stop)
        self._show()
        live.succeed(self)  # an earlier run of this cell trains no more

    def still(self) -> bytes:
        """Before the first training: what one with these settings gives. The page stays."""
        with self.picture.lock:
            now = self.memory
            if not now.complete:
                self.memory = Memory(now.steps, now.scale, now.memory)
                signals = self.memory.signals
                for _ in self.memory.train():
                    pass
                self.memory.signals = signals  # as they were at the start
            try:
                self._place()
                return self.picture.still(
                    f"sequences of {now.steps} steps, recurrent weights × {now.scale:g}, starting "
                    f"memory of the LSTM {now.memory:g} steps;\nleft at the start, right while "
                    "both are trained"
                )
            finally:
                self.memory = now
                self._place()

    # What the reader does

    def _new(self) -> Memory:
        """Both networks at their start, as the controls stand."""
        return Memory(int(self.steps.value), self.scale.value, self.span.value)

    def _setting_changed(self) -> None:
        self.stop()
        self.memory = self._new()
        self._show()

    def _train(self) -> None:
        if not self.worker.busy:
            self.memory = self._new()
            self.worker.start(ticking(self.memory.train(), self._show))

    def stop(self) -> None:
        """Stop a training and wait until its last picture is drawn; what was learned stays."""
        self.worker.stop()

    def _ended(self) -> None:
        self.memory.measure()
        self._show()

    # What is shown

    def _show(self) -> None:
        with self.picture.lock:
            self._place()
            self.picture.push()
        self._words.value = self._told()

    def _place(self) -> None:
        """Lines where they belong; nothing is sent yet."""
        memory = self.memory
        with self.picture.lock:
            at = np.arange(1, memory.steps + 1)
            for name, line in self._signals.items():
                line.set_data(at, np.maximum(memory.signals[name], LOWEST))
            for name, line in self._courses.items():
                course = list(memory.accuracy[name])
                line.set_data(np.arange(len(course)), course)

    def _told(self) -> str:
        memory = self.memory
        parts = []
        for name in memory.networks:
            first = _number(memory.signals[name][0])
            told = (
                f"<b>{name}</b>: at step 1 the gradient is {first} of that at step {memory.steps}"
            )
            if course := memory.accuracy[name]:
                told += f"; after {len(course) - 1} epochs {course[-1]:.0%} right"
            parts.append(told + ".")
        if not any(memory.accuracy.values()):
            parts.append("Press <b>Train both</b>: who names the first symbol?")
        return "<br>".join(parts)

    def _draw_once(self) -> None:
        figure = self.picture.figure
        left = figure.add_axes((0.085, 0.155, 0.43, 0.66))
        right = figure.add_axes((0.60, 0.155, 0.385, 0.66))
        tidy(left, title="gradient at step t, last step = 1", x="step t")
        left.set_yscale("log")
        left.set(xlim=(0, LONGEST + 1), ylim=(LOWEST / 3, 1e4))
        tidy(right, title="accuracy on new sequences", x="epoch")
        right.set(xlim=(-0.2, EPOCHS + 0.2), ylim=(0, 1.05))
        right.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"])
        chance = right.axhline(1 / SYMBOLS, color=GREY, lw=1.4, ls=":")
        self._signals, self._courses = {}, {}
        for name, (colour, style) in LOOKS.items():
            (self._signals[name],) = left.plot([], [], style, color=colour, lw=2.4)
            (self._courses[name],) = right.plot([], [], "o", ls=style, color=colour, lw=2.4)
        figure.legend(
            handles=[*self._signals.values(), chance], labels=[*LOOKS, "guessing"],
            loc="upper center", ncols=3, fontsize=12, frameon=False,
        )  # fmt: skip
        self.picture.moving(list(self._signals.values()), list(self._courses.values()))


def _number(value: float) -> str:
    """A positive number: 0.22, or 3.5 × 10⁻⁷ where it is far from 1."""
    digits, power = f"{value:.1e}".split("e")
    if abs(int(power)) < 3:
        return f"{value:.2g}"
    return f"{digits} × 10<sup>{int(power)}</sup>".replace("-", "−")
