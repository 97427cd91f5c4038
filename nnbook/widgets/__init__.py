"""What a reader can move: widgets, thin views on `nnbook.explore`, loaded when first used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nnbook.widgets.cost_map import CostLandscapeWidget
    from nnbook.widgets.decision import PerceptronWidget
    from nnbook.widgets.distorted_digit import DistortWidget
    from nnbook.widgets.drawing import DrawingPad
    from nnbook.widgets.laboratory import Laboratory
    from nnbook.widgets.learner import OneNeuronWidget
    from nnbook.widgets.masks import MasksWidget
    from nnbook.widgets.neuron import SigmoidWidget
    from nnbook.widgets.overfitting_lab import OverfittingLab
    from nnbook.widgets.probabilities import SoftmaxWidget
    from nnbook.widgets.race import RaceWidget
    from nnbook.widgets.rates import RatesWidget
    from nnbook.widgets.saturation import ActivationsWidget
    from nnbook.widgets.search import SearchExplorer
    from nnbook.widgets.stepper import StepperWidget
    from nnbook.widgets.ten_points import PolynomialWidget
    from nnbook.widgets.two_starts import WeightedInputsWidget
    from nnbook.widgets.valley import DescentWidget

__all__ = [
    "activations",
    "backprop_stepper",
    "cost_landscape",
    "distort",
    "dropout_masks",
    "gradient_descent",
    "lab",
    "learning_rates",
    "one_neuron",
    "optimizer_race",
    "overfitting",
    "pad",
    "perceptron",
    "polynomial",
    "search_explorer",
    "sigmoid",
    "softmax",
    "weighted_inputs",
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


def overfitting(data: Any = None) -> OverfittingLab:
    """The overfitting lab: data, λ, L1 or L2, dropout, curves, weights (NNDL ch. 3)."""
    from nnbook.widgets.overfitting_lab import OverfittingLab

    return OverfittingLab(data)


def polynomial() -> PolynomialWidget:
    """A polynomial through ten points: its degree and the penalty on its weights (NNDL ch. 3)."""
    from nnbook.widgets.ten_points import PolynomialWidget

    return PolynomialWidget()


def dropout_masks(network: Any, data: Any = None) -> MasksWidget:
    """What dropout does to one image in `network`, which has one hidden layer (NNDL ch. 3).

    `data` are digits, whose validation images are shown, or a Dataset.
    """
    from nnbook.widgets.masks import MasksWidget

    return MasksWidget(network, data)


def distort(data: Any = None, network: Any = None) -> DistortWidget:
    """Shift, turn, skew or bend a digit, and see what `network` makes of it (NNDL ch. 3).

    `data` are digits, whose validation images are shown, or a Dataset.
    """
    from nnbook.widgets.distorted_digit import DistortWidget

    return DistortWidget(data, network)


def weighted_inputs() -> WeightedInputsWidget:
    """The spread of z and of the outputs at the start, large and scaled weights (NNDL ch. 3)."""
    from nnbook.widgets.two_starts import WeightedInputsWidget

    return WeightedInputsWidget()


def activations(activation: str = "sigmoid") -> ActivationsWidget:
    """Sigmoid, tanh and ReLU: the function, its slope, and which neurons saturate (NNDL ch. 3).

    `activation` is "sigmoid", "tanh" or "ReLU".
    """
    from nnbook.widgets.saturation import ActivationsWidget

    return ActivationsWidget(activation)


def learning_rates(data: Any = None) -> RatesWidget:
    """The cost after a short training against the learning rate; `data` are digits (NNDL ch. 3)."""
    from nnbook.widgets.rates import RatesWidget

    return RatesWidget(data)


def optimizer_race(landscape: str = "ravine") -> RaceWidget:
    """Five optimizers from one start on one of six landscapes (NNDL ch. 3).

    `landscape` is "bowl", "ravine", "saddle", "two minima", "bent valley" or "plateau".
    """
    from nnbook.widgets.race import RaceWidget

    return RaceWidget(landscape)


def backprop_stepper(problem: Any = None, notation: str = "δ") -> StepperWidget:
    """Backpropagation through a 2-3-2-2 network, number by number (NNDL ch. 2).

    `problem` is a network with an example, by default `nnbook.derivations.NETWORK`; `notation` is
    "δ", "thresholds", "index by index" or "two passes".
    """
    from nnbook.derivations import NETWORK
    from nnbook.widgets.stepper import StepperWidget

    return StepperWidget(NETWORK if problem is None else problem, notation)


def search_explorer(data: Any = None) -> SearchExplorer:
    """Grid, random and Bayesian search, trial by trial: stored ones, or live ones on `data`.

    `data` are digits, by default MNIST (NNDL ch. 3).
    """
    from nnbook.widgets.search import SearchExplorer

    return SearchExplorer(data)
