"""The widgets of chapter 09 in JupyterLab: receptive field, filters, feature maps, the conv lab."""

from __future__ import annotations

import re

import pytest
from lab_page import ask, at_rest, changes, has_controls, healthy, press, slide, until

try:
    from playwright.sync_api import expect
except ImportError:  # then the fixture `browser` skips or fails
    expect = None

TYPED = ", typed"  # the box beside a slider has the slider's name and this
NETWORK = (
    "(lambda n: n.Network([(28, 28, 1), n.Conv(4, 5), n.MaxPool(2), n.Activation(n.relu), "
    "n.Dense(10, n.softmax)], cost=n.LogLikelihood()))(__import__('nnbook'))"
)


def place(page):
    """Where the kernel believes the window to be."""
    return ask(page, "[widget.field.row, widget.field.column]")


# ---- receptive field ----------------------------------------------------------------------------


@pytest.fixture
def field(open_widget):
    page, panel = open_widget("widgets.receptive_field(digits)")
    yield page, panel
    healthy(page)


def test_hovering_moves_the_window_and_lights_the_neuron(field):
    page, panel = field
    image = panel.get_by_role("img", name="The image with the window")
    feature_map = panel.get_by_role("img", name="The feature map; neuron")
    box = image.bounding_box()
    with changes(image), changes(feature_map):
        page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.6)
    until(page, lambda: place(page) == [14, 6], "the kernel hears of row 14, column 6")
    expect(panel).to_contain_text("Neuron j = 14, k = 6: the sum of the 25 products")
    box = feature_map.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.99, box["y"] + box["height"] * 0.01)
    until(page, lambda: place(page) == [0, 23], "the neuron under the mouse")


def test_arrow_keys_move_the_window(field):
    page, panel = field
    image = panel.get_by_role("img", name="The image with the window")
    image.focus()
    start = place(page)
    for key, step in (("ArrowDown", (1, 0)), ("ArrowRight", (1, 1)), ("ArrowUp", (0, 1))):
        with changes(image):
            image.press(key)
        wanted = [start[0] + step[0], start[1] + step[1]]
        until(page, lambda wanted=wanted: place(page) == wanted, f"{key} leads to {wanted}")
    for key in ("Home", "PageUp"):
        image.press(key)
    until(page, lambda: place(page) == [0, 0], "the first window")
    image.press("ArrowLeft")
    page.wait_for_timeout(200)
    assert place(page) == [0, 0]


def test_stride_padding_weights_and_image(field):
    _, panel = field
    typed = ["image", "stride", "padding"]
    has_controls(
        panel, combobox=["weights"], slider=typed, textbox=[name + TYPED for name in typed]
    )
    feature_map = panel.get_by_role("img", name="The feature map; neuron")
    numbers = panel.get_by_role("img", name="Pixels, weights and products")
    with changes(feature_map):
        slide(panel.get_by_role("slider", name="stride", exact=True), "ArrowRight")
    expect(panel).to_contain_text("feature map 12 × 12")
    with changes(feature_map):
        slide(panel.get_by_role("slider", name="padding", exact=True), "End")
    expect(panel).to_contain_text("input 32 × 32 with padding")
    with changes(feature_map), changes(numbers):
        panel.get_by_role("combobox", name="weights").select_option("outline")
    with changes(feature_map):
        slide(panel.get_by_role("slider", name="image", exact=True), "ArrowRight")
    at_rest(feature_map)


# ---- filters and feature maps -------------------------------------------------------------------


def draw(page, panel):
    sheet = panel.locator("canvas.sheet")
    box = sheet.bounding_box()
    page.mouse.move(box["x"] + 80, box["y"] + 60)
    page.mouse.down()
    for k in range(10):
        page.mouse.move(box["x"] + 80 + 12 * k, box["y"] + 60 + 15 * k)
    page.mouse.up()


def test_filters_on_a_drawing(open_widget):
    page, panel = open_widget(f"widgets.filters({NETWORK}, digits)")
    picture = panel.get_by_role("img", name="the weights of the filter")
    menu = panel.get_by_role("combobox", name="filter")
    for name in ("top edge", "learned 2"):
        with changes(picture):
            menu.select_option(name)
    with changes(picture):
        draw(page, panel)
    at_rest(picture)
    expect(panel).to_contain_text("learned 2, bias")
    assert ask(page, "widget.sheet.digit") == -1
    with changes(picture):
        press(panel, "Next digit")
    healthy(page)


def test_feature_maps_of_a_drawing(open_widget):
    page, panel = open_widget(f"widgets.feature_maps({NETWORK}, digits)")
    picture = panel.get_by_role("img", name="The outputs of each layer")
    with changes(picture):
        draw(page, panel)
    at_rest(picture)
    with changes(picture):
        press(panel, "Undo")
    with changes(picture):
        press(panel, "Next digit")
    healthy(page)


# ---- the lab ------------------------------------------------------------------------------------


def test_the_lab_with_convolutions(open_widget):
    page, panel = open_widget("widgets.lab(chapter=9, data=digits)")
    maps = panel.get_by_role("textbox", name="Feature maps")
    maps.fill("4, 3")
    maps.press("Tab")
    epochs = panel.get_by_role("spinbutton", name="Epochs")
    epochs.fill("1")
    epochs.press("Tab")
    images = panel.get_by_role("spinbutton", name="Training images")
    images.fill("200")
    images.press("Tab")
    until(page, lambda: ask(page, "widget.settings.training_size") == 200, "200 images")
    press(panel, "Play")
    expect(panel).to_contain_text(re.compile("C4@5x5-P2-C3@5x5-P2-100-10.* is finished"))
    panel.get_by_role("combobox", name="Pooling 2 × 2").select_option("none")
    until(page, lambda: "MaxPool" not in ask(page, "widget.code"), "the code has no pooling")
    healthy(page)
