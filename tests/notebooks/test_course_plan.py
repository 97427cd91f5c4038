"""The course plan adds up: links, minutes, slides and exercises are those of the chapters."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest
from test_links import CHAPTERS, HEADING, LINK, anchors

from nnbook.exercises.catalogue import ids, order

PLAN = (CHAPTERS / "course_plan.md").read_text(encoding="utf-8")
NOTEBOOKS = sorted(CHAPTERS.glob("*.ipynb"))
LECTURES = {
    int(number): text
    for number, text in re.findall(r"^### Lecture (\d+):(.*?)(?=^##)", PLAN, re.M | re.S)
}
WEEKS = re.findall(r"^\| (\d) \|(.*)\|$", PLAN.split("## Six weeks")[1], re.M)
NOTEBOOK = re.compile(r"\]\((\w+\.ipynb)\)")
EXERCISES = {number for chapter in ids().values() for number in chapter}
RANGE = re.compile(r"(?<![\d.])(\d+\.\d+)(?: to (\d+\.\d+))?(?![\d.]*\d)")


def exercises(text: str) -> list[str]:
    """The numbers in a text, ranges written out: 3.3 to 3.5 are three."""
    found: list[str] = []
    for first, last in RANGE.findall(text):
        low, high = order(first), order(last or first)
        assert low[0] == high[0] and low <= high, f"{first} to {last} is no range"
        found += [f"{low[0]}.{k}" for k in range(low[1], high[1] + 1)]
    return found


def homework(text: str) -> list[str]:
    return exercises(text.split("**Homework.**")[1])


def deck_rows() -> dict[str, list[str]]:
    """The table of all decks: notebook to slides in 45, slides in 90, exercises."""
    table = PLAN.split("## All decks")[1]
    rows = re.findall(r"^\| \[.*?\]\((\w+\.ipynb)\) \|(.*)\|$", table, re.M)
    return {name: [cell.strip() for cell in cells.split("|")] for name, cells in rows}


@pytest.mark.parametrize("target", sorted({one or other for one, other in LINK.findall(PLAN)}))
def test_links(target: str) -> None:
    name, _, anchor = unquote(target).partition("#")
    assert (CHAPTERS / name).exists()
    assert not anchor or anchor in anchors(CHAPTERS / name)


def test_there_are_twelve_lectures_of_ninety_minutes() -> None:
    assert list(LECTURES) == list(range(1, 13))
    for number, text in LECTURES.items():
        minutes = [int(one) for one in re.findall(r"\| (\d+) \|$", text, re.M)]
        assert sum(minutes) == 90 and set(minutes) <= {45, 90}, f"lecture {number}: {minutes}"
        assert "**Afterwards students can**" in text and "**Homework.**" in text


def test_every_deck_is_shown_in_one_lecture() -> None:
    shown = [name for text in LECTURES.values() for name in NOTEBOOK.findall(text)]
    assert len(shown) == len(set(shown))
    assert {path.name for path in NOTEBOOKS} <= set(shown)


def test_every_exercise_is_given_once() -> None:
    given = [number for text in LECTURES.values() for number in homework(text)]
    assert len(given) == len(set(given))
    assert set(given) == EXERCISES


def test_homework_belongs_to_its_lecture() -> None:
    for number, text in LECTURES.items():
        chapters = {name[:2] for name in NOTEBOOK.findall(text)}
        assert {f"{order(one)[0]:02d}" for one in homework(text)} == chapters, f"lecture {number}"


def test_discussions_are_marked() -> None:
    from nnbook import exercise

    lines = re.findall(r"To discuss: (.*?)\.$", PLAN, re.M)
    marked = {number for line in lines for number in exercises(line)}
    open_ones = {number for number in EXERCISES if exercise(number).words.for_discussion}
    assert marked == open_ones


def test_the_weeks_have_two_short_decks_each() -> None:
    assert [int(number) for number, _ in WEEKS] == [1, 2, 3, 4, 5, 6]
    outcomes = re.findall(r"^\d\. .+", PLAN.split("## Six weeks")[1], re.M)
    assert len(outcomes) == 6
    for _, row in WEEKS:
        first, second, tasks, _ = row.split("|")
        names = NOTEBOOK.findall(first + second)
        assert len(names) == 2
        numbers = exercises(tasks)
        assert numbers and set(numbers) <= EXERCISES
        assert {f"{order(one)[0]:02d}" for one in numbers} == {name[:2] for name in names}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_table_of_decks_is_right(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    slides = [c for c in cells if c.metadata.get("slideshow", {}).get("slide_type") == "slide"]
    short = [cell for cell in slides if "extra" not in cell.metadata.get("tags", [])]
    row = deck_rows()[path.name]
    assert row[:2] == [str(len(short)), str(len(slides))]
    sources = "\n".join(cell.source for cell in cells)
    asked = set(re.findall(r'exercise\("([\d.]+)"\)', sources))
    own = {number for number in asked if f"{order(number)[0]:02d}" == path.stem[:2]}
    assert set(exercises(row[2])) == own


def test_headings_are_in_order() -> None:
    assert [one for one in HEADING.findall(PLAN) if not one.startswith("Lecture")] == [
        "Course plan for lecturers",
        "Twelve lectures",
        "Six weeks",
        "All decks",
    ]
