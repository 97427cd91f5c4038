"""What a search found: its trials as a table, and as arrays for plots (NNDL ch. 3)."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from nnbook.checks import whole
from nnbook.search.space import Range, Setting, Space, checked_space
from nnbook.texttable import Table

FEWEST = 4  # trials from which an importance can be told at all
SHOWN = 10  # trials in a table


@dataclass(frozen=True)
class Trial:
    """One training: `number` from 0, in the order of the start; `value` is what was reached.

    state    "complete", or "pruned" if it was given up early; `value` is then the last reported
    curve    what was reported, epoch → value
    seconds  how long it took
    """

    number: int
    settings: Setting
    value: float
    state: str
    curve: dict[int, float] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def epochs(self) -> int:
        """The last epoch that was reported, 0 if none was."""
        return max(self.curve, default=0)


class Results:
    """The finished trials of one search over `space`, in the order of their numbers.

    A notebook shows them as a table, the best first.
    """

    def __init__(self, space: Mapping[str, Range], trials: Iterable[Trial], title: str = "search"):
        self.space: Space = checked_space(space)
        self.trials = tuple(sorted(trials, key=lambda trial: trial.number))
        self.title = title

    @property
    def best(self) -> Trial:
        """The trial with the highest value, the earliest if several have it; ValueError if none."""
        if not self.trials:
            raise ValueError("No trial is finished yet, so none is the best.")
        return max(self.trials, key=lambda trial: trial.value)

    @property
    def values(self) -> np.ndarray:
        """What the trials reached: (n,)."""
        return np.array([trial.value for trial in self.trials])

    @property
    def best_so_far(self) -> np.ndarray:
        """The best of the first 1, 2, … n trials: (n,)."""
        return np.maximum.accumulate(self.values) if self.trials else np.array([])

    @property
    def settings(self) -> dict[str, np.ndarray]:
        """The settings of the trials: name → (n,)."""
        return {name: np.array([t.settings[name] for t in self.trials]) for name in self.space}

    @property
    def log(self) -> set[str]:
        """Names of the hyper-parameters that are searched in steps that multiply."""
        return {name for name, range_ in self.space.items() if getattr(range_, "log", False)}

    def importance(self) -> dict[str, float]:
        """The share of each hyper-parameter in the ups and downs of the values; they sum to 1.

        By fANOVA (Hutter, Hoos, Leyton-Brown 2014): a random forest learns the values from the
        settings, and its variance is divided among the hyper-parameters. Pruned trials count with
        the value they had. From few trials it is a rough guess, and only within the ranges that
        were searched. ValueError with fewer than 4 trials, or if all values are the same.
        """
        if len(self.trials) < FEWEST:
            raise ValueError(
                f"importance needs at least {FEWEST} finished trials, but there are "
                f"{len(self.trials)}."
            )
        if np.ptp(self.values) == 0:
            raise ValueError("importance needs values that differ, but all trials gave the same.")
        shares = _fanova(self)
        return {name: float(shares.get(name, 0.0)) for name in self.space}

    def table(self, first: int | None = SHOWN) -> Table:
        """The `first` trials in falling order of their values, None for all."""
        if first is not None:
            whole("first", first)
        ranked = sorted(self.trials, key=lambda trial: (-trial.value, trial.number))
        rows = [
            (
                str(trial.number),
                *(_shown(trial.settings[name]) for name in self.space),
                f"{trial.value:.4f}",
                str(trial.epochs),
                trial.state,
            )
            for trial in ranked[:first]
        ]
        complete = sum(trial.state == "complete" for trial in self.trials)
        pruned, left_out = len(self) - complete, len(self) - len(rows)
        note = f"{self.title}: {len(self)} trials, {complete} complete, {pruned} pruned"
        note += f"; the other {left_out} are not shown." if left_out else "."
        return Table(("trial", *self.space, "value", "epochs", "state"), tuple(rows), note)

    def __len__(self) -> int:
        return len(self.trials)

    def __repr__(self) -> str:
        return repr(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _shown(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _fanova(results: Results) -> dict[str, float]:
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    varying = [name for name, values in results.settings.items() if len(set(values)) > 1]
    study = optuna.study.create_study(
        direction="maximize", storage=optuna.storages.InMemoryStorage()
    )
    distributions = {name: results.space[name].distribution() for name in results.space}
    for trial in results.trials:
        study.add_trial(
            optuna.trial.create_trial(
                params=trial.settings, distributions=distributions, value=trial.value
            )
        )
    evaluator = optuna.importance.FanovaImportanceEvaluator(seed=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return dict(
            optuna.importance.get_param_importances(study, evaluator=evaluator, params=varying)
        )
