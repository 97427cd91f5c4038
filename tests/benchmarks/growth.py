"""Does time grow in proportion to the images, and memory not with the epochs?

    python tests/benchmarks/growth.py [--images 250000] [--json FILE] [--figure FILE]

The expanded training set of NNDL ch. 6 (each image and its four one-pixel shifts) is trained on
with 784-30-10, and with one convolution; each in a process of its own, so that its peak memory is
its own. Random images stand in for MNIST: the work is the same.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import time
from typing import Any

import numpy as np

from nnbook import (
    SGD,
    Activation,
    Conv,
    Dataset,
    Dense,
    Epoch,
    LogLikelihood,
    MaxPool,
    Network,
    shifted,
    sigmoid,
    softmax,
    train,
)

BATCH, EPOCHS, SHIFTS, CONVOLUTION_STEPS = 10, 6, 5, 2000


def expanded_set(images: int) -> Dataset:
    rng = np.random.default_rng(0)
    originals = rng.integers(0, 256, (images // SHIFTS, 28, 28), dtype=np.uint8)
    return shifted(Dataset(originals, rng.integers(0, 10, len(originals)), name="random images"))


def memory() -> float:
    """What this process holds now, in megabytes."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def peak() -> float:
    """The most that this process ever held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def dense(images: int, epochs: int) -> dict[str, Any]:
    """Seconds and memory after each epoch of 784-30-10."""
    data, seconds, held = expanded_set(images), [], []
    network = Network([784, 30, 10])
    monitor = {"test": data[:10_000]}
    for event in train(
        network, data, epochs=epochs, batch_size=BATCH, optimizer=SGD(0.5), rng=0, monitor=monitor
    ):
        if isinstance(event, Epoch):
            seconds.append(event.seconds)
            held.append(memory())
    return {"images": images, "seconds": seconds, "megabytes": held, "peak": peak()}


def convolution(images: int) -> dict[str, Any]:
    """Memory of a convolutional network in training and in prediction."""
    data = expanded_set(images)
    network = Network(
        [(28, 28, 1), Conv(20, 5), MaxPool(2), Activation(sigmoid), 100, Dense(10, softmax)],
        cost=LogLikelihood(),
    )
    start = time.perf_counter()
    for event in train(network, data, epochs=1, batch_size=BATCH, optimizer=SGD(0.1), rng=0):
        if event.step == CONVOLUTION_STEPS:
            break
    seconds = time.perf_counter() - start
    network.evaluate(data[:10_000])
    return {"images": images, "seconds of 2,000 steps": seconds, "peak": peak()}


def alone(run: Any, *arguments: int) -> dict[str, Any]:
    """`run` in a fresh process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(run, arguments)


def picture(sizes: list[dict[str, Any]], file: str) -> None:
    from nnbook.plots import figure, tidy

    new = figure(10, 4)
    left, right = new.subplots(1, 2)
    left.plot([s["images"] for s in sizes], [min(s["seconds"]) for s in sizes], "o-")
    left.set(xlim=0, ylim=0)
    tidy(left, title="time grows with the images", x="training images", y="seconds for one epoch")
    held = sizes[-1]["megabytes"]
    right.plot(range(1, len(held) + 1), held, "o-")
    right.set(ylim=(0, 1.2 * max(held)))
    tidy(right, title="memory does not grow with the epochs", x="epoch", y="memory held, MB")
    new.savefig(file)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--images", type=int, default=250_000)
    parser.add_argument("--json", default="")
    parser.add_argument("--figure", default="")
    options = parser.parse_args()
    sizes = [options.images // part for part in (8, 4, 2, 1)]
    runs = [alone(dense, size, EPOCHS if size == sizes[-1] else 2) for size in sizes]
    for run in runs:
        rate = 1e6 * min(run["seconds"]) / run["images"]
        print(
            f"{run['images']:>8,} images: {min(run['seconds']):6.2f} s an epoch, {rate:5.1f} µs an "
            f"image, peak {run['peak']:4.0f} MB"
        )
    held = ", ".join(f"{value:.0f}" for value in runs[-1]["megabytes"])
    print(f"memory after each epoch, MB: {held}")
    conv = alone(convolution, options.images)
    print(f"one convolution, {conv['images']:,} images: peak {conv['peak']:.0f} MB")
    report = {
        "numpy": np.__version__,
        "dense": runs,
        "conv": conv,
    }
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(report, file, indent=1)
    if options.figure:
        picture(runs, options.figure)


if __name__ == "__main__":
    main()
