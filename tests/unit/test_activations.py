"""Activation functions: values, derivatives by finite differences, no overflow."""

import numpy as np
import pytest

from nnbook.activations import ACTIVATIONS, relu, sigmoid, softmax, step, tanh

Z = np.array([[-3.0, -0.7, 0.2], [0.4, 1.5, 4.0]])  # no kink of ReLU among them


def test_values_worked_out_by_hand():
    assert sigmoid(np.array([0.0]))[0] == 0.5
    assert sigmoid(np.array([np.log(3.0)]))[0] == pytest.approx(0.75)
    assert step(np.array([-1.0, 0.0, 0.1])).tolist() == [0.0, 0.0, 1.0]
    assert relu(np.array([-2.0, 3.0])).tolist() == [0.0, 3.0]
    np.testing.assert_allclose(softmax(np.log([[1.0, 2.0, 5.0]])), [[0.125, 0.25, 0.625]])
    np.testing.assert_allclose(tanh(Z), 2 * sigmoid(2 * Z) - 1)


@pytest.mark.parametrize("f", ACTIVATIONS.values(), ids=str)
def test_derivative_is_the_slope(f):
    h = 1e-6
    for j in range(Z.shape[1]):  # one input at a time: softmax mixes them
        nudge = np.zeros_like(Z)
        nudge[:, j] = h
        slope = (f(Z + nudge) - f(Z - nudge))[:, j] / (2 * h)
        np.testing.assert_allclose(f.derivative(Z)[:, j], slope, atol=1e-8)


@pytest.mark.parametrize("f", ACTIVATIONS.values(), ids=str)
def test_backward_is_the_chain_rule(f):
    grad_a = np.array([[0.3, -1.0, 2.0], [1.0, 0.5, -0.2]])
    h, slopes = 1e-6, np.empty_like(Z)
    for index in np.ndindex(*Z.shape):
        nudge = np.zeros_like(Z)
        nudge[index] = h
        slopes[index] = (grad_a * (f(Z + nudge) - f(Z - nudge))).sum() / (2 * h)
    np.testing.assert_allclose(f.backward(grad_a, Z, f(Z)), slopes, atol=1e-8)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("f", ACTIVATIONS.values(), ids=str)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_no_overflow_and_the_same_dtype(f, dtype):
    z = np.array([[-1e6, -100.0, 0.0], [1e-30, 100.0, 1e6]], dtype)
    a = f(z)
    for result in (a, f.derivative(z), f.backward(np.ones_like(z), z, a)):
        assert np.isfinite(result).all()
        assert result.dtype == dtype


@pytest.mark.parametrize("f", ACTIVATIONS.values(), ids=str)
def test_a_single_number_is_allowed_except_for_softmax(f):
    if f is not softmax:
        assert f(0.3) == f(np.array([0.3]))[0]
        assert f.derivative(0.3) == f.derivative(np.array([0.3]))[0]
