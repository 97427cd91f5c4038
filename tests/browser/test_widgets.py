"""Perceptron, sigmoid and gradient descent in JupyterLab, worked by keyboard and mouse."""

from __future__ import annotations

import re

import pytest
from lab_page import ask, at_rest, changes, controls, has_controls, healthy, press, slide, until

try:
    from playwright.sync_api import expect
except ImportError:  # then the fixture `browser` skips or fails
    expect = None

TYPED = ", typed"  # the box beside a slider has the slider's name and this


def moves_picture(panel, picture, names):
    """Each of the sliders `names` changes its text and the picture, by the arrow keys."""
    for name in names:
        with changes(picture):
            slide(panel.get_by_role("slider", name=name, exact=True), "ArrowRight", "ArrowRight")
        with changes(picture):
            slide(panel.get_by_role("slider", name=name, exact=True), *["ArrowLeft"] * 3)
    at_rest(picture)


def type_number(panel, name, text):
    """Type a value beside a slider."""
    box = panel.get_by_role("textbox", name=name + TYPED)
    box.fill(text)
    box.press("Enter")


# ---- perceptron ---------------------------------------------------------------------------------


@pytest.fixture
def perceptron(open_widget):
    page, panel = open_widget("widgets.perceptron()")
    yield page, panel, panel.get_by_role("img", name="The unit square")
    healthy(page)


def test_perceptron_by_hand(perceptron):
    _, panel, picture = perceptron
    sliders, boxes = ["weight w₁", "weight w₂", "bias b"], ["(0, 0)", "(0, 1)", "(1, 0)", "(1, 1)"]
    has_controls(
        panel,
        combobox=["target"],
        checkbox=boxes,
        slider=sliders,
        textbox=[name + TYPED for name in sliders],
        button=["Next example", "Run to the end", "Reset"],
    )
    moves_picture(panel, picture, sliders)
    for name, value in zip(sliders, ("1", "1", "-1.5"), strict=True):
        type_number(panel, name, value)
    expect(panel).to_contain_text("4 of 4 right")  # AND
    expect(panel).to_contain_text("threshold −b")
    target = panel.get_by_role("combobox", name="target")
    with changes(picture):
        target.select_option("NAND")
    expect(panel).to_contain_text("0 of 4 right")
    for name in boxes:
        with changes(picture):
            panel.get_by_role("checkbox", name=name).press("Space")
    expect(target).to_have_value("AND")  # NAND with all four turned round
    with changes(picture):
        panel.get_by_role("checkbox", name="(0, 0)").press("Space")
    expect(target).to_have_value("my own")


def test_perceptron_learns(perceptron):
    _, panel, picture = perceptron
    press_next = panel.get_by_role("button", name="Next example")
    panel.get_by_role("combobox", name="target").select_option("AND")
    type_number(panel, "weight w₁", "-1")
    expect(panel).to_contain_text("Output 1 if −1·x₁")
    for number in range(1, 60):
        press_next.press("Enter")
        expect(panel).to_contain_text(f"Example {number}:")
        if "4 of 4 right" in panel.inner_text():
            break
    expect(panel).to_contain_text("4 of 4 right")
    assert number > 4
    with changes(picture):
        panel.get_by_role("button", name="Reset").click()
    expect(panel).to_contain_text("Output 1 if −1·x₁")
    with changes(picture):
        panel.get_by_role("button", name="Run to the end").click()
    expect(panel).to_contain_text("all are right")
    panel.get_by_role("combobox", name="target").select_option("XOR")
    panel.get_by_role("button", name="Run to the end").click()
    expect(panel).to_contain_text("no line can do it")


# ---- sigmoid ------------------------------------------------------------------------------------


