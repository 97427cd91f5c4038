"""The backpropagation stepper in JupyterLab: stepped through by keyboard and mouse."""

from __future__ import annotations

import re

import pytest
from lab_page import ask, has_controls, healthy, press, slide, until

try:
    from playwright.sync_api import expect
except ImportError:  # then the fixture `browser` skips or fails
    expect = None

STEPS = 45
NAMES = ["δ", "thresholds", "index by index", "two passes"]


@pytest.fixture
def stepper(open_widget):
    page, panel = open_widget("widgets.backprop_stepper()")
    yield page, panel, panel.get_by_role("img", name=re.compile("^Step|^Nothing"))
    healthy(page)


def texts(picture):
    """All texts of the drawing, sorted."""
    return sorted(picture.locator("text").all_text_contents())


def test_controls_have_names(stepper):
    _, panel, _ = stepper
    has_controls(
        panel,
        combobox=["notation", "number to change"],
        button=["First", "Previous", "Next", "Last", "Reset the numbers"],
        slider=["step", "its value"],
        textbox=["step, typed", "its value, typed"],
    )


def test_forward_and_backward_by_keyboard(stepper):
    page, panel, picture = stepper
    expect(panel).to_contain_text("Nothing is computed yet")
    given = len(texts(picture))
    for number in range(1, STEPS + 1):
        press(panel, "Next")
        expect(panel).to_contain_text(f"Step {number} of {STEPS}.")
    assert len(texts(picture)) == given + STEPS - 1  # the cost had its letter at the start
    expect(panel).to_contain_text("Each of the 23 derivatives")
    press(panel, "Next")  # the end stays the end
    press(panel, "Previous")
    expect(panel).to_contain_text(f"Step {STEPS - 1} of {STEPS}.")
    expect(panel.get_by_role("table")).to_have_count(0)
    press(panel, "First")
    expect(panel).to_contain_text("Nothing is computed yet")
    press(panel, "Last")
    expect(panel).to_contain_text(f"Step {STEPS} of {STEPS}.")
    slide(panel.get_by_role("slider", name="step", exact=True), "Home", "ArrowRight", "ArrowRight")
    expect(panel).to_contain_text("Step 2 of 45. Output of hidden neuron 1")
    assert ask(page, "widget.stepper.position") == 2


def test_each_notation_has_its_letters(stepper):
    _, panel, picture = stepper
    menu = panel.get_by_role("combobox", name="notation")
    press(panel, "Last")
    letters = dict(zip(NAMES, ("δ⁴₁ =", "g₁ =", "errc1 =", "∂C/∂z″₁ ="), strict=True))
    for name, letter in letters.items():
        menu.select_option(index=NAMES.index(name))
        expect(picture).to_contain_text(letter)
        assert sum(letter in text for text in texts(picture)) == 1
        expect(panel).to_contain_text("Relative distance")


def test_a_changed_weight_changes_all_that_follows(stepper):
    page, panel, picture = stepper
    press(panel, "Last")
    menu = panel.get_by_role("combobox", name="number to change")
    menu.select_option("w²₁₁   weight input 1 → hidden neuron 1 (layer 2)")
    before = texts(picture)
    slide(panel.get_by_role("slider", name="its value", exact=True), "ArrowRight", "ArrowRight")

    def drawn():
        """The new weight, all errors, and all that is computed from z²₁."""
        after = texts(picture)
        weights = after.count("−0.1") - before.count("−0.1")
        return weights == 1 and sum(one not in before for one in after) > 30

    until(page, drawn, "the new weight and what follows from it")
    panel.get_by_role("button", name="Reset the numbers").click()
    until(page, lambda: texts(picture) == before, "all is as it was")


def test_no_text_is_cut_off_or_over_another(stepper):
    """Boxes of the texts in the browser's own font: inside the drawing, none over another."""
    _, panel, picture = stepper
    menu = panel.get_by_role("combobox", name="notation")
    press(panel, "Last")
    for name in NAMES:
        menu.select_option(index=NAMES.index(name))
        panel.page.wait_for_timeout(500)
        found = picture.evaluate(
            """svg => [...svg.querySelectorAll('text')].map(text => {
                 const box = text.getBBox();
                 return [text.textContent, box.x, box.y + 3, box.width, box.height - 6];
               })"""
        )
        for at, (text, x, y, width, height) in enumerate(found):
            assert min(x, y) >= 0 and x + width <= 880 and y + height <= 512, text
            for other, x2, y2, width2, height2 in found[at + 1 :]:
                apart = x + width <= x2 or x2 + width2 <= x or y + height <= y2 or y2 + height2 <= y
                assert apart, f"{text!r} lies over {other!r} in {name}"
