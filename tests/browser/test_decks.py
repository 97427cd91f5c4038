"""Decks in Chromium with all network blocked: they work, fit, are readable and print."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from check_deck import READY, SIZES, check_deck
from sample_chapter import write_sample

from nnbook.slides.chromium import print_pdf
from nnbook.slides.export import build_deck

CHAPTERS = sorted((Path(__file__).resolve().parents[2] / "chapters").glob("[0-9][0-9]_*.ipynb"))


@pytest.fixture(scope="module")
def write_deck(tmp_path_factory):
    """A function: the deck of a notebook as a file; each is built once."""
    folder, made = tmp_path_factory.mktemp("decks"), {}

    def write(notebook, minutes=90):
        deck = folder / f"{notebook.stem}_{minutes}.slides.html"
        if deck not in made:
            deck.write_text(build_deck(notebook, minutes), encoding="utf8")
            made[deck] = True
        return deck

    return write


@pytest.fixture(scope="module")
def sample_deck(tmp_path_factory, write_deck):
    return write_deck(write_sample(tmp_path_factory.mktemp("sample")))


@pytest.mark.parametrize("size", SIZES, ids=["1280x720", "1024x768"])
@pytest.mark.parametrize("path", CHAPTERS, ids=[path.stem for path in CHAPTERS])
def test_chapter(browser, write_deck, path, size):
    report = check_deck(browser, write_deck(path), size)
    assert not report.problems, "\n".join(report.problems)
    assert len(report.slides) >= 3


@pytest.mark.parametrize("path", CHAPTERS, ids=[path.stem for path in CHAPTERS])
def test_short_lecture(browser, write_deck, path):
    report = check_deck(browser, write_deck(path, 45), SIZES[0])
    assert not report.problems, "\n".join(report.problems)


@pytest.mark.parametrize("size", SIZES, ids=["1280x720", "1024x768"])
def test_sample(browser, sample_deck, size):
    report = check_deck(browser, sample_deck, size)
    assert not report.problems, "\n".join(report.problems)
    assert [title for title, _ in report.slides][1:3] == ["The neuron", "A smooth step"]
    assert report.formulas == 6


SPOILT = {
    "overflow": ('<p class="live">', '<p style="height:800px">high</p><p class="live">'),
    "small text": ("font-size: 24px; margin: 6px 0 14px", "font-size: 9px; margin: 6px 0 14px"),
    "alternative text": ('alt="A ball rolls into a valley."', 'alt=""'),
    "formula": (r"\frac{1}{1", r"\frak{}{\nosuchmacro{1"),
    "network": ("</main>", '<img src="http://example.invalid/x.png" alt="from afar"></main>'),
    "script": ("</body>", "<script>nothing.here()</script></body>"),
    "speaker notes": ('<aside class="notes">', '<aside class="forgotten" style="display:none">'),
    "wrapped": ("a central difference", "a central difference" + " of two values" * 8),
    "is broken": ('src="data:image/png;base64,iVBOR', 'src="data:image/png;base64,AAAAA'),
}


@pytest.mark.parametrize("problem", SPOILT)
def test_the_check_finds(browser, sample_deck, tmp_path, problem):
    good, bad = SPOILT[problem]
    html = sample_deck.read_text(encoding="utf8")
    assert good in html
    spoilt = tmp_path / "spoilt.html"
    spoilt.write_text(html.replace(good, bad, 1), encoding="utf8")
    report = check_deck(browser, spoilt, SIZES[0])
    assert any(problem in found for found in report.problems), report.problems


def open_deck(browser, deck, query=""):
    page = browser.new_context(viewport={"width": 1280, "height": 720}, offline=True).new_page()
    page.goto(deck.resolve().as_uri() + query)
    return page


def test_keyboard_moves_and_shows_fragments(browser, sample_deck):
    page = open_deck(browser, sample_deck)
    page.wait_for_function(READY)
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    fragment = page.locator("section.present section.present .fragment")
    assert "visible" not in fragment.get_attribute("class")
    page.keyboard.press("Space")
    assert "visible" in fragment.get_attribute("class")
    page.keyboard.press("End")
    assert page.evaluate("Reveal.getCurrentSlide().innerText").startswith("Gradient descent")
    assert page.locator(".slide-number").inner_text().split() == ["6", "/", "6"]
    page.context.close()


def test_speaker_view_shows_the_note(browser, sample_deck):
    page = open_deck(browser, sample_deck)
    page.wait_for_function(READY)
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    note = popup.value.locator(".speaker-controls-notes .value")
    note.get_by_text("Ask").wait_for()
    assert "what is on the slide" in note.inner_text()
    page.context.close()


def test_print_view_shows_all_slides_one_a_page(browser, sample_deck):
    page = open_deck(browser, sample_deck, "?print-pdf")
    page.wait_for_selector("html.handout")
    boxes = page.evaluate(
        "[...document.querySelectorAll('.slides > section > section')]"
        ".map(s => [s.offsetWidth, s.offsetHeight, s.scrollHeight])"
    )
    assert boxes == [[1280, 720, 720]] * 6 or all(
        b[:2] in ([1280, 720], [1280, 721]) for b in boxes
    )
    assert page.locator(".fragment").first.is_visible()
    assert not page.locator("aside.notes").first.is_visible()
    page.context.close()


def test_handout(browser, sample_deck, tmp_path):
    pdf = tmp_path / "handout.pdf"
    print_pdf(sample_deck, pdf)
    content = pdf.read_bytes()
    assert max(map(int, re.findall(rb"/Count (\d+)", content))) == 6
    assert set(re.findall(rb"/MediaBox \[([^\]]+)\]", content)) == {b"0 0 960 540"}
    assert len(content) > 40_000
