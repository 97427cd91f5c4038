"""The width of a PNG picture, read from its header."""

from __future__ import annotations

import base64
import struct


def width(encoded: str) -> int:
    """Width in pixels of a base64-encoded PNG; ValueError if it is something else."""
    header = base64.b64decode(encoded[:64])
    if header[:8] != b"\x89PNG\r\n\x1a\n":
        raise ValueError(
            "A picture in the notebook is marked as PNG, but it is none. Run it again."
        )
    return int(struct.unpack(">I", header[16:20])[0])
