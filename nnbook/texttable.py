"""A small table of texts: HTML and markdown in a notebook, aligned columns in a terminal."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

CHINESE = re.compile(r"(?:[A-Za-z0-9]+ )?[\u3400-\u9fff]+")


class Link(str):
    """A cell that leads to `target`, the address of a file or of a heading in it."""

    target: str

    def __new__(cls, text: str, target: str) -> Link:
        link = super().__new__(cls, text)
        link.target = target
        return link


class Parts(str):
    """A cell of several texts or links: side by side, or one below the other in a notebook."""

    parts: tuple[str, ...]
    below: bool

    def __new__(cls, parts: Iterable[str], *, below: bool = False) -> Parts:
        filled = tuple(part for part in parts if part)
        cell = super().__new__(cls, ("; " if below else ", ").join(filled))
        cell.parts, cell.below = filled, below
        return cell


@dataclass(frozen=True)
class Table:
    """Rows of text under a header, an optional note below; Chinese words are marked as such."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    def __repr__(self) -> str:
        lines = [self.header, *self.rows]
        widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
        text = ["  ".join(map(padded, line, widths)).rstrip() for line in lines]
        return "\n".join(text + ([self.note] if self.note else []))

    def _repr_markdown_(self) -> str:
        rows = ["| " + " | ".join(self.header) + " |", "|" + "---|" * len(self.header)]
        for row in self.rows:
            rows.append("| " + " | ".join(marked(cell).replace("|", r"\|") for cell in row) + " |")
        return "\n".join(rows) + (f"\n\n{self.note}" if self.note else "")

    def _repr_html_(self) -> str:
        style = ' style="text-align:left;vertical-align:top;"'
        head = "".join(f'<th scope="col"{style}>{html.escape(cell)}</th>' for cell in self.header)
        body = "".join(
            "<tr>" + "".join(f"<td{style}>{marked(cell)}</td>" for cell in row) + "</tr>"
            for row in self.rows
        )
        note = f"<p>{html.escape(self.note)}</p>" if self.note else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}"


def marked(cell: str) -> str:
    """The text for HTML, its Chinese words in `<span lang="zh">` for screen readers and fonts."""
    if isinstance(cell, Parts):
        return ("<br>" if cell.below else ", ").join(map(marked, cell.parts))
    text = CHINESE.sub(r'<span lang="zh">\g<0></span>', html.escape(cell, quote=False))
    return f'<a href="{html.escape(cell.target)}">{text}</a>' if isinstance(cell, Link) else text


def width(text: str) -> int:
    """The columns that `text` takes in a terminal; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def padded(text: str, columns: int) -> str:
    """`text` followed by spaces up to so many columns."""
    return text + " " * (columns - width(text))
