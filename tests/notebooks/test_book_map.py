"""The map from the sources to the chapters: each link leads to a heading, none is missing."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest
from test_links import CHAPTERS, anchors

from nnbook import sections
from nnbook.glossary import terms
from nnbook.places import Places

PASSAGES = sections.passages()
STANDING = sorted(path.stem for path in CHAPTERS.glob("*.ipynb"))


@pytest.mark.parametrize("notebook", STANDING)
def test_every_link_leads_to_a_heading(notebook: str) -> None:
    there = anchors(CHAPTERS / f"{notebook}.ipynb")
    links = [one for one in PASSAGES if one.notebook == notebook]
    dead = [one for one in links if unquote(one.target.partition("#")[2]) not in there]
    assert not dead, f"no such heading in {notebook}: {[one.heading for one in dead]}"


@pytest.mark.parametrize("notebook", STANDING)
def test_every_chapter_is_reached_from_the_sources(notebook: str) -> None:
    assert any(one.notebook == notebook for one in PASSAGES)


def test_every_file_in_the_map_exists() -> None:
    """Chapters that are still being written are allowed to be absent, and no other file is."""
    absent = {one.notebook for one in PASSAGES} - set(STANDING)
    assert not {name for name in absent if Path(name).name != name}
    assert all(one.chapter > 6 for one in PASSAGES if one.notebook in absent)


def test_no_place_is_named_twice_for_a_section() -> None:
    assert len(set(PASSAGES)) == len(PASSAGES)


def test_every_number_of_the_index_leads_to_a_notebook_or_a_heading() -> None:
    there = {f"{name}.ipynb": anchors(CHAPTERS / f"{name}.ipynb") for name in STANDING}
    places = Places(CHAPTERS)
    for term in terms():
        for number in term.chapters:
            name, _, place = unquote(places.target(term, number)).partition("#")
            assert not place or place in there[name], (
                f"{term.english} in {number:02d}: {name}#{place}"
            )
