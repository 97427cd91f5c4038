"""Judges an answer: not attempted, wrong with a diagnosis, raised an error, or right.

A checker tries the answer on random inputs and yields trials: what it gave beside what was
expected. When they differ, the foreseen mistakes are tried on the same inputs: the one that gives
what the reader's answer gave is the diagnosis. So it is when the answer raises an error: the
mistake that gave the same before, and fails at the same place, is the diagnosis.
"""

from __future__ import annotations

import enum
import logging
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnbook.exercises import view
from nnbook.exercises.answer import difference, unattempted
from nnbook.exercises.attempt import Attempt, NotAttempted, Problem, Raised, Trial, describe
from nnbook.exercises.text import Mistaken, Words

log = logging.getLogger("nnbook")

Checker = Callable[[Attempt, np.random.Generator], Iterator[Trial]]


class State(enum.Enum):
    """What a check can find."""

    NOT_ATTEMPTED = "not attempted yet"
    WRONG = "not right yet"
    ERROR = "an error was raised"
    RIGHT = "right"
    DISCUSSION = "for discussion"


class Mistake(Exception):
    """Raised by a checker that recognises the foreseen mistake of that name."""


class Wrong(Exception):
    """Raised by a checker that can say itself what is wrong."""


@dataclass(frozen=True)
class Result:
    """The outcome of a check: its `state`, and a `message` in words for the reader."""

    id: str
    state: State
    message: str = ""

    @property
    def right(self) -> bool:
        return self.state is State.RIGHT

    def __repr__(self) -> str:
        return view.result_text(self.id, self.state.value, self.message)

    def _repr_html_(self) -> str:
        return view.result_html(self.id, self.state.name, self.state.value, self.message)


class Checkers(dict[str, Checker]):
    """The checkers of a chapter by exercise id; used as a decorator: `@checks("1.1")`."""

    def __call__(self, number: str) -> Callable[[Checker], Checker]:
        def keep(checker: Checker) -> Checker:
            self[number] = checker
            return checker

        return keep


def judge(words: Words, checker: Checker | None, answer: Any) -> Result:
    """The result for `answer`; never raises because of what the answer is or does."""
    if words.for_discussion or checker is None:
        return Result(words.id, State.DISCUSSION, (
            "Think it through, or talk it over with someone. "
            f'Then compare: `exercise("{words.id}").solution()`.'
        ))  # fmt: skip
    if unattempted(answer):
        return Result(words.id, State.NOT_ATTEMPTED)
    if answer is None:
        message = "The answer is None. Does it come from a function that has no `return`?"
        return Result(words.id, State.NOT_ATTEMPTED, message)
    try:
        attempt = Attempt(answer, words.name, words.parameters)
    except Problem as problem:
        return Result(words.id, State.WRONG, str(problem))
    state, message = found(words, checker, attempt)
    return Result(words.id, state, f"{message} {attempt.mind}".strip())


def found(words: Words, checker: Checker, attempt: Attempt) -> tuple[State, str]:
    """State and message for one attempt."""
    trials: list[Trial] = []
    try:
        for trial in observe(words, checker, attempt):
            trials.append(trial)
    except NotAttempted:
        told = "The function returns nothing so far. Write its body and end with `return`."
        return State.NOT_ATTEMPTED, told
    except Raised as error:
        known = diagnose(words, checker, trials, error) if trials else None
        return (State.WRONG, known.message) if known else (State.ERROR, str(error))
    except Mistake as mistake:
        return State.WRONG, words.wrong[str(mistake)].message
    except (Problem, Wrong) as problem:
        return State.WRONG, str(problem)
    except Exception as error:  # an answer of a form that nobody thought of
        log.info("exercise %s could not judge an answer", words.id, exc_info=error)
        return State.WRONG, "The answer does not have the form that is asked for."
    for trial in trials:
        text = difference(trial.got, trial.expected, trial.tolerance)
        if text:
            known = diagnose(words, checker, trials)
            told = trial.words or f"For {describe(trial.given)} your answer {text}."
            return State.WRONG, known.message if known else told
    return State.RIGHT, f"{words.right} {attempt.note}".strip()


def observe(words: Words, checker: Checker, attempt: Attempt) -> Iterator[Trial]:
    """The trials of one answer, on inputs that are the same for every answer."""
    rng = np.random.default_rng([int(part) for part in words.id.split(".")])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield from checker(attempt, rng)


def diagnose(
    words: Words, checker: Checker, trials: list[Trial], error: Raised | None = None
) -> Mistaken | None:
    """The foreseen mistake that gives what the reader's answer gave in every trial.

    With `error`: that gave the same in the trials before it, and then raised one of its kind.
    """
    for mistake in words.wrong.values():
        theirs: list[Trial] = []
        raised = None
        try:
            foreseen = Attempt(words.answer(mistake.code), words.name, words.parameters)
            for trial in observe(words, checker, foreseen):
                theirs.append(trial)
        except Raised as another:
            raised = another
        except (NotAttempted, Problem, Mistake, Wrong):
            continue
        alike = type(raised and raised.error) is type(error and error.error)
        if alike and len(theirs) == len(trials) and all(map(same, trials, theirs)):
            return mistake
    return None


def same(one: Trial, other: Trial) -> bool:
    """True if two answers gave the same in one trial."""
    expected = tuple(one.got) if isinstance(one.got, (tuple, list)) else one.got
    try:
        return difference(other.got, nested(expected), one.tolerance) is None
    except (TypeError, ValueError):
        return False


def nested(value: Any) -> Any:
    """Lists as tuples, all the way down, so that parts of different shapes can be compared."""
    return tuple(map(nested, value)) if isinstance(value, (list, tuple)) else value
