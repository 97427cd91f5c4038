"""The hyper-parameters of one run: checked in words, given as Python code (NNDL ch. 1, 3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from nnbook import checks
from nnbook.activations import ACTIVATIONS
from nnbook.costs import COSTS
from nnbook.data import Dataset, Digits, load_mnist
from nnbook.events import Epoch, Step
from nnbook.initializers import INITIALIZERS
from nnbook.layers import Dense, Dropout, Layer
from nnbook.network import Network
from nnbook.optimizers import SGD
from nnbook.regularizers import L1, L2
from nnbook.training import train

WIDEST, DEEPEST = 1000, 8  # what a lab on a small machine can bear
MOST_DROPPED = 0.95
EXAMINED = 10_000  # of the training images at most so many are looked at after each epoch

HIDDEN_ACTIVATIONS = ("sigmoid", "tanh", "relu", "linear")
OUTPUT_ACTIVATIONS = ("sigmoid", "softmax", "linear")
PENALTIES = {"L2": L2, "L1": L1}

LABELS = {
    "hidden": "Hidden layers",
    "learning_rate": "Learning rate η",
    "batch_size": "Mini-batch size m",
    "epochs": "Epochs",
    "training_size": "Training images",
    "seed": "Seed",
    "cost": "Cost",
    "outputs": "Output activation",
    "lambda_": "Regularization λ",
    "penalty": "Penalty",
    "dropout": "Dropout p",
    "initializer": "Initialization",
    "activation": "Hidden activation",
}


@dataclass(frozen=True)
class Settings:
    """All that is chosen before a run; with the data it fixes the run to the last bit."""

    hidden: tuple[int, ...] = (30,)
    learning_rate: float = 3.0
    batch_size: int = 10
    epochs: int = 10
    training_size: int = 50_000
    seed: int = 0
    cost: str = "quadratic"
    outputs: str = "sigmoid"
    lambda_: float = 0.0
    penalty: str = "L2"
    dropout: float = 0.0
    initializer: str = "large"
    activation: str = "sigmoid"

    def check(self, digits: Digits) -> None:
        """ValueError or TypeError, in words, if these settings cannot be run on `digits`."""
        if len(self.hidden) > DEEPEST:
            raise ValueError(
                f"{LABELS['hidden']} can be at most {DEEPEST} here, but there are "
                f"{len(self.hidden)}."
            )
        for width in self.hidden:
            checks.whole("the number of neurons in a hidden layer", width, 1, WIDEST)
        checks.positive(LABELS["learning_rate"], self.learning_rate, example="3.0")
        checks.whole(LABELS["epochs"], self.epochs, 1, 1000)
        checks.whole(LABELS["training_size"], self.training_size, 1, len(digits.training))
        checks.whole(LABELS["batch_size"], self.batch_size)
        if self.batch_size > self.training_size:
            raise ValueError(
                f"{LABELS['batch_size']} is {self.batch_size:,}, but there are only "
                f"{self.training_size:,} training images: choose {self.training_size:,} or fewer."
            )
        checks.whole(LABELS["seed"], self.seed, 0)
        checks.not_negative(LABELS["lambda_"], self.lambda_)
        checks.one_of(LABELS["penalty"], self.penalty, PENALTIES)
        if not 0 <= checks.real(LABELS["dropout"], self.dropout) <= MOST_DROPPED:
            raise ValueError(
                f"{LABELS['dropout']} must be between 0 and {MOST_DROPPED}, the share of hidden "
                f"neurons to drop, but it is {self.dropout}."
            )
        checks.one_of(LABELS["cost"], self.cost, COSTS)
        checks.one_of(LABELS["outputs"], self.outputs, OUTPUT_ACTIVATIONS)
        checks.one_of(LABELS["activation"], self.activation, HIDDEN_ACTIVATIONS)
        checks.one_of(LABELS["initializer"], self.initializer, INITIALIZERS)
        COSTS[self.cost]().check(ACTIVATIONS[self.outputs])

    def network(self, digits: Digits, rng: np.random.Generator) -> Network:
        """The network that these settings describe, at its random start."""
        hidden: list[int | Layer] = []
        for width in self.hidden:
            hidden += [width, Dropout(self.dropout)] if self.dropout else [width]
        output = Dense(digits.training.classes, ACTIVATIONS[self.outputs])
        return Network(
            [digits.training.features, *hidden, output],
            cost=COSTS[self.cost](),
            activation=ACTIVATIONS[self.activation],
            initializer=INITIALIZERS[self.initializer],
            rng=rng,
        )

    def training(self, digits: Digits) -> Dataset:
        """The part of the training data that is learned from: its first images."""
        return digits.training[: self.training_size]

    def monitored(self, digits: Digits) -> dict[str, Dataset]:
        """What is looked at after each epoch; of the training images at most `EXAMINED`."""
        return {
            "training": digits.training[: min(self.training_size, EXAMINED)],
            "validation": digits.validation,
        }

    def events(
        self, network: Network, digits: Digits, rng: np.random.Generator
    ) -> Iterator[Step | Epoch]:
        """The training of `network`, unwatched; `rng` goes on where the network left it."""
        return train(
            network,
            self.training(digits),
            epochs=self.epochs,
            batch_size=self.batch_size,
            optimizer=SGD(self.learning_rate),
            rng=rng,
            regularizer=PENALTIES[self.penalty](self.lambda_) if self.lambda_ else None,
        )

    def words(self, name: str) -> str:
        """The setting `name` as it stands in a table: "30, 30", "0.025", "10"."""
        value = getattr(self, name)
        if name == "hidden":
            return ", ".join(map(str, value)) or "none"
        if name == "training_size":
            return f"{value:,}"
        return f"{value:g}" if isinstance(value, float) else str(value)


NAMES = tuple(field.name for field in fields(Settings))


def digits_given(data: Any) -> Digits:
    """`data`, or MNIST where it is None; TypeError unless they are `Digits`."""
    if data is None:
        data = load_mnist()
    return checks.instance("data", data, Digits, "load_mnist()")


def hidden_layers(text: str) -> tuple[int, ...]:
    """The widths in `text`: "30, 30" is (30, 30), "" or "none" is (), a network without any.

    ValueError, in words, if there is anything but whole numbers and commas.
    """
    words = [word for word in re.split(r"[\s,，、;]+", text.strip().strip("[]()")) if word]
    if [word.lower() for word in words] == ["none"]:
        return ()
    for word in words:
        if not (re.fullmatch("[0-9]{1,9}", word) and 1 <= int(word) <= WIDEST):
            raise ValueError(
                f"{LABELS['hidden']} must be whole numbers from 1 to {WIDEST:,} with commas "
                f"between them, one for each layer, such as 30 or 30, 30 (nothing at all for no "
                f"hidden layer), but there is “{word[:40]}”."
            )
    return tuple(int(word) for word in words)


def as_code(settings: Settings, digits: Digits) -> str:
    """Python that runs as it stands and ends with the same weights, to the last bit.

    A data set of the reader's own is taken from the variable `digits`.
    """
    names = {"Network", "SGD", "fit"}
    arguments = _network_arguments(settings, digits, names)
    kind, strength = settings.penalty, settings.lambda_
    penalty = f"    regularizer={kind}({strength!r}),\n" if strength else ""
    names |= {kind} if penalty else set()
    loader = {"MNIST": "load_mnist", "built-in digits": "builtin_digits"}.get(digits.name)
    names |= {loader} if loader else set()
    data = f"digits = {loader}()" if loader else f"# digits: your own data, {digits.name}"
    part = f"[:{settings.training_size}]"
    part = "" if settings.training_size == len(digits.training) else part
    seen = f"[:{min(settings.training_size, EXAMINED)}]"
    seen = seen if len(digits.training) > EXAMINED else part
    return f"""\
