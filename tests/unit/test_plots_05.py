"""Figures of chapter 05: the numbers behind them."""

from __future__ import annotations

import numpy as np
import pytest

from nnbook import plots
from nnbook.plots.show import png


def test_four_curves_are_two_costs_and_two_accuracies():
    figure = plots.four_curves(
        [1, 2], {"training": [1, 0.5], "validation": [1, 2]},
        {"training": [0.5, 1], "validation": [0.4, 0.45]}, levels={"book": 0.8227},
    )  # fmt: skip
    left, right = figure.axes
    assert [line.get_ydata().tolist() for line in left.lines] == [[1, 0.5], [1, 2]]
    assert right.lines[1].get_ydata().tolist() == [40, 45]
    assert right.texts[0].get_text() == "book" and right.texts[0].xy[1] == pytest.approx(82.27)


def test_sizes_stand_on_a_logarithmic_axis():
    axes = plots.by_size([100, 1000], {"network": [0.6, 0.9]}, title="t", y_label="%").axes[0]
    assert axes.get_xscale() == "log"
    assert [text.get_text() for text in axes.get_xticklabels()] == ["100", "1,000"]
    assert axes.lines[0].get_ydata().tolist() == [60, 90]


def test_histograms_hold_shares_of_all_weights():
    figure = plots.weight_histograms({"a": np.array([[0.0, 0.0], [9.0, -1.0]]), "b": np.ones(3)})
    sums = [sum(bar.get_height() for bar in axes.patches) for axes in figure.axes]
    assert sums == pytest.approx([0.75, 1])  # 9 lies beyond the edge


def test_fits_share_the_points():
    fits = {"line": [0, 2], "flat": [1, 1]}
    figure = plots.polynomial_fits([0.5], [1.0], [0, 1], fits)
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["line", "flat"]
    assert all(axes.lines[1].get_xydata().tolist() == [[0.5, 1.0]] for axes in figure.axes)


def test_all_seeds_of_a_name_have_one_colour():
    curves = {"with": np.array([[0.1, 0.2], [0.3, 0.4]]), "without": np.array([[0.5, 0.6]])}
    figure = plots.several_seeds([1, 2], curves, curves, titles=("training", "validation"))
    for axes in figure.axes:
        colours = [line.get_color() for line in axes.lines]
        assert colours[0] == colours[1] != colours[2]
        assert len(axes.get_legend().get_texts()) == 2


def test_bells_have_the_area_one():
    figure = plots.two_bells({"large": 22.4, "scaled": 1.22}, span=120)
    for line in figure.axes[0].lines:
        z, height = line.get_xydata().T
        assert height[0] < 1e-6
        assert height.sum() * (z[1] - z[0]) == pytest.approx(1, abs=1e-3)


def test_dropped_neurons_have_no_connections():
    figure = plots.thinned_networks([[1, 1, 1], [1, 0, 0]], inputs=2, outputs=1)
    whole, thin = figure.axes
    assert len(whole.lines) == 2 * 3 + 3 * 1
    assert len(thin.lines) == 2 + 1 + 2  # what is left, and two crosses
    assert thin.get_title() == "example 1: 1 of 3"


def test_the_same_figure_gives_the_same_bytes():
    first, second = (png(plots.two_bells({"a": 1.0})) for _ in range(2))
    assert first == second
