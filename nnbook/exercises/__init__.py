"""Exercises with instant check, hints one by one and solutions, for every chapter.

`exercise("1.3")` shows an exercise; `.check(answer)`, `.hint()` and `.solution()` work on it;
`progress()` lists what was solved. Each chapter is a pair of files here: `chapter_01.md` holds the
words (statement, starter, hints, solution, foreseen mistakes), `chapter_01.py` the checkers.
"""

from nnbook.exercises.catalogue import Exercise, exercise, ids
from nnbook.exercises.judge import Result, State
from nnbook.exercises.record import progress

__all__ = ["Exercise", "Result", "State", "exercise", "ids", "progress"]
