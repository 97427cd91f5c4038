"""The Hessian, the Gauss–Newton matrix and the steps that use them."""

import numpy as np
import pytest

from nnbook import (
    L1,
    L2,
    CrossEntropy,
    Dense,
    Dropout,
    LogLikelihood,
    Network,
    Quadratic,
    linear,
    relu,
    scaled,
    sigmoid,
    softmax,
    tanh,
)
from nnbook.newton import gauss_newton, gradient, hessian, jacobian, newton_step

PAIRS = [
    (Quadratic(), linear),
    (Quadratic(), sigmoid),
    (Quadratic(), softmax),
    (CrossEntropy(), sigmoid),
    (CrossEntropy(), softmax),
    (LogLikelihood(), softmax),
]


def draw(layers, cost, seed=0, n=6, n_out=2):
    rng = np.random.default_rng(seed)
    network = Network(layers, cost=cost, initializer=scaled, rng=rng, dtype=np.float64)
    x = rng.normal(size=(n, network.sizes[0]))
    return network, x, np.eye(n_out)[rng.integers(0, n_out, n)]


def differences_of_the_cost(network, x, y, regularizer=None, h=1e-4):
    """∂²C/∂v_j∂v_k from four values of the cost each: no gradient is used."""

    def cost(change):
        probe = network.copy()
        probe.parameters = network.parameters + change
        penalty = regularizer.penalty(probe.weights, len(x)) if regularizer else 0.0
        return probe.cost(probe.forward(x), y).mean() + penalty

    steps = h * np.eye(network.parameters.size)
    return np.array(
        [
            [(cost(u + v) - cost(u - v) - cost(v - u) + cost(-u - v)) / (4 * h * h) for v in steps]
            for u in steps
        ]
    )


@pytest.mark.parametrize("regularizer", [None, L2(0.7)], ids=str)
@pytest.mark.parametrize("hidden", [sigmoid, tanh, relu], ids=str)
@pytest.mark.parametrize(("cost", "output"), PAIRS, ids=str)
def test_the_hessian_agrees_with_differences_of_the_cost(cost, output, hidden, regularizer):
    network, x, y = draw([2, Dense(2, hidden), Dense(2, output)], cost)
    H = hessian(network, x, y, regularizer)
    expected = differences_of_the_cost(network, x, y, regularizer)
    np.testing.assert_allclose(H, expected, atol=2e-6 * np.abs(expected).max())
    np.testing.assert_array_equal(H, H.T)


@pytest.mark.parametrize("regularizer", [None, L2(0.7)], ids=str)
@pytest.mark.parametrize(("cost", "output"), PAIRS, ids=str)
def test_gauss_newton_never_bends_downwards(cost, output, regularizer):
    network, x, y = draw([3, Dense(3, sigmoid), Dense(2, output)], cost)
    G = gauss_newton(network, x, y, regularizer)
    assert np.linalg.eigvalsh(G).min() > -1e-12
    np.testing.assert_array_equal(G, G.T)


@pytest.mark.parametrize(
    ("cost", "output"),
    [(Quadratic(), linear), (CrossEntropy(), sigmoid), (LogLikelihood(), softmax)],
    ids=str,
)
def test_without_hidden_layers_gauss_newton_is_the_hessian(cost, output):
    """z is then linear in the weights, so nothing is left out (matching pairs)."""
    network, x, y = draw([3, Dense(2, output)], cost)
    H, G = (matrix(network, x, y, L2(0.3)) for matrix in (hessian, gauss_newton))
    np.testing.assert_allclose(G, H, atol=1e-9)


@pytest.mark.parametrize(
    ("cost", "output"), [(Quadratic(), sigmoid), (CrossEntropy(), softmax)], ids=str
)
def test_gauss_newton_of_other_pairs_is_the_hessian_where_the_outputs_are_right(cost, output):
    """Where ∇ₐC = 0 the left-out terms are 0: the targets are here the outputs themselves."""
    network, x, _ = draw([3, Dense(2, output)], cost)
    y = network.predict(x)
    if output is softmax:  # cross-entropy's ∇ₐC is 0 there for any a = y
        assert np.allclose(network.cost.gradient(y, y), 0)
    H, G = hessian(network, x, y), gauss_newton(network, x, y)
    np.testing.assert_allclose(G, H, atol=1e-9)


def test_gauss_newton_by_hand():
    """One linear neuron, two examples x = 1, 3: G = mean of (x, 1)ᵀ(x, 1)."""
    network = Network([1, Dense(1, linear)], dtype=np.float64)
    x, y = np.array([[1.0], [3.0]]), np.zeros((2, 1))
    np.testing.assert_allclose(gauss_newton(network, x, y), [[5, 2], [2, 1]])
    np.testing.assert_allclose(hessian(network, x, y), [[5, 2], [2, 1]], atol=1e-9)


