"""When our runs agree with the book: written down before the runs that they judge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from nnbook.published.results import Result, stored

Runs = Sequence[Result]
Seeds = tuple[int | None, ...]


@dataclass(frozen=True)
class Criterion:
    """With which seeds a row is judged, and what their runs must fulfil.

    More seeds may be stored; they are shown, not judged.
    """

    seeds: Seeds
    holds: Callable[[Runs], bool]


def agrees(number: str, results: Runs) -> bool | None:
    """Whether the runs with the criterion's seeds meet it; None while they still may.

    So it is while one of them is missing, or is not finished and does not meet it yet.

    Rows that are judged together are judged against the stored runs of the others.
    """
    judged = _judged(number, results)
    if judged is None:
        return None
    if CRITERIA[number].holds(judged):
        return True
    return False if all(run.finished for run in judged) else None


def _judged(number: str, results: Runs) -> Runs | None:
    """The runs with the criterion's seeds, in their order."""
    by_seed = {result.seed: result for result in results}
    if number not in CRITERIA or not set(CRITERIA[number].seeds) <= set(by_seed):
        return None
    return [by_seed[seed] for seed in CRITERIA[number].seeds]


def _middle(number: str) -> float:
    """The median of the stored values of another row, NaN where it was not run."""
    judged = _judged(number, stored(number))
    return median(run.value for run in judged) if judged else float("nan")


def _best(book: float, short_of: float = 0.006) -> Callable[[Runs], bool]:
    return lambda runs: max(run.value for run in runs) >= book - short_of


def _all(test: Callable[[Result], bool]) -> Callable[[Runs], bool]:
    return lambda runs: all(test(run) for run in runs)


def _near(value: float, expected: float) -> bool:
    """Equal to three decimals."""
    return abs(value - expected) <= 0.0005 + 1e-9


def _gap(run: Result) -> float:
    return run.details["training accuracy"] - run.details["test accuracy at the end"]


def _overfits(runs: Runs) -> bool:
    return _best(0.8227)(runs) and all(
        run.details["training accuracy"] == 1
        and run.details["test cost"] > 1.2 * run.details["lowest test cost"]
        for run in runs
    )


def _medians(runs: Runs) -> list[float]:
    """The median over the runs at each place of their curves."""
    return [median(values) for values in zip(*(run.curve for run in runs), strict=True)]


def _sizes(runs: Runs) -> bool:
    """Rises with the size; within 3 points of the book up to 1,000 images, 1.2 above."""
    book = [0.6909, 0.7637, 0.8529, 0.8885, 0.9127, 0.9324, 0.9489, 0.9585, 0.9597]
    ours = _medians(runs)
    near = [
        abs(a - b) <= (0.03 if k < 4 else 0.012)
        for k, (a, b) in enumerate(zip(ours, book, strict=True))
    ]
    return ours == sorted(ours) and all(near)


def _svm_sizes(runs: Runs) -> bool:
    network = _judged("3.13", stored("3.13"))
    ours = _medians(runs)
    below = network and all(a < b for a, b in zip(ours[:4], _medians(network)[:4], strict=True))
    return ours == sorted(ours) and bool(below)


def _ratio(book: list[float]) -> Callable[[Runs], bool]:
    """Later layers faster; the median ratio of last to first within a factor 2 of the book's."""

    def holds(runs: Runs) -> bool:
        middle = median(run.value for run in runs)
        expected = book[-1] / book[0]
        return _medians(runs) == sorted(_medians(runs)) and 0.5 <= middle / expected <= 2

    return holds


def _first_epoch(other: str, points: float, best: float, key: str) -> Callable[[Runs], bool]:
    """How far apart the two starts are after an epoch, and the best or last of 30."""

    def holds(runs: Runs) -> bool:
        apart = abs(median(run.value for run in runs) - _middle(other))
        return apart >= points and max(run.details[key] for run in runs) >= best - 0.006

    return holds


def _steady(runs: Runs) -> bool:
    """Falls slowly and steadily: hardly ever up, never by much, and late to get there."""
    return all(
        max(b - a for a, b in zip(run.curve, run.curve[1:], strict=False)) < 0.01
        and run.curve[-1] < run.curve[4] < run.curve[0]
        for run in runs
    )


def _lowest_at_epoch_5(runs: Runs) -> bool:
    def fifth(number: str) -> float:
        judged = _judged(number, stored(number))
        return median(run.curve[4] for run in judged) if judged else float("nan")

    ours = median(run.curve[4] for run in runs)
    return ours < min(fifth("3.18a"), fifth("3.18c"))


def _highest_with_spikes(runs: Runs) -> bool:
    return all(
        run.value > max(_middle("3.18a"), _middle("3.18b"))
        and max(b - a for a, b in zip(run.curve, run.curve[1:], strict=False)) > 0.02
        for run in runs
    )


THREE: Seeds = (0, 1, 2)
TEN: Seeds = tuple(range(10))
ONCE: Seeds = (None,)

