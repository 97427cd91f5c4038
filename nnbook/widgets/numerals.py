"""Numbers of very different size, written for people."""

from __future__ import annotations

import math

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def short(value: float) -> str:
    """Three digits: 0.0242, −3.5, 15,600; below 0.0001 and from a million on 9.32·10⁻⁶."""
    value = float(value) + 0.0
    if not math.isfinite(value) or value == 0 or 1e-4 <= abs(value) < 1000:
        text = f"{value:.3g}"
    elif 1000 <= abs(value) < 1e6:
        text = f"{float(f'{value:.3g}'):,.0f}"
    else:
        digits, power = f"{value:.2e}".split("e")
        text = f"{float(digits):g}·{power_of_ten(int(power))}"
    return text.replace("-", "−")


def power_of_ten(power: int) -> str:
    """10⁻⁶ for −6; numbers from 0.01 to 100 are written out."""
    return f"{10.0**power:g}" if abs(power) <= 2 else "10" + str(power).translate(RAISED)
