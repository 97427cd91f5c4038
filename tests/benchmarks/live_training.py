"""How fast the lab trains beside the plain loop, and how soon Stop is heard.

    python tests/benchmarks/live_training.py [--rounds 5] [--epochs 3] [--strict]

The plain loop and the lab train the same network on the same images with the same monitoring, in
turn. The goals are a ratio of at least 0.90 and a Stop within 50 ms; `--strict` fails without.
"""

from __future__ import annotations

import argparse
import random
import time
from dataclasses import replace

import numpy as np

from nnbook import SGD, Digits, fit, load_mnist
from nnbook.explore.settings import Settings
from nnbook.widgets import lab
from nnbook.widgets.laboratory import Laboratory

RATIO, HEARD = 0.90, 0.050
Times = np.ndarray  # seconds by the clock, seconds of the processor (steadier on a busy machine)


def now() -> Times:
    return np.array([time.perf_counter(), time.process_time()])


def plain(settings: Settings, digits: Digits) -> Times:
    """Times that the code which the lab offers to copy takes, without a progress bar."""
    rng = np.random.default_rng(settings.seed)
    network = settings.network(digits, rng)
    start = now()
    fit(
        network,
        settings.training(digits),
        epochs=settings.epochs,
        batch_size=settings.batch_size,
        optimizer=SGD(settings.learning_rate),
        rng=rng,
        monitor=settings.monitored(digits),
        progress=False,
    )
    return now() - start


def set_controls(one: Laboratory, settings: Settings) -> None:
    for name, control in one._form.controls.items():
        control.value = settings.words(name) if name == "hidden" else getattr(settings, name)


def live(settings: Settings, digits: Digits) -> Times:
    """Times that the lab takes, with its curves drawn ten times a second."""
    one = lab(2, digits)
    set_controls(one, settings)
    start = now()
    one.play()
    one.wait()
    times = now() - start
    assert one.runs[0].state == "finished" and not one.problems, one.problems
    return times


def stop(settings: Settings, digits: Digits, rounds: int) -> list[float]:
    """Seconds from the press on Stop to the end of the thread, at random moments."""
    one, seconds = lab(2, digits), []
    set_controls(one, replace(settings, epochs=1000))
    for _ in range(rounds):
        one.play()
        time.sleep(random.uniform(0.1, 0.8))
        clock = time.perf_counter()
        one.stop()
        one.wait()
        seconds.append(time.perf_counter() - clock)
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--strict", action="store_true", help="fail if a goal is missed")
    options = parser.parse_args()
    digits = load_mnist()
    settings = Settings(epochs=options.epochs, training_size=len(digits.training))
    print(f"{digits.name}, 784-30-10, mini-batch 10, {settings.training_size:,} images")
    print("round   plain s   live s   live speed / plain speed: by the clock, by processor time")
    ratios = []
    for k in range(1, options.rounds + 1):
        a, b = plain(settings, digits), live(settings, digits)
        ratios.append(a / b)
        print(f"{k:5}  {a[0]:8.2f} {b[0]:8.2f}   {a[0] / b[0]:.3f}  {a[1] / b[1]:.3f}")
    ratio, processor = np.median(ratios, axis=0)
    heard = np.array(stop(settings, digits, 4 * options.rounds)) * 1000
    print(f"median ratio {ratio:.3f}, {processor:.3f} (goal by the clock: at least {RATIO})")
    print(
        f"Stop heard after {np.median(heard):.1f} ms (median), {np.quantile(heard, 0.95):.1f} ms "
        f"(p95), {heard.max():.1f} ms (slowest of {len(heard)}; goal: under {HEARD * 1000:.0f})"
    )
    if options.strict and (ratio < RATIO or heard.max() > HEARD * 1000):
        raise SystemExit("a goal is missed")


if __name__ == "__main__":
    main()
