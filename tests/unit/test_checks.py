"""Argument checks: any value is either taken as it is or refused with its name and value."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnbook import checks

ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.lists(st.none()),
    st.sampled_from([np.float32(0.5), np.int64(3), np.bool_(True), np.nan, 1j, np.zeros(2)]),
)  # fmt: skip
pytestmark = pytest.mark.usefixtures("plain_arguments")


def is_number(value):
    kinds = (int, float, np.integer, np.floating)
    return isinstance(value, kinds) and not isinstance(value, (bool, np.bool_))


def is_finite(value):
    try:
        return bool(np.isfinite(float(value)))
    except OverflowError:
        return False


@given(ANYTHING)
@example(10**400)
@example(2**53 + 1)
def test_positive(value):
    if is_number(value) and is_finite(value) and value > 0:
        assert checks.positive("rate", value) == float(value)
    else:
        with pytest.raises((TypeError, ValueError), match=r"^rate must be"):
            checks.positive("rate", value)


@given(ANYTHING)
def test_not_negative(value):
    if is_number(value) and is_finite(value) and value >= 0:
        assert checks.not_negative("rate", value) == float(value)
    else:
        with pytest.raises((TypeError, ValueError), match=r"^rate must be"):
            checks.not_negative("rate", value)


@given(ANYTHING, st.integers(-3, 3), st.one_of(st.none(), st.integers(4, 9)))
def test_whole(value, low, high):
    whole = is_number(value) and isinstance(value, (int, np.integer))
    if whole and value >= low and (high is None or value <= high):
        assert checks.whole("epochs", value, low, high) == value
    else:
        with pytest.raises((TypeError, ValueError), match=r"^epochs must be"):
            checks.whole("epochs", value, low, high)


@given(ANYTHING)
def test_generator(value):
    if is_number(value) and isinstance(value, (int, np.integer)) and value >= 0:
        assert isinstance(checks.generator("rng", value), np.random.Generator)
    else:
        with pytest.raises(TypeError, match=r"^rng must be a seed"):
            checks.generator("rng", value)


def test_a_generator_is_passed_on_and_a_seed_repeats():
    rng = np.random.default_rng(0)
    assert checks.generator("rng", rng) is rng
    assert checks.generator("rng", 5).random() == checks.generator("rng", 5).random()


def test_one_of_and_instance():
    assert checks.one_of("format", "svg", ["svg", "png"]) == "svg"
    with pytest.raises(ValueError, match=r"format must be one of 'svg', 'png', but it is 'gif'"):
        checks.one_of("format", "gif", ["svg", "png"])
    assert checks.instance("name", "x", str, "'x'") == "x"
    with pytest.raises(TypeError, match=r"name must be a str, such as 'x', but it is 3"):
        checks.instance("name", 3, str, "'x'")
