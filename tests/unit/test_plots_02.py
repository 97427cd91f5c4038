"""The pictures of chapter 02: what they draw is what they were given; wrong shapes are refused."""

import numpy as np
import pytest

from nnbook import Dense, plots
from nnbook.plots.show import png


def lines(figure, axes=0):
    return [line for line in figure.axes[axes].lines if len(line.get_xdata()) > 2]


def test_curves_draw_the_values_and_leave_a_jump_open():
    x = np.linspace(-1, 1, 101)
    figure = plots.curves(x, {"step": (x > 0) * 1.0, "line": x})
    step, line = lines(figure)
    assert np.array_equal(line.get_ydata(), x)
    gap = np.flatnonzero(np.isnan(step.get_ydata()))
    assert len(gap) == 1 and abs(x[gap[0]]) < 0.03
    assert [text.get_text() for text in figure.axes[0].get_legend().get_texts()] == ["step", "line"]


def test_few_points_are_joined_however_far_apart():
    (line,) = lines(plots.curves([1, 10, 100], {"falling": [1.0, 0.1, 0.0]}))
    assert np.isfinite(line.get_ydata()).all()


def test_curves_that_do_not_fit_their_axis_are_refused():
    with pytest.raises(ValueError, match="'short' has shape"):
        plots.curves(np.arange(5), {"short": np.arange(4)})


def test_curve_pair_has_two_panels_with_their_titles():
    x = np.linspace(0, 1, 11)
    figure = plots.curve_pair(x, {"f": x}, {"g": x**2}, titles=("left", "right"))
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["left", "right"]
    assert np.array_equal(lines(figure, 1)[0].get_ydata(), x**2)


def test_a_digit_grid_shows_each_image_with_its_caption_and_frame():
    images = np.arange(3 * 16, dtype=np.uint8).reshape(3, 4, 4)
    figure = plots.digit_grid(images, ["a", "b", "c"], columns=2, marked=[False, True, False])
    shown = [axes for axes in figure.axes if axes.images]
    assert [axes.get_xlabel() for axes in shown] == ["a", "b", "c"]
    for axes, image in zip(shown, images, strict=True):
        assert np.array_equal(axes.images[0].get_array(), image)
    widths = [axes.spines["left"].get_linewidth() for axes in shown]
    assert widths[1] > widths[0] == widths[2]


@pytest.mark.parametrize(
    "images, captions, message",
    [
        (np.zeros((4, 4)), None, "shape"),
        (np.zeros((0, 4, 4)), None, "n > 0"),
        (np.zeros((2, 4, 4)), ["one"], "captions has 1 items for 2 images"),
    ],
)
def test_a_digit_grid_refuses_what_does_not_fit(images, captions, message):
    with pytest.raises(ValueError, match=message):
        plots.digit_grid(images, captions)


def test_weight_pictures_share_one_scale_around_zero():
    weights = np.random.default_rng(0).normal(size=(3, 6))
    figure = plots.weight_pictures(weights, (2, 3), columns=2, captions=["a", "b", "c"])
    axes = figure.axes[0]
    (sheet,) = axes.images
    low, high = sheet.get_clim()
    assert low == -high
    values = np.ma.getdata(sheet.get_array())
    assert np.array_equal(values[:2, :3], weights[0].reshape(2, 3))
    assert np.array_equal(values[:2, 5:8], weights[1].reshape(2, 3))
    assert np.array_equal(values[8:10, :3], weights[2].reshape(2, 3))
    assert [text.get_text() for text in axes.texts] == ["a", "b", "c"]


def test_weight_pictures_refuse_rows_that_fill_no_image():
    with pytest.raises(ValueError, match=r"28 × 28"):
        plots.weight_pictures(np.zeros((30, 700)))


def test_the_confusion_matrix_shades_mistakes_only():
    counts = np.array([[90, 2], [7, 80]])
    figure = plots.confusion_matrix(counts)
    assert np.array_equal(figure.axes[0].images[0].get_array(), [[0, 2], [7, 0]])
    assert [text.get_text() for text in figure.axes[0].texts] == ["90", "2", "7", "80"]
    with pytest.raises(ValueError, match="square"):
        plots.confusion_matrix(np.zeros((2, 3)))


def test_a_network_is_drawn_with_all_its_connections():
    figure = plots.network([3, 4, 2], outputs=["no", "yes"])
    axes = figure.axes[0]
    assert len(axes.patches) == 3 + 4 + 2
    assert sum(len(group.get_segments()) for group in axes.collections) == 3 * 4 + 4 * 2
    texts = {text.get_text() for text in axes.texts}
    assert {"no", "yes", "hidden layer\n4 neurons"} <= texts


def test_a_wide_layer_is_shortened_but_says_its_size():
    axes = plots.network([784, 30, 1]).axes[0]
    texts = [text.get_text() for text in axes.texts]
    assert texts.count("⋮") == 2
    assert "input layer\n784 numbers" in texts and "output layer\n1 neuron" in texts


@pytest.mark.parametrize("sizes", [[5], [3, 0, 2], []])
def test_a_network_needs_two_layers_with_neurons(sizes):
    with pytest.raises(ValueError, match="at least two layers"):
        plots.network(sizes)


