"""Where a user's files belong: downloads in the cache, results and progress in the user folder.

`NNBOOK_HOME` replaces both by its subfolders. Nothing is created here; whoever writes must
survive a folder that is read-only or full.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def cache_folder() -> Path:
    """The folder for downloads that can be fetched again."""
    home = os.environ.get("NNBOOK_HOME")
    return Path(home, "cache") if home else platformdirs.user_cache_path("nnbook", appauthor=False)


def user_folder() -> Path:
    """The folder for the user's own results, weights and progress."""
    home = os.environ.get("NNBOOK_HOME")
    return Path(home, "user") if home else platformdirs.user_data_path("nnbook", appauthor=False)
