"""The widget of the speeds: how fast each hidden layer learns, live, for any depth and start."""

from __future__ import annotations

import math

import ipywidgets as W
import matplotlib
import numpy as np

from nnbook.data.dataset import Digits
from nnbook.explore.layer_speeds import DEEPEST, STEPS, Deep, Watched
from nnbook.explore.saturation import FUNCTIONS
from nnbook.explore.settings import digits_given
from nnbook.initializers import INITIALIZERS
from nnbook.plots.apart import apart
from nnbook.plots.style import COLOURS, GREY, LINES, tidy
from nnbook.widgets import controls, live
from nnbook.widgets.numerals import power_of_ten, short
from nnbook.widgets.panel import Panel
from nnbook.widgets.picture import Picture
from nnbook.widgets.worker import Worker, ticking

RATES = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0)
LOW, HIGH = 1e-9, 1e6  # speeds that the logarithmic axis shows
LABEL = 0.65  # decades that the number of a layer takes
EXAMPLE = 150  # steps of the run in the still picture
COURSE, LAYERS = (0.09, 0.145, 0.535, 0.74), (0.70, 0.145, 0.285, 0.74)
INKS = matplotlib.colormaps["viridis"](np.linspace(0, 0.85, DEEPEST))  # a step of grey each
WORDS = (
    "The speed of learning of each hidden layer: a slider for the depth, menus of activation and "
    "initialization; live training with a curve for each layer on a logarithmic scale."
)


class LayerSpeedsWidget(Panel):
    """`watched` is the run behind it; the controls are attributes."""

    def __init__(self, data: Digits | None = None) -> None:
        self.digits = digits_given(data)
        self.watched: Watched
        first = Deep()
        self.depth = controls.whole_slider("hidden layers", first.depth, 1, DEEPEST)
        self.activation = controls.choice("activation", list(FUNCTIONS), first.activation)
        self.initializer = controls.choice("initialization", list(INITIALIZERS), first.initializer)
        self.rate = controls.series_slider("learning rate η", first.learning_rate, RATES)
        self.seed = controls.whole_slider("seed", first.seed, 0, 9)
        self.run = controls.button("Run", main=True)
        self.stop_button = controls.button("Stop")
        self.worker = Worker(self.guard, self.run, self.stop_button, end=self._show)
        self._words = W.HTML()
        self.picture = Picture(
            9.4,
            4.3,
            alt="Left, the speed of each hidden layer against the steps. Right, the speeds of all "
            "hidden layers at the start and now. Both on logarithmic scales.",
        )
        self._draw_once()
        columns = controls.side_by_side(
            W.VBox([self.depth, self.activation, self.initializer]), W.VBox([self.rate, self.seed])
        )
        buttons = W.HBox([self.run, self.stop_button])
        super().__init__([columns, buttons, self.picture.image, self._words], words=WORDS)
        for control in (self.depth, self.activation, self.initializer, self.rate, self.seed):
            self.watch(control, self._changed)
        self.click(self.run, self._run)
        self.click(self.stop_button, self.stop)
        self._changed()
        live.succeed(self)  # an earlier run of this cell trains no more

    @property
    def deep(self) -> Deep:
        """The network as the controls stand."""
        return Deep(
            self.depth.value,
            self.activation.value,
            self.initializer.value,
            float(self.rate.value),
            self.seed.value,
        )

    def still(self) -> bytes:
        """Before the first run: what some steps with these settings give. The page stays."""
        with self.picture.lock:
            now = self.watched
            if len(now.speeds) == 1:
                self.watched = Watched(now.deep, self.digits, EXAMPLE)
                for _ in self.watched.run():
                    pass
            try:
                self._place()
                shown = self.watched
                return self.picture.still(
                    f"{self.digits.name}, 1,000 images: {shown.deep.words}, "
                    f"seed {shown.deep.seed}; {len(shown.speeds) - 1} steps"
                )
            finally:
                self.watched = now
                self._place()

    # What the reader does

    def _changed(self) -> None:
        """Another network: its speeds at the start are shown at once."""
        self.stop()
        self.watched = Watched(self.deep, self.digits)
        self._show()

    def _run(self) -> None:
        if not self.worker.busy:
            self.watched = Watched(self.deep, self.digits)
            self.worker.start(ticking(self.watched.run(), self._show))

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
        """Curves and dots; nothing is sent yet."""
        depth = self.watched.deep.depth
        values = np.array(self.watched.speeds)
        drawn = np.where(values > LOW, np.minimum(values, HIGH), LOW)
        heights = 10 ** apart(np.log10(drawn[-1]), LABEL, math.log10(LOW), math.log10(HIGH))
        for k, (line, name) in enumerate(zip(self._lines, self._names, strict=True)):
            here = drawn[:, k] if k < depth else np.empty(0)
            line.set_data(np.arange(len(here)), here)
            name.set_visible(k < depth)
            if k < depth:
                name.set_position((len(here) + 0.012 * STEPS, heights[k]))
        layers = np.arange(1, depth + 1)
        self._first.set_data(layers, drawn[0])
        self._now.set_data(layers, drawn[-1])

    def _in_words(self) -> str:
        watched = self.watched
        steps = len(watched.speeds) - 1
        speeds = ", ".join(map(short, watched.speeds[-1]))
        text = f"{watched.deep.words}. After {steps} steps the speeds are {speeds}."
        if watched.deep.depth > 1:
            ratio = watched.ratio()
            if math.isfinite(ratio) and ratio > 0:
                faster = f"{short(ratio)} times as fast as the first"
                if ratio < 1:
                    faster = f"{short(1 / ratio)} times slower than the first"
                text += f" <b>The last hidden layer learns {faster}.</b>"
            else:
                text += " <b>A layer does not learn at all: its gradient is 0.</b>"
        if steps:
            text += f" Rightly classified of the 1,000 images: {watched.accuracy:.1%}."
        else:
            text += " <b>Press Run</b> to train."
        if watched.problem:
            text += f" <b>Stopped:</b> {watched.problem}"
        return text

    def _draw_once(self) -> None:
        figure = self.picture.figure
        left, right = figure.add_axes(COURSE), figure.add_axes(LAYERS)
        tidy(left, title="speed of each hidden layer", x="step", y="speed ‖∂C/∂b‖")
        tidy(right, title="layer by layer", x="hidden layer")
        left.set_xlim(-0.02 * STEPS, 1.06 * STEPS)
        right.set_xlim(0.5, DEEPEST + 0.5)
        right.set_xticks(range(1, DEEPEST + 1))
        powers = range(-8, 7, 2)
        for axes in (left, right):
            axes.set_yscale("log")
            axes.set_ylim(LOW, HIGH)
            axes.set_yticks([10.0**k for k in powers], [power_of_ten(k) for k in powers])
            axes.minorticks_off()
        self._lines = [
            left.plot([], [], color=ink, linestyle=LINES[k % 4], linewidth=2.2)[0]
            for k, ink in enumerate(INKS)
        ]
        self._names = [
            left.text(0, 0, str(k + 1), fontsize=11, va="center", color=ink, fontweight="bold")
            for k, ink in enumerate(INKS)
        ]
        (self._first,) = right.plot([], [], "o--", color=GREY, markersize=7, label="at the start")
        (self._now,) = right.plot([], [], "s-", color=COLOURS[0], markersize=7, label="now")
        right.legend(fontsize=10, frameon=False, loc="lower right")
        self.picture.moving(self._lines, self._names, self._first, self._now)
