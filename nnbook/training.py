"""Stochastic gradient descent as an iterator of events (NNDL ch. 1)."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Iterator, Mapping

import numpy as np

from nnbook.checks import generator, instance, whole
from nnbook.data.dataset import Dataset
from nnbook.events import Epoch, Step
from nnbook.network import Network
from nnbook.optimizers import Optimizer
from nnbook.regularizers import Regularizer


class Diverged(ArithmeticError):
    """The cost or its gradient is no longer a finite number; the last finite weights are kept."""


class Training:
    """A run of training: an iterator that yields a `Step` each mini-batch, an `Epoch` each pass.

    >>> for event in train(network, data, epochs=30, batch_size=10, optimizer=SGD(3.0), rng=0):
    ...     print(event)

    To stop, stop asking for events. Between two events the whole state of the run stands in its
    attributes: `epoch` passes and `batch` mini-batches of the next are done, `step` in all; `order`
    is that of the examples in this pass, None between two passes; `rng` draws the next one.
    `optimizer` is the run's own copy: its learning rate may change between events.
    """

    def __init__(
        self,
        network: Network,
        data: Dataset,
        *,
        epochs: int,
        batch_size: int,
        optimizer: Optimizer,
        rng: int | np.random.Generator,
        regularizer: Regularizer | None = None,
        monitor: Mapping[str, Dataset] | None = None,
    ):
        """Each epoch visits every example once, in an order drawn from `rng`, a seed or Generator.

        Mini-batches have `batch_size` examples (m, from 1 to the size of the data; the last may be
        shorter). `monitor` names data sets to evaluate after each epoch.

        TypeError or ValueError at once for a wrong argument; `Diverged` during training when the
        cost or the gradient is no longer finite, with the last finite weights kept.
        """
        self.network = instance("network", network, Network, "Network([784, 30, 10])")
        self.data = instance("data", data, Dataset, "digits.training")
        self.epochs = whole("epochs", epochs)
        self.batch_size = whole("batch_size", batch_size)
        if batch_size > len(data):
            raise ValueError(
                f"batch_size must be at most the {len(data)} examples in the data, but it is "
                f"{batch_size}."
            )
        self.optimizer = copy.deepcopy(instance("optimizer", optimizer, Optimizer, "SGD(3.0)"))
        if regularizer is not None:
            instance("regularizer", regularizer, Regularizer, "L2(5.0)")
        self.regularizer = regularizer
        monitor = {} if monitor is None else monitor
        self.monitor = dict(instance("monitor", monitor, Mapping, '{"test": digits.test}'))
        for name, watched in self.monitor.items():
            instance(f"monitor[{name!r}]", watched, Dataset, "digits.test")
            try:
                network.evaluate(watched[:1])
            except ValueError as error:
                raise ValueError(f"monitor[{name!r}] does not fit the network: {error}") from None
        if not np.isfinite(network.parameters).all():
            raise ValueError("network must have finite weights and biases, but some are not.")
        self.rng = generator("rng", rng)
        network.evaluate(data[:1])  # an error now if shapes do not fit
        self.batches = math.ceil(len(data) / batch_size)
        self.epoch, self.batch, self.step, self.seconds = 0, 0, 0, 0.0
        self.order: np.ndarray | None = None
        self.optimizer.start(network.parameters)
        self._events = self._run()

    def __iter__(self) -> Iterator[Step | Epoch]:
        return self

    def __next__(self) -> Step | Epoch:
        return next(self._events)

    def _run(self) -> Iterator[Step | Epoch]:
        n, m, network = len(self.data), self.batch_size, self.network
        while self.epoch < self.epochs:
            clock = time.perf_counter()
            if self.order is None:
                self.order, self.batch, self.seconds = self.rng.permutation(n), 0, 0.0
            while self.batch < self.batches:
                index = self.order[self.batch * m : (self.batch + 1) * m]
                x, y = self.data.batch(index, network.dtype)
                cost = descend(network, x, y, n, self.optimizer, self.regularizer)
                self.batch += 1
                self.step += 1
                self.seconds += time.perf_counter() - clock
                yield Step(self.epoch + 1, self.batch, self.batches, self.step, cost)
                clock = time.perf_counter()
            penalty = self.regularizer.penalty(network.weights, n) if self.regularizer else 0.0
            scores = {name: network.evaluate(data) for name, data in self.monitor.items()}
            self.epoch += 1
            self.order = None
            yield Epoch(self.epoch, self.seconds, penalty, scores)


train = Training  # a verb reads better in a loop


def descend(
    network: Network,
    x: np.ndarray,
    y: np.ndarray,
    n: int,
    optimizer: Optimizer,
    regularizer: Regularizer | None = None,
) -> float:
    """One step downhill on the mini-batch `x` (m, n_in), `y` (m, n_out); the mean cost before it.

    `n` is the size of the training set. Raises `Diverged`, without touching the weights, when the
    cost or the squared length of the gradient is not finite.
    """
    a = network.backprop(x, y)  # the sum over the mini-batch ...
    gradient = network.gradient
    gradient *= 1 / len(x)  # ... becomes its mean
    if regularizer is not None:
        gradient[: network.n_weights] += regularizer.gradient(network.weights, n)
    cost = float(np.add.reduce(network.cost(a, y))) / len(x)
    if not math.isfinite(cost) or not math.isfinite(np.vdot(gradient, gradient)):
        raise Diverged(
            f"The cost is no longer a finite number with {optimizer}: the steps overshoot the "
            "valley and climb ever higher. The learning rate is too large: try a tenth of it"
            f"{f', or a smaller λ than in {regularizer}' if regularizer else ''}, with a new "
            "network. This one keeps its last finite weights and biases."
        )
    optimizer.step(network.parameters, gradient)
    return cost
