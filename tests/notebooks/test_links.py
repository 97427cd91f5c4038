"""Every link from a chapter leads somewhere: to a file that exists, to a heading that is there."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest

from nnbook import sections

CHAPTERS = Path(__file__).parents[2] / "chapters"
LINK = re.compile(r"\]\(([^)\s]+)\)|href=[\"']([^\"']+)[\"']")
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*$", re.MULTILINE)
TAG = re.compile(r"<[^>]+>")


def markdown(path: Path) -> str:
    cells = nbformat.read(path, as_version=4).cells
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def anchors(path: Path) -> set[str]:
    """Anchors as JupyterLab makes them."""
    return {sections.anchor(TAG.sub("", heading)) for heading in HEADING.findall(markdown(path))}


@pytest.mark.parametrize("chapter", sorted(CHAPTERS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_links(chapter: Path) -> None:
    dead = []
    for groups in LINK.findall(markdown(chapter)):
        target = groups[0] or groups[1]
        if "://" in target:
            continue
        name, _, anchor = unquote(target).partition("#")
        path = (chapter.parent / name) if name else chapter
        if not path.exists() or (anchor and anchor not in anchors(path)):
            dead.append(target)
    assert not dead, f"{chapter.name} links to what is not there: {dead}"
