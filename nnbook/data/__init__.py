"""Examples to learn from: MNIST, the built-in digits, small sets for the first chapters."""

from nnbook.data.dataset import Dataset, Digits
from nnbook.data.digits import builtin_digits
from nnbook.data.expansion import Elastic, Rotation, Skew, expanded, shifted
from nnbook.data.mnist import load_mnist
from nnbook.data.sequences import first_symbol, parity
from nnbook.data.toys import bars_and_stripes, bent_line, truth_table

__all__ = [
    "Dataset",
    "Digits",
    "Elastic",
    "Rotation",
    "Skew",
    "bars_and_stripes",
    "bent_line",
    "builtin_digits",
    "expanded",
    "first_symbol",
    "load_mnist",
    "parity",
    "shifted",
    "truth_table",
]
