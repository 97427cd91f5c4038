"""Looks into the reader's function without running it: is it begun, does it return or print?"""

from __future__ import annotations

import dis
import functools
import inspect
import itertools
from collections.abc import Callable, Iterator
from types import CodeType
from typing import Any

# all that `...`, `pass` or a docstring alone is compiled to, with None as the only constant
IDLE = {"RESUME", "NOP", "LOAD_CONST", "RETURN_CONST", "RETURN_VALUE"}


def code_of(function: Callable[..., Any]) -> CodeType | None:
    """The compiled body of a function, method or partial; None for built-in functions."""
    while isinstance(function, functools.partial):
        function = function.func
    function = inspect.unwrap(function)
    if not inspect.isroutine(function):
        function = type(function).__call__  # an object that can be called
    return getattr(function, "__code__", None)


def untouched(function: Callable[..., Any]) -> bool:
    """True if the body is only `...`, `pass`, a docstring or `return None`."""
    code = code_of(function)
    if code is None:
        return False
    steps = list(dis.get_instructions(code))
    constants = [one.argval for one in steps if "CONST" in one.opname]
    return all(one.opname in IDLE for one in steps) and all(c in (None, ...) for c in constants)


def returns(function: Callable[..., Any]) -> bool:
    """True if there is a `return` with something behind it (or the body cannot be seen)."""
    code = code_of(function)
    if code is None:
        return True
    steps = list(dis.get_instructions(code))
    for before, one in itertools.pairwise(steps):
        nothing = before.opname == "LOAD_CONST" and before.argval is None
        if one.opname == "RETURN_VALUE" and not nothing:
            return True
        if one.opname == "RETURN_CONST" and one.argval is not None:
            return True
    return False


def names(function: Callable[..., Any]) -> set[str]:
    """The global names and attributes that the function uses, also in functions inside it."""
    code = code_of(function)
    return set() if code is None else {name for part in parts(code) for name in part.co_names}


def multiplies_matrices(function: Callable[..., Any]) -> bool:
    """True if the function uses `@`, `np.dot` or one of their like."""
    code = code_of(function)
    if code is None:
        return False
    if names(function) & {"dot", "matmul", "einsum", "inner", "tensordot", "vdot"}:
        return True
    steps = (one for part in parts(code) for one in dis.get_instructions(part))
    return any(one.argrepr.strip("=") == "@" for one in steps)


def parts(code: CodeType) -> Iterator[CodeType]:
    """The code itself and that of all functions inside it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from parts(constant)


def missing_return(function: Callable[..., Any], given: str) -> str:
    """What to say of a begun function that gave None for the input `given`."""
    if returns(function):
        return (
            f"For {given} your function ended without `return`, so it gave None. "
            "Is there a branch without one, such as a missing `else`?"
        )
    if "print" in names(function):
        return "Your function prints, but it returns nothing. Write `return` in place of `print`."
    return "Your function has no `return`, so it gives None. End it with `return` and the result."
