"""Run experiments of the book again, with all their seeds, and store what came out.

Results go to your own folder; a maintainer who runs `--ledger nnbook/tables/ledger.json` in a
checkout writes those that come with the package.
"""

from __future__ import annotations

import argparse
import datetime
import importlib.metadata
import json
import platform
import sys
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np

import nnbook
from nnbook import files, published
from nnbook.data import Digits, load_mnist
from nnbook.experiments import EXPERIMENTS, Place
from nnbook.experiments.chapter_6 import CHAPTER_6
from nnbook.folders import user_folder


def reproduce(
    number: str, digits: Digits, seed: int | None, folder: Path, *, so_far: bool = False
) -> tuple[published.Result, np.ndarray | None]:
    """Run row `number` once; checkpoints of long runs go to `folder`, and a run goes on from them.

    With `so_far` it only takes stock of what a run with checkpoints has reached. Returns the
    result, and the predicted classes of the test images where the row keeps them. KeyError if
    it cannot be run, ValueError unless `digits` is MNIST; FileNotFoundError if nothing is there
    so far, ValueError if the row keeps no checkpoints.
    """
    if number not in EXPERIMENTS:
        raise KeyError(f"Row {number!r} cannot be run. These can: {', '.join(EXPERIMENTS)}.")
    if not digits.is_mnist:
        raise ValueError(
            "The book's numbers are about MNIST, but there are only other digits here."
        )
    if so_far and number not in CHAPTER_6:
        raise ValueError(f"Row {number} takes minutes and keeps no checkpoints: run it whole.")
    start = time.process_time()
    outcome = EXPERIMENTS[number](digits, seed, Place(folder, f"{number}-{seed}", so_far))
    result = published.Result(
        row=number,
        seed=seed,
        value=outcome.value,
        curve=[round(value, 6) for value in outcome.curve],
        details={name: round(value, 6) for name, value in outcome.details.items()},
        seconds=round(outcome.seconds or time.process_time() - start, 2),
        versions=_versions(),
        date=datetime.date.today().isoformat(),
    )
    return result, outcome.predictions


def _versions() -> dict[str, str]:
    return {
        "nnbook": nnbook.__version__,
        "numpy": np.__version__,
        "scikit-learn": importlib.metadata.version("scikit-learn"),
        "python": platform.python_version(),
        "machine": platform.machine(),
    }


def store(result: published.Result, predictions: np.ndarray | None, path: Path) -> None:
    """Write `result` into the file `path`, in place of an older one of the same row and seed.

    Predictions go to the folder `predictions` beside it.
    """
    kept = [
        record
        for record in published.read_results(path)
        if (record["row"], record["seed"]) != (result.row, result.seed)
    ]
    records = sorted([*kept, asdict(result)], key=_order)
    path.parent.mkdir(parents=True, exist_ok=True)
    if predictions is not None:
        beside = published.predictions_file(path, result.row, result.seed)
        beside.parent.mkdir(exist_ok=True)
        np.savez_compressed(beside, classes=predictions.astype(np.uint8))
    text = "[\n" + ",\n".join(json.dumps(record) for record in records) + "\n]\n"
    files.replace(path, text.encode())


def _order(record: dict[str, object]) -> tuple[object, ...]:
    order = list(published.rows())
    seed = record["seed"]
    return (order.index(str(record["row"])), -1 if seed is None else seed)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("rows", nargs="*", metavar="ROW", help="rows of the table, such as 1.1")
    parser.add_argument("--seeds", type=int, nargs="+", help="other seeds than the fixed ones")
    parser.add_argument("--ledger", type=Path, help="the file to store results in")
    parser.add_argument(
        "--so-far", action="store_true", help="train no further: what the checkpoints hold by now"
    )
    parser.add_argument("--checkpoints", type=Path, help="the folder where long runs are kept")


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
    folder = arguments.checkpoints or user_folder() / "checkpoints"
    results: dict[str, list[published.Result]] = {}
    for number in arguments.rows:
        seeds = published.CRITERIA[number].seeds
        for seed in arguments.seeds if arguments.seeds and seeds != (None,) else seeds:
            try:
                result, predictions = reproduce(
                    number, digits, seed, folder, so_far=arguments.so_far
                )
            except (FileNotFoundError, ValueError) as error:
                if not arguments.so_far:
                    raise
                print(f"{number}: {error}", file=sys.stderr)
                return 2
            results.setdefault(number, []).append(result)
            name = "" if seed is None else f" seed {seed}:"
            value = published.shown(published.row(number), result)
            print(f"{number}{name} {value} in {result.seconds:.1f} s", flush=True)
            try:
                store(result, predictions, path)
            except OSError as error:
                print(f"It could not be stored in {path}: {error.strerror}.", file=sys.stderr)
    verdicts = {number: published.agrees(number, runs) for number, runs in results.items()}
    for number, verdict in verdicts.items():
        judged = {True: "agrees", False: "does not agree", None: "not all of it was run"}
        print(f"{number} book {published.row(number).published}: {judged[verdict]}")
    return 1 if False in verdicts.values() else 0
