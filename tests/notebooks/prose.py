"""The prose of a chapter in pieces small enough to ask what stands beside a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat

ITEM = re.compile(r"\s*(?:[-*] |\d+\. |\|)")
HEADING = re.compile(r"#{1,6} +(.+)")
NOT_PROSE = re.compile(r"`[^`]*`|\$\$.*?\$\$|\$[^$]*\$|</?\w[^>]*>|\]\([^)]*\)", re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A paragraph, a heading, an item of a list or a row of a table, under its last `heading`.

    `spoken` says that it is a speaker note.
    """

    source: str
    heading: str
    spoken: bool

    @property
    def text(self) -> str:
        """The words only: no code, formulas, tags or addresses."""
        return NOT_PROSE.sub(" ", self.source)


def blocks(notebook: Path) -> Iterator[Block]:
    """The blocks of all markdown cells, in their order."""
    heading = ""
    for cell in nbformat.read(notebook, as_version=4).cells:
        if cell.cell_type != "markdown":
            continue
        spoken = cell.metadata.get("slideshow", {}).get("slide_type") == "notes"
        for source in split(cell.source):
            if found := HEADING.match(source):
                heading = found[1]
            yield Block(source, heading, spoken)


def split(markdown: str) -> Iterator[str]:
    """Paragraphs, and the items of lists and tables one by one."""
    for paragraph in re.split(r"\n[> ]*\n", markdown):
        piece = ""
        for line in paragraph.splitlines():
            if ITEM.match(line) and piece:
                yield piece
                piece = ""
            piece = f"{piece} {line.strip()}".strip()
        if piece:
            yield piece
