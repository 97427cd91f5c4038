"""The folder of fetched archives: each is whole or not there, and a failure is remembered."""

from __future__ import annotations

import contextlib
import json
import time
from pathlib import Path

from nnbook import files
from nnbook.data.archives import Archive, Collection
from nnbook.data.idx import Damaged

HOURS = 3.0  # so long after a failed download it is not tried again unasked
NOTE = "last_failure.json"


def load(folder: Path, collection: Collection) -> dict[str, bytes]:
    """The checked bytes of all archives that are there; damaged files are removed."""
    packed = {}
    for archive in collection:
        try:
            packed[archive.name] = archive.load(folder)
        except Damaged:
            with contextlib.suppress(OSError):
                (folder / archive.name).unlink()
        except OSError:
            continue  # not there, or not to be opened: as good as missing
    return packed


def keep(folder: Path, archive: Archive, packed: bytes) -> None:
    """Writes an archive in one step: no other program sees half of it. May raise OSError."""
    _write(folder / archive.name, packed)


def remember_failure(folder: Path, reasons: list[str]) -> None:
    """Notes that a download failed now, if the folder can be written."""
    note = {"time": time.time(), "reasons": reasons}
    with contextlib.suppress(OSError):
        _write(folder / NOTE, json.dumps(note).encode())


def recent_failure(folder: Path) -> list[str] | None:
    """Why the last download failed, or None if there was no failure in the last hours."""
    try:
        note = json.loads((folder / NOTE).read_bytes())
        age = time.time() - float(note["time"])
        reasons = [str(reason) for reason in note["reasons"]]
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return reasons if 0 <= age < HOURS * 3600 else None


def forget_failure(folder: Path) -> None:
    """Removes the note of a failure."""
    with contextlib.suppress(OSError):
        (folder / NOTE).unlink()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    files.sweep(path.parent)
    files.replace(path, content)
