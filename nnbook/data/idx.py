"""The IDX format of the MNIST files: a packed file in, an array out, every fault in plain words."""

from __future__ import annotations

import io
import math
import zlib

import numpy as np

GZIP = 31  # tells zlib to expect a gzip header


class Damaged(ValueError):
    """The bytes are not what they should be; the message says how."""


def read_idx(packed: bytes, shape: tuple[int, ...]) -> np.ndarray:
    """The uint8 array of this shape in a gzip-packed IDX file.

    Unpacks at most as many bytes as the shape needs, whatever the file claims.
    Raises Damaged for anything but exactly such a file.
    """
    from mnist import parse_idx

    unpacked = _unpack(packed, limit=4 + 4 * len(shape) + math.prod(shape))
    try:
        array = parse_idx(io.BytesIO(unpacked))
    except Exception as error:  # the parser fails in many ways: struct, type, value, memory
        raise Damaged(f"it is not an IDX file ({error})") from error
    if array.dtype != np.uint8 or array.shape != shape:
        raise Damaged(f"it holds {array.dtype} {array.shape} instead of uint8 {shape}")
    return array


def _unpack(packed: bytes, limit: int) -> bytes:
    stream = zlib.decompressobj(GZIP)
    try:
        unpacked = stream.decompress(packed, limit + 1)
    except zlib.error as error:
        raise Damaged(f"it is not a gzip file ({error})") from error
    if len(unpacked) > limit:
        raise Damaged(f"it unpacks to more than {limit:,} bytes")
    if not stream.eof:
        raise Damaged("it ends too early")
    if stream.unused_data:
        raise Damaged("something follows the packed data")
    return unpacked
