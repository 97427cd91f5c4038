"""What to do with a gradient: descent, with and without momentum, and Adam (NNDL ch. 1 and 3)."""

from __future__ import annotations

import numpy as np

from nnbook.checks import positive, real
from nnbook.notation import Vector


class Optimizer:
    """Moves all weights and biases at once, a step for each gradient.

    What it remembers from step to step are arrays named in `remembered`. A run of training works
    on a copy of its own, so that one optimizer can serve many runs; `learning_rate` may change
    during a run.
    """

    remembered: tuple[str, ...] = ()

    def __init__(self, learning_rate: float):
        """`learning_rate` is η, greater than 0."""
        self.learning_rate = positive("learning_rate", learning_rate, example="3.0")

    def start(self, parameters: Vector) -> None:
        """Forget all earlier steps: what comes are steps of `parameters` (n,)."""
        for name in self.remembered:
            setattr(self, name, np.zeros_like(parameters))

    def step(self, parameters: Vector, gradient: Vector) -> None:
        """Move `parameters` (n,) in place; `gradient` (n,), the mini-batch's mean, is used up."""
        raise NotImplementedError

    def state(self) -> dict[str, np.ndarray]:
        """The remembered arrays by name; to go on from others, write into them."""
        return {name: getattr(self, name) for name in self.remembered}

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.learning_rate:g})"


class SGD(Optimizer):
    """v → v − η ∇C for every weight and bias."""

    def step(self, parameters: Vector, gradient: Vector) -> None:
        gradient *= self.learning_rate  # in place: fresh memory would cost as much as the sum
        parameters -= gradient


class Momentum(Optimizer):
    """v → μv − η∇C, then w → w + v: a ball with friction 1 − μ (NNDL ch. 3, (107) and (108))."""

    remembered = ("velocity",)
    velocity: Vector

    def __init__(self, learning_rate: float, mu: float = 0.9):
        """`learning_rate` is η, greater than 0; `mu` is μ, 0 or greater and less than 1."""
        super().__init__(learning_rate)
        self.mu = _below_one("mu", mu)

    def step(self, parameters: Vector, gradient: Vector) -> None:
        self._accelerate(gradient)
        parameters += self.velocity

    def _accelerate(self, gradient: Vector) -> None:
        gradient *= self.learning_rate
        self.velocity *= self.mu
        self.velocity -= gradient

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.learning_rate:g}, mu={self.mu:g})"


class Nesterov(Momentum):
    """Momentum with the slope taken where the ball is about to be: ∇C(w + μv) (Nesterov 1983).

    The parameters are kept at that point ahead, p = w + μv, so that the gradient need not be taken
    anywhere else: v → μv − η∇C(p), then p → p + μv − η∇C(p) (Bengio et al. 2013, section 3.5).
    """

    def step(self, parameters: Vector, gradient: Vector) -> None:
        self._accelerate(gradient)
        parameters -= gradient
        gradient[...] = self.velocity
        gradient *= self.mu
        parameters += gradient


class Adam(Optimizer):
    """Steps of about η in each direction, however long the gradient (Kingma and Ba 2015).

    m and s are running means of ∇C and of its square, divided by 1 − βᵗ because both start at 0;
    then w → w − η m / (√s + ε), with ε = 10⁻⁸.
    """

    remembered = ("m", "s", "t")
    m: Vector
    s: Vector
    t: np.ndarray

    def __init__(self, learning_rate: float = 0.001, beta1: float = 0.9, beta2: float = 0.999):
        """`learning_rate` is η, greater than 0; `beta1`, `beta2`: 0 or greater, less than 1."""
        super().__init__(learning_rate)
        self.beta1 = _below_one("beta1", beta1)
        self.beta2 = _below_one("beta2", beta2)

    def start(self, parameters: Vector) -> None:
        super().start(parameters)
        self.t = np.zeros((), int)  # steps so far

    def step(self, parameters: Vector, gradient: Vector) -> None:
        self.t += 1
        t = int(self.t)
        self.m += (1 - self.beta1) * (gradient - self.m)
        self.s += (1 - self.beta2) * (gradient * gradient - self.s)
        size = np.sqrt(self.s / (1 - self.beta2**t)) + 1e-8
        parameters -= self.learning_rate / (1 - self.beta1**t) * self.m / size

    def __repr__(self) -> str:
        betas = (self.beta1, self.beta2)
        extras = f", beta1={betas[0]:g}, beta2={betas[1]:g}" if betas != (0.9, 0.999) else ""
        return f"Adam({self.learning_rate:g}{extras})"


def _below_one(name: str, value: float) -> float:
    number = real(name, value)
    if not 0 <= number < 1:
        raise ValueError(f"{name} must be at least 0 and less than 1, but it is {value}.")
    return number
