"""Sliders, menus and buttons in one look, each found by its name by keyboard and screen reader."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets as W

NAME_WIDTH = "130px"
WIDTH = "400px"


class Labels(anywidget.AnyWidget):
    """An invisible part of each panel that names what ipywidgets leaves without a name.

    The handle of a slider has the role "slider" but no name, and the value it speaks is not the
    one that is shown (a logarithmic slider speaks the exponent); groups of buttons and pictures
    have no name either. `labels.js` sets them from the descriptions and tooltips.
    """

    _esm = Path(__file__).parent / "labels.js"
    _css = Path(__file__).parent / "panel.css"

    def __init__(self) -> None:
        super().__init__(layout=W.Layout(display="none"))


def slider(
    name: str, value: float, low: float, high: float, step: float, *, digits: int = 2
) -> W.FloatSlider:
    """A slider for a number in [`low`, `high`]; arrow keys move it by `step`."""
    return W.FloatSlider(
        value=value, min=low, max=high, step=step, readout_format=f".{digits}f", **_look(name)
    )


def whole_slider(name: str, value: int, low: int, high: int, step: int = 1) -> W.IntSlider:
    """A slider for a whole number in [`low`, `high`]."""
    return W.IntSlider(value=value, min=low, max=high, step=step, **_look(name))


def log_slider(
    name: str, value: float, low: float, high: float, *, steps: int = 40, digits: int = 3
) -> W.FloatLogSlider:
    """A slider whose `steps` equal moves multiply: for a learning rate from `low` to `high`."""
    from math import log10

    bottom, top = log10(low), log10(high)
    return W.FloatLogSlider(
        value=value,
        base=10,
        min=bottom,
        max=top,
        step=(top - bottom) / steps,
        readout_format=f".{digits}g",
        **_look(name),
    )


def series_slider(name: str, value: float, values: Sequence[float]) -> W.SelectionSlider:
    """A slider over the given numbers, such as round ones that grow like 1, 2, 5, 10."""
    nearest = min(values, key=lambda number: abs(number - value))
    options = [(f"{number:g}", float(number)) for number in values]
    series = W.SelectionSlider(options=options, value=float(nearest), **_look(name))
    series.add_class("nnbook-series")  # what is typed into its readout is lost: labels.js
    return series


def choice(
    name: str, options: Sequence[Any], value: Any = None, *, width: str = WIDTH
) -> W.Dropdown:
    """A menu; `options` are values or (text, value) pairs, the first is chosen by default."""
    menu = W.Dropdown(options=options, **_look(name, width))
    if value is not None:
        menu.value = value
    return menu


def check(name: str, value: bool = False) -> W.Checkbox:
    """A box to tick."""
    return W.Checkbox(value=value, description=name, indent=False, layout=W.Layout(width="auto"))


def button(name: str, *, main: bool = False, width: str = "auto") -> W.Button:
    """A button; `main` marks the one that the reader wants most."""
    return W.Button(
        description=name,
        button_style="primary" if main else "",
        layout=W.Layout(width=width, min_width="90px"),
    )


def side_by_side(*parts: W.Widget) -> W.Box:
    """The parts in a row with a gap, or below each other where the page is narrow."""
    return W.Box(
        list(parts),
        layout=W.Layout(flex_flow="row wrap", align_items="flex-start", grid_gap="4px 24px"),
    )


def _look(name: str, width: str = WIDTH) -> dict[str, Any]:
    return {
        "description": name,
        "style": {"description_width": NAME_WIDTH},
        "layout": W.Layout(width=width),
    }
