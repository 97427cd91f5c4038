"""The widgets of chapter 09 without a browser: every control, the pad, what is sent, the stills."""

import numpy as np
import pytest

from nnbook import (
    Activation,
    Conv,
    Dense,
    LogLikelihood,
    MaxPool,
    Network,
    builtin_digits,
    relu,
    softmax,
    widgets,
)
from nnbook.plots.convnet import sheet

DIGITS = builtin_digits()
STROKE = [[[0.3, 0.2], [0.7, 0.2], [0.4, 0.8]]]


@pytest.fixture
def network():
    layers = [(28, 28, 1), Conv(4, 5), MaxPool(2), Activation(relu), 12, Dense(10, softmax)]
    return Network(layers, cost=LogLikelihood(), rng=0)


def floats(data):
    return np.frombuffer(data, np.float32)


# ---- receptive field ----------------------------------------------------------------------------


@pytest.fixture
def field():
    made = widgets.receptive_field(DIGITS)
    yield made
    assert made.problems == []


def test_each_control_at_its_ends_and_between(field):
    for control, values in (
        (field.image, (0, 77, field.image.max)),
        (field.stride, (1, 2, 3)),
        (field.padding, (0, 1, 2)),
        (field.kernel, field.kernel.options),
    ):
        for value in values:
            before = field.sheet.drawn
            changed = control.value != value
            control.value = value
            assert field.sheet.drawn == before + changed
            rows, columns = field.sheet.places
            np.testing.assert_allclose(
                floats(field.sheet.map).reshape(rows, columns), field.field.map, atol=1e-5
            )
            assert floats(field.sheet.pixels).size == np.prod(field.sheet.size)
            assert field.sheet.row < rows and field.sheet.column < columns
    assert len(field.still()) > 5000


def test_the_browser_moves_the_window(field):
    field.sheet.row, field.sheet.column = 3, 17
    assert (field.field.row, field.field.column) == (3, 17)
    field.move(5, 6)
    assert (field.sheet.row, field.sheet.column) == (5, 6)
    before = field.still()
    field.move(20, 20)
    assert field.still() != before


def test_a_late_message_names_a_place_that_is_gone(field):
    field.stride.value = 3
    field.sheet.row = 23
    assert field.field.row == len(field.field.map) - 1


def test_a_larger_stride_keeps_the_window_inside(field):
    field.move(23, 23)
    field.stride.value = 2
    assert (field.sheet.row, field.sheet.column) == (11, 11)


# ---- filters ------------------------------------------------------------------------------------


def test_filters_follow_the_menu_and_the_pad(network):
    widget = widgets.filters(network, DIGITS)
    assert widget.sheet.digit == 0 and "learned 4" in widget.kernel.options
    for name in widget.kernel.options:
        before = widget.picture.image.value
        changed = widget.kernel.value != name
        widget.kernel.value = name
        assert (widget.picture.image.value != before) == changed
        z = widget.kernels[name].over(widget.image.astype(float))
        np.testing.assert_allclose(widget._pictures[1].get_array(), z)
        assert f"z = {z.max():.2f}".replace("-", "−") in widget._told.value
    before = widget.picture.image.value
    widget.draw(STROKE)
    assert widget.picture.image.value != before
    widget.clear()
    assert widget.outputs is None and not np.any(widget._pictures[1].get_array()[0] > 1e9)
    assert widget.problems == [] and len(widget.still()) > 5000


# ---- feature maps -------------------------------------------------------------------------------


def test_feature_maps_follow_the_pad(network):
    widget = widgets.feature_maps(network, DIGITS)
    assert len(widget._pictures) == 3
    seen = set()
    for step in (lambda: widget.load(3), lambda: widget.draw(STROKE), widget.clear):
        step()
        seen.add(bytes(widget.picture.image.value))
        image = widget.image.reshape(1, 28, 28, 1)
        expected = sheet(network.layers[0].predict(image)[0])
        shown = np.ma.filled(widget._pictures[0].get_array(), np.nan)
        np.testing.assert_allclose(shown, expected, atol=1e-5)
    assert len(seen) == 3
    assert widget.problems == [] and len(widget.still()) > 5000
    assert "Feature maps" in widget._repr_mimebundle_()[0]["text/plain"]


@pytest.mark.usefixtures("plain_arguments")
def test_a_network_without_convolution_is_refused():
    for make in (widgets.filters, widgets.feature_maps):
        with pytest.raises(ValueError, match="have a convolution"):
            make(Network([784, 30, 10]), DIGITS)


# ---- the lab ------------------------------------------------------------------------------------


def test_the_lab_of_chapter_09_trains_a_convolutional_network():
    lab = widgets.lab(chapter=9, data=DIGITS)
    controls = lab._form.controls
    controls["maps"].value, controls["training_size"].value = "4, 3", 200
    controls["epochs"].value = 1
    assert "Conv(4, 5), MaxPool(2), Activation(relu), Conv(3, 5)" in lab.code
    lab.play()
    assert lab.wait(60)
    assert lab.network.layers[0].channels == 4 and len(lab.history) == 1
    assert "C4@5x5-P2-C3@5x5-P2-100-10" in lab._message.value
    controls["kernel"].value = 4
    assert "odd" in lab._message.value and lab.problems == []
