"""Re-execute the chapters and write them in one canonical form, so that two runs give no diff.

python tests/notebooks/run_notebooks.py [NOTEBOOK ...]   run, normalise, write what changed
python tests/notebooks/run_notebooks.py --check          run nothing, fail if one is not canonical

Without names, all of chapters/ is meant. Chapters are committed as they look on real MNIST: set
NNBOOK_DATA to the folder with its four files, or fetch them once with `python -m nnbook data`.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

import nbformat
from canonical import NEVER_COMPARED, keep_outputs, normalise, problems
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from private_home import private_home

from nnbook.slides.kernel import execute

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"


def to_text(notebook: NotebookNode) -> str:
    nbformat.validate(notebook)
    return nbformat.writes(notebook, version=nbformat.NO_CONVERT) + "\n"


def check(path: Path) -> list[str]:
    """What is not canonical in a committed chapter; empty when all is well."""
    text = path.read_text(encoding="utf8")
    notebook = normalise(nbformat.reads(text, as_version=4))
    found = list(problems(notebook, path.stat().st_size))
    if to_text(notebook) != text:
        found.append("is not in canonical form: run tests/notebooks/run_notebooks.py on it")
    return found


def rerun(path: Path, *, keep: set[str]) -> tuple[bool, list[str]]:
    """Run one chapter and write it if it changed; returns (changed, what must be mended)."""
    text = path.read_text(encoding="utf8")
    notebook = normalise(nbformat.reads(text, as_version=4))
    cells = len(notebook.cells)

    def progress(cell: NotebookNode, cell_index: int) -> None:
        if sys.stdout.isatty():
            print(f"\r{path.name}: cell {cell_index + 1} of {cells} ", end="", flush=True)

    execute(notebook, path.parent, before_cell=progress)
    keep_outputs(normalise(notebook), normalise(nbformat.reads(text, as_version=4)), keep)
    new = to_text(notebook)
    if new != text:
        unfinished = path.with_suffix(".unfinished")
        unfinished.write_text(new, encoding="utf8", newline="\n")
        os.replace(unfinished, path)
    return new != text, list(problems(notebook, len(new.encode())))


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("notebooks", nargs="*", type=Path, metavar="NOTEBOOK")
    parser.add_argument("--check", action="store_true", help="run nothing, only look")
    parser.add_argument("--fresh", action="store_true", help="also renew outputs nobody compares")
    arguments = parser.parse_args()
    paths = arguments.notebooks or sorted(CHAPTERS.glob("*.ipynb"))
    if missing := [str(path) for path in paths if not path.is_file()]:
        parser.error(f"no such notebook: {', '.join(missing)}")

    failed = False
    with private_home():
        keep = set() if arguments.fresh else {NEVER_COMPARED}
        if os.environ["NNBOOK_DATA"] == "builtin" and not arguments.check:
            print("MNIST is not here: what depends on it (digits-output) is kept as it was.")
            keep.add("digits-output")
        for path in paths:
            start, changed = time.monotonic(), False
            try:
                if arguments.check:
                    found = check(path)
                else:
                    changed, found = rerun(path, keep=keep)
            except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
                found = [f"not written, because a cell failed:\n{error}"]
            state = "changed" if changed else "fine" if arguments.check else "unchanged"
            state = "not fine" if found and not changed else state
            print(f"\r{path}: {state} ({time.monotonic() - start:.1f} s){' ' * 8}")
            for problem in found:
                print(f"  ! {problem}")
            failed = failed or bool(found)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
