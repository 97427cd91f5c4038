"""The hyper-parameters of one run: checked in words, given as Python code (NNDL ch. 1, 3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from nnbook import checks
from nnbook.activations import ACTIVATIONS
from nnbook.costs import COSTS
from nnbook.data import Dataset, Digits, load_mnist
from nnbook.events import Epoch, Step
from nnbook.initializers import INITIALIZERS
from nnbook.layers import Activation, AveragePool, Conv, Dense, Dropout, Layer, MaxPool
from nnbook.network import Network
from nnbook.optimizers import SGD
from nnbook.regularizers import L1, L2
from nnbook.training import train

WIDEST, DEEPEST = 1000, 8  # what a lab on a small machine can bear
MOST_DROPPED = 0.95
MOST_MAPS, MOST_CONVOLUTIONS = 64, 3
EXAMINED = 10_000  # of the training images at most so many are looked at after each epoch

HIDDEN_ACTIVATIONS = ("sigmoid", "tanh", "relu", "linear")
OUTPUT_ACTIVATIONS = ("sigmoid", "softmax", "linear")
PENALTIES = {"L2": L2, "L1": L1}
POOLINGS = {"max": MaxPool, "average": AveragePool, "none": None}

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
    "maps": "Feature maps",
    "kernel": "Window size",
    "pooling": "Pooling 2 × 2",
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
    maps: tuple[int, ...] = ()  # of each convolution; none: a network without convolutions
    kernel: int = 5
    pooling: str = "max"

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
        self._check_convolutions(digits)

    def _check_convolutions(self, digits: Digits) -> None:
        if len(self.maps) > MOST_CONVOLUTIONS:
            raise ValueError(
                f"{LABELS['maps']} can be numbers for at most {MOST_CONVOLUTIONS} convolutions "
                f"here, but there are {len(self.maps)}."
            )
        for count in self.maps:
            checks.whole("the number of feature maps of a convolution", count, 1, MOST_MAPS)
        checks.whole(LABELS["kernel"], self.kernel, 1, 28)
        checks.one_of(LABELS["pooling"], self.pooling, POOLINGS)
        if self.maps and digits.training.features != 28 * 28:
            raise ValueError(
                f"{LABELS['maps']} need images of 28 × 28 pixels, but {digits.name} has "
                f"{digits.training.features} features: leave {LABELS['maps']} empty."
            )
        side = 28
        for count, _ in enumerate(self.maps, start=1):
            inside = side - self.kernel + 1
            if inside < 1:
                raise ValueError(
                    f"{LABELS['kernel']} {self.kernel} does not fit: convolution {count} gets "
                    f"images of {side} × {side}. Choose a smaller window or fewer convolutions."
                )
            if self.pooling != "none" and inside % 2:
                raise ValueError(
                    f"{LABELS['pooling']} does not fit: convolution {count} with windows of "
                    f"{self.kernel} makes maps of {inside} × {inside}, and {inside} is odd. "
                    f"Choose another {LABELS['kernel'].lower()}, or no pooling."
                )
            side = inside // (1 if self.pooling == "none" else 2)

    def network(self, digits: Digits, rng: np.random.Generator) -> Network:
        """The network that these settings describe, at its random start."""
        hidden: list[int | Layer] = []
        bend, pool = ACTIVATIONS[self.activation], POOLINGS[self.pooling]
        for count in self.maps:  # the activation follows the pooling, as in the book's program
            pools = [pool(2)] if pool else []
            hidden += [Conv(count, self.kernel), *pools, Activation(bend)]
        for width in self.hidden:
            hidden += [width, Dropout(self.dropout)] if self.dropout else [width]
        output = Dense(digits.training.classes, ACTIVATIONS[self.outputs])
        return Network(
            [(28, 28, 1) if self.maps else digits.training.features, *hidden, output],
            cost=COSTS[self.cost](),
            activation=bend,
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
        if name in ("hidden", "maps"):
            return ", ".join(map(str, value)) or "none"
        if name == "training_size":
            return f"{value:,}"
        return f"{value:g}" if isinstance(value, float) else str(value)


# Where the lab of chapter 09 opens; those before it open at `Settings()`.
CONVOLUTIONAL = Settings(
    hidden=(100,),
    learning_rate=0.03,
    epochs=5,
    training_size=5000,
    cost="log-likelihood",
    outputs="softmax",
    initializer="scaled",
    activation="relu",
    maps=(20,),
)


def start(chapter: int, digits: Digits) -> Settings:
    """The settings with which the lab of `chapter` opens, fitted to the size of `digits`."""
    n = len(digits.training)
    if chapter < 9:
        return Settings(training_size=n)
    return replace(CONVOLUTIONAL, training_size=min(CONVOLUTIONAL.training_size, n))


NAMES = tuple(field.name for field in fields(Settings))


def digits_given(data: Any) -> Digits:
    """`data`, or MNIST where it is None; TypeError unless they are `Digits`."""
    if data is None:
        data = load_mnist()
    return checks.instance("data", data, Digits, "load_mnist()")


def hidden_layers(text: str, name: str = "hidden") -> tuple[int, ...]:
    """The widths in `text`: "30, 30" is (30, 30), "" or "none" is (), a network without any.

    `name` is the setting that they are for, "hidden" or "maps". ValueError, in words, if there is
    anything but whole numbers and commas.
    """
    most, none = (WIDEST, "no hidden layer") if name == "hidden" else (MOST_MAPS, "no convolution")
    words = [word for word in re.split(r"[\s,，、;]+", text.strip().strip("[]()")) if word]
    if [word.lower() for word in words] == ["none"]:
        return ()
    for word in words:
        if not (re.fullmatch("[0-9]{1,9}", word) and 1 <= int(word) <= most):
            raise ValueError(
                f"{LABELS[name]} must be whole numbers from 1 to {most:,} with commas "
                f"between them, one for each layer, such as 30 or 30, 30 (nothing at all for "
                f"{none}), but there is “{word[:40]}”."
            )
    return tuple(int(word) for word in words)
