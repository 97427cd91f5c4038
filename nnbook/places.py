"""Where the chapters introduce the terms of the glossary, read from the notebooks themselves."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from nnbook import sections
from nnbook.glossary import Term, keys

CHINESE = re.compile(r'<span lang="zh">([^<]*)</span>')
HEADING = re.compile(r"#{1,6} +(.+?)\s*$")
BACK_MATTER = (
    "Summary",
    "What to take home",
    "Words of",
    "中文小结",
    "Where it stands",
    "Glossary",
)


@dataclass(frozen=True)
class Line:
    """A line of a notebook's text under its last `heading`; `notebook` has no .ipynb."""

    notebook: str
    heading: str
    text: str


class Places:
    """The notebooks of `folder`. A folder without them is none to worry about: it has no places."""

    def __init__(self, folder: Path) -> None:
        order = list(dict.fromkeys(one.notebook for one in sections.passages()))
        paths = [folder / f"{name}.ipynb" for name in order]
        self.lines: dict[int, list[Line]] = {}
        for path in filter(Path.is_file, paths):
            self.lines.setdefault(int(path.stem[:2]), []).extend(read(path))

    def target(self, term: Term, chapter: int) -> str:
        """The link to the heading under which the chapter introduces the term.

        The first line that carries its Chinese name counts, else the first that names it in bold,
        in its usual form, by its name in the package, or in another form. If there is none, the
        link leads to the chapter's first notebook; it is "" if the folder has none of them.
        """
        lines = self.lines.get(chapter, [])
        for says in signs(term):
            for line in lines:
                if says(line.text):
                    return sections.address(line.notebook, line.heading)
        return f"{lines[0].notebook}.ipynb" if lines else ""


def signs(term: Term) -> Iterator[Callable[[str], object]]:
    """What shows that a line introduces the term, the surest sign first."""
    names = [name for name in keys(term) if name != term.chinese.casefold()]
    yield lambda text: carries(text, term.chinese)
    yield either(r"\*\*" + pattern(name) for name in names).search
    yield either(map(pattern, names)).search
    if term.code:
        yield re.compile(rf"`{re.escape(term.code)}\b").search
    yield either(map(loose, names)).search


def read(path: Path) -> Iterator[Line]:
    """The lines of its text from the first section on, without speaker notes and back matter.

    A file that is no notebook, such as a damaged one, has no lines.
    """
    heading = ""
    try:
        cells = markdown(path)
    except (ValueError, KeyError, TypeError):
        return
    for kind, source in cells:
        if kind == "notes":
            continue
        for text in source.splitlines():
            if found := HEADING.match(text):
                heading = "" if text.startswith("# ") and not heading else found[1]
            if heading and not heading.startswith(BACK_MATTER):
                yield Line(path.stem, heading, text)


def markdown(path: Path) -> list[tuple[str, str]]:
    """(kind of slide, text) of each cell of markdown."""
    return [
        (cell["metadata"].get("slideshow", {}).get("slide_type", ""), "".join(cell["source"]))
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "markdown"
    ]


def carries(text: str, chinese: str) -> bool:
    """Whether the line has that Chinese name, marked as Chinese."""
    inside = CHINESE.findall(text)
    return any(chinese == name.strip() for one in inside for name in re.split("[,，;；、]", one))


def either(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


def pattern(name: str) -> str:
    """A name as a regular expression: with or without hyphens, in the singular or plural."""
    words = r"[\s-]+".join(map(re.escape, name.split()))
    return rf"(?<![\w-]){words}(?:e?s)?(?![\w-])"


def loose(name: str) -> str:
    """A line with the beginnings of all words of a name: underfi- is in "It underfits"."""
    words = re.findall(r"[^\W_]+", name)
    return "".join(rf"(?=.*\b{word[: max(4, len(word) - 5)]})" for word in words)
