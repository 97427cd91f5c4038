"""In the kernel of a chapter whose figures are wanted, `plots.show` then writes files, too."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from pathlib import Path

import matplotlib
from matplotlib.figure import Figure

import nnbook.plots

CREDIT = "{where} · nnbook · CC BY 4.0"
RESOLUTION = 200
NO_DATES: Mapping[str, dict[str, str | None]] = {
    "svg": {"Date": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None},
}


def collect_figures(folder: str, file_format: str, chapter: str, where: str) -> None:
    """From now on write each figure shown into `folder` as svg, png or pdf, with a credit line.

    `chapter` begins the file names, which go on with a number and the first words of the
    alternative text; `where` begins the credit line.
    """
    credit = CREDIT.format(where=where).replace("$", r"\$")
    matplotlib.rcParams["svg.hashsalt"] = "nnbook"  # the same figure gives the same file
    show, count = nnbook.plots.show, itertools.count(1)

    def show_and_write(figure: Figure, alt: str) -> None:
        show(figure, alt)
        name = f"{chapter}-{next(count):02d}-{_first_words(alt)}.{file_format}"
        _write(figure, Path(folder, name), credit, NO_DATES[file_format])
        with open(Path(folder, f"{chapter}-alternative-texts.txt"), "a", encoding="utf8") as words:
            words.write(f"{name}\t{' '.join(alt.split())}\n")

    nnbook.plots.show = show_and_write


def _first_words(alt: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", alt.lower()).strip("-")
    return words if len(words) <= 40 else words[:41].rpartition("-")[0]


def _write(figure: Figure, file: Path, credit: str, metadata: dict[str, str | None]) -> None:
    """The credit stands below the figure, where it covers nothing; `tight` makes room for it."""
    line = figure.text(1, -0.01, credit, ha="right", va="top", fontsize=8, color="#555555")
    line.set_in_layout(False)
    figure.savefig(
        file, dpi=RESOLUTION, bbox_inches="tight", bbox_extra_artists=[line], metadata=metadata
    )
    line.remove()
