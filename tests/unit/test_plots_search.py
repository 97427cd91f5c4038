"""The figures of a search: the numbers behind what is drawn."""

import numpy as np
import pytest

from nnbook import plots

LABELS = {"eta": "learning rate η", "kind": "activation"}


@pytest.fixture
def settings():
    return {"eta": np.array([0.01, 0.1, 1.0, 10.0]), "kind": np.array(["tanh", "relu"] * 2)}


VALUES = np.array([0.5, 0.9, 0.8, 0.1])


def test_bands_run_from_the_worst_to_the_best_repeat_around_the_median():
    repeats = np.array([[0.5, 0.6, 0.9], [0.2, 0.8, 0.8], [0.4, 0.7, 0.7]])
    figure = plots.best_bands({"random": repeats, "grid": repeats[:1]}, title="Two")
    (axes,) = figure.axes
    lines = axes.get_lines()
    assert [line.get_label() for line in lines] == ["random", "grid"]
    np.testing.assert_allclose(lines[0].get_ydata(), [40, 70, 80])
    np.testing.assert_allclose(lines[0].get_xdata(), [1, 2, 3])
    reach = axes.collections[0].get_datalim(axes.transData).intervaly
    np.testing.assert_allclose(reach, [20, 90])
    assert axes.get_title(loc="left") == "Two"


def test_the_most_important_is_on_top():
    figure = plots.importances({"kind": 0.25, "eta": 0.75}, labels=LABELS)
    (axes,) = figure.axes
    assert [text.get_text() for text in axes.get_yticklabels()] == ["activation", "learning rate η"]
    assert [bar.get_width() for bar in axes.patches] == [25, 75]


def test_slices_have_a_panel_each_and_a_star_on_the_best(settings):
    figure = plots.search_slices(settings, VALUES, log={"eta"}, labels=LABELS)
    eta, kind = figure.axes
    assert (eta.get_xscale(), kind.get_xscale()) == ("log", "linear")
    assert (eta.get_xlabel(), kind.get_xlabel()) == ("learning rate η", "activation")
    np.testing.assert_allclose(
        eta.collections[0].get_offsets(), np.column_stack([settings["eta"], 100 * VALUES])
    )
    assert [text.get_text() for text in kind.get_xticklabels()] == ["relu", "tanh"]
    np.testing.assert_allclose(kind.collections[0].get_offsets()[:, 0], [1, 0, 1, 0])
    (star,) = eta.get_lines()
    assert (star.get_xdata()[0], star.get_ydata()[0]) == (0.1, 90)


def test_parallel_lines_cross_each_axis_at_their_setting(settings):
    figure = plots.parallel_coordinates(settings, VALUES, log={"eta"}, labels=LABELS)
    (axes,) = figure.axes
    ticks = [text.get_text() for text in axes.get_xticklabels()]
    assert ticks == ["learning rate η", "activation", "accuracy in %"]
    lines = [line for line in axes.get_lines() if len(line.get_xdata()) == 3]
    drawn = sorted(tuple(np.round(line.get_ydata(), 6)) for line in lines)
    thirds = [0, 0.333333, 0.666667, 1]
    assert drawn == list(zip(thirds, [1, 0, 1, 0], [0.5, 1, 0.875, 0], strict=True))
    best = max(lines, key=lambda line: line.get_ydata()[-1])
    assert best.get_zorder() == max(line.get_zorder() for line in lines)
    marks = {text.get_text() for text in axes.texts}
    assert {"0.01", "0.316", "10", "relu", "tanh", "90", "50"} == marks


def test_a_setting_that_never_changes_is_drawn():
    same = {"m": np.array([10, 10]), "eta": np.array([0.5, 0.5])}
    figure = plots.parallel_coordinates(same, np.array([0.5, 0.6]), log={"eta"})
    figure.canvas.draw()
    plots.search_slices(same, np.array([0.5, 0.6]), log={"eta"}).canvas.draw()


def test_one_trial_is_too_few_for_parallel_lines(settings):
    with pytest.raises(ValueError, match="at least two trials"):
        plots.parallel_coordinates({"eta": np.array([1.0])}, np.array([0.5]))


def test_pruned_trials_are_rings_in_the_slices(settings):
    figure = plots.search_slices(settings, VALUES, hollow=[False, True, False, True])
    full, rings = figure.axes[0].collections
    np.testing.assert_allclose(full.get_offsets()[:, 1], 100 * VALUES[[0, 2]])
    np.testing.assert_allclose(rings.get_offsets()[:, 1], 100 * VALUES[[1, 3]])
    np.testing.assert_allclose(rings.get_facecolor(), [[1, 1, 1, 1]])
