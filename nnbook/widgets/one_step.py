"""The step builder: one hidden neuron, its weight and bias, and the step it makes."""

from __future__ import annotations

import ipywidgets as W
import numpy as np

from nnbook.explore.steps import stairs
from nnbook.plots.style import BLACK, BLUE, ORANGE, tidy
from nnbook.plots.wiring import Wiring
from nnbook.widgets import controls
from nnbook.widgets.panel import Panel
from nnbook.widgets.picture import Picture

STEEPS = (1, 2, 4, 8, 15, 25, 50, 100, 200, 500, 999)
WEIGHTS = (*(-w for w in reversed(STEEPS)), 0, *STEEPS)
WORDS = (
    "One hidden neuron with one input: sliders for its weight, its bias and the place of its "
    "step, and its output over x."
)


class StepBuilder(Panel):
    """The sliders `w`, `b` and `s` are tied by s = −b/w; `keep` holds s while w moves."""

    def __init__(self) -> None:
        self.w = controls.series_slider("weight w", 8, WEIGHTS)
        self.b = controls.slider("bias b", -4, -12, 12, 0.1, digits=1)
        self.s = controls.slider("step at s = −b/w", 0.5, 0, 1, 0.01)
        self.keep = controls.check("keep s when w changes")
        self._numbers = W.HTML()
        self._tying = False
        self.picture = Picture(
            8.6,
            3.4,
            alt="Left, a network with one hidden neuron. Right, the neuron's output over x, with "
            "the place of its step marked.",
        )
        self._draw_once()
        columns = controls.side_by_side(W.VBox([self.w, self.b]), W.VBox([self.s, self.keep]))
        super().__init__([columns, self.picture.image, self._numbers], words=WORDS)
        self.watch(self.w, self._weight_moved)
        self.watch(self.b, self._bias_moved)
        self.watch(self.s, self._step_moved)
        self._show()

    def still(self) -> bytes:
        w, b = self.w.value, self.b.value + 0.0
        return self.picture.still(f"weight w = {w:g}, bias b = {b:.4g}. {self._place()}")

    def _weight_moved(self) -> None:
        """The range of the bias follows the weight, so that s can go from 0 to 1."""
        self._tie(self.b, -self.w.value * self.s.value if self.keep.value else self.b.value)
        self._bias_moved()

    def _bias_moved(self) -> None:
        if self.w.value:
            self._tie(self.s, -self.b.value / self.w.value)
        self._show()

    def _step_moved(self) -> None:
        s, w, b = self.s.value, self.w.value, self.b.value
        same = w and abs(min(max(-b / w, 0), 1) - s) < 0.006  # only what the bias says, rounded
        if not self._tying and not same:
            self._tie(self.b, -self.w.value * self.s.value)
            self._show()

    def _tie(self, slider: W.FloatSlider, value: float) -> None:
        """Move `slider` without its own callback; the bias gets a range that suits the weight."""
        self._tying = True
        try:
            if slider is self.b:
                reach = round(max(12.0, 1.2 * abs(self.w.value)), 1)
                with slider.hold_trait_notifications():
                    slider.min, slider.max = -reach, reach
                    slider.value = min(max(value, -reach), reach)
            else:
                # on the slider's own grid: the browser would send back what it rounds itself
                slider.value = min(max(round(value, 2), slider.min), slider.max)
        finally:
            self._tying = False

    def _show(self) -> None:
        if self._tying:
            return
        w, b = self.w.value, self.b.value
        network = stairs([0.0], [1.0], steepness=w)
        network.layers[0].b = [b]  # type: ignore[attr-defined]
        with self.picture.lock:
            self._curve.set_ydata(network.predict(self._x[:, np.newaxis])[:, 0])
            s = -b / w if w else np.nan
            self._mark.set_data([s], [0.5])
            self._line.set_xdata([s, s])
            self._wiring.inside[0].set_text("σ")
            self._w.set_text(f"w = {w:g}".replace("-", "−"))
            self._b.set_text(f"b = {b + 0.0:.4g}".replace("-", "−"))
            self.picture.push()
        self._numbers.value = self._in_words()

    def _in_words(self) -> str:
        w, b = self.w.value, self.b.value
        sign = "+" if b >= 0 else "−"
        text = f"One hidden layer, one neuron: a = σ({w:g}·x {sign} {abs(b):.4g}). {self._place()}."
        if w:
            way = "rises from 0.1 to 0.9" if w > 0 else "falls from 0.9 to 0.1"
            text += f" It {way} over a width of {4.394 / abs(w):.3g}."  # 2 ln 9 / |w|
        return text.replace("-", "−")

    def _place(self) -> str:
        if not self.w.value:
            return "Without a weight there is no step: the output is the same for every x"
        s = -self.b.value / self.w.value
        where = "" if 0 <= s <= 1 else ", outside the picture"
        return f"The step is at s = −b/w = {s + 0.0:.3g}{where}".replace("-", "−")

    def _draw_once(self) -> None:
        figure = self.picture.figure
        left = figure.add_axes((0.0, 0.12, 0.36, 0.76))
        self._wiring = Wiring(left, 1)
        words = {"ha": "center", "fontsize": 12}
        self._w = left.text(1.0, 0.22, "", **words)  # type: ignore[arg-type]
        self._b = left.text(2.2, -0.82, "", **words)  # type: ignore[arg-type]
        axes = figure.add_axes((0.45, 0.17, 0.53, 0.72))
        tidy(axes, title="output of the hidden neuron", x="x")
        axes.set(xlim=(0, 1), ylim=(-0.06, 1.06), yticks=[0, 0.5, 1])
        self._x = np.linspace(0, 1, 1001)
        (self._curve,) = axes.plot(self._x, np.zeros(1001), color=BLUE, linewidth=2.6)
        self._line = axes.axvline(0, color=ORANGE, linewidth=1.4, linestyle=(0, (4, 3)))
        (self._mark,) = axes.plot([], [], "o", mfc=ORANGE, mec=BLACK, markersize=9)
        self.picture.moving(
            self._wiring.inside, self._w, self._b, self._curve, self._line, self._mark
        )
