"""The glossary from A to Z and by Chinese words: complete, in order, with links that lead."""

from __future__ import annotations

import json
import re
import string

import pytest

from nnbook import glossary, index, pinyin
from nnbook.places import Places
from nnbook.texttable import Link, Parts, Table

CHINESE = '<span lang="zh">偏置</span>'


def cell(text, kind="markdown", slide="skip"):
    return {"cell_type": kind, "metadata": {"slideshow": {"slide_type": slide}}, "source": text}


@pytest.fixture
def folder(tmp_path):
    """The two notebooks of chapter 02, with the cells that a test gives them."""

    def write(sigmoid=(), learning=()):
        for name, cells in (("02_sigmoid", sigmoid), ("02_learning_digits", learning)):
            text = json.dumps({"cells": list(cells)}, ensure_ascii=False)
            (tmp_path / f"{name}.ipynb").write_text(text, encoding="utf-8")
        return Places(tmp_path)

    return write


def bias(places):
    return places.target(glossary.term("bias"), 2)


def test_the_line_with_the_chinese_name_is_the_introduction(folder):
    places = folder(
        [cell("# Two\nThe bias."), cell("## First\nThe bias."), cell("## Second\nA **bias**.")],
        [cell(f"# Digits\n## Σ and $\\sigma$\nAgain the bias {CHINESE}.")],
    )
    assert bias(places) == "02_learning_digits.ipynb#%CE%A3-and-%CF%83"


def test_without_it_the_bold_line_counts_then_the_first(folder):
    first, second = cell("# Two\n## First\nThe bias."), cell("## Second\nA **bias**.")
    assert bias(folder([first, second])) == "02_sigmoid.ipynb#Second"
    assert bias(folder([first])) == "02_sigmoid.ipynb#First"


def test_another_form_or_the_name_in_the_package_is_enough(folder):
    places = folder([cell("# Two\n## One\nIt saturates.\n## Two\nAs `Dense.b`.")])
    assert places.target(glossary.term("saturation"), 2) == "02_sigmoid.ipynb#One"
    assert bias(places) == "02_sigmoid.ipynb#Two"


def test_notes_code_summaries_and_the_first_cell_do_not_count(folder):
    places = folder(
        [
            cell(f"# Two\nYou need the bias {CHINESE}."),
            cell("## Say"),
            cell(f"Bias {CHINESE}.", slide="notes"),
            cell(f"# bias {CHINESE}", kind="code"),
            cell(f"## Summary\nBias {CHINESE}."),
        ],
        [cell("# Digits\n## There\nA bias.")],
    )
    assert bias(places) == "02_learning_digits.ipynb#There"


def test_a_chapter_that_does_not_name_it_is_linked_as_a_whole(folder):
    assert bias(folder([cell("# Two\n## One\nText.")])) == "02_sigmoid.ipynb"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"cells": [{}]}', "\udcff"])
def test_a_damaged_notebook_is_passed_over(folder, tmp_path, text):
    folder(learning=[cell("# Digits\n## There\nA bias.")])
    (tmp_path / "02_sigmoid.ipynb").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert bias(Places(tmp_path)) == "02_learning_digits.ipynb#There"


def test_without_notebooks_the_numbers_are_no_links(tmp_path):
    assert bias(Places(tmp_path)) == ""
    shown = index.english(tmp_path)
    assert shown.letters["N"].rows[-1][3] == "08, 11"
    assert "ipynb" not in shown._repr_html_()


def test_every_term_is_in_the_index_with_all_that_is_known():
    letters = index.english().letters
    rows = [row for table in letters.values() for row in table.rows]
    names = [row[0].partition("; ")[0] for row in rows]
    assert names == sorted(names, key=str.casefold)
    assert {one.english for one in glossary.terms()} <= set(names)
    assert list(letters) == sorted(letters)
    assert all(row[0][0].upper() == key for key, one in letters.items() for row in one.rows)
    weight = rows[names.index("weight")]
    assert weight[0].parts == ("weight", "w · (n_out, n_in) · nnbook.Dense.W")
    assert weight[1].parts == ("权重", "权值")
    assert weight[3] == "00, 01"


def test_another_english_name_points_to_its_term():
    row = next(row for row in index.english().letters["D"].rows if row[0] == "data augmentation")
    assert row[2] == "See artificial expansion of the training data."
    assert [row[0] for row in index.english().letters["H"].rows].count("hardmax") == 0
    short = next(row for row in index.english().letters["X"].rows if row[0] == "XOR")
    assert short[1:3] == ("", "See exclusive or (XOR).")  # no Chinese name that is another's


@pytest.mark.parametrize("shown", [index.english(), index.chinese()], ids=["english", "chinese"])
def test_each_letter_is_jumped_to(shown):
    text = shown._repr_html_()
    jumps = re.findall(r'href="#([^"]+)"', text)
    assert jumps == re.findall(r'<h3 id="([^"]+)"', text) and len(jumps) > 15
    assert all(f"**{key}**" in shown._repr_markdown_() for key in shown.letters)
    assert "<" not in repr(shown)


def test_every_chinese_name_is_in_the_chinese_index():
    rows = [row for table in index.chinese().letters.values() for row in table.rows]
    pairs = dict(rows)
    assert len(pairs) == len(rows)
    for one in glossary.terms():
        assert one.english in pairs[one.chinese]
    assert pairs["阈值"] == "bias (with the opposite sign), threshold"
    assert "logit" not in pairs


def test_chinese_words_are_in_the_order_of_pinyin():
    """bào, bèi, cè, chāo, juǎn, jūn, shāng, shén, tán, yù, zuì; Latin letters come first."""
    words = [
        "饱和",
        "贝叶斯优化",
        "测试集",
        "超参数",
        "卷积",
        "均值",
        "熵",
        "神经元",
        "弹性形变",
        "阈值",
        "最小",
    ]
    by_code = sorted(words)
    assert by_code != words and sorted(by_code, key=pinyin.key) == words
    assert [pinyin.initial(word) for word in words] == [*"BBCCJJSSTYZ"]
    assert pinyin.initial("softmax 函数") == "S"
    assert pinyin.initial("奇偶性") == "J" and pinyin.initial("奇函数") == "Q"  # jī, and qí
    assert pinyin.key("高斯–牛顿矩阵") == pinyin.key("高斯牛顿矩阵")


def test_the_first_characters_are_those_of_the_letters():
    assert [*pinyin.FIRST] == [letter for letter in string.ascii_uppercase if letter not in "IUV"]
    assert [pinyin.initial(one) for one in pinyin.FIRST.values()] == [*pinyin.FIRST]


def test_a_rare_character_is_refused():
    with pytest.raises(ValueError, match="'魑' in '魑魅' is no common character: add one of"):
        pinyin.key("魑魅")


def test_a_cell_of_parts():
    cell = Parts(("<b>", "", Link("权重", "a.ipynb#b")), below=True)
    table = Table(("x",), ((cell,), (Parts(("1", "2")),)))
    link = '<a href="a.ipynb#b"><span lang="zh">权重</span></a>'
    assert f"&lt;b&gt;<br>{link}" in table._repr_html_()
    assert f"| &lt;b&gt;<br>{link} |" in table._repr_markdown_()
    assert repr(table).splitlines()[1:] == ["<b>; 权重", "1, 2"]
