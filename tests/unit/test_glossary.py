"""The glossary: terms are complete, unique, in one sentence each, and their code names exist."""

from __future__ import annotations

import csv
import re
from importlib import resources

import numpy as np
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
    """Attributes such as `Network.gradient` are those of a network after a pass back."""
    network = nnbook.Network([(6, 6, 1), nnbook.Conv(2, 3), 4], rng=0)
    network.backprop(np.ones((1, 6, 6, 1), np.float32), np.eye(4, dtype=np.float32)[:1])
    made = {"Network": network, "Conv": network.layers[0], "Dense": network.layers[-1]}
    first, *rest = term.code.split(".")
    owner = getattr(nnbook, first)
    for name in rest:
        owner = getattr(made[first], name)
    assert owner is not None


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("weight", "weight"),
        ("  Weight ", "weight"),
        ("SGD", "stochastic gradient descent (SGD)"),
        ("stochastic gradient descent", "stochastic gradient descent (SGD)"),
        ("感知机", "perceptron"),
        ("感知器", "perceptron"),
        ("data augmentation", "artificial expansion of the training data"),
        ("Logit", "weighted input"),
        ("阈值", "threshold"),  # also a name of the bias
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
    shown = glossary.term("weight")._repr_markdown_()
    assert "`nnbook.Dense.W`" in shown and shown.endswith("Chapters 00, 01.")
    shown = glossary.term("bias")._repr_markdown_()
    assert '<span lang="zh">偏差</span>' in shown and shown.endswith("Chapter 01.")


LENGTHS = {"m", "n", "n_in", "n_out", "parameters", "classes", "height", "width", "channels"}
LENGTHS |= {"maps", "rows", "columns", "windows", "pixels"}


@pytest.mark.parametrize("term", [term for term in TERMS if term.shape], ids=lambda t: t.english)
def test_a_shape_is_a_tuple_of_known_lengths(term):
    assert re.fullmatch(r"\((\w+,|\w+(, \w+)+)\)", term.shape)
    assert set(re.findall(r"\w+", term.shape)) <= LENGTHS


def test_the_shapes_are_those_of_a_network():
    """Every shape of a dense layer, a kernel and a set of images, on real arrays."""
    m, n_in, n_out = 4, 7, 3
    network = nnbook.Network([n_in, n_out, 5], rng=0)
    x = np.random.default_rng(0).random((m, n_in), np.float32)
    network.backprop(x, np.eye(5, dtype=np.float32)[:m])
    dense = network.layers[0]
    z = x @ dense.W.T + dense.b
    conv = nnbook.Network([(9, 8, 2), nnbook.Conv(6, (4, 3)), 5], rng=0).layers[0]
    images = nnbook.builtin_digits().training.images
    sizes = {"m": m, "n_in": n_in, "n_out": n_out, "parameters": len(network.parameters)}
    kernel = {"maps": 6, "height": 4, "width": 3, "channels": 2}
    pictures = {"n": len(images), "height": 28, "width": 28}
    for name, array, lengths in [
        ("weight", dense.W, sizes),
        ("bias", dense.b, sizes),
        ("weighted input", z, sizes),
        ("activation", nnbook.sigmoid(z), sizes),
        ("softmax", nnbook.softmax(z), sizes),
        ("error (delta)", dense.delta, sizes),
        ("mini-batch", x, sizes),
        ("transpose", dense.W.T, {"columns": n_in, "rows": n_out}),
        ("output layer", network.layers[-1].delta, sizes | {"n_out": 5}),
        ("input layer", x, sizes),
        ("gradient", network.gradient, sizes),
        ("parameter", network.parameters, sizes),
        ("kernel", conv.W, kernel),
        ("training set", images, pictures),
    ]:
        shape = glossary.term(name).shape
        assert array.shape == tuple(lengths[part] for part in re.findall(r"\w+", shape)), name


def test_every_row_of_the_table_is_whole():
    text = (resources.files("nnbook") / "tables/glossary.csv").read_text(encoding="utf-8")
    assert {len(row) for row in csv.reader(text.splitlines())} == {8}


def test_renderings_leave_remarks_out():
    assert glossary.term("bias").renderings == ("偏置", "偏差", "阈值")
    assert glossary.term("epoch").renderings == ("轮次", "迭代期", "迭代周期", "回合", "轮")


def test_a_table_is_safe_in_every_form():
    table = Table(("a|b", "值"), (("<b>", "x|y"), ("longer cell", "权重 here")), note="1 < 2")
    assert "&lt;b&gt;" in table._repr_html_() and "<p>1 &lt; 2</p>" in table._repr_html_()
    assert r"x\|y" in table._repr_markdown_()
    lines = repr(table).splitlines()
    assert lines[1].index("x|y") == lines[2].index("权重")
