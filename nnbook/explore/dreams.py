"""What a Boltzmann machine dreams: a chain of Gibbs steps, kept to be looked at (chapter 10)."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from nnbook import checks
from nnbook.data.dataset import Dataset
from nnbook.models.rbm import RBM, drawn
from nnbook.notation import PerExample

STEPS = 300  # so long is a dream
DIGIT, NOISE = "a digit", "noise"
STARTS = (DIGIT, NOISE)


class Dream:
    """`machine` dreaming, from an image of `data` or from noise.

    After `begin`, row k of `seen` (301, n_visible) is p(v = 1 | h) after k Gibbs steps, row 0 the
    start itself; row k of `hidden` (301, n_hidden) holds the states from which it came, in row 0
    only probabilities. `energy` (301,) is the free energy of the visible states: low is likely.
    ValueError unless the images have as many pixels as `machine` has visible units.
    """

    def __init__(self, machine: RBM, data: Dataset) -> None:
        self.machine = checks.instance("machine", machine, RBM, "RBM(784, 100)")
        self.data = checks.instance("data", data, Dataset, "digits.validation")
        if data.features != machine.n_visible:
            raise ValueError(
                f"data must have {machine.n_visible} pixels an image, one for each visible unit, "
                f"but {data.name} has {data.features}."
            )
        self.begin(0, DIGIT, 0)

    def begin(self, index: int, start: str = DIGIT, seed: int = 0) -> None:
        """Dream from image number `index` or from "noise"; each `seed` is another dream."""
        self.index = checks.whole("index", index, 0, len(self.data) - 1)
        self.start = checks.one_of("start", start, STARTS)
        self.seed = checks.whole("seed", seed, 0)
        machine, rng = self.machine, np.random.default_rng(seed)
        if start == DIGIT:
            v, _ = self.data.batch(slice(index, index + 1), machine.parameters.dtype)
        else:
            v = rng.random((1, machine.n_visible)).astype(machine.parameters.dtype)
        seen, hidden, states = [v], [machine.up(v)], [v]
        for _ in range(STEPS):
            h = drawn(machine.up(v), rng)
            p = machine.down(h)
            v = drawn(p, rng)
            seen.append(p)
            hidden.append(h)
            states.append(v)
        self.seen: Float[np.ndarray, "steps n_visible"] = np.concatenate(seen)
        self.hidden: Float[np.ndarray, "steps n_hidden"] = np.concatenate(hidden)
        self.energy: PerExample = machine.free_energy(np.concatenate(states))

    def picture(self, step: int) -> Float[np.ndarray, "height width"]:
        """What is seen after `step` Gibbs steps."""
        return self.seen[step].reshape(self.data.images.shape[1:])
