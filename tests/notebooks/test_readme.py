"""The README says what is so: times as in the chapters, published numbers as stored."""

import re
from pathlib import Path

import nbformat
import pytest

from nnbook import published

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("chapter", sorted(ROOT.glob("chapters/*.ipynb")), ids=lambda p: p.stem)
def test_times_are_those_of_the_chapter(chapter):
    first = nbformat.read(chapter, as_version=4).cells[0].source
    times = re.search(
        r"reading (\d+) minutes.*?exercises (\d+) minutes.*?lecture (.+?) minutes", first
    )
    line = next(line for line in README.splitlines() if f"chapters/{chapter.name})" in line)
    assert [cell.strip() for cell in line.split("|")[3:6]] == [
        f"{time} min" for time in times.groups()
    ]


def test_published_numbers_are_those_stored(tmp_path, monkeypatch):
    monkeypatch.setenv("NNBOOK_HOME", str(tmp_path))
    run = [number for number in published.CRITERIA if published.stored(number)]
    for line in published.table(run).lines:
        assert f"| {' | '.join(line[:6])} |" in README


def test_pictures_and_files_exist():
    for target in re.findall(r"\]\(([^)]+)\)", README):
        assert "://" in target or (ROOT / target).exists(), target
