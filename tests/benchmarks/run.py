"""All speed measurements, one after the other: a table each, and one JSON file with the versions.

    python tests/benchmarks/run.py [--json FILE] [--quick]

Run it on a machine that does nothing else. PyTorch takes part where it is installed.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
PROGRAMS = {"epoch": ("--rounds", "3", "1"), "convolution": ("--rounds", "10", "2"), "growth": None}
LIBRARIES = ("numpy", "scipy", "scikit-learn", "torch")


def versions() -> dict[str, str | int | None]:
    """What was measured, and on what."""
    found: dict[str, str | int | None] = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
    }
    for library in LIBRARIES:
        try:
            found[library] = importlib.metadata.version(library)
        except importlib.metadata.PackageNotFoundError:
            found[library] = None
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", default="")
    parser.add_argument("--quick", action="store_true", help="few rounds: does it run at all?")
    options = parser.parse_args()
    report: dict[str, object] = {"versions": versions()}
    print(", ".join(f"{name} {value}" for name, value in versions().items()), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for program, rounds in PROGRAMS.items():
            print(f"\n{program}", flush=True)
            out = Path(folder, f"{program}.json")
            how = ["--images", "20000"] if options.quick else []
            if rounds is not None:
                how = [rounds[0], rounds[2 if options.quick else 1]]
            script = [sys.executable, str(HERE / f"{program}.py"), *how, "--json", str(out)]
            subprocess.run(script, check=True)
            report[program] = json.loads(out.read_text(encoding="utf-8"))
    if options.json:
        Path(options.json).write_text(json.dumps(report, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
