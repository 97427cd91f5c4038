"""Which notebooks are meant by `02`, `02_sigmoid` or a path, and what a chapter is called."""

from __future__ import annotations

import re
from pathlib import Path

from nbformat import NotebookNode

CHECKOUT = Path(__file__).resolve().parents[2] / "chapters"  # beside the package, if not installed


class NoChapter(ValueError):
    """The reader asked for a chapter that is not there; the message says which ones are."""


def chapters_folder() -> Path:
    """`./chapters`, else `.`, else the checkout's own; NoChapter if none of them has chapters."""
    for folder in (Path("chapters"), Path("."), CHECKOUT):
        if _chapters_in(folder):
            return folder
    raise NoChapter(
        f"No chapters here: looked for NN_name.ipynb in {Path('chapters').resolve()} and in "
        f"{Path('.').resolve()}. Give the path of a notebook, or change to the folder of the book."
    )


def _chapters_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("[0-9][0-9]_*.ipynb"))


def find_chapters(names: list[str]) -> list[Path]:
    """The notebooks for `names`, in that order; without names, all chapters.

    A name is a chapter number (`02`, `2`: all its notebooks), a notebook's name with or without
    its ending, a path of a notebook, or a folder. NoChapter if one of them is not found.
    """
    found: list[Path] = []
    for name in names:
        for path in _find(name):
            if path.resolve() not in [known.resolve() for known in found]:
                found.append(path)
    return found if names else _chapters_in(chapters_folder())


def _find(name: str) -> list[Path]:
    path = Path(name)
    if path.suffix == ".ipynb" and path.is_file():
        return [path]
    if path.is_dir() and (inside := sorted(path.glob("*.ipynb"))):
        return inside
    if path.parent != Path("."):
        raise NoChapter(f"There is no notebook {name}.")
    known = _chapters_in(chapters_folder())
    number = f"{int(name):02d}" if re.fullmatch(r"\d{1,2}", name) else None
    matching = [
        chapter
        for chapter in known
        if (
            chapter.name.startswith(f"{number}_")
            if number
            else name in (chapter.stem, chapter.name)
        )
    ]
    if not matching:
        raise NoChapter(
            f"There is no chapter {name!r}. In {chapters_folder()} there are: "
            f"{', '.join(chapter.stem for chapter in known)}. A path to a notebook is fine, too."
        )
    return matching


def title(notebook: NotebookNode, name: str) -> str:
    """The chapter's first heading without number, Chinese and mark-up, else its file name."""
    for cell in notebook.cells:
        heading = re.search(r"^#\s+(.+)$", cell.source, re.MULTILINE)
        if cell.cell_type == "markdown" and heading:
            text = re.sub(r"<span lang=[\"']zh[\"']>.*?</span>|<[^>]+>|[*_`]", "", heading[1])
            text = re.sub(r"\s*[（(]\s*[)）]", "", text)
            return re.sub(r"^(Chapter\s+)?\d\d\s*[:.·—–-]*\s*", "", text).strip(" ·—–-")
    return str(notebook.metadata.get("title", name))


def number(name: str) -> str | None:
    """The chapter number at the beginning of a notebook's name: '02' for '02_sigmoid'."""
    found = re.match(r"(\d\d)_", name)
    return found[1] if found else None
