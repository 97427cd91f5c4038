"""The real source of a function of this package, shown in a chapter without its docstring."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from typing import Any


def source(function: Callable[..., Any]) -> str:
    """The source text of `function` (or class), dedented, its own docstring left out."""
    text = textwrap.dedent(inspect.getsource(function))
    definition = ast.parse(text).body[0]
    body = getattr(definition, "body", [])
    if len(body) < 2 or ast.get_docstring(definition) is None:  # type: ignore[arg-type]
        return text.rstrip()
    lines = text.splitlines()
    docstring = body[0]
    rest = lines[docstring.end_lineno :]
    while rest and not rest[0].strip():
        rest = rest[1:]
    return "\n".join(lines[: docstring.lineno - 1] + rest).rstrip()


def listing(*functions: Callable[..., Any], only: str = "") -> Any:
    """The source of `functions` as highlighted code: what runs is what is read.

    `only` keeps the lines that contain this text, such as "# BP3". ValueError if none does.
    """
    from IPython.display import Markdown

    code = "\n\n".join(source(function) for function in functions)
    lines = [line for line in code.split("\n") if only in line]
    if only and not lines:
        raise ValueError(f"only must be a text in one of the lines, but {only!r} is in none.")
    code = textwrap.dedent("\n".join(lines))
    return Markdown(f"```python\n{code}\n```")
