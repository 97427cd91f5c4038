"""The pictures of chapter 09: what they draw is what they were given; wrong shapes are refused."""

import numpy as np
import pytest

from nnbook import plots
from nnbook.plots.convnet import mosaic, sheet, square


def texts(axes):
    return [text.get_text() for text in axes.texts]


def test_the_receptive_field_frames_window_and_neuron():
    image, weights = np.random.default_rng(0).random((30, 30)), np.arange(25.0).reshape(5, 5)
    figure = plots.receptive_field(image, weights, np.ones((13, 13)), (2, 4), stride=2)
    middle, left, right = figure.axes
    assert left.patches[0].get_bbox().bounds == (7.5, 3.5, 5, 5)
    assert right.patches[0].get_bbox().bounds == (3.5, 1.5, 1, 1)
    assert texts(middle) == [str(k) for k in range(25)]
    assert left.get_title() == "input: 30 × 30" and right.get_title() == "feature map: 13 × 13"


def test_edge_maps_have_a_column_for_each_kernel():
    figure = plots.edge_maps(
        np.eye(28), {"a": (np.eye(5), np.eye(24)), "b": (np.eye(3), np.eye(26))}
    )
    titles = [axes.get_title() for axes in figure.axes]
    assert [title for title in titles if title] == ["a", "b", "image"]


def test_the_patch_matrix_shows_windows_and_their_sums():
    image, weights = np.arange(16).reshape(4, 4), np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
    _, matrix, column, result = plots.patch_matrix(image, weights).axes
    assert texts(matrix)[:9] == ["0", "1", "2", "4", "5", "6", "8", "9", "10"]
    assert len(texts(matrix)) == 36 and texts(column)[2] == "−1"
    assert texts(result) == ["−8"] * 4


def test_pooling_hands_the_error_to_the_largest():
    figure = plots.pooling([[1, 5, 2, 0], [3, 4, 1, 7]], [[0.5, -1]])
    _, largest, _, back = figure.axes
    assert texts(largest) == ["5", "7"]
    assert texts(back) == ["0", "0.5", "0", "0", "0", "0", "0", "−1"]
    with pytest.raises(ValueError, match="delta must have the shape"):
        plots.pooling(np.ones((4, 4)), np.ones((4, 4)))


def test_a_mosaic_keeps_every_map():
    maps = np.random.default_rng(0).random((3, 2, 5))
    sheet_of = mosaic(maps, 2)
    assert sheet_of.shape == (11, 5)
    np.testing.assert_allclose(sheet_of[4:7, 3:5], maps[:, :, 3], rtol=1e-6)
    assert np.isnan(sheet_of[3]).all() and np.isnan(sheet_of[8:, 3:]).all()
    with pytest.raises(ValueError, match="maps must be"):
        mosaic(np.ones((2, 2)), 2)
    assert square(np.arange(7.0)).shape == (3, 3)
    assert sheet(np.ones((4, 4, 40))).shape == (24, 39) and sheet(np.ones(100)).shape == (10, 10)


def test_feature_maps_and_blocks_name_their_layers():
    layers = [("one", np.ones((3, 3, 4))), ("two", np.ones(9))]
    figure = plots.feature_maps(np.eye(28), layers, title="all")
    assert figure.get_suptitle() == "all"
    assert [axes.get_title() for axes in figure.axes] == ["input: 28 × 28", "one", "two"]
    blocks = plots.layer_blocks(
        [("input", (28, 28, 1), ""), ("maps", (8, 8, 40), "20"), ("n", (9,), "")]
    )
    assert texts(blocks.axes[0])[:4] == ["input\n28 × 28", "", "maps\n40 × 8 × 8", "20"]
    assert len(blocks.axes[0].patches) == 1 + 6 + 1


def test_blocks_are_squares_with_one_colour_a_kind():
    figure = plots.layer_blocks(
        [(kind, (8, 8, 1), "") for kind in ("input", "conv", "pool", "conv", "pool")]
    )
    (axes,) = figure.axes
    figure.canvas.draw()
    for block in axes.patches:
        corners = block.get_window_extent()
        assert corners.width == pytest.approx(corners.height)
    first, *others = [block.get_edgecolor() for block in axes.patches]
    assert others[:2] == others[2:] and len({first, *others}) == 3


def test_the_ladder_draws_errors():
    ours = [[0.98, 0.97], [], [0.995]]
    figure = plots.ladder(["a", "b", "c"], [0.978, 0.99, 0.99], ours, unfinished=[2], live={1: 0.5})
    (axes,) = figure.axes
    book, ended, under_way, live = axes.lines
    np.testing.assert_allclose(book.get_xdata(), [2.2, 1.0, 1.0])
    np.testing.assert_allclose([*ended.get_xdata(), *ended.get_ydata()], [2, 3, 0.16, 0.16])
    np.testing.assert_allclose([*under_way.get_xdata(), *under_way.get_ydata()], [0.5, 2.16])
    assert under_way.get_markerfacecolor() == "white" != ended.get_markerfacecolor()
    np.testing.assert_allclose([*live.get_xdata(), *live.get_ydata()], [50, 0.84])
    with pytest.raises(ValueError, match="same length"):
        plots.ladder(["a"], [0.9, 0.8], [[]])
