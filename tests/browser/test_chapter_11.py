"""Chapter 11 in JupyterLab: the glossary is searched by keyboard, the map's links open sections."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path
from urllib.parse import unquote

import pytest
from lab_page import SECONDS, ask, has_controls, healthy, press, until

try:
    from playwright.sync_api import expect
except ImportError:  # then the fixture `browser` skips or fails
    expect = None

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"
# Bring the cell with this source into view: Lab keeps only cells near the window on the page.
SHOW = """async source => {
  const notebook = jupyterapp.shell.currentWidget.content;
  const index = notebook.widgets.findIndex(cell => cell.model.sharedModel.source === source);
  notebook.activeCellIndex = index;
  await notebook.scrollToItem(index, 'start');
}"""
# Go to a heading as Lab does for the part of a link behind the #.
GO = """async fragment => {
  const panel = jupyterapp.shell.currentWidget;
  await panel.context.ready;
  await panel.content.setFragment(fragment);
}"""
# Which notebook is it, and which headings are in view?
LOOK = """() => {
  const panel = jupyterapp.shell.currentWidget;
  const { top, bottom } = panel.content.node.getBoundingClientRect();
  const headings = [...panel.content.node.querySelectorAll('h1, h2, h3')].filter(heading => {
    const box = heading.getBoundingClientRect();
    return box.height && box.top >= top - 5 && box.bottom <= bottom;
  });
  return [panel.context.path, headings.map(heading => heading.innerText)];
}"""
SCROLL_SECONDS = 3  # asked many times a second, Lab on a busy machine never gets there


@pytest.fixture
def glossary(open_widget):
    page, panel = open_widget("widgets.glossary_search()")
    yield page, panel, panel.get_by_role("region", name="terms found")
    healthy(page)


def test_the_glossary_is_searched_by_keyboard(glossary):
    page, panel, terms = glossary
    has_controls(panel, textbox=["look up"], combobox=["chapter"], button=["Clear"])
    field = panel.get_by_role("textbox", name="look up")
    field.focus()
    page.keyboard.type("vanish")
    expect(terms).to_contain_text("vanishing gradient 梯度消失")
    expect(terms).not_to_contain_text("perceptron")
    field.fill("梯度下降")
    expect(panel.get_by_role("status")).to_have_text("2 terms.")
    expect(terms).to_contain_text("stochastic gradient descent")
    field.fill("lambda")
    expect(terms).to_contain_text("weight decay")
    field.fill("gradeint")
    expect(panel.get_by_role("status")).to_contain_text("Is it gradient")
    press(panel, "Clear")
    expect(field).to_have_value("")
    expect(terms).to_contain_text("accuracy")


def test_the_list_is_reached_and_scrolled_by_keyboard(glossary):
    page, panel, terms = glossary
    panel.get_by_role("textbox", name="look up").focus()
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(terms).to_be_focused()
    page.keyboard.press("PageDown")
    until(page, lambda: terms.evaluate("list => list.scrollTop") > 100, "the list scrolls")


def test_a_chapter_is_chosen(glossary):
    page, panel, terms = glossary
    panel.get_by_role("combobox", name="chapter").select_option("06")
    expect(terms).to_contain_text("Newton's method")
    expect(terms).not_to_contain_text("truth table")
    assert ask(page, "widget.lookup.chapter") == 6


@pytest.fixture(scope="module")
def served(lab_url):
    """The chapters in the served folder."""
    _, root = lab_url
    return Path(shutil.copytree(CHAPTERS, root / "chapters", dirs_exist_ok=True))


@pytest.mark.parametrize(
    ("table", "link", "opened", "heading"),
    [
        (
            'sections.table("note 2")',
            re.compile("^The slope of the sigmoid"),
            "02_sigmoid",
            re.compile("^The slope of the sigmoid"),
        ),
        (
            'sections.table("NNDL")',
            "The big picture",
            "03_four_equations",
            re.compile("The big picture"),
        ),
        (
            'sections.table("note 4")',
            "The error δ",
            "03_four_equations",
            re.compile("^The error δ\\s*$"),
        ),
        (
            'sections.table("note 2")',
            re.compile("^Note 2: thresholds"),
            "03_four_notations",
            re.compile("^Note 2: thresholds"),
        ),
    ],
)
def test_a_link_of_the_map_opens_the_section(open_notebook, served, table, link, opened, heading):
    page = open_notebook(served / "11_glossary.ipynb")
    page.evaluate(SHOW, table)
    anchor = page.get_by_role("link", name=link).first
    fragment = unquote(anchor.get_attribute("href").partition("#")[2])
    anchor.click()
    asked = float("-inf")

    def there():
        nonlocal asked
        path, seen = page.evaluate(LOOK)
        if path != f"chapters/{opened}.ipynb":
            return False
        if time.monotonic() > asked + SCROLL_SECONDS:  # Lab forgets it while the cells are built
            page.evaluate(GO, f"#{fragment}")
            asked = time.monotonic()
        return any(map(heading.match, seen))

    until(page, there, f"{heading.pattern} in {opened}", 2 * SECONDS)
    assert not page.problems


def test_the_words_are_reached_by_their_heading_and_their_letter(open_notebook, served):
    page = open_notebook(served / "11_glossary.ipynb")
    page.get_by_role("link", name="Glossary A to Z").first.click()
    page.get_by_role("link", name="K", exact=True).first.click()
    row = page.get_by_role("row", name=re.compile(r"^kernel \(filter\)")).first  # not "filter: see"
    expect(row).to_be_in_viewport()
    link = row.get_by_role("link", name="09")
    assert re.search(r"/09_convolutional_networks\.ipynb.*#", link.get_attribute("href"))

    page.evaluate(SHOW, "index.chinese()")
    page.get_by_role("link", name="Y", exact=True).last.click()
    expect(page.get_by_role("cell", name="阈值").last).to_be_in_viewport()
    assert not page.problems
