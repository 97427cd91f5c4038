"""Which exercises were solved: kept in the user's own folder, never sent anywhere.

A folder that cannot be written costs only the memory of this session; a damaged file is put
aside and a new one begun.
"""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

from nnbook import files
from nnbook.exercises import catalogue
from nnbook.folders import user_folder
from nnbook.texttable import Table

log = logging.getLogger("nnbook")


def path() -> Path:
    """Where progress is kept."""
    return user_folder() / "progress.json"


def solved() -> set[str]:
    """The ids recorded in the file; empty when there is none or it cannot be read."""
    try:
        return read()
    except (OSError, ValueError):
        return set()


def read() -> set[str]:
    """The ids in the file; FileNotFoundError if there is none, ValueError if it is damaged."""
    content = json.loads(path().read_text(encoding="utf-8"))
    if not isinstance(content, dict) or not isinstance(content.get("solved"), list):
        raise ValueError(f"{path()} is not a record of progress.")
    return {number for number in content["solved"] if isinstance(number, str)}


def remember(number: str) -> bool:
    """Add one solved exercise to the file in one step; False if that was not possible."""
    try:
        known = read()
    except FileNotFoundError:
        known = set()
    except ValueError:
        known = set()
        put_aside()
    except OSError as problem:
        log.info("progress is not saved: %s", problem)
        return False
    if number in known:
        return True
    try:
        write(known | {number})
    except OSError as problem:
        log.info("progress is not saved: %s", problem)
        return False
    return True


def put_aside() -> None:
    """Keep a damaged file under another name, if the folder allows it."""
    try:
        os.replace(path(), path().with_suffix(".damaged.json"))
        log.warning("%s was damaged; it is kept as progress.damaged.json.", path())
    except OSError as problem:
        log.info("the damaged record stays: %s", problem)


def write(numbers: set[str]) -> None:
    """Replace the file as a whole: another process sees the old or the new one, nothing between."""
    path().parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"solved": sorted(numbers, key=catalogue.order)}, indent=1)
    files.replace(path(), text.encode())


def progress() -> Table:
    """A table of the exercises of each chapter: how many, which are solved, which are open."""
    done = solved() | {one.id for one in catalogue.opened() if one.solved}
    rows = []
    for chapter, numbers in catalogue.ids().items():
        checked = [n for n in numbers if not catalogue.exercise(n).words.for_discussion]
        right = [n for n in checked if n in done]
        still = [n for n in checked if n not in done]
        count = f"{len(right)} of {len(checked)}"
        rows.append((f"{chapter:02d}", count, ", ".join(right) or "–", ", ".join(still) or "–"))
    talk = [n for numbers in catalogue.ids().values() for n in numbers
            if catalogue.exercise(n).words.for_discussion]  # fmt: skip
    note = f"Kept on this computer only. For discussion, and not counted: {', '.join(talk)}."
    if not done <= solved():
        note += (
            f" What you solved could not be saved in {path().parent}: it lasts for this session."
        )
    return Table(("chapter", "solved", "these", "still open"), tuple(rows), note)
