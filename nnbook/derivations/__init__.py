"""The same gradient in four notations, each in a file and in letters of its own (chapter 03)."""

from nnbook.derivations.example import (
    LEARNING_RATE,
    NETWORK,
    Gradient,
    Problem,
    Trace,
    backprop,
    differences,
    mean,
    random_problem,
)

__all__ = [
    "LEARNING_RATE",
    "NETWORK",
    "Gradient",
    "Problem",
    "Trace",
    "backprop",
    "differences",
    "mean",
    "random_problem",
]
