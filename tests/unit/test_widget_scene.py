"""Drawings of shapes: SVG and PNG show the same, and texts are safe in both."""

import io
from xml.etree import ElementTree

import numpy as np
from PIL import Image

from nnbook.plots.style import BLACK, BLUE, GREY, ORANGE
from nnbook.widgets.scene import Box, Disc, Label, Line, Scene

SHAPES = [
    Line((10, 10), (90, 10), BLUE, 4),
    Line((10, 20), (90, 20), dashed=True),
    Line((10, 35), (60, 35), arrow=True),
    Box(120, 10, 40, 30, fill=ORANGE, edge="", round=0),
    Disc((50, 70), 20, BLUE),
    Label(150, 70, "a < b & c", halo=True, bold=True, anchor="end"),
]


def colour(pixels, x, y):
    return "#{:02X}{:02X}{:02X}".format(*pixels[y, x])


def test_svg_has_each_shape_with_its_place_and_words():
    root = ElementTree.fromstring(Scene(200, 100, SHAPES).svg('Says "all" of it.'))
    assert root.get("viewBox") == "0 0 200 100" and root.get("role") == "img"
    assert root.get("aria-label") == 'Says "all" of it.'
    sheet, thick, dashed, arrow, box, disc, label = root
    assert sheet.get("width") == "200"
    assert thick.get("d") == "M10.0 10.0L90.0 10.0" and thick.get("stroke") == BLUE
    assert dashed.get("stroke-dasharray") and dashed.get("stroke") == GREY
    line, *head = arrow.get("d").split("M")[1:]
    assert line == "10.0 35.0L60.0 35.0"
    assert sorted(head) == ["60.0 35.0L53.0 31.5", "60.0 35.0L53.0 38.5"]
    assert box.get("stroke") == "none" and box.get("fill") == ORANGE
    assert disc.get("r") == "20" and disc.get("stroke") == BLACK
    assert label.text == "a < b & c" and label.get("text-anchor") == "end"
    assert label.get("paint-order") == "stroke" and label.get("font-weight") == "700"


def test_the_head_of_an_arrow_has_the_direction_of_its_line():
    _, *head = Line((0, 0), (30, 40), arrow=True).svg().split('"')[1].split("M")[1:]
    assert sorted(head) == ["30.0 40.0L23.0 36.5", "30.0 40.0L28.6 32.3"]


def test_png_shows_the_same_over_its_caption():
    drawn = Image.open(io.BytesIO(Scene(200, 100, SHAPES).png(["one line", "and another"])))
    assert drawn.size == (200, 156)
    pixels = np.asarray(drawn.convert("RGB"))
    assert colour(pixels, 50, 10) == BLUE and colour(pixels, 140, 25) == ORANGE
    assert colour(pixels, 50, 70) == BLUE and colour(pixels, 5, 5) == "#FFFFFF"
    row = pixels[20, 12:88].mean(axis=1)
    assert (row > 250).any() and (row < 200).any()  # dashes and what is between them
    assert (pixels[100:] < 100).any()  # the caption
    assert (pixels[60:80, 95:152] < 100).any()  # the label ends where it should
    assert (pixels[60:80, 154:] == 255).all()


def test_an_empty_drawing_is_a_white_sheet():
    pixels = np.asarray(Image.open(io.BytesIO(Scene(50, 20, []).png([]))).convert("RGB"))
    assert (pixels == 255).all()
