"""The terms of the book in English and Chinese, each with its meaning (`tables/glossary.csv`)."""

from __future__ import annotations

import csv
import difflib
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

from nnbook.checks import whole
from nnbook.texttable import Table, marked

REMARK = re.compile(r"(.+?)(?: (\(.*\)))?")  # a further name and what stands behind it
NEAR = 0.7  # how alike two words must be, from 0 to 1, to be mistaken for one another


@dataclass(frozen=True)
class Term:
    """One term. `other` are further names in both languages, `chapters` the ones that explain it.

    `symbol` is its letter in the equations, `code` its name in the package and `shape` the shape
    of its array there, in the letters of `nnbook.notation` (each "" if there is none).
    """

    english: str
    chinese: str
    other: str
    symbol: str
    code: str
    chapters: tuple[int, ...]
    definition: str
    shape: str

    @property
    def chapter(self) -> int:
        """The chapter that needs it first."""
        return self.chapters[0]

    @property
    def renderings(self) -> tuple[str, ...]:
        """Its Chinese name and the further names, without remarks."""
        return (self.chinese, *(name for name, _ in self.others))

    @property
    def others(self) -> tuple[tuple[str, str], ...]:
        """The further names, each with the remark in brackets behind it ("" if there is none)."""
        parts = (REMARK.fullmatch(part.strip()) for part in self.other.split(";"))
        return tuple((part[1], part[2] or "") for part in parts if part)

    def __repr__(self) -> str:
        symbol = f" [{self.symbol}]" if self.symbol else ""
        return f"{self.english} ({self.chinese}){symbol}: {self.definition}"

    def _repr_markdown_(self) -> str:
        chinese = f'<span lang="zh">{self.chinese}</span>'
        also = f"; also {marked(self.other)}" if self.other else ""
        symbol = f"; letter {self.symbol}" if self.symbol else ""
        shape = f" Shape: `{self.shape}`." if self.shape else ""
        code = f" In the package: `nnbook.{self.code}`." if self.code else ""
        numbers = ", ".join(f"{number:02d}" for number in self.chapters)
        where = f" Chapter{'s' if len(self.chapters) > 1 else ''} {numbers}."
        names = f"**{self.english}** ({chinese}{also}{symbol})"
        return f"{names}: {self.definition}{shape}{code}{where}"


@functools.cache
def terms() -> tuple[Term, ...]:
    """All terms in the order of the table."""
    text = resources.files("nnbook").joinpath("tables/glossary.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), restval="")
    return tuple(Term(chapters=_numbers(row.pop("chapter")), **row) for row in rows)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split()))


def term(name: str) -> Term:
    """The term with that name in either language; capitals and additions in brackets do not matter.

    What one term is usually called comes before what another is also called.

    TypeError if `name` is no text, ValueError, with the nearest names, if there is no such term.
    """
    if not isinstance(name, str):
        raise TypeError(f'name must be a text such as "weight", but it is {name!r}.')
    known = {other.casefold(): one for one in reversed(terms()) for other in one.renderings}
    known |= {key: one for one in reversed(terms()) for key in keys(one)}
    wanted = name.strip().casefold()
    if wanted in known:
        return known[wanted]
    near = difflib.get_close_matches(wanted, [one.english.casefold() for one in terms()], 3, NEAR)
    near += [key for key in known if len(wanted) > 2 and wanted in key and key not in near][:3]
    advice = f"Near it: {', '.join(near)}." if near else "glossary.table() shows all."
    raise ValueError(f"The glossary has no term {name!r}. {advice}")


def keys(one: Term) -> Iterator[str]:
    """The names under which a term is found: English as a whole and in parts, Chinese."""
    english = one.english.casefold()
    yield english
    inside = re.search(r"\((.*)\)", english)
    if inside:
        yield re.sub(r"\s*\(.*\)", "", english)
        yield inside[1]
    yield one.chinese.casefold()


def table(chapter: int | None = None) -> Table:
    """The terms of one chapter, or all in alphabetical order, as a table that a notebook shows.

    TypeError unless `chapter` is a whole number, ValueError if it has no terms.
    """
    if chapter is None:
        chosen = sorted(terms(), key=lambda one: one.english.casefold())
    else:
        whole("chapter", chapter, low=0)
        chosen = [one for one in terms() if chapter in one.chapters]
    if not chosen:
        known = ", ".join(f"{n:02d}" for n in sorted({n for one in terms() for n in one.chapters}))
        raise ValueError(f"chapter {chapter} has no terms; the chapters with terms are {known}.")
    header = ("English", "Chinese", "other names", "symbol", "meaning")
    rows = tuple((t.english, t.chinese, t.other, t.symbol, t.definition) for t in chosen)
    return Table(header, rows)
