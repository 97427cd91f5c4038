"""The widget of the activation functions without a browser."""

import numpy as np
import pytest

from nnbook import widgets
from nnbook.explore.saturation import FUNCTIONS
from nnbook.widgets.saturation import SPREADS


@pytest.fixture
def widget():
    made = widgets.activations()
    yield made
    assert made.problems == []


@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_control_at_its_ends_and_between(widget, name):
    widget.activation.value = "tanh" if name == "sigmoid" else "sigmoid"
    widget.activation.value = name
    for z in (-8.0, 0.0, 8.0, 1.3):
        before = widget.picture.image.value
        widget.z.value = z
        assert widget.picture.image.value != before
    for mean, spread in ((-5.0, SPREADS[0]), (0.0, 1.0), (5.0, SPREADS[-1])):
        widget.mean.value, widget.spread.value = mean, spread
        assert (widget.crowd.mean, widget.crowd.spread) == (mean, spread)
        assert "nan" not in widget._numbers.value
    assert len(widget.still()) > 10_000


def test_the_drawn_curves_are_the_functions(widget):
    for name, function in FUNCTIONS.items():
        widget.activation.value = name
        z = widget._inputs
        np.testing.assert_array_equal(widget._function.get_ydata(), function(z))
        slope = widget._slope.get_ydata()
        drawn = np.isfinite(slope)
        assert drawn.mean() > 0.99
        np.testing.assert_array_equal(slope[drawn], function.derivative(z)[drawn])


def test_the_point_and_the_words_follow_z(widget):
    widget.z.value = 5.0
    assert widget._point.get_xydata()[0] == pytest.approx([5, FUNCTIONS["sigmoid"](5.0)])
    assert "<b>saturated</b>" in widget._numbers.value
    widget.activation.value = "ReLU"
    assert "<b>awake</b>" in widget._numbers.value
    widget.z.value = -0.1
    assert "<b>saturated</b>" in widget._numbers.value


def test_the_flat_ground_is_where_the_function_is_flat(widget):
    widget.activation.value = "ReLU"
    lower, upper = widget._grounds[0]
    assert (lower.get_x(), lower.get_x() + lower.get_width()) == (-8, 0)
    assert upper.get_width() == 0


@pytest.mark.usefixtures("plain_arguments")
def test_an_unknown_function_is_refused():
    with pytest.raises(ValueError, match="activation must be one of"):
        widgets.activations("softplus")
