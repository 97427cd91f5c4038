"""The widgets of chapter 05 without a browser: every control at its ends, and what is said."""

from __future__ import annotations

import re

import numpy as np
import pytest

from nnbook import CrossEntropy, Dropout, Network, builtin_digits, widgets

DIGITS = builtin_digits()
NETWORK = Network([784, 30, Dropout(0.5), 10], cost=CrossEntropy(), rng=0)

MAKERS = {
    "polynomial": widgets.polynomial,
    "weighted inputs": widgets.weighted_inputs,
    "masks": lambda: widgets.dropout_masks(NETWORK, DIGITS),
    "distort": lambda: widgets.distort(DIGITS, NETWORK),
}
CONTROLS = {
    "polynomial": ["degree", "lambda_", "new"],
    "weighted inputs": ["inputs", "share"],
    "masks": ["image", "p", "number"],
    "distort": ["image", "kind", "strength", "sigma"],
}


def values(control):
    """The lowest, an odd one, the middle and the highest value of a control."""
    if hasattr(control, "options"):
        chosen = [option[1] if isinstance(option, tuple) else option for option in control.options]
        return [chosen[0], chosen[1], chosen[len(chosen) // 2], chosen[-1]]
    if isinstance(control.value, bool):
        return [True, False]
    odd = control.min + 3 * control.step
    return [control.min, odd, type(control.value)((control.min + control.max) // 2), control.max]


@pytest.mark.parametrize(
    ("name", "control"), [(name, control) for name in MAKERS for control in CONTROLS[name]]
)
def test_each_control_moves_the_picture_at_its_ends(name, control):
    widget = MAKERS[name]()
    part = getattr(widget, control)
    start, pictures = part.value, set()
    for value in values(part):
        part.value = value
        pictures.add(bytes(widget.picture.image.value))
    assert len(pictures) > 1
    part.value = start
    assert widget.problems == []
    data, _ = widget._repr_mimebundle_()
    assert data["image/png"].startswith("iVBOR") and len(data["text/plain"]) > 60


def test_the_polynomial_says_what_it_misses():
    widget = widgets.polynomial()
    assert "misses the ten points by 0.00 and twenty new ones by 0.77" in widget._numbers.value
    widget.degree.value = 1
    assert "degree 1, λ = 0: it misses the ten points by 0.26" in widget._numbers.value


def test_the_table_of_the_two_starts():
    widget = widgets.weighted_inputs()
    assert "<td>large</td><td>22.38</td>" in widget._table.value
    assert "<td>scaled</td><td>1.22</td>" in widget._table.value
    widget.share.value = 0
    assert (
        "0 of them 1" in widget._table.value
        and "<td>large</td><td>1.00</td>" in widget._table.value
    )


def test_masks_are_told():
    widget = widgets.dropout_masks(NETWORK, DIGITS)
    widget.p.value, widget.number.value = 0, 4
    assert "Mask 4 keeps 30 of 30 hidden neurons and multiplies them by 1.00" in widget._words.value
    assert "by at most 0.00" in widget._words.value
    assert sum(map(int, re.findall(r"\d: (\d+)", widget._words.value))) == 4


def test_another_kind_of_distortion_brings_its_own_strength():
    widget = widgets.distort(DIGITS)
    for kind, value in (("rotation", 15), ("shift", 1), ("skew", 15), ("elastic", 34)):
        widget.kind.value = kind
        assert widget.strength.value == value and kind in widget._words.value
        assert widget.sigma.disabled == (kind != "elastic")
    assert "network" not in widget._words.value


@pytest.fixture
def lab():
    made = widgets.overfitting(DIGITS)
    made._form.size.value, made._form.epochs.value = 100.0, 10
    yield made
    made.stop()
    assert made.wait(30) and made.problems == []


def test_the_lab_begins_empty_with_the_books_run(lab):
    fresh = widgets.overfitting(DIGITS)
    assert fresh.settings.training_size == 1000 and fresh.settings.cost == "cross-entropy"
    assert "no run yet" in fresh._curves.value and "nnbook-weights" not in fresh._curves.value
    assert fresh.still()[:4] == b"\x89PNG"


def test_the_lab_draws_four_curves_and_the_weights(lab):
    lab.play()
    assert lab.wait(30)
    drawn = lab._curves.value
    assert drawn.count("<polyline") == 5  # two costs, two accuracies, the start of the weights
    assert "mini-batches" not in drawn
    assert re.search("All weights: root mean square 1.0[0-9]", drawn)
    lab._form.lambda_.value, lab._form.penalty.value = 3, "L1"
    lab.play()
    assert lab.wait(30)
    assert [run.settings.penalty for run in lab.runs] == ["L2", "L1"]
    share = float(re.search("([0-9]+)% of them between", lab._curves.value)[1])
    assert share > 40
    assert lab.still()[:4] == b"\x89PNG"


def test_the_lab_writes_dropout_as_code(lab):
    lab._form.dropout.value, lab._form.hidden.value = 0.5, 100
    assert "Network([784, 100, Dropout(0.5), 10], cost=CrossEntropy(), rng=rng)" in lab.code
    lab.play()
    assert lab.wait(30)
    assert lab.runs[0].architecture == "784-100-10"
    assert lab.settings.dropout == 0.5


def test_every_control_of_the_lab_at_its_ends(lab):
    form = lab._form
    for control in (form.size, form.lambda_, form.penalty, form.dropout, form.hidden, form.epochs):
        before = control.value
        for value in values(control):
            control.value = value
            assert not lab._wrong
        control.value = before


@pytest.mark.parametrize(("inputs", "share"), [(1, 0.0), (100, 0.5), (1000, 1.0)])
def test_the_theory_of_z_gives_shares_of_the_same_bars(inputs, share):
    widget = widgets.weighted_inputs()
    widget.inputs.value, widget.share.value = inputs, share
    for start in ("large", "scaled"):
        bars, _, curve = widget._artists[start]
        measured = np.array([bar.get_height() for bar in bars])
        theory = curve.get_ydata()
        assert len(theory) == len(bars) and 0.9 < theory.sum() <= 1 + 1e-12
        inner = slice(1, -1)  # the bars at the ends hold all that is beyond them
        np.testing.assert_allclose(measured[inner], theory[inner], atol=0.05)
