"""How fast each hidden layer of a deep network learns, step by step (NNDL ch. 5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nnbook.checks import one_of, positive, whole
from nnbook.costs import CrossEntropy
from nnbook.data.dataset import Digits
from nnbook.experiments.chapter_5 import speeds
from nnbook.explore.saturation import FUNCTIONS
from nnbook.initializers import INITIALIZERS
from nnbook.layers import Dense
from nnbook.network import Network
from nnbook.optimizers import SGD
from nnbook.regularizers import L2
from nnbook.training import Diverged, descend

DEEPEST = 8
IMAGES, STEPS, LAMBDA = 1000, 500, 5.0  # as in row 5.6


@dataclass(frozen=True)
class Deep:
    """A network of `depth` hidden layers with 30 neurons each, and how it is trained.

    TypeError or ValueError for a depth outside 1 to 8, a rate that is not positive, or a name that
    is neither among the activation functions nor among the initializers.
    """

    depth: int = 4
    activation: str = "sigmoid"
    initializer: str = "scaled"
    learning_rate: float = 0.1
    seed: int = 0

    def __post_init__(self) -> None:
        whole("depth", self.depth, 1, DEEPEST)
        one_of("activation", self.activation, FUNCTIONS)
        one_of("initializer", self.initializer, INITIALIZERS)
        positive("learning_rate", self.learning_rate)
        whole("seed", self.seed, 0)

    def network(self, digits: Digits) -> Network:
        """The network at its start."""
        hidden = [Dense(30, FUNCTIONS[self.activation]) for _ in range(self.depth)]
        return Network(
            [digits.training.features, *hidden, digits.training.classes],
            cost=CrossEntropy(),
            initializer=INITIALIZERS[self.initializer],
            rng=self.seed,
        )

    @property
    def words(self) -> str:
        """The network in a few words."""
        layers = "layer" if self.depth == 1 else "layers"
        return (
            f"{self.depth} hidden {layers}, {self.activation}, {self.initializer}, "
            f"η = {self.learning_rate:g}"
        )


class Watched:
    """Gradient descent with all of 1,000 images in each step, watched layer by layer.

    `speeds[t]` holds ‖∂C/∂b‖ of each hidden layer after t steps. `run()` trains, a step at a time;
    `problem` says why it ended early, if it did.
    """

    def __init__(self, deep: Deep, digits: Digits, steps: int = STEPS) -> None:
        whole("steps", steps)
        self.deep, self.steps, self.data_name = deep, steps, digits.name
        self.network = deep.network(digits)
        self._x, self._y = digits.training.batch(slice(0, IMAGES))
        self.speeds = [speeds(self.network, self._x, self._y)]
        self.problem: Diverged | None = None

    def run(self) -> Iterator[list[float]]:
        """Train to the end; yields the speeds after each step."""
        optimizer, regularizer, n = SGD(self.deep.learning_rate), L2(LAMBDA), len(self._x)
        while not self.complete:
            try:
                with np.errstate(over="ignore", invalid="ignore"):  # told in `problem`
                    descend(self.network, self._x, self._y, n, optimizer, regularizer)
                    now = speeds(self.network, self._x, self._y)
                if not np.isfinite(now).all():
                    raise Diverged(
                        "The gradient is no longer a finite number: the steps are far too long. "
                        "Take a smaller learning rate, or another start."
                    )
            except Diverged as problem:
                self.problem = problem
                return
            self.speeds.append(now)
            yield now

    @property
    def complete(self) -> bool:
        """Whether all steps are done."""
        return len(self.speeds) > self.steps

    @property
    def accuracy(self) -> float:
        """The share of the 1,000 images that is classified rightly now."""
        with np.errstate(over="ignore", invalid="ignore"):
            return float(np.mean(self.network.classify(self._x) == self._y.argmax(axis=1)))

    def ratio(self, step: int = -1) -> float:
        """The last hidden layer's speed over the first one's; infinite where that is 0."""
        row = np.array(self.speeds[step])
        with np.errstate(divide="ignore", invalid="ignore"):
            return float(row[-1] / row[0])
