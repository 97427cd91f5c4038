"""How results, hints, solutions and progress look: plain text, HTML and markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

# (sign, colour): the sign alone already tells the states apart
SIGNS = {
    "NOT_ATTEMPTED": ("○", "#666666"),
    "WRONG": ("✗", "#b34700"),
    "ERROR": ("!", "#b34700"),
    "RIGHT": ("✓", "#00734d"),
    "DISCUSSION": ("…", "#666666"),
}


@dataclass(frozen=True)
class Words:
    """A text for the reader that a notebook shows as markdown and a terminal as plain text."""

    markdown: str

    def __repr__(self) -> str:
        return self.markdown

    def _repr_markdown_(self) -> str:
        return self.markdown


def result_text(number: str, state: str, message: str) -> str:
    """One line: `Exercise 1.3: not right yet. …`."""
    return f"Exercise {number}: {state}" + (f". {message}" if message else "")


def result_html(number: str, name: str, state: str, message: str) -> str:
    """The same with a sign and a coloured edge; whatever the reader's code said is escaped."""
    sign, colour = SIGNS[name]
    body = f"<br>{code_spans(message)}" if message else ""
    return (
        f'<div style="border-left:4px solid {colour};padding:0.2em 0.8em;">'
        f'<strong><span style="color:{colour};">{sign}</span> Exercise {number}: {state}</strong>'
        f"{body}</div>"
    )


def code_spans(text: str) -> str:
    """Escaped text in which `backticks` became code and Chinese words are marked as such."""
    text = re.sub(
        r"[\u3400-\u9fff]+", r'<span lang="zh">\g<0></span>', html.escape(text, quote=False)
    )
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", text)


def hints(number: str, shown: Sequence[str], total: int) -> Words:
    """The hints shown so far, and what comes after the last."""
    lines = [f"**Hint {i} of {total}.** {hint}" for i, hint in enumerate(shown, 1)]
    if len(shown) == total:
        lines.append(f'That was the last hint. `exercise("{number}").solution()` shows a solution.')
    return Words("\n\n".join(lines))


def solution(number: str, code: str, explanation: str) -> Words:
    """The code in a fence, then the explanation."""
    fence = f"```python\n{code.strip()}\n```\n\n" if code else ""
    return Words(f"**Solution of exercise {number}.**\n\n{fence}{explanation}")
