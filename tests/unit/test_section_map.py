"""The map of the sources: complete in its parts, in order, and shown with links."""

from __future__ import annotations

import pytest

from nnbook import sections

PASSAGES = sections.passages()


def test_every_source_has_a_title_and_sections():
    assert set(sections.TITLES) == {one.source for one in PASSAGES}


def test_every_chapter_of_the_book_is_there_in_order():
    parts = list(dict.fromkeys(one.part for one in PASSAGES if one.source == "NNDL"))
    assert parts == [*(f"ch. {number}" for number in range(1, 7)), "appendix"]


@pytest.mark.parametrize("one", PASSAGES, ids=lambda one: f"{one.source} {one.title} {one.heading}")
def test_a_row_is_complete(one):
    assert one.title and one.heading and 0 <= one.chapter <= 11
    assert all(part == part.strip() for part in (one.part, one.title, one.heading))


def test_a_row_becomes_a_link():
    table = sections.table("NNDL", "ch. 1")
    assert [row[1] for row in table.rows][:2] == ["Perceptrons", ""]
    assert '<a href="01_perceptron.ipynb#A-perceptron">A perceptron</a>' in table._repr_html_()
    assert '<a href="01_perceptron.ipynb#A-perceptron">A perceptron</a>' in table._repr_markdown_()
    assert "href" not in repr(table)


def test_a_source_without_parts_has_no_empty_column():
    table = sections.table("note 3")
    assert table.header == ("note 3", "chapter", "where")
    assert table.rows[0][:2] == ("1. 神经网络架构及符号说明", "03")


def test_the_notes_mark_their_chinese():
    assert '<span lang="zh">感知机神经元</span>' in sections.table("note 4")._repr_html_()


def test_an_anchor_is_encoded():
    targets = {one.heading: one.target for one in PASSAGES}
    assert targets["The error δ"] == "03_four_equations.ipynb#The-error-%CE%B4"


def test_a_section_counts_once_for_each_chapter_that_treats_it():
    parts, numbers = sections.counts()
    assert parts[:2] == ("NNDL ch. 1", "NNDL ch. 2") and parts[-1] == "note 4"
    assert numbers.shape == (len(parts), 12)
    assert numbers[1].tolist() == [0, 0, 0, 9, *[0] * 8]
    assert numbers[parts.index("note 3"), 3] == 5  # the last of them is linked to two places


def test_formulas_in_an_anchor_are_typeset():
    """As JupyterLab 4.6 names these headings (seen in `tests/browser/test_chapter_11.py`)."""
    heading = r"The slope of the sigmoid: $\sigma'=\sigma\,(1-\sigma)$"
    assert sections.anchor(heading) == "The-slope-of-the-sigmoid:-σ′=σ(1−σ)"
    assert not [one for one in PASSAGES if "\\" in sections.anchor(one.heading)]


@pytest.mark.usefixtures("plain_arguments")
def test_wrong_arguments():
    with pytest.raises(TypeError, match='source must be a str, such as "NNDL"'):
        sections.table(3)
    with pytest.raises(ValueError, match=r"source must be one of 'NNDL', .*it is 'note 9'"):
        sections.table("note 9")
    with pytest.raises(ValueError, match=r"part must be one of 'ch. 1', .* in NNDL, but it is 'ch"):
        sections.table("NNDL", "ch. 7")
