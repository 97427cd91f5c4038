"""A small run of training with all that a checkpoint must hold, and its power cuts."""

from __future__ import annotations

import numpy as np
import pytest

from nnbook import (
    L1,
    L2,
    Activation,
    Conv,
    Dataset,
    Dense,
    Dropout,
    Halving,
    LogLikelihood,
    MaxPool,
    Momentum,
    Network,
    fit,
    sigmoid,
    softmax,
)

RNG = np.random.default_rng(0)
X, Y = RNG.random((23, 6)), RNG.integers(0, 3, 23)
DATA = Dataset(X, Y, classes=3, name="23 points")
STEPS = 5  # an epoch: 23 = 4 × 5 + 3


class PowerCut(BaseException):
    """Not caught by anything."""


class Failing(Dataset):
    """Data that are gone after so many mini-batches."""

    left = -1

    def batch(self, index, dtype=np.float32):
        if not isinstance(index, slice) and len(index) <= 5:
            self.left -= 1
            if self.left == -1:
                raise PowerCut
        return super().batch(index, dtype)


def network(**changed):
    layers = [6, Dropout(0.2), 8, Dropout(0.5), Dense(3, softmax)]
    return Network(layers, **{"cost": LogLikelihood(), "rng": 1, **changed})


def network_of(layers):
    return Network(layers, cost=LogLikelihood(), rng=1)


def images():
    layers = [
        (2, 3, 1), Conv(4, 2, padding=1, activation=sigmoid), MaxPool((3, 2)),
        Activation(sigmoid), Dropout(0.5), Dense(3, softmax),
    ]  # fmt: skip
    return Network(layers, cost=LogLikelihood(), rng=1, dtype=np.float64)


def usual(**changed):
    return {
        "epochs": 4, "batch_size": 5, "optimizer": Momentum(0.2, 0.7), "rng": 2,
        "monitor": {"all": DATA, "some/of them": DATA[:9]}, "regularizer": L1(0.1) + L2(0.3),
        "schedule": Halving(1, "all"), "progress": False, **changed,
    }  # fmt: skip


def outcome(network, history):
    """Everything but the seconds."""
    masks = [layer.rng.bit_generator.state for layer in network.layers if hasattr(layer, "rng")]
    scores = [report._replace(seconds=0) for report in history.reports]
    return network.parameters.tobytes(), masks, history.step_costs, scores, history.data_name


def train(path=None, make=network, data=DATA, **changed):
    net = make()
    return outcome(net, fit(net, data, checkpoint=path, **usual(**changed)))


def cut_off(path, steps, make=network, **changed):
    """A run that ends with a power cut after so many steps."""
    data = Failing(X, Y, classes=3, name="23 points")
    data.left = steps
    with pytest.raises(PowerCut):
        train(path, make, data, **changed)
