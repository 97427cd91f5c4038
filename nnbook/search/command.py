"""Run the hyper-parameter study of chapter 06 again: 3 samplers, 5 repeats, 30 trials each.

It takes about ten minutes of one processor. What is finished is kept in a journal in your own
folder, so an interrupted study goes on; the table of all trials is written in the end.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from nnbook.data import load_mnist
from nnbook.folders import user_folder
from nnbook.search.digits import SPACE, DigitsObjective
from nnbook.search.samplers import SAMPLERS
from nnbook.search.study import search
from nnbook.search.table import REPEATS, TRIALS, write


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--workers", type=int, default=1, help="trials at once (default: 1)")
    parser.add_argument("--table", type=Path, help="the file to write (default: your own folder)")


def run(arguments: argparse.Namespace) -> int:
    """Run what is missing, print the best of each search, write the table; 1 without MNIST."""
    digits = load_mnist()
    if not digits.is_mnist:
        print("The study needs MNIST: run `python -m nnbook data` first.", file=sys.stderr)
        return 1
    folder = user_folder()
    folder.mkdir(parents=True, exist_ok=True)
    searches = []
    for sampler in SAMPLERS:
        for repeat in range(REPEATS):
            results = search(
                DigitsObjective(digits, seed=repeat),
                SPACE,
                n_trials=TRIALS,
                sampler=sampler,
                seed=repeat,
                storage=folder / "study.journal",
                workers=arguments.workers,
            )
            best = results.best
            print(
                f"{sampler}, repeat {repeat}: {best.value:.2%} in trial {best.number}", flush=True
            )
            searches.append((sampler, repeat, results))
    table = arguments.table or folder / "search.csv"
    write(table, searches)
    print(f"All trials are in {table}.")
    return 0
