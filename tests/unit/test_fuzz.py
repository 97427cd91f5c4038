"""2,000 damaged weight files and 2,000 IDX files: refused in our words or loaded rightly."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CASES = 2000


@pytest.mark.parametrize("kind", ["weights", "idx"])
def test_damaged_files_are_refused_in_our_words_or_loaded_rightly(kind, tmp_path):
    """Each in less than 2 s; on Linux in a process that may take 200 MB more than it has."""
    script = Path(__file__).with_name("fuzz_files.py")
    done = subprocess.run(
        [sys.executable, script, kind, "0", str(CASES), tmp_path],
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert not said["wrong"], "\n".join(said["wrong"][:10])
    assert said["refused"] + said["loaded"] == CASES and said["loaded"] > 20
    assert said["slowest"] < 2
