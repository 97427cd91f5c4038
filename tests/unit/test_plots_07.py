"""The pictures of chapter 07: what they draw is what they were given; wrong shapes are refused."""

import numpy as np
import pytest

from nnbook import plots
from nnbook.plots.show import png
from nnbook.plots.surface import Surface


def patches(surface):
    """The four corners of all patches, as they are drawn."""
    return np.array([path.vertices[:4] for path in surface.patches.get_paths()])


@pytest.fixture
def surface():
    return Surface(plots.figure(4, 4).subplots(), 0.0, 2.0, ends=(-1, 1))


def test_a_surface_shows_every_patch_at_its_height(surface):
    level = np.zeros((4, 4))
    surface.draw(level)
    low = patches(surface)
    assert low.shape == (9, 4, 2)
    surface.draw(level + 2)
    lift = patches(surface) - low
    np.testing.assert_allclose(lift[..., 0], 0, atol=1e-12)
    assert np.ptp(lift[..., 1]) < 1e-12 and lift[0, 0, 1] > 0.5
    surface.draw(level + 5)  # cut off at the top of the box
    np.testing.assert_allclose(patches(surface) - low, lift)


def test_a_surface_is_painted_from_the_back(surface):
    for turn in (0, 30, 120, -150):
        surface.draw(np.zeros((6, 6)), turn)
        heights = patches(surface)[..., 1].mean(axis=1)  # on level ground, farther is higher
        assert np.all(np.diff(heights) < 1e-9)


def test_a_surface_names_its_axes_and_limits(surface):
    surface.draw(np.zeros((3, 3)))
    words = [text.get_text() for text in surface.axes.texts]
    assert words == ["x₁", "x₂", "−1", "1", "−1", "1", "0", "2"]
    surface.limits(-0.5, 1)
    surface.draw(np.zeros((3, 3)))
    assert [text.get_text() for text in surface.axes.texts][-2:] == ["−0.5", "1"]


def test_surfaces_side_by_side():
    figure = plots.surfaces({"a": np.zeros((3, 3)), "b": np.ones((5, 5))}, title="t")
    assert [axes.get_title() for axes in figure.axes] == ["a", "b"]
    with pytest.raises(ValueError, match="'c' must be a square array, not"):
        plots.surfaces({"c": np.zeros((3, 4))})


def test_a_wired_sum_writes_its_weights():
    x = np.linspace(0, 1, 11)
    figure = plots.wired_sum([0.4, 0.6], [0.6, -1.2], x, x**2, title="t")
    left, right = figure.axes
    words = [text.get_text() for text in left.texts]
    assert all(word in words for word in ("x", "Σ", "0.4", "0.6", "−1.2"))
    np.testing.assert_array_equal(right.lines[0].get_ydata(), x**2)
    with pytest.raises(ValueError, match="must be of one length"):
        plots.wired_sum([0.4], [0.6, 1.2], x, x, title="t")


def test_the_same_numbers_give_the_same_picture():
    z = np.random.default_rng(0).uniform(size=(8, 8))
    assert png(plots.surfaces({"z": z})) == png(plots.surfaces({"z": z}))


def test_bent_fits_are_called_by_their_name():
    x = np.linspace(0, 1, 5)
    figure = plots.bent_fits(x, x, [("a", x), ("b", x)], name="network")
    words = [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    assert words == ["target", "network"]
