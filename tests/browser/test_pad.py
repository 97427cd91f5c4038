"""The drawing pad in JupyterLab: mouse, finger and keyboard, and a second run of its cell."""

from __future__ import annotations

import re

import pytest
from lab_page import (
    ask,
    at_rest,
    changes,
    fingerprint,
    has_controls,
    healthy,
    press,
    run_cell,
    until,
)

try:
    from playwright.sync_api import expect
except ImportError:  # then the fixture `browser` skips or fails
    expect = None


@pytest.fixture
def pad(open_widget):
    page, panel = open_widget("widgets.pad(Network([784, 30, 10], rng=0), data=digits)")
    yield page, panel
    healthy(page)


def sheet(panel):
    return panel.get_by_role("img", name=re.compile("^(Draw a digit here|Sheet with)"))


def field(panel):
    return panel.get_by_role("img", name="The 28 by 28 image")


def bars(panel):
    """The ten outputs as they are shown: "0.53", or "–" without a drawing."""
    return [bar.get_attribute("aria-valuetext") for bar in panel.get_by_role("meter").all()]


def places(panel, *points):
    """Pixels on the page for points of the sheet, from (0, 0) to (1, 1)."""
    box = sheet(panel).bounding_box()
    return [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]


def draw(page, panel, *points):
    (first, *rest) = places(panel, *points)
    page.mouse.move(*first)
    page.mouse.down()
    for place in rest:
        page.mouse.move(*place, steps=6)
    page.mouse.up()


def touch(page, panel, *points):
    fingers = page.context.new_cdp_session(page)
    for kind, place in zip(
        ["touchStart", *["touchMove"] * (len(points) - 1)], places(panel, *points), strict=True
    ):
        at = [{"x": place[0], "y": place[1]}]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    fingers.detach()


def strokes(page):
    return ask(page, "[len(stroke) for stroke in widget.sheet.strokes]")


def test_pad_drawing(pad):
    page, panel = pad
    has_controls(panel, button=["Undo", "Clear", "Load", "Next digit"], spinbutton=["Test digit"])
    assert bars(panel) == ["–"] * 10
    empty = fingerprint(sheet(panel)), fingerprint(field(panel))
    with changes(field(panel)), changes(sheet(panel)):
        draw(page, panel, (0.3, 0.2), (0.7, 0.2), (0.4, 0.8))
    until(page, lambda: "–" not in bars(panel), "ten outputs")
    one = at_rest(field(panel))
    before = bars(panel)
    with changes(field(panel)):
        draw(page, panel, (0.2, 0.5), (0.8, 0.5))
    until(page, lambda: bars(panel) != before, "the outputs follow the second stroke")
    with changes(sheet(panel)):
        draw(page, panel, (0.8, 0.8))  # a dot
    until(page, lambda: len(strokes(page)) == 3, "three strokes in the kernel")
    assert [round(v, 2) for v in ask(page, "widget.outputs.tolist()")] == pytest.approx(
        [float(text) for text in bars(panel)], abs=0.011
    )
    press(panel, "Undo")
    until(page, lambda: len(strokes(page)) == 2, "the dot is undone")
    sheet(panel).press("Backspace")
    until(page, lambda: fingerprint(field(panel)) == one, "the second stroke is undone by key")
    press(panel, "Clear")
    until(page, lambda: bars(panel) == ["–"] * 10, "the bars are empty")
    assert (fingerprint(sheet(panel)), fingerprint(field(panel))) == empty
    assert page.locator(".jp-Notebook .jp-Cell").count() == 1  # no key reached the notebook

    with changes(field(panel)), changes(sheet(panel)):
        touch(page, panel, (0.3, 0.3), (0.5, 0.3), (0.5, 0.8))
    touch(page, panel, (0.2, 0.6), (0.7, 0.6))
    until(page, lambda: strokes(page) == [3, 2], "two strokes by finger")
    expect(panel).to_contain_text("The network answers")


def test_pad_digits_by_keyboard_and_a_second_run(pad):
    page, panel = pad
    number = panel.get_by_role("spinbutton", name="Test digit")
    with changes(field(panel)), changes(sheet(panel)):
        number.fill("7")
        number.press("Enter")
    label = ask(page, "int(digits.test.labels[7])")
    expect(panel).to_contain_text(f"is a {label}.")
    with changes(field(panel)):
        press(panel, "Next digit")
    expect(number).to_have_value("8")
    number.fill("3")
    with changes(field(panel)):
        press(panel, "Load")
    assert ask(page, "widget.sheet.digit") == 3

    run_cell(page)  # a new pad in the old one's place
    expect(panel).to_have_count(1)
    until(page, lambda: panel.get_by_role("meter").count() == 10, "the new pad")
    until(page, lambda: bars(panel) == ["–"] * 10, "the new pad is empty")
    with changes(field(panel)):
        draw(page, panel, (0.5, 0.2), (0.5, 0.8))
    until(page, lambda: ask(page, "len(widget.sheet.strokes)") == 1, "the new pad's stroke")
