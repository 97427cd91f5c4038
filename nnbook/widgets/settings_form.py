"""The controls of the hyper-parameter lab: what is taught in the open, what comes later folded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import ipywidgets as W

from nnbook.costs import COSTS
from nnbook.explore.settings import (
    HIDDEN_ACTIVATIONS,
    LABELS,
    OUTPUT_ACTIVATIONS,
    PENALTIES,
    POOLINGS,
    Settings,
    hidden_layers,
)
from nnbook.initializers import INITIALIZERS
from nnbook.widgets import controls


@dataclass(frozen=True)
class Lesson:
    """Which settings a chapter explains, and what it is called."""

    chapter: int
    title: str
    names: tuple[str, ...]


LESSONS = (
    Lesson(
        2,
        "learning digits",
        ("hidden", "learning_rate", "batch_size", "epochs", "training_size", "seed"),
    ),
    Lesson(4, "cross-entropy", ("cost", "outputs")),
    Lesson(5, "regularization", ("lambda_", "penalty", "dropout", "initializer")),
    Lesson(6, "hyper-parameters", ("activation",)),
    Lesson(9, "convolutional networks", ("maps", "kernel", "pooling")),
)


class Form(W.VBox):
    """Controls that together give `Settings`; `taught` names those that are in the open."""

    taught: list[str]

    def settings(self) -> Settings:
        """What the controls say; ValueError, in words, if it cannot be read."""
        raise NotImplementedError

    def watch(self, observe: Callable[[W.Widget], None]) -> None:
        """Call `observe` with each control, to be told of its changes."""
        raise NotImplementedError


class SettingsForm(Form):
    """Controls for `Settings`; those taught after `chapter` are folded, and can be used as well."""

    def __init__(self, start: Settings, chapter: int) -> None:
        self.controls = _controls(start)
        taught = [lesson for lesson in LESSONS if lesson.chapter <= chapter]
        self.taught = [name for lesson in taught for name in lesson.names]
        later = [lesson for lesson in LESSONS if lesson.chapter > chapter]
        children: list[W.Widget] = [self._grid(self.taught)]
        if later:
            self.folded = W.Accordion(
                [self._grid(lesson.names) for lesson in later],
                titles=[f"Chapter {k.chapter:02}, {k.title}" for k in later],
            )
            self.folded.add_class("nnbook-folded")
            children.append(self.folded)
        super().__init__(children)

    def _grid(self, names: tuple[str, ...] | list[str]) -> W.GridBox:
        columns = "repeat(auto-fill, minmax(280px, 1fr))"
        return W.GridBox(
            [self.controls[name] for name in names],
            layout=W.Layout(grid_template_columns=columns, grid_gap="2px 18px", width="100%"),
        )

    def settings(self) -> Settings:
        values = {name: control.value for name, control in self.controls.items()}
        values["hidden"] = hidden_layers(values["hidden"])
        values["maps"] = hidden_layers(values["maps"], "maps")
        # The slider shows two digits, so two digits are meant.
        values["learning_rate"] = float(f"{values['learning_rate']:.2g}")
        return Settings(**values)

    def watch(self, observe: Callable[[W.Widget], None]) -> None:
        for control in self.controls.values():
            observe(control)


def _controls(start: Settings) -> dict[str, W.Widget]:
    """A control for each setting, at the values of `start`."""
    eta = controls.log_slider(
        LABELS["learning_rate"], start.learning_rate, 0.001, 1000, steps=300, digits=2
    )
    eta.readout_format = ".2r"
    made = {
        "hidden": W.Text(start.words("hidden"), placeholder="none"),
        "learning_rate": eta,
        "batch_size": W.IntText(start.batch_size),
        "epochs": W.IntText(start.epochs),
        "training_size": W.IntText(start.training_size),
        "seed": W.IntText(start.seed),
        "cost": W.Dropdown(options=list(COSTS), value=start.cost),
        "outputs": W.Dropdown(options=OUTPUT_ACTIVATIONS, value=start.outputs),
        "lambda_": W.FloatText(start.lambda_, step=0.1),
        "penalty": W.Dropdown(options=list(PENALTIES), value=start.penalty),
        "dropout": W.FloatText(start.dropout, step=0.1),
        "initializer": W.Dropdown(options=list(INITIALIZERS), value=start.initializer),
        "activation": W.Dropdown(options=HIDDEN_ACTIVATIONS, value=start.activation),
        "maps": W.Text(start.words("maps"), placeholder="none"),
        "kernel": W.IntText(start.kernel),
        "pooling": W.Dropdown(options=list(POOLINGS), value=start.pooling),
    }
    for name, control in made.items():
        control.description = LABELS[name]
        control.style.description_width = controls.NAME_WIDTH
        control.layout.width, control.layout.max_width = "auto", "400px"
    return made