CRITERIA: dict[str, Criterion] = {
    "1.1": Criterion(THREE, _best(0.9542)),
    "1.2": Criterion(TEN, _best(0.9659)),
    "1.3": Criterion(THREE, _all(lambda run: run.value < 0.35)),
    "1.4": Criterion(THREE, _all(lambda run: run.value <= 0.20)),
    "1.6a": Criterion(ONCE, _all(lambda run: run.value == 0.2225)),
    "1.6b": Criterion(ONCE, _all(lambda run: abs(run.value - 0.9435) <= 0.003)),
    "2.1": Criterion(ONCE, _all(lambda run: run.value >= 2)),
    "3.1": Criterion(ONCE, _all(lambda run: _near(run.value, 0.094))),
    "3.2": Criterion(
        ONCE,
        _all(
            lambda run: (
                _near(run.value, 0.203) and _near(run.details["output after 150 steps"], 0.933)
            )
        ),
    ),
    "3.3": Criterion(
        ONCE,
        _all(
            lambda run: (
                _near(run.value, 0.418)
                and _near(run.details["output as the book animates it"], 0.040)
            )
        ),
    ),
    "3.4": Criterion(
        ONCE,
        _all(
            lambda run: (
                _near(run.value, 0.780)
                and _near(run.details["output at eta 0.05"], 0.042)
                and _near(run.details["output at eta 0.15"], 0.012)
                and _near(run.details["output as the book animates it"], 0.048)
            )
        ),
    ),
    "3.5": Criterion(THREE, _best(0.9549)),
    "3.6": Criterion(THREE, _best(0.9682)),
    "3.7": Criterion(THREE, _overfits),
    "3.8": Criterion(THREE, lambda runs: all(_gap(run) < 0.04 for run in runs)),
    "3.9": Criterion(THREE, _best(0.8710)),
    "3.10": Criterion(
        THREE, lambda runs: _best(0.9649)(runs) and all(_gap(run) < 0.015 for run in runs)
    ),
    "3.11": Criterion(THREE, _best(0.9792)),
    "3.12": Criterion(THREE, _best(0.9804)),
    "3.13": Criterion(THREE, _sizes),
    "3.14": Criterion(ONCE, _svm_sizes),
    "3.15a": Criterion(THREE, _first_epoch("3.15b", 0.02, 0.9648, "best")),
    "3.15b": Criterion(THREE, _first_epoch("3.15a", 0.02, 0.9653, "best")),
    "3.16a": Criterion(THREE, _first_epoch("3.16b", 0.01, 0.9742, "last")),
    "3.16b": Criterion(THREE, _first_epoch("3.16a", 0.01, 0.9781, "last")),
    "3.17a": Criterion(THREE, _all(lambda run: run.value <= 0.20)),
    "3.17b": Criterion(THREE, _all(lambda run: run.value <= 0.25)),
    "3.17c": Criterion(
        THREE,
        lambda runs: _middle("3.17b") < median(run.value for run in runs) < _middle("3.17e"),
    ),
    "3.17d": Criterion(THREE, _all(lambda run: run.value <= 0.25)),
    "3.17e": Criterion(
        THREE,
        lambda runs: (
            median(run.value for run in runs)
            > max(_middle("3.17b"), _middle("3.17c"), _middle("3.17d"))
        ),
    ),
    "3.18a": Criterion(THREE, _steady),
    "3.18b": Criterion(THREE, _lowest_at_epoch_5),
    "3.18c": Criterion(THREE, _highest_with_spikes),
    "5.1": Criterion(THREE, _best(0.9648)),
    "5.2": Criterion(THREE, _best(0.9690)),
    "5.3": Criterion(THREE, _best(0.9657)),
    "5.4": Criterion(THREE, _best(0.9653)),
    "5.5a": Criterion(TEN, _ratio([0.07, 0.31])),
    "5.5b": Criterion(TEN, _ratio([0.012, 0.060, 0.283])),
    "5.5c": Criterion(TEN, _ratio([0.003, 0.017, 0.070, 0.285])),
    "5.6": Criterion(THREE, lambda runs: 30 <= median(run.value for run in runs) <= 300),
    "6.1": Criterion(THREE, _best(0.9780, 0.003)),
    "6.2": Criterion(THREE, _best(0.9878, 0.002)),
    "6.3": Criterion(THREE, _best(0.9906, 0.0015)),
    "6.4": Criterion(THREE, _best(0.9923, 0.0015)),
    "6.5": Criterion((0,), _best(0.9937, 0.001)),
    "6.6a": Criterion((0,), _best(0.9946, 0.001)),
    "6.6b": Criterion((0,), _best(0.9943, 0.001)),
    "6.7": Criterion(
        (0,),
        _all(
            lambda run: (
                run.curve[0] >= 0.9943 - 0.001
                and run.curve[1] >= 0.9948 - 0.001
                and run.curve[2] >= 0.9947 - 0.001
            )
        ),
    ),
    "6.8": Criterion((0,), _best(0.9960, 0.001)),
    "6.9": Criterion((0,), _best(0.9967, 0.001)),
}
