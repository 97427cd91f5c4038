"""The figures of chapters 00 and 01: what they draw is what they were given, and can be read."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from nnbook import plots, step
from nnbook.data.toys import truth_table
from nnbook.plots import bookmap, circuits, milestones
from nnbook.plots.numbers import signed

CORNERS = truth_table("XOR").inputs
UPDATE = (np.array([0.0, 1.0]), 1.0, np.array([0.0, 0.0]), -1.0)
X = np.linspace(-1, 1, 21)
NAND_AND_OR = (np.array([[-2, -2], [2, 2]]), np.array([3, -1]))


def mistakes(w1: float, w2: float, b: float) -> int:
    table = truth_table("XOR")
    return int(np.sum(step(table.inputs @ [w1, w2] + b) != table.targets.ravel()))


FIGURES = {
    "timeline": milestones.timeline,
    "chapter_map": bookmap.chapter_map,
    "three_steps": lambda: plots.three_steps(X, X, [(1, 0), (2, 1)], X, X**2, (1.0, 0.0)),
    "lines_through": lambda: plots.lines_through(X, X, [("one", 1, 0), ("two", 2, 0)]),
    "bent_fits": lambda: plots.bent_fits(X, abs(X), [("a line", X), ("a bend", abs(X))]),
    "units": lambda: plots.units(X, {"up": X, "down": -X}, 0 * X, 0 * X),
    "chain_rule": plots.chain_rule,
    "slope": lambda: plots.slope(lambda x: x**2, at=1.0, gradient=2.0, h=1.0),
    "gradient_field": lambda: plots.gradient_field(
        lambda a, b: a**2 + b**2, lambda a, b: (2 * a, 2 * b), (1.0, 1.0), (-0.5, 0.0)
    ),
    "exp_and_log": plots.exp_and_log,
    "gaussian": lambda: plots.gaussian(np.random.default_rng(0).normal(size=500), 0.0, 1.0),
    "pixel_values": lambda: plots.pixel_values(np.eye(28, dtype=np.uint8) * 255, title="label 1"),
    "label_counts": lambda: plots.label_counts({"training": [0, 1], "test": [1, 1]}, title="few"),
    "decision_line": lambda: plots.decision_line((2, 2), -3, CORNERS, [0, 0, 0, 1], title="AND"),
    "decision_lines": lambda: plots.decision_lines([("OR", (2, 2), -1, (0, 1, 1, 1))] * 3),
    "truth_tables": lambda: plots.truth_tables({"XOR": (0, 1, 1, 0), "AND": (0, 0, 0, 1)}),
    "learning_steps": lambda: plots.learning_steps([UPDATE] * 5, CORNERS, np.array([0, 1, 1, 1])),
    "hidden_space": lambda: plots.hidden_space(
        CORNERS, [0, 1, 1, 0], [[1, 0], [1, 1], [1, 1], [0, 1]], NAND_AND_OR, ((2, 2), -3)
    ),
    "mistakes_everywhere": lambda: plots.mistakes_everywhere(mistakes, (-1.0, 0.5), size=9),
    "weighing": lambda: plots.weighing(("high water", "rain", "report"), (6, 2, 2), (0, 1, 1), 5),
    "step_picture": plots.step_picture,
    "gates_from_nand": plots.gates_from_nand,
    "half_adder": plots.half_adder,
    "neurons": lambda: plots.neurons([["a", "b"], ["c"]], [[[1, -2]]], [[-0.5]]),
}


def texts(figure: Figure) -> list[Text]:
    """Every text that is drawn."""
    figure.draw_without_rendering()
    unseen: set[int] = set()
    for axes in figure.axes:
        if not axes.get_visible():
            unseen |= {id(text) for text in axes.findobj(Text)}
        for axis in (axes.xaxis, axes.yaxis):
            if not axes.axison:
                unseen |= {id(text) for text in axis.findobj(Text)}
            low, high = sorted(axis.get_view_interval())
            for tick in axis.get_major_ticks():  # some are made beyond the axis and not drawn
                if not low <= tick.get_loc() <= high:
                    unseen |= {id(tick.label1), id(tick.label2)}
    return [
        text
        for text in figure.findobj(Text)
        if text.get_visible() and text.get_text().strip() and id(text) not in unseen
    ]


@pytest.mark.parametrize("name", FIGURES)
def test_every_text_is_large_enough_and_inside_the_figure(name: str) -> None:
    figure = FIGURES[name]()
    width, height = figure.canvas.get_width_height()
    for text in texts(figure):
        assert text.get_fontsize() >= 10, text.get_text()
        box = text.get_window_extent()
        assert box.x0 >= -2 and box.x1 <= width + 2, (text.get_text(), box)
        assert box.y0 >= -2 and box.y1 <= height + 2, (text.get_text(), box)


@pytest.mark.parametrize("name", ["timeline", "chapter_map", "half_adder", "neurons", "chain_rule"])
def test_no_two_texts_of_a_drawing_overlap(name: str) -> None:
    boxes = [(t.get_text(), t.get_window_extent()) for t in texts(FIGURES[name]())]
    for i, (first, box) in enumerate(boxes):
        for second, other in boxes[i + 1 :]:
            assert not box.overlaps(other), f"{first!r} lies over {second!r}"


def test_the_timeline_is_in_order_and_names_each_event_once() -> None:
    years = [year for year, _, _ in milestones.EVENTS]
    assert years == sorted(years)
    words = [t.get_text() for t in texts(milestones.timeline())]
    for _, what, who in milestones.EVENTS:
        assert words.count(what) == 1 and who in words
    for (_, end, *_), (begin, *_) in zip(milestones.ERAS, milestones.ERAS[1:], strict=False):
        assert end == begin


def test_the_map_needs_only_chapters_that_exist_and_no_arrow_goes_back() -> None:
    assert set(bookmap.PLACES) == set(bookmap.NAMES) == {f"{n:02}" for n in range(12)}
    for first, then in bookmap.NEEDS:
        assert int(first) < int(then)
        assert {first, then} <= set(bookmap.PLACES)


def test_the_decision_line_runs_where_the_weighted_sum_is_zero() -> None:
    figure = plots.decision_line((-2.0, -4.0), 3.0, CORNERS, [1, 1, 1, 0])
    line = next(line for line in figure.axes[0].lines if len(line.get_xdata()) > 2)
    assert np.allclose(-2 * line.get_xdata() - 4 * line.get_ydata() + 3, 0)


@pytest.mark.parametrize(("w", "b"), [((0, 0), 1), ((0, 0), -1), ((2, 0), -1), ((0, -2), 1)])
def test_perceptrons_with_zero_weights_are_drawn_too(w: tuple[float, float], b: float) -> None:
    plots.show(plots.decision_line(w, b, CORNERS, [0, 0, 1, 1]), "a perceptron")


def test_filled_discs_are_the_corners_with_output_1() -> None:
    figure = plots.truth_tables({"XOR": (0, 1, 1, 0)})
    filled = {
        (float(line.get_xdata()[0]), float(line.get_ydata()[0]))
        for line in figure.axes[0].lines
        if line.get_markerfacecolor() != "white"
    }
    assert filled == {(0.0, 1.0), (1.0, 0.0)}


def test_learning_steps_write_the_weights_after_the_update() -> None:
    figure = plots.learning_steps([UPDATE], CORNERS, np.array([0, 1, 1, 1]))
    assert figure.axes[0].get_title(loc="left") == "1: w = (0, 1), b = 0"


@pytest.mark.parametrize(("x1", "x2"), [(0, 0), (0, 1), (1, 0), (1, 1)])
def test_the_drawn_half_adder_is_one(x1: int, x2: int) -> None:
    """The picture's own wiring, computed gate by gate, adds."""
    values = {"$x_1$": x1, "$x_2$": x2}
    for name, (_, first, second) in circuits.HALF_ADDER["gates"].items():
        values[name] = int(not (values[first] and values[second]))
    outputs = {label: values[wire] for label, (_, wire) in circuits.HALF_ADDER["outputs"].items()}
    assert 2 * outputs["carry"] + outputs["sum"] == x1 + x2
    named = {"x1": x1, "x2": x2} | {k: v for k, v in values.items() if len(k) == 1}
    words = [t.get_text() for t in texts(plots.half_adder(named))]
    assert f"sum = {(x1 + x2) % 2}" in words and f"carry = {(x1 + x2) // 2}" in words


