"""The widgets of chapter 10 without a browser: every control at its ends, and what is said."""

from __future__ import annotations

import threading

import pytest

from nnbook import Dense, LogLikelihood, Network, builtin_digits, scaled, softmax, widgets
from nnbook.explore.memory import CELLS, EPOCHS
from nnbook.models import RBM

DIGITS = builtin_digits()
NETWORK = Network([784, 20, Dense(10, softmax)], cost=LogLikelihood(), initializer=scaled, rng=0)

MAKERS = {
    "fool": lambda: widgets.fool(NETWORK, DIGITS),
    "dreams": lambda: widgets.rbm_dreams(RBM(784, 30), DIGITS),
    "memory": widgets.memory,
}
CONTROLS = {
    "fool": ["image", "way", "steps"],
    "dreams": ["image", "start", "steps"],
    "memory": ["steps", "scale", "span"],
}


def values(control):
    """The lowest, an odd one, the middle and the highest value of a control."""
    if hasattr(control, "options"):
        chosen = [option[1] if isinstance(option, tuple) else option for option in control.options]
        return [chosen[0], chosen[1], chosen[len(chosen) // 2], chosen[-1]]
    return [control.min, control.min + 3, (control.min + control.max) // 2, control.max]


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


def test_what_is_said_of_a_fooled_network():
    widget = widgets.fool(NETWORK, DIGITS)
    widget.steps.value = 0
    assert "After 0 steps no pixel has moved by more than 0.00" in widget._words.value
    fooling, step = widget.fooling, 40
    widget.steps.value = step
    answer = fooling.answers[step]
    assert f"shows a <b>{fooling.label}</b>" in widget._words.value
    assert f"reads <b>{answer}</b>, with the output {fooling.outputs[step, answer]:.2f}" in (
        widget._words.value
    )
    assert [bar.get_height() for bar in widget._bars] == pytest.approx(fooling.outputs[step])


def test_buttons_of_the_dream():
    widget = widgets.rbm_dreams(RBM(784, 30), DIGITS)
    widget.ten.click()
    assert widget.steps.value == 10 and "After <b>10</b> Gibbs steps" in widget._words.value
    before = bytes(widget.picture.image.value)
    widget.again.click()
    assert widget.dream.seed == 1 and bytes(widget.picture.image.value) != before
    widget.steps.value = 295
    widget.ten.click()
    assert widget.steps.value == 300
    widget.start.value = "noise"
    assert widget.image.disabled and widget.problems == []


def test_the_still_of_a_dream_leaves_the_page_alone():
    widget = widgets.rbm_dreams(RBM(784, 30), DIGITS)
    seen = widget._seen.get_array().copy()
    assert widget.still()[:4] == b"\x89PNG"
    assert (widget._seen.get_array() == seen).all()


def test_memory_trains_both_and_says_how_well():
    widget = widgets.memory()
    assert "Press <b>Train both</b>" in widget._words.value
    assert "× 10<sup>−7</sup> of that at step 60" in widget._words.value
    widget.steps.value = 5.0
    widget.train.click()
    assert widget.train.disabled
    widget.worker.join(30)
    assert not widget.train.disabled and widget.memory.complete
    assert f"after {EPOCHS} epochs 100% right" in widget._words.value
    assert len(widget._courses[CELLS].get_xdata()) == EPOCHS + 1
    assert widget.problems == []


def test_stop_ends_the_training_of_memory():
    widget = widgets.memory()
    widget.steps.value = 80.0
    widget.train.click()
    widget.stop()
    assert not widget.worker.busy and not widget.memory.complete
    assert not widget.train.disabled and widget.stop_button.disabled
    assert threading.current_thread().is_alive() and widget.problems == []


def test_a_wrong_network_is_refused():
    with pytest.raises((TypeError, ValueError), match="network"):
        widgets.fool(Network([10, 5, 3]), DIGITS)
