"""Networks in files: `save` and `load`, weights and a description, no pickle (NNDL ch. 1 to 6)."""

from __future__ import annotations

import math
import os
from typing import Any

import numpy as np

from nnbook import layers, npz
from nnbook.activations import ACTIVATIONS, ActivationFunction
from nnbook.checks import instance
from nnbook.costs import COSTS
from nnbook.data.idx import Damaged
from nnbook.layers import Layer, WeightedLayer
from nnbook.network import Network

FORMAT, VERSION = "nnbook network", 1
KNOWN: dict[str, type[Layer]] = {
    name: kind
    for name, kind in ((name, getattr(layers, name)) for name in layers.__all__)
    if name not in ("Layer", "WeightedLayer")
}
NAMES: dict[type[ActivationFunction], str] = {
    type(function): name for name, function in ACTIVATIONS.items()
}
DTYPES = {name: np.dtype(name) for name in ("float32", "float64")}
MOST_LAYERS = 1000
MOST_NUMBERS = 2**28  # in the output of a layer


def save(network: Network, path: str | os.PathLike[str]) -> None:
    """Write `network` into the .npz file `path`, as a whole or not at all.

    The file holds the weights `W1`, the biases `b1` of layer 1, and so on, and a description:
    layers and their settings, cost, float type, shape of an input. Its history is not kept.

    TypeError or ValueError, naming it, for a layer, an activation or a cost that `load` would not
    know, for weights that are not finite, for a path that does not end in .npz. OSError, such as
    FileNotFoundError or PermissionError, if the file cannot be written; an older one then stays.
    """
    instance("network", network, Network, "Network([784, 30, 10])")
    place = npz.target(path)
    if not np.isfinite(network.parameters).all():
        raise ValueError("network must have finite weights and biases to be saved.")
    description = {"format": FORMAT, "version": VERSION, **describe(network)}
    npz.put(place, npz.pack(description, arrays(network)))


def load(path: str | os.PathLike[str]) -> Network:
    """The network in a file that `save` wrote, with the same numbers to the last bit.

    The masks of Dropout layers are drawn anew. (A run of training goes on from a checkpoint: see
    `fit`.) FileNotFoundError or another OSError where there is no such file. ValueError, naming
    the file and what is wrong in it, for anything that `save` does not write: unknown layers,
    shapes that do not fit, numbers that are not finite, damage. No file, however hostile, runs
    code or takes more memory than its own size calls for.
    """
    with npz.opened(npz.target(path), "a saved network") as file:
        npz.check_version(file.description, FORMAT, VERSION)
        description = dict(file.description)
        del description["format"], description["version"]
        network = build(description, file.size)
        wanted = {name: (array.shape, array.dtype) for name, array in arrays(network).items()}
        fill(network, file.arrays(wanted))
    return network


def describe(network: Network) -> dict[str, Any]:
    """What makes such a network again, in words and numbers that JSON can hold.

    ValueError, naming it, for a layer, an activation or a cost that `build` does not know.
    """
    cost = network.cost
    if COSTS.get(cost.name) is not type(cost):
        raise ValueError(f"cost {cost!r} cannot be saved: it is none of {', '.join(COSTS)}.")
    return {
        "input_shape": list(network.input_shape),
        "layers": [_described(n, layer) for n, layer in enumerate(network.layers, start=1)],
        "cost": cost.name,
        "dtype": network.dtype.name,
    }


def build(description: dict[str, Any], size: int) -> Network:
    """A network with random weights from its description; Damaged if it is none.

    `size` is that of the file in bytes: parameters that do not fit into it are refused before any
    memory is taken.
    """
    npz.check_keys("its description", description, {"input_shape", "layers", "cost", "dtype"})
    cost, dtype, shape = description["cost"], description["dtype"], description["input_shape"]
    if not isinstance(cost, str) or cost not in COSTS:
        raise Damaged(f"its cost {cost!r:.60} is none of {', '.join(COSTS)}")
    if not isinstance(dtype, str) or dtype not in DTYPES:
        raise Damaged(f"its dtype {dtype!r:.60} is none of {', '.join(DTYPES)}")
    if not isinstance(shape, list) or not all(type(n) is int and n > 0 for n in shape):
        raise Damaged("its input_shape is not a list of whole numbers from 1 on")
    if not isinstance(description["layers"], list) or len(description["layers"]) > MOST_LAYERS:
        raise Damaged(f"its layers are not a list of at most {MOST_LAYERS}")
    built = [_layer(n, item) for n, item in enumerate(description["layers"], start=1)]
    try:
        if _n_parameters(tuple(shape), built) * DTYPES[dtype].itemsize > size:
            raise Damaged("its layers need more weights than there are in the file")
        return Network([tuple(shape), *built], cost=COSTS[cost](), dtype=dtype)
    except (TypeError, ValueError) as error:
        raise Damaged(f"{error!s:.300}".rstrip(".")) from error


