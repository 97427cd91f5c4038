"""The widget of the optimizer race: five balls on one landscape, their paths and their costs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ipywidgets as W
import numpy as np

from nnbook.explore.landscapes import SIZE
from nnbook.explore.race import COURSES, LONGEST, RULES, Knobs, Race, course_named, first_rate
from nnbook.plots.style import BLACK, COLOURS, tidy
from nnbook.widgets import controls, live
from nnbook.widgets.landmap import draw_map
from nnbook.widgets.panel import Panel
from nnbook.widgets.picture import Picture
from nnbook.widgets.worker import Worker

PAUSE = 0.08  # seconds between two pictures of a run
STRIDES = (40, 2)  # after the first so many steps, so many steps a picture
EXAMPLE = 40  # steps shown at the start
RATES = (
    *(0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35),
    *(0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.5, 2.0),
)
FIRST_MU, FIRST_ADAM = 0.8, 0.1
MARKS = ("o", "s", "D", "^", "v")
LINES = ("-", "--", "-.", ":", (0, (6, 2)))
INKS = (COLOURS[1], COLOURS[0], COLOURS[2], COLOURS[3], BLACK)
LOWEST = 1e-4  # what the logarithmic axis of costs still shows
WORDS = (
    "The optimizer race: gradient descent, momentum, Nesterov, Adam and Newton from one start on a "
    "landscape; their paths, and their costs step by step."
)


class RaceWidget(Panel):
    """`race` is the logic behind it; menu, sliders, boxes and buttons are attributes."""

    def __init__(self, landscape: str = "ravine") -> None:
        land = course_named(landscape)
        self._ours = False  # True while our own code moves the controls
        self._mapped = ""  # the landscape on the map
        self._limits: tuple[Any, ...] = ()  # of the axis of costs
        menu = [(f"{name}:  {course.formula}", name) for name, course in COURSES.items()]
        self.landscape = controls.choice("landscape", menu, landscape)
        self.learning_rate = controls.series_slider("learning rate η", first_rate(land), RATES)
        self.mu = controls.slider("momentum μ", FIRST_MU, 0, 0.99, 0.01)
        self.adam = controls.series_slider("η of Adam", FIRST_ADAM, RATES)
        self.x = controls.slider("start v₁", land.start[0], -SIZE, SIZE, 0.05)
        self.y = controls.slider("start v₂", land.start[1], -SIZE, SIZE, 0.05)
        self.shown = controls.whole_slider("steps shown", EXAMPLE, 0, LONGEST)
        self.boxes = {name: controls.check(name, True) for name in RULES}
        self.run = controls.button("Run", main=True)
        self.stop_button = controls.button("Stop")
        self.worker = Worker(self.guard, self.run, self.stop_button)
        self._table = W.HTML()
        self.picture = Picture(
            9.4,
            4.5,
            alt="Left, a map of the cost with the paths of the racers from one start. Right, their "
            "costs after each step.",
        )
        self._draw_once()
        columns = controls.side_by_side(
            W.VBox([self.landscape, self.learning_rate, self.mu, self.adam]),
            W.VBox([self.x, self.y, self.shown, W.HBox([self.run, self.stop_button])]),
        )
        boxes = W.Box([*self.boxes.values()], layout=W.Layout(flex_flow="row wrap"))
        boxes.add_class("nnbook-boxes")
        super().__init__([columns, boxes, self.picture.image, self._table], words=WORDS)
        self.watch(self.landscape, self._landscape_chosen)
        for control in (self.learning_rate, self.mu, self.adam, self.x, self.y):
            self.watch(control, self._changed)
        for control in (self.shown, *self.boxes.values()):
            self.watch(control, self._show)
        self.click(self.run, self._run)
        self.click(self.stop_button, self.stop)
        self._begin()
        live.succeed(self)  # the balls of an earlier run of this cell roll no more

    def still(self) -> bytes:
        race, knobs = self.race, self.race.knobs
        (x, y), taking = race.start, [name for name, box in self.boxes.items() if box.value]
        arrivals = {name: race.arrival(name) for name in taking}
        return self.picture.still(
            f"{race.landscape.formula}, start ({x:g}, {y:g}), η = {knobs.learning_rate:g}, "
            f"μ = {knobs.mu:g}, η of Adam {knobs.adam:g}; after {self.shown.value} steps\n"
            "cost within 0.01 of the lowest from step: "
            + (", ".join(f"{name} {'–' if at is None else at}" for name, at in arrivals.items()))
        )

    # What the reader does

    def _landscape_chosen(self) -> None:
        self.stop()
        land = course_named(self.landscape.value)
        self._ours = True
        try:
            self.x.value, self.y.value = land.start
            self.learning_rate.value = first_rate(land)
            self.shown.value = EXAMPLE
        finally:
            self._ours = False
        self._begin()

    def _changed(self) -> None:
        if not self._ours:
            self.stop()
            self._begin()

    def _run(self) -> None:
        if not self.worker.busy:
            self.worker.start(self._roll(), PAUSE)

    def stop(self) -> None:
        """Stop a run and wait until its last picture is drawn."""
        self.worker.stop()

    def _roll(self) -> Iterator[None]:
        """Moves the slider of steps from where it is, or from the start."""
        step = 0 if self.shown.value >= LONGEST else self.shown.value
        while step <= LONGEST:
            self.shown.value = step  # and so the picture
            step += 1 if step < STRIDES[0] else STRIDES[1]
            yield

    # What is shown

    def _begin(self) -> None:
        """A new race with the settings as they are, and the picture of it."""
        knobs = Knobs(self.learning_rate.value, round(self.mu.value, 9), self.adam.value)
        start = round(self.x.value, 9), round(self.y.value, 9)
        with self.picture.lock:
            self.race = Race(course_named(self.landscape.value), start, knobs)
            if self._mapped != self.landscape.value:
                self._draw_map()
            self._start.set_data([start[0]], [start[1]])
            self._fit()
            self._show()

    def _show(self) -> None:
        """Paths and costs up to the step on the slider."""
        if self._ours:
            return
        step = self.shown.value
        with self.picture.lock:
            for name, racer in self.race.racers.items():
                taking = self.boxes[name].value
                path = np.array(racer.path[: step + 1]) if taking else np.empty((0, 2))
                self._paths[name].set_data(*path.T)
                self._balls[name].set_data(*path[-1:].T)
                heights = self._heights(racer.costs[: step + 1] if taking else [])
                self._curves[name].set_data(np.arange(len(heights)), heights)
                self._ends[name].set_data([len(heights) - 1] if taking else [], heights[-1:])
            self.picture.push()
        self._table.value = self._results(step)

    def _heights(self, costs: list[float]) -> np.ndarray:
        floor = self.race.floor
        if floor is None:
            return np.array(costs, float)
        return np.maximum(np.array(costs, float) - floor, LOWEST / 2)

    def _fit(self) -> None:
        """Limits of the costs: fixed by the start, so that they stay while the balls roll."""
        first = float(self._heights(self.race.racers["Adam"].costs[:1])[0])
        if self.race.floor is None:
            limits, scale = (-8.0, max(8.0, 1.5 * first)), "linear"
            label = "cost C"
        else:
            limits, scale = (LOWEST, 10 ** np.ceil(np.log10(max(4 * first, 1.0)))), "log"
            label = "cost above the deepest minimum"
        if (limits, scale) == self._limits:
            return
        self._limits = limits, scale
        self._costs.set_yscale(scale)
        self._costs.set_ylim(*limits)
        self._costs.set_ylabel(label, fontsize=12)
        self.picture.refresh()

    def _results(self, step: int) -> str:
        """How each racer does, as an HTML table."""
        rows = []
        for name, racer in self.race.racers.items():
            if not self.boxes[name].value:
                continue
            arrived = self.race.arrival(name)
            near = f"from step {arrived}" if arrived is not None and arrived <= step else "–"
            cost = racer.costs[min(step, racer.steps)]
            rows.append(
                f"<tr><td>{name}</td><td>{_number(cost)}</td><td>{near}</td>"
                f"<td>{self.race.words(name, step)}</td></tr>"
            )
        head = (
            f"<tr><th></th><th>cost after {step} steps</th>"
            "<th>at the deepest minimum</th><th></th></tr>"
        )
        return f'<table class="nnbook-table">{head}{"".join(rows)}</table>'

    def _draw_once(self) -> None:
        figure = self.picture.figure
        self._map = figure.add_axes((0.06, 0.13, 0.40, 0.76))
        self._costs = figure.add_axes((0.575, 0.13, 0.40, 0.76))
        tidy(self._costs, x="step")
        self._costs.set_xlim(-3, LONGEST)
        self._paths, self._balls, self._curves, self._ends = {}, {}, {}, {}
        for name, ink, line, mark in zip(RULES, INKS, LINES, MARKS, strict=True):
            look: dict[str, Any] = {"color": ink, "linestyle": line, "zorder": 4}
            (self._paths[name],) = self._map.plot(
                [], [], linewidth=1.5, marker=".", markersize=4, label=name, **look
            )
            (self._curves[name],) = self._costs.plot([], [], linewidth=1.9, **look)
            ball: dict[str, Any] = {"linestyle": "none", "mfc": ink, "mec": BLACK, "zorder": 6}
            (self._balls[name],) = self._map.plot([], [], mark, markersize=9, **ball)
            (self._ends[name],) = self._costs.plot([], [], mark, markersize=8, **ball)
        (self._start,) = self._map.plot(
            [], [], "*", mfc="white", mec=BLACK, markersize=15, linestyle="none", zorder=3
        )
        handles = [self._balls[name] for name in RULES]
        figure.legend(handles, list(RULES), loc="upper center", ncols=5, fontsize=11, frameon=False)
        self.picture.moving(
            self._start,
            self._paths.values(),
            self._balls.values(),
            self._curves.values(),
            self._ends.values(),
        )

    def _draw_map(self) -> None:
        """The contours of the landscape: drawn once for each choice."""
        draw_map(self._map, self.race.landscape)
        self._mapped = self.race.landscape.name
        self.picture.refresh()


def _number(value: float) -> str:
    return f"{value:.4g}".replace("-", "−") if abs(value) < 1e4 else "over 10,000"
