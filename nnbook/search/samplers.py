"""How the settings of a trial are chosen: from a grid, at random, or where earlier trials say."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

from nnbook.search.space import Setting

if TYPE_CHECKING:
    from optuna.samplers import BaseSampler

SAMPLERS = ("grid", "random", "bayesian")


def sampler(kind: str, seed: int, number: int, points: list[Setting]) -> BaseSampler:
    """Optuna's sampler for trial `number` of a search with `seed`; `points` are those of a grid.

    A new one for each trial, seeded by its number: so a search that goes on after an interruption
    draws what it would have drawn.
    """
    from optuna import samplers

    if kind == "grid":
        return _given(points[number])
    own_seed = int(np.random.SeedSequence([seed, number]).generate_state(1)[0])
    if kind == "random":
        return samplers.RandomSampler(seed=own_seed)
    with warnings.catch_warnings():  # Optuna 4 calls constant_liar experimental
        warnings.simplefilter("ignore")
        return samplers.TPESampler(seed=own_seed, constant_liar=True)


def _given(setting: Setting) -> BaseSampler:
    """A sampler that has one answer: a point of the grid."""
    from optuna.samplers import BaseSampler

    class Given(BaseSampler):
        def infer_relative_search_space(self, study: Any, trial: Any) -> dict[str, Any]:
            return {}

        def sample_relative(self, study: Any, trial: Any, search_space: Any) -> dict[str, Any]:
            return {}

        def sample_independent(self, study: Any, trial: Any, name: str, distribution: Any) -> Any:
            return setting[name]

    return Given()
