"""The widgets of chapter 05 in JupyterLab, worked by keyboard and mouse."""

from __future__ import annotations

import re

import pytest
from lab_page import ask, at_rest, changes, fingerprint, has_controls, healthy, press, slide, until

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


def test_polynomial_fit(open_widget):
    page, panel = open_widget("widgets.polynomial()")
    picture = panel.get_by_role("img", name="Left: ten points")
    new = "show twenty new points (if the truth is y = 2x)"
    has_controls(
        panel,
        slider=["degree", "penalty λ"],
        textbox=["degree" + TYPED],
        checkbox=[new],
    )
    expect(panel).to_contain_text("misses the ten points by 0.00")
    with changes(picture):
        panel.get_by_role("checkbox", name=new).press("Space")
    assert moved(panel, picture, "penalty λ", *["ArrowRight"] * 7) == "0.1"
    expect(panel).to_contain_text("degree 9, λ = 0.1: it misses the ten points by 0.20")
    moved(panel, picture, "degree", "Home")
    expect(panel).to_contain_text("degree 0")
    moved(panel, picture, "degree", "End", "ArrowLeft")
    expect(panel).to_contain_text("degree 8")
    healthy(page)


def test_dropout_masks(open_widget):
    page, panel = open_widget("widgets.dropout_masks(Network([784, 36, 10]), digits)")
    picture = panel.get_by_role("img", name="Left the image")
    sliders = ["mask number", "dropout p", "image"]
    has_controls(panel, slider=sliders, textbox=[name + TYPED for name in sliders])
    expect(panel).to_contain_text("Mask 1 keeps")
    moved(panel, picture, "mask number", "ArrowRight", "ArrowRight")
    expect(panel).to_contain_text("Mask 3 keeps")
    moved(panel, picture, "dropout p", "Home")
    expect(panel).to_contain_text("keeps 36 of 36 hidden neurons and multiplies them by 1.00")
    moved(panel, picture, "image", "ArrowRight")
    assert ask(page, "widget.masks.index") == 1
    healthy(page)


def test_distort_a_digit(open_widget):
    page, panel = open_widget("widgets.distort(digits)")
    picture = panel.get_by_role("img", name="Left: a digit with arrows")
    sliders = ["image", "strength", "smoothness σ"]
    has_controls(
        panel,
        combobox=["distortion"],
        slider=sliders,
        textbox=[name + TYPED for name in sliders],
    )
    for name in sliders:
        moved(panel, picture, name, "ArrowRight")
    menu = panel.get_by_role("combobox", name="distortion")
    for kind in ("rotation", "skew", "shift", "elastic"):
        with changes(picture):
            menu.select_option(kind)
        expect(panel).to_contain_text(f"{kind}, ")
        at_rest(picture)
    moved(panel, picture, "strength", "Home")
    expect(panel).to_contain_text("from 0.0 pixels away")
    healthy(page)


def test_distribution_of_z(open_widget):
    page, panel = open_widget("widgets.weighted_inputs()")
    picture = panel.get_by_role("img", name="Histograms of the weighted input")
    has_controls(panel, slider=["inputs n", "share that is 1"], textbox=["share that is 1" + TYPED])
    row = panel.get_by_role("row", name=re.compile("^large "))
    expect(row.get_by_role("cell").nth(1)).to_have_text("22.38")
    moved(panel, picture, "inputs n", "ArrowLeft", "ArrowLeft")
    expect(panel).to_contain_text("500 inputs, 250 of them 1")
    moved(panel, picture, "share that is 1", "Home")
    expect(row.get_by_role("cell").nth(1)).to_have_text("1.00")
    healthy(page)


@pytest.fixture
def lab(open_widget):
    page, panel = open_widget("widgets.overfitting(digits)")
    yield page, panel
    healthy(page)


def test_overfitting_lab(lab):
    page, panel = lab
    has_controls(
        panel,
        slider=["training images", "penalty λ", "dropout p", "epochs"],
        textbox=["dropout p" + TYPED, "epochs" + TYPED],
        combobox=["kind of penalty", "hidden neurons"],
        button=[
            *("Play", "Pause", "One epoch", "Stop", "Reset", "Clear runs"),
            "These settings as Python code",
        ],
    )
    slide(panel.get_by_role("slider", name="epochs"), "End")  # long enough to be seen at work
    status = panel.get_by_role("status").first
    curves = panel.locator("svg.nnbook-curves")
    expect(curves).to_have_count(2)
    press(panel, "Play")
    expect(status).to_contain_text("is training")
    expect(curves).to_have_count(3)  # cost, accuracy, all weights
    drawn = curves.first.inner_html()
    until(page, lambda: curves.first.inner_html() != drawn, "the curves grow")
    slide(panel.get_by_role("slider", name="penalty λ"), "End")  # answers while it trains
    expect(status).to_contain_text(re.compile("take effect at the next run|is finished"))
    press(panel, "Stop")
    expect(status).to_contain_text(re.compile("is stopped|is finished"))
    panel.get_by_role("combobox", name="kind of penalty").select_option("L1")
    slide(panel.get_by_role("slider", name="penalty λ"), "ArrowLeft", "ArrowLeft")
    for name in ("training images", "epochs"):
        slide(panel.get_by_role("slider", name=name), "Home")
    press(panel, "Play")
    expect(status).to_contain_text("Run 2 (784-30-10) is finished")

    def near():
        """Per cent of the weights near 0, as the histogram tells; it is drawn after the words."""
        return int(re.search("([0-9]+)% of them", curves.nth(2).get_attribute("aria-label"))[1])

    until(page, lambda: near() > 25, "λ = 1 with L1 brings weights to 0")
    expect(panel.locator("table.nnbook-runs").get_by_role("row")).to_have_count(3)


def test_the_lab_with_dropout_says_so_in_code(lab):
    page, panel = lab
    slide(panel.get_by_role("slider", name="dropout p"), *["ArrowRight"] * 5)
    panel.get_by_role("combobox", name="hidden neurons").select_option("100")
    press(panel, "These settings as Python code")
    expect(panel).to_contain_text("Network([784, 100, Dropout(0.5), 10]")
    assert ask(page, "widget.settings.dropout") == 0.5


def test_a_picture_at_rest_stays(open_widget):
    """Moving a slider there and back gives the same picture: nothing is left over from before."""
    page, panel = open_widget("widgets.polynomial()")
    picture = panel.get_by_role("img", name="Left: ten points")
    before = at_rest(picture)
    moved(panel, picture, "degree", "ArrowLeft")
    moved(panel, picture, "degree", "ArrowRight")
    assert fingerprint(picture) == before
    healthy(page)
