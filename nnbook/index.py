"""The whole glossary as a notebook shows it: by English and by Chinese words, with letters to
jump to, and links to the chapters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

from nnbook import pinyin
from nnbook.glossary import Term, terms
from nnbook.places import Places
from nnbook.texttable import Link, Parts, Table

Row = tuple[str, ...]

ENGLISH = ("term · letter · shape · code", "Chinese, other names", "meaning", "chapter")
CHINESE = ("Chinese", "English")
CHARACTER = re.compile(r"[\u3400-\u9fff]")
STYLE = """<style>
.nnbook-english table { width: 100%; table-layout: fixed; }
.nnbook-english td { overflow-wrap: break-word; }
.nnbook-english td:first-child::first-line { font-weight: bold; }
.nnbook-english th:nth-child(1) { width: 25%; }
.nnbook-english th:nth-child(2) { width: 20%; }
.nnbook-english th:nth-child(4) { width: 9%; }
.nnbook-chinese .letters { columns: 2; }
.nnbook-chinese h3 { break-after: avoid; }
.nnbook-chinese td:nth-child(1) { min-width: 9em; }
</style>"""


class Index:
    """Rows under a header, in a table for each letter of the alphabet; `name` is its own."""

    def __init__(
        self, name: str, header: Row, rows: Iterable[Row], letter: Callable[[Row], str]
    ) -> None:
        self.name, self.header = name, header
        self.letters = {key: Table(header, tuple(group)) for key, group in groupby(rows, letter)}

    def __repr__(self) -> str:
        rows = (row for table in self.letters.values() for row in table.rows)
        return repr(Table(self.header, tuple(rows)))

    def _repr_markdown_(self) -> str:
        parts = [f"**{key}**\n\n{one._repr_markdown_()}" for key, one in self.letters.items()]
        return "\n\n".join(parts)

    def _repr_html_(self) -> str:
        jumps = " · ".join(f'<a href="#{self.name}-{key}">{key}</a>' for key in self.letters)
        tables = "".join(
            f'<h3 id="{self.name}-{key}">{key}</h3>{table._repr_html_()}'
            for key, table in self.letters.items()
        )
        inside = f'<p>{jumps}</p><div class="letters">{tables}</div>'
        return f'{STYLE}<div class="nnbook-{self.name}">{inside}</div>'


def english(folder: Path | str = ".") -> Index:
    """Every term with all that is known of it, and its other English names, which point to it.

    `folder` holds the notebooks that are linked to.
    Where the notebooks are not there, the chapters are numbers without links.
    """
    places = Places(Path(folder))
    rows = {one.english: entry(one, places) for one in terms()}
    for one in terms():
        for name in (*one.renderings, *re.findall(r"\((.*)\)", one.english)):
            if name not in rows and not CHARACTER.search(name):
                rows[name] = (name, "", f"See {one.english}.", Parts(links(one, places)))
    ordered = [rows[name] for name in sorted(rows, key=str.casefold)]
    return Index("english", ENGLISH, ordered, lambda row: row[0][0].upper())


def entry(one: Term, places: Places) -> Row:
    code = one.code and f"nnbook.{one.code}"
    known = " · ".join(filter(None, (one.symbol, one.shape, code)))
    names = Parts((one.english, known), below=True)
    chinese = Parts((one.chinese, one.other), below=True)
    return names, chinese, one.definition, Parts(links(one, places))


def links(one: Term, places: Places) -> Iterator[str]:
    """The numbers of its chapters, each a link to where the chapter introduces it."""
    for number in one.chapters:
        target = places.target(one, number)
        yield Link(f"{number:02d}", target) if target else f"{number:02d}"


def chinese() -> Index:
    """Every Chinese name, the less usual ones too with their remarks, in the order of pinyin."""
    pairs: dict[str, list[str]] = {}
    for one in terms():
        for name, remark in ((one.chinese, ""), *one.others):
            if CHARACTER.search(name):
                pairs.setdefault(name, []).append(f"{one.english} {remark}".strip())
    names = sorted(pairs, key=lambda name: (pinyin.initial(name), pinyin.key(name)))
    rows = [(name, ", ".join(pairs[name])) for name in names]
    return Index("chinese", CHINESE, rows, lambda row: pinyin.initial(row[0]))
