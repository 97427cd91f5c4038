"""The layers that a network is made of."""

from nnbook.layers.base import Activation, Layer, WeightedLayer
from nnbook.layers.convolution import Conv
from nnbook.layers.dense import Dense
from nnbook.layers.dropout import Dropout, UnscaledDropout
from nnbook.layers.each_step import EachStep
from nnbook.layers.lstm import LSTM
from nnbook.layers.pooling import AveragePool, L2Pool, MaxPool
from nnbook.layers.recurrent import Recurrent

__all__ = [
    "LSTM",
    "Activation",
    "AveragePool",
    "Conv",
    "Dense",
    "Dropout",
    "EachStep",
    "L2Pool",
    "Layer",
    "MaxPool",
    "Recurrent",
    "UnscaledDropout",
    "WeightedLayer",
]
