"""The widgets of chapter 08 in JupyterLab: the chain of neurons, the speeds of the layers."""

from __future__ import annotations

import re

import pytest
from lab_page import ask, at_rest, changes, has_controls, healthy, press, slide, until

try:
    from playwright.sync_api import expect
except ImportError:  # then the fixture `browser` skips or fails
    expect = None

TYPED = ", typed"  # the box beside a slider has the slider's name and this
WEIGHTS = [f"weight w{n}" for n in "₁₂₃₄"]
BIASES = [f"bias b{n}" for n in "₁₂₃₄"]


def test_chain_of_neurons(open_widget):
    page, panel = open_widget("widgets.chain_of_neurons()")
    picture = panel.get_by_role("img", name="Above, four neurons in a row")
    has_controls(
        panel,
        combobox=["activation"],
        slider=[*WEIGHTS, *BIASES],
        button=["Draw from N(0, 1)", "All w = 1, b = 0", "Explode: w = 100, z = 0"],
    )
    expect(panel).to_contain_text("less than the last: vanishing")
    with changes(picture):
        press(panel, "Explode: w = 100, z = 0")
    expect(panel).to_contain_text("15,600 times more than the last: exploding")
    with changes(picture):
        slide(panel.get_by_role("slider", name="bias b₁", exact=True), "ArrowRight")
    at_rest(picture)
    expect(panel).not_to_contain_text("exploding")
    with changes(picture):
        press(panel, "All w = 1, b = 0")
    with changes(picture):
        panel.get_by_role("combobox", name="activation").select_option("ReLU")
    expect(panel).to_contain_text("about equally")
    for key in ("Home", "End"):
        with changes(picture):
            slide(panel.get_by_role("slider", name="weight w₂", exact=True), key)
    assert ask(page, "widget.chain.weights[1] == 100")
    healthy(page)


@pytest.fixture
def speeds(open_widget):
    page, panel = open_widget("widgets.layer_speeds(data=digits)")
    yield page, panel, panel.get_by_role("img", name="Left, the speed of each hidden layer")
    healthy(page)


def test_speeds_at_the_start_and_while_training(speeds):
    page, panel, picture = speeds
    whole = ["hidden layers", "seed"]
    has_controls(
        panel,
        combobox=["activation", "initialization"],
        slider=[*whole, "learning rate η"],
        textbox=[name + TYPED for name in whole],
        button=["Run", "Stop"],
    )
    expect(panel).to_contain_text("Press Run")
    with changes(picture):
        slide(panel.get_by_role("slider", name="hidden layers"), "End")
    expect(panel).to_contain_text("8 hidden layers, sigmoid, scaled")
    with changes(picture):
        panel.get_by_role("combobox", name="activation").select_option("ReLU")
    with changes(picture):
        panel.get_by_role("combobox", name="initialization").select_option("he")
    with changes(picture):
        slide(panel.get_by_role("slider", name="hidden layers"), "Home", "ArrowRight")
    with changes(picture):
        press(panel, "Run")
    until(page, lambda: ask(page, "widget.watched.complete and not widget.run.disabled"), "a run")
    expect(panel).to_contain_text("After 500 steps")


def test_speeds_stop_and_go_on_with_other_settings(speeds):
    page, panel, _ = speeds
    slide(panel.get_by_role("slider", name="hidden layers"), "End")
    press(panel, "Run")
    expect(panel).to_contain_text(re.compile("After [1-9][0-9]* steps"))
    press(panel, "Stop")
    expect(panel.get_by_role("button", name="Stop")).to_be_disabled()
    count = ask(page, "len(widget.watched.speeds)")
    page.wait_for_timeout(500)
    assert ask(page, "len(widget.watched.speeds)") == count
    slide(panel.get_by_role("slider", name="seed"), "ArrowRight")
    expect(panel).to_contain_text("Press Run")
    assert ask(page, "len(widget.watched.speeds) == 1 and widget.watched.deep.seed == 1")
