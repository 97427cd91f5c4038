"""Files that are whole or not there: written beside, then put in place in one step."""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from pathlib import Path

PART = ".part"


def replace(path: Path, content: bytes) -> None:
    """Write `content` to `path` so that others see the old file or the new one, nothing between.

    That holds when the program is killed, the disk is full or the power fails. OSError if the
    file cannot be written; then the old one is untouched. The folder must be there.
    """
    target = Path(os.path.realpath(path))  # what a link points to is replaced, not the link
    part = target.with_name(f"{target.name}.{secrets.token_hex(4)}{PART}")
    try:
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, target)
    except BaseException:  # also Ctrl-C: nothing half written may stay
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def sweep(folder: Path, start: str = "") -> None:
    """Remove what killed programs left half written of files `start`…, an hour ago or earlier."""
    with contextlib.suppress(OSError):
        for part in folder.iterdir():
            if not (part.name.startswith(start) and part.name.endswith(PART)):
                continue
            with contextlib.suppress(OSError):
                if part.stat().st_mtime < time.time() - 3600:
                    part.unlink()
