"""Finds an exercise by its number, and is what the reader works with: check, hint, solution."""

from __future__ import annotations

import functools
import importlib
import re
from typing import Any

from nnbook.exercises import text, view
from nnbook.exercises.judge import Checker, Result, State, judge


class Exercise:
    """One exercise. In a notebook it shows its statement; `words` holds all its texts."""

    def __init__(self, words: text.Words, checker: Checker | None) -> None:
        self.words = words
        self.checker = checker
        self.id = words.id
        self.title = words.title
        self.solved = False
        self.hints_shown = 0

    def check(self, answer: Any = ..., *more: Any) -> Result:
        """Judge `answer`: not attempted, not right yet (with a diagnosis), an error, or right."""
        from nnbook.exercises import record

        if more:
            example = self.words.name if self.words.parameters else "(w, b)"
            return Result(self.id, State.WRONG, (
                f"Hand in one thing, not {1 + len(more)}: `check({example})`. "
                + "Several values need brackets of their own." * (self.words.parameters is None)
            ).strip())  # fmt: skip
        result = judge(self.words, self.checker, answer)
        if result.state is State.RIGHT:
            self.solved = True
            record.remember(self.id)
        return result

    def hint(self) -> view.Words:
        """One hint more than the last time."""
        self.hints_shown = min(self.hints_shown + 1, len(self.words.hints))
        return view.hints(self.id, self.words.hints[: self.hints_shown], len(self.words.hints))

    def solution(self) -> view.Words:
        """One way to solve it, with a short explanation."""
        return view.solution(self.id, self.words.code, self.words.explanation)

    @property
    def starter(self) -> str:
        """The code of a notebook cell in which the reader begins."""
        return f'{self.words.starter}\nexercise("{self.id}").check({self.words.name})'

    def __repr__(self) -> str:
        return f"Exercise {self.id}: {self.title}"

    def _repr_markdown_(self) -> str:
        return f"**{self!r}**\n\n{self.words.statement}"


def exercise(number: str) -> Exercise:
    """The exercise with that number, such as "1.3" (chapter 01, third exercise).

    TypeError if `number` is no text, ValueError if there is no such exercise.
    """
    if not isinstance(number, str):
        raise TypeError(
            f'number must be a text such as "1.3", in quotes, but it is {number!r} without them.'
        )
    match = re.fullmatch(r"\s*(\d+)\.(\d+)\s*", number)
    if not match:
        raise ValueError(f'number must look like "1.3" (chapter.exercise), but it is {number!r}.')
    chapter, key = int(match[1]), f"{int(match[1])}.{int(match[2])}"
    if chapter not in text.chapters():
        known = ", ".join(f"{one:02d}" for one in text.chapters())
        raise ValueError(f"There is no exercise {key}: the chapters with exercises are {known}.")
    found = in_chapter(chapter)
    if key not in found:
        first, *_, last = found
        known = f"{first} to {last}"
        raise ValueError(f"There is no exercise {key}. Chapter {chapter:02d} has {known}.")
    return found[key]


@functools.cache
def in_chapter(chapter: int) -> dict[str, Exercise]:
    """The exercises of one chapter, read once, so that hints go on where they were."""
    words = text.read_chapter(text.chapters()[chapter])
    checks = importlib.import_module(f"nnbook.exercises.chapter_{chapter:02d}").checks
    return {number: Exercise(one, checks.get(number)) for number, one in words.items()}


def ids() -> dict[int, list[str]]:
    """The numbers of all exercises, by chapter."""
    return {chapter: list(in_chapter(chapter)) for chapter in text.chapters()}


def opened() -> list[Exercise]:
    """All exercises of this session."""
    return [one for chapter in text.chapters() for one in in_chapter(chapter).values()]


def order(number: str) -> list[int]:
    """A key that sorts "1.10" after "1.9"."""
    return [int(part) for part in re.findall(r"\d+", number)]
