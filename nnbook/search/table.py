"""The study of chapter 06 as it comes with the package: every trial of every repeat.

`tables/search.csv` was written by `python -m nnbook study`, on MNIST.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterable
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import numpy as np

from nnbook.checks import one_of, whole
from nnbook.search.digits import SPACE
from nnbook.search.samplers import SAMPLERS
from nnbook.search.trials import Results, Trial

REPEATS, TRIALS = 5, 30
TABLE = resources.files("nnbook") / "tables" / "search.csv"
COLUMNS = ("sampler", "repeat", "number", *SPACE, "value", "epochs", "state")


def stored(sampler: str, repeat: int = 0) -> Results:
    """The 30 trials of one search: "grid", "random" or "bayesian", repeat 0 to 4.

    The repeat is the seed of the search and of the training. Of the curves only the end is there.
    ValueError for another sampler or repeat.
    """
    one_of("sampler", sampler, SAMPLERS)
    whole("repeat", repeat, low=0, high=REPEATS - 1)
    return _all()[sampler, repeat]


def best_so_far(sampler: str) -> np.ndarray:
    """The best of the first 1, 2, … 30 trials in each repeat: (5, 30), validation accuracies."""
    return np.stack([stored(sampler, repeat).best_so_far for repeat in range(REPEATS)])


@functools.cache
def _all() -> dict[tuple[str, int], Results]:
    return read(TABLE)


def read(table: Traversable | Path) -> dict[tuple[str, int], Results]:
    """The searches in a table, by sampler and repeat."""
    trials: dict[tuple[str, int], list[Trial]] = {}
    with table.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            value = float(row["value"])
            trial = Trial(
                int(row["number"]),
                {
                    "learning_rate": float(row["learning_rate"]),
                    "lambda_": float(row["lambda_"]),
                    "batch_size": int(row["batch_size"]),
                },
                value,
                row["state"],
                {int(row["epochs"]): value},
            )
            trials.setdefault((row["sampler"], int(row["repeat"])), []).append(trial)
    return {
        (sampler, repeat): Results(SPACE, several, f"{sampler}, repeat {repeat}")
        for (sampler, repeat), several in trials.items()
    }


def write(path: Path, searches: Iterable[tuple[str, int, Results]]) -> None:
    """Write (sampler, repeat, results) as a table that `read` reads."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(COLUMNS)
        for sampler, repeat, results in searches:
            for trial in results.trials:
                settings = (f"{trial.settings[name]:.6g}" for name in SPACE)
                value = f"{trial.value:.4f}"
                lines.writerow(
                    (sampler, repeat, trial.number, *settings, value, trial.epochs, trial.state)
                )
