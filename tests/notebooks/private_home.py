"""Tests and chapter runs use a folder of their own, never the user's results, progress or cache."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nnbook.folders import cache_folder

ARCHIVES = ("train-images", "train-labels", "t10k-images", "t10k-labels")


@contextmanager
def private_home() -> Iterator[Path]:
    """Point NNBOOK_HOME to a new empty folder, and back; kernels started meanwhile inherit it.

    Nothing is downloaded here: without NNBOOK_DATA, MNIST is taken from the user's cache when
    `python -m nnbook data` has put it there, otherwise the built-in digits are used.
    """
    before = {name: os.environ.get(name) for name in ("NNBOOK_HOME", "NNBOOK_DATA")}
    if not before["NNBOOK_DATA"]:
        cached = cache_folder() / "mnist"
        complete = all(any(cached.glob(f"{name}-*.gz")) for name in ARCHIVES)
        os.environ["NNBOOK_DATA"] = str(cached) if complete else "builtin"
    home = Path(tempfile.mkdtemp(prefix="nnbook-test-"))
    os.environ["NNBOOK_HOME"] = str(home)
    try:
        yield home
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        shutil.rmtree(home, ignore_errors=True)
