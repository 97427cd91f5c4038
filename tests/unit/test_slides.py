"""The deck of a chapter: what is in it, what is not, how it is asked for, and what goes wrong."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from canonical import problems
from nbformat.v4 import new_markdown_cell, new_notebook
from sample_chapter import sample, write_sample

from nnbook.__main__ import main
from nnbook.slides import chapters
from nnbook.slides.command import fitting
from nnbook.slides.deck import without_links, without_navigation
from nnbook.slides.export import build_deck

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def chapter(tmp_path_factory):
    return write_sample(tmp_path_factory.mktemp("chapters"))


@pytest.fixture(scope="module")
def deck(chapter):
    return build_deck(chapter)


def slides_of(html):
    body = html[html.index('<div class="slides">') :]
    return re.findall(r"<section\s*>\s*<section\s*>(.*?)</section>\s*</section>", body, re.DOTALL)


def visible(slide):
    return re.sub(r'<aside class="notes">.*?</aside>', "", slide, flags=re.DOTALL)


def test_the_sample_is_a_chapter_as_we_commit_them(chapter):
    assert not list(problems(nbformat.read(chapter, as_version=4), chapter.stat().st_size))


def test_each_slide_has_its_note_and_prose_stays_out(deck):
    slides = slides_of(deck)
    assert len(slides) == 6
    assert all(slide.count('<aside class="notes">') == 1 for slide in slides)
    assert "Long prose" not in deck
    assert "class Still" not in deck
    assert "Minute" not in "".join(map(visible, slides))


def test_navigation_and_dead_links_are_not_in_the_deck(deck):
    assert '.ipynb"' not in deck
    assert "Contents" not in visible(slides_of(deck)[0])
    assert "see chapter 01" in deck


def test_pictures_carry_their_words_and_no_filler(deck):
    pictures = BeautifulSoup(deck, "html.parser").select(".slides img")
    assert [picture["alt"] for picture in pictures] == [
        'The sigmoid rises from 0 to 1, "steepest" at z = 0.',
        "A ball rolls into a valley.",
    ]
    assert "No description" not in deck


def test_code_is_hidden_where_asked_and_shown_elsewhere(deck):
    assert "plots.tidy" not in deck
    assert "central difference" in deck


def test_a_widget_is_its_still_and_names_the_cell_to_open(deck):
    last = visible(slides_of(deck)[-1])
    assert "<img" in last
    assert "widget-view" not in deck
    words = re.sub(r"<[^>]+>", "", last)
    assert "Live: open chapter 02_sample, section “Gradient descent, live”, cell Still()" in words


def test_the_short_lecture_leaves_out_extra_slides_with_all_their_cells(chapter):
    short = build_deck(chapter, 45)
    assert len(slides_of(short)) == 5
    for gone in ("In code", "central difference", "slope at 0", "only in the long lecture"):
        assert gone not in short
    assert "Gradient descent, live" in short


def test_language_and_title(deck):
    assert '<html lang="en">' in deck
    assert 'lang="zh"' in deck
    assert "<title>Chapter 02 · Sigmoid neurons</title>" in deck
    assert "Chapter 02 · Sigmoid neurons" in deck


def test_one_file_asks_for_nothing_and_two_builds_are_equal(chapter, deck):
    tags = re.sub(r"<script>.*?</script>|<style.*?</style>", "", deck, flags=re.DOTALL)
    assert not re.findall(r'<(?:script|link|img|iframe)[^>]+(?:src|href)="(?!data:)', tags)
    assert "@import" not in deck
    assert build_deck(chapter) == deck


def test_plain_nbconvert_makes_the_same_deck(chapter, deck, tmp_path):
    config = ROOT / "nnbook" / "slides" / "nbconvert_slides.py"
    command = [sys.executable, "-m", "nbconvert", "--to", "slides", "--config", str(config)]
    subprocess.run([*command, str(chapter)], cwd=tmp_path, check=True, capture_output=True)
    made = tmp_path / "build" / "slides" / "02_sample.slides.html"
    assert made.read_text(encoding="utf8") == deck


def test_command_writes_the_deck_and_says_where(chapter, deck, tmp_path, capsys):
    assert main(["slides", str(chapter), "--output", str(tmp_path)]) == 0
    assert (tmp_path / "02_sample.slides.html").read_text(encoding="utf8") == deck
    assert "02_sample.slides.html" in capsys.readouterr().out


def test_other_lengths_get_the_fitting_deck_and_are_told(chapter, tmp_path, capsys):
    assert main(["slides", str(chapter), "--minutes", "60", "--output", str(tmp_path)]) == 0
    assert "for 60, the one for 45" in capsys.readouterr().out
    assert (tmp_path / "02_sample_45.slides.html").is_file()
    assert [fitting(minutes) for minutes in (10, 45, 89, 90, 120)] == [45, 45, 45, 90, 90]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "not a notebook"),
        ("no json", "not a notebook"),
        (nbformat.writes(new_notebook(cells=[new_markdown_cell("x")])), "has no slides"),
    ],
)
def test_a_broken_notebook_is_named(tmp_path, capsys, content, words):
    path = tmp_path / "03_x.ipynb"
    path.write_text(content, encoding="utf8")
    assert main(["slides", str(path), "--output", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert words in said
    assert "03_x" in said


def test_an_output_that_cannot_be_written_is_named(chapter, tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert main(["slides", str(chapter), "--output", str(tmp_path / "file")]) == 1
    assert "Cannot write to" in capsys.readouterr().err


def test_no_browser_for_the_pdf_is_said_with_the_way_out(chapter, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("nnbook.slides.chromium.find_chromium", lambda: None)
    assert main(["slides", str(chapter), "--pdf", "--output", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "Chromium, Chrome or Edge" in said
    assert "?print-pdf" in said


def test_missing_package_is_named(chapter, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("nnbook.slides.export.find_spec", lambda name: None)
    assert main(["slides", str(chapter), "--output", str(tmp_path)]) == 1
    assert "pip install sphinx-revealjs" in capsys.readouterr().err


@pytest.fixture
def book(tmp_path, monkeypatch):
    (tmp_path / "chapters").mkdir()
    for name in ("01_perceptron", "02_sigmoid", "02_learning_digits", "notes"):
        (tmp_path / "chapters" / f"{name}.ipynb").write_text("{}")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ([], ["01_perceptron", "02_learning_digits", "02_sigmoid"]),
        (["02"], ["02_learning_digits", "02_sigmoid"]),
        (["2"], ["02_learning_digits", "02_sigmoid"]),
        (["02_sigmoid", "02"], ["02_sigmoid", "02_learning_digits"]),
        (["01_perceptron.ipynb"], ["01_perceptron"]),
        (["chapters/notes.ipynb"], ["notes"]),
    ],
)
def test_chapters_are_found(book, asked, found):
    assert [path.stem for path in chapters.find_chapters(asked)] == found


def test_chapters_are_found_from_inside_their_folder(book, monkeypatch):
    monkeypatch.chdir(book / "chapters")
    assert [path.stem for path in chapters.find_chapters(["01"])] == ["01_perceptron"]


@pytest.mark.parametrize("asked", ["07", "sigmoid", "chapters/none.ipynb", ""])
def test_a_chapter_that_is_not_there(book, capsys, asked):
    assert main(["slides", asked]) == 2
    said = capsys.readouterr().err
    assert "There is no" in said
    assert "none.ipynb" in said or "01_perceptron, 02_learning_digits, 02_sigmoid" in said


def test_no_chapters_at_all(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(chapters, "CHECKOUT", tmp_path / "none")
    assert main(["slides"]) == 2
    assert "No chapters here" in capsys.readouterr().err


def test_titles_are_plain_letters():
    assert chapters.title(sample(), "x") == "Sigmoid neurons"
    assert chapters.title(new_notebook(), "07_x") == "07_x"
    numbered = new_notebook(cells=[new_markdown_cell("# 02 Sigmoid: *neuron*")])
    assert chapters.title(numbered, "02_sigmoid") == "Sigmoid: neuron"


def test_navigation_lines():
    line = "[← a](00_a.ipynb) · [contents](00_a.ipynb#c) · [b →](02_b.ipynb)"
    assert without_navigation(f"{line}\n\n# Title") == "\n# Title"
    kept = "As [chapter 01](01_perceptron.ipynb) shows, $a \\to b$."
    assert without_navigation(kept) == kept
    assert without_links(kept) == "As chapter 01 shows, $a \\to b$."
    assert without_links("[book](http://neuralnetworksanddeeplearning.com)").startswith(
        "[book](http"
    )
    assert without_links("![a picture](01_x.ipynb)").startswith("![")


def test_a_note_has_a_paragraph_for_each_part_and_one_minute():
    from nnbook.slides.deck import note_in_parts

    note = "**Say** Hello. **Ask** Why? (expected: so) "
    note += "**Minute** 12 (long deck: 15) **Skip if late:** no"
    parts = note_in_parts(note, 45).split("\n\n")
    assert parts == [
        "**Say** Hello.",
        "**Ask** Why? (expected: so)",
        "**Minute** 12",
        "**Skip if late:** no",
    ]
    assert "**Minute** 15" in note_in_parts(note, 90)
