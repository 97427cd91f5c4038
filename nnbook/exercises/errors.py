"""Says in words what an error inside a reader's code means, in place of NumPy's own messages.

Python's messages are sentences and stay as they are. NumPy's speak of gufuncs, operands and
casting rules; each that a beginner meets stands here with what it says and what to do.
"""

from __future__ import annotations

import re

SHAPES = "Print the shapes in front of this line."

# What NumPy's message contains, and the words for it; groups of the pattern go into {0}, {1}, ...
MEANINGS: tuple[tuple[str, str], ...] = (
    (
        r"matmul: Input operand 1 has a mismatch.*size (\d+) is different from (\d+)",
        f"The two factors of `@` do not fit: {{1}} columns on the left meet {{0}} rows on the "
        f"right, and these numbers must be equal. Is a `.T` missing, or one too many? {SHAPES}",
    ),
    (
        r"shapes (\(.*?\)) and (\(.*?\)) not aligned",
        "The two factors of this product have the shapes {0} and {1}. The columns of the left one "
        "must be as many as the rows of the right one. Is a `.T` missing, or one too many?",
    ),
    (
        r"matmul: Input operand \d does not have enough dimensions",
        "One of the two factors of `@` is a single number. With numbers the product is `*`.",
    ),
    (
        r"could not be broadcast together with (?:remapped )?shapes (\(.*?\)) (\(.*?\))",
        f"Arrays of the shapes {{0}} and {{1}} cannot be combined element by element: there is no "
        f"partner for each element. {SHAPES}",
    ),
    (
        r"non-broadcastable output operand with shape (\(.*?\)) .*shape (\(.*?\))",
        "The result has the shape {1}, but it is to be put into an array of the shape {0}. "
        "In place of `+=` and its like write `a = a + ...`, and look at the shapes.",
    ),
    (
        r"could not broadcast input array from shape (\(.*?\)) into shape (\(.*?\))",
        f"Something of the shape {{0}} is put into a place of the shape {{1}}. {SHAPES}",
    ),
    (
        r"truth value of an array.* is ambiguous",
        "An array stands where one True or False is needed, as behind `if`, `and`, `max`. "
        "For arrays use `np.where`, `np.maximum`, or `.any()` and `.all()`.",
    ),
    (
        r"only (?:length-1|0-dimensional) arrays can be converted|only integer scalar arrays",
        "An array stands where a single number is needed. Functions of `math` take one number: "
        "for arrays use those of `np`.",
    ),
    (
        r"inhomogeneous shape|setting an array element with a sequence",
        "The parts have different lengths, so they do not make an array. Keep them in a list, or "
        "check what each of them is.",
    ),
    (
        r"index (-?\d+) is out of bounds for axis (\d+) with size (\d+)",
        "There is no element {0} along axis {1}: it has {2}, counted from 0.",
    ),
    (
        r"too many indices.*is (\d+)-dimensional, but (\d+) were indexed",
        "An array of dimension {0} gets {1} indices. A plain vector has the dimension 1.",
    ),
    (
        r"invalid index to scalar variable|too many indices for array: array is 0-dim",
        "This is a single number, so it has no elements to be taken by `[...]`.",
    ),
    (
        r"only integers, slices",
        "Elements of an array are taken by whole numbers, `a[2]` or `a[1, 0]`.",
    ),
    (
        r"cannot reshape array of size (\d+) into shape (\(.*?\))",
        "The array has {0} elements, so it cannot get the shape {1}.",
    ),
    (
        r"axis (-?\d+) is out of bounds for array of dimension (\d+)",
        "The array has no axis {0}: its dimension is {1}, and axes are counted from 0.",
    ),
    (
        r"did not contain a loop with signature|has no callable|not supported for the input types",
        "One of the values is no number, but a text, None or the like. Print them.",
    ),
    (
        r"Cannot cast ufunc .* to dtype\('u?int",
        "Fractions are put into an array of whole numbers. In place of `+=` and its like write "
        "`a = a + ...`, or make the array with `dtype=float`.",
    ),
    (
        r"same number of dimensions|dimensions except for the concatenation axis",
        f"The arrays that are to be joined do not fit together. {SHAPES}",
    ),
    (
        r"return arrays must be of ArrayType",
        "A function of NumPy got more arguments than it takes.",
    ),
    (r"Singular matrix", "This matrix has no inverse, so the equations have no single solution."),
    (
        r"[Ll]ast 2 dimensions of the array must be square",
        "Only a square matrix has an inverse or a determinant.",
    ),
    (
        r"(overflow|invalid value|divide by zero) encountered",
        "NumPy remarks `{0}`: a number became too large, or 0/0 or ∞ − ∞ was to be computed.",
    ),
    (
        r"math range error",
        "The result is too large for a number of the computer (its limit is about 1e308).",
    ),
)

TYPES = (
    (r"for @: .*list|for @: 'list'", "Lists have no `@`. Use `np.dot`, or make arrays of them "
     "with `np.array` first."),
    (r"multiply sequence", "A list cannot be multiplied like a vector. Use a loop, or "
     "`np.array` first."),
    (r"for [-+*/]+: .*'list'", "Lists do not compute element by element. Make arrays of them "
     "with `np.array` first."),
    (r"'list' object has no attribute", "Make an array of the list with `np.array` first."),
    (r"for .*'NoneType'", "One of the values is None. Does it come from a function that has no "
     "`return`?"),
    (r"name 'np' is not defined", "Write `import numpy as np` in your cell, and run it again."),
    (r"name 'sigmoid' is not defined", "Write `from nnbook import sigmoid` in your cell, and run "
     "it again."),
)  # fmt: skip


def meaning(error: Exception) -> str:
    """What NumPy's `error` says, in words; "" for an error that is not one of NumPy's."""
    text = str(error)
    for pattern, words in MEANINGS:
        match = re.search(pattern, text, re.DOTALL)
        if match:
            return words.format(*(re.sub(r",(?=\d)", ", ", group) for group in match.groups()))
    return ""


def advice(error: Exception) -> str:
    """What to do about an error whose own message is plain but does not say it; else nothing."""
    text = str(error)
    return next((" " + words for pattern, words in TYPES if re.search(pattern, text)), "")
