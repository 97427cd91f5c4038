"""Stochastic gradient descent as an iterator of events, and `fit`, which drains it (NNDL ch. 1)."""

from __future__ import annotations

import math
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np

from nnbook.checks import generator, instance, whole
from nnbook.data.dataset import Dataset
from nnbook.events import Epoch, Step
from nnbook.history import History
from nnbook.network import Network
from nnbook.optimizers import SGD
from nnbook.progress import Progress
from nnbook.regularizers import Regularizer


class Diverged(ArithmeticError):
    """The cost or its gradient is no longer a finite number; the last finite weights are kept."""


def train(
    network: Network,
    data: Dataset,
    *,
    epochs: int,
    batch_size: int,
    optimizer: SGD,
    rng: int | np.random.Generator,
    regularizer: Regularizer | None = None,
    monitor: Mapping[str, Dataset] | None = None,
) -> Iterator[Step | Epoch]:
    """Train `network`: an iterator that yields a `Step` each mini-batch and an `Epoch` each pass.

    Each epoch visits every example once, in an order drawn from `rng` (a seed or a Generator), in
    mini-batches of `batch_size` (m, from 1 to the size of the data; the last may be shorter).
    `monitor` names data sets to evaluate after each epoch. To stop, stop asking for events.

    TypeError or ValueError at once for a wrong argument; `Diverged` during training when the cost
    or the gradient is no longer finite, with the last finite weights kept.
    """
    instance("network", network, Network, "Network([784, 30, 10])")
    instance("data", data, Dataset, "digits.training")
    whole("epochs", epochs)
    whole("batch_size", batch_size)
    if batch_size > len(data):
        raise ValueError(
            f"batch_size must be at most the {len(data)} examples in the data, but it is "
            f"{batch_size}."
        )
    instance("optimizer", optimizer, SGD, "SGD(3.0)")
    if regularizer is not None:
        instance("regularizer", regularizer, Regularizer, "L2(5.0)")
    monitor = {} if monitor is None else monitor
    instance("monitor", monitor, Mapping, '{"test": digits.test}')
    for name, watched in monitor.items():
        instance(f"monitor[{name!r}]", watched, Dataset, "digits.test")
        try:
            network.evaluate(watched[:1])
        except ValueError as error:
            raise ValueError(f"monitor[{name!r}] does not fit the network: {error}") from None
    if not np.isfinite(network.parameters).all():
        raise ValueError("network must have finite weights and biases, but some are not finite.")
    rng = generator("rng", rng)
    network.evaluate(data[:1])  # an error now if shapes do not fit
    return _train(network, data, epochs, batch_size, optimizer, rng, regularizer, dict(monitor))


def _train(
    network: Network,
    data: Dataset,
    epochs: int,
    batch_size: int,
    optimizer: SGD,
    rng: np.random.Generator,
    regularizer: Regularizer | None,
    monitor: dict[str, Dataset],
) -> Iterator[Step | Epoch]:
    n, step = len(data), 0
    batches = math.ceil(n / batch_size)
    for epoch in range(1, epochs + 1):
        seconds, clock = 0.0, time.perf_counter()
        order = rng.permutation(n)
        for batch in range(1, batches + 1):
            index = order[(batch - 1) * batch_size : batch * batch_size]
            x, y = data.batch(index, network.dtype)
            cost = descend(network, x, y, n, optimizer, regularizer)
            step += 1
            seconds += time.perf_counter() - clock
            yield Step(epoch, batch, batches, step, cost)
            clock = time.perf_counter()
        penalty = regularizer.penalty(network.weights, n) if regularizer else 0.0
        scores = {name: network.evaluate(watched) for name, watched in monitor.items()}
        yield Epoch(epoch, seconds, penalty, scores)


def descend(
    network: Network,
    x: np.ndarray,
    y: np.ndarray,
    n: int,
    optimizer: SGD,
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


def fit(
    network: Network,
    data: Dataset,
    *,
    epochs: int,
    batch_size: int,
    optimizer: SGD,
    rng: int | np.random.Generator,
    regularizer: Regularizer | None = None,
    monitor: Mapping[str, Dataset] | None = None,
    progress: bool = True,
) -> History:
    """Train to the end, as `train` does, with a progress bar; returns the history.

    The history also grows on `network.history`, so that after Ctrl-C (KeyboardInterrupt, raised
    between two mini-batches) or `Diverged` all that was learned is kept.
    """
    events = train(
        network,
        data,
        epochs=epochs,
        batch_size=batch_size,
        optimizer=optimizer,
        rng=rng,
        regularizer=regularizer,
        monitor=monitor,
    )
    network.history = history = History(data.name)
    total = epochs * math.ceil(len(data) / batch_size)
    with (
        Progress(total, "training", shown=progress) as bar,
        _interrupt_between_events() as interrupt,
    ):
        for event in events:
            history.add(event)
            if isinstance(event, Step):
                bar.advance()
            if interrupt.is_set():
                break
    if interrupt.is_set():
        raise KeyboardInterrupt
    return history


@contextmanager
def _interrupt_between_events() -> Iterator[threading.Event]:
    """Ctrl-C sets an event instead of breaking into half a step; a second one breaks in at once."""
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield asked  # Ctrl-C reaches the main thread only
        return

    def ask(*_: object) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler if before is None else before)
