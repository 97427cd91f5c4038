"""SymPy proves the four notations: each formula is the derivative of the cost (NNDL ch. 2).

The functions of the notations run here on letters in place of numbers, so what is proved is the
very code that computes. Nothing is known of σ but that σ′ = σ (1 − σ), itself proved first.
"""

from __future__ import annotations

from functools import cache
from types import ModuleType
from typing import Any

import numpy as np
import sympy

from nnbook.derivations import delta_form, index_form, thresholds, two_passes
from nnbook.derivations.example import Columns, Gradient, Problem, Trace
from nnbook.texttable import Table

NOTATIONS: dict[str, ModuleType] = {
    "δ": delta_form,
    "thresholds": thresholds,
    "index by index": index_form,
    "two passes": two_passes,
}


class sigma(sympy.Function):
    """σ, of which only the derivative is known."""

    nargs = 1

    def fdiff(self, argindex: int = 1) -> Any:
        """σ′(z) = σ(z) (1 − σ(z))."""
        return self * (1 - self)

    def _latex(self, printer: Any, exp: str = "") -> str:
        inside = rf"\sigma\left({printer._print(self.args[0])}\right)"
        return f"{inside}^{{{exp}}}" if exp else inside


SIGMA = np.frompyfunc(sigma, 1, 1)  # entry by entry


def sigmoid_derivative() -> Any:
    """d/dz of 1 / (1 + e^−z), minus σ (1 − σ), simplified: 0 is the proof."""
    z = sympy.Symbol("z", real=True)
    s = 1 / (1 + sympy.exp(-z))
    return sympy.simplify(sympy.diff(s, z) - s * (1 - s))


def letters(sizes: tuple[int, ...] = (2, 3, 2, 2)) -> Problem:
    """The network with a letter for each number, in the book's notation: w^3_{12} and so on.

    The layers are counted as in the book, the inputs are layer 1.
    """
    w, b = [], []
    for layer, n_out in enumerate(sizes[1:], start=2):
        n_in = sizes[layer - 2]
        w.append(_array(f"w^{{{layer}}}_{{%d%d}}", n_out, n_in))
        b.append(_array(f"b^{{{layer}}}_{{%d}}", n_out))
    return Problem(
        w=tuple(w),
        b=tuple(b),
        x=_array("x_{%d}", sizes[0]),
        y=_array("y_{%d}", sizes[-1]),
        f=SIGMA,
    )


def derivatives(problem: Problem) -> Gradient:
    """∂C/∂w and ∂C/∂b of a network of letters, taken by SymPy from the cost itself."""
    cost = problem.cost
    by = np.frompyfunc(lambda letter: sympy.diff(cost, letter), 1, 1)
    return Gradient(w=tuple(by(w) for w in problem.w), b=tuple(by(b) for b in problem.b))


def error_derivatives(problem: Problem) -> Columns:
    """∂C/∂z^l for each layer, taken by SymPy with the network cut open at z^l.

    What lies behind the cut is a network whose input is σ(z^l) with z^l letters; afterwards the
    letters are replaced by what z^l really is.
    """
    zs, found = delta_form.forward(problem)[0], []
    for layer, z in enumerate(zs):
        cut = _array("z_{%d}", len(z))
        behind = _behind(problem, layer, SIGMA(cut))
        real = dict(zip(cut, z, strict=True))
        found.append(np.array([sympy.diff(behind, at).xreplace(real) for at in cut]))
    return tuple(found)


def remainders(name: str, sizes: tuple[int, ...] = (2, 3, 2, 2)) -> dict[str, Any]:
    """Formula minus derivative, expanded, for every weight, bias and error: all 0 is the proof.

    `name` is a key of `NOTATIONS`. Keys of the result are the book's letters, as TeX.
    """
    problem, truth, true_errors = _truth(sizes)
    module = NOTATIONS[name]
    ours: Gradient = module.gradient(problem)
    trace: Trace = module.trace(problem)
    sign = -1 if name == "thresholds" else 1  # g and e are −∂E/∂β, −∂E/∂α
    pairs = [
        (str(letter), formula, derivative)
        for kind in ("w", "b")
        for layer in zip(*(getattr(of, kind) for of in (problem, ours, truth)), strict=True)
        for letter, formula, derivative in zip(*map(np.ravel, layer), strict=True)
    ]
    for layer, both in enumerate(zip(trace.errors, true_errors, strict=True), start=2):
        for j, (formula, derivative) in enumerate(zip(*both, strict=True), start=1):
            pairs.append((rf"\delta^{{{layer}}}_{{{j}}}", sign * formula, derivative))
    return {letter: sympy.expand(formula - derivative) for letter, formula, derivative in pairs}


def abbreviated(expression: Any, problem: Problem) -> Any:
    """`expression` with a^l_j for each activation of the network of letters: short enough to read.

    >>> network = letters()
    >>> abbreviated(sympy.diff(network.cost, network.w[2][0, 0]), network)
    a^{3}_{1}*a^{4}_{1}*(1 - a^{4}_{1})*(a^{4}_{1} - y_{1})
    """
    activations = delta_form.forward(problem)[1]
    for layer in range(len(activations) + 1, 1, -1):  # the last first: it holds the others
        a = activations[layer - 2]
        short = _array(f"a^{{{layer}}}_{{%d}}", len(a))
        expression = expression.xreplace(dict(zip(a, short, strict=True)))
    return expression


def table() -> Table:
    """For each notation: its formulas, and how many equal the derivative that SymPy takes."""
    rows = []
    for name in NOTATIONS:
        rest = remainders(name)
        agree = sum(value == 0 for value in rest.values())
        rows.append((name, str(len(rest)), str(agree)))
    return Table(("notation", "formulas", "equal to SymPy's derivative"), tuple(rows))


@cache
def _truth(sizes: tuple[int, ...]) -> tuple[Problem, Gradient, Columns]:
    """A network of letters and all that SymPy derives from its cost, for every notation."""
    problem = letters(sizes)
    return problem, derivatives(problem), error_derivatives(problem)


def _behind(problem: Problem, layer: int, a: np.ndarray) -> Any:
    """The cost as a function of the activations `a` of `layer` (0 is the first hidden one)."""
    if layer == len(problem.w) - 1:
        return sum((a - problem.y) ** 2) / 2
    return Problem(problem.w[layer + 1 :], problem.b[layer + 1 :], a, problem.y, SIGMA).cost


def _array(name: str, *shape: int) -> np.ndarray:
    """Letters, counted from 1: name % (j, k)."""
    array = np.empty(shape, dtype=object)
    for index in np.ndindex(*shape):
        array[index] = sympy.Symbol(name % tuple(i + 1 for i in index), real=True)
    return array
