"""Pieces of work on all processors: in order, one at a time when busy, errors as they are."""

import threading

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from nnbook import Activation, Conv, Dataset, Dense, MaxPool, Network, sigmoid
from nnbook.blas import FEW, product
from nnbook.parallel import each


def blas_threads():
    return {lib["num_threads"] for lib in threadpool_info() if lib["user_api"] == "blas"}


def test_results_come_in_order_and_threads_are_given_back():
    with threadpool_limits(2, "blas"):
        before, seen = blas_threads(), []

        def work(k):
            seen.append((threading.get_ident(), *blas_threads()))
            return k * k

        assert each(work, range(50)) == [k * k for k in range(50)]
        assert blas_threads() == before
        assert all(threads == 1 for _, threads in seen)
        assert threading.get_ident() not in {ident for ident, _ in seen}


def test_one_processor_stays_one():
    with threadpool_limits(1, "blas"):
        idents = set(each(lambda _: threading.get_ident(), range(10)))
    assert idents == {threading.get_ident()}


def test_within_itself_it_works_one_after_the_other():
    with threadpool_limits(2, "blas"):
        inner = each(lambda _: set(each(lambda _: threading.get_ident(), range(5))), range(4))
    assert all(len(idents) == 1 for idents in inner)


def test_errors_come_through_and_leave_it_usable():
    with threadpool_limits(2, "blas"):
        with pytest.raises(ZeroDivisionError):
            each(lambda k: 1 // k, range(-5, 5))
        assert each(abs, [-1, 1]) == [1, 1]
        assert blas_threads() == {2}


def test_predictions_on_two_processors_are_those_on_one():
    rng = np.random.default_rng(0)
    network = Network([(12, 12, 1), Conv(3, 5), MaxPool(2), Activation(sigmoid), Dense(4)], rng=rng)
    data = Dataset(rng.random((333, 12, 12)), rng.integers(0, 4, 333), classes=4)
    found = []
    for threads in (1, 2):
        with threadpool_limits(threads, "blas"):
            found.append((network.predict(data.x()), network.evaluate(data)))
    np.testing.assert_array_equal(found[0][0], found[1][0])
    assert found[0][1] == found[1][1]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    ("rows", "inputs", "neurons"),
    [
        (0, 400, 300),
        (1, 400, 300),  # small
        (10, 400, 1001),  # a hundred columns at a time, and one
        (10, 2880, 100),
        (10, 5000, 100),  # the other way round
        (FEW, 400, 300),
        (FEW + 1, 400, 300),  # as it is
    ],
)
def test_products_whole_in_pieces_and_the_other_way_round(dtype, rows, inputs, neurons):
    rng = np.random.default_rng(0)
    a = rng.random((rows, inputs)).astype(dtype)
    w = rng.random((neurons, inputs)).astype(dtype)
    z = product(a, w.T)
    np.testing.assert_allclose(z, np.einsum("mk,nk->mn", a, w), rtol=1e-4)
    assert z.dtype == dtype and z.shape == (rows, neurons)
