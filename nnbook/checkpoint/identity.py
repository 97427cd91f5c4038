"""What tells one run of training from another: its settings, its examples, where it starts."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import numpy as np

from nnbook.data.dataset import Dataset
from nnbook.optimizers import Optimizer
from nnbook.regularizers import Regularizer
from nnbook.schedules import Schedule
from nnbook.storage import describe
from nnbook.training import Training

SAMPLES = 50  # examples that stand for all


def identity(run: Training, schedule: Schedule | None) -> dict[str, str]:
    """The settings of a run that must be the same to go on with it, each in words.

    How long it goes on (epochs, a stopping rule) is free. ValueError for a network with a layer,
    an activation or a cost that cannot be stored.
    """
    network = describe(run.network)
    layers = network.pop("layers")
    return {
        **{name: str(value) for name, value in network.items()},
        **{f"layer {n}": _call(layer.pop("layer"), layer) for n, layer in enumerate(layers, 1)},
        "batch_size": str(run.batch_size),
        "optimizer": _said(run.optimizer),
        "regularizer": _said(run.regularizer),
        "schedule": repr(schedule),
        "data": _named(run.data),
        "monitor": ", ".join(f"{name}: {_named(data)}" for name, data in run.monitor.items()),
    }


def examples(data: Dataset) -> list[float]:
    """A quick checksum of `data`: a few of its examples, each summed up in a number.

    It allows for last digits, so that examples computed on another machine count as the same.
    """
    some = np.unique(np.linspace(0, len(data) - 1, SAMPLES).astype(int))
    x, y = data.batch(some, np.float64)
    return (x @ np.cos(np.arange(x.shape[1])) + y @ np.arange(1, y.shape[1] + 1)).tolist()


def same_examples(there: Any, here: list[float]) -> bool:
    """Whether two such checksums are of the same data."""
    if not isinstance(there, list) or len(there) != len(here):
        return False
    numbers = all(isinstance(number, (int, float)) for number in there)
    return numbers and bool(np.allclose(there, here, rtol=1e-5, atol=1e-5))


def digest(value: Any) -> str:
    """A short checksum of an array or of the state of a generator."""
    if isinstance(value, np.ndarray):
        content = value.tobytes()
    else:
        content = json.dumps(value, default=np.ndarray.tolist).encode()
    return hashlib.blake2b(content, digest_size=8).hexdigest()


def _named(data: Dataset) -> str:
    return f"{data.name} ({len(data):,} examples, {data.features} inputs, {data.classes} outputs)"


def _said(thing: Any) -> str:
    """An optimizer or a regularizer with all digits of its settings."""
    if not isinstance(thing, (Optimizer, Regularizer)):
        return repr(thing)
    remembered = thing.remembered if isinstance(thing, Optimizer) else ()
    settings = {name: value for name, value in vars(thing).items() if name not in remembered}
    return _call(type(thing).__name__, settings)


def _call(name: str, settings: dict[str, Any]) -> str:
    return f"{name}({', '.join(f'{key}={_said(value)}' for key, value in settings.items())})"
