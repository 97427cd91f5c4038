"""Reading IDX files: exactly the right array, or our own error, whatever the bytes are."""

import gzip
import struct
import tracemalloc

import numpy as np
import pytest
from data_mirrors import idx
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from nnbook.data.idx import Damaged, read_idx

SHAPE = (3, 2)
RIGHT = idx(np.arange(6, dtype=np.uint8).reshape(SHAPE))


@given(hnp.arrays(np.uint8, hnp.array_shapes(max_dims=3, max_side=6)))
def test_what_is_written_is_read(array):
    assert np.array_equal(read_idx(gzip.compress(idx(array)), array.shape), array)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_our_words(packed):
    with pytest.raises(Damaged):
        read_idx(packed, SHAPE)


@given(st.binary(max_size=40))
def test_any_packed_bytes_are_refused_or_right(content):
    refused_or_right(content)


@given(
    st.tuples(st.integers(0, 0xFFFF), st.integers(0, 255), st.integers(0, 255)),
    st.lists(st.integers(0, 2**32 - 1), max_size=4),
    st.binary(max_size=12),
)
def test_any_header_is_refused_or_right(start, sizes, rest):
    refused_or_right(struct.pack(">HBB", *start) + struct.pack(f">{len(sizes)}I", *sizes) + rest)


@given(st.data())
@settings(max_examples=300)
def test_one_changed_byte_is_refused_or_right(data):
    content = bytearray(RIGHT)
    content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    refused_or_right(bytes(content))


def refused_or_right(content):
    try:
        array = read_idx(gzip.compress(content), SHAPE)
    except Damaged:
        assert content[:12] != RIGHT[:12] or len(content) != len(RIGHT)
    else:
        assert content == idx(array)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not an IDX file"),
        (RIGHT[:6], "not an IDX file"),
        (RIGHT[:-1], "not an IDX file"),
        (RIGHT + b"x", "more than"),
        (struct.pack(">HBB", 0, 8, 0), "not an IDX file"),  # no dimensions at all
        (struct.pack(">HBB", 0, 8, 255) + bytes(10), "not an IDX file"),
        (struct.pack(">HBB", 0, 9, 2) + RIGHT[4:], "instead of uint8"),  # signed bytes
        (struct.pack(">HBB2I", 0, 8, 2, 2, 3) + bytes(6), "instead of uint8"),
    ],
)
def test_each_fault_is_named(content, message):
    with pytest.raises(Damaged, match=message):
        read_idx(gzip.compress(content), SHAPE)


def test_faults_of_the_packing_are_named():
    packed = gzip.compress(RIGHT)
    with pytest.raises(Damaged, match="not a gzip file"):
        read_idx(RIGHT, SHAPE)
    with pytest.raises(Damaged, match="too early"):
        read_idx(packed[:-3], SHAPE)
    with pytest.raises(Damaged, match="follows"):
        read_idx(packed + b"more", SHAPE)


def test_a_bomb_is_not_unpacked():
    bomb = gzip.compress(RIGHT[:12] + bytes(200_000_000), compresslevel=1)
    tracemalloc.start()
    try:
        with pytest.raises(Damaged, match="more than 18 bytes"):
            read_idx(bomb, SHAPE)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
