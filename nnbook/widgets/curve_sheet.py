"""A sheet on which the reader draws a curve, by mouse, finger or keyboard (NNDL ch. 4)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import anywidget
import numpy as np
import traitlets as T

HERE = Path(__file__).parent


class CurveSheet(anywidget.AnyWidget):
    """`values` (n,) at even places from `ends`[0] to `ends`[1], each between `low` and `high`.

    `name` stands under the axis, `words` is the sheet's name for a screen reader.
    """

    _esm = HERE / "curve_sheet.js"
    _css = HERE / "curve_sheet.css"
    values: T.List[Any] = T.List().tag(sync=True, echo_update=False)
    ends: T.List[Any] = T.List([0.0, 1.0]).tag(sync=True)
    low = T.Float(0.0).tag(sync=True)
    high = T.Float(1.0).tag(sync=True)
    name = T.Unicode("x").tag(sync=True)
    words = T.Unicode("").tag(sync=True)

    def put(self, values: Sequence[float] | np.ndarray) -> None:
        """Show another curve."""
        self.values = [round(float(value), 4) for value in values]