def arrays(network: Network) -> dict[str, np.ndarray]:
    """Weights and biases by the number of their layer: W1, b1, …; views."""
    found: dict[str, np.ndarray] = {}
    for n, layer in enumerate(network.layers, start=1):
        if isinstance(layer, WeightedLayer):
            found |= {f"W{n}": layer.W, f"b{n}": layer.b}
    return found


def fill(network: Network, numbers: dict[str, np.ndarray]) -> None:
    """Write weights and biases, named and shaped as in `arrays`, into the network.

    Damaged, before anything is written, if some are not finite.
    """
    views = arrays(network)
    check_finite({name: numbers[name] for name in views})
    for name, view in views.items():
        view[...] = numbers[name]


def check_finite(numbers: dict[str, np.ndarray]) -> None:
    """Damaged, naming the array, if one holds a NaN or an infinite number."""
    for name, array in numbers.items():
        if not np.isfinite(array).all():
            raise Damaged(f"{name} in it holds numbers that are not finite")


def _described(n: int, layer: Layer) -> dict[str, Any]:
    name = type(layer).__name__
    if KNOWN.get(name) is not type(layer):
        raise ValueError(
            f"layer {n}, {layer!r}, cannot be saved: it is none of {', '.join(KNOWN)}."
        )
    settings = layer.settings()
    for key, value in settings.items():
        if isinstance(value, ActivationFunction):
            if type(value) not in NAMES:
                raise ValueError(
                    f"layer {n}, {layer!r}, cannot be saved: its activation is none of "
                    f"{', '.join(ACTIVATIONS)}."
                )
            settings[key] = NAMES[type(value)]
        elif isinstance(value, tuple):
            settings[key] = list(value)
    return {"layer": name, **settings}


def _layer(n: int, item: Any) -> Layer:
    """The layer of a description, checked by making it and describing it again."""
    if not isinstance(item, dict) or not isinstance(item.get("layer"), str):
        raise Damaged(f"its layer {n} has no name")
    name, settings = item["layer"], {key: _setting(n, key, item[key]) for key in item}
    del settings["layer"]
    if name not in KNOWN:
        raise Damaged(f"its layer {n}, {name!r:.60}, is none of {', '.join(KNOWN)}")
    try:
        layer = KNOWN[name](**settings)
    except (TypeError, ValueError) as error:
        raise Damaged(f"its layer {n}, {name}, cannot be made: {error!s:.200}") from error
    if _described(n, layer) != item:
        raise Damaged(f"the settings of its layer {n}, {name}, are not complete")
    return layer


def _setting(n: int, key: str, value: Any) -> Any:
    if key == "activation":
        if not isinstance(value, str) or value not in ACTIVATIONS:
            known = ", ".join(ACTIVATIONS)
            raise Damaged(f"the activation {value!r:.60} of its layer {n} is none of {known}")
        return ACTIVATIONS[value]
    return tuple(value) if isinstance(value, list) else value


def _n_parameters(shape: tuple[int, ...], built: list[Layer]) -> int:
    """How many weights and biases these layers would have, without taking memory for them."""
    count = 0
    for n, layer in enumerate(built, start=1):
        if math.prod(shape) > MOST_NUMBERS:
            raise Damaged(f"its layer {n} would get more than {MOST_NUMBERS:,} numbers an example")
        copy = layer.fresh()
        try:
            shape = copy.connect(shape)
        except ValueError as error:
            raise Damaged(f"its layer {n}, {layer!r}: {error}") from error
        if isinstance(copy, WeightedLayer):
            count += math.prod(copy.weight_shape) + copy.weight_shape[0]
    return count
