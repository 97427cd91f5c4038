"""One epoch of 784-30-10 and 784-100-10 against other programs doing the same mathematics.

    python tests/benchmarks/epoch.py [--rounds 3] [--json FILE]

50,000 random images of 784 pixels, mini-batches of 10, sigmoid, quadratic cost, float32. The
programs run in turn in one process, the package and PyTorch at the better of one and two threads
each; figures are medians over the rounds, and the ratios are taken within each round.
"""

from __future__ import annotations

import argparse
import itertools
import json
import platform
import statistics
import time
import warnings
from collections.abc import Callable

import numpy as np
from threadpoolctl import threadpool_limits

from nnbook import SGD, Dataset, Network, naive, train

N, BATCH, RATE = 50_000, 10, 0.5


def nnbook_epoch(data: Dataset, hidden: int, threads: int) -> float:
    network = Network([784, hidden, 10], rng=0)
    with threadpool_limits(threads):
        start = time.perf_counter()
        for _ in train(network, data, epochs=1, batch_size=BATCH, optimizer=SGD(RATE), rng=0):
            pass
        return time.perf_counter() - start


def naive_epoch(data: Dataset, hidden: int, share: int = 10) -> float:
    """The book's loop over examples, in float64 as there; a tenth of an epoch, times ten."""
    rng = np.random.default_rng(0)
    sizes = [784, hidden, 10]
    weights = [rng.standard_normal((o, i)) for i, o in itertools.pairwise(sizes)]
    biases = [rng.standard_normal(o) for o in sizes[1:]]
    x, y = data[: N // share].x(), data[: N // share].y()
    with threadpool_limits(1):
        start = time.perf_counter()
        for at in range(0, len(x), BATCH):
            naive.update_mini_batch(weights, biases, x[at : at + BATCH], y[at : at + BATCH], RATE)
        return share * (time.perf_counter() - start)


def sklearn_epoch(data: Dataset, hidden: int, threads: int) -> float:
    """MLPClassifier cannot do the quadratic cost: logistic units, log-loss, plain SGD, alpha 0."""
    from sklearn.neural_network import MLPClassifier

    model = MLPClassifier(
        (hidden,), activation="logistic", solver="sgd", alpha=0.0, batch_size=BATCH, momentum=0,
        learning_rate_init=RATE, max_iter=1, random_state=0,
    )  # fmt: skip
    x, labels = data.x(), data.labels
    with threadpool_limits(threads), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        start = time.perf_counter()
        model.fit(x, labels)
        return time.perf_counter() - start


def torch_epoch(data: Dataset, hidden: int, threads: int) -> float:
    import torch

    torch.set_num_threads(threads)
    torch.manual_seed(0)
    model = torch.nn.Sequential(
        torch.nn.Linear(784, hidden),
        torch.nn.Sigmoid(),
        torch.nn.Linear(hidden, 10),
        torch.nn.Sigmoid(),
    )
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE)
    x, y = torch.from_numpy(data.x()), torch.from_numpy(data.y())
    start = time.perf_counter()
    order = torch.randperm(N)
    for at in range(0, N, BATCH):
        index = order[at : at + BATCH]
        optimizer.zero_grad()
        loss = 0.5 * ((model(x[index]) - y[index]) ** 2).sum() / BATCH
        loss.backward()
        optimizer.step()
    return time.perf_counter() - start


def programs(data: Dataset, hidden: int) -> dict[str, Callable[[], float]]:
    found: dict[str, Callable[[], float]] = {
        "nnbook": lambda: min(nnbook_epoch(data, hidden, t) for t in (1, 2)),
        "naive loop": lambda: naive_epoch(data, hidden),
        "scikit-learn": lambda: min(sklearn_epoch(data, hidden, t) for t in (1, 2)),
    }
    try:
        import torch  # noqa: F401

        found["PyTorch"] = lambda: min(torch_epoch(data, hidden, t) for t in (1, 2))
    except ImportError:
        print("PyTorch is not installed: its column is left out.")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", default="")
    options = parser.parse_args()
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (N, 28, 28), dtype=np.uint8)
    data = Dataset(images, rng.integers(0, 10, N), name="random images")
    report: dict[str, object] = {"numpy": np.__version__, "machine": platform.processor()}
    for hidden in (30, 100):
        times: dict[str, list[float]] = {}
        for _ in range(options.rounds):
            for name, run in programs(data, hidden).items():
                times.setdefault(name, []).append(run())
        print(f"784-{hidden}-10, one epoch of {N:,} images, median of {options.rounds}")
        for name, seconds in times.items():
            pairs = zip(seconds, times["nnbook"], strict=True)
            ratio = statistics.median(other / ours for other, ours in pairs)
            print(f"  {name:<14}{statistics.median(seconds):7.2f} s   {ratio:5.1f} times nnbook")
            report[f"784-{hidden}-10 {name}"] = {"seconds": seconds, "ratio": ratio}
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(report, file, indent=1)


if __name__ == "__main__":
    main()
