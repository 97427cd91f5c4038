"""What each layer of a convolutional network makes of one image (NNDL ch. 6)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnbook import checks
from nnbook.layers import Activation, AveragePool, Conv, Dense, L2Pool, Layer, MaxPool
from nnbook.network import Network

POOLS = (MaxPool, AveragePool, L2Pool)
SHORT = {"relu": "ReLU", "sigmoid": "σ"}


@dataclass(frozen=True)
class Stage:
    """One layer's outputs for one image: `values` are maps (rows, columns, n) or neurons (n,)."""

    title: str
    values: np.ndarray


def convolutional(network: Network) -> Network:
    """`network` itself; TypeError or ValueError unless it takes 28 × 28 images and has a Conv."""
    checks.instance("network", network, Network, "Network([(28, 28, 1), Conv(20, 5), 10])")
    if network.input_shape != (28, 28, 1) or not any(isinstance(k, Conv) for k in network.layers):
        raise ValueError(
            "network must take images of 28 × 28 × 1 and have a convolution, such as "
            f"Network([(28, 28, 1), Conv(20, 5), MaxPool(2), 10]), but it is {network!r}."
        )
    return network


def stages(network: Network, image: np.ndarray) -> list[Stage]:
    """The outputs of the layers of `network` for `image` (28, 28) in [0, 1], the last one left out.

    A pooling layer and the activation after it count as one. Nothing is changed on the layers.
    """
    shown: list[Stage] = []
    a = np.asarray(image, network.dtype).reshape(1, *network.input_shape)
    waiting = ""
    for layer, following in zip(network.layers[:-1], network.layers[1:], strict=True):
        a = layer.predict(a)
        name = _name(layer)
        if isinstance(following, Activation) and isinstance(layer, POOLS):
            waiting = f"{name}, "
            continue
        if name:
            shown.append(Stage(waiting + name + _size(a[0]), a[0]))
            waiting = ""
    return shown


def _name(layer: Layer) -> str:
    if isinstance(layer, Conv):
        return "convolution"
    if isinstance(layer, POOLS):
        return "pooling"
    if isinstance(layer, Activation):
        return SHORT.get(layer.activation.name, layer.activation.name)
    return "neurons" if isinstance(layer, Dense) else ""


def _size(values: np.ndarray) -> str:
    if values.ndim == 1:
        return f": {len(values)}"
    rows, columns, n = values.shape
    return f": {n} × {rows} × {columns}"
