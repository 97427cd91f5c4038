"""A sigmoid neuron with one input beside a step: how far each answers a nudge (NNDL ch. 1)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnbook.activations import sigmoid, step
from nnbook.checks import positive, real


@dataclass(frozen=True)
class Answer:
    """Output before and after the nudge, for input x."""

    before: float
    after: float

    @property
    def change(self) -> float:
        return self.after - self.before


class Neuron:
    """a = σ(c·(w·x + b)), and the step that it becomes as the sharpness c grows.

    `nudge` is Δw, the small change of the weight; `x` is the input at which it is judged.
    """

    def __init__(
        self, w: float = 1.0, b: float = -1.0, c: float = 1.0, nudge: float = 0.1, x: float = 2.0
    ) -> None:
        self.set(w, b, c, nudge, x)

    def set(self, w: float, b: float, c: float, nudge: float, x: float) -> None:
        """TypeError or ValueError if one is not a finite number, or c is not positive."""
        self.w, self.b, self.c = real("w", w), real("b", b), positive("c", c)
        self.nudge, self.x = real("nudge", nudge), real("x", x)

    def smooth(self, x: np.ndarray, nudged: bool = False) -> np.ndarray:
        """The sigmoid neuron's output for inputs of any shape."""
        return sigmoid(self.c * self._z(x, nudged))

    def sharp(self, x: np.ndarray, nudged: bool = False) -> np.ndarray:
        """The step's output for inputs of any shape."""
        return step(self._z(x, nudged))

    def _z(self, x: np.ndarray, nudged: bool) -> np.ndarray:
        z = (self.w + nudged * self.nudge) * np.asarray(x, np.float64) + self.b
        return np.round(z, 9)  # 3·0.1 − 0.3 must be 0, for the step looks at its sign

    @property
    def smooth_answer(self) -> Answer:
        """What the nudge does to the sigmoid's output at `x`."""
        at = np.array([self.x])
        return Answer(float(self.smooth(at)[0]), float(self.smooth(at, True)[0]))

    @property
    def sharp_answer(self) -> Answer:
        """What the nudge does to the step's output at `x`: nothing, or all."""
        at = np.array([self.x])
        return Answer(float(self.sharp(at)[0]), float(self.sharp(at, True)[0]))

    @property
    def slope(self) -> float:
        """∂a/∂w = σ′(c·z)·c·x at `x`, with σ′ = σ(1 − σ)."""
        a = self.smooth_answer.before
        return a * (1 - a) * self.c * self.x

    @property
    def promised(self) -> float:
        """What the slope promises for the nudge: Δa ≈ ∂a/∂w · Δw."""
        return self.slope * self.nudge
