"""A table of the book's numbers beside ours: published, stored from full runs, live."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from nnbook.claims import Named
from nnbook.published.criteria import agrees
from nnbook.published.results import Result, own, stored
from nnbook.published.rows import Row, row


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
        published, results, yours = row(number), stored(number), own(number)
        lines.append(
            (
                number,
                published.what,
                _setting(published),
                published.published,
                _by_seed(published, results)
                + (f"; yours: {_by_seed(published, yours)}" if yours else ""),
                _verdict(agrees(number, results)),
                _live(published, live.get(number), comparable),
            )
        )
    return Table(lines)


def _setting(published: Row) -> str:
    parts = [published.network] if published.network != "-" else []
    parts += [f"η = {published.eta}"] if published.eta != "-" else []
    parts += [f"λ = {published.lambda_}"] if published.lambda_ not in ("-", "0", "") else []
    return ", ".join(parts) or "–"


def shown(published: Row, result: Result) -> str:
    """The value of one run in the unit of its row: "95.30 %", "0.094", "0.07; 0.31".

    A run that is not finished says so: "99.52 % (after 12 of 40 epochs)".
    """
    several = result.curve if _several(published) else [result.value]
    return "; ".join(_number(published, value) for value in several) + _so_far(result)


def _so_far(result: Result) -> str:
    parts = [
        f"{result.details[f'{what} so far']:g} of {result.details[f'{what} planned']:g} {what}"
        for what in ("networks", "epochs")
        if f"{what} so far" in result.details
    ]
    return f" (after {', '.join(parts)})" if parts else ""


def _several(published: Row) -> bool:
    return ";" in published.published


def _number(published: Row, value: float) -> str:
    if published.is_share:
        return f"{100 * value:.2f} %"
    return f"{value:.3f}" if value < 2 else f"{value:.1f}"


def _by_seed(published: Row, results: Sequence[Result]) -> str:
    if not results:
        return "not run yet"
    if not _several(published) or len(results) == 1:
        return ", ".join(shown(published, result) for result in results)
    curves = zip(*(result.curve for result in results), strict=True)
    medians = "; ".join(_number(published, median(values)) for values in curves)
    return f"medians of {len(results)} seeds: {medians}"


def _verdict(answer: bool | None) -> str:
    return {True: "yes", False: "no", None: "–"}[answer]


def _live(published: Row, value: float | None, comparable: bool) -> str:
    if value is None:
        return "–"
    number = _number(published, value)
    return number if comparable else f"{number} (other data: not comparable)"


@dataclass(frozen=True)
class Table:
    """Lines of text with a heading; a notebook shows it as a table."""

    lines: list[tuple[str, ...]]
    heading: tuple[str, ...] = (
        "row", "experiment", "setting", "book",
        "ours, stored (each seed)", "agrees", "live",
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
