"""The restricted Boltzmann machine: two layers of random units (NNDL ch. 6).

v are the visible units, h the hidden ones, each 0 or 1. A state (v, h) has the energy
E = −c·v − b·h − h·W v and the probability e^−E / Z. Within a layer no unit knows of another, so
that given one layer the other is drawn at once (Smolensky 1986; Hinton 2002).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from jaxtyping import Float

from nnbook.activations import sigmoid
from nnbook.checks import generator, whole
from nnbook.notation import Biases, PerExample, Rows, Vector, Weights

Visible = Float[np.ndarray, "m n_visible"]
Hidden = Float[np.ndarray, "m n_hidden"]

START = 0.01  # standard deviation of the starting weights (Hinton 2012, section 8)
EXACT = 16  # units of a layer up to which all its states are visited


class RBM:
    """`n_visible` units that are seen and `n_hidden` units that explain them.

    `parameters` is flat: `W` (n_hidden, n_visible), so that W[j, k] is w_jk from visible k to
    hidden j as in `Dense`, then the biases `b` (n_hidden,) of the hidden and `c` (n_visible,) of
    the visible units; all three are views. Rows are examples; visible rows hold 0 and 1, or
    probabilities such as grey pixels. `contrastive_divergence` trains it.
    """

    def __init__(
        self,
        n_visible: int,
        n_hidden: int,
        *,
        rng: int | np.random.Generator = 0,
        dtype: Any = np.float32,
    ):
        """Both numbers are 1 or more; `rng` draws small weights, biases start at 0."""
        self.n_visible = whole("n_visible", n_visible)
        self.n_hidden = whole("n_hidden", n_hidden)
        self.n_weights = n_visible * n_hidden
        self.parameters = np.zeros(self.n_weights + n_hidden + n_visible, dtype)
        self.W[...] = START * generator("rng", rng).standard_normal(self.W.shape)

    @property
    def weights(self) -> Vector:
        """All weights, a view: the first part of `parameters`."""
        return self.parameters[: self.n_weights]

    @property
    def W(self) -> Weights:
        """The weights, a row for each hidden unit."""
        return self.weights.reshape(self.n_hidden, self.n_visible)

    @property
    def b(self) -> Biases:
        """The biases of the hidden units."""
        return self.parameters[self.n_weights : -self.n_visible]

    @property
    def c(self) -> Biases:
        """The biases of the visible units."""
        return self.parameters[-self.n_visible :]

    # ---- from layer to layer -------------------------------------------------------------------

    def up(self, v: Visible) -> Hidden:
        """p(h = 1 | v), (m, n_hidden): a sigmoid layer."""
        return sigmoid(self._fitting("v", v, self.n_visible) @ self.W.T + self.b)

    def down(self, h: Hidden) -> Visible:
        """p(v = 1 | h), (m, n_visible): the same weights the other way."""
        return sigmoid(self._fitting("h", h, self.n_hidden) @ self.W + self.c)

    def reconstruct(self, v: Visible) -> Visible:
        """Up and down again without chance, (m, n_visible)."""
        return self.down(self.up(v))

    def reconstruction_error(self, v: Visible) -> PerExample:
        """‖v − reconstruct(v)‖² of each example."""
        return np.square(v - self.reconstruct(v)).sum(axis=1)

    def gibbs_step(self, v: Visible, rng: int | np.random.Generator) -> tuple[Visible, Visible]:
        """Draw h given `v`, then v given h: that v, and the probabilities it was drawn from.

        `v` and both results are (m, n_visible). `rng` is a seed or Generator; TypeError otherwise.
        """
        rng = generator("rng", rng)
        p = self.down(drawn(self.up(v), rng))
        return drawn(p, rng), p

    def dream(self, v: Visible, rng: int | np.random.Generator) -> Iterator[Visible]:
        """Gibbs sampling from `v` on, without end: p(v = 1 | h) at each step, to look at."""
        rng = generator("rng", rng)
        while True:
            v, p = self.gibbs_step(v, rng)
            yield p

    # ---- what it considers likely ---------------------------------------------------------------

    def free_energy(self, v: Visible) -> PerExample:
        """F(v) = −c·v − Σ_j ln(1 + e^z_j), so that p(v) = e^−F(v) / Z."""
        z = self._fitting("v", v, self.n_visible) @ self.W.T + self.b
        return -(v @ self.c) - np.logaddexp(0, z).sum(axis=1)

    def slope(self, v: Visible) -> Vector:
        """∂F/∂(W, b, c), summed over the rows of `v`: minus what they have in common with h."""
        h = self.up(v)
        return -np.concatenate([(h.T @ v).ravel(), h.sum(axis=0), v.sum(axis=0)])

    def log_likelihood(self, v: Visible) -> PerExample:
        """ln p(v) of each row, exact. ValueError where both layers have more than 16 units."""
        return -self.free_energy(v) - self._log_partition()

    def likelihood_slope(self, v: Visible) -> Vector:
        """∂(−ln p)/∂(W, b, c), summed over the rows of `v`, exact: all 2^n_visible are visited.

        Descending it makes the data likelier and all other states less likely, the more so the
        likelier they are. ValueError for more than 16 visible units.
        """
        if self.n_visible > EXACT:
            raise ValueError(
                f"the exact slope visits all states of at most {EXACT} visible units, but this "
                f"machine has {self.n_visible}."
            )
        states = all_states(self.n_visible, self.parameters.dtype)
        p, h = np.exp(self.log_likelihood(states)), self.up(states)
        expected = -np.concatenate([((h.T * p) @ states).ravel(), p @ h, p @ states])
        return self.slope(v) - len(v) * expected

    def _log_partition(self) -> float:
        """ln Z, by the sum over all states of the smaller layer."""
        if min(self.n_visible, self.n_hidden) > EXACT:
            raise ValueError(
                f"the exact likelihood needs a layer of at most {EXACT} units, but this machine "
                f"has {self.n_visible} visible and {self.n_hidden} hidden ones."
            )
        if self.n_visible <= self.n_hidden:
            return _log_sum(-self.free_energy(all_states(self.n_visible, self.parameters.dtype)))
        h = all_states(self.n_hidden, self.parameters.dtype)
        z = h @ self.W + self.c
        return _log_sum(h @ self.b + np.logaddexp(0, z).sum(axis=1))

    def _fitting(self, name: str, rows: Rows, n: int) -> Rows:
        if rows.shape[1:] != (n,):
            raise ValueError(
                f"{name} must have one example a row, each of {n} numbers, but its shape is "
                f"{rows.shape}."
            )
        return rows

    def __repr__(self) -> str:
        return f"RBM({self.n_visible}, {self.n_hidden})"


def drawn(p: Rows, rng: np.random.Generator) -> Rows:
    """1 with the probability `p`, otherwise 0; the shape and type of `p`."""
    return (rng.random(p.shape, dtype=np.float32) < p).astype(p.dtype)


def all_states(n: int, dtype: Any = np.float64) -> Rows:
    """Every row of `n` zeros and ones, (2^n, n)."""
    return ((np.arange(2**n)[:, None] >> np.arange(n)) % 2).astype(dtype)


def _log_sum(x: PerExample) -> float:
    """ln Σ e^x."""
    highest = x.max()
    return float(highest + np.log(np.exp(x - highest).sum()))
