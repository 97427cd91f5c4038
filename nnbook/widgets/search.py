"""The search explorer: trials arrive one by one, with the best so far, importance and slices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ipywidgets as W
import numpy as np

from nnbook.explore.search import Exploration
from nnbook.explore.settings import digits_given
from nnbook.plots.style import BLACK, BLUE, COLOURS, GREY, LINES, ORANGE, tidy
from nnbook.search import LABELS, SAMPLERS, SPACE
from nnbook.search.table import REPEATS
from nnbook.widgets import controls, live
from nnbook.widgets.panel import Panel
from nnbook.widgets.picture import Picture
from nnbook.widgets.worker import Worker

PAUSE = 0.15  # seconds between two stored trials
EXAMPLE = 20  # trials in the still picture of a widget that nobody has touched
BEST = (80, 96)  # the accuracies in % that the picture of the best shows
NAMES = {"grid": "grid", "random": "random", "bayesian": "Bayesian (TPE)"}
WORDS = (
    "Search explorer: a menu of samplers and one of searches, buttons to play and stop, the best "
    "accuracy so far, the importance of each hyper-parameter, and what each setting reached."
)


class SearchExplorer(Panel):
    """`exploration` is the logic behind it; the menus, the slider and the buttons are attributes.

    `play`, `stop`, `reset` do what the buttons do. `data` are `Digits` for live searches.
    """

    def __init__(self, data: Any = None) -> None:
        self.exploration = Exploration(digits_given(data))
        self._ours = False  # True while our own code moves the slider
        samplers = [(NAMES[name], name) for name in SAMPLERS]
        self.sampler = controls.choice("sampler", samplers, "random")
        digits = self.exploration.digits.name
        searches = [(f"stored, MNIST, repeat {k}", ("stored", k)) for k in range(REPEATS)]
        searches.append((f"live, on {digits}", ("live", 0)))
        self.search = controls.choice("search", searches)
        self.trials = controls.whole_slider("trials shown", 0, 0, self.exploration.total)
        self.play_button = controls.button("Play", main=True)
        self.stop_button = controls.button("Stop")
        self.reset_button = controls.button("Reset")
        self.worker = Worker(self.guard, self.play_button, self.stop_button)
        self._words, self._table = W.HTML(), W.HTML()
        self.picture = Picture(
            9.6,
            5.4,
            alt="Top left, the accuracy of each trial and the best so far; top right, the "
            "importance of each hyper-parameter; below, accuracy against each setting.",
        )
        self._draw_once()
        columns = controls.side_by_side(W.VBox([self.sampler, self.search]), self.trials)
        buttons = W.HBox([self.play_button, self.stop_button, self.reset_button])
        super().__init__(
            [columns, buttons, self._words, self.picture.image, self._table], words=WORDS
        )
        self.watch(self.sampler, self._chosen)
        self.watch(self.search, self._chosen)
        self.watch(self.trials, self._slid)
        self.click(self.play_button, self.play)
        self.click(self.stop_button, self.stop)
        self.click(self.reset_button, self.reset)
        self._show()
        live.succeed(self)

    # ---- what the reader does ------------------------------------------------------------------

    def play(self) -> None:
        """Go on with the trials that are not shown yet, from the first one after the last."""
        if self.worker.busy:
            return
        if self.exploration.shown == self.exploration.total:
            self.exploration.show(0)
        self.worker.start(self._roll(), PAUSE if self.exploration.source == "stored" else 0)

    def stop(self) -> None:
        """Rest after the trial at hand; Play goes on from there."""
        self.worker.stop(None)

    def reset(self) -> None:
        """Back to the beginning of this search; live trials are kept, and shown again by Play."""
        self.stop()
        self.exploration.show(0)
        self._show()

    def _chosen(self) -> None:
        self.stop()
        self.exploration.choose(self.sampler.value, *self.search.value)
        self._show()

    def _slid(self) -> None:
        # A slider that we moved comes back from the browser: that is no new wish.
        if self._ours or self.trials.value == self.exploration.shown:
            return
        self.stop()
        self.exploration.show(self.trials.value)
        self._show()

    def _roll(self) -> Iterator[None]:
        """One trial after another until the last."""
        while self.exploration.advance():
            self._show()
            yield

    # ---- what is shown -------------------------------------------------------------------------

    def still(self) -> bytes:
        """The trials shown; before the first, what the first `EXAMPLE` stored ones look like."""
        now = self.exploration
        with self.picture.lock:
            if now.shown == 0:
                self.exploration = Exploration(now.digits)
                self.exploration.show(EXAMPLE)
            try:
                self._place()
                shown = self.exploration
                return self.picture.still(
                    f"sampler {NAMES[shown.sampler]}, {shown.source} search, repeat "
                    f"{shown.repeat}, {shown.shown} of {shown.total} trials shown"
                )
            finally:
                self.exploration = now
                self._place()

    def _show(self) -> None:
        with self.picture.lock:
            self._ours = True
            try:
                self.trials.value = self.exploration.shown
            finally:
                self._ours = False
            self._place()
            self.picture.push()
        self._words.value = f'<div role="status">{self.exploration.words}</div>'
        found = self.exploration.results
        self._table.value = found.table(5)._repr_html_() if found.trials else ""

    def _place(self) -> None:
        """Everything that moves where it belongs; nothing is sent yet."""
        found = self.exploration.results
        values = 100 * found.values
        pruned = np.array([trial.state == "pruned" for trial in found.trials], bool)
        number = np.arange(1, len(found) + 1)
        self._line.set_data(number, 100 * found.best_so_far)
        others = self.exploration.others
        for sampler, ghost in self._ghosts.items():
            curve = others.get(sampler, np.array([]))
            ghost.set_data(np.arange(1, len(curve) + 1), 100 * curve)
        best = int(values.argmax()) if len(values) else None
        for name, places in [("", number), *found.settings.items()]:
            complete, given_up, star = self._dots[name]
            complete.set_data(places[~pruned], values[~pruned])
            given_up.set_data(places[pruned], values[pruned])
            star.set_data(*([], []) if best is None else ([places[best]], [values[best]]))
        mark, shares = self.exploration.importance
        self._when.set_text(f"after {mark} trials" if mark else "from the 10th trial on")
        for name, bar in self._bars.items():
            share = 100 * shares.get(name, 0.0)
            bar.set_width(share)
            self._shares[name].set_text(f"{share:.0f} %" if shares else "")
            self._shares[name].set_x(share + 2)

    def _draw_once(self) -> None:
        figure = self.picture.figure
        best = figure.add_axes((0.075, 0.585, 0.47, 0.36))
        tidy(best, title="Best validation accuracy so far", x="trial", y="in %")
        total = self.exploration.total
        best.set(xlim=(0, 1.6 * total), ylim=BEST)  # room for the legend at the right
        best.set_xticks(range(0, total + 1, 5))
        self._dots: dict[str, Any] = {"": _dots(best)}
        (self._line,) = best.step([], [], where="post", color=BLACK, lw=2.2, zorder=3)
        self._ghosts = {}
        for k, sampler in enumerate(SAMPLERS):
            (ghost,) = best.step([], [], where="post", color=COLOURS[k], ls=LINES[k + 1], lw=1.6)
            ghost.set_label(NAMES[sampler])
            self._ghosts[sampler] = ghost
        best.legend(fontsize=10, frameon=False, loc="center right", title="seen before")

        axes = figure.add_axes((0.755, 0.585, 0.225, 0.36))
        tidy(axes, title="Importance", x="share in %", grid=False)
        names = list(SPACE)[::-1]
        bars = axes.barh(range(len(names)), [0] * len(names), color=BLUE, height=0.6)
        self._bars = dict(zip(names, bars, strict=True))
        self._shares = {
            name: axes.text(2, k, "", va="center", fontsize=11) for k, name in enumerate(names)
        }
        axes.set_yticks(range(len(names)), [LABELS[name] for name in names], fontsize=11)
        axes.set(xlim=(0, 125), xticks=[0, 50, 100])
        self._when = axes.text(
            1, 1.05, "", transform=axes.transAxes, ha="right", fontsize=10, color=GREY
        )

        for k, name in enumerate(SPACE):
            axes = figure.add_axes((0.075 + 0.31 * k, 0.1, 0.285, 0.34))
            tidy(axes, x=LABELS[name], y="accuracy in %" if k == 0 else "")
            range_: Any = SPACE[name]
            axes.set(xscale="log", ylim=(0, 100))
            axes.set_xlim(range_.low * 0.7, range_.high * 1.4)
            axes.xaxis.set_major_formatter("{x:g}")
            if k:
                axes.tick_params(labelleft=False)
            self._dots[name] = _dots(axes)
        moving = [self._line, self._when, *self._ghosts.values(), *bars, *self._shares.values()]
        self.picture.moving(*moving, *(dot for dots in self._dots.values() for dot in dots))


def _dots(axes: Any) -> tuple[Any, Any, Any]:
    """Artists for complete trials, for trials given up early, and for the best one."""
    look: dict[str, Any] = {"linestyle": "none", "markersize": 6.5}
    (complete,) = axes.plot([], [], "o", mfc=BLUE, mec="white", mew=0.6, zorder=4, **look)
    (given_up,) = axes.plot([], [], "o", mfc="white", mec=GREY, mew=1.4, zorder=3, **look)
    (star,) = axes.plot([], [], "*", color=ORANGE, mec=BLACK, mew=0.6, markersize=15, zorder=5)
    return complete, given_up, star
