"""The sigmoid's widget: a neuron's curve from smooth to step, and its answer to a nudge."""

from __future__ import annotations

from typing import Any

import ipywidgets as W
import numpy as np

from nnbook.explore.neuron import Answer, Neuron
from nnbook.plots.style import BLACK, BLUE, ORANGE, tidy
from nnbook.widgets import controls
from nnbook.widgets.panel import Panel
from nnbook.widgets.picture import Picture

WIDEST = 5.0  # the picture shows inputs from −5 to 5
SHARPNESS = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100)
WORDS = (
    "A sigmoid neuron beside a step: sliders for weight, bias, sharpness, input and a nudge of "
    "the weight, both curves, and the change of both outputs."
)


class SigmoidWidget(Panel):
    """`neuron` is the logic behind it; the sliders are attributes."""

    def __init__(self) -> None:
        self.neuron = Neuron()
        now = self.neuron
        self.w = controls.slider("weight w", now.w, -5, 5, 0.1, digits=1)
        self.b = controls.slider("bias b", now.b, -5, 5, 0.1, digits=1)
        self.c = controls.series_slider("sharpness c", now.c, SHARPNESS)
        self.x = controls.slider("input x", now.x, -WIDEST, WIDEST, 0.1, digits=1)
        self.nudge = controls.slider("nudge Δw", now.nudge, -1, 1, 0.01)
        self._numbers = W.HTML()
        self.picture = Picture(
            8.8,
            3.7,
            alt="Output against input for a sigmoid neuron and for a step, before and after the "
            "nudge, with the chosen input marked.",
        )
        self._draw_once()
        columns = controls.side_by_side(
            W.VBox([self.w, self.b, self.c]), W.VBox([self.x, self.nudge])
        )
        super().__init__([columns, self.picture.image, self._numbers], words=WORDS)
        for slider in (self.w, self.b, self.c, self.x, self.nudge):
            self.watch(slider, self._moved)
        self._moved()

    def still(self) -> bytes:
        neuron = self.neuron
        return self.picture.still(
            f"weight w = {_plain(neuron.w)}, bias b = {_plain(neuron.b)}, "
            f"sharpness c = {_plain(neuron.c)}, input x = {_plain(neuron.x)}, "
            f"nudge Δw = {_plain(neuron.nudge)}\n"
            f"the nudge changes the sigmoid's output by {_change(neuron.smooth_answer)}, "
            f"the step's by {_change(neuron.sharp_answer)}"
        )

    def _moved(self) -> None:
        neuron = self.neuron
        neuron.set(self.w.value, self.b.value, self.c.value, self.nudge.value, self.x.value)
        with self.picture.lock:
            self._smooth.set_ydata(neuron.smooth(self._inputs))
            self._smooth_nudged.set_ydata(neuron.smooth(self._inputs, nudged=True))
            self._sharp.set_ydata(neuron.sharp(self._inputs))
            self._sharp_nudged.set_ydata(neuron.sharp(self._inputs, nudged=True))
            self._chosen.set_xdata([neuron.x, neuron.x])
            smooth, sharp = neuron.smooth_answer, neuron.sharp_answer
            self._before.set_data([neuron.x, neuron.x], [smooth.before, sharp.before])
            self._after.set_data([neuron.x, neuron.x], [smooth.after, sharp.after])
            self.picture.push()
        self._numbers.value = _numbers(neuron)

    def _draw_once(self) -> None:
        axes = self.picture.figure.add_axes((0.075, 0.16, 0.905, 0.68))
        tidy(axes, x="input x", y="output a")
        axes.set(xlim=(-WIDEST, WIDEST), ylim=(-0.06, 1.06), yticks=[0, 0.5, 1])
        # A multiple of the sliders' steps, so that a jump is drawn where it is.
        self._inputs = np.linspace(-WIDEST, WIDEST, 1001)
        nothing = np.zeros_like(self._inputs)

        def curve(colour: str, style: str, width: float, label: str):  # type: ignore[no-untyped-def]
            return axes.plot(
                self._inputs, nothing, color=colour, linestyle=style, linewidth=width, label=label
            )[0]

        self._sharp = curve(ORANGE, "-", 2.0, "step")
        self._sharp_nudged = curve(ORANGE, ":", 2.0, "step, nudged")
        self._smooth = curve(BLUE, "-", 2.6, "sigmoid")
        self._smooth_nudged = curve(BLUE, "--", 1.8, "sigmoid, nudged")
        self._chosen = axes.axvline(0, color=BLACK, linewidth=0.9, linestyle=(0, (4, 3)))
        point: dict[str, Any] = {"linestyle": "none", "markersize": 8, "zorder": 5}
        (self._before,) = axes.plot(
            [], [], "o", mfc="white", mec=BLACK, label="before", **{**point, "markersize": 13}
        )
        (self._after,) = axes.plot([], [], "o", color=BLACK, label="after", **point)
        legend = [self._smooth, self._smooth_nudged, self._sharp, self._sharp_nudged]
        self.picture.figure.legend(
            handles=[*legend, self._before, self._after],
            loc="upper center",
            ncols=6,
            fontsize=11,
            frameon=False,
            columnspacing=1.4,
            handlelength=1.8,
        )
        self.picture.moving(*legend, self._chosen, self._before, self._after)


def _numbers(neuron: Neuron) -> str:
    """The numbers behind the picture, as HTML."""
    rows = "".join(
        f"<tr><td>{name}</td><td>{answer.before:.4f}</td><td>{answer.after:.4f}</td>"
        f"<td><b>{_change(answer)}</b></td><td>{promised}</td></tr>"
        for name, answer, promised in (
            ("sigmoid", neuron.smooth_answer, _signed(neuron.promised)),
            ("step", neuron.sharp_answer, "+0.0000"),
        )
    )
    return (
        f"At x = {_plain(neuron.x)} the weight goes from {_plain(neuron.w)} to "
        f"{_plain(neuron.w + neuron.nudge)} (Δw = {_plain(neuron.nudge)}):"
        '<table class="nnbook-table"><tr><th></th><th>before</th><th>after</th>'
        f"<th>change Δa</th><th>slope ∂a/∂w · Δw</th></tr>{rows}</table>"
    )


def _change(answer: Answer) -> str:
    return _signed(answer.change)


def _signed(value: float) -> str:
    return f"{round(value, 4) + 0.0:+.4f}".replace("-", "−")


def _plain(value: float) -> str:
    return f"{round(value, 2) + 0.0:g}".replace("-", "−")
