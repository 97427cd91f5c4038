"""NNDL ch. 1: the first networks, and the baselines that they must beat."""

from __future__ import annotations

from nnbook.baselines import Darkness, svm_accuracy
from nnbook.data import Digits
from nnbook.experiments.outcome import Experiment, Outcome, Place, accuracy_run, last


def darkness(digits: Digits, seed: int | None, place: Place) -> Outcome:
    """Guess by the average darkness."""
    accuracy = Darkness(digits.training).accuracy(digits.test)
    return Outcome(accuracy, [accuracy])


def support_vectors(digits: Digits, seed: int | None, place: Place) -> Outcome:
    """A support vector machine with the settings of its day: four minutes."""
    accuracy = svm_accuracy(digits.training, digits.test)
    return Outcome(accuracy, [accuracy])


CHAPTER_1: dict[str, Experiment] = {
    "1.1": accuracy_run("1.1"),
    "1.2": accuracy_run("1.2"),
    "1.3": accuracy_run("1.3", final=last),
    "1.4": accuracy_run("1.4", final=last),
    "1.6a": darkness,
    "1.6b": support_vectors,
}
