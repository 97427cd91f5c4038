"""What a reader can move: widgets, thin views on `nnbook.explore`, loaded when first used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nnbook.widgets.cost_map import CostLandscapeWidget
    from nnbook.widgets.decision import PerceptronWidget
    from nnbook.widgets.drawing import DrawingPad
    from nnbook.widgets.laboratory import Laboratory
    from nnbook.widgets.learner import OneNeuronWidget
    from nnbook.widgets.neuron import SigmoidWidget
    from nnbook.widgets.probabilities import SoftmaxWidget
    from nnbook.widgets.valley import DescentWidget

__all__ = [
    "cost_landscape",
    "gradient_descent",
    "lab",
    "one_neuron",
    "pad",
    "perceptron",
    "sigmoid",
    "softmax",
]


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


def one_neuron() -> OneNeuronWidget:
    """One sigmoid neuron that learns to turn 1 into 0, with either cost (NNDL ch. 3)."""
    from nnbook.widgets.learner import OneNeuronWidget

    return OneNeuronWidget()


def cost_landscape() -> CostLandscapeWidget:
    """The cost of one output over the output a and the desired y, and its slopes (NNDL ch. 3)."""
    from nnbook.widgets.cost_map import CostLandscapeWidget

    return CostLandscapeWidget()


def softmax() -> SoftmaxWidget:
    """Four weighted inputs and their softmax, with a temperature and a shift (NNDL ch. 3)."""
    from nnbook.widgets.probabilities import SoftmaxWidget

    return SoftmaxWidget()
