"""The widgets of chapter 10 in JupyterLab, worked by keyboard and mouse."""

from __future__ import annotations

import re

from lab_page import ask, at_rest, changes, has_controls, healthy, press, slide

try:
    from playwright.sync_api import expect
except ImportError:  # then the fixture `browser` skips or fails
    expect = None

TYPED = ", typed"  # the box beside a slider has the slider's name and this


def moved(panel, picture, name, *keys):
    """Pressing `keys` on the slider `name` changes its text and the picture."""
    with changes(picture):
        text = slide(panel.get_by_role("slider", name=name, exact=True), *keys)
    at_rest(picture)
    return text


def test_fool_the_network(open_widget):
    page, panel = open_widget("widgets.fool(Network([784, 20, 10]), digits)")
    picture = panel.get_by_role("img", name="From left to right: the image")
    sliders = ["steps", "image"]
    has_controls(
        panel, slider=sliders, textbox=[name + TYPED for name in sliders], combobox=["way"]
    )
    expect(panel).to_contain_text("After 15 steps no pixel has moved by more than 0.15")
    moved(panel, picture, "steps", "ArrowRight")
    expect(panel).to_contain_text("After 16 steps")
    with changes(picture):
        panel.get_by_role("combobox", name="way").select_option("towards 3")
    at_rest(picture)
    assert ask(page, "widget.fooling.way") == "towards 3"
    moved(panel, picture, "image", "ArrowRight")
    assert ask(page, "widget.fooling.index") == 1
    moved(panel, picture, "steps", "Home")
    expect(panel).to_contain_text("After 0 steps no pixel has moved by more than 0.00")
    healthy(page)


def test_dreams(open_widget):
    page, panel = open_widget(
        "None\nfrom nnbook.models import RBM\nwidget = widgets.rbm_dreams(RBM(784, 30), digits)"
    )
    picture = panel.get_by_role("img", name="Left: what the machine sees")
    sliders = ["Gibbs steps", "image"]
    has_controls(
        panel,
        slider=sliders,
        textbox=[name + TYPED for name in sliders],
        combobox=["start"],
        button=["10 steps", "another dream"],
    )
    with changes(picture):
        press(panel, "10 steps")
    expect(panel).to_contain_text("After 10 Gibbs steps")
    moved(panel, picture, "Gibbs steps", "ArrowRight")
    expect(panel).to_contain_text("After 11 Gibbs steps")
    with changes(picture):
        press(panel, "another dream")
    assert ask(page, "widget.dream.seed") == 1
    moved(panel, picture, "image", "ArrowRight")
    with changes(picture):
        panel.get_by_role("combobox", name="start").select_option("noise")
    at_rest(picture)
    assert ask(page, "widget.dream.start") == "noise"
    healthy(page)


def test_memory(open_widget):
    page, panel = open_widget("widgets.memory()")
    picture = panel.get_by_role("img", name="Left: the gradient at each step")
    has_controls(
        panel,
        slider=["steps T", "recurrent W_h ×", "LSTM memory"],
        button=["Train both", "Stop"],
    )
    expect(panel).to_contain_text("Press Train both")
    moved(panel, picture, "recurrent W_h ×", "ArrowRight")
    moved(panel, picture, "LSTM memory", "ArrowLeft")
    moved(panel, picture, "steps T", "Home")
    expect(panel).to_contain_text("of that at step 5")
    with changes(picture):
        press(panel, "Train both")
    expect(panel).to_contain_text(re.compile("LSTM.*after 6 epochs [0-9]+% right"), timeout=30_000)
    expect(panel.get_by_role("button", name="Train both")).to_be_enabled()
    healthy(page)
