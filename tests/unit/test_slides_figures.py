"""A chapter's figures as files: names, credit line, formats, errors."""

from __future__ import annotations

import nbformat
import pytest
from canonical import normalise
from nbformat.v4 import new_code_cell, new_notebook
from sample_chapter import sample

from nnbook.__main__ import main

STEM = "02_sample-01-the-sigmoid-rises-from-0-to-1-steepest"


@pytest.fixture
def chapter(tmp_path):
    path = tmp_path / "02_sample.ipynb"
    nbformat.write(sample(), path)
    return path


@pytest.mark.parametrize(
    ("file_format", "begins"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")]
)
def test_files_with_credit_and_words(chapter, tmp_path, capsys, file_format, begins):
    out = tmp_path / "out"
    assert main(["figures", str(chapter), "--format", file_format, "--output", str(out)]) == 0
    figure = out / f"{STEM}.{file_format}"
    assert figure.read_bytes().startswith(begins)
    if file_format == "svg":
        assert "Chapter 02 · Sigmoid neurons · nnbook · CC BY 4.0" in figure.read_text("utf8")
        before = figure.read_bytes()
        assert main(["figures", str(chapter), "--output", str(out)]) == 0
        assert figure.read_bytes() == before
    words = (out / "02_sample-alternative-texts.txt").read_text("utf8")
    assert words == f'{figure.name}\tThe sigmoid rises from 0 to 1, "steepest" at z = 0.\n'
    assert str(figure) in capsys.readouterr().out


def test_the_notebook_itself_is_not_changed(chapter, tmp_path):
    before = chapter.read_bytes()
    assert main(["figures", str(chapter), "--output", str(tmp_path / "out")]) == 0
    assert chapter.read_bytes() == before


@pytest.mark.parametrize(
    ("source", "words"),
    [("1 / 0", "ZeroDivisionError: division by zero"), ("x = 1", "shows no figures")],
)
def test_problems_are_said_in_plain_words(tmp_path, capsys, source, words):
    path = tmp_path / "09_x.ipynb"
    nbformat.write(normalise(new_notebook(cells=[new_code_cell(source)])), path)
    assert main(["figures", str(path), "--output", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err
    assert words in said
    assert "09_x.ipynb" in said
    assert "Traceback" not in said


def test_a_chapter_that_is_not_there(capsys):
    assert main(["figures", "99"]) == 2
    assert "There is no chapter '99'" in capsys.readouterr().err
