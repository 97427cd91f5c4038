"""The book's numbers beside ours: published, stored from full runs, and live from the notebook."""

from nnbook.published.comparison import Table, compare, shown, table
from nnbook.published.criteria import CRITERIA, Criterion, agrees
from nnbook.published.results import (
    Result,
    own,
    own_results,
    predictions,
    predictions_file,
    read_results,
    stored,
)
from nnbook.published.rows import Row, row, rows

__all__ = [
    "CRITERIA",
    "Criterion",
    "Result",
    "Row",
    "Table",
    "agrees",
    "compare",
    "own",
    "own_results",
    "predictions",
    "predictions_file",
    "read_results",
    "row",
    "rows",
    "shown",
    "stored",
    "table",
]
