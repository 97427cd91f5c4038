"""Cost functions C_x of one example, their gradients, and BP1 (NNDL ch. 1 to 3)."""

from __future__ import annotations

import numpy as np

from nnbook.activations import ActivationFunction
from nnbook.notation import PerExample, Rows


class Cost:
    """A cost C_x for each example; the cost C of a set is the mean over its examples.

    `matches` names the activation whose derivative cancels against the cost's, and `outputs`
    the activations whose outputs the cost is defined for (None: all).
    """

    name: str
    matches: str
    outputs: frozenset[str] | None = None
    reason = ""

    def __call__(self, a: Rows, y: Rows) -> PerExample:
        """C_x of each row of outputs `a` (m, n_out) against the desired `y`, (m,)."""
        raise NotImplementedError

    def gradient(self, a: Rows, y: Rows) -> Rows:
        """∇ₐC: ∂C_x/∂a_j, a row for each example."""
        raise NotImplementedError

    def delta(self, activation: ActivationFunction, z: Rows, a: Rows, y: Rows) -> Rows:
        """BP1, the error of the output layer: δ = ∇ₐC ⊙ f′(z), a row for each example."""
        if activation.name == self.matches:
            return a - y  # f′(z) cancels
        return activation.backward(self.gradient(a, y), z, a)

    def check(self, activation: ActivationFunction) -> None:
        """ValueError, naming both, if this cost makes no sense for outputs of `activation`."""
        if self.outputs is not None and activation.name not in self.outputs:
            known = " or ".join(sorted(self.outputs))
            raise ValueError(
                f"cost {type(self).__name__} does not fit an output layer of {activation.name} "
                f"neurons: {self.reason} Use {known} outputs, or the Quadratic cost."
            )

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class Quadratic(Cost):
    """C_x = ½ ‖a − y‖² (NNDL ch. 1)."""

    name = "quadratic"
    matches = "linear"

    def __call__(self, a: Rows, y: Rows) -> PerExample:
        return 0.5 * np.square(a - y).sum(axis=1)

    def gradient(self, a: Rows, y: Rows) -> Rows:
        return a - y


class CrossEntropy(Cost):
    """C_x = −Σ [y ln a + (1 − y) ln(1 − a)] (NNDL ch. 3).

    An output next to 1 is known only to the last digit of its type, and so is its distance from 1:
    in float32 an output that should be 0 costs at most 17.3, in float64 at most 37.4.
    """

    name = "cross-entropy"
    matches = "sigmoid"
    outputs = frozenset({"sigmoid", "softmax"})
    reason = "it takes the logarithm of a and of 1 − a, so each output must lie between 0 and 1."

    def __call__(self, a: Rows, y: Rows) -> PerExample:
        known = np.finfo(a.dtype)  # 0 · ln 0 counts as 0, and no cost is infinite
        ln_a = np.log(np.maximum(a, known.tiny))
        ln_rest = np.log(np.maximum(1 - a, known.eps / 4))
        return -(y * ln_a + (1 - y) * ln_rest).sum(axis=1)

    def gradient(self, a: Rows, y: Rows) -> Rows:
        return (a - y) / np.maximum(a * (1 - a), np.finfo(a.dtype).tiny)


class LogLikelihood(Cost):
    """C_x = −Σ y ln a: minus the logarithm of the output that should be 1 (NNDL ch. 3).

    Each row of `y` must sum to 1.
    """

    name = "log-likelihood"
    matches = "softmax"
    outputs = frozenset({"softmax"})
    reason = "it needs outputs that are probabilities and sum to 1."

    def __call__(self, a: Rows, y: Rows) -> PerExample:
        return -(y * np.log(np.maximum(a, np.finfo(a.dtype).tiny))).sum(axis=1)

    def gradient(self, a: Rows, y: Rows) -> Rows:
        return -y / np.maximum(a, np.finfo(a.dtype).tiny)


COSTS: dict[str, type[Cost]] = {
    cost.name: cost for cost in (Quadratic, CrossEntropy, LogLikelihood)
}
