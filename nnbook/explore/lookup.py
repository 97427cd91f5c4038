"""Finding terms by what a reader types: English, Chinese, a symbol, a name in the package."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence

from nnbook.checks import instance, whole
from nnbook.glossary import NEAR, Term, keys, terms

SPELLED = {  # a letter that keyboards lack: how it is typed
    "δ": "delta",
    "∇": "nabla",
    "∂": "partial",
    "η": "eta",
    "θ": "theta",
    "λ": "lambda",
    "μ": "mu",
    "σ": "sigma",
    "·": "*",
    "⊙": "odot",
    "⊕": "xor",
}
IN_MEANINGS = 3  # letters from which on the definitions are searched, too


def plain(text: str) -> str:
    """`text` in small letters, one space between words; a hyphen or dash counts as a space."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[-‐-―_]", " ", text).split())


class Lookup:
    """A search in `known` terms, by default the whole glossary.

    `text` and `chapter` (None for all) are the question, `found` the answer, best first.
    """

    def __init__(
        self, text: str = "", chapter: int | None = None, known: Sequence[Term] | None = None
    ) -> None:
        self.known = tuple(terms() if known is None else known)
        self.ask(text, chapter)

    @property
    def chapters(self) -> tuple[int, ...]:
        """The chapters that have terms."""
        return tuple(sorted({number for one in self.known for number in one.chapters}))

    def ask(self, text: str, chapter: int | None = None) -> None:
        """Search anew. TypeError or ValueError unless `chapter` is None or has terms."""
        self.text = instance("text", text, str, '"weight"')
        if chapter is not None:
            whole("chapter", chapter, low=0)
            if chapter not in self.chapters:
                numbers = ", ".join(f"{number:02d}" for number in self.chapters)
                raise ValueError(f"chapter must be one of {numbers}, but it is {chapter}.")
        self.chapter = chapter
        self.found = self._find(plain(text), chapter)

    @property
    def near(self) -> tuple[str, ...]:
        """Names that look like a text for which nothing was found."""
        if self.found or not plain(self.text):
            return ()
        names = {plain(key): one.english for one in self.known for key in keys(one)}
        close = difflib.get_close_matches(plain(self.text), names, 3, NEAR)
        return tuple(dict.fromkeys(names[name] for name in close))

    def _find(self, wanted: str, chapter: int | None) -> tuple[Term, ...]:
        ranked = sorted(
            (rank(one, wanted), one.english.casefold(), position)
            for position, one in enumerate(self.known)
            if (chapter is None or chapter in one.chapters) and rank(one, wanted) is not None
        )
        return tuple(self.known[position] for *_, position in ranked)


def rank(one: Term, wanted: str) -> int | None:
    """How well a term answers: 0 its name or symbol, 1 the name begins so, 2 a word of it, 3 a
    part of it, 4 a word of its meaning; None if not at all. `wanted` is plain."""
    names = [plain(name) for name in (*keys(one), *one.renderings, *code_names(one)) if name]
    if not wanted:
        return 0
    short = wanted.replace(" ", "")
    joined = [name.replace(" ", "") for name in names]
    if short in joined or wanted in symbols(one):
        return 0
    if any(name.startswith(short) for name in joined):
        return 1
    if any(f" {wanted}" in f" {name}" for name in names):
        return 2
    if any(short in name for name in joined):
        return 3
    inside = re.search(rf"(?<!\w){re.escape(wanted)}", plain(one.definition))
    return 4 if len(short) >= IN_MEANINGS and inside else None


def code_names(one: Term) -> Iterator[str]:
    """ "Dense.W" and "W" for the code name Dense.W."""
    if one.code:
        yield one.code
        yield one.code.split(".")[-1]


def symbols(one: Term) -> Iterator[str]:
    """Its symbol as it stands and as it is typed: "∇c", "nabla c", "∇" and "nabla"."""
    if one.symbol:
        yield plain(one.symbol)
        spelled = one.symbol
        for letter, word in SPELLED.items():
            spelled = spelled.replace(letter, f" {word} ")
        yield plain(spelled)
        if one.symbol[0] in SPELLED:
            yield from (one.symbol[0], SPELLED[one.symbol[0]])
