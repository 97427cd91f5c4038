"""Networks that vote, or whose outputs are averaged."""

import numpy as np
import pytest

from nnbook import Dataset, Network
from nnbook.activations import linear
from nnbook.ensembles import accuracies, mean, vote

X = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]], np.float32)


def table(*outputs):
    """A network that answers the k-th row of X with the k-th of `outputs`."""
    network = Network([3, len(outputs[0])], activation=linear)
    network.layers[0].W = np.array(outputs, float).T
    network.layers[0].b = np.zeros(len(outputs[0]))
    return network


A = table([9, 0, 0], [0, 3, 1], [0, 1, 0])
B = table([0, 1, 0], [0, 1, 2], [1, 0, 0])
C = table([0, 2, 1], [0, 1, 2], [0, 0, 4])


def test_most_votes_win_and_the_size_of_an_output_does_not_count():
    assert vote([A, B, C], X).tolist() == [1, 2, 0]  # the third row: one vote each, the lowest wins


def test_a_tie_goes_to_the_lowest_class():
    assert vote([B, A], X)[0] == vote([A, B], X)[0] == 0
    assert vote([A, C], X)[2] == vote([C, A], X)[2] == 1


def test_the_mean_is_the_mean_of_the_outputs():
    expected = [[3, 1, 1 / 3], [0, 5 / 3, 5 / 3], [1 / 3, 1 / 3, 4 / 3]]
    outputs = mean([A, B, C], X)
    np.testing.assert_allclose(outputs, expected, rtol=1e-6)
    assert outputs.dtype == np.float32


def test_one_network_is_an_ensemble():
    assert vote([A], X).tolist() == A.classify(X).tolist()
    np.testing.assert_array_equal(mean([A], X), A.predict(X))


def test_networks_may_differ_inside():
    deep = Network([3, 5, 3])
    assert vote([A, deep], X).shape == (3,)


def test_accuracies():
    data = Dataset(X, np.array([0, 1, 2]), classes=3)
    found = accuracies([A, B, C], data)
    assert found.single == pytest.approx((2 / 3, 0, 1 / 3))
    assert found.vote == 0
    assert found.mean == 1
    assert repr(found) == "alone 66.67%, 0.00%, 33.33%; vote 0.00%; mean output 100.00%"


def test_the_networks_are_not_changed():
    before = A.parameters.copy()
    vote([A, B], X), mean([A, B], X)
    np.testing.assert_array_equal(A.parameters, before)


@pytest.mark.parametrize("ask", [vote, mean])
@pytest.mark.parametrize(
    ("networks", "error", "words"),
    [
        ([], ValueError, "networks must hold at least one network, but it is empty"),
        (A, TypeError, r"networks must be a list of networks, such as \[first, second\]"),
        ([A, 3], TypeError, r"networks\[1\] must be a Network"),
        ([A, Network([3, 4])], ValueError, r"networks\[0\] has 3 and networks\[1\] has 4"),
        ([Network([3, 1])], ValueError, "two outputs or more"),
        ([A, Network([5, 3])], ValueError, "each of shape"),
    ],
)
def test_wrong_networks_are_refused(ask, networks, error, words, plain_arguments):
    with pytest.raises(error, match=words):
        ask(networks, X)


def test_data_without_labels_are_refused():
    with pytest.raises(ValueError, match="data must have labels"):
        accuracies([A], Dataset(X, np.zeros((3, 3))))
