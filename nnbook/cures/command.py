"""Measure the cures of chapter 08 again: 7 starts, 8 learning rates, 3 seeds, 10 epochs each.

It takes about twenty minutes of one processor. What is finished stands in the table, so an
interrupted measurement goes on.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from nnbook.cures import measure
from nnbook.cures.table import Run, best_rate, read, write
from nnbook.data import load_mnist
from nnbook.folders import user_folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--table", type=Path, help="the file to write (default: your own folder)")


def run(arguments: argparse.Namespace) -> int:
    """Run what the table lacks, print the best of each cure; 1 without MNIST."""
    digits = load_mnist()
    if not digits.is_mnist:
        print("The measurement needs MNIST: run `python -m nnbook data` first.", file=sys.stderr)
        return 1
    table = arguments.table or user_folder() / "cures.csv"
    table.parent.mkdir(parents=True, exist_ok=True)
    runs = read(table) if table.exists() else []
    finished = {(one.cure, one.learning_rate, one.seed) for one in runs}
    for name, cure in measure.CURES.items():
        for rate in measure.RATES:
            for seed in measure.SEEDS:
                if (name, rate, seed) in finished:
                    continue
                runs.append(Run(name, rate, seed, list(measure.run(cure, digits, rate, seed))))
                runs.sort(key=_place)
                write(table, runs)
        best = best_rate(name, runs)
        ends = [one.validation for one in runs if (one.cure, one.learning_rate) == (name, best)]
        print(f"{name}: {', '.join(f'{end:.2%}' for end in ends)} with η = {best:g}", flush=True)
    print(f"All runs are in {table}.")
    return 0


def _place(one: Run) -> tuple[int, float, int]:
    """Where a run stands in the table."""
    return list(measure.CURES).index(one.cure), one.learning_rate, one.seed