def test_the_shapes_of_a_layer_are_written_on_its_boxes():
    texts = [text.get_text() for text in plots.layer_shapes(10, 784, 30).axes[0].texts]
    assert {"10 × 784", "784 × 30", "30", "10 × 30"} <= set(texts)


def test_descents_show_each_path_and_its_cost():
    def cost(x, y):
        return x**2 + y**2

    path = np.array([[1.0, 1.0], [0.5, 0.5], [0.0, 0.0]])
    figure = plots.descents(cost, {"first": path[1:], "second": path})
    above, below = figure.axes[1], figure.axes[3]
    assert np.array_equal(above.lines[0].get_xydata(), path)
    assert np.array_equal(below.lines[0].get_ydata(), [2, 0.5, 0])
    low, high = figure.axes[2].get_ylim()
    assert low == 0 and high > 2  # one scale for all costs, and none is cut off


def test_a_landscape_lifts_the_path_onto_the_surface():
    figure = plots.landscape(lambda x, y: x + 2 * y, [[0, 0], [1, 1]], span=2)
    x, y, height = figure.axes[0].lines[0].get_data_3d()
    assert np.array_equal(x, [0, 1]) and np.array_equal(y, [0, 1])
    assert np.all(height - (x + 2 * y) < 0.2)


def test_learning_curves_are_per_cent_over_epochs():
    figure = plots.learning_curves({"test": [0.5, 0.75]}, title="digits", levels={"book": 0.9})
    curve = figure.axes[0].lines[0]
    assert np.array_equal(curve.get_xdata(), [1, 2]) and np.array_equal(curve.get_ydata(), [50, 75])
    assert figure.axes[0].lines[1].get_ydata()[0] == 90


def test_learning_curves_of_costs_keep_their_unit_and_can_start_at_zero():
    figure = plots.learning_curves({"c": [0.5, 0.25]}, title="digits", y_label="cost", first=0)
    curve = figure.axes[0].lines[0]
    assert np.array_equal(curve.get_xdata(), [0, 1])
    assert np.array_equal(curve.get_ydata(), [0.5, 0.25])


def test_each_run_is_a_dot_and_equal_runs_do_not_hide_each_other():
    figure = plots.run_dots({"a": [0.95, 0.95, 0.78], "b": []}, title="runs", book={"a": 0.96})
    dots = figure.axes[0].collections[-1].get_offsets()
    assert sorted(dots[:, 0]) == pytest.approx([78, 95, 95])
    assert len({(round(x, 3), round(y, 3)) for x, y in dots.tolist()}) == 3
    assert figure.axes[0].lines[0].get_xdata()[0] == 96
    with pytest.raises(ValueError, match="at least one group"):
        plots.run_dots({}, title="none")


def test_source_is_the_code_without_its_docstring():
    def f(x):
        """Words."""
        return x + 1  # a comment stays

    assert plots.source(f) == "def f(x):\n    return x + 1  # a comment stays"
    text = plots.source(Dense.weighted_input)
    assert "self.W.T) + self.b" in text and '"""' not in text


def test_a_listing_is_highlighted_code():
    shown = plots.listing(Dense.weighted_input, Dense.predict).data
    assert shown.startswith("```python\n") and shown.endswith("\n```")
    assert shown.count("def ") == 2


def test_the_same_figure_gives_the_same_bytes():
    first, second = (png(plots.network([784, 30, 10])) for _ in range(2))
    assert first == second


def test_a_zoom_shows_the_later_epochs_again():
    figure = plots.learning_curves({"test": [0.1, 0.9, 0.95]}, title="digits", first=0, zoom=1)
    whole, part = lines(figure), figure.axes[1].lines
    assert np.array_equal(whole[0].get_xdata(), [0, 1, 2])
    assert np.array_equal(part[0].get_xdata(), [1, 2])
    assert np.array_equal(part[0].get_ydata(), [90, 95])


def test_descents_number_the_first_steps_that_are_far_enough_apart():
    def cost(x, y):
        return x**2 + y**2

    far = [[1.5, 0.0], [-1.0, 0.0], [0.5, 0.0], [-0.4, 0.0], [0.3, 0.0]]
    near = [[1.0, 0.0], [0.99, 0.0], [0.98, 0.0]]
    figure = plots.descents(cost, {"far": far, "near": near})
    assert [text.get_text() for text in figure.axes[0].texts] == ["1", "2", "3"]
    assert not figure.axes[1].texts


def test_marked_pixels_are_dots_in_the_first_picture():
    figure = plots.weight_pictures(np.ones((2, 6)), (2, 3), marked=[0, 1, 0, 0, 0, 1])
    (dots,) = figure.axes[0].lines
    assert dots.get_xydata().tolist() == [[1, 0], [2, 1]]


def test_logarithmic_axes_are_labelled_with_plain_numbers():
    axes = plots.curves([1, 10, 100], {"error": [1, 0.1, 0.01]}, log=True).axes[0]
    assert axes.xaxis.get_major_formatter()(100, None) == "100"
    assert axes.yaxis.get_major_formatter()(0.1, None) == "0.1"
