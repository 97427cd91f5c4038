"""The book's published numbers, a row for each experiment."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib import resources

TABLES = resources.files("nnbook") / "tables"


@dataclass(frozen=True)
class Row:
    """One published experiment: what was done, what came out, when ours agrees.

    The fields are the columns of `tables/published_results.csv`, all texts, as published.
    """

    id: str
    book_chapter: str
    what: str
    network: str
    activation: str
    cost: str
    init: str
    eta: str
    lambda_: str
    batch: str
    epochs: str
    training_images: str
    measured_on: str
    published: str
    criterion: str
    note: str

    @property
    def is_share(self) -> bool:
        """Whether its number is a share, such as an accuracy, and not a cost or a ratio."""
        return "accuracy" in self.measured_on or "images" in self.measured_on


def rows() -> dict[str, Row]:
    """All published experiments by their number."""
    with (TABLES / "published_results.csv").open(encoding="utf-8") as file:
        return {record["id"]: Row(**_renamed(record)) for record in csv.DictReader(file)}


def _renamed(record: dict[str, str]) -> dict[str, str]:
    return {"lambda_" if key == "lambda" else key: value for key, value in record.items()}


def row(number: str) -> Row:
    """The published experiment `number`, such as "1.1"; KeyError that lists what there is."""
    known = rows()
    if number not in known:
        raise KeyError(f"There is no published row {number!r}. There are {', '.join(known)}.")
    return known[number]
