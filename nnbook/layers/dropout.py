"""Dropout: each training example meets a network with other neurons missing (NNDL ch. 3)."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np

from nnbook.checks import real
from nnbook.initializers import Initializer
from nnbook.layers.base import Layer, Shape
from nnbook.notation import Inputs, Outputs


class Dropout(Layer):
    """While training, sets a share p of its inputs to 0, chosen anew for each example.

    It is *inverted*: what is kept is divided by 1 − p, so that the mean stays and nothing needs
    to change for prediction, where the layer does nothing (Srivastava et al. 2014, section 10;
    the book halves the weights instead). As the first layer it drops inputs of the network.

    The masks come from a generator of the layer's own, spawned from the network's when the
    network is made: the same seed gives the same masks, and the starting weights are those of
    the network without dropout. A copied or unpickled network goes on with the masks that the
    original would have drawn next.
    """

    def __init__(self, p: float):
        """`p` is the probability to drop an input: at least 0, less than 1."""
        self.p = real("p", p)
        if not 0 <= self.p < 1:
            raise ValueError(
                f"p must be at least 0 and less than 1, the share to drop, but it is {p}. "
                "For example: 0.5."
            )
        self.rng: np.random.Generator | None = None

    def settings(self) -> dict[str, Any]:
        return {"p": self.p}

    def fresh(self) -> Dropout:
        new = type(self)(self.p)
        new.rng = copy.deepcopy(self.rng)
        return new

    def connect(self, input_shape: Shape) -> Shape:
        self.input_shape = self.output_shape = input_shape
        return input_shape

    def initialize(self, initializer: Initializer, rng: np.random.Generator) -> None:
        (self.rng,) = rng.spawn(1)

    def weighted_input(self, a_in: Inputs) -> Inputs:
        return a_in  # for prediction nothing is dropped

    def forward(self, a_in: Inputs) -> Outputs:
        self.a_in = a_in
        self.mask = self._mask(a_in)
        self.z = self.a = a_in * self.mask
        return self.a

    def backprop(self, delta: Outputs) -> Outputs:
        self.delta = delta
        return delta * self.mask

    def _mask(self, a_in: Inputs) -> Inputs:
        """For each entry 0 (with probability p) or 1 / (1 − p)."""
        assert self.rng is not None, "a network initializes its layers"
        kept = self.rng.random(a_in.shape, dtype=np.float32) >= self.p  # the same in float64
        return np.multiply(kept, 1 / (1 - self.p), dtype=a_in.dtype)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.p:g})"


class UnscaledDropout(Dropout):
    """Dropout as in the program of NNDL ch. 6: for running its experiments again.

    Nothing is scaled while training; predictions see (1 − p) of each input instead.
    """

    def predict(self, a_in: Inputs) -> Outputs:
        return a_in * a_in.dtype.type(1 - self.p)

    def _mask(self, a_in: Inputs) -> Inputs:
        return np.sign(super()._mask(a_in))
