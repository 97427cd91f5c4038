"""What NNDL ch. 6's program, network3.py, does in its own way: for running its experiments again.

Its weights start with a spread of 1/√n_out where the book's text says 1/√n_in, its softmax layer
starts at zero, and its dropout scales when predicting instead of when training.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from nnbook.activations import ActivationFunction, sigmoid, softmax
from nnbook.checks import generator
from nnbook.costs import LogLikelihood
from nnbook.layers import (
    Activation,
    Conv,
    Dense,
    Layer,
    MaxPool,
    UnscaledDropout,
    WeightedLayer,
)
from nnbook.network import Network

WINDOW, POOL = 5, 2


def network3(
    maps: Sequence[int],
    neurons: Sequence[int],
    *,
    activation: ActivationFunction = sigmoid,
    dropout: float = 0.0,
    rng: int | np.random.Generator,
) -> Network:
    """A network of NNDL ch. 6 with its own start, for 28×28 images of ten digits.

    `maps` numbers the feature maps of each convolution of 5×5 windows, each followed by 2×2
    max-pooling; `neurons` those of each fully connected layer. `dropout` is the share dropped
    before every layer that is fully connected, softmax included. `rng`, a seed or Generator, draws
    weights and biases; TypeError for anything else.
    """
    rng = generator("rng", rng)
    layers: list[tuple[int, ...] | Layer] = [(28, 28, 1)]
    for count in maps:
        layers += [Conv(count, WINDOW), MaxPool(POOL), Activation(activation)]
    for count in neurons:
        layers += [UnscaledDropout(dropout)] if dropout else []
        layers.append(Dense(count, activation))
    layers += [UnscaledDropout(dropout)] if dropout else []
    network = Network([*layers, Dense(10, softmax)], cost=LogLikelihood(), rng=rng)
    _start(network, rng)
    return network


def _start(network: Network, rng: np.random.Generator) -> None:
    *hidden, output = [layer for layer in network.layers if isinstance(layer, WeightedLayer)]
    for layer in hidden:
        n_out = layer.W.shape[0]
        if isinstance(layer, Conv):
            n_out = n_out * WINDOW**2 // POOL**2  # as network3.py counts it
        layer.W = rng.standard_normal(layer.W.shape) / math.sqrt(n_out)
        layer.b = rng.standard_normal(layer.b.shape)
    output.W = np.zeros(output.W.shape)
    output.b = np.zeros(output.b.shape)
