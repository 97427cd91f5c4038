"""The one form in which a chapter is committed: what is kept, what is dropped, what must hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

import nbformat
from nbformat import NotebookNode

KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}
CELL_METADATA = ("tags", "slideshow", "jupyter")
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"  # random model ids, dead without a kernel
NEVER_COMPARED = "nbval-ignore-output"
TAGS = {"extra", "remove_input", "widget", NEVER_COMPARED, "digits-output"}
SLIDE_TYPES = {"slide", "fragment", "-", "skip", "notes"}
MOST_BYTES = 1_000_000


def normalise(notebook: NotebookNode) -> NotebookNode:
    """Write `notebook` in its canonical form; changes it and returns it."""
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    metadata = {"kernelspec": KERNELSPEC, "language_info": {"name": "python"}}
    if title := notebook.metadata.get("title"):
        metadata["title"] = title
    notebook.metadata = nbformat.from_dict(metadata)
    taken: set[str] = set()
    count = 0
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict(
            {key: cell.metadata[key] for key in CELL_METADATA if cell.metadata.get(key)}
        )
        cell.source = cell.source.strip("\n")
        cell.id = _lasting_id(cell, taken)
        taken.add(cell.id)
        if cell.cell_type == "code":
            cell.source = "\n".join(line.rstrip() for line in cell.source.split("\n"))
            count += 1
            _normalise_outputs(cell, count)
    return notebook


def _lasting_id(cell: NotebookNode, taken: set[str]) -> str:
    """The cell's own id, or, in place of a random one, its first words."""
    own = cell.get("id", "")
    if own and own not in taken and not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f-]+)?", own):
        return own
    words = re.sub(r"[^a-z0-9]+", "-", cell.source.lower()).strip("-")[:24].strip("-") or "cell"
    number, new = 1, words
    while new in taken:
        number += 1
        new = f"{words}-{number}"
    return new


def _normalise_outputs(cell: NotebookNode, count: int) -> None:
    if cell.execution_count is not None:
        cell.execution_count = count
    for output in cell.outputs:
        output.get("data", {}).pop(WIDGET_VIEW, None)
        if "metadata" in output:
            kept = {k: v for k, v in output.metadata.items() if k == "image/png"}
            output.metadata = nbformat.from_dict(kept)
        if output.output_type == "execute_result":
            output.execution_count = cell.execution_count
    cell.outputs = [o for o in cell.outputs if o.get("data") != {}]


def keep_outputs(new: NotebookNode, old: NotebookNode, tags: set[str]) -> None:
    """Outputs that nobody compares (timings, trained digits) stay as they were, to spare the diffs.

    That holds for cells with one of `tags`, as long as no code up to that cell has changed. If
    anything else has changed, the outputs that are never compared are renewed with it: what is
    printed and what is drawn must come from one run.
    """
    before = [cell for cell in old.cells if cell.cell_type == "code"]
    after = [cell for cell in new.cells if cell.cell_type == "code"]
    pairs = list(
        takewhile(lambda pair: pair[0].source == pair[1].source, zip(before, after, strict=False))
    )
    others = [pair for pair in pairs if not tags & _tags(pair[1])]
    whole = len(pairs) == len(before) == len(after)
    if not (whole and all(was.outputs == now.outputs for was, now in others)):
        tags = tags - {NEVER_COMPARED}
    for was, now in pairs:
        if tags & _tags(now) and was.execution_count is not None:
            now.outputs = was.outputs


def _tags(cell: NotebookNode) -> set[str]:
    return set(cell.metadata.get("tags", []))


def problems(notebook: NotebookNode, size: int) -> Iterator[str]:
    """What must be mended by hand before a chapter is committed, in plain words."""
    if size >= MOST_BYTES:
        yield f"the file has {size:,} bytes; it must stay under {MOST_BYTES:,}"
    for cell in notebook.cells:
        where = f"cell {cell.id!r}"
        if unknown := _tags(cell) - TAGS:
            yield f"{where}: unknown tag {sorted(unknown)}; known are {sorted(TAGS)}"
        if slide_type(cell) not in SLIDE_TYPES:
            known = sorted(SLIDE_TYPES)
            yield f"{where}: unknown slide type {slide_type(cell)!r}; known are {known}"
        if cell.cell_type == "code":
            yield from (f"{where}: {problem}" for problem in _code_problems(cell))
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    if unrun := [cell.id for cell in code if cell.execution_count is None]:
        yield f"{len(unrun)} of {len(code)} code cells were not run, the first is {unrun[0]!r}"
    yield from _slide_problems(notebook)


def slide_type(cell: NotebookNode) -> str:
    return str(cell.metadata.get("slideshow", {}).get("slide_type") or "-")


def _code_problems(cell: NotebookNode) -> Iterator[str]:
    if not cell.source.strip():
        yield "is empty"
    pictures = [o for o in cell.outputs if "image/png" in o.get("data", {})]
    for output in cell.outputs:
        if output.output_type == "error":
            yield f"ended in an error: {output.ename}: {output.evalue}"
        elif output.output_type == "stream" and output.name == "stderr":
            yield f"writes to stderr: {output.text.strip()[:80]!r}"
    for output in pictures:
        if not output.metadata.get("image/png", {}).get("alt", "").strip():
            yield 'has a picture without alternative text (plots.show(figure, "…") gives it one)'
    if "widget" in _tags(cell) and cell.execution_count and not pictures:
        yield "is tagged widget, but has no still picture"


def _slide_problems(notebook: NotebookNode) -> Iterator[str]:
    """Each slide has exactly one speaker note, and no note stands outside a slide."""
    slides: list[tuple[str, int]] = []
    for cell in notebook.cells:
        kind = slide_type(cell)
        if kind == "slide":
            slides.append((cell.id, 0))
        elif not slides and kind != "skip":
            yield (
                f"cell {cell.id!r} stands before the first slide: mark it as slide "
                "(it begins the deck) or as skip (it is not in the deck)"
            )
        elif kind == "notes":
            slides[-1] = (slides[-1][0], slides[-1][1] + 1)
    if not slides:
        yield "no cell is marked as a slide"
    for cell_id, notes in slides:
        if notes != 1:
            yield f"the slide at cell {cell_id!r} has {notes} speaker notes; it needs exactly one"
