"""What a reader can move: five widgets, thin views on `nnbook.explore`, loaded when first used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nnbook.widgets.decision import PerceptronWidget
    from nnbook.widgets.drawing import DrawingPad
    from nnbook.widgets.laboratory import Laboratory
    from nnbook.widgets.neuron import SigmoidWidget
    from nnbook.widgets.valley import DescentWidget

__all__ = ["gradient_descent", "lab", "pad", "perceptron", "sigmoid"]


def perceptron(target: str = "AND") -> PerceptronWidget:
    """One perceptron with two inputs, to set by hand or by the learning rule (NNDL ch. 1).

    `target` is the truth table to reach: "AND", "OR", "NAND", "XOR" or "my own".
    """
    from nnbook.widgets.decision import PerceptronWidget

    return PerceptronWidget(target)


def sigmoid() -> SigmoidWidget:
    """One sigmoid neuron beside a step: its weight, bias, sharpness, and a nudge (NNDL ch. 1)."""
    from nnbook.widgets.neuron import SigmoidWidget

    return SigmoidWidget()


def gradient_descent(landscape: str = "bowl") -> DescentWidget:
    """A ball that follows −η∇C on one of four landscapes (NNDL ch. 1).

    `landscape` is "bowl", "ravine", "saddle" or "two minima".
    """
    from nnbook.widgets.valley import DescentWidget

    return DescentWidget(landscape)


def lab(chapter: int = 2, data: Any = None) -> Laboratory:
    """The hyper-parameter lab, with the controls taught up to `chapter`; `data` are digits."""
    from nnbook.widgets.laboratory import Laboratory

    return Laboratory(chapter=chapter, data=data)


def pad(network: Any, data: Any = None) -> DrawingPad:
    """A pad to draw a digit on and see all ten outputs of `network` live; `data` are digits."""
    from nnbook.widgets.drawing import DrawingPad

    return DrawingPad(network, data=data)