def test_sigmoid(open_widget):
    page, panel = open_widget("widgets.sigmoid()")
    picture = panel.get_by_role("img", name="Output against input")
    typed = ["weight w", "bias b", "input x", "nudge Δw"]
    has_controls(panel, slider=[*typed, "sharpness c"], textbox=[name + TYPED for name in typed])
    moves_picture(panel, picture, [*typed, "sharpness c"])

    def outputs(name):
        cells = panel.get_by_role("row", name=re.compile(f"^{name} ")).get_by_role("cell")
        return [text.replace("−", "-") for text in cells.all_inner_texts()[1:]]

    for name, value in zip(typed, ("1", "-1", "1.5", "0.5"), strict=True):
        type_number(panel, name, value)
    expect(panel).to_contain_text("At x = 1.5 the weight goes from 1 to 1.5 (Δw = 0.5)")
    panel.get_by_role("slider", name="sharpness c").press("Home")
    until(page, lambda: outputs("sigmoid")[2] == "+0.1548", "the answer to the nudge")
    assert outputs("step")[2] == "+0.0000"
    slide(panel.get_by_role("slider", name="sharpness c"), "End")
    until(page, lambda: outputs("sigmoid")[2] == "+0.0000", "so sharp that it is a step")
    type_number(panel, "nudge Δw", "-0.5")
    until(page, lambda: outputs("step")[2] == "-1.0000", "the step jumps")
    healthy(page)


# ---- gradient descent ---------------------------------------------------------------------------


@pytest.fixture
def descent(open_widget):
    page, panel = open_widget("widgets.gradient_descent()")
    yield page, panel, panel.get_by_role("img", name="a map of the cost")
    healthy(page)


def test_descent_steps_runs_and_stops(descent):
    page, panel, picture = descent
    has_controls(
        panel,
        combobox=["landscape"],
        slider=["learning rate η", "start v₁", "start v₂"],
        textbox=["start v₁" + TYPED, "start v₂" + TYPED],
        button=["Step", "Run", "Stop", "Reset"],
    )
    moves_picture(panel, picture, ["start v₁", "start v₂"])
    for number in (1, 2, 3):
        with changes(picture):
            press(panel, "Step")
        expect(panel).to_contain_text(re.compile(f"After {number} steps?:"))
    with changes(picture):
        press(panel, "Run")
    expect(panel).to_contain_text("the ball rests in")
    with changes(picture):
        press(panel, "Reset")
    expect(panel).to_contain_text("The ball waits at its start")
    slide(panel.get_by_role("slider", name="learning rate"), "Home")
    with changes(picture):
        press(panel, "Run")
    expect(panel).to_contain_text(re.compile("After [0-9]+ steps: still rolling"))
    press(panel, "Stop")
    expect(panel.get_by_role("button", name="Stop")).to_be_disabled()
    steps = ask(page, "widget.descent.steps")
    assert 0 < steps < 300
    page.wait_for_timeout(300)  # three steps, if it were still running
    assert ask(page, "widget.descent.steps") == steps


def test_descent_diverges_in_words_on_every_landscape(descent):
    _, panel, picture = descent
    rate = panel.get_by_role("slider", name="learning rate")
    menu = panel.get_by_role("combobox", name="landscape")
    names = menu.get_by_role("option").all_inner_texts()
    assert len(names) == 4
    for name in names[1:] + names[:1]:
        with changes(picture):
            menu.select_option(name)
        expect(panel).to_contain_text("The ball waits at its start")
        slide(rate, "End")
        with changes(picture):
            panel.get_by_role("button", name="Run").click()
        expect(panel).to_contain_text(re.compile("thrown off the map|rolled off the map"))
    expect(panel).to_contain_text("The learning rate is too large")  # in the bowl


# ---- the harness itself -------------------------------------------------------------------------


def test_a_callback_that_raises_is_shown_and_found(open_widget):
    page, panel = open_widget("widgets.sigmoid()")
    healthy(page)
    ask(page, "setattr(widget.neuron, 'set', None)")  # every slider's callback now fails
    slide(panel.get_by_role("slider", name="weight w"), "ArrowRight")
    expect(panel.get_by_role("alert")).to_contain_text("This did not work")
    assert ask(page, "[type(problem).__name__ for problem in widget.problems]") == ["TypeError"]
    with pytest.raises(AssertionError, match="TypeError"):
        healthy(page)


def test_an_unnamed_control_is_found(open_notebook):
    """ipywidgets' own slider has no name; in a panel it has."""
    page = open_notebook(["import ipywidgets as W\nW.VBox([W.IntSlider(description='n')])"])
    slider = page.get_by_role("slider")
    slider.wait_for()
    found = controls(page.locator(".jp-Cell-outputArea"))
    assert ("slider", "") in found


def test_a_request_to_another_machine_is_found(open_notebook):
    code = "from IPython.display import HTML\nHTML('<img src=\"http://example.invalid/x.png\">')"
    page = open_notebook([code])
    until(page, lambda: page.problems, "the request is recorded")
    assert "example.invalid" in page.problems[0]
