"""A search in the glossary: what is found, in which order, and what is said if nothing is."""

from __future__ import annotations

import pytest

from nnbook import glossary
from nnbook.explore.lookup import Lookup, plain, rank
from nnbook.glossary import Term


def made(english, chinese="词", other="", symbol="", code="", chapters=(1,), definition="A word."):
    return Term(english, chinese, other, symbol, code, chapters, definition, "")


WORDS = (
    made("neural network", "神经网络", definition="Many units in layers."),
    made("net", "网", definition="What a fisher has."),
    made("network", "网络"),
    made("planet", "行星", chapters=(2,), definition="A body without an internet."),
    made("learning rate", "学习率", "学习速率 (older)", "η", "SGD", (2, 3)),
    made("error (delta)", "误差", symbol="δ", code="Dense.delta"),
    made("gradient", "梯度", symbol="∇C", definition="A vector on a net."),
)


def found(text, chapter=None):
    return [one.english for one in Lookup(text, chapter, WORDS).found]


def test_names_come_before_beginnings_before_words_before_parts_before_meanings():
    assert found("net") == ["net", "network", "neural network", "planet", "gradient"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("NET", "net"),
        ("  neural-network ", "neural network"),
        ("neuralnetwork", "neural network"),
        ("网", "net"),
        ("神经", "neural network"),
        ("学习速率", "learning rate"),
        ("η", "learning rate"),
        ("Eta", "learning rate"),
        ("sgd", "learning rate"),
        ("delta", "error (delta)"),
        ("δ", "error (delta)"),
        ("Dense.delta", "error (delta)"),
        ("∇", "gradient"),
        ("nabla", "gradient"),
        ("nabla C", "gradient"),
        ("∇c", "gradient"),
    ],
)
def test_a_term_is_found_in_many_ways(text, first):
    assert found(text)[0] == first


def test_short_texts_are_not_sought_in_meanings():
    assert found("un") == []
    assert found("units") == ["neural network"]


def test_remarks_beside_a_rendering_are_no_name():
    assert found("older") == []


def test_without_a_text_all_are_there_in_alphabetical_order():
    assert found(" ") == sorted(one.english for one in WORDS)


def test_a_chapter_narrows():
    assert found("net", 2) == ["planet"]
    assert found("", 3) == ["learning rate"]
    assert Lookup("", None, WORDS).chapters == (1, 2, 3)


def test_a_misspelled_word_gets_what_is_near():
    lookup = Lookup("gradeint", None, WORDS)
    assert lookup.found == () and lookup.near == ("gradient",)
    assert Lookup("xqzw", None, WORDS).near == ()
    assert Lookup("net", None, WORDS).near == ()
    assert Lookup("gradeint").near == ("gradient",)  # and not "saddle point"


def test_asking_again_forgets_the_question_before():
    lookup = Lookup("gradient", None, WORDS)
    lookup.ask("", 2)
    assert lookup.text == "" and lookup.chapter == 2 and len(lookup.found) == 2


def test_strange_texts_find_nothing_and_break_nothing():
    for text in ("[a-z]+", "\\", ".*", "🙂", "x" * 5000):
        assert found(text) == []


@pytest.mark.parametrize("term", glossary.terms(), ids=lambda term: term.english)
def test_every_name_of_a_term_counts_as_whole(term):
    names = [*glossary.keys(term), *term.renderings, *filter(None, [term.symbol, term.code])]
    assert [rank(term, plain(name)) for name in names] == [0] * len(names)


@pytest.mark.usefixtures("plain_arguments")
def test_wrong_arguments():
    with pytest.raises(TypeError, match='text must be a str, such as "weight"'):
        Lookup(3)
    with pytest.raises(TypeError, match="chapter must be a whole number"):
        Lookup("", "1")
    with pytest.raises(ValueError, match="chapter must be one of 01, 02, 03, but it is 7"):
        Lookup("", 7, WORDS)
