"""The book's experiments, run as their rows of the published table say: a file a chapter."""

from nnbook.experiments.chapter_1 import CHAPTER_1
from nnbook.experiments.chapter_2 import CHAPTER_2
from nnbook.experiments.chapter_3 import CHAPTER_3
from nnbook.experiments.chapter_5 import CHAPTER_5
from nnbook.experiments.chapter_6 import CHAPTER_6
from nnbook.experiments.outcome import Experiment, Outcome, Place

EXPERIMENTS: dict[str, Experiment] = {
    **CHAPTER_1, **CHAPTER_2, **CHAPTER_3, **CHAPTER_5, **CHAPTER_6,
}  # fmt: skip

__all__ = ["EXPERIMENTS", "Experiment", "Outcome", "Place"]
