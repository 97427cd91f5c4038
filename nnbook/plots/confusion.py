"""The confusion matrix as a picture: which digit is taken for which."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from nnbook.plots.style import figure, tidy


def confusion_matrix(matrix: ArrayLike, *, title: str = "") -> Figure:
    """Counts (k, k): row = true class, column = guessed class. Mistakes are shaded, hits are not.

    The diagonal is left white: it is so much larger that it would hide everything else.
    Raises ValueError when `matrix` is not square.
    """
    counts = np.asarray(matrix)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1]:
        raise ValueError(f"matrix must be square (classes × classes), not {counts.shape}.")
    k = len(counts)
    mistakes = np.where(np.eye(k, dtype=bool), 0, counts)
    top = max(int(mistakes.max()), 1)
    new = figure(5.8, 4.7)
    axes = new.subplots()
    axes.imshow(mistakes, cmap="Oranges", vmin=0, vmax=top * 1.3)
    for true in range(k):
        for guess in range(k):
            if counts[true, guess]:
                hit = true == guess
                axes.text(
                    guess,
                    true,
                    str(int(counts[true, guess])),
                    ha="center",
                    va="center",
                    fontsize=11,
                    color="#555555" if hit else "black",
                    fontweight="bold" if not hit and counts[true, guess] > 0.5 * top else "normal",
                )
    tidy(axes, title=title, x="guessed digit", y="true digit", grid=False)
    axes.set_xticks(range(k))
    axes.set_yticks(range(k))
    axes.spines[:].set_visible(True)
    return new
