"""The tower builder: a surface over two inputs, from one neuron to many towers."""

from __future__ import annotations

import ipywidgets as W

from nnbook.explore.tower_stages import STAGES, Settings
from nnbook.explore.towers import square
from nnbook.plots.surface import Surface
from nnbook.widgets import controls
from nnbook.widgets.panel import Panel
from nnbook.widgets.picture import Picture

SIDE = 32
WORDS = (
    "Tower builder: a menu of what to build over two inputs, sliders for the weights or edges, "
    "and the output of the network as a surface that can be turned."
)


class TowerWidget(Panel):
    """`stage` chooses what is built, `sliders` are all settings by name, `turn` the view."""

    def __init__(self, stage: str = STAGES[0].name) -> None:
        self.stage = controls.choice("build", [one.name for one in STAGES], stage)
        start = Settings()
        self.sliders = {
            "w1": controls.slider("weight w₁", start.w1, -20, 20, 0.5, digits=1),
            "w2": controls.slider("weight w₂", start.w2, -20, 20, 0.5, digits=1),
            "b": controls.slider("bias b", start.b, -20, 20, 0.5, digits=1),
            "low1": controls.slider("x₁ from", start.low1, 0, 0.95, 0.01),
            "high1": controls.slider("x₁ to", start.high1, 0.05, 1, 0.01),
            "low2": controls.slider("x₂ from", start.low2, 0, 0.95, 0.01),
            "high2": controls.slider("x₂ to", start.high2, 0.05, 1, 0.01),
            "sure": controls.slider("height h", start.sure, 0, 30, 0.5, digits=1),
            "share": controls.slider("threshold −b/h", start.share, 0, 2.5, 0.05),
            "many": controls.whole_slider("towers a side", start.many, 1, 8),
            "radius": controls.slider("radius", start.radius, 0.05, 0.4, 0.01),
            "directions": controls.whole_slider("directions", start.directions, 1, 40),
        }
        self.turn = controls.slider("turn the view", 30, -180, 180, 5, digits=0)
        self._numbers = W.HTML(layout=W.Layout(max_width="420px"))
        self.picture = Picture(
            4.4, 3.9, alt="The output of the network as a surface over the two inputs."
        )
        axes = self.picture.figure.add_axes((0.0, 0.0, 1.0, 0.99))
        self.surface = Surface(axes)
        _, self._points = square(SIDE, 0.005, 0.995)  # the last steps stand at 0 and 1
        self._side = W.VBox()
        super().__init__([controls.side_by_side(self._side, self.picture.image)], words=WORDS)
        self.watch(self.stage, self._stage_chosen)
        for slider in self.sliders.values():
            self.watch(slider, self._built)
        self.watch(self.turn, self._show)
        self._stage_chosen()

    @property
    def settings(self) -> Settings:
        """What the sliders say."""
        return Settings(**{name: slider.value for name, slider in self.sliders.items()})

    def still(self) -> bytes:
        stage = self._stage
        settings = [
            f"{self.sliders[name].description} = {self.sliders[name].value:g}"
            for name in stage.uses
        ]
        lines = [", ".join(settings[k : k + 3]) for k in range(0, len(settings), 3)]
        return self.picture.still("\n".join([f"{stage.name}. {stage.layers}", *lines]))

    def _stage_chosen(self) -> None:
        self._stage = next(one for one in STAGES if one.name == self.stage.value)
        used = [self.sliders[name] for name in self._stage.uses]
        self._side.children = [self.stage, *used, self.turn, self._numbers]
        self._built()

    def _built(self) -> None:
        settings, stage = self.settings, self._stage
        problem = settings.problem(stage)
        if problem:
            self._numbers.value = f"<b>{problem}</b>"
            return
        network = stage.build(settings)
        self._heights = network.predict(self._points)[:, 0].reshape(SIDE, SIDE)
        neurons = " + ".join(str(size) for size in network.sizes[1:-1])
        hidden = f", {neurons} neurons" if neurons else ""
        low, high = self._heights.min(), self._heights.max()
        self._numbers.value = (
            f"<b>{stage.layers}</b>{hidden}.<br>{stage.words}<br>"
            f"The output goes from {low:.2f} to {high:.2f} here."
        ).replace("-", "−")
        with self.picture.lock:
            self.surface.limits(*stage.limits)
            self._show()

    def _show(self) -> None:
        with self.picture.lock:
            self.surface.draw(self._heights, self.turn.value)
            self.picture.push()
