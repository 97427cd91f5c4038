"""Deep belief networks: Boltzmann machines stacked, each explaining the one below (NNDL ch. 6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from jaxtyping import Float

from nnbook.checks import generator, instance
from nnbook.costs import Cost
from nnbook.data.dataset import Dataset
from nnbook.initializers import Initializer, scaled
from nnbook.layers import Dense, Layer
from nnbook.models.rbm import RBM, Visible
from nnbook.network import Network

Codes = Float[np.ndarray, "m codes"]  # the uppermost layer


class DeepBelief:
    """A stack of restricted Boltzmann machines (Hinton, Osindero and Teh 2006).

    >>> stack = DeepBelief([784, 30, 30], rng=0)
    >>> for machine, seen in stack.levels(digits.training):
    ...     for event in contrastive_divergence(machine, seen, epochs=1, ...): ...
    >>> network = stack.network(Dense(10), cost=CrossEntropy())     # then train it as usual
    """

    def __init__(
        self, sizes: Sequence[int], *, rng: int | np.random.Generator = 0, dtype: Any = np.float32
    ):
        """`sizes`, visible units first: two numbers or more; `rng` draws the starting weights."""
        if not isinstance(sizes, (list, tuple)) or len(sizes) < 2:
            raise ValueError(
                f"sizes must be a list of at least two numbers, such as [784, 30], not {sizes!r}."
            )
        self.sizes, rng = list(sizes), generator("rng", rng)
        self.machines = [
            RBM(below, above, rng=rng, dtype=dtype) for below, above in pairwise(sizes)
        ]

    def levels(self, data: Dataset) -> Iterator[tuple[RBM, Dataset]]:
        """Each machine, from below, and what it is to learn from: `data`, or the codes of it.

        The codes are p(h = 1 | v) of the machine below, as it is when the next level is asked for:
        so train each machine before going on (greedily, layer by layer).
        """
        instance("data", data, Dataset, "digits.training")
        for machine in self.machines:
            yield machine, data
            targets = data.y() if data.labels is None else data.labels
            name = f"{data.name}, seen by {machine}"
            data = Dataset(machine.up(data.x()), targets, classes=data.classes, name=name)

    def up(self, v: Visible) -> Codes:
        """The code of `v` in the uppermost layer, probabilities (m, sizes[-1])."""
        a: np.ndarray = v
        for machine in self.machines:
            a = machine.up(a)
        return a

    def down(self, h: Codes) -> Visible:
        """What the units of the uppermost layer, (m, sizes[-1]), stand for: (m, sizes[0])."""
        a: np.ndarray = h
        for machine in reversed(self.machines):
            a = machine.down(a)
        return a

    def dream(self, v: Visible, rng: int | np.random.Generator) -> Iterator[Visible]:
        """Gibbs sampling in the uppermost machine, shown below: pictures (m, sizes[0]), endless.

        It starts at what `v` (m, sizes[0]) means to that machine.
        """
        *lower, top = self.machines
        for machine in lower:
            v = machine.up(v)
        for a in top.dream(v, rng):
            for machine in reversed(lower):
                a = machine.down(a)
            yield a

    def network(
        self,
        *layers: int | Layer,
        cost: Cost | None = None,
        initializer: Initializer = scaled,
        rng: int | np.random.Generator = 0,
    ) -> Network:
        """A `Network` of sigmoid layers with the weights `W` and biases `b` of the machines.

        `layers` come on top, such as Dense(10); their weights are drawn by `initializer` from
        `rng`. The biases of the visible units have no place in it.
        """
        network = Network(
            [*self.sizes, *layers],
            cost=cost,
            initializer=initializer,
            rng=rng,
            dtype=self.machines[0].parameters.dtype,
        )
        for layer, machine in zip(network.layers, self.machines, strict=False):
            assert isinstance(layer, Dense)
            layer.W, layer.b = machine.W, machine.b
        return network

    def __repr__(self) -> str:
        return f"DeepBelief({self.sizes})"
