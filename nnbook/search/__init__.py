"""Hyper-parameter search: ranges, `search`, and what it found (NNDL ch. 3, chapter 06)."""

from nnbook.search.digits import DigitsObjective
from nnbook.search.space import Between, OneOf, Whole
from nnbook.search.study import Study, search
from nnbook.search.trials import Results, Trial
from nnbook.search.work import Hopeless

__all__ = [
    "Between",
    "DigitsObjective",
    "Hopeless",
    "OneOf",
    "Results",
    "Study",
    "Trial",
    "Whole",
    "search",
]
