"""The search explorer in JupyterLab: trials that arrive, stop, go on, and are looked back at."""

from __future__ import annotations

import re

import pytest
from lab_page import ask, at_rest, changes, has_controls, healthy, press, slide, until

try:
    from playwright.sync_api import expect
except ImportError:  # then the fixture `browser` skips or fails
    expect = None


@pytest.fixture
def explorer(open_widget):
    page, panel = open_widget("widgets.search_explorer()")
    yield page, panel, panel.get_by_role("img", name="Top left, the accuracy of each trial")
    healthy(page)


def shown(page):
    return ask(page, "widget.exploration.shown")


def test_stored_trials_arrive_stop_and_go_on(explorer):
    page, panel, picture = explorer
    has_controls(
        panel,
        combobox=["sampler", "search"],
        slider=["trials shown"],
        textbox=["trials shown, typed"],
        button=["Play", "Stop", "Reset"],
    )
    expect(panel).to_contain_text("No trial yet: press Play.")
    with changes(picture):
        press(panel, "Play")
    expect(panel).to_contain_text(re.compile("Trial [0-9]+ of 30: η = "))
    press(panel, "Stop")
    expect(panel.get_by_role("button", name="Stop")).to_be_disabled()
    rested = shown(page)
    assert 0 < rested < 30
    page.wait_for_timeout(600)  # four trials, if they still came
    assert shown(page) == rested
    with changes(picture):
        press(panel, "Play")
    expect(panel).to_contain_text("Trial 30 of 30: ")
    expect(panel.get_by_role("table")).to_contain_text("complete")
    best = ask(page, "float(widget.exploration.results.best.value)")
    expect(panel).to_contain_text(f"Best so far: {best:.2%} in trial ")
    with changes(picture):
        press(panel, "Reset")
    expect(panel).to_contain_text("No trial yet")
    assert shown(page) == 0


def test_looking_back_and_comparing_samplers(explorer):
    page, panel, picture = explorer
    slider = panel.get_by_role("slider", name="trials shown")
    with changes(picture):
        slide(slider, "End")
    expect(panel).to_contain_text("Trial 30 of 30: ")
    with changes(picture):
        slide(slider, "ArrowLeft", "ArrowLeft")
    expect(panel).to_contain_text("Trial 28 of 30: ")
    with changes(picture):
        panel.get_by_role("combobox", name="sampler").select_option("Bayesian (TPE)")
    expect(panel).to_contain_text("No trial yet")
    assert ask(page, "[*widget.exploration.others]") == ["random"]
    with changes(picture):
        panel.get_by_role("combobox", name="search").select_option("stored, MNIST, repeat 3")
    box = panel.get_by_role("textbox", name="trials shown, typed")
    box.fill("12")
    box.press("Enter")
    expect(panel).to_contain_text("Trial 12 of 30: ")
    assert ask(page, "(widget.exploration.sampler, widget.exploration.repeat)") == ("bayesian", 3)
    at_rest(picture)


def test_a_live_search_trains(open_widget):
    few = (
        "widgets.search_explorer(type(digits)(digits.name, digits.training[:200], "
        "digits.validation[:100], digits.test[:10]))"
    )
    page, panel = open_widget(few)
    menu = panel.get_by_role("combobox", name="search")
    names = menu.get_by_role("option").all_inner_texts()
    assert re.match(r"live,\son\s", names[-1])
    menu.select_option(index=len(names) - 1)
    press(panel, "Play")
    until(page, lambda: shown(page) >= 2, "two live trials")
    press(panel, "Stop")
    expect(panel.get_by_role("button", name="Stop")).to_be_disabled()
    rested = shown(page)
    press(panel, "Play")
    until(page, lambda: shown(page) > rested, "a third live trial")
    press(panel, "Stop")
    expect(panel).to_contain_text(re.compile("Trial [0-9]+ of 30: η = "))
    healthy(page)
