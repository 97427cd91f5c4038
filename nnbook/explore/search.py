"""A search watched trial by trial: a stored one played back, or a live one (NNDL ch. 3)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nnbook import checks
from nnbook.data.dataset import Digits
from nnbook.search import LABELS, SAMPLERS, SPACE, DigitsObjective, Results, Study, Trial, stored
from nnbook.search.table import REPEATS, TRIALS

SOURCES = ("stored", "live")
MARKS = (10, 20, 30)  # after so many trials the importance is told: it takes half a second
SHORT = {"learning_rate": "η", "lambda_": "λ", "batch_size": "m"}


class Exploration:
    """Searches over learning rate, λ and mini-batch size; `shown` trials of one are looked at.

    A search is known by `sampler` ("grid", "random", "bayesian"), `source` and `repeat` (0 to 4,
    its seed). "stored" are the searches that come with the package, on MNIST; "live" ones train
    on `digits`, trial by trial, and go on where they were left.
    """

    def __init__(self, digits: Digits) -> None:
        self.digits = checks.instance("digits", digits, Digits, "load_mnist()")
        self.sampler, self.source, self.repeat = "random", "stored", 0
        self.shown = 0
        self.total = TRIALS
        self._live: dict[tuple[str, int], tuple[Study, Iterator[Trial]]] = {}
        self._furthest: dict[tuple[str, str, int], int] = {}
        self._shares: dict[tuple[str, str, int, int], dict[str, float]] = {}

    def choose(self, sampler: str, source: str, repeat: int) -> None:
        """Look at another search, from its beginning; ValueError if there is none."""
        checks.one_of("sampler", sampler, SAMPLERS)
        checks.one_of("source", source, SOURCES)
        checks.whole("repeat", repeat, low=0, high=REPEATS - 1)
        self.sampler, self.source, self.repeat = sampler, source, repeat
        self.shown = 0

    def show(self, count: int) -> None:
        """Look at the first `count` trials, or at all there are if there are fewer."""
        checks.whole("count", count, low=0, high=self.total)
        self.shown = min(count, len(self.everything))
        self._remember()

    def advance(self) -> bool:
        """One trial more; a live one is trained now. Whether there was one."""
        if self.shown == len(self.everything) and not self._train():
            return False
        self.shown += 1
        self._remember()
        return True

    @property
    def everything(self) -> Results:
        """All trials of this search that are there: 30 stored ones, or the live ones so far."""
        return self._all(self.sampler)

    @property
    def results(self) -> Results:
        """The trials that are shown."""
        everything = self.everything
        return Results(SPACE, everything.trials[: self.shown], everything.title)

    @property
    def others(self) -> dict[str, np.ndarray]:
        """The best so far in the same repeat for the other samplers, as far as it was seen."""
        curves = {}
        for sampler in SAMPLERS:
            seen = self._furthest.get((sampler, self.source, self.repeat), 0)
            if sampler != self.sampler and seen:
                curves[sampler] = self._all(sampler).best_so_far[:seen]
        return curves

    @property
    def importance(self) -> tuple[int, dict[str, float]]:
        """(trials, shares) at the last of `MARKS` that was passed; (0, {}) before the first."""
        mark = max((mark for mark in MARKS if mark <= self.shown), default=0)
        if mark == 0:
            return 0, {}
        key = (self.sampler, self.source, self.repeat, mark)
        if key not in self._shares:
            first = Results(SPACE, self.everything.trials[:mark])
            self._shares[key] = first.importance() if np.ptp(first.values) else {}
        return mark, self._shares[key]

    @property
    def words(self) -> str:
        """The last trial shown and the best so far, in a sentence each."""
        results = self.results
        if not results.trials:
            return "No trial yet: press Play."
        last, best = results.trials[-1], results.best
        how = "complete" if last.state == "complete" else f"given up after epoch {last.epochs}"
        return (
            f"Trial {last.number + 1} of {self.total}: {_settings(last)} reached {last.value:.2%}, "
            f"{how}. Best so far: {best.value:.2%} in trial {best.number + 1}, {_settings(best)}."
        )

    def _all(self, sampler: str) -> Results:
        if self.source == "stored":
            return stored(sampler, self.repeat)
        found = self._live.get((sampler, self.repeat))
        return found[0].results if found else Results(SPACE, [])

    def _train(self) -> bool:
        """Do one more live trial; whether there was one to do."""
        if self.source == "stored":
            return False
        key = (self.sampler, self.repeat)
        if key not in self._live:
            study = Study(SPACE, sampler=self.sampler, seed=self.repeat)
            objective = DigitsObjective(self.digits, seed=self.repeat)
            self._live[key] = study, study.run(objective, self.total)
        return next(self._live[key][1], None) is not None

    def _remember(self) -> None:
        key = (self.sampler, self.source, self.repeat)
        self._furthest[key] = max(self.shown, self._furthest.get(key, 0))


def _settings(trial: Trial) -> str:
    return ", ".join(f"{SHORT[name]} = {trial.settings[name]:.3g}" for name in LABELS)