import numpy as np

from nnbook import {", ".join(sorted(names, key=_import_order))}

{data}
rng = np.random.default_rng({settings.seed})
network = Network({arguments}, rng=rng)
history = fit(
    network,
    digits.training{part},
    epochs={settings.epochs},
    batch_size={settings.batch_size},
    optimizer=SGD({settings.learning_rate!r}),
    rng=rng,
{penalty}    monitor={{"training": digits.training{seen}, "validation": digits.validation}},
)
epoch, accuracy = history.best("validation")
print(f"best validation accuracy: {{accuracy:.2%}} in epoch {{epoch}} ({{digits.name}})")
"""


def _network_arguments(settings: Settings, digits: Digits, names: set[str]) -> str:
    """What stands between the brackets of Network(...); used names go into `names`."""
    classes = digits.training.classes
    layers: list[Any] = [digits.training.features]
    for width in settings.hidden:
        layers += [width, f"Dropout({settings.dropout!r})"] if settings.dropout else [width]
    alike = settings.outputs == settings.activation
    layers.append(classes if alike else f"Dense({classes}, {settings.outputs})")
    parts = [f"[{', '.join(map(str, layers))}]"]
    names |= set() if alike else {"Dense", settings.outputs}
    names |= {"Dropout"} if settings.dropout and settings.hidden else set()
    if settings.cost != "quadratic":
        cost = COSTS[settings.cost].__name__
        names.add(cost)
        parts.append(f"cost={cost}()")
    if settings.activation != "sigmoid" and (settings.hidden or alike):
        names.add(settings.activation)
        parts.append(f"activation={settings.activation}")
    if settings.initializer != "large":
        names.add(settings.initializer)
        parts.append(f"initializer={settings.initializer}")
    return ", ".join(parts)


def _import_order(name: str) -> tuple[bool, bool, str]:
    """Constants, classes, functions: the order in which ruff sorts imported names."""
    return (not name.isupper(), not name[0].isupper(), name)
