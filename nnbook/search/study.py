"""Hyper-parameter search on Optuna: grid, random, Bayesian; pruned, resumed, side by side.

One process asks Optuna for settings and tells it what came out; workers only train. So the
storage is touched by one process, and a worker that dies leaves nothing behind (NNDL ch. 3).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from nnbook import checks
from nnbook.progress import Progress
from nnbook.search.crews import Crew, crew
from nnbook.search.journal import Journal
from nnbook.search.pruning import bars
from nnbook.search.samplers import SAMPLERS, sampler
from nnbook.search.space import Range, checked_space, grid
from nnbook.search.trials import Results, Trial
from nnbook.search.work import Objective, Outcome, Task

if TYPE_CHECKING:
    import optuna

LOSSES = 3  # a trial that has lost so many workers ends the search


class Study:
    """A search over `space` that remembers its trials; `search` makes one and runs it.

    space    name → `Between`, `Whole` or `OneOf`
    sampler  "grid"      the points of a grid, in an order shuffled by `seed`
             "random"    settings drawn at random (Bergstra and Bengio 2012)
             "bayesian"  ten at random, then where earlier trials say it pays: the tree-structured
                         Parzen estimator of Optuna (Bergstra et al. 2011)
    seed     fixes the settings. The settings of trial k depend on the seed and k alone for grid
             and random; for bayesian on all trials that ended before it began, so that with
             several workers, which end in any order, they differ from run to run
    storage  a file (a journal of Optuna, "study.journal") that keeps the trials; the same call
             with the same file goes on where it stopped, also after kill -9. One file can hold
             several studies: one for each sampler and seed. None keeps them in memory

    TypeError or ValueError for a wrong argument, and if `storage` holds a study of this sampler
    and seed over another space.
    """

    def __init__(
        self,
        space: Mapping[str, Range],
        *,
        sampler: str = "random",
        seed: int = 0,
        storage: str | os.PathLike[str] | None = None,
    ) -> None:
        self.space = checked_space(space)
        import optuna

        self.sampler = checks.one_of("sampler", sampler, SAMPLERS)
        self.seed = checks.whole("seed", seed, low=0)
        self._journal = None if storage is None else Journal(storage)
        self._distributions = {name: r.distribution() for name, r in self.space.items()}
        self._grid = grid(self.space, self.seed) if sampler == "grid" else []
        self._trials: dict[int, Trial] = {}
        optuna.logging.set_verbosity(optuna.logging.WARNING)
        self._name = f"{self.sampler}, seed {self.seed}"
        if self._journal is None:
            self._study = optuna.create_study(direction="maximize")
        elif stored := self._journal.load(self._name, repr(self.space)):
            self._read(stored)

    @property
    def results(self) -> Results:
        """The trials that are finished by now, complete or pruned."""
        return Results(self.space, self._trials.values(), self._name)

    def run(
        self,
        objective: Objective,
        n_trials: int = 30,
        *,
        prune: bool = True,
        workers: int = 1,
        client: Any = None,
    ) -> Iterator[Trial]:
        """Run trials until `n_trials` are finished: an iterator that yields each as it ends.

        The arguments are those of `search`. To stop, stop asking and call `close()` on the
        iterator (a for loop that ends does it): what is finished is kept.
        """
        if not callable(objective):
            raise TypeError(
                "objective must be a function of (setting, report) that trains a network and "
                f"returns its accuracy, but it is {checks.short(objective)}."
            )
        checks.whole("n_trials", n_trials)
        if self._grid and n_trials > len(self._grid):
            raise ValueError(
                f"n_trials must be at most {len(self._grid)}, the points of this grid, but it is "
                f"{n_trials}. Give a range more points, as in Between(0.01, 10, points=5)."
            )
        checks.instance("prune", prune, bool, "True")
        return self._run(objective, n_trials, prune, crew(workers, client))

    def _run(self, objective: Objective, n_trials: int, prune: bool, crew: Crew) -> Iterator[Trial]:
        running: dict[int, optuna.Trial] = {}
        losses: Counter[int] = Counter()
        with self._journal.alone() if self._journal else nullcontext():
            self._go_on()
            try:
                while missing := [k for k in range(n_trials) if k not in self._trials]:
                    for number in [k for k in missing if k not in running]:
                        if len(running) >= crew.size:
                            break
                        running[number] = asked = self._ask(number)
                        limits = bars(self._trials.values()) if prune else {}
                        crew.start(number, Task(objective, asked.params, limits))
                    number, outcome = crew.next()
                    if outcome is None:
                        self._study.tell(running.pop(number), state=_state("FAIL"))
                        losses[number] += 1
                        _give_up_after(losses[number], number)
                        continue
                    self._tell(running.pop(number), number, outcome)
                    yield self._trials[number]
            finally:
                crew.close()
                for asked in running.values():
                    self._study.tell(asked, state=_state("FAIL"))

    # ---- Optuna --------------------------------------------------------------------------------

    def _go_on(self) -> None:
        """Read what is stored; trials that a killed process left running have failed.

        Their numbers are free again, so they are done anew.
        """
        if self._journal is None:
            return
        self._study = self._journal.load_or_create(self._name, repr(self.space))
        self._read(self._study)
        for left in self._study.get_trials(deepcopy=False, states=(_state("RUNNING"),)):
            self._study.tell(left.number, state=_state("FAIL"))

    def _read(self, study: optuna.Study) -> None:
        states = _state("COMPLETE"), _state("PRUNED")
        trials = map(_trial, study.get_trials(deepcopy=False, states=states))
        self._trials = {trial.number: trial for trial in trials}

    def _ask(self, number: int) -> optuna.Trial:
        """The settings of trial `number`: from the seed, the number and the trials so far."""
        self._study.sampler = sampler(self.sampler, self.seed, number, self._grid)
        asked = self._study.ask(self._distributions)
        asked.set_user_attr("number", number)
        return asked

    def _tell(self, asked: optuna.Trial, number: int, outcome: Outcome) -> None:
        if outcome.error is not None:
            self._study.tell(asked, state=_state("FAIL"))
            outcome.error.add_note(f"This was trial {number}, with {asked.params}.")
            raise outcome.error
        for epoch, value in outcome.curve.items():
            asked.report(value, epoch)
        asked.set_user_attr("seconds", outcome.seconds)
        if outcome.pruned:
            self._study.tell(asked, state=_state("PRUNED"))
        else:
            self._study.tell(asked, outcome.value)
        self._trials[number] = Trial(
            number,
            dict(asked.params),
            outcome.value,
            "pruned" if outcome.pruned else "complete",
            outcome.curve,
            outcome.seconds,
        )


def search(
    objective: Objective,
    space: Mapping[str, Range],
    *,
    n_trials: int = 30,
    sampler: str = "random",
    seed: int = 0,
    prune: bool = True,
    storage: str | os.PathLike[str] | None = None,
    workers: int = 1,
    client: Any = None,
    progress: bool = True,
) -> Results:
    """Look for the settings in `space` that make `objective` largest; the finished trials.

    objective  a function of (setting, report). `setting` is name → value; it trains a network
               with it, may call `report(epoch, value)` after each epoch, and returns the value
               to be made large, usually the accuracy on the validation data
    space, sampler, seed, storage   as for `Study`
    n_trials   so many are finished in the end, those that `storage` already holds among them
    prune      give up a trial when the best it has reported lies below the lower quartile of
               what the complete trials had after the same epoch: `report` then raises
               `Hopeless`, which the objective lets pass. The quartile is that at the start of
               the trial; it needs five complete trials, and the first epoch is never judged
    workers    so many trials at once, each in a process of its own. In a script the call then
               belongs under `if __name__ == "__main__":`
    client     a `dask.distributed.Client`: the trials run on its cluster instead

    Each trial computes with one BLAS thread. An exception of the objective ends the search and
    is raised; a lost worker does not, its trial is done again. After Ctrl-C
    (KeyboardInterrupt) the finished trials are in `storage`.
    """
    study = Study(space, sampler=sampler, seed=seed, storage=storage)
    trials = study.run(objective, n_trials, prune=prune, workers=workers, client=client)
    already = sum(number < n_trials for number in study._trials)
    with Progress(n_trials, "searching", shown=progress) as bar:
        bar.advance(already)
        for _ in trials:
            bar.advance()
    return study.results


def _give_up_after(losses: int, number: int) -> None:
    if losses == LOSSES:
        raise RuntimeError(
            f"The search was ended: trial {number} has lost {LOSSES} workers. They may lack "
            "memory, or not be able to start: in a script, put the call under "
            '`if __name__ == "__main__":`. Finished trials are kept in the storage.'
        )


def _state(name: str) -> optuna.trial.TrialState:
    from optuna.trial import TrialState

    return TrialState[name]


def _trial(stored: optuna.trial.FrozenTrial) -> Trial:
    state = "complete" if stored.state == _state("COMPLETE") else "pruned"
    assert stored.value is not None
    return Trial(
        stored.user_attrs["number"],
        dict(stored.params),
        stored.value,
        state,
        dict(stored.intermediate_values),
        stored.user_attrs["seconds"],
    )
