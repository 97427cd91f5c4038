"""Contrastive divergence: how a restricted Boltzmann machine learns (Hinton 2002; NNDL ch. 6)."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Iterator, Mapping

import numpy as np

from nnbook.checks import generator, instance, whole
from nnbook.data.dataset import Dataset
from nnbook.events import Epoch, Score, Step
from nnbook.models.rbm import RBM, Visible
from nnbook.notation import Vector
from nnbook.optimizers import Optimizer
from nnbook.regularizers import Regularizer
from nnbook.training import Diverged

CHUNK = 1000  # examples looked at at a time: bounds the memory


def cd_gradient(
    machine: RBM, v: Visible, rng: int | np.random.Generator, k: int = 1
) -> tuple[Vector, Visible]:
    """What CD-k takes for ∂(−ln p)/∂(W, b, c), summed over the rows of `v`; and v after k steps.

    −ln p(v) = F(v) + ln Z. The slope of ln Z is that of −F at what the machine dreams of, and k
    steps of Gibbs sampling from `v` (m, n_visible) on stand for a dream: ∂F(v) − ∂F(v_k) (Hinton
    2002). `rng`, a seed or Generator, draws them; TypeError for anything else.
    """
    rng, v_k = generator("rng", rng), v
    for _ in range(k):
        v_k, _ = machine.gibbs_step(v_k, rng)
    return machine.slope(v) - machine.slope(v_k), v_k


def contrastive_divergence(
    machine: RBM,
    data: Dataset,
    *,
    epochs: int,
    batch_size: int,
    optimizer: Optimizer,
    rng: int | np.random.Generator,
    k: int = 1,
    regularizer: Regularizer | None = None,
    monitor: Mapping[str, Dataset] | None = None,
) -> Iterator[Step | Epoch]:
    """Train `machine` on the inputs of `data`, as `train` does a network: Step and Epoch events.

    Targets are not looked at. `k`, 1 or more, is how many steps of Gibbs sampling each gradient
    takes; `rng` draws them and the order of the examples. In place of a cost, steps and scores
    report the mean of ‖v − v′‖²: in a step v′ is what was drawn in the end, in a score it is
    `reconstruct(v)`. It is easy to watch, but it is not what is minimised.

    TypeError or ValueError at once for a wrong argument, such as inputs that are not in [0, 1];
    `Diverged` during training when the gradient is no longer finite.
    """
    instance("machine", machine, RBM, "RBM(784, 100)")
    whole("epochs", epochs)
    whole("k", k)
    instance("optimizer", optimizer, Optimizer, "SGD(0.1)")
    if regularizer is not None:
        instance("regularizer", regularizer, Regularizer, "L2(5.0)")
    watched = dict(instance("monitor", monitor or {}, Mapping, '{"test": digits.test}'))
    for name, seen in {"data": data, **watched}.items():
        _check_inputs(name, seen, machine)
    whole("batch_size", batch_size, high=len(data))
    rng = generator("rng", rng)
    optimizer = copy.deepcopy(optimizer)
    return _run(machine, data, epochs, batch_size, optimizer, rng, k, regularizer, watched)


def _run(
    machine: RBM,
    data: Dataset,
    epochs: int,
    batch_size: int,
    optimizer: Optimizer,
    rng: np.random.Generator,
    k: int,
    regularizer: Regularizer | None,
    monitor: dict[str, Dataset],
) -> Iterator[Step | Epoch]:
    n, batches = len(data), math.ceil(len(data) / batch_size)
    optimizer.start(machine.parameters)
    for epoch in range(1, epochs + 1):
        seconds, clock = 0.0, time.perf_counter()
        order = rng.permutation(n)
        for batch in range(1, batches + 1):
            index = order[(batch - 1) * batch_size : batch * batch_size]
            v, _ = data.batch(index, machine.parameters.dtype)
            gradient, v_k = cd_gradient(machine, v, rng, k)
            gradient /= len(v)
            if regularizer is not None:
                gradient[: machine.n_weights] += regularizer.gradient(machine.weights, n)
            if not math.isfinite(np.vdot(gradient, gradient)):
                raise Diverged(f"The gradient is not finite with {optimizer}: try a tenth of it.")
            optimizer.step(machine.parameters, gradient)
            seconds += time.perf_counter() - clock
            error = float(np.square(v - v_k).sum()) / len(v)
            yield Step(epoch, batch, batches, (epoch - 1) * batches + batch, error)
            clock = time.perf_counter()
        penalty = regularizer.penalty(machine.weights, n) if regularizer else 0.0
        scores = {name: reconstruction_score(machine, seen) for name, seen in monitor.items()}
        yield Epoch(epoch, seconds, penalty, scores)


def reconstruction_score(machine: RBM, data: Dataset) -> Score:
    """The mean of ‖v − reconstruct(v)‖² over `data`, as the cost of a Score; no accuracy."""
    total = sum(float(machine.reconstruction_error(v).sum()) for v in _chunks(data, machine))
    return Score(total / len(data), math.nan, len(data))


def _check_inputs(name: str, data: Dataset, machine: RBM) -> None:
    instance(name, data, Dataset, "digits.training")
    if data.features != machine.n_visible:
        raise ValueError(
            f"{name} must have inputs of {machine.n_visible} numbers, one for each visible unit, "
            f"but {data.name} has {data.features}."
        )
    low = min(float(v.min()) for v in _chunks(data, machine))
    high = max(float(v.max()) for v in _chunks(data, machine))
    if low < 0 or high > 1:
        raise ValueError(
            f"{name} must have inputs between 0 and 1, which are taken as probabilities, but they "
            f"go from {low:g} to {high:g}."
        )


def _chunks(data: Dataset, machine: RBM) -> Iterator[Visible]:
    for start in range(0, len(data), CHUNK):
        yield data.batch(slice(start, start + CHUNK), machine.parameters.dtype)[0]
