"""The network: layers in a row and one flat vector of parameters (NNDL ch. 1 and 2)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nnbook import door
from nnbook.activations import ActivationFunction, sigmoid
from nnbook.checks import generator, instance
from nnbook.costs import Cost, Quadratic
from nnbook.data.dataset import Dataset
from nnbook.events import Score
from nnbook.history import History
from nnbook.initializers import Initializer, large
from nnbook.layers import Layer, WeightedLayer
from nnbook.notation import Inputs, Labels, Rows, Vector
from nnbook.parallel import each

CHUNK = 500  # examples predicted at a time: bounds the memory, and makes large matrix products
FEW_IMAGES = 25  # that layers make images of at a time: few enough to stay in the cache


class Network:
    """Layers in a row, from the shape of one input to the output; all parameters in one vector.

    >>> network = Network([784, 30, 10])                    # NNDL ch. 1
    >>> network.predict(images).shape                       # images: floats, (m, 784)
    (m, 10)

    `parameters` and `gradient` are flat, all weights first, then all biases; every layer's `W`,
    `b`, `gradient_W`, `gradient_b` are views into them, so that one line updates everything.
    """

    def __init__(
        self,
        layers: Sequence[int | tuple[int, ...] | Layer],
        *,
        cost: Cost | None = None,
        activation: ActivationFunction = sigmoid,
        initializer: Initializer = large,
        rng: int | np.random.Generator = 0,
        dtype: Any = np.float32,
    ):
        """`layers`: first the shape of one input (784, or (28, 28, 1)), then layers in order.

        A whole number n stands for `Dense(n, activation)`. `rng` draws the starting weights and
        biases (a seed or a Generator). `dtype` is float32 for training, float64 for checking
        gradients. TypeError or ValueError, naming the layer, where the list does not fit.
        """
        self.cost = Quadratic() if cost is None else instance("cost", cost, Cost, "Quadratic()")
        instance("initializer", initializer, Initializer, "nnbook.large")
        instance("activation", activation, ActivationFunction, "nnbook.sigmoid")
        self.dtype = door.float_dtype(dtype)
        self.input_shape = door.input_shape(layers)
        self.layers = [
            door.layer(n, item, activation) for n, item in enumerate(layers[1:], start=1)
        ]
        self.history: History | None = None
        self._connect()
        self._allocate()
        rng = generator("rng", rng)
        for layer in self.layers:
            layer.initialize(initializer, rng)

    # ---- the mathematics -----------------------------------------------------------------------

    def forward(self, x: Inputs, training: bool = False) -> Rows:
        """Outputs (m, n_out) for inputs `x` (m, n_in); with `training` the layers remember them."""
        a = door.inputs(x, self.input_shape, self.dtype)
        for layer in self.layers:
            a = layer.forward(a) if training else layer.predict(a)
        return a

    def backprop(self, x: Inputs, y: Rows) -> Rows:
        """Fill `gradient` with ∂C/∂w and ∂C/∂b summed over the rows of `x`; return the outputs.

        `x` is (m, n_in), `y` the desired outputs (m, n_out). The training loop divides by m.
        """
        a = self.forward(x, training=True)
        y = door.desired(y, a.shape, self.dtype)
        layer = self.layers[-1]
        delta = self.cost.delta(layer.activation, layer.z, a, y)  # BP1
        for layer, before in zip(self.layers[:0:-1], self.layers[-2::-1], strict=True):
            delta = before.through_activation(layer.backprop(delta))  # BP2, with BP3 and BP4
        self.layers[0].backprop(delta)
        return a

    def predict(self, x: Inputs) -> Rows:
        """Outputs (m, n_out) for inputs `x` (m, n_in), computed in chunks.

        It leaves no trace on the layers, so it disturbs no training in another thread; while one
        runs, the weights may change between two layers of the prediction.
        """
        x = door.inputs(x, self.input_shape, self.dtype)
        door.refuse_raw_pixels(x)
        if len(x) <= CHUNK:
            return self._outputs(x)
        return np.concatenate(self._each_chunk(lambda chunk: self._outputs(x[chunk]), len(x)))

    def classify(self, x: Inputs) -> Labels:
        """The class of each row: the largest output, or for a single output whether it is > ½."""
        return _classes(self.predict(x))

    # ---- how well it does ----------------------------------------------------------------------

    def evaluate(self, data: Dataset) -> Score:
        """Mean cost and accuracy on `data`, computed in chunks."""
        instance("data", data, Dataset, "digits.test")

        def sums(chunk: slice) -> tuple[float, float]:
            x, y = data.batch(chunk, self.dtype)
            a = self._outputs(door.inputs(x, self.input_shape, self.dtype))
            y = door.desired(y, a.shape, self.dtype)
            right = float((_classes(a) == _classes(y)).sum()) if _are_classes(y) else math.nan
            return float(self.cost(a, y).sum(dtype=np.float64)), right

        cost, right = np.sum(self._each_chunk(sums, len(data)), axis=0).tolist()
        return Score(cost / len(data), right / len(data), len(data))

    def accuracy(self, data: Dataset) -> float:
        """The share of `data` that is classified rightly, 0 to 1."""
        return self.evaluate(data).accuracy

    def _outputs(self, a: Inputs) -> Rows:
        """What `forward` gives: images go through a few at a time, rows of numbers all at once."""
        images = self._image_layers()
        if images:
            maps = np.empty((len(a), *self.layers[images - 1].output_shape), self.dtype)
            for at in range(0, len(a), FEW_IMAGES):
                few = slice(at, at + FEW_IMAGES)
                maps[few] = _through(self.layers[:images], a[few])
            a = maps
        return _through(self.layers[images:], a)

    def _image_layers(self) -> int:
        """How many layers there are up to the last one that makes images."""
        makers = [n for n, shape in enumerate(self._output_shapes(), start=1) if len(shape) == 3]
        return max(makers, default=0)

    def _each_chunk(self, function: Callable[[slice], Any], n: int) -> list[Any]:
        """`function` of each chunk of `n` examples; on all processors where that pays."""
        chunks = [slice(at, at + CHUNK) for at in range(0, n, CHUNK)]
        return each(function, chunks) if self._image_layers() else [*map(function, chunks)]

    # ---- the flat vector -----------------------------------------------------------------------

    @property
    def parameters(self) -> Vector:
        """All weights, then all biases; assigning writes into it."""
        return self._parameters

    @parameters.setter
    def parameters(self, value: ArrayLike) -> None:
        if np.shape(value) != self._parameters.shape:
            raise ValueError(
                f"parameters must have the shape {self._parameters.shape}, "
                f"but the new ones have {np.shape(value)}."
            )
        self._parameters[...] = value

    @property
    def weights(self) -> Vector:
        """All weights, a view: the first part of `parameters`."""
        return self._parameters[: self.n_weights]

    @property
    def biases(self) -> Vector:
        """All biases, a view: the last part of `parameters`."""
        return self._parameters[self.n_weights :]

    @property
    def sizes(self) -> list[int]:
        """Numbers of neurons, inputs first: [784, 30, 10]."""
        return [math.prod(shape) for shape in (self.input_shape, *self._output_shapes())]

    @property
    def output_shape(self) -> tuple[int, ...]:
        """The shape of one output."""
        return self.layers[-1].output_shape

    def _output_shapes(self) -> list[tuple[int, ...]]:
        return [layer.output_shape for layer in self.layers]

    def _connect(self) -> None:
        shape = self.input_shape
        for n, layer in enumerate(self.layers, start=1):
            try:
                shape = layer.connect(shape)
            except ValueError as error:
                raise ValueError(f"layer {n}, {layer!r}: {error}") from None
        if len(shape) != 1:
            raise ValueError(
                f"the last layer, {self.layers[-1]!r}, gives outputs of shape {shape}, but a cost "
                "needs a row of numbers: end with a layer such as Dense(10)."
            )
        self.layers[0].needs_input_gradient = False
        self.cost.check(self.layers[-1].activation)

    def _allocate(self) -> None:
        """One vector for parameters, one for gradients; each layer gets its views."""
        weighted = [layer for layer in self.layers if isinstance(layer, WeightedLayer)]
        shapes = [layer.weight_shape for layer in weighted]
        n_biases = [shape[0] for shape in shapes]
        self.n_weights = sum(math.prod(shape) for shape in shapes)
        self._parameters = np.zeros(self.n_weights + sum(n_biases), self.dtype)
        self.gradient = np.zeros_like(self._parameters)
        w, b = 0, self.n_weights
        for layer, shape, size in zip(weighted, shapes, n_biases, strict=True):
            weights, biases = slice(w, w := w + math.prod(shape)), slice(b, b := b + size)
            layer.attach(
                self._parameters[weights].reshape(shape),
                self._parameters[biases],
                self.gradient[weights].reshape(shape),
                self.gradient[biases],
            )

    # ---- copies --------------------------------------------------------------------------------

    def copy(self) -> Network:
        """An independent network with the same layers and parameters, without its history."""
        return self.astype(self.dtype)

    def astype(self, dtype: Any) -> Network:
        """A copy that computes in another float type, such as numpy.float64."""
        new = object.__new__(Network)
        new.__setstate__({**self.__getstate__(), "dtype": door.float_dtype(dtype), "history": None})
        return new

    def __getstate__(self) -> dict[str, Any]:
        return {
            "layers": [layer.fresh() for layer in self.layers],
            "input_shape": self.input_shape,
            "cost": self.cost,
            "dtype": self.dtype,
            "parameters": self._parameters.copy(),
            "history": self.history,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Views do not survive copying and pickling: allocate anew, then fill in."""
        self.layers = [layer.fresh() for layer in state["layers"]]
        self.input_shape, self.cost = state["input_shape"], state["cost"]
        self.dtype, self.history = state["dtype"], state["history"]
        self._connect()
        self._allocate()
        self.parameters = state["parameters"]

    # ---- to look at ----------------------------------------------------------------------------

    def __str__(self) -> str:
        rows = [("", "layer", "output", "parameters"), ("", "input", _shape(self.input_shape), "")]
        for n, layer in enumerate(self.layers, start=1):
            count = f"{layer.n_parameters:,}"
            rows.append((str(n), repr(layer), _shape(layer.output_shape), count))
        rows.append(("", "total", "", f"{self._parameters.size:,}"))
        wide = [max(len(row[k]) for row in rows) for k in range(4)]
        return "\n".join(
            f"{n:>{wide[0]}}  {name:<{wide[1]}}  {shape:>{wide[2]}}  {count:>{wide[3]}}"
            for n, name, shape, count in rows
        )

    def __repr__(self) -> str:
        shape = self.input_shape[0] if len(self.input_shape) == 1 else self.input_shape
        return f"Network([{', '.join(map(str, [shape, *self.layers]))}], cost={self.cost!r})"


def _shape(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape))


def _through(layers: Sequence[Layer], a: np.ndarray) -> np.ndarray:
    for layer in layers:
        a = layer.predict(a)
    return a


def _classes(outputs: Rows) -> Labels:
    return (outputs[:, 0] > 0.5).astype(int) if outputs.shape[1] == 1 else outputs.argmax(axis=1)


def _are_classes(y: Rows) -> bool:
    """One yes or no, or one-hot rows; four bits are not classes."""
    return bool(np.all((y == 0) | (y == 1)) and (y.shape[1] == 1 or np.all(y.sum(axis=1) == 1)))
