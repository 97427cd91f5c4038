"""The small sets of the first chapters."""

import numpy as np
import pytest

from nnbook.data.toys import bent_line, truth_table


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("AND", lambda p, q: p and q),
        ("OR", lambda p, q: p or q),
        ("NAND", lambda p, q: not (p and q)),
        ("XOR", lambda p, q: p != q),
    ],
)
def test_truth_tables(name, rule):
    table = truth_table(name)
    x, y = table.batch(slice(None))
    assert x.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert y.shape == (4, 1)
    assert [bool(row[0]) for row in y] == [bool(rule(*row)) for row in x.tolist()]
    assert table.name == name


def test_an_unknown_gate():
    with pytest.raises(ValueError, match="name must be one of 'AND', 'OR', 'NAND', 'XOR'"):
        truth_table("NOT")


def test_the_bent_line_bends_twice():
    line = bent_line(101)
    x, y = line.batch(slice(None), np.float64)
    assert x.shape == y.shape == (101, 1)
    slopes = np.diff(y[:, 0]) / np.diff(x[:, 0])
    assert len(np.unique(slopes.round(6))) == 3
    assert y.min() == pytest.approx(0.1) and y.max() == pytest.approx(0.9)


def test_noise_repeats_and_has_its_size():
    quiet, loud = bent_line(2000), bent_line(2000, noise=0.1, rng=3)
    assert np.std(loud.targets - quiet.targets) == pytest.approx(0.1, rel=0.1)
    assert np.array_equal(loud.targets, bent_line(2000, noise=0.1, rng=3).targets)


@pytest.mark.usefixtures("plain_arguments")
def test_wrong_arguments():
    with pytest.raises(ValueError, match="n must be at least 2"):
        bent_line(1)
    with pytest.raises(ValueError, match="noise must be 0 or greater"):
        bent_line(noise=-1)
    with pytest.raises(TypeError, match="rng must be a seed"):
        bent_line(noise=0.1, rng="now")
