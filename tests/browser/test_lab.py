"""The hyper-parameter lab in JupyterLab: it trains, answers meanwhile, compares, is heard."""

from __future__ import annotations

import re
import time

import pytest
from lab_page import ask, has_controls, healthy, press, run_cell, slide, until

try:
    from playwright.sync_api import expect
except ImportError:  # then the fixture `browser` skips or fails
    expect = None

TYPED = ", typed"  # the box beside a slider has the slider's name and this


FOLDED = [
    "Chapter 04, cross-entropy",
    "Chapter 05, regularization",
    "Chapter 06, hyper-parameters",
    "Chapter 09, convolutional networks",
]
CODE = "These settings as Python code"


@pytest.fixture
def lab(open_widget):
    page, panel = open_widget("widgets.lab(chapter=2, data=digits)")
    yield page, panel
    healthy(page)


def set_box(panel, name, value, role="spinbutton"):
    box = panel.get_by_role(role, name=name, exact=True)
    box.fill(str(value))
    box.press("Tab")


def settings_for_minutes(panel):
    set_box(panel, "Training images", 1000)
    set_box(panel, "Epochs", 1000)


def state(page):
    """(state, steps done) of the newest run."""
    return ask(page, "(widget.runs[-1].state, len(widget.runs[-1].history.step_costs))")


def test_lab_trains_and_stops(lab):
    page, panel = lab
    status = panel.get_by_role("status").first
    expect(status).to_contain_text("press Play")
    settings_for_minutes(panel)
    curve = panel.locator("svg.nnbook-curves").first
    empty = curve.inner_html()
    press(panel, "Play")
    expect(status).to_contain_text("is training")
    until(page, lambda: curve.inner_html() != empty, "the curve of the cost grows")
    grown = curve.inner_html()
    until(page, lambda: curve.inner_html() != grown, "it grows on")

    eta = panel.get_by_role("slider", name="Learning rate η")
    slide(eta, "ArrowRight", "ArrowRight")  # the controls answer while it trains
    expect(status).to_contain_text("take effect at the next run")
    slide(eta, "ArrowLeft", "ArrowLeft")

    press(panel, "Pause")
    expect(status).to_contain_text("rests after")
    rested = state(page)
    assert rested[0] == "paused"
    assert state(page) == rested
    press(panel, "One epoch")
    until(page, lambda: state(page)[1] > rested[1] and state(page)[0] == "paused", "one epoch")
    assert state(page)[1] % 100 == 0  # 100 mini-batches of 10 are an epoch
    press(panel, "Play")
    expect(status).to_contain_text("is training")

    start = time.monotonic()
    press(panel, "Stop")
    expect(status).to_contain_text("is stopped", timeout=3000)
    print(f"Stop was seen after {time.monotonic() - start:.2f} s")
    stopped = state(page)
    assert stopped[0] == "stopped"
    press(panel, "Reset")
    expect(status).to_contain_text("press Play")
    assert ask(page, "widget.network is None")
    assert state(page) == stopped


def test_lab_compares_runs(lab):
    page, panel = lab
    set_box(panel, "Training images", 200)
    set_box(panel, "Epochs", 2)
    for number, hidden in ((1, "none"), (2, "20, 10")):
        set_box(panel, "Hidden layers", hidden, "textbox")
        press(panel, "Play")
        rows = panel.locator("table.nnbook-runs").get_by_role("row")
        expect(rows).to_have_count(number + 1)  # and the row of headings
        expect(panel.get_by_role("status").first).to_contain_text(f"Run {number} ")
        expect(panel.get_by_role("status").first).to_contain_text("is finished")
    assert ask(page, "[run.network.sizes[1:] for run in widget.runs]") == [[10], [20, 10, 10]]
    set_box(panel, "Hidden layers", "30, many", "textbox")
    expect(panel.get_by_role("alert")).to_contain_text("Hidden layers must be whole numbers")
    press(panel, "Play")
    assert ask(page, "len(widget.runs)") == 2
    set_box(panel, "Hidden layers", "30", "textbox")
    expect(panel.get_by_role("alert")).to_have_count(0)
    set_box(panel, "Mini-batch size m", 201)
    expect(panel.get_by_role("alert")).to_contain_text("Mini-batch size m is 201")
    set_box(panel, "Mini-batch size m", 10)
    press(panel, "Clear runs")
    expect(panel.locator("table.nnbook-runs").get_by_role("row")).to_have_count(0)


