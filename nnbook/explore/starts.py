"""The 2-3-2-2 network trained from many starts at once: where each ends (NNDL ch. 2, note 3).

Its task is the half adder of chapter 01: two bits in, their sum bit and their carry bit out.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from nnbook.checks import generator, positive, whole
from nnbook.derivations.example import NETWORK, Problem

INPUTS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
TARGETS = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])  # sum (XOR), carry (AND)
SEEN = 50  # steps between two records of the costs


@dataclass(frozen=True)
class Ends:
    """What became of n starts: float64 arrays, a row for each start.

    `starts` and `ends` (n, 23) in the order of `Network.parameters`; `costs` (n,) is E at the end,
    `slopes` (n,) the length of its gradient there; `outputs` (n, 4, 2) for the four `INPUTS`;
    `history` (records, n) is E after `steps` (records,) steps.
    """

    starts: np.ndarray
    ends: np.ndarray
    costs: np.ndarray
    slopes: np.ndarray
    outputs: np.ndarray
    steps: np.ndarray
    history: np.ndarray

    def groups(self, apart: float = 0.005) -> list[tuple[float, int]]:
        """(mean cost, how many) of each group of ends, lowest first; a gap > `apart` parts two."""
        costs = np.sort(self.costs)
        parts = np.split(costs, np.flatnonzero(np.diff(costs) > positive("apart", apart)) + 1)
        return [(float(part.mean()), len(part)) for part in parts]

    def problem(self, start: int, example: int) -> Problem:
        """The network that `start` ended as, with one of the four examples (0 to 3)."""
        whole("start", start, 0, len(self.ends) - 1)
        whole("example", example, 0, len(INPUTS) - 1)
        network = NETWORK.at(self.ends[start])
        return Problem(network.w, network.b, INPUTS[example], TARGETS[example])


def train_from_starts(
    n: int = 200,
    spread: float = 1.0,
    steps: int = 5000,
    learning_rate: float = 4.0,
    rng: int | np.random.Generator = 0,
) -> Ends:
    """Gradient descent on E = 1/(2m) ΣΣ (out − y)², all four examples in each step (m = 4).

    Weights and biases start from N(0, spread²). 200 starts of 5,000 steps take 2 to 4 seconds:
    each line below is one formula of note 3 for all networks and all examples together. TypeError
    or ValueError unless n and steps are whole numbers from 1 and the other two are positive.
    """
    whole("n", n)
    whole("steps", steps)
    positive("spread", spread)
    positive("learning_rate", learning_rate)
    starts = spread * generator("rng", rng).standard_normal((n, NETWORK.parameters.size))
    many = _Many(starts)
    at, history = [], []
    for step in range(steps):
        if step % SEEN == 0:
            at.append(step)
            history.append(many.costs())
        many.descend(learning_rate)
    before = many.parameters()
    many.descend(1.0)
    slopes = np.linalg.norm(before - many.parameters(), axis=1)
    many = _Many(before)
    costs = many.costs()
    return Ends(
        starts,
        before,
        costs,
        slopes,
        outputs=many.forward()[-1].transpose(1, 2, 0).copy(),
        steps=np.array([*at, steps]),
        history=np.array([*history, costs]),
    )


class _Many:
    """n networks side by side: w[l] is (n_out, n_in, n, 1), activations are (neurons, n, m)."""

    def __init__(self, parameters: np.ndarray) -> None:
        n, sizes = len(parameters), NETWORK.sizes
        shapes = [(n_out, n_in) for n_in, n_out in pairwise(sizes)]
        cuts = np.cumsum([*(np.prod(shape) for shape in shapes), *sizes[1:]])[:-1]
        parts = np.split(parameters.T, cuts)
        weights, self.b = parts[:3], [part[..., np.newaxis].copy() for part in parts[3:]]
        self.w = [w.reshape(*shape, n, 1).copy() for w, shape in zip(weights, shapes, strict=True)]
        self.x = np.repeat(INPUTS.T[:, np.newaxis], n, axis=1)
        self.y = TARGETS.T[:, np.newaxis]

    def parameters(self) -> np.ndarray:
        """(n, 23)."""
        n = self.x.shape[1]
        return np.concatenate([array.reshape(-1, n) for array in (*self.w, *self.b)]).T

    def forward(self) -> list[np.ndarray]:
        """The inputs and the activations of each layer."""
        a = [self.x]
        for w, b in zip(self.w, self.b, strict=True):
            net = b + sum(w[:, k] * a[-1][k] for k in range(w.shape[1]))
            with np.errstate(over="ignore"):  # 1 / (1 + ∞) = 0 is right
                a.append(1 / (1 + np.exp(-net)))
        return a

    def costs(self) -> np.ndarray:
        """E of each network, (n,)."""
        return np.square(self.forward()[-1] - self.y).sum(axis=(0, 2)) / (2 * len(INPUTS))

    def descend(self, learning_rate: float) -> None:
        """One step of each network, w ← w − η ∂E/∂w."""
        a = self.forward()
        err = (a[-1] - self.y) * a[-1] * (1 - a[-1]) * (learning_rate / len(INPUTS))
        for layer in reversed(range(len(self.w))):
            w, out = self.w[layer], a[layer]
            step = [(err * out[k]).sum(axis=-1, keepdims=True) for k in range(w.shape[1])]
            bias_step = err.sum(axis=-1, keepdims=True)
            if layer:
                err = sum(w[j] * err[j] for j in range(len(w))) * out * (1 - out)
            for k, part in enumerate(step):
                w[:, k] -= part
            self.b[layer] -= bias_step
