"""Pictures, panels and controls: what all widgets are built of."""

import io

import ipywidgets as W
import numpy as np
import pytest
from PIL import Image

from nnbook.widgets import controls
from nnbook.widgets.panel import Panel
from nnbook.widgets.picture import Picture


@pytest.fixture
def picture():
    return Picture(3, 2, alt="A line.")


def line_of(picture):
    axes = picture.figure.add_axes((0.1, 0.1, 0.8, 0.8))
    return axes.plot([0, 1], [0, 1])[0]


class Slope(Panel):
    """A small widget that fails at slope 0."""

    def __init__(self, picture):
        self.slope = controls.slider("slope", 1, -2, 2, 0.5)
        self.press = controls.button("Fail")
        self.picture = picture
        self.line = line_of(picture)
        picture.moving(self.line)
        super().__init__([self.slope, self.press, picture.image], words="A line of some slope.")
        self.watch(self.slope, self.move)
        self.click(self.press, self.fail)
        self.move()

    def still(self):
        return self.picture.png

    def move(self):
        if self.slope.value == 0:
            raise ValueError("slope <0> is not allowed")
        self.line.set_ydata([0, self.slope.value])
        self.picture.push()

    def fail(self):
        raise RuntimeError


def test_moving_artists_give_the_same_pixels_as_a_full_drawing(picture):
    line = line_of(picture)
    picture.moving(line)
    picture.push()
    line.set_ydata([1, 0])
    picture.push()
    plain = Picture(3, 2, alt="The same, all drawn anew.")
    line_of(plain).set_ydata([1, 0])
    plain.push()
    ours, theirs = (np.array(p.canvas.buffer_rgba())[..., :3] for p in (picture, plain))
    # The frame of the axes lies over the line in one and under it in the other.
    inside = np.s_[30:-30, 40:-40]
    assert ours.shape == theirs.shape == (200, 300, 3)
    assert np.array_equal(ours[inside], theirs[inside])
    assert (ours[inside] < 255).any()


def test_few_colours_look_like_all_of_them(picture):
    line_of(picture)
    picture.push()
    drawn = np.array(picture.canvas.buffer_rgba())[..., :3].astype(int)
    sent = np.array(Image.open(io.BytesIO(picture.image.value)).convert("RGB"))
    assert sent.shape == drawn.shape
    assert np.abs(sent - drawn).max() < 24 and np.abs(sent - drawn).mean() < 2


def test_a_picture_is_never_stretched_and_has_words(picture):
    assert picture.image.layout.width == "300px"
    assert picture.image.layout.height == "auto"
    assert picture.image.tooltip == "A line."
    assert picture.image.description == ""  # without it the view of an image with words fails
    with pytest.raises(ValueError, match="alt must say in words"):
        Picture(3, 2, alt=" ")


def test_refresh_draws_what_does_not_move(picture):
    line = line_of(picture)
    picture.moving(line)
    picture.push()
    before = picture.image.value
    line.axes.set_title("new")
    picture.push()
    assert picture.image.value == before
    picture.refresh()
    picture.push()
    assert picture.image.value != before


def test_one_move_is_one_new_picture(picture):
    widget = Slope(picture)
    seen = []
    picture.image.observe(lambda change: seen.append(change["new"]), "value")
    widget.slope.value = 2
    assert len(seen) == 1


def test_the_bundle_has_a_still_and_lasting_words(picture):
    data, metadata = Slope(picture)._repr_mimebundle_()
    assert data["text/plain"] == "A line of some slope."
    assert metadata["image/png"]["alt"] == "A line of some slope."
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["image/png"].startswith("iVBOR")


def test_a_problem_is_recorded_shown_and_goes_when_it_is_mended(picture):
    widget = Slope(picture)
    assert widget.problems == []
    widget.slope.value = 0
    assert [type(problem) for problem in widget.problems] == [ValueError]
    assert "slope &lt;0&gt; is not allowed" in widget._notice.value
    assert widget._notice.layout.display != "none"
    widget.press.click()
    assert "RuntimeError" in widget._notice.value
    widget.slope.value = 1
    assert widget._notice.layout.display != "none"  # the button has not worked yet
    assert len(widget.problems) == 2


def test_a_mended_problem_is_hidden(picture):
    widget = Slope(picture)
    widget.slope.value = 0
    widget.slope.value = 1
    assert widget._notice.layout.display == "none"


def test_each_panel_names_its_controls(picture):
    assert any(isinstance(child, controls.Labels) for child in Slope(picture).children)


def test_controls_have_descriptions():
    made = [
        controls.slider("a", 0, -1, 1, 0.1),
        controls.whole_slider("b", 1, 0, 3),
        controls.log_slider("c", 0.1, 0.001, 10),
        controls.series_slider("d", 0.12, (0.1, 0.2)),
        controls.choice("e", ["x", "y"], "y"),
        controls.check("f", True),
        controls.button("g"),
    ]
    assert [control.description for control in made] == list("abcdefg")
    assert made[3].value == 0.1
    assert made[4].value == "y"
    assert isinstance(made[0], W.FloatSlider)