def test_the_jacobian_against_differences():
    network, x, _ = draw([3, Dense(4, tanh), Dense(2, softmax)], LogLikelihood())
    network.forward(x[:1], training=True)
    J, h = jacobian(network), 1e-6
    assert J.shape == (2, network.parameters.size)
    for k in range(network.parameters.size):
        ends = []
        for step in (h, -h):
            probe = network.copy()
            probe.parameters[k] += step
            probe.forward(x[:1], training=True)
            ends.append(probe.layers[-1].z[0])
        np.testing.assert_allclose(J[:, k], (ends[0] - ends[1]) / (2 * h), atol=1e-8)


@pytest.mark.parametrize("matrix", [hessian, gauss_newton], ids=["Newton", "Gauss–Newton"])
@pytest.mark.parametrize("regularizer", [None, L2(0.5)], ids=str)
def test_one_step_solves_linear_neurons_with_quadratic_cost(matrix, regularizer):
    network, x, _ = draw([3, Dense(2, linear)], Quadratic(), n=20)
    y = np.random.default_rng(5).normal(size=(20, 2))
    newton_step(network, x, y, matrix=matrix, regularizer=regularizer)
    assert np.linalg.norm(gradient(network, x, y, regularizer)) < 1e-8
    if regularizer is None:
        best, *_ = np.linalg.lstsq(np.hstack([x, np.ones((20, 1))]), y, rcond=None)
        np.testing.assert_allclose(network.layers[0].W, best[:3].T, atol=1e-8)
        np.testing.assert_allclose(network.layers[0].b, best[3], atol=1e-8)


def test_the_cost_before_the_step_is_returned_with_its_penalty():
    network, x, y = draw([3, Dense(2, sigmoid)], CrossEntropy())
    penalty = L2(0.4)
    expected = network.cost(network.forward(x), y).mean() + penalty.penalty(network.weights, 6)
    assert newton_step(network, x, y, damping=1.0, regularizer=penalty) == pytest.approx(expected)


def test_much_damping_is_gradient_descent():
    network, x, y = draw([3, Dense(3, sigmoid), Dense(2, sigmoid)], CrossEntropy())
    other = network.copy()
    slope = gradient(other, x, y)
    newton_step(network, x, y, matrix=hessian, damping=1e7)
    np.testing.assert_allclose(network.parameters, other.parameters - slope / 1e7, atol=1e-13)


def test_damped_steps_learn_xor():
    """2-3-1, from a start at which 300 steps of gradient descent have hardly begun."""
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    y = np.array([[0], [1], [1], [0]], dtype=float)
    network = Network([2, 3, 1], cost=CrossEntropy(), initializer=scaled, rng=1, dtype=np.float64)
    costs = [newton_step(network, x, y, damping=0.01) for _ in range(30)]
    assert costs[0] > 0.6
    assert costs[-1] < 0.02
    assert ((network.predict(x) > 0.5) == (y > 0.5)).all()


def test_nothing_changes_but_the_step():
    network, x, y = draw([3, Dense(3, sigmoid), Dense(2, sigmoid)], CrossEntropy())
    before = network.parameters.copy()
    hessian(network, x, y)
    gauss_newton(network, x, y)
    np.testing.assert_array_equal(network.parameters, before)


@pytest.mark.usefixtures("plain_arguments")
def test_what_cannot_be_done_is_refused_in_words():
    network, x, y = draw([3, Dense(3, sigmoid), Dense(2, softmax)], LogLikelihood())
    with pytest.raises(ValueError, match=r"23,860² = 569,299,600 entries, 4\.6 GB"):
        hessian(Network([784, 30, 10], dtype=np.float64), np.zeros((1, 784)), np.zeros((1, 10)))
    with pytest.raises(ValueError, match=r"float64.*astype"):
        gauss_newton(network.astype(np.float32), x, y)
    with pytest.raises(ValueError, match="no Dropout layer"):
        hessian(Network([3, 3, Dropout(0.5), 2], dtype=np.float64), x, y)
    with pytest.raises(TypeError, match=r"regularizer must be an? L2"):
        hessian(network, x, y, L1(0.1))
    with pytest.raises(ValueError, match="damping must be 0 or greater"):
        newton_step(network, x, y, damping=-1)
    with pytest.raises(ValueError, match="damping must be greater than 0 here"):
        newton_step(network, x, y)  # softmax does not feel a shift of all z
    with pytest.raises(TypeError, match="network must be a Network"):
        hessian("784-30-10", x, y)
