"""Runs a reader's answer with care: errors are told in words, an endless loop is stopped."""

from __future__ import annotations

import functools
import inspect
import linecache
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, Literal

import numpy as np

from nnbook.exercises import body, errors
from nnbook.exercises.answer import alike, settled, show, unattempted

SECONDS = 5.0  # for one call of the reader's function
OURS = str(Path(__file__).parents[1])


class NotAttempted(Exception):
    """The reader has not begun: the body of the function is still empty."""


class Problem(Exception):
    """The answer cannot be judged as it is (not a function, wrong number of arguments)."""


class Raised(Exception):
    """The reader's code raised an error, or did not come to an end; the text says where.

    `error` is what was raised, None if the code was stopped.
    """

    def __init__(self, text: str, error: Exception | None = None) -> None:
        super().__init__(text)
        self.error = error

    def has(self, *signs: str) -> bool:
        """True if the error's kind or its own message has one of these words in it."""
        told = f"{type(self.error).__name__}: {self.error}".lower()
        return any(sign.lower() in told for sign in signs)


class TooLong(BaseException):
    """Raised inside the reader's code at the deadline (no `except Exception` swallows it)."""


@dataclass
class Trial:
    """One observation: what the answer gave, what was expected, and for which input.

    `given` is the input in words, or the arguments by name. `words` tell the reader of a
    difference; without them `given` and both values do.
    """

    got: Any
    expected: Any
    given: str | dict[str, Any]
    tolerance: float = 1e-4
    words: str = ""


class Attempt:
    """The reader's answer in the hands of a checker.

    `value` is the answer itself, `parameters` the names that its function should take (None if
    the answer is a value). Raises Problem if one was handed in for the other.
    """

    def __init__(self, value: Any, name: str, parameters: tuple[str, ...] | None) -> None:
        if parameters is None and inspect.isroutine(value):
            raise Problem(f"A value is asked, but `{name}` is a function. Hand in what it returns.")
        if parameters is not None:
            if not callable(value):
                raise Problem(
                    "A function is asked: hand in the function itself, without calling it, as in "
                    f"`check({name})`. This answer is {show(value)}."
                )
            check_signature(value, name, parameters)
        self.value = value
        self.name = name
        self.note = ""  # added to the message when the answer is right
        self.mind = ""  # added to every message
        self.lines = 0  # how many lines of the reader's own code the last call went through

    def call(self, *, overflow: Literal["ignore", "raise"] = "ignore", **inputs: Any) -> Any:
        """The function's result for `inputs` (passed by position, as copies), safely.

        With `overflow="raise"` numbers that become too large are an error. Raises NotAttempted
        if the function is not begun, Problem if it forgets to return, Raised for any error inside.
        """
        if body.untouched(self.value):
            raise NotAttempted
        copies = [settled(value) for value in inputs.values()]
        try:
            with Deadline(SECONDS) as clock, np.errstate(over=overflow, invalid=overflow):
                result = settled(self.value(*copies))
            self.lines = clock.lines
        except TooLong as error:
            raise Raised(
                f"`{self.name}` was stopped: it was still running after {SECONDS:g} seconds"
                f"{where(error)}, for {describe(inputs)}. Is there a loop that never ends?"
            ) from None
        except SystemExit as error:
            raise Raised(f"`{self.name}` called `exit`{where(error)}.") from None
        except Exception as error:
            raise Raised(self.told(error, describe(inputs)), error) from None
        if unattempted(result):
            raise NotAttempted
        if result is None:
            raise Problem(body.missing_return(self.value, describe(inputs)))
        if not alike(copies, list(inputs.values())):
            self.mind = "Mind: your function changes what it was given. Work on a copy."
        return result

    def told(self, error: Exception, given: str) -> str:
        """What is said of an error in the reader's code: its kind, where, and what it means."""
        kind, meaning = type(error).__name__, errors.meaning(error)
        if meaning:
            article = "an" if kind[0] in "AEIO" else "a"
            return f"`{self.name}` raised {article} {kind}{where(error)}, for {given}. {meaning}"
        words = f"{kind}: {error}" if str(error) else kind
        return f"`{self.name}` raised {words}{where(error)}, for {given}.{errors.advice(error)}"

    def trial(
        self,
        expected: Any,
        tolerance: float = 1e-4,
        *,
        overflow: Literal["ignore", "raise"] = "ignore",
        **inputs: Any,
    ) -> Trial:
        """Call with `inputs` and put the result beside what is expected."""
        got = self.call(overflow=overflow, **inputs)
        return Trial(got, expected, inputs, tolerance)


def check_signature(function: Callable[..., Any], name: str, parameters: tuple[str, ...]) -> None:
    """Problem unless `function` can be called with as many arguments as asked."""
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # some built-in functions have none
        return
    try:
        signature.bind(*parameters)
    except TypeError:
        raise Problem(
            f"`{name}` is called with {len(parameters)} "
            f"argument{'s' if len(parameters) > 1 else ''}, `{name}({', '.join(parameters)})`, "
            f"but yours is defined with `{signature}`."
        ) from None


def describe(inputs: str | dict[str, Any]) -> str:
    """`w = [1, 2]`, `b = 3`; functions and generators are named only. Words stay as they are."""
    if isinstance(inputs, str):
        return inputs
    return ", ".join(f"`{name} = {show(value)}`" for name, value in inputs.items())


def where(error: BaseException) -> str:
    """The line of the reader's own code, as "in line 3, ..."; nothing if none is known."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if theirs(f.filename)]
    if not frames:
        return ""
    line = linecache.getline(frames[-1].filename, frames[-1].lineno or 0).strip()
    return f" in line {frames[-1].lineno}" + (f", `{line}`" if line else "")


@functools.cache
def theirs(filename: str) -> bool:
    """True for code of a notebook cell or of the reader's own files."""
    roots = (OURS, sys.prefix, sys.base_prefix, "<frozen", "<__array_function__")
    return not filename.startswith(roots) and "-packages" not in filename


class Deadline:
    """Stop Python code inside after `seconds` by TooLong: works on any system and in any thread.

    A tracer looks at the clock at each line of the reader's code; a debugger's own tracer is
    put back afterwards.
    """

    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds
        self.lines = 0

    def __enter__(self) -> Deadline:
        self.before = sys.gettrace()
        sys.settrace(self.at_call)
        return self

    def __exit__(self, *error: object) -> None:
        sys.settrace(self.before)

    def at_call(self, frame: FrameType, event: str, argument: Any) -> Any:
        return self.at_line if theirs(frame.f_code.co_filename) else None

    def at_line(self, frame: FrameType, event: str, argument: Any) -> Any:
        self.lines += 1
        if time.monotonic() > self.end:
            raise TooLong
        return self.at_line
