"""Hyper-parameter search: ranges, `search`, and what it found (NNDL ch. 3, chapter 06)."""

from nnbook.search.digits import LABELS, SPACE, DigitsObjective
from nnbook.search.samplers import SAMPLERS
from nnbook.search.space import Between, OneOf, Whole
from nnbook.search.study import Study, search
from nnbook.search.table import best_so_far, stored
from nnbook.search.trials import Results, Trial
from nnbook.search.work import Hopeless

__all__ = [
    "LABELS",
    "SAMPLERS",
    "SPACE",
    "Between",
    "DigitsObjective",
    "Hopeless",
    "OneOf",
    "Results",
    "Study",
    "Trial",
    "Whole",
    "best_so_far",
    "search",
    "stored",
]
