"""Write a chapter's figures as files with a credit line, by running the chapter once.

Each file is named after the chapter and what the figure shows; a text file beside them holds the
whole alternative texts. The figures are under CC BY 4.0: keep the credit line.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from pathlib import Path

from nnbook.slides import chapters

FORMATS = ("svg", "png", "pdf")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "chapters",
        nargs="+",
        metavar="CHAPTER",
        help="a number (02: all its notebooks), a name (02_sigmoid) or a path",
    )
    parser.add_argument("--format", choices=FORMATS, default="svg", help="default: svg")
    parser.add_argument(
        "--output", type=Path, default=Path("build/figures"), help="folder (default: build/figures)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the figures; 1 if a chapter fails or has no figures, 2 if it is not there."""
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    try:
        paths = chapters.find_chapters(arguments.chapters)
    except chapters.NoChapter as error:
        print(error, file=sys.stderr)
        return 2
    failed = 0
    for path in paths:
        try:
            written = write_figures(path, arguments.format, arguments.output)
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            last = re.sub(r"\x1b\[[0-9;]*m", "", str(error)).strip().split("\n")[-1]
            problem = f"{path.name} stopped with an error, so its figures are not complete: {last}"
        except OSError as error:
            problem = f"Cannot write to {arguments.output}: {error.strerror or error}."
        except ValueError as error:
            problem = str(error)
        else:
            problem = "" if written else f"{path.name} shows no figures."
            for figure in written:
                print(figure)
        if problem:
            print(problem, file=sys.stderr)
            failed = 1
    return failed


def write_figures(path: Path, file_format: str, folder: Path) -> list[Path]:
    """Run the notebook at `path` and write what it shows with `plots.show`; returns the files.

    OSError if `folder` cannot be written, nbclient's errors if a cell fails.
    """
    from nbformat import NotebookNode
    from nbformat.v4 import new_code_cell
    from tqdm import tqdm

    from nnbook.slides.export import read_notebook
    from nnbook.slides.kernel import execute

    notebook = read_notebook(path)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="nnbook-figures-") as temporary:
        number, title = chapters.number(path.stem), chapters.title(notebook, path.stem)
        where = f"Chapter {number} · {title}" if number else title
        first = new_code_cell(
            "from nnbook.plots.collect import collect_figures\n"
            f"collect_figures({temporary!r}, {file_format!r}, {path.stem!r}, {where!r})"
        )
        notebook.cells.insert(0, first)
        with tqdm(total=len(notebook.cells), desc=path.name, unit=" cells", leave=False) as bar:

            def before_cell(cell: NotebookNode, cell_index: int) -> None:
                bar.update(cell_index - bar.n)

            execute(notebook, path.parent, before_cell=before_cell)
        words = Path(temporary, f"{path.stem}-alternative-texts.txt")
        if not words.exists():
            return []
        made = [line.split("\t")[0] for line in words.read_text(encoding="utf8").splitlines()]
        return [Path(shutil.copy(Path(temporary, name), folder)) for name in (*made, words.name)]
