"""The glossary to search: type English, Chinese or a symbol, or choose a chapter."""

from __future__ import annotations

import html

import ipywidgets as W

from nnbook.explore.lookup import Lookup
from nnbook.glossary import Term
from nnbook.plots.show import png
from nnbook.plots.terms import term_list
from nnbook.texttable import marked
from nnbook.widgets import controls
from nnbook.widgets.panel import Panel

SHOWN = 6  # terms in the still picture
EVERYWHERE = "all chapters"
WORDS = (
    "The glossary to search: a field for English, Chinese, a symbol or a name in the package, a "
    "menu of chapters, and the terms found, each with its meaning."
)
STYLE = """<style>
.nnbook-terms { max-height: 430px; overflow-y: auto; border-top: 1px solid #ccc; }
.nnbook-terms [role=listitem] { margin-top: 9px; }
.nnbook-terms p { margin: 0 0 0 1.2em; }
.nnbook-terms .side { margin-left: 1.2em; }
.nnbook-terms code { font-size: 13px; }
</style>"""


class GlossaryWidget(Panel):
    """`lookup` is the logic; `field`, `menu` and `clear` are the controls."""

    def __init__(self, text: str = "", chapter: int | None = None) -> None:
        self.lookup = Lookup(text, chapter)
        self.field = W.Text(
            value=text,
            description="look up",
            placeholder="gradient, 梯度, ∇ or eta",
            continuous_update=True,
            style={"description_width": controls.NAME_WIDTH},
            layout=W.Layout(width=controls.WIDTH),
        )
        numbers = [(f"{number:02d}", number) for number in self.lookup.chapters]
        self.menu = controls.choice("chapter", [(EVERYWHERE, None), *numbers], chapter)
        self.clear = controls.button("Clear")
        self._count, self._list = W.HTML(), W.HTML()
        row = controls.side_by_side(self.field, self.menu, self.clear)
        super().__init__([row, self._count, self._list], words=WORDS)
        self.watch(self.field, self._asked)
        self.watch(self.menu, self._asked)
        self.click(self.clear, self._clear)
        self._show()

    def still(self) -> bytes:
        found = self.lookup.found
        rows = [(one.english, one.symbol, one.shape, *_last(one)) for one in found[:SHOWN]]
        title = f"{self._question()}: {_terms(len(found))}"
        return png(term_list(title, rows, more=max(len(found) - SHOWN, 0)))

    def _asked(self) -> None:
        self.lookup.ask(self.field.value, self.menu.value)
        self._show()

    def _clear(self) -> None:
        self.field.value, self.menu.value = "", None

    def _show(self) -> None:
        lookup = self.lookup
        near = [f"<b>{html.escape(name)}</b>" for name in lookup.near]
        advice = f" Is it {' or '.join(near)}?" if near else ""
        if not lookup.found and lookup.chapter is not None:
            advice += f" The search is in chapter {lookup.chapter:02d} only."
        self._count.value = f'<div role="status">{_terms(len(lookup.found))}.{advice}</div>'
        entries = "".join(map(entry, lookup.found))
        self._list.value = (
            f'{STYLE}<div class="nnbook-terms" tabindex="0" role="region" '
            f'aria-label="terms found"><div role="list">{entries}</div></div>'
        )

    def _question(self) -> str:
        """What is asked, for the picture, whose font has no Chinese letters."""
        text = self.lookup.text.strip()
        latin = all(ord(letter) < 0x2E80 for letter in text)
        asked = f"look up “{text}”" if latin and text else "look up"
        chapter = self.lookup.chapter
        return f"{asked}, {EVERYWHERE if chapter is None else f'chapter {chapter:02d}'}"


def entry(one: Term) -> str:
    """A term and its meaning as HTML."""
    also = f" (also {marked(one.other)})" if one.other else ""
    sides = [
        html.escape(one.symbol),
        f"shape <code>{html.escape(one.shape)}</code>" if one.shape else "",
        f"<code>nnbook.{html.escape(one.code)}</code>" if one.code else "",
        _last(one)[0],
    ]
    side = "".join(f'<span class="side">{part}</span>' for part in sides if part)
    name = f'<b>{html.escape(one.english)}</b> <span lang="zh">{html.escape(one.chinese)}</span>'
    return f'<div role="listitem">{name}{also}{side}<p>{html.escape(one.definition)}</p></div>'


def _last(one: Term) -> tuple[str, str]:
    numbers = ", ".join(f"{number:02d}" for number in one.chapters)
    return f"chapter{'s' if len(one.chapters) > 1 else ''} {numbers}", one.definition


def _terms(number: int) -> str:
    return "1 term" if number == 1 else f"{number} terms"
