"""How far back do a recurrent network and an LSTM remember? (chapter 10)"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from jaxtyping import Float

from nnbook import checks
from nnbook.activations import softmax
from nnbook.costs import LogLikelihood
from nnbook.data.sequences import first_symbol
from nnbook.events import Epoch
from nnbook.initializers import glorot
from nnbook.layers import LSTM, Dense, Recurrent
from nnbook.network import Network
from nnbook.optimizers import Adam
from nnbook.training import train

UNITS, SYMBOLS = 16, 4
SEQUENCES, TESTED = 1000, 500
EPOCHS, BATCH_SIZE, RATE = 6, 20, 0.01
RECURRENT, CELLS = "recurrent", "LSTM"
LONGEST = 80


def signal(network: Network, steps: int) -> Float[np.ndarray, " steps"]:
    """The mean norm of the gradient at each step of `first_symbol` sequences, 1 at the last step.

    ∂C/∂c_t where the first layer is an LSTM, ∂C/∂h_t where it is recurrent.
    """
    data = first_symbol(50, steps, symbols=SYMBOLS, rng=1)
    copy = network.copy()
    copy.backprop(data.x(copy.dtype), data.y(copy.dtype))
    layer = copy.layers[0]
    assert isinstance(layer, (LSTM, Recurrent))
    gradient = layer.grad_c if isinstance(layer, LSTM) else layer.grad_h
    norms = np.linalg.norm(gradient.astype(float), axis=2).mean(axis=0)
    return norms / norms[-1]


class Memory:
    """Two networks that shall name the first of `steps` symbols: 16 recurrent units, 16 LSTM cells.

    `scale` multiplies the recurrent weights W_h at the start, `memory` is the LSTM's starting
    memory in steps. `networks` and `signals` hold one entry each for "recurrent" and "LSTM";
    `accuracy` the course of the share of right answers on new sequences, chance (¼) at first.
    """

    def __init__(self, steps: int = 30, scale: float = 1.0, memory: float = 30, seed: int = 0):
        self.steps = checks.whole("steps", steps, 2, LONGEST)
        self.scale = checks.positive("scale", scale)
        self.seed = checks.whole("seed", seed, 0)
        layers = {RECURRENT: Recurrent(UNITS), CELLS: LSTM(UNITS, memory=memory)}
        self.memory = memory
        self.networks = {
            name: Network(
                [(steps, 2 * SYMBOLS), layer, Dense(SYMBOLS, softmax)],
                cost=LogLikelihood(),
                initializer=glorot,
                rng=seed,
            )
            for name, layer in layers.items()
        }
        layers[RECURRENT].W_h[...] *= scale
        self.accuracy: dict[str, list[float]] = {name: [] for name in self.networks}
        self.measure()

    def measure(self) -> None:
        """Measure `signals` anew, with the networks as they are now."""
        self.signals = {name: signal(net, self.steps) for name, net in self.networks.items()}

    def train(self) -> Iterator[str]:
        """Train both for six epochs, one after the other; yields the name after each mini-batch."""
        training = first_symbol(SEQUENCES, self.steps, symbols=SYMBOLS, rng=self.seed)
        new = first_symbol(TESTED, self.steps, symbols=SYMBOLS, rng=self.seed + 1)
        for name, network in self.networks.items():
            self.accuracy[name] = [network.accuracy(new)]
            events = train(
                network,
                training,
                epochs=EPOCHS,
                batch_size=BATCH_SIZE,
                optimizer=Adam(RATE),
                rng=self.seed,
                monitor={"new": new},
            )
            for event in events:
                if isinstance(event, Epoch):
                    self.accuracy[name].append(event.scores["new"].accuracy)
                yield name

    @property
    def complete(self) -> bool:
        """Whether both are trained."""
        return all(len(course) == EPOCHS + 1 for course in self.accuracy.values())
