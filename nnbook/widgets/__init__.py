"""What a reader can move: widgets, thin views on `nnbook.explore`, loaded when first used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nnbook.widgets.any_activation import OwnActivation
    from nnbook.widgets.chain import ChainWidget
    from nnbook.widgets.cost_map import CostLandscapeWidget
    from nnbook.widgets.decision import PerceptronWidget
    from nnbook.widgets.design import DesignWidget
    from nnbook.widgets.distorted_digit import DistortWidget
    from nnbook.widgets.drawing import DrawingPad
    from nnbook.widgets.dreaming import DreamWidget
    from nnbook.widgets.filter_pad import FiltersWidget
    from nnbook.widgets.fooling import FoolWidget
    from nnbook.widgets.laboratory import Laboratory
    from nnbook.widgets.layer_maps import FeatureMapsWidget
    from nnbook.widgets.learner import OneNeuronWidget
    from nnbook.widgets.lookup import GlossaryWidget
    from nnbook.widgets.masks import MasksWidget
    from nnbook.widgets.neuron import SigmoidWidget
    from nnbook.widgets.one_step import StepBuilder
    from nnbook.widgets.overfitting_lab import OverfittingLab
    from nnbook.widgets.probabilities import SoftmaxWidget
    from nnbook.widgets.race import RaceWidget
    from nnbook.widgets.rates import RatesWidget
    from nnbook.widgets.remembering import MemoryWidget
    from nnbook.widgets.saturation import ActivationsWidget
    from nnbook.widgets.search import SearchExplorer
    from nnbook.widgets.sliding_window import ReceptiveFieldWidget
    from nnbook.widgets.speeds import LayerSpeedsWidget
    from nnbook.widgets.stepper import StepperWidget
    from nnbook.widgets.ten_points import PolynomialWidget
    from nnbook.widgets.towers import TowerWidget
    from nnbook.widgets.two_starts import WeightedInputsWidget
    from nnbook.widgets.two_steps import BumpBuilder
    from nnbook.widgets.valley import DescentWidget

__all__ = [
    "activations",
    "backprop_stepper",
    "bump_builder",
    "chain_of_neurons",
    "cost_landscape",
    "design_function",
    "distort",
    "dropout_masks",
    "feature_maps",
    "filters",
    "fool",
    "glossary_search",
    "gradient_descent",
    "lab",
    "layer_speeds",
    "learning_rates",
    "memory",
    "one_neuron",
    "optimizer_race",
    "overfitting",
    "own_activation",
    "pad",
    "perceptron",
    "polynomial",
    "rbm_dreams",
    "receptive_field",
    "search_explorer",
    "sigmoid",
    "softmax",
    "step_builder",
    "tower_builder",
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


def chain_of_neurons() -> ChainWidget:
    """Four neurons in a row: each factor of the gradient, and the product (NNDL ch. 5)."""
    from nnbook.widgets.chain import ChainWidget

    return ChainWidget()


def layer_speeds(data: Any = None) -> LayerSpeedsWidget:
    """How fast each hidden layer learns, live, for any depth; `data` are digits (NNDL ch. 5)."""
    from nnbook.widgets.speeds import LayerSpeedsWidget

    return LayerSpeedsWidget(data)


def glossary_search(text: str = "", chapter: int | None = None) -> GlossaryWidget:
    """The glossary to search, by English, Chinese, symbol or code name, in all chapters or one."""
    from nnbook.widgets.lookup import GlossaryWidget

    return GlossaryWidget(text, chapter)


def step_builder() -> StepBuilder:
    """One hidden neuron as a step: its weight w, its bias b, its place s = −b/w (NNDL ch. 4)."""
    from nnbook.widgets.one_step import StepBuilder

    return StepBuilder()


def bump_builder() -> BumpBuilder:
    """Two steps, their weights to the output neuron, and the bump they make (NNDL ch. 4)."""
    from nnbook.widgets.two_steps import BumpBuilder

    return BumpBuilder()


def design_function() -> DesignWidget:
    """The game: heights of bumps that make a function, given or drawn (NNDL ch. 4)."""
    from nnbook.widgets.design import DesignWidget

    return DesignWidget()


def tower_builder(stage: int = 1) -> TowerWidget:
    """From one neuron with two inputs to towers, square and round, as a surface (NNDL ch. 4).

    `stage` is what to begin with, from 1 (one neuron) to 7 (a round hill).
    """
    from nnbook.checks import whole
    from nnbook.explore.tower_stages import STAGES
    from nnbook.widgets.towers import TowerWidget

    return TowerWidget(STAGES[whole("stage", stage, 1, len(STAGES)) - 1].name)


def own_activation(activation: str = "the book's wobbly one") -> OwnActivation:
    """An activation to choose or draw, its steps, and what a layer of it can do (NNDL ch. 4).

    `activation` is one of the names in its menu, such as "ReLU" or "my own drawing".
    """
    from nnbook.checks import one_of
    from nnbook.explore.own_activation import CANDIDATES
    from nnbook.widgets.any_activation import DRAWN, OwnActivation

    return OwnActivation(one_of("activation", activation, [*CANDIDATES, DRAWN]))


def receptive_field(data: Any = None) -> ReceptiveFieldWidget:
    """A 5 × 5 window that follows mouse and arrow keys, and the neuron that sees it (NNDL ch. 6).

    `data` are digits, whose test images are shown, or a Dataset.
    """
    from nnbook.widgets.sliding_window import ReceptiveFieldWidget

    return ReceptiveFieldWidget(data)


def filters(network: Any, data: Any = None) -> FiltersWidget:
    """Hand-made windows of weights and those `network` has learned, over a digit (NNDL ch. 6).

    `network` is convolutional; `data` are the digits that can be loaded.
    """
    from nnbook.widgets.filter_pad import FiltersWidget

    return FiltersWidget(network, data)


def feature_maps(network: Any, data: Any = None) -> FeatureMapsWidget:
    """What each layer of the convolutional `network` makes of the reader's digit (NNDL ch. 6).

    `data` are the digits that can be loaded.
    """
    from nnbook.widgets.layer_maps import FeatureMapsWidget

    return FeatureMapsWidget(network, data)


def memory() -> MemoryWidget:
    """How far back a recurrent network and an LSTM remember: gradients in time, accuracies."""
    from nnbook.widgets.remembering import MemoryWidget

    return MemoryWidget()


def rbm_dreams(machine: Any, data: Any = None) -> DreamWidget:
    """The dreams of a restricted Boltzmann machine, Gibbs step by Gibbs step (NNDL ch. 6).

    `data` are digits, from whose validation images a dream may begin, or a Dataset.
    """
    from nnbook.widgets.dreaming import DreamWidget

    return DreamWidget(machine, data)


def fool(network: Any, data: Any = None) -> FoolWidget:
    """A digit changed step by step until `network` reads another one (NNDL ch. 6).

    `data` are digits, whose validation images are shown, or a Dataset.
    """
    from nnbook.widgets.fooling import FoolWidget

    return FoolWidget(network, data)
