"""Slips of the pen in the four notes: what is printed, what is meant, and numbers for both.

Whoever writes this many indices slips now and then; the results of the notes are right.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from nnbook.activations import softmax
from nnbook.derivations import delta_form, index_form, thresholds
from nnbook.derivations.example import LEARNING_RATE, NETWORK, Problem, differences
from nnbook.layers import Dense
from nnbook.network import Network
from nnbook.texttable import Table

Numbers = tuple[float, float, float]  # as printed, as meant, and the truth found another way


@dataclass(frozen=True)
class Slip:
    """`printed` and `meant` are text with TeX; `numbers` computes both and the truth, if it can."""

    note: int
    place: str
    printed: str
    meant: str
    numbers: Callable[[Problem], Numbers] | None = None
    quantity: str = ""


def _softmax_of_hidden(problem: Problem) -> Numbers:
    zs, activations = delta_form.forward(problem)
    sizes = list(problem.sizes)
    truth = Network([*sizes[:-1], Dense(sizes[-1], softmax)], dtype=np.float64)
    truth.parameters = problem.parameters
    output = truth.predict(problem.x[np.newaxis])[0]
    return float(softmax(activations[-2])[0]), float(softmax(zs[-1])[0]), float(output[0])


def _loss_of_batch(problem: Problem) -> Numbers:
    """∂/∂b of the first output, over two examples that differ in their inputs."""
    other = replace(problem, x=-problem.x)
    each = [delta_form.gradient(one).b[-1][0] for one in (problem, other)]
    truth = (differences(problem).b[-1][0] + differences(other).b[-1][0]) / 2
    return sum(each), sum(each) / 2, truth


def _constant_slope(problem: Problem) -> Numbers:
    """σ′(z) of the first hidden neuron for −x: that of x as if it were constant, and its own."""
    other = replace(problem, x=-problem.x)
    slopes = [delta_form.σ_prime(p.f, delta_form.forward(p)[0][0])[0] for p in (problem, other)]
    z, h = delta_form.forward(other)[0][0][0], 1e-5
    return slopes[0], slopes[1], float((problem.f(z + h) - problem.f(z - h)) / (2 * h))


def _without_bias(problem: Problem) -> Numbers:
    a = delta_form.forward(problem)[1]
    into = problem.w[-1].T[:, 0] @ a[-2]  # w′₁₁ a₁ + w′₂₁ a₂
    return float(problem.f(into)), float(problem.f(into + problem.b[-1][0])), _output(problem)


def _matrix_not_turned(problem: Problem) -> Numbers:
    a, W = delta_form.forward(problem)[1][-2], problem.w[-1].T  # W[i, j] is w_ij, source first
    printed, meant = W @ a + problem.b[-1], W.T @ a + problem.b[-1]
    return float(problem.f(printed)[0]), float(problem.f(meant)[0]), _output(problem)


def _sign_of_the_step(problem: Problem) -> Numbers:
    found = thresholds.trace(problem)
    g_b = found.errors[-1][0] * found.a[-2][0]
    truth = -LEARNING_RATE * differences(problem).w[-1][0, 0]
    return -LEARNING_RATE * g_b, LEARNING_RATE * g_b, truth


def _sum_over_i(problem: Problem) -> Numbers:
    """e of neuron 1, last hidden layer; nothing under the printed sum depends on i."""
    found = thresholds.trace(problem)
    g, b, w = found.errors[-1], found.a[-2][0], problem.w[-1].T[0]  # w_1j
    slope = b * (1 - b)
    return len(g) * w[0] * g[0] * slope, w @ g * slope, -differences(problem).b[-2][0]


def _no_hidden_threshold(problem: Problem) -> Numbers:
    without = replace(problem, b=(np.zeros_like(problem.b[0]), *problem.b[1:]))
    found = [thresholds.trace(p).a[-1][0] for p in (without, problem)]
    return found[0], found[1], _output(problem)


def _threshold_added(problem: Problem) -> Numbers:
    subtracted = replace(problem, b=tuple(-b for b in problem.b))
    found = [index_form.trace(p).a[-1][0] for p in (subtracted, problem)]
    return found[0], found[1], _output(problem)


def _product_is_not_the_step(problem: Problem) -> Numbers:
    product = index_form.trace(problem).w[-1][0, 0]  # out31 · errc1
    truth = -LEARNING_RATE * differences(problem).w[-1][0, 0]
    return product, -LEARNING_RATE * product, truth


def _short_form_as_matrix(problem: Problem) -> Numbers:
    a, δ = delta_form.forward(problem)[1][-2], delta_form.errors(problem)[-1]
    return np.outer(a, δ)[0, 1], np.outer(δ, a)[0, 1], differences(problem).w[-1][0, 1]


def _output(problem: Problem) -> float:
    """The first output, by `nnbook.Network`."""
    return float(problem.network().predict(problem.x[np.newaxis])[0, 0])


SLIPS = (
    Slip(
        1,
        "softmax",
        "$z_i$ is the output of the last hidden layer",
        "$z_i$ is the weighted input of the output layer",
        _softmax_of_hidden,
        "first output of softmax",
    ),
    Slip(
        1,
        "loss of a batch",
        r"$\sum_i C_i$, the sum over the batch",
        "the mean over the batch; with the sum, η means n times as much",
        _loss_of_batch,
        "∂C/∂b of output 1, two examples",
    ),
    Slip(
        1,
        "backward pass",
        r"$\sigma'(z)$ is a constant",
        "it is constant only for the present input",
        _constant_slope,
        "σ′(z) of hidden neuron 1 for the input −x",
    ),
    Slip(
        1,
        "backward pass",
        "$z_1' = w_{11}' a_1 + w_{21}' a_2$",
        "$z_1' = w_{11}' a_1 + w_{21}' a_2 + b_1'$ (its derivative by $a_1$ is the same)",
        _without_bias,
        "output 1",
    ),
    Slip(
        1,
        "forward pass",
        r"$z = W \times x + b$ beside $z_1 = x_1 w_{11} + x_2 w_{21} + b_1$",
        "$z = W^T x + b$ where $w_{21}$ goes from 2 to 1",
        _matrix_not_turned,
        "output 1",
    ),
    Slip(
        1,
        "backpropagation",
        "backpropagation still uses gradient descent",
        "it is the other way round: gradient descent uses the gradient that it computes",
    ),
    Slip(
        2,
        "below (1)",
        "$j$ is the example, $k$ the layer",
        "$k$ is the example, $j$ the output neuron",
    ),
    Slip(
        2,
        "before (5)",
        "the gradient is made smallest",
        "the cost is made smallest; the gradient says where down is",
    ),
    Slip(
        2,
        "(7), second line",
        r"$\Delta w_{hj} = -\eta\, g_j\, \partial\beta_j/\partial w_{hj}$",
        r"$\Delta w_{hj} = \eta\, g_j\, \partial\beta_j/\partial w_{hj}$: $g$ holds the minus",
        _sign_of_the_step,
        "Δw of hidden 1 → output 1",
    ),
    Slip(
        2,
        "(11), the sums",
        r"$\sum_{i=1}^l w_{hj} g_j$",
        r"$\sum_{j=1}^l w_{hj} g_j$",
        _sum_over_i,
        "e of hidden neuron 1",
    ),
    Slip(
        2,
        "(10) and (11)",
        r"$\gamma_h$ is not introduced",
        r"$\gamma_h$ is the threshold of hidden neuron $h$: $b_h = f(\alpha_h - \gamma_h)$",
        _no_hidden_threshold,
        "output 1, without γ and with it",
    ),
    Slip(
        3,
        "symbols",
        "$b_{ln}$ is a threshold",
        "it is added, so it is a bias; a threshold would be subtracted",
        _threshold_added,
        "output 1",
    ),
    Slip(
        3,
        "output layer, summary",
        "the update of $w_{311}$ is the product of $out_{31}$ and the error",
        r"that product is $\partial E/\partial w_{311}$; the update is $-\eta$ times it",
        _product_is_not_the_step,
        "Δw₃₁₁",
    ),
    Slip(
        3,
        "summary (2)",
        "neurons $n(x{+}1)1, …, n(x{+}1)5$ of $s$",
        "neurons $n(x{+}1)1, …, n(x{+}1)s$",
    ),
    Slip(
        4,
        "(32)",
        r"$\partial C/\partial w = a_{in}\,\delta_{out}$: right for one weight; in this order, as "
        r"matrices, it reads $a\,\delta^T$",
        r"as matrices $\delta^l (a^{l-1})^T$: the error is the column, the activation the row",
        _short_form_as_matrix,
        "∂C/∂w from 2 to output 1",
    ),
    Slip(
        4,
        "(30)",
        r"$\delta^L = (a^L - y) \odot \sigma'(z^L)$",
        "this is BP1 for the quadratic cost; another cost has another $∇_a C$",
    ),
)


def table(problem: Problem = NETWORK) -> Table:
    """The slips, and for those that can be computed what the printed and the meant form give."""
    header = (
        *("note", "where", "printed", "meant"),
        *("quantity", "printed gives", "meant gives", "truth"),
    )
    rows = []
    for slip in SLIPS:
        numbers = [f"{value:+.5f}" for value in slip.numbers(problem)] if slip.numbers else [""] * 3
        text = (str(slip.note), slip.place, slip.printed, slip.meant, slip.quantity)
        rows.append((*text, *(number.replace("-", "−") for number in numbers)))
    return Table(header, tuple(rows), "Truth: central differences, or what nnbook.Network gives.")
