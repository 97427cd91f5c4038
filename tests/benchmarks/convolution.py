"""Convolutional networks against PyTorch doing the same mathematics, training and prediction.

    python tests/benchmarks/convolution.py [--rounds 10] [--json FILE]

Images of 28×28 random pixels, softmax and log-likelihood, sigmoid neurons, plain SGD, mini-batches
of 10, float32. Both programs run in turn in one process, each with one and with two threads, and
PyTorch with both layouts of its images; each side's best stands in the table, as the lowest time
over the rounds, because other programs on the machine only ever add to it. Before each run is a
pause: the threads of the program before keep their processors busy for a while, waiting for work.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from nnbook import (
    SGD,
    Activation,
    Conv,
    Dense,
    Dropout,
    LogLikelihood,
    MaxPool,
    Network,
    scaled,
    sigmoid,
    softmax,
)
from nnbook.training import descend

BATCH, RATE, MANY = 10, 0.1, 1000
PAUSE = 0.25  # seconds
NETWORKS: dict[str, list[Any]] = {  # C: maps of 5×5 windows, P: max-pool 2, D: dropout, F: neurons
    "C20-P-FC100-S10": ["C20", "P", "F100"],
    "C20-P-C40-P-FC100-S10": ["C20", "P", "C40", "P", "F100"],
    "C20-P-C40-P-FC1000-FC1000-S10, dropout": [
        "C20", "P", "C40", "P", "D", "F1000", "D", "F1000", "D",
    ],
}  # fmt: skip
Timed = Callable[[], float]


def ours(plan: list[str]) -> Network:
    layers: list[Any] = [(28, 28, 1)]
    for item in plan:
        kind, size = item[0], int(item[1:] or 0)
        layers += {
            "C": lambda size=size: [Conv(size, 5)],
            "P": lambda: [MaxPool(2), Activation(sigmoid)],
            "D": lambda: [Dropout(0.5)],
            "F": lambda size=size: [Dense(size)],
        }[kind]()
    return Network([*layers, Dense(10, softmax)], cost=LogLikelihood(), initializer=scaled)


def theirs(plan: list[str]) -> Any:
    from torch import nn

    layers: list[Any] = []
    channels, width = 1, 28
    for item in plan:
        kind, size = item[0], int(item[1:] or 0)
        if kind == "C":
            layers.append(nn.Conv2d(channels, size, 5))
            channels, width = size, width - 4
        elif kind == "P":
            layers += [nn.MaxPool2d(2), nn.Sigmoid()]
            width //= 2
        elif kind == "D":
            layers.append(nn.Dropout(0.5))
        else:
            if width:
                layers.append(nn.Flatten())
                channels, width = channels * width * width, 0
            layers += [nn.Linear(channels, size), nn.Sigmoid()]
            channels = size
    return nn.Sequential(*layers, nn.Linear(channels, 10))


def our_runs(plan: list[str], steps: int) -> dict[str, tuple[Timed, Timed]]:
    """For each number of threads: seconds of a training step, and of predicting `MANY` images."""
    network, optimizer = ours(plan), SGD(RATE)
    rng = np.random.default_rng(0)
    x = rng.random((BATCH, 784), dtype=np.float32)
    y = np.eye(10, dtype=np.float32)[rng.integers(0, 10, BATCH)]
    many = rng.random((MANY, 784), dtype=np.float32)

    def train(threads: int) -> float:
        with threadpool_limits(threads):
            return lowest(lambda: descend(network, x, y, 50_000, optimizer), steps)

    def predict(threads: int) -> float:
        with threadpool_limits(threads):
            return lowest(lambda: network.predict(many), 1)

    return {f"{t} threads": (lambda t=t: train(t), lambda t=t: predict(t)) for t in (1, 2)}


def their_runs(plan: list[str], steps: int) -> dict[str, tuple[Timed, Timed]]:
    """The same for PyTorch, with its two layouts of images."""
    import torch

    torch.manual_seed(0)
    runs: dict[str, tuple[Timed, Timed]] = {}
    for layout in (torch.contiguous_format, torch.channels_last):
        network = theirs(plan).to(memory_format=layout)
        optimizer = torch.optim.SGD(network.parameters(), lr=RATE)
        x = torch.rand(BATCH, 1, 28, 28).to(memory_format=layout)
        y = torch.randint(0, 10, (BATCH,))
        many = torch.rand(MANY, 1, 28, 28).to(memory_format=layout)

        def step(network=network, optimizer=optimizer, x=x, y=y) -> None:
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(network(x), y).backward()
            optimizer.step()

        def train(threads: int, network=network, step=step) -> float:
            torch.set_num_threads(threads)
            network.train()
            return lowest(step, steps)

        def predict(threads: int, network=network, many=many) -> float:
            torch.set_num_threads(threads)
            network.eval()
            with torch.inference_mode():
                return lowest(lambda: torch.softmax(network(many), 1), 1)

        for t in (1, 2):
            name = f"{t} threads, {str(layout).removeprefix('torch.')}"
            runs[name] = (lambda t=t, f=train: f(t), lambda t=t, f=predict: f(t))
    return runs


def lowest(run: Callable[[], Any], times: int) -> float:
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def multiplications(network: Network) -> float:
    """Multiplications and additions in the matrix products of one training example."""
    total = 0.0
    for n, layer in enumerate(network.layers):
        if layer.n_parameters:
            windows = math.prod(layer.output_shape[:-1])
            total += (2 if n == 0 else 3) * 2 * layer.W.size * windows
    return total


def matrix_rate() -> float:
    """The best rate of this machine for a large product of float32 matrices, per second."""
    a = np.ones((1500, 1500), np.float32)
    rates = []
    for threads in (1, 2):
        with threadpool_limits(threads):
            rates.append(2 * 1500**3 / lowest(lambda: a @ a, 5))
    return max(rates)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--json", default="")
    options = parser.parse_args()
    report: dict[str, Any] = {
        "numpy": np.__version__, "machine": platform.processor(), "cores": os.cpu_count(),
    }  # fmt: skip
    sides: dict[str, Callable[[list[str], int], dict[str, tuple[Timed, Timed]]]]
    sides = {"nnbook": our_runs}
    try:
        import torch

        sides["PyTorch"] = their_runs
        report["torch"] = torch.__version__
    except ImportError:
        print("PyTorch is not installed: its column is left out.")
    peak = matrix_rate()
    report["matrix products, 1/s"] = peak
    for title, plan in NETWORKS.items():
        runs = {side: make(plan, options.steps) for side, make in sides.items()}
        times: dict[tuple[str, str, int], float] = {}
        for _ in range(options.rounds):
            for side, kinds in runs.items():
                for name, pair in kinds.items():
                    for task in (0, 1):
                        key = (side, name, task)
                        time.sleep(PAUSE)
                        times[key] = min(times.get(key, math.inf), pair[task]())
        print(title)
        for task, what, images in ((0, "training", BATCH), (1, "prediction", MANY)):
            rates = {key[:2]: images / times[key] for key in times if key[2] == task}
            best = {side: max(r for key, r in rates.items() if key[0] == side) for side in runs}
            line = f"  {what:<11}" + "".join(f"{s} {r:>9,.0f} images/s   " for s, r in best.items())
            if "PyTorch" in best:
                line += f"ratio {best['nnbook'] / best['PyTorch']:.2f}   "
            if task == 0:
                share = best["nnbook"] * multiplications(ours(plan)) / peak
                line += f"{share:.0%} of the matrix rate"
            print(line)
            report[f"{title}, {what}"] = {f"{s}, {name}": r for (s, name), r in rates.items()}
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(report, file, indent=1)


if __name__ == "__main__":
    main()
