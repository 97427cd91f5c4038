"""A reader who follows a link into the primer needs only the first cell and that section."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

CHAPTER = Path(__file__).parents[2] / "chapters" / "00_start_here.ipynb"
CELLS = nbformat.read(CHAPTER, as_version=4).cells


def linked() -> list[str]:
    """The headings that the ten questions link to."""
    questions = [cell.source for cell in CELLS if cell.source.startswith("**Question")]
    return [re.search(r"\(#([^)]+)\)", source)[1] for source in questions]


def worked_code(anchor: str) -> list[str]:
    """The code under that heading, up to the next section that a question links to."""
    sources: list[str] = []
    inside = False
    for cell in CELLS:
        if cell.cell_type == "markdown":
            for heading in re.findall(r"^## (.+)$", cell.source, flags=re.M):
                name = heading.replace(" ", "-")
                inside = name == anchor or (inside and name not in linked())
        elif inside and "exercise(" not in cell.source:
            sources.append(cell.source)
        elif inside and ".check(" in cell.source:
            break
    return sources


def test_there_are_ten_questions() -> None:
    assert len(linked()) == len(set(linked())) == 10


@pytest.mark.parametrize("anchor", linked())
def test_each_section_of_the_primer_stands_alone(
    anchor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnbook.plots.show", lambda figure, alt: None)
    monkeypatch.setenv("NNBOOK_DATA", "builtin")
    code = [cell.source for cell in CELLS if cell.cell_type == "code"]
    worked = worked_code(anchor)
    assert worked, f"no code under the heading {anchor!r}"
    names: dict[str, object] = {}
    for source in [code[0], *worked]:
        exec(source, names)
