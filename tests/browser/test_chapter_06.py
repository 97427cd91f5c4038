"""The widgets of chapter 06 in JupyterLab: learning-rate range, optimizer race, activations."""

from __future__ import annotations

import re

import pytest
from lab_page import ask, at_rest, changes, has_controls, healthy, press, slide, until

try:
    from playwright.sync_api import expect
except ImportError:  # then the fixture `browser` skips or fails
    expect = None

TYPED = ", typed"  # the box beside a slider has the slider's name and this


# ---- learning-rate range ------------------------------------------------------------------------


@pytest.fixture
def rates(open_widget):
    page, panel = open_widget("widgets.learning_rates(data=digits)")
    yield page, panel, panel.get_by_role("img", name="the cost after the short training")
    healthy(page)


def test_learning_rates_run_and_look(rates):
    page, panel, picture = rates
    has_controls(
        panel,
        combobox=["hidden neurons", "cost", "optimizer"],
        slider=["mini-batch m", "steps", "look at η"],
        button=["Run", "Stop"],
    )
    expect(panel).to_contain_text("Press Run")
    slide(panel.get_by_role("slider", name="steps"), "Home")
    panel.get_by_role("combobox", name="hidden neurons").select_option("none")
    with changes(picture):
        press(panel, "Run")
    expect(panel).to_contain_text("Threshold: up to η")
    expect(panel.get_by_role("button", name="Stop")).to_be_disabled()
    for key in ("ArrowRight", "ArrowLeft", "Home", "End"):
        with changes(picture):
            slide(panel.get_by_role("slider", name="look at η"), key)
    at_rest(picture)
    expect(panel).to_contain_text("η = 100: cost")
    panel.get_by_role("combobox", name="optimizer").select_option("momentum, μ = 0.9")
    expect(panel).to_contain_text("The settings have changed")
    with changes(picture):
        press(panel, "Run")
    until(page, lambda: ask(page, "widget.sweep.complete and not widget.run.disabled"), "a sweep")
    assert ask(page, "widget._before is not None")


def test_learning_rates_stop(rates):
    page, panel, _ = rates
    slide(panel.get_by_role("slider", name="steps"), "End")
    slide(panel.get_by_role("slider", name="mini-batch m"), "End")
    panel.get_by_role("combobox", name="hidden neurons").select_option("100")
    press(panel, "Run")
    expect(panel).to_contain_text(re.compile("[0-9]+ of 16 learning rates so far"))
    press(panel, "Stop")
    expect(panel.get_by_role("button", name="Stop")).to_be_disabled()
    count = ask(page, "len(widget.sweep.courses[-1].costs)")
    page.wait_for_timeout(500)
    assert ask(page, "len(widget.sweep.courses[-1].costs)") == count
    assert not ask(page, "widget.sweep.complete")


# ---- optimizer race -----------------------------------------------------------------------------

RACERS = ["gradient descent", "momentum", "Nesterov", "Adam", "Newton"]


@pytest.fixture
def race(open_widget):
    page, panel = open_widget("widgets.optimizer_race()")
    yield page, panel, panel.get_by_role("img", name="a map of the cost")
    healthy(page)


def test_race_by_sliders_and_boxes(race):
    _, panel, picture = race
    typed = ["momentum μ", "start v₁", "start v₂", "steps shown"]
    has_controls(
        panel,
        combobox=["landscape"],
        checkbox=RACERS,
        slider=["learning rate η", "η of Adam", *typed],
        textbox=[name + TYPED for name in typed],
        button=["Run", "Stop"],
    )
    for name in ("steps shown", "learning rate η", "momentum μ", "η of Adam", "start v₁"):
        with changes(picture):
            slide(panel.get_by_role("slider", name=name, exact=True), "ArrowRight")
    for name in RACERS:
        with changes(picture):
            panel.get_by_role("checkbox", name=name, exact=True).press("Space")
        expect(panel.get_by_role("cell", name=name, exact=True)).to_have_count(0)
    at_rest(picture)


def test_race_runs_and_stops_on_every_landscape(race):
    page, panel, picture = race
    menu = panel.get_by_role("combobox", name="landscape")
    names = menu.get_by_role("option").all_inner_texts()
    assert len(names) == 6
    for name in names[2:] + names[:2]:
        with changes(picture):
            menu.select_option(name)
        slide(panel.get_by_role("slider", name="steps shown"), "Home")
        with changes(picture):
            press(panel, "Run")
        until(page, lambda: ask(page, "widget.shown.value > 2"), "the race goes on")
        press(panel, "Stop")
        expect(panel.get_by_role("button", name="Stop")).to_be_disabled()
    slide(panel.get_by_role("slider", name="steps shown"), "End")
    expect(panel.get_by_role("row", name=re.compile("^Newton"))).to_contain_text("since step 1")


# ---- activations --------------------------------------------------------------------------------


def test_activations(open_widget):
    page, panel = open_widget("widgets.activations()")
    picture = panel.get_by_role("img", name="the activation function")
    typed = ["one neuron's z", "mean of all z"]
    has_controls(
        panel,
        combobox=["activation"],
        slider=[*typed, "spread of all z"],
        textbox=[name + TYPED for name in typed],
    )
    menu = panel.get_by_role("combobox", name="activation")
    for name in ("tanh", "ReLU", "sigmoid"):
        with changes(picture):
            menu.select_option(name)
        for slider in (*typed, "spread of all z"):
            with changes(picture):
                slide(panel.get_by_role("slider", name=slider, exact=True), "ArrowRight")
            with changes(picture):
                slide(panel.get_by_role("slider", name=slider, exact=True), "ArrowLeft")
    at_rest(picture)
    slide(panel.get_by_role("slider", name="one neuron's z", exact=True), "End")
    expect(panel).to_contain_text("saturated")
    menu.select_option("ReLU")
    expect(panel).to_contain_text("awake")
    healthy(page)
