"""The glossary's widget without a browser, and its picture."""

from __future__ import annotations

import base64
import html
import io
import re

import pytest
from PIL import Image

from nnbook import glossary, plots, sections, widgets
from nnbook.plots.terms import term_list


@pytest.fixture
def widget():
    made = widgets.glossary_search()
    yield made
    assert made.problems == []


def listed(widget):
    return re.findall(r'<div role="listitem"><b>([^<]+)</b>', html.unescape(widget._list.value))


def test_it_begins_with_all_terms(widget):
    assert listed(widget) == [one.english for one in widget.lookup.found]
    assert len(listed(widget)) == len(glossary.terms())
    assert f"{len(glossary.terms())} terms." in widget._count.value


def test_each_letter_narrows(widget):
    widget.field.value = "vanish"
    assert listed(widget)[0] == "vanishing gradient"
    widget.field.value = "梯度消失"
    assert listed(widget) == ["vanishing gradient"]
    assert ">1 term.<" in widget._count.value
    assert '<span lang="zh">梯度消失</span>' in widget._list.value


def test_every_chapter_of_the_menu_shows_its_terms(widget):
    for _, number in widget.menu.options[1:]:
        widget.menu.value = number
        assert sorted(listed(widget)) == sorted(
            one.english for one in glossary.terms() if number in one.chapters
        )


def test_clear_shows_all_again(widget):
    widget.field.value, widget.menu.value = "epoch", 2
    widget.clear.click()
    assert widget.field.value == "" and widget.menu.value is None
    assert len(listed(widget)) == len(glossary.terms())


def test_nothing_found_is_said_with_what_is_near(widget):
    widget.field.value = "gradeint"
    assert listed(widget) == []
    assert "0 terms. Is it <b>gradient</b>" in widget._count.value
    widget.menu.value = 1
    assert "The search is in chapter 01 only." in widget._count.value


def test_what_is_typed_is_never_markup(widget):
    widget.field.value = "<img src=x onerror=alert(1)>"
    assert "<img" not in widget._count.value + widget._list.value


def test_an_entry_shows_symbol_shape_code_and_chapters(widget):
    widget.field.value = "bias"
    first = widget._list.value.split('role="listitem"')[1]
    for part in ("(n_out,)", "nnbook.Dense.b", "chapter 01", '<span lang="zh">偏差</span>'):
        assert part in first


@pytest.mark.parametrize("text", ["gradient", "梯度", "", "xqzw"])
def test_the_still_is_a_picture(text):
    data, metadata = widgets.glossary_search(text)._repr_mimebundle_()
    picture = Image.open(io.BytesIO(base64.b64decode(data["image/png"])))
    assert picture.width == 960
    assert data["text/plain"].startswith("The glossary to search")
    assert metadata["image/png"]["alt"] == data["text/plain"]


def texts(figure):
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def test_the_picture_lists_terms_and_says_how_many_more():
    row = ("bias", "b", "(n_out,)", "chapter 01", "A number.")
    assert texts(term_list("Two", [row], more=3)) == ["Two", *row, "… and 3 more"]
    assert "nothing found" in texts(term_list("None", []))


def test_the_source_map_shows_the_counts():
    parts, numbers = sections.counts()
    figure = plots.source_map(numbers, parts, [f"{k:02d}" for k in range(12)])
    assert sorted(texts(figure)) == sorted(str(n) for n in numbers.ravel() if n)
    labels = [text.get_text() for text in figure.axes[0].get_yticklabels()]
    assert labels == list(parts)