def test_pixel_values_writes_the_ink_and_leaves_white_empty() -> None:
    image = np.zeros((28, 28), np.uint8)
    image[3, 4], image[5, 6] = 17, 255
    written = [t.get_text() for t in plots.pixel_values(image).axes[1].texts]
    assert written == ["17", "255"]
    with pytest.raises(ValueError, match="image must have shape"):
        plots.pixel_values(np.zeros(784))


def test_label_counts_are_shares_of_each_part() -> None:
    figure = plots.label_counts({"training": np.array([0, 0, 1, 9]), "test": np.array([3])})
    heights = [bar.get_height() for bar in figure.axes[0].patches]
    assert heights == [50, 25, 0, 0, 0, 0, 0, 0, 0, 25, 0, 0, 0, 100, 0, 0, 0, 0, 0, 0]


def test_the_search_picture_shows_the_counts() -> None:
    figure = plots.mistakes_everywhere(mistakes, (-1.0,), size=5)
    shown = figure.axes[0].images[0].get_array()
    side = np.linspace(-3, 3, 5)
    assert shown[4, 0] == mistakes(side[0], side[4], -1.0)
    assert shown.min() >= 1


def test_one_grey_means_one_number_of_mistakes_in_every_panel() -> None:
    figure = plots.mistakes_everywhere(mistakes, (-1.0, -0.5, 0.5), size=13)
    images = [axes.images[0] for axes in figure.axes[:3]]
    for number in range(5):
        assert len({image.cmap(image.norm(number)) for image in images}) == 1
    first = images[0]
    assert len({first.cmap(first.norm(number)) for number in range(5)}) == 5


