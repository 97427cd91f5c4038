"""The words of the exercises: reads a chapter's markdown file into one `Words` object an exercise.

The file's form: `# 1.3 Title` and the statement; then sections `## Starter`, `## Hint` (several),
`## Solution`, `## Right` (what to notice, optional) and `## Wrong: name` (foreseen mistakes). Code
stands in ```python fences. An exercise without a starter is for discussion.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
CODE = re.compile(r"```python\n(.*?)```", re.DOTALL)


@dataclass(frozen=True)
class Mistaken:
    """A foreseen wrong answer: its `name`, the `code` that gives it, and what it is told."""

    name: str
    code: str
    message: str


@dataclass(frozen=True)
class Words:
    """All that an exercise says. `wrong` maps a mistake's name to the mistake."""

    id: str
    title: str
    statement: str
    starter: str = ""
    hints: tuple[str, ...] = ()
    code: str = ""
    explanation: str = ""
    right: str = ""
    wrong: dict[str, Mistaken] = field(default_factory=dict)

    @property
    def for_discussion(self) -> bool:
        return not self.starter

    @property
    def name(self) -> str:
        """The Python name of the answer: the function's own, or `answer` for a value."""
        match = re.search(r"^def (\w+)", self.starter, re.MULTILINE)
        return match[1] if match else "answer"

    @property
    def parameters(self) -> tuple[str, ...] | None:
        """The parameters of the function to be written; None when a value is to be handed in."""
        match = re.search(r"^def \w+\((.*)\)", self.starter, re.MULTILINE)
        return tuple(match[1].split(", ")) if match else None

    def answer(self, code: str) -> Any:
        """Run `code` (a solution or a mistake) and return the answer that it defines."""
        namespace: dict[str, Any] = {}
        exec(compile(code, f"<exercise {self.id}>", "exec"), namespace)
        return namespace[self.name]


def chapters() -> dict[int, Path]:
    """The chapter numbers that have exercises, with their files."""
    return {int(path.stem[-2:]): path for path in sorted(FOLDER.glob("chapter_[0-9][0-9].md"))}


def read_chapter(path: Path) -> dict[str, Words]:
    """The exercises of one file in their order, by id."""
    blocks = re.split(r"^# (?=\d)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    exercises = [read_exercise(block) for block in blocks]
    return {words.id: words for words in exercises}


def read_exercise(block: str) -> Words:
    """One exercise: `block` begins with its id and title. ValueError for an unknown section."""
    head, *sections = re.split(r"^## ", block, flags=re.MULTILINE)
    title, _, statement = head.partition("\n")
    number, _, title = title.partition(" ")
    found: dict[str, Any] = {"hints": [], "wrong": {}}
    for section in sections:
        heading, _, body = section.partition("\n")
        kind, _, name = heading.partition(": ")
        match kind:
            case "Starter":
                found["starter"], _ = split_code(body)
            case "Hint":
                found["hints"].append(body.strip())
            case "Solution":
                found["code"], found["explanation"] = split_code(body)
            case "Right":
                found["right"] = body.strip()
            case "Wrong":
                found["wrong"][name] = Mistaken(name, *split_code(body))
            case _:
                raise ValueError(f"Exercise {number} has a section {heading!r} that is not known.")
    found["hints"] = tuple(found["hints"])
    return Words(number, title.strip(), statement.strip(), **found)


def split_code(body: str) -> tuple[str, str]:
    """The code of the first fence, and all the text around it."""
    match = CODE.search(body)
    return (match[1], CODE.sub("", body, count=1).strip()) if match else ("", body.strip())
