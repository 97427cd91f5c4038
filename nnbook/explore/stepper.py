"""Backpropagation through the 2-3-2-2 network, one number at a time (NNDL ch. 2)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from nnbook.checks import instance, one_of, real, whole
from nnbook.derivations.example import LEARNING_RATE, NETWORK, Problem, differences
from nnbook.explore.letters import LAST, SIZES, Quantity
from nnbook.explore.notations import NOTATIONS


def _steps() -> tuple[Quantity, ...]:
    """Forward layer by layer, the cost, then backward: errors of a layer and what hangs on them."""
    steps = []
    for layer in (2, 3, LAST):
        for j in range(1, SIZES[layer - 1] + 1):
            steps += [Quantity("z", layer, j), Quantity("a", layer, j)]
    steps.append(Quantity("cost", LAST))
    for layer in (LAST, 3, 2):
        neurons = range(1, SIZES[layer - 1] + 1)
        steps += [Quantity("error", layer, j) for j in neurons]
        for j in neurons:
            steps.append(Quantity("db", layer, j))
            steps += [Quantity("dw", layer, j, k) for k in range(1, SIZES[layer - 2] + 1)]
    return tuple(steps)


STEPS = _steps()  # 14 forward, the cost, 30 backward
PLACES = {quantity: place for place, quantity in enumerate(STEPS)}
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
GIVEN = (  # what a reader may change
    *(Quantity("x", 1, j) for j in (1, 2)),
    *(Quantity("y", LAST, j) for j in (1, 2)),
    *(
        Quantity("w", layer, j, k)
        for layer in (2, 3, LAST)
        for j in range(1, SIZES[layer - 1] + 1)
        for k in range(1, SIZES[layer - 2] + 1)
    ),
    *(Quantity("b", layer, j) for layer in (2, 3, LAST) for j in range(1, SIZES[layer - 1] + 1)),
)


@dataclass(frozen=True)
class Comparison:
    """A derivative by the notation's formulas and by central differences, both with its signs."""

    quantity: Quantity
    formula: float
    difference: float


def relative_error(found: list[Comparison]) -> float:
    """‖g − ĝ‖ / (‖g‖ + ‖ĝ‖) over all of them, 0 when both are 0."""
    pairs = np.array([(one.formula, one.difference) for one in found])
    size = float(np.linalg.norm(pairs[:, 0]) + np.linalg.norm(pairs[:, 1]))
    return float(np.linalg.norm(pairs[:, 0] - pairs[:, 1])) / size if size else 0.0


