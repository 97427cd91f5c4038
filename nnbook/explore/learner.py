"""One sigmoid neuron that learns to turn the input 1 into the output 0 (NNDL ch. 3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, log1p

from nnbook.checks import one_of, positive, real

STEPS = 300  # as many as the book's animation shows
FARTHEST = 700.0  # no weighted input goes beyond this: e^700 is still a number


@dataclass(frozen=True)
class Rule:
    """A cost of the output a (desired: 0), and the number that stands for ∂C/∂b in a step.

    As the input is 1, ∂C/∂w is the same number. `cost` and `slope` take z and give a float.
    """

    name: str
    formula: str
    cost: Callable[[float], float]
    slope: Callable[[float], float]


def output(z: float) -> float:
    """a = σ(z), for any z up to ±700."""
    return 1 / (1 + exp(-z))


def _quadratic(z: float) -> float:
    return 0.5 * output(z) ** 2


def _quadratic_slope(z: float) -> float:
    return output(z) * output(z) * output(-z)  # (a − y) · σ′(z), with 1 − a = σ(−z)


def _cross_entropy(z: float) -> float:
    """−ln(1 − a) = ln(1 + e^z), without losing digits where a is next to 0 or 1."""
    return z + log1p(exp(-z)) if z > 0 else log1p(exp(z))


def _animated_slope(z: float) -> float:
    return 1 / output(-z)  # 1 / (1 − a): ∂C/∂a, where ∂C/∂z is meant


RULES = {
    rule.name: rule
    for rule in (
        Rule("quadratic", "∂C/∂b = a·σ′(z)", _quadratic, _quadratic_slope),
        Rule("cross-entropy", "∂C/∂b = a", _cross_entropy, output),
        Rule(
            "cross-entropy, the book's animated step",
            "1/(1 − a): ∂C/∂a, not ∂C/∂b",
            _cross_entropy,
            _animated_slope,
        ),
    )
}
QUADRATIC, CROSS_ENTROPY, ANIMATED = RULES


@dataclass(frozen=True)
class Setting:
    """A published start: `rule` by name, weight, bias, learning rate."""

    row: str
    rule: str
    w: float
    b: float
    learning_rate: float


PUBLISHED = (
    Setting("3.1", QUADRATIC, 0.6, 0.9, 0.15),
    Setting("3.2", QUADRATIC, 2.0, 2.0, 0.15),
    Setting("3.3", CROSS_ENTROPY, 0.6, 0.9, 0.005),
    Setting("3.3", ANIMATED, 0.6, 0.9, 0.005),
    Setting("3.4", CROSS_ENTROPY, 2.0, 2.0, 0.005),
    Setting("3.4", ANIMATED, 2.0, 2.0, 0.005),
)


class Learner:
    """a = σ(w·1 + b) learns 0 by `rule`, one of `RULES`; each list begins with the start.

    `outputs`, `costs` and `zs` hold a, C and z after 0, 1, 2, … steps. TypeError or ValueError if
    a number is not finite, the learning rate is not positive, or the rule is unknown.
    """

    def __init__(self, rule: str, w: float, b: float, learning_rate: float) -> None:
        self.rule = RULES[one_of("rule", rule, RULES)]
        self.w, self.b = real("w", w), real("b", b)
        self.learning_rate = positive("learning_rate", learning_rate, "0.15")
        self.zs: list[float] = []
        self.outputs: list[float] = []
        self.costs: list[float] = []
        self._keep()

    def _keep(self) -> None:
        z = max(-FARTHEST, min(FARTHEST, self.w + self.b))
        self.zs.append(z)
        self.outputs.append(output(z))
        self.costs.append(self.rule.cost(z))

    @property
    def steps(self) -> int:
        return len(self.zs) - 1

    @property
    def slope(self) -> float:
        """What the next step is made of: ∂C/∂w = ∂C/∂b, or the animation's number in its place."""
        return self.rule.slope(self.zs[-1])

    def step(self) -> None:
        """w ← w − η·slope and b ← b − η·slope."""
        slope = self.slope
        self.w -= self.learning_rate * slope
        self.b -= self.learning_rate * slope
        self._keep()

    def run(self, steps: int = STEPS) -> Learner:
        """`steps` steps more; returns itself."""
        for _ in range(steps):
            self.step()
        return self


def other(rule: str) -> str:
    """The cost to compare with: cross-entropy for the quadratic cost, else the quadratic."""
    return CROSS_ENTROPY if rule == QUADRATIC else QUADRATIC
