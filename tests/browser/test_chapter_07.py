"""The widgets of chapter 07 in JupyterLab: steps, bumps, a function, towers, an activation."""

from __future__ import annotations

import pytest
from lab_page import ask, at_rest, changes, fingerprint, has_controls, healthy, press, slide, until
from test_widgets import TYPED, moves_picture, type_number

try:
    from playwright.sync_api import expect
except ImportError:  # then the fixture `browser` skips or fails
    expect = None


def draw(page, canvas, points):
    """Draw a line through `points`, shares of the canvas, with the mouse."""
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    places = [(box["x"] + u * box["width"], box["y"] + v * box["height"]) for u, v in points]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=8)
    page.mouse.up()


def test_step_builder(open_widget):
    page, panel = open_widget("widgets.step_builder()")
    picture = panel.get_by_role("img", name="Left, a network with one hidden neuron")
    typed = ["bias b", "step at s = −b/w"]
    has_controls(
        panel,
        slider=["weight w", *typed],
        textbox=[name + TYPED for name in typed],
        checkbox=["keep s when w changes"],
    )
    moves_picture(panel, picture, ["weight w", "bias b"])
    type_number(panel, "step at s = −b/w", "0.5")
    moves_picture(panel, picture, ["step at s = −b/w"])
    ask(page, "setattr(widget.w, 'value', 8) or setattr(widget.b, 'value', -4.0)")
    expect(panel).to_contain_text("a = σ(8·x − 4)")
    while ask(page, "widget.w.value") < 100:
        slide(panel.get_by_role("slider", name="weight w"), "ArrowRight")
        at_rest(picture)
    expect(panel).to_contain_text("The step is at s = −b/w = 0.04")
    type_number(panel, "step at s = −b/w", "0.4")
    expect(panel).to_contain_text("a = σ(100·x − 40)")
    panel.get_by_role("checkbox").press("Space")
    slide(panel.get_by_role("slider", name="weight w"), "End")
    expect(panel).to_contain_text("a = σ(999·x − 399.6)")
    healthy(page)


def test_bump_builder(open_widget):
    page, panel = open_widget("widgets.bump_builder()")
    picture = panel.get_by_role("img", name="Left, a network with two hidden neurons")
    typed = ["first step s₁", "second step s₂", "weight h₁", "weight h₂"]
    has_controls(
        panel,
        slider=[*typed, "steepness w"],
        textbox=[name + TYPED for name in typed],
        checkbox=["a bump: h₂ = −h₁"],
    )
    expect(panel).to_contain_text("right of 0.6 it is 1.8: a staircase")
    moves_picture(panel, picture, typed)
    panel.get_by_role("checkbox").press("Space")
    expect(panel).to_contain_text("a bump")
    with changes(picture):
        slide(panel.get_by_role("slider", name="steepness w"), "Home")
    healthy(page)


@pytest.fixture
def game(open_widget):
    page, panel = open_widget("widgets.design_function()")
    yield page, panel, panel.get_by_role("img", name="Left, the wanted weighted sum")
    healthy(page)


def test_the_game_is_won_by_hand(game):
    _, panel, picture = game
    heights = [f"height h{k}" for k in "₁₂₃₄₅"]
    has_controls(
        panel,
        combobox=["function", "bumps"],
        slider=heights,
        textbox=[name + TYPED for name in heights],
        button=["Best heights", "Reset"],
    )
    expect(panel).to_contain_text("not yet")
    moves_picture(panel, picture, heights[:1])
    for name, value in zip(heights, ("-1.24", "-1.42", "-0.34", "-0.98", "1.14"), strict=True):
        type_number(panel, name, value)
    expect(panel).to_contain_text("Score 0.372 · goal: below 0.40, reached!")
    with changes(picture):
        press(panel, "Reset")
    expect(panel).to_contain_text("not yet")
    with changes(picture):
        panel.get_by_role("combobox", name="bumps").select_option("50 bumps")
    expect(panel).to_contain_text("One hidden layer, 100 neurons")


def test_a_function_is_drawn(game):
    page, panel, picture = game
    canvas = panel.get_by_role("img", name="Sheet to draw the wanted function on")
    expect(canvas).to_be_hidden()
    panel.get_by_role("combobox", name="function").select_option("my own drawing")
    expect(canvas).to_be_visible()
    before = fingerprint(canvas)
    with changes(picture):
        draw(page, canvas, [(0.12, 0.2), (0.5, 0.75), (0.96, 0.2)])
    assert fingerprint(canvas) != before
    at_rest(picture)
    wish = ask(page, "[float(v) for v in widget.design.wish]")
    assert min(wish) < 0.3 and wish[5] > 0.7 and wish[-5] > 0.7
    with changes(picture):
        press(panel, "Best heights")
    heights = ask(page, "widget.design.heights.tolist()")
    assert heights[2] < heights[1] < heights[0]
    canvas.focus()
    with changes(picture):
        for key in ("Shift+ArrowRight", "ArrowLeft", "Shift+ArrowUp", "ArrowUp"):
            page.keyboard.press(key)
    at_rest(picture)
    assert ask(page, "[float(v) for v in widget.design.wish]") != wish


def test_tower_builder(open_widget):
    page, panel = open_widget("widgets.tower_builder()")
    picture = panel.get_by_role("img", name="The output of the network as a surface")
    shown = ["weight w₁", "weight w₂", "bias b", "turn the view"]
    has_controls(panel, combobox=["build"], slider=shown, textbox=[name + TYPED for name in shown])
    expect(panel).to_contain_text("No hidden layer")
    moves_picture(panel, picture, shown)
    build = panel.get_by_role("combobox", name="build")
    words = ("One hidden layer", "One hidden layer", "Two hidden layers", "Two hidden layers")
    for index, layers in enumerate((*words, "One hidden layer", "One hidden layer"), start=1):
        with changes(picture):
            build.select_option(index=index)
        expect(panel).to_contain_text(layers)
        at_rest(picture)
    build.select_option(index=3)
    type_number(panel, "x₁ to", "0.1")
    expect(panel).to_contain_text("x₁ must end after it begins")
    type_number(panel, "x₁ to", "0.8")
    expect(panel).to_contain_text("4 + 1 neurons")
    healthy(page)


def test_own_activation(open_widget):
    page, panel = open_widget("widgets.own_activation()")
    picture = panel.get_by_role("img", name="Left, the activation")
    has_controls(
        panel,
        combobox=["activation"],
        slider=["weight w", "hidden neurons"],
        textbox=["hidden neurons" + TYPED],
    )
    moves_picture(panel, picture, ["weight w", "hidden neurons"])
    activation = panel.get_by_role("combobox", name="activation")
    for name, words in (
        ("ReLU", "universal all the same"),
        ("linear", "not universal"),
        ("tanh", "they exist and differ"),
    ):
        with changes(picture):
            activation.select_option(name)
        expect(panel).to_contain_text(words)
    with changes(picture):
        activation.select_option("my own drawing")
    canvas = panel.get_by_role("img", name="Sheet to draw an activation on")
    with changes(picture):
        draw(page, canvas, [(0.3, 0.15), (0.6, 0.5)])
    highest = "float(widget.candidate.function.values.max())"
    until(page, lambda: ask(page, highest) > 1.2, "the drawn activation arrived")
    healthy(page)