class Stepper:
    """`position` steps are done, 0 to `len(STEPS)`; every number is that of `notation`.

    TypeError unless `problem` is a `Problem`, ValueError unless it is a 2-3-2-2 network or if
    `notation` is not a key of `NOTATIONS`.
    """

    def __init__(self, problem: Problem = NETWORK, notation: str = "δ") -> None:
        self.start = instance("problem", problem, Problem, "nnbook.derivations.NETWORK")
        if problem.sizes != SIZES:
            raise ValueError(
                f"problem must be a 2-3-2-2 network, but it is {'-'.join(map(str, problem.sizes))}."
            )
        self.problem = problem
        self.position = 0
        self.speak(notation)

    # ---- moving ----------------------------------------------------------------------------------

    def go(self, position: int) -> None:
        """To `position`, 0 (nothing is known) to len(STEPS) (everything is)."""
        self.position = whole("position", position, 0, len(STEPS))

    @property
    def current(self) -> Quantity | None:
        """What the last step computed."""
        return STEPS[self.position - 1] if self.position else None

    @property
    def finished(self) -> bool:
        return self.position == len(STEPS)

    def known(self, quantity: Quantity) -> bool:
        """Whether the number is given or already computed."""
        return PLACES.get(quantity, -1) < self.position

    # ---- what it is about ------------------------------------------------------------------------

    def speak(self, notation: str) -> None:
        """Use another notation; the position stays."""
        self.notation = NOTATIONS[one_of("notation", notation, NOTATIONS)]
        self._trace = self.notation.module.trace(self.problem)

    def change(self, quantity: Quantity, value: float) -> None:
        """Give one of `GIVEN` another value, in the notation's own sign; all is computed anew."""
        one_of("quantity", quantity, GIVEN)
        value = real("value", value)
        kind, layer, j, k = quantity
        if kind == "x":
            self.problem = replace(self.problem, x=_changed(self.problem.x, j - 1, value))
        elif kind == "y":
            self.problem = replace(self.problem, y=_changed(self.problem.y, j - 1, value))
        elif kind == "w":
            w = list(self.problem.w)
            w[layer - 2] = _changed(w[layer - 2], (j - 1, k - 1), value)
            self.problem = replace(self.problem, w=tuple(w))
        else:
            b = list(self.problem.b)
            b[layer - 2] = _changed(b[layer - 2], j - 1, self.notation.threshold_sign * value)
            self.problem = replace(self.problem, b=tuple(b))
        self._trace = self.notation.module.trace(self.problem)

    def reset(self) -> None:
        """Back to the numbers of the start; position and notation stay."""
        self.problem = self.start
        self._trace = self.notation.module.trace(self.problem)

    # ---- its numbers -----------------------------------------------------------------------------

    def value(self, quantity: Quantity) -> float:
        """The number, in the notation's own sign, whether it is known yet or not."""
        kind, layer, j, k = quantity
        if kind == "cost":
            return float(self._trace.cost)
        if kind in ("x", "y"):
            return float(getattr(self.problem, kind)[j - 1])
        if kind == "a" and layer == 1:
            return float(self.problem.x[j - 1])
        if kind == "w":
            return float(self.problem.w[layer - 2][j - 1, k - 1])
        if kind == "b":
            return self.notation.threshold_sign * float(self.problem.b[layer - 2][j - 1]) + 0.0
        if kind == "slope":
            a = float(self._trace.a[layer - 2][j - 1])
            return a * (1 - a)
        if kind == "dw":
            return float(self._trace.w[layer - 2][j - 1, k - 1])
        arrays = {"z": "z", "a": "a", "error": "errors", "db": "b"}[kind]
        return float(getattr(self._trace, arrays)[layer - 2][j - 1])

    def uses(self, quantity: Quantity) -> set[Quantity]:
        """The numbers in the formula of `quantity`; f′ counts as the activation it comes from."""
        parts = self.notation.formula(quantity).parts
        return {part._replace(kind="a") if part.kind == "slope" else part for part in parts}

    def step_of_descent(self, quantity: Quantity) -> tuple[Quantity, float]:
        """For "dw" or "db": the parameter, and what it becomes, v − η ∂C/∂v."""
        parameter = quantity._replace(kind=quantity.kind[1])
        return parameter, self.value(parameter) - LEARNING_RATE * self.value(quantity)

    def comparison(self) -> list[Comparison]:
        """All 23 derivatives against central differences of the cost."""
        numeric = differences(self.problem)
        found = []
        for quantity in STEPS:
            kind, layer, j, k = quantity
            if kind == "dw":
                by_difference = numeric.w[layer - 2][j - 1, k - 1]
            elif kind == "db":
                by_difference = self.notation.threshold_sign * numeric.b[layer - 2][j - 1]
            else:
                continue
            found.append(Comparison(quantity, self.value(quantity), float(by_difference)))
        return found

    # ---- in words --------------------------------------------------------------------------------

    def words(self, quantity: Quantity) -> str:
        """What a computed quantity is: "weighted input of hidden neuron 2, layer 3"."""
        kind, layer, j, k = quantity
        if kind == "cost":
            return "cost of this example"
        if kind == "dw":
            return f"derivative by the weight from {_neuron(layer - 1, k)} to {_neuron(layer, j)}"
        by, what = ("bias", "weighted input")
        if self.notation.threshold_sign < 0:
            by, what = ("threshold", "sum of the inputs")
        before = {"z": what, "a": "output", "error": "error", "db": f"derivative by the {by}"}[kind]
        return f"{before} of {_neuron(layer, j)}"

    def given(self, quantity: Quantity) -> str:
        """What one of `GIVEN` is: "weight from input 1 to hidden neuron 2 (layer 2)"."""
        kind, layer, j, k = quantity
        if kind == "x":
            return f"input {j}"
        if kind == "y":
            return f"target {j}"
        if kind == "w":
            return f"weight {_neuron(layer - 1, k)} → {_neuron(layer, j)}"
        by = "bias" if self.notation.threshold_sign > 0 else "threshold"
        return f"{by} of {_neuron(layer, j)}"

    def letters(self, quantity: Quantity) -> str:
        """The formula of a computed quantity in letters, as HTML."""
        formula = self.notation.formula(quantity)
        return formula.template.format(*map(self.notation.html, formula.parts))

    def numbers(self, quantity: Quantity) -> str:
        """The same formula with its numbers put in, as HTML."""
        formula = self.notation.formula(quantity)
        first, *rest = formula.template.split("{}")
        text = first
        for part, after in zip(formula.parts, rest, strict=True):
            shown = number(self.value(part))
            leads = not text or text[-1] in "(["  # brackets for a negative number after another
            text += (shown if leads or shown[0] != "−" else f"({shown})") + after
        return text


def number(value: float) -> str:
    """Four decimals at most, or a power of ten for a small number: −0.4875, 1.7, 2.4·10⁻⁵."""
    if value and abs(value) < 5e-4:
        mantissa, power = f"{value:.1e}".split("e")
        text = f"{mantissa}·10{str(int(power)).translate(RAISED)}"
    else:
        text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")


def _changed(array: np.ndarray, index: int | tuple[int, int], value: float) -> np.ndarray:
    new = array.copy()
    new[index] = value
    return new


def _neuron(layer: int, j: int) -> str:
    if layer == 1:
        return f"input {j}"
    if layer == LAST:
        return f"output neuron {j}"
    return f"hidden neuron {j} (layer {layer})"
