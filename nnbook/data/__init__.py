"""Examples to learn from: MNIST, the built-in digits, small sets for the first chapters."""

from nnbook.data.dataset import Dataset, Digits
from nnbook.data.digits import builtin_digits
from nnbook.data.mnist import load_mnist
from nnbook.data.toys import bent_line, truth_table

__all__ = ["Dataset", "Digits", "bent_line", "builtin_digits", "load_mnist", "truth_table"]
