"""What our own runs of the book's experiments gave: those of the package, and the reader's."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from nnbook.folders import user_folder
from nnbook.published.rows import TABLES


@dataclass(frozen=True)
class Result:
    """One run of ours: its `value` in the unit of its row, and how it came about.

    Accuracies are shares from 0 to 1. `curve` holds the value after each epoch, or for each size
    or network where the row has several; `details` further numbers by name; `seconds` are those of
    a processor; for rows of NNDL ch. 6 the fastest epoch's by the clock, times their number.
    """

    row: str
    seed: int | None
    value: float
    curve: list[float]
    seconds: float
    versions: dict[str, str]
    date: str
    details: dict[str, float] = field(default_factory=dict)

    @property
    def finished(self) -> bool:
        """Whether it ran for all its epochs, with all its networks."""
        return not any(name.endswith(" so far") for name in self.details)


def predictions_file(ledger: Path, number: str, seed: int | None) -> Path:
    """Where the predictions of one run stand beside the results file `ledger`."""
    return ledger.parent / "predictions" / f"{number}-{seed}.npz"


def predictions(number: str, seed: int = 0) -> np.ndarray:
    """Our network's classes of the 10,000 MNIST test images, (10000,), for a row of NNDL ch. 6.

    Row 6.7 has three networks: (3, 10000).

    ValueError if none are stored for this row and seed.
    """
    path = predictions_file(Path(str(TABLES / "ledger.json")), number, seed)
    if not path.is_file():
        raise ValueError(f"There are no stored predictions for row {number} with seed {seed}.")
    with np.load(path) as file:
        return file["classes"].astype(int)


def own_results() -> Path:
    """The file in the user's folder with the results of `python -m nnbook reproduce`."""
    return user_folder() / "results.json"


def stored(number: str) -> list[Result]:
    """The runs of `number` that come with the package, by seed."""
    records = json.loads((TABLES / "ledger.json").read_text(encoding="utf-8"))
    return [Result(**record) for record in records if record["row"] == number]


def own(number: str) -> list[Result]:
    """The reader's own runs of `number`, from `python -m nnbook reproduce`."""
    return [Result(**record) for record in read_results(own_results()) if record["row"] == number]


def read_results(path: Path) -> list[dict[str, Any]]:
    """The records in a results file; an absent or damaged file holds none."""
    try:
        records = json.loads(path.read_text(encoding="utf-8"))
        return [record for record in records if Result(**record)]
    except (OSError, ValueError, TypeError):
        return []
