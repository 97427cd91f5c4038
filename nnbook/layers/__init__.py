"""The layers that a network is made of."""

from nnbook.layers.base import Activation, Layer, WeightedLayer
from nnbook.layers.convolution import Conv
from nnbook.layers.dense import Dense
from nnbook.layers.dropout import Dropout
from nnbook.layers.pooling import AveragePool, L2Pool, MaxPool

__all__ = [
    "Activation",
    "AveragePool",
    "Conv",
    "Dense",
    "Dropout",
    "L2Pool",
    "Layer",
    "MaxPool",
    "WeightedLayer",
]
