"""Where a run of training stands, between two events: into words and numbers, and back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnbook import npz, storage
from nnbook.data.idx import Damaged
from nnbook.events import Epoch, Score
from nnbook.history import History
from nnbook.layers import Dropout
from nnbook.training import Training

FLOAT, WHOLE = np.dtype(np.float64), np.dtype(np.int64)


def words_of(run: Training) -> dict[str, Any]:
    """The position of a run and the states of its generators, as JSON holds them."""
    return {
        "position": {
            "epoch": run.epoch,
            "batch": 0 if run.order is None else run.batch,
            "seconds": run.seconds,
        },
        "generators": {
            name: json.loads(json.dumps(rng.bit_generator.state, default=np.ndarray.tolist))
            for name, rng in _generators(run).items()
        },
    }


def numbers_of(run: Training, history: History) -> dict[str, np.ndarray]:
    """The arrays of a run: parameters, optimizer, order of the examples, history."""
    arrays = _views(run)
    if run.order is not None:
        arrays["order"] = run.order.astype(WHOLE)
    curves = {
        "step_costs": history.step_costs,
        "seconds": history.seconds,
        "penalty": history.penalty,
    }
    for k, name in enumerate(run.monitor):
        curves[f"cost_{k}"] = history.cost(name) if len(history) else []
        curves[f"accuracy_{k}"] = history.accuracy(name) if len(history) else []
    return arrays | {name: np.array(values, FLOAT) for name, values in curves.items()}


@dataclass
class State:
    """What a file says of a run, checked against it, but not yet put into it."""

    epoch: int
    batch: int
    step: int
    seconds: float
    generators: dict[str, dict[str, Any]]
    arrays: dict[str, np.ndarray]

    @classmethod
    def read(cls, file: npz.NpzFile, run: Training) -> State:
        """Raises Damaged for whatever cannot be the state of `run`.

        ValueError if it has done more epochs than `run` asks for.
        """
        said = npz.check_keys(
            "its position", file.description["position"], {"epoch", "batch", "seconds"}
        )
        epoch, batch, seconds = said["epoch"], said["batch"], said["seconds"]
        for name, count in (("epoch", epoch), ("batch", batch)):
            if type(count) is not int or count < 0:
                raise Damaged(f"its {name} is not a whole number from 0 on")
        if batch > run.batches or not isinstance(seconds, (int, float)):
            raise Damaged("its position is none in this run")
        step = epoch * run.batches + batch
        arrays = file.arrays(_expected(run, epoch, step, batch > 0))
        storage.check_finite({name: arrays[name] for name in _views(run)})
        if batch and np.any(np.sort(arrays["order"]) != np.arange(len(run.data))):
            raise Damaged("its order does not name each example once")
        if epoch > run.epochs or (epoch == run.epochs and batch):
            raise ValueError(
                f"epochs must be at least {epoch + (batch > 0)}, because the run in the checkpoint "
                f"has come so far, but it is {run.epochs}. To begin anew, name another file."
            )
        generators = _states(file.description["generators"], run)
        return cls(epoch, batch, step, float(seconds), generators, arrays)

    def put(self, run: Training) -> History:
        """Put `run` where this state is; the history until there."""
        for name, view in _views(run).items():
            view[...] = self.arrays[name]
        for name, rng in _generators(run).items():
            rng.bit_generator.state = self.generators[name]
        run.epoch, run.batch, run.step, run.seconds = (
            self.epoch, self.batch, self.step, self.seconds,
        )  # fmt: skip
        run.order = self.arrays["order"].astype(np.intp) if self.batch else None
        return self._history(run)

    def _history(self, run: Training) -> History:
        history = History(run.data.name)
        curves = {name: array.tolist() for name, array in self.arrays.items() if array.ndim == 1}
        history.step_costs += curves["step_costs"]
        for e in range(self.epoch):
            scores = {
                name: Score(curves[f"cost_{k}"][e], curves[f"accuracy_{k}"][e], len(data))
                for k, (name, data) in enumerate(run.monitor.items())
            }
            history.add(Epoch(e + 1, curves["seconds"][e], curves["penalty"][e], scores))
        return history


def _views(run: Training) -> dict[str, np.ndarray]:
    """What a step changes: parameters and the optimizer's memory, not copied."""
    optimizer = {f"optimizer_{name}": array for name, array in run.optimizer.state().items()}
    return storage.arrays(run.network) | optimizer


def _generators(run: Training) -> dict[str, np.random.Generator]:
    """Of the order of the examples, and of the masks of each Dropout layer."""
    found = {"order": run.rng}
    for n, layer in enumerate(run.network.layers, start=1):
        if isinstance(layer, Dropout) and layer.rng is not None:
            found[f"masks of layer {n}"] = layer.rng
    return found


def _expected(run: Training, epochs: int, steps: int, within: bool) -> npz.Expected:
    """Shapes and types of all arrays after so many epochs and steps; `within` a further epoch."""
    expected = {name: (array.shape, array.dtype) for name, array in _views(run).items()}
    monitored = [f"{what}_{k}" for k in range(len(run.monitor)) for what in ("cost", "accuracy")]
    expected |= dict.fromkeys(("seconds", "penalty", *monitored), ((epochs,), FLOAT))
    expected["step_costs"] = (steps,), FLOAT
    if within:
        expected["order"] = (len(run.data),), WHOLE
    return expected


def _states(said: Any, run: Training) -> dict[str, dict[str, Any]]:
    """The states of all generators, tried on new ones."""
    mine = _generators(run)
    npz.check_keys("its list of generators", said, set(mine))
    for name, rng in mine.items():
        try:
            type(rng.bit_generator)().state = said[name]
        except Exception as error:  # NumPy fails in many ways
            raise Damaged(f"its generator ({name}) is not one of this run's") from error
    return said