def test_the_numbers_in_the_search_picture_stand_in_their_own_area() -> None:
    figure = plots.mistakes_everywhere(mistakes, (-1.0, 0.5))
    for axes, b in zip(figure.axes, (-1.0, 0.5), strict=False):
        assert axes.texts
        for text in axes.texts:
            assert int(text.get_text()) == mistakes(*text.get_position(), b)


@pytest.mark.parametrize("jump", [0.0, -1.0])
def test_at_its_jump_the_drawn_step_is_0(jump: float) -> None:
    axes = plots.step_picture(jump, ends=(-3, 3), mark=(-2.0, "here")).axes[0]
    ends = {float(line.get_ydata()[0]): line for line in axes.lines if len(line.get_xdata()) == 1}
    assert ends[1.0].get_markerfacecolor() == "white"
    assert float(ends[1.0].get_xdata()[0]) == jump
    assert "here" in [text.get_text() for text in axes.texts]


def test_a_network_is_drawn_without_its_biases_if_none_are_given() -> None:
    words = [text.get_text() for text in texts(plots.neurons([["a"], ["> 5 ?"]], [[[6]]]))]
    assert sorted(words) == ["6", "> 5 ?", "a"]


@pytest.mark.parametrize(("number", "text"), [(-2.0, "−2"), (0.5, "0.5"), (-0.0, "0"), (3, "3")])
def test_numbers_in_figures(number: float, text: str) -> None:
    assert signed(number) == text
    assert signed(3.0, plus=True) == "+3"
