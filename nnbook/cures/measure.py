"""One deep network, one budget of epochs, seven ways to start it: a run of each (NNDL ch. 5)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nnbook.activations import ActivationFunction, relu, sigmoid, tanh
from nnbook.costs import CrossEntropy
from nnbook.data import Dataset, Digits
from nnbook.events import Epoch
from nnbook.experiments.chapter_5 import speeds
from nnbook.initializers import Initializer, glorot, he, large, scaled
from nnbook.layers import Dense
from nnbook.models.contrastive_divergence import contrastive_divergence
from nnbook.models.deep_belief import DeepBelief
from nnbook.network import Network
from nnbook.optimizers import SGD
from nnbook.regularizers import L2
from nnbook.training import Diverged, train

SIZES = (784, 30, 30, 30, 30, 10)
EPOCHS = 10  # passes over the training images, those of an unlabelled start included
BATCH, LAMBDA = 10, 5.0
RATES = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)  # η: each cure has the best of them
SEEDS = (0, 1, 2)
PROBE = 1000  # training images on which the speeds are measured, as in row 5.5
MACHINE_RATE = 0.05  # η of contrastive divergence

# σ(z) = (1 + tanh(z/2))/2 has a quarter of the slope of tanh: four times the weights make up for it
glorot_4 = Initializer("4 × glorot", lambda n_in, n_out: 4 * glorot.weight_sd(n_in, n_out), 0.0)


@dataclass(frozen=True)
class Cure:
    """Hidden layers with `activation`, started by `initializer`; the output layer is sigmoid.

    With `machines` the hidden layers take over Boltzmann machines that saw the images before,
    without labels, and `initializer` starts the output layer only.
    """

    activation: ActivationFunction
    initializer: Initializer
    machines: bool = False


CURES = {
    "sigmoid, N(0, 1)": Cure(sigmoid, large),
    "sigmoid, scaled": Cure(sigmoid, scaled),
    "sigmoid, Glorot": Cure(sigmoid, glorot),
    "sigmoid, 4 × Glorot": Cure(sigmoid, glorot_4),
    "sigmoid, Boltzmann machines": Cure(sigmoid, scaled, machines=True),
    "tanh, Glorot": Cure(tanh, glorot),
    "ReLU, He": Cure(relu, he),
}


@dataclass(frozen=True)
class Moment:
    """After `epoch` passes: accuracies (shares) on two sets, and ‖∂C/∂b‖ of each hidden layer."""

    epoch: int
    validation: float
    test: float
    speeds: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """The last hidden layer's speed over the first one's; infinite where that is 0."""
        return self.speeds[-1] / self.speeds[0] if self.speeds[0] else math.inf


def run(cure: Cure, digits: Digits, learning_rate: float, seed: int) -> Iterator[Moment]:
    """Train `SIZES` for `EPOCHS` and report at the start and after each epoch.

    Cross-entropy, λ = 5, mini-batches of 10, as in row 5.4. One epoch for each Boltzmann machine
    is part of the budget. A run that diverges ends early.
    """
    rng = np.random.default_rng(seed)
    network = start(cure, digits.training, rng)
    spent = len(SIZES) - 2 if cure.machines else 0
    probe = digits.training.batch(slice(0, PROBE))
    yield _moment(network, digits, probe, spent)
    try:
        for event in train(
            network,
            digits.training,
            epochs=EPOCHS - spent,
            batch_size=BATCH,
            optimizer=SGD(learning_rate),
            regularizer=L2(LAMBDA),
            rng=rng,
        ):
            if isinstance(event, Epoch):
                yield _moment(network, digits, probe, spent + event.epoch)
    except Diverged:
        return


def start(cure: Cure, images: Dataset, rng: np.random.Generator) -> Network:
    """The network before its training with labels; `images` are looked at by machines only."""
    *hidden, outputs = SIZES
    cost = CrossEntropy()
    if not cure.machines:
        layers = [Dense(n, cure.activation) for n in hidden[1:]]
        return Network(
            [hidden[0], *layers, outputs], cost=cost, initializer=cure.initializer, rng=rng
        )
    stack = DeepBelief(hidden, rng=rng)
    for machine, seen in stack.levels(images):
        for _ in contrastive_divergence(
            machine, seen, epochs=1, batch_size=BATCH, optimizer=SGD(MACHINE_RATE), rng=rng
        ):
            pass
    return stack.network(outputs, cost=cost, initializer=cure.initializer, rng=rng)


def _moment(
    network: Network, digits: Digits, probe: tuple[np.ndarray, np.ndarray], epoch: int
) -> Moment:
    validation, test = (network.accuracy(data) for data in (digits.validation, digits.test))
    return Moment(epoch, validation, test, tuple(speeds(network, *probe)))
