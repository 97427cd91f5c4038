"""The same short training with many learning rates: where does the cost still fall? (NNDL ch. 3)"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from nnbook import checks
from nnbook.activations import sigmoid
from nnbook.costs import COSTS
from nnbook.data.dataset import Dataset, Digits
from nnbook.events import Step
from nnbook.initializers import scaled
from nnbook.layers import Dense
from nnbook.network import Network
from nnbook.optimizers import SGD, Adam, Momentum, Nesterov, Optimizer
from nnbook.training import Diverged, train

RATES = (
    *(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5),
    *(1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0),
)
LOOKS = 10  # how often the cost is looked at in each training
SAMPLE = 1000  # training images that the cost is measured on

OPTIMIZERS: dict[str, Callable[[float], Optimizer]] = {
    "gradient descent": SGD,
    "momentum, μ = 0.9": Momentum,
    "Nesterov, μ = 0.9": Nesterov,
    "Adam": Adam,
}


@dataclass(frozen=True)
class Trial:
    """All that is the same for each learning rate of one sweep.

    `hidden` is the width of the hidden layer, 0 for none; `steps` are mini-batches of `batch_size`.
    """

    hidden: int = 30
    cost: str = "cross-entropy"
    batch_size: int = 10
    steps: int = 200
    optimizer: str = "gradient descent"
    seed: int = 0

    def __post_init__(self) -> None:
        checks.whole("hidden", self.hidden, 0, 1000)
        checks.one_of("cost", self.cost, COSTS)
        checks.whole("batch_size", self.batch_size)
        checks.whole("steps", self.steps, LOOKS)
        checks.one_of("optimizer", self.optimizer, OPTIMIZERS)
        checks.whole("seed", self.seed, 0)

    def network(self, digits: Digits) -> Network:
        """The network at its start, the same for every learning rate."""
        hidden = [Dense(self.hidden, sigmoid)] if self.hidden else []
        return Network(
            [digits.training.features, *hidden, digits.training.classes],
            cost=COSTS[self.cost](),
            initializer=scaled,
            rng=self.seed,
        )


@dataclass
class Course:
    """The cost of one training with learning rate `rate`, before it and at up to ten looks.

    `steps` says after how many mini-batches each cost was measured; a training that diverged ends
    with an infinite cost.
    """

    rate: float
    steps: list[int] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)

    def add(self, step: int, cost: float) -> None:
        self.steps.append(step)
        self.costs.append(cost)

    @property
    def last(self) -> float:
        """The cost at the last look."""
        return self.costs[-1]

    @property
    def falls(self) -> bool:
        """Whether the cost was below that of the start at every look."""
        return max(self.costs[1:], default=math.inf) < self.costs[0]


class Sweep:
    """One short training for each of `RATES`, from the same start on the same mini-batches.

    `run()` does it, a look at a time; `courses` grows meanwhile. ValueError, in words, if the
    mini-batch is larger than the training set.
    """

    def __init__(self, trial: Trial, digits: Digits) -> None:
        if trial.batch_size > len(digits.training):
            raise ValueError(
                f"batch_size must be at most the {len(digits.training):,} training images, but it "
                f"is {trial.batch_size:,}."
            )
        self.trial, self.digits = trial, digits
        self.sample: Dataset = digits.training[: min(SAMPLE, len(digits.training))]
        self.courses: list[Course] = []

    def run(self) -> Iterator[Course]:
        """Train with each rate in turn; yields the course at hand after each look at its cost."""
        for rate in RATES:
            course = Course(rate)
            self.courses.append(course)
            yield from self._one(course)

    def _one(self, course: Course) -> Iterator[Course]:
        trial, network = self.trial, self.trial.network(self.digits)
        course.add(0, network.evaluate(self.sample).cost)
        every = trial.steps // LOOKS
        events = train(
            network,
            self.digits.training,
            epochs=trial.steps * trial.batch_size // len(self.digits.training) + 1,
            batch_size=trial.batch_size,
            optimizer=OPTIMIZERS[trial.optimizer](course.rate),
            rng=np.random.default_rng(trial.seed),
        )
        try:
            for event in events:
                if isinstance(event, Step) and event.step % every == 0:
                    course.add(event.step, network.evaluate(self.sample).cost)
                    yield course
                    if len(course.costs) > LOOKS:
                        return
        except Diverged:
            course.add(course.steps[-1] + every, math.inf)
            yield course

    @property
    def complete(self) -> bool:
        """Whether all rates are done."""
        return len(self.courses) == len(RATES) and (
            len(self.courses[-1].costs) > LOOKS or math.isinf(self.courses[-1].last)
        )

    @property
    def best(self) -> Course | None:
        """The course with the lowest last cost, None while none has been looked at."""
        looked = [course for course in self.courses if len(course.costs) > 1]
        return min(looked, key=lambda course: course.last) if looked else None

    @property
    def threshold(self) -> float | None:
        """The largest rate up to which the cost falls with every rate; None if not with the first.

        NNDL ch. 3 calls it the threshold, and trains with half of it or a little less.
        """
        found = None
        for course in self.courses:
            if not course.falls:
                return found
            found = course.rate
        return found
