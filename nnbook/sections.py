"""Where each section of Nielsen's book and of the four notes is treated (`tables/sections.csv`)."""

from __future__ import annotations

import csv
import functools
import re
from dataclasses import dataclass
from importlib import resources
from urllib.parse import quote

import numpy as np

from nnbook.checks import instance
from nnbook.texttable import Link, Table

TITLES = {
    "NNDL": "Neural Networks and Deep Learning",
    "note 1": "一篇博客总结深度学习与反向传播",
    "note 2": "神经网络中，梯度下降算法的具体实现原理",
    "note 3": "神经网络前向反向公式推导及说明",
    "note 4": "Nielsen-NNDL",
}

TYPESET = {
    r"\odot": "⊙",
    r"\sigma": "σ",
    "'": "′",
    "-": "−",
    r"\,": "",
}  # TeX in headings of the map


@dataclass(frozen=True)
class Passage:
    """One section of a source, and one place of this book that treats it.

    `source` is "NNDL" or "note 1" … "note 4", `part` its chapter, `title` the section.
    `notebook` is the file's name without .ipynb, `heading` the heading in it.
    """

    source: str
    part: str
    title: str
    notebook: str
    heading: str

    @property
    def chapter(self) -> int:
        """The chapter of this book."""
        return int(self.notebook[:2])

    @property
    def target(self) -> str:
        """The link from another chapter: the file, and the place in it."""
        return address(self.notebook, self.heading)


def address(notebook: str, heading: str) -> str:
    """The link to a heading of a notebook, for another notebook in the same folder."""
    place = quote(anchor(heading), safe="?!,:;'=()")
    return f"{notebook}.ipynb#{place}"


def anchor(heading: str) -> str:
    """The name that JupyterLab gives a heading: its text, formulas as typeset, "-" for spaces."""

    def typeset(formula: re.Match[str]) -> str:
        text = formula[1]
        for tex, letter in TYPESET.items():
            text = text.replace(tex, letter)
        return text

    return re.sub(r"\$([^$]*)\$", typeset, heading).replace(" ", "-")


@functools.cache
def passages() -> tuple[Passage, ...]:
    """All, in the order of the sources."""
    text = resources.files("nnbook").joinpath("tables/sections.csv").read_text(encoding="utf-8")
    return tuple(Passage(**row) for row in csv.DictReader(text.splitlines()))


def table(source: str, part: str | None = None) -> Table:
    """The sections of a source, or of one `part`, with links to the places that treat them.

    TypeError unless `source` is a text, ValueError, with the known ones, if there is none such.
    """
    instance("source", source, str, '"NNDL"')
    chosen = [one for one in passages() if one.source == source]
    if not chosen:
        known = ", ".join(map(repr, TITLES))
        raise ValueError(f"source must be one of {known}, but it is {source!r}.")
    if part is not None:
        parts = list(dict.fromkeys(one.part for one in chosen))
        chosen = [one for one in chosen if one.part == part]
        if not chosen:
            known = ", ".join(map(repr, parts))
            raise ValueError(f"part must be one of {known} in {source}, but it is {part!r}.")
    rows: list[tuple[str, ...]] = []
    before = ("", "")
    for one in chosen:
        here = one.part if one.part != before[0] else ""
        title = one.title if (one.part, one.title) != before else ""
        rows.append((here, title, f"{one.chapter:02d}", Link(one.heading, one.target)))
        before = (one.part, one.title)
    header: tuple[str, ...] = (source, "section", "chapter", "where")
    if not any(one.part for one in chosen):
        header, rows = (source, *header[2:]), [row[1:] for row in rows]
    return Table(header, tuple(rows))


def counts() -> tuple[tuple[str, ...], np.ndarray]:
    """The parts of NNDL and the notes, and how many of their sections each chapter treats.

    The array is (parts, 12), a row for each part, a column for each chapter from 00 to 11.
    """
    treated = {(label(one), one.chapter, one.part, one.title) for one in passages()}
    parts = tuple(dict.fromkeys(map(label, passages())))
    numbers = np.zeros((len(parts), 12), int)
    for part, chapter, *_ in treated:
        numbers[parts.index(part), chapter] += 1
    return parts, numbers


def label(one: Passage) -> str:
    """The part of the book, or the note, that a passage belongs to: "NNDL ch. 3", "note 1"."""
    return f"{one.source} {one.part}" if one.source == "NNDL" else one.source
