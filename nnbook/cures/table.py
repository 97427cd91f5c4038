"""The measured cures as they come with the package: every run, epoch by epoch.

`tables/cures.csv` was written by `python -m nnbook cures`, on MNIST.
"""

from __future__ import annotations

import csv
import functools
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import numpy as np

from nnbook import files
from nnbook.checks import one_of
from nnbook.cures.measure import CURES, EPOCHS, RATES, SIZES, Moment
from nnbook.texttable import Table

TABLE = resources.files("nnbook") / "tables" / "cures.csv"
LAYERS = tuple(f"speed_{n}" for n in range(1, len(SIZES) - 1))
COLUMNS = ("cure", "learning_rate", "seed", "epoch", "validation", "test", *LAYERS)


@dataclass(frozen=True)
class Run:
    """One training: its settings, and its `moments` from the start to the last epoch."""

    cure: str
    learning_rate: float
    seed: int
    moments: Sequence[Moment]

    @property
    def complete(self) -> bool:
        """False if the run diverged before its budget was spent."""
        return self.moments[-1].epoch == EPOCHS

    @property
    def validation(self) -> float:
        """The validation accuracy at the end, 0 to 1."""
        return self.moments[-1].validation


def stored(cure: str, learning_rate: float | None = None) -> list[Run]:
    """The runs of one of `CURES`, by seed, with its best learning rate or another of `RATES`.

    ValueError for a cure or a rate that was not measured.
    """
    one_of("cure", cure, CURES)
    runs = _all()
    rate = best_rate(cure, runs) if learning_rate is None else learning_rate
    if rate not in RATES:
        known = ", ".join(f"{value:g}" for value in RATES)
        raise ValueError(f"learning_rate must be one of {known}, but it is {rate!r}.")
    return [one for one in runs if (one.cure, one.learning_rate) == (cure, rate)]


def comparison() -> Table:
    """Each cure with its best learning rate: accuracies on the test images, ratios of speeds.

    The accuracy after the first epoch with labels is a mean, the ratios are medians of the seeds.
    """
    header = (
        "start", "η", "after one epoch", "at the end, each seed", "mean",
        "speed of the last hidden layer over the first, at the start", "at the end",
    )  # fmt: skip
    rows = []
    for name in CURES:
        runs = stored(name)
        ends = [one.moments[-1].test for one in runs]
        first, last = (np.median([one.moments[k].ratio for one in runs]) for k in (0, -1))
        rows.append(
            (
                name,
                f"{runs[0].learning_rate:g}",
                f"{np.mean([one.moments[1].test for one in runs]):.1%}",
                ", ".join(f"{end:.2%}" for end in ends),
                f"{np.mean(ends):.2%}",
                f"{first:.1f}",
                f"{last:.2f}",
            )
        )
    return Table(header, tuple(rows))


def best_rate(cure: str, runs: Sequence[Run]) -> float:
    """The η whose runs have the highest mean validation accuracy at the end."""
    means = {
        rate: np.mean([
            one.validation for one in runs if (one.cure, one.learning_rate) == (cure, rate)
        ])
        for rate in sorted({one.learning_rate for one in runs if one.cure == cure})
    }  # fmt: skip
    return max(means, key=lambda rate: means[rate])


@functools.cache
def _all() -> tuple[Run, ...]:
    return tuple(read(TABLE))


def read(table: Traversable | Path) -> list[Run]:
    """All runs in a table, in its order."""
    moments: dict[tuple[str, float, int], list[Moment]] = {}
    with table.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            key = row["cure"], float(row["learning_rate"]), int(row["seed"])
            moments.setdefault(key, []).append(
                Moment(
                    int(row["epoch"]),
                    float(row["validation"]),
                    float(row["test"]),
                    tuple(float(row[layer]) for layer in LAYERS),
                )
            )
    return [Run(*key, several) for key, several in moments.items()]


def write(path: Path, runs: Iterable[Run]) -> None:
    """Write `runs` as a table that `read` reads; an older table stays until this is whole."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(COLUMNS)
    for one in runs:
        for at in one.moments:
            accuracies = f"{at.validation:.4f}", f"{at.test:.4f}"
            speeds = (f"{speed:.4g}" for speed in at.speeds)
            setting = one.cure, f"{one.learning_rate:g}", one.seed, at.epoch
            lines.writerow((*setting, *accuracies, *speeds))
    files.replace(path, text.getvalue().encode())
