"""Run experiments of the book again, with all their seeds, and store what came out.

Results go to your own folder; a maintainer who runs `--ledger nnbook/tables/ledger.json` in a
checkout writes those that come with the package.
"""

from __future__ import annotations

import argparse
import datetime
import importlib.metadata
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

import nnbook
from nnbook import initializers, published
from nnbook.baselines import Darkness, svm_accuracy
from nnbook.costs import COSTS
from nnbook.data import Digits, load_mnist
from nnbook.fitting import fit
from nnbook.network import Network
from nnbook.optimizers import SGD
from nnbook.regularizers import L2
from nnbook.training import Diverged

Run = Callable[[Digits, int | None], list[float]]


@dataclass(frozen=True)
class Experiment:
    """How one row is run: to the accuracies after each epoch. `final` picks the row's value."""

    run: Run
    final: Callable[[list[float]], float] = max


def last(curve: list[float]) -> float:
    """The value after the last epoch."""
    return curve[-1]


def network_run(number: str) -> Run:
    """Train the network of a published row exactly as its columns say."""
    row = published.row(number)

    def run(digits: Digits, seed: int | None) -> list[float]:
        rng = np.random.default_rng(seed)
        network = Network(
            [int(size) for size in row.network.split("-")],
            cost=COSTS[row.cost](),
            initializer=initializers.INITIALIZERS[row.init],
            rng=rng,
        )
        part = {"test accuracy": "test", "validation accuracy": "validation"}[row.measured_on]
        strength = float(row.lambda_)
        try:
            history = fit(
                network,
                digits.training[: int(row.training_images)],
                epochs=int(row.epochs),
                batch_size=int(row.batch),
                optimizer=SGD(float(row.eta)),
                regularizer=L2(strength) if strength else None,
                rng=rng,
                monitor={part: getattr(digits, part)},
            )
        except Diverged:
            curve = network.history.accuracy(part) if network.history else []
            return [*curve, network.accuracy(getattr(digits, part))]
        return history.accuracy(part)

    return run


EXPERIMENTS: dict[str, Experiment] = {
    "1.1": Experiment(network_run("1.1")),
    "1.2": Experiment(network_run("1.2")),
    "1.3": Experiment(network_run("1.3"), final=last),
    "1.4": Experiment(network_run("1.4"), final=last),
    "1.6a": Experiment(lambda d, _: [Darkness(d.training).accuracy(d.test)]),
    "1.6b": Experiment(lambda d, _: [svm_accuracy(d.training, d.test)]),
}


def reproduce(number: str, digits: Digits, seed: int | None) -> published.Result:
    """Run row `number` once; KeyError if it cannot be run, ValueError unless `digits` is MNIST."""
    if number not in EXPERIMENTS:
        raise KeyError(f"Row {number!r} cannot be run. These can: {', '.join(EXPERIMENTS)}.")
    if not digits.is_mnist:
        raise ValueError(
            "The book's numbers are about MNIST, but there are only other digits here."
        )
    experiment, start = EXPERIMENTS[number], time.perf_counter()
    curve = experiment.run(digits, seed)
    return published.Result(
        row=number,
        seed=seed,
        value=experiment.final(curve),
        curve=[round(value, 4) for value in curve],
        seconds=round(time.perf_counter() - start, 2),
        versions=_versions(),
        date=datetime.date.today().isoformat(),
    )


def _versions() -> dict[str, str]:
    return {
        "nnbook": nnbook.__version__,
        "numpy": np.__version__,
        "scikit-learn": importlib.metadata.version("scikit-learn"),
        "python": platform.python_version(),
        "machine": platform.machine(),
    }


def store(result: published.Result, path: Path) -> None:
    """Write `result` into the file `path`, in place of an older one of the same row and seed."""
    kept = [
        record
        for record in published.read_results(path)
        if (record["row"], record["seed"]) != (result.row, result.seed)
    ]
    records = sorted([*kept, asdict(result)], key=_order)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write("[\n" + ",\n".join(json.dumps(record) for record in records) + "\n]\n")
        os.replace(name, path)
    except OSError:
        os.unlink(name)
        raise


def _order(record: dict[str, object]) -> tuple[object, ...]:
    order = list(published.rows())
    seed = record["seed"]
    return (order.index(str(record["row"])), -1 if seed is None else seed)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("rows", nargs="*", metavar="ROW", help="rows of the table, such as 1.1")
    parser.add_argument("--seeds", type=int, nargs="+", help="other seeds than the fixed ones")
    parser.add_argument("--ledger", type=Path, help="the file to store results in")


def run(arguments: argparse.Namespace) -> int:
    """Run the rows and print a line for each seed; 1 if a row does not agree with the book."""
    if not arguments.rows:
        print("Which rows? These can be run:\n")
        for number in EXPERIMENTS:
            row = published.row(number)
            print(f"  {number:<5} {row.what}: {row.network}; book {row.published}")
        return 2
    unknown = [number for number in arguments.rows if number not in EXPERIMENTS]
    if unknown:
        print(
            f"Row {unknown[0]} cannot be run. These can: {', '.join(EXPERIMENTS)}.", file=sys.stderr
        )
        return 2
    digits = load_mnist()
    if not digits.is_mnist:
        print("The book's numbers need MNIST: run `python -m nnbook data` first.", file=sys.stderr)
        return 1
    path = arguments.ledger or published.own_results()
    verdicts = []
    for number in arguments.rows:
        results = []
        seeds = published.CRITERIA[number].seeds
        for seed in arguments.seeds if arguments.seeds and seeds != (None,) else seeds:
            result = reproduce(number, digits, seed)
            results.append(result)
            name = "" if seed is None else f" seed {seed}:"
            print(f"{number}{name} {result.value:.2%} in {result.seconds:.1f} s", flush=True)
            try:
                store(result, path)
            except OSError as error:
                print(f"It could not be stored in {path}: {error.strerror}.", file=sys.stderr)
        verdicts.append(published.agrees(number, results))
        judged = {True: "agrees", False: "does not agree", None: "not all its seeds were run"}
        print(
            f"{number} book {published.row(number).published}: {judged[verdicts[-1]]}", flush=True
        )
    return 1 if False in verdicts else 0
