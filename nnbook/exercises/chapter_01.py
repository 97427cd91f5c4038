"""Checkers of chapter 01: perceptrons, gates, adders, scaling, the learning rule, XOR."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any, cast

import numpy as np

from nnbook.exercises import gates
from nnbook.exercises.answer import Unreadable, difference, numbers, show
from nnbook.exercises.attempt import Attempt, Raised, Trial, where
from nnbook.exercises.judge import Checkers, Mistake, Wrong

checks = Checkers()
CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
NARROW = np.array([[1.0, 0.95], [1.0, 1.05], [-1.0, -1.05], [-1.0, -0.95]])


def fires(w: np.ndarray, b: Any, x: np.ndarray) -> np.ndarray:
    """Outputs of step neurons: W (n_out, n_in) or w (n_in,), inputs x (n, n_in) as rows."""
    return np.asarray(x @ w.T + b > 0).astype(int)


def read(part: Any, name: str, shape: tuple[int, ...]) -> np.ndarray:
    """One part of an answer as an array of that shape, or Wrong with its name."""
    try:
        array = numbers(part)
    except Unreadable as problem:
        raise Wrong(f"`{name}` {problem}.") from None
    if array.size == 1:  # a single number is fine for one neuron
        array = array.reshape((1,) * len(shape)) if np.prod(shape) == 1 else array
    if array.shape != shape:
        raise Wrong(f"`{name}` has the shape {array.shape}, but {shape} is asked for.")
    if not np.isfinite(array).all():
        raise Wrong(f"`{name}` is {show(part)}: every part must be an ordinary number.")
    return array


def neuron(answer: Any, n: int) -> tuple[np.ndarray, float]:
    """The weights (n,) and the bias out of a pair, or Wrong."""
    if not isinstance(answer, (tuple, list)) or len(answer) != 2:
        raise Wrong(f"A pair `(w, b)` is asked for: {n} weight{'s' * (n > 1)} and one bias.")
    return read(answer[0], "w", (n,)), float(read(answer[1], "b", (1,))[0])


@checks("1.1")
def perceptron(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n in (1, 2, 3, 4, 5, 6):
        w, x = rng.integers(-4, 5, size=n), rng.integers(0, 3, size=n)
        for b in (-int(w @ x), -int(w @ x) + 1, -int(w @ x) - 1, int(rng.integers(-9, 10))):
            expected = int(w @ x + b > 0)
            yield attempt.trial(expected, 0, w=w.tolist(), b=b, x=x.tolist())
            yield attempt.trial(expected, 0, w=w / 2, b=b / 2, x=x)


@checks("1.2")
def biases(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    given = "the thresholds 5, 3, 0, −1"
    yield Trial(attempt.value, np.negative([5, 3, 0, -1]), given)


@checks("1.3")
def nand_gate(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    w, b = neuron(attempt.value, 2)
    if (*w, b) == (-2, -2, 3):
        attempt.note = "These are the numbers of the text; can you find others?"
    for x in CORNERS:
        yield Trial(fires(w, b, x), int(not x.all()), f"the input {tuple(x.tolist())}")


@checks("1.4")
def at_least(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for n in (1, 2, 3, 5):
        for k in range(1, n + 1):
            w, b = neuron(attempt.call(k=k, n=n), n)
            for x in map(np.array, itertools.product((0, 1), repeat=n)):
                given = f"k = {k}, n = {n} and the input {x.tolist()}"
                z = float(w @ x) + b
                if x.sum() == k and z < 0:
                    told = f"For {given} the sum is {z:g}. k inputs are 1, so it must be above 0."
                    raise Wrong(told)
                yield Trial(fires(w, b, x), int(x.sum() >= k), given)


def adder(attempt: Attempt, inputs: list[str]) -> Iterator[Trial]:
    """All rows of an adder of so many bits; Wrong if anything but NAND made the outputs."""
    signals: dict[str, Any] = dict(zip(inputs, gates.inputs(len(inputs)), strict=True))
    try:
        result = attempt.call(**signals, nand=gates.nand)
    except gates.Misused as misused:
        raise Wrong(
            f"Your function uses Python's `{misused}` on a bit{where(misused)}. Here the bits are "
            "signals: nothing can be done with them but to feed them to `nand`."
        ) from None
    if isinstance(result, np.ndarray):
        result = result.tolist()
    if not isinstance(result, (tuple, list)) or len(result) != 2:
        raise Wrong(
            f"The pair `(sum, carry)` is asked for, but your function gives {show(result)}."
        )
    for part, name in zip(result, ("sum", "carry"), strict=True):
        if not isinstance(part, gates.Signal):
            raise Wrong(f"Your {name} is {show(part)}. It must come out of a `nand` gate.")
    columns = [gates.bits(part).tolist() for part in result]
    rows = itertools.product((0, 1), repeat=len(inputs))
    for bits, *got in zip(rows, *columns, strict=True):
        carry, low = divmod(sum(bits), 2)
        yield Trial(tuple(got), (low, carry), dict(zip(inputs, bits, strict=True)), 0)


@checks("1.5")
def half_adder(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    yield from adder(attempt, ["x1", "x2"])


def run(weights: list[np.ndarray], biases: list[np.ndarray], x: np.ndarray) -> np.ndarray:
    """The last outputs of a network of perceptrons for one input x (n_in,)."""
    for W, b in zip(weights, biases, strict=True):
        x = fires(W, b, x)
    return x


@checks("1.6")
def same_output(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for c, sizes in itertools.product((2, 0.25, 10, -1, -3, 0), ([3, 1], [2, 3, 1], [3, 4, 4, 2])):
        for _ in range(4):
            shapes = list(zip(sizes[1:], sizes[:-1], strict=True))
            weights = [rng.integers(-3, 4, size=shape).astype(float) for shape in shapes]
            biases = [rng.integers(-3, 4, size=n).astype(float) for n in sizes[1:]]
            x = rng.integers(0, 2, size=sizes[0])
            scaled = run([c * W for W in weights], [c * b for b in biases], x)
            same = np.array_equal(run(weights, biases, x), scaled)
            try:
                yield attempt.trial(same, 0, weights=weights, biases=biases, c=c, x=x)
            except Raised as error:
                tip = " `weights` and `biases` are lists: multiply each array in them by c."
                lists = error.has("matmul", "not aligned", "zip()")
                raise Raised(str(error) + tip * lists, error.error) from None


@checks("1.7")
def update(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    for y in (0, 1, 0, 1, 0, 1):
        w, x = rng.integers(-4, 5, size=3) / 2, rng.integers(0, 3, size=3).astype(float)
        for z in (2, -2, 0):  # halves are exact, so that 0 is 0
            b = z - float(w @ x)
            rate = float(rng.uniform(0.1, 0.9))
            error = y - int(z > 0)
            expected = (w + rate * error * x, b + rate * error)
            yield attempt.trial(expected, w=w, b=b, x=x, y=y, learning_rate=rate)


@checks("1.8")
def learn(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    tables = [CORNERS.all(axis=1), CORNERS.any(axis=1), ~CORNERS.all(axis=1)]
    problems = [(CORNERS.astype(float), table.astype(int)) for table in tables]
    for _ in range(3):
        angle, offset = rng.uniform(0, 2 * np.pi), rng.uniform(0.3, 0.6)
        X = rng.uniform(-1, 1, size=(200, 2))
        side = X @ [np.cos(angle), np.sin(angle)] - offset
        X, side = X[np.abs(side) > 0.1][:40], side[np.abs(side) > 0.1][:40]
        problems.append((X, (side > 0).astype(int)))
    problems.append((NARROW, np.array([0, 1, 0, 1])))
    trials, biases, weighed = [], [], False
    for X, y in problems:
        try:
            w, b = neuron(attempt.call(X=X, y=y), 2)
        except Raised as error:
            tip = " Does each step go the right way? w moves by (y − a)·x and b by (y − a)."
            raise Raised(str(error) + tip * ("never ends" in str(error))) from None
        outputs = fires(w, b, X)
        mistakes = int((outputs != y).sum())
        biases.append(b)
        weighed = weighed or bool(w.any())
        words = f"With your w and b the perceptron still gets {mistakes} of {len(y)} points wrong."
        if X is NARROW:
            words += " The gap between the two kinds is narrow: this needs hundreds of rounds."
        trials.append(Trial(outputs, y, f"{len(y)} points", words=words))
    if weighed and not any(biases) and any(difference(one.got, one.expected) for one in trials):
        raise Mistake("no bias")
    yield from trials


@checks("1.9")
def xor(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    from nnbook import Dense, Network, step

    if isinstance(attempt.value, Network):
        network = attempt.value
        if network.input_shape != (2,) or network.output_shape != (1,):
            raise Wrong("The network must have two inputs and one output: `Network([2, h, 1])`.")
        outputs = network.predict(CORNERS.astype(network.dtype))[:, 0]
        if difference(outputs, CORNERS[:, 0] ^ CORNERS[:, 1], 0.1):
            if any(getattr(one, "activation", step) is not step for one in network.layers):
                raise Wrong(NOT_STEP)
            if np.array_equal(network.parameters, Network(network.sizes).parameters):
                raise Wrong("The weights are still random: set `layer.W` and `layer.b` of each.")
        told = ""
        if len(network.layers) == 2 and all(isinstance(one, Dense) for one in network.layers):
            first, last = (cast(Dense, one) for one in network.layers)
            told = verdict(fires(first.W, first.b, CORNERS), last.W, last.b, attempt)
    elif isinstance(attempt.value, (tuple, list)) and len(attempt.value) == 4:
        W1, b1, W2, b2 = attempt.value
        h = np.shape(W1)[0] if np.ndim(W1) else 1
        hidden = fires(read(W1, "W1", (h, 2)), read(b1, "b1", (h,)), CORNERS)
        W2 = np.reshape(W2, (1, h)) if np.shape(W2) == (h,) else W2
        W2, b2 = read(W2, "W2", (1, h)), read(b2, "b2", (1,))
        outputs = fires(W2, b2, hidden)[:, 0]
        told = verdict(hidden, W2, b2, attempt)
    else:
        raise Wrong("Hand in four parts, `(W1, b1, W2, b2)`, or a `Network([2, h, 1])`.")
    for x, output in zip(CORNERS.tolist(), outputs, strict=True):
        yield Trial(output, x[0] ^ x[1], f"the input {tuple(x)}", tolerance=0.1, words=told)


NOT_STEP = (
    "The neurons of this network are not step neurons. "
    "Make it with `Network([2, h, 1], activation=step)`."
)


def verdict(hidden: np.ndarray, W2: np.ndarray, b2: np.ndarray, attempt: Attempt) -> str:
    """What to say if the last neuron is wrong; `hidden` (4, h) are the outputs for the corners.

    Raises Wrong where a foreseen mistake would be told though its advice does not fit.
    """
    z = (hidden @ W2.T + b2)[:, 0]
    outputs, said = z > 0, [tuple(row) for row in hidden.tolist()]
    as_in_text = sorted(map(tuple, hidden.T.tolist())) == [(0, 1, 1, 1), (1, 1, 1, 0)]
    if as_in_text:
        attempt.note = "OR and NAND are the pair of the text; can you find another one?"
    seen = "For (0, 0), (0, 1), (1, 0), (1, 1) the hidden neurons say " + ", ".join(map(str, said))
    if {said[0], said[3]} & {said[1], said[2]}:
        seen += ": the same for two inputs whose answers must differ. Move a hidden line."
    else:
        seen += ". From these the last neuron must make 0, 1, 1, 0; change `W2` or `b2`."
    if outputs.all() and not as_in_text:
        raise Wrong(f"Your output is always 1. {seen}")
    if not outputs.any() and not (as_in_text and z.max() == 0):
        raise Wrong(f"Your output is always 0. {seen}")
    return f"Your outputs are {outputs.astype(int).tolist()} instead of [0, 1, 1, 0]. {seen}"


@checks("1.10")
def truth_tables(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    weights = itertools.product((-1, 0, 1), (-1, 0, 1), (-1.5, -0.5, 0.5, 1.5))
    tables = {tuple(fires(np.array([v, w]), b, CORNERS).tolist()) for v, w, b in weights}
    try:
        numbers(attempt.value)
    except Unreadable as problem:
        raise Wrong(f"Your answer {problem}. Hand in one number.") from None
    yield Trial(attempt.value, len(tables), "", 0, "Not that number. Which of the 16 can be cut?")


@checks("1.11")
def full_adder(attempt: Attempt, rng: np.random.Generator) -> Iterator[Trial]:
    yield from adder(attempt, ["x1", "x2", "carry"])
