"""The glossary: terms are complete, unique, in one sentence each, and their code names exist."""

from __future__ import annotations

import re

import pytest

import nnbook
from nnbook import glossary
from nnbook.texttable import Table

TERMS = glossary.terms()


def test_there_are_all_the_terms_of_the_book():
    assert len(TERMS) >= 95
    assert {number for term in TERMS for number in term.chapters} <= set(range(12))


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.english)
def test_a_term_names_its_chapters_once_and_in_order(term):
    assert term.chapters and list(term.chapters) == sorted(set(term.chapters))
    assert term.chapter == term.chapters[0]


@pytest.mark.parametrize(
    ("chapter", "words"),
    [
        (0, ["dot product", "chain rule", "gradient", "test set", "standard deviation"]),
        (1, ["dot product", "hidden layer", "learning rate", "half adder", "truth table"]),
        (2, ["gradient", "deep neural network", "loss function", "rectified linear unit (ReLU)"]),
    ],
)
def test_a_word_stands_in_every_chapter_that_explains_it(chapter, words):
    shown = [row[0] for row in glossary.table(chapter).rows]
    assert set(words) <= set(shown)


def test_differing_renderings():
    assert glossary.term("tower function").chinese == "塔形函数"
    assert "梯度" not in glossary.term("finite difference").other


def test_no_term_stands_twice():
    names = [term.english.casefold() for term in TERMS]
    assert len(set(names)) == len(names)
    assert len({term.definition for term in TERMS}) == len(TERMS)


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.english)
def test_a_term_is_complete(term):
    assert term.english and term.chinese
    assert all(part == part.strip() for part in (term.english, term.chinese, term.definition))
    assert term.definition[0].isupper() and term.definition.endswith(".")
    assert not re.search(r"[.!?]\s", term.definition), "a definition is one sentence"


@pytest.mark.parametrize("term", [term for term in TERMS if term.code], ids=lambda term: term.code)
def test_code_names_exist(term):
    owner = nnbook
    for name in term.code.split("."):
        owner = getattr(owner, name)


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("weight", "weight"),
        ("  Weight ", "weight"),
        ("SGD", "stochastic gradient descent (SGD)"),
        ("stochastic gradient descent", "stochastic gradient descent (SGD)"),
        ("感知机", "perceptron"),
    ],
)
def test_a_term_is_found(name, english):
    assert glossary.term(name).english == english


def test_every_term_is_found_by_its_own_name():
    assert all(glossary.term(term.english) is term for term in TERMS)


def test_an_unknown_term_names_what_is_near():
    with pytest.raises(ValueError, match=r"no term 'weigth'\. Near it: weight"):
        glossary.term("weigth")
    with pytest.raises(ValueError, match=r"glossary\.table\(\) shows all"):
        glossary.term("zzz")


@pytest.mark.usefixtures("plain_arguments")
def test_wrong_arguments():
    with pytest.raises(TypeError, match="name must be a text"):
        glossary.term(3)
    with pytest.raises(TypeError, match="chapter must be a whole number"):
        glossary.table("1")
    with pytest.raises(ValueError, match="chapter 99 has no terms"):
        glossary.table(99)


def test_a_chapters_table_shows_its_terms_with_marked_chinese():
    table = glossary.table(chapter=1)
    assert [row[0] for row in table.rows][:2] == ["perceptron", "neuron"]
    for shown in (table._repr_html_(), table._repr_markdown_()):
        assert '<span lang="zh">感知机</span>' in shown
    assert "perceptron" in repr(table) and "<" not in repr(table)
    assert '<span lang="zh">S 型神经元</span>' in glossary.table(chapter=2)._repr_html_()


def test_the_whole_table_is_in_alphabetical_order():
    names = [row[0].casefold() for row in glossary.table().rows]
    assert names == sorted(names) and len(names) == len(TERMS)


def test_a_term_shows_itself():
    assert repr(glossary.term("weight")).startswith("weight (权重) [w]: A number")
    assert "`nnbook.Dense.W`" in glossary.term("weight")._repr_markdown_()


def test_a_table_is_safe_in_every_form():
    table = Table(("a|b", "值"), (("<b>", "x|y"), ("longer cell", "权重 here")), note="1 < 2")
    assert "&lt;b&gt;" in table._repr_html_() and "<p>1 &lt; 2</p>" in table._repr_html_()
    assert r"x\|y" in table._repr_markdown_()
    lines = repr(table).splitlines()
    assert lines[1].index("x|y") == lines[2].index("权重")
