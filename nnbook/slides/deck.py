"""What a lecture takes from a chapter: its slides and their notes, in the wanted length."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell
from traitlets import Int

from nnbook.slides import chapters, png

CORE_MINUTES, ALL_MINUTES = 45, 90
GROWTH = 1.25  # figures drawn for a page are shown this much larger on a slide, where there is room


class Deck(Preprocessor):
    """Runs before nbconvert builds the slides; named in `templates/nnbook/conf.json`."""

    minutes = Int(ALL_MINUTES, help="45 leaves out the slides tagged `extra`").tag(config=True)

    def preprocess(
        self, notebook: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        name = resources["metadata"]["name"]
        where = chapters.number(name)
        kept, dropped, heading = [], False, ""
        for cell in notebook.cells:
            kind = slide_type(cell)
            heading = last_heading(cell) or heading
            if kind == "slide":
                dropped = self.minutes < ALL_MINUTES and "extra" in tags(cell)
            if kind == "skip" or dropped:
                continue
            if kind == "notes":
                cell.source = note_in_parts(cell.source, self.minutes)
            if cell.cell_type == "markdown":
                cell.source = without_links(without_navigation(cell.source))
                if not cell.source.strip():
                    continue
            kept.append(cell)
            if cell.cell_type == "code":
                for output in cell.outputs:
                    show_still(output)
                if "widget" in tags(cell):
                    kept.append(live_line(cell, name, heading))
        if not any(slide_type(cell) == "slide" for cell in kept):
            raise ValueError(f"{name} has no slides: mark cells with the slide type 'slide'.")
        notebook.metadata["title"] = chapters.title(notebook, name)
        notebook.metadata["chapter"] = f"Chapter {where}" if where else ""
        notebook.cells = kept
        return notebook, resources


def slide_type(cell: NotebookNode) -> str:
    return str(cell.metadata.get("slideshow", {}).get("slide_type") or "-")


def tags(cell: NotebookNode) -> list[str]:
    return list(cell.metadata.get("tags", []))


def last_heading(cell: NotebookNode) -> str:
    """The text of the last heading in a markdown cell, without mark-up; empty if it has none."""
    if cell.cell_type != "markdown" or slide_type(cell) == "notes":
        return ""
    headings = re.findall(r"^#{1,4}\s+(.+?)\s*#*$", cell.source, re.MULTILINE)
    return re.sub(r"<[^>]+>|[*`]", "", headings[-1]) if headings else ""


def note_in_parts(source: str, minutes: int) -> str:
    """A speaker note with a paragraph for each part, and only the minute of this deck's length.

    The notebook has both: "**Minute** 12 (long deck: 15)".
    """
    choice = r"\2" if minutes >= ALL_MINUTES else r"\1"
    source = re.sub(r"(\d+)\s*\(long deck:\s*(\d+)\)", choice, source)
    return re.sub(r"\s*(\*\*(?:Say|Ask|Minute|Skip if late)\b)", r"\n\n\1", source).strip()


def without_navigation(source: str) -> str:
    """The text without the line that links the previous chapter, the contents and the next one."""
    lines = source.split("\n")
    return "\n".join(
        line
        for line in lines
        if not (".ipynb)" in line and re.search(r"[←→]|\[[^\]]*contents[^\]]*\]\(", line, re.I))
    )


def without_links(source: str) -> str:
    """Links to other notebooks or places in this one lead nowhere in a deck: only their text."""
    return re.sub(r"(?<!!)\[([^\]]+)\]\((?!https?:)[^)\s]*(?:ipynb|#)[^)\s]*\)", r"\1", source)


def show_still(output: NotebookNode) -> None:
    """Where there is a picture, the slide shows the picture, in a size for the last row."""
    data = output.get("data", {})
    if "image/png" not in data:
        return
    for mime in [key for key in data if key not in ("image/png", "text/plain")]:
        del data[mime]
    about = output.metadata.setdefault("image/png", {})
    about.setdefault("width", round(GROWTH * png.width(data["image/png"])))
    about.pop("height", None)


def live_line(cell: NotebookNode, name: str, heading: str) -> NotebookNode:
    """A line under a widget's picture that names the cell to open for the live demonstration."""
    call = cell.source.strip().split("\n")[-1].strip()
    call = call if len(call) <= 60 else call[:57] + "…"
    section = f", section “{escape(heading)}”" if heading else ""
    line = new_markdown_cell(
        f'<p class="live"><strong>Live:</strong> open chapter <code>{escape(name)}</code>'
        f"{section}, cell <code>{escape(call)}</code></p>"
    )
    line.id = f"live-{cell.id}"[:64]
    return line
