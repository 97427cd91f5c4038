"""A chapter uses no term that the glossary lacks, and none that only a later chapter explains.

What counts as a term is what the reader sees as one: a word with its Chinese name beside it, and
every word of the glossary wherever it stands in the prose. A later chapter's word may come early if
the same notebook says which chapter explains it ("backpropagation (chapter 03)").
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from prose import Block, blocks

from nnbook import glossary, sections
from nnbook.glossary import Term

NOTEBOOKS = sorted((Path(__file__).parents[2] / "chapters").glob("*.ipynb"))
CHINESE = re.compile(r'([^<>]{0,90})<span lang="zh">([^<]*)</span>(?=([^<>]{0,60}))')
BACK_MATTER = ("Words of", "中文小结", "Where it stands")

# Everyday words that are given in Chinese to help with reading, and quotations of the notes.
NO_TERMS = {"和", "轻推", "总损失", "[?] 这一段不太懂？", "Nielsen-NNDL 读书笔记"}
# Words that English uses for other things, too: here only their bold or Chinese form is a term.
EVERYDAY = {"carry", "error", "delta", "kernel", "filter", "surprise", "tower", "unit", "code"}


@cache
def prose(notebook: Path) -> list[Block]:
    """The blocks that a reader reads: the back matter lists words and titles of its own."""
    return [one for one in blocks(notebook) if not one.heading.startswith(BACK_MATTER)]


def chapter(notebook: Path) -> int:
    return int(notebook.stem[:2])


def names(term: Term) -> list[str]:
    """Its English names: as a whole, without brackets, and what stands in the brackets."""
    return [name for name in glossary.keys(term) if not re.search(r"[\u3400-\u9fff]", name)]


@cache
def pattern(name: str) -> re.Pattern[str]:
    words = r"[\s-]+".join(map(re.escape, name.split()))
    return re.compile(rf"(?<![\w-]){words}(?:e?s)?(?![\w-])")


def stems(name: str) -> list[str]:
    """The beginnings of its words: saturat- for saturation, which is also saturated."""
    return [word[:4] for word in re.findall(r"[^\W_]+", name) if len(word) > 2 or len(name) < 4]


def mentions(term: Term, text: str) -> bool:
    """All words of one of its names, in any form, or a Chinese name."""
    return any(name.casefold() in text for name in term.renderings) or any(
        all(re.search(rf"(?<![^\W_]){re.escape(stem)}", text) for stem in stems(name))
        for name in names(term)
    )


def points_to(term: Term, block: Block) -> bool:
    """Whether the block names a chapter that explains the term, as "chapter 03" or "| 03 |"."""
    numbers = "|".join(f"{number:02d}" for number in term.chapters)
    return re.search(rf"(?<![\d.])(?:{numbers})(?![\d.])", block.source) is not None


def titles() -> str:
    """The titles of the sources and of their sections, which the chapters quote."""
    known = [text for one in sections.passages() for text in (one.part, one.title)]
    return "\n".join([*sections.TITLES.values(), *known])


def chinese_terms(block: Block) -> list[tuple[str, str]]:
    """Each Chinese name in the block, with the English around it."""
    found = []
    for before, inside, after in CHINESE.findall(block.source):
        if inside.strip("《》") in titles() or inside in NO_TERMS:
            continue
        found += [(name.strip(), before + after) for name in re.split("[,，;；、]", inside)]
    return found


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_term_is_in_the_glossary(notebook: Path) -> None:
    known = {name for term in glossary.terms() for name in term.renderings}
    lacking = [
        (name, around.strip())
        for block in prose(notebook)
        for name, around in chinese_terms(block)
        if name not in known
    ]
    assert not lacking, f"not in nnbook/tables/glossary.csv: {lacking}"


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_chinese_name_stands_beside_its_own_term(notebook: Path) -> None:
    wrong = []
    for block in prose(notebook):
        for name, around in chinese_terms(block):
            bearers = [term for term in glossary.terms() if name in term.renderings]
            if bearers and not any(
                stem in around.casefold()
                for term in bearers
                for english in names(term)
                for stem in stems(english)
            ):
                wrong.append((name, around.strip()))
    assert not wrong, f"no English name of the term beside it: {wrong}"


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_later_chapters_term_is_announced(notebook: Path) -> None:
    """Speaker notes may look ahead: who speaks knows the chapters to come."""
    text = [block for block in prose(notebook) if not block.spoken]
    late = [term for term in glossary.terms() if term.chapter > chapter(notebook)]
    offences = []
    for term in late:
        plain = [pattern(name) for name in names(term) if name not in EVERYDAY]
        uses = [
            block
            for block in text
            if any(one.search(block.text.casefold()) for one in plain)
            or any(name in term.renderings for name, _ in chinese_terms(block))
        ]
        if uses and not any(points_to(term, block) for block in uses):
            offences.append((term.english, term.chapters, uses[0].source[:200]))
    assert not offences, f"say which chapter explains them, or explain them: {offences}"


@pytest.mark.parametrize("term", glossary.terms(), ids=lambda term: term.english)
def test_a_term_occurs_in_the_chapters_that_explain_it(term: Term) -> None:
    standing = {chapter(path) for path in NOTEBOOKS}
    for number in standing.intersection(term.chapters):
        parts = [path for path in NOTEBOOKS if chapter(path) == number]
        texts = [block.source.casefold() for path in parts for block in prose(path)]
        assert any(mentions(term, text) for text in texts), (
            f"chapter {number:02d} does not use {term.english!r}"
        )
