"""Each chapter in JupyterLab: all cells run, widgets live, pictures are there, all is local."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from lab_page import until

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"
NOTEBOOKS = sorted(CHAPTERS.glob("*.ipynb"))
PNG = "image/png"

# What each code cell has put out: the kinds of data of all its outputs.
KINDS = """() => jupyterapp.shell.currentWidget.content.widgets.map(cell =>
  cell.model.type === 'code'
    ? cell.model.outputs.toJSON().flatMap(output => Object.keys(output.data ?? {})) : [])"""
# Lab keeps only the cells near the window on the page: bring one there, and give its outputs.
SHOW = """async index => {
  const notebook = jupyterapp.shell.currentWidget.content;
  notebook.activeCellIndex = index;
  await notebook.scrollToItem(index, 'start');
}"""
SEEN = """index => {
  const cell = jupyterapp.shell.currentWidget.content.widgets[index].node;
  const outputs = cell.querySelector('.jp-Cell-outputArea');
  const pictures = [...(outputs?.querySelectorAll('img, svg, canvas') ?? [])];
  return {
    text: outputs?.innerText ?? '',
    panels: [...(outputs?.querySelectorAll('.nnbook-panel') ?? [])]
      .filter(panel => panel.querySelector('button, [role=slider]')?.offsetParent).length,
    pictures: pictures.filter(p => p.getBoundingClientRect().width > 40).length,
    broken: pictures.filter(p => p.tagName === 'IMG' && p.complete && !p.naturalWidth).length,
  };
}"""


@pytest.fixture(scope="module")
def served(lab_url):
    """The chapters, and all that lies beside them, in the served folder."""
    _, root = lab_url
    return Path(shutil.copytree(CHAPTERS, root / "chapters", dirs_exist_ok=True))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_chapter(open_notebook, served, path):
    notebook = nbformat.read(path, as_version=4)
    page = open_notebook(served / path.name)
    kinds = page.evaluate(KINDS)
    assert len(kinds) == len(notebook.cells)
    for index, cell in enumerate(notebook.cells):
        where = f"cell {index}: {cell.source[:60]!r}"
        if PNG in [kind for output in cell.get("outputs", []) for kind in output.get("data", {})]:
            assert PNG in kinds[index], f"{where} has no picture"
        if "widget" in cell.metadata.get("tags", []):
            shown(page, index, lambda seen: seen["panels"] == 1, f"{where}: no live widget")
        elif PNG in kinds[index]:
            shown(page, index, lambda seen: seen["pictures"], f"{where}: picture not shown")
    assert page.problems == []


def shown(page, index, good, what):
    """Scroll to a cell and wait until `good` of what is seen there; nothing may be broken."""
    page.evaluate(SHOW, index)
    until(page, lambda: good(page.evaluate(SEEN, index)), what, seconds=30)
    seen = page.evaluate(SEEN, index)
    assert not seen["broken"], f"{what} (a broken picture)"
    for complaint in ("model not found", "Error displaying widget", "Loading widget"):
        assert complaint not in seen["text"], f"{what}: {complaint}"
