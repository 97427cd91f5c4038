"""The book's numbers beside ours: published, stored from full runs, and live from the notebook."""

from __future__ import annotations

import csv
import html
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from nnbook.claims import Named
from nnbook.folders import user_folder

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


@dataclass(frozen=True)
class Result:
    """One run of ours: `value` is a share from 0 to 1, `curve` the same after each epoch."""

    row: str
    seed: int | None
    value: float
    curve: list[float]
    seconds: float
    versions: dict[str, str]
    date: str


@dataclass(frozen=True)
class Criterion:
    """When ours agrees with the book: with which seeds, and what their values must fulfil."""

    seeds: tuple[int | None, ...]
    holds: Callable[[Sequence[float]], bool]


# Written down before the runs that it judges. More seeds may be stored; they are shown, not judged.
CRITERIA: dict[str, Criterion] = {
    "1.1": Criterion((0, 1, 2), lambda values: max(values) >= 0.9542 - 0.006),
    "1.2": Criterion(tuple(range(10)), lambda values: max(values) >= 0.9659 - 0.006),
    "1.3": Criterion((0, 1, 2), lambda values: max(values) < 0.35),
    "1.4": Criterion((0, 1, 2), lambda values: max(values) <= 0.20),
    "1.6a": Criterion((None,), lambda values: all(value == 0.2225 for value in values)),
    "1.6b": Criterion((None,), lambda values: all(abs(v - 0.9435) <= 0.003 for v in values)),
}


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


def agrees(number: str, results: Sequence[Result]) -> bool | None:
    """Whether the runs with the criterion's seeds meet it; None if one of them is missing."""
    if number not in CRITERIA:
        return None
    criterion = CRITERIA[number]
    values = {result.seed: result.value for result in results}
    if not set(criterion.seeds) <= set(values):
        return None
    return bool(criterion.holds([values[seed] for seed in criterion.seeds]))


def compare(number: str, live: float | None = None, data: Named | None = None) -> Table:
    """The published number, our stored runs and a `live` value of one row, as a table."""
    return table([number], live={} if live is None else {number: live}, data=data)


def table(
    numbers: Sequence[str],
    live: Mapping[str, float] | None = None,
    data: Named | None = None,
) -> Table:
    """A table of several rows. `live` holds values from this notebook, shares from 0 to 1.

    Give `data` so that live values on other data than MNIST are marked as not comparable.
    """
    live = dict(live or {})
    for number in live:
        row(number)
    comparable = data is None or data.is_mnist
    lines: list[tuple[str, ...]] = []
    for number in numbers:
        published, results = row(number), stored(number)
        lines.append(
            (
                number,
                published.what,
                _setting(published),
                published.published,
                _by_seed(results) + (f"; yours: {_by_seed(own(number))}" if own(number) else ""),
                _verdict(agrees(number, results)),
                _live(live.get(number), comparable),
            )
        )
    return Table(lines)


def _setting(published: Row) -> str:
    parts = [published.network] if published.network != "-" else []
    parts += [f"η = {published.eta}"] if published.eta != "-" else []
    parts += [f"λ = {published.lambda_}"] if published.lambda_ not in ("-", "0", "") else []
    return ", ".join(parts) or "–"


def _by_seed(results: Sequence[Result]) -> str:
    return ", ".join(_percent(result.value) for result in results) or "not run yet"


def _percent(value: float) -> str:
    return f"{100 * value:.2f}"


def _verdict(answer: bool | None) -> str:
    return {True: "yes", False: "no", None: "–"}[answer]


def _live(value: float | None, comparable: bool) -> str:
    if value is None:
        return "–"
    return _percent(value) if comparable else f"{_percent(value)} (other data: not comparable)"


@dataclass(frozen=True)
class Table:
    """Lines of text with a heading; a notebook shows it as a table."""

    lines: list[tuple[str, ...]]
    heading: tuple[str, ...] = (
        "row", "experiment", "setting", "book",
        "ours, stored, % (each seed)", "agrees", "live, %",
    )  # fmt: skip

    def __str__(self) -> str:
        rows = [self.heading, *self.lines]
        wide = [max(len(line[k]) for line in rows) for k in range(len(self.heading))]
        return "\n".join(
            "  ".join(cell.ljust(width) for cell, width in zip(line, wide, strict=True)).rstrip()
            for line in rows
        )

    __repr__ = __str__

    def _repr_html_(self) -> str:
        def cells(line: Sequence[str], tag: str) -> str:
            return "".join(
                f'<{tag} style="text-align:left">{html.escape(cell)}</{tag}>' for cell in line
            )

        body = "".join(f"<tr>{cells(line, 'td')}</tr>" for line in self.lines)
        head = f"<tr>{cells(self.heading, 'th')}</tr>"
        return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"
