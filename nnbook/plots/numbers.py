"""Numbers for a figure: what it accepts, and how it writes one, with a true minus sign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

Numbers = np.ndarray | Sequence[Any]  # what a figure takes: an array, or lists that make one


def signed(value: float, *, plus: bool = False) -> str:
    """`value` in short form: −2, 0.5, with `plus` also +3; never −0."""
    text = f"{value + 0.0:+g}" if plus else f"{value + 0.0:g}"
    return text.replace("-", "−")