def test_lab_folded_settings(lab):
    """Everything by role and name, folded or not; the code follows each control."""
    _, panel = lab
    shown = {
        "textbox": ["Hidden layers", "Learning rate η" + TYPED],
        "slider": ["Learning rate η"],
        "spinbutton": ["Mini-batch size m", "Epochs", "Training images", "Seed"],
        "button": ["Play", "Pause", "One epoch", "Stop", "Reset", "Clear runs", *FOLDED, CODE],
    }
    has_controls(panel, **shown)
    for name, opened in (
        (CODE, [("button", "Copy the code")]),
        (FOLDED[0], [("combobox", "Cost"), ("combobox", "Output activation")]),
        (FOLDED[1], [("spinbutton", "Regularization λ"), ("combobox", "Initialization")]),
        (FOLDED[2], [("combobox", "Hidden activation")]),
        (FOLDED[3], [("textbox", "Feature maps"), ("combobox", "Pooling 2 × 2")]),
    ):
        press(panel, name)
        for role, control in opened:
            expect(panel.get_by_role(role, name=control, exact=True)).to_be_visible()
            if role == "combobox":
                panel.get_by_role(role, name=control).select_option(index=1)
    code = panel.get_by_role("region", name="Settings as Python code")
    expect(code).to_contain_text("fit(")
    for role, name, value, written in (
        ("textbox", "Hidden layers", "40, 20", "40, 20"),
        ("spinbutton", "Mini-batch size m", 20, "batch_size=20"),
        ("spinbutton", "Epochs", 7, "epochs=7"),
        ("spinbutton", "Training images", 900, "digits.training[:900]"),
        ("spinbutton", "Seed", 5, "default_rng(5)"),
        ("spinbutton", "Regularization λ", 0.5, "L2(0.5)"),
    ):
        if name == "Regularization λ":
            press(panel, FOLDED[1])
        set_box(panel, name, value, role)
        expect(code).to_contain_text(written)
    before = code.inner_text()
    slide(panel.get_by_role("slider", name="Learning rate η"), "ArrowRight", "ArrowRight")
    expect(code).not_to_have_text(before)
    panel.get_by_role("button", name="Copy the code").click()
    expect(panel.get_by_text(re.compile("Copied|Selected"))).to_be_visible()


def test_lab_run_again_stops_its_predecessor(open_notebook):
    start = "from nnbook import load_mnist, widgets\ndigits, labs = load_mnist(quiet=True), []"
    page = open_notebook([start, "labs.append(widgets.lab(2, digits))\nlabs[-1]"])
    panel = page.locator(".nnbook-panel")
    settings_for_minutes(panel)
    press(panel, "Play")
    until(
        page,
        lambda: ask(page, "labs[0].runs != [] and labs[0].runs[0].state") == "training",
        "training",
    )
    run_cell(page, 1)
    until(page, lambda: ask(page, "labs[0].runs[0].state") == "stopped", "the old run is stopped")
    expect(panel).to_have_count(1)
    expect(panel.get_by_role("status").first).to_contain_text("press Play")
    settings_for_minutes(panel)
    press(panel, "Play")
    until(page, lambda: ask(page, "[lab.network is not None for lab in labs]")[1], "the new plays")
    press(panel, "Stop")
    until(page, lambda: ask(page, "labs[1].runs[0].state") == "stopped", "the new run is stopped")
    for lab in ("labs[0]", "labs[1]"):
        healthy(page, lab)
