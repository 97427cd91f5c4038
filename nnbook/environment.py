"""Where numbers were computed: versions, processor and threads, which decide their last digits."""

from __future__ import annotations

import platform
from importlib.metadata import version
from pathlib import Path

import numpy as np

CPUINFO = Path("/proc/cpuinfo")  # Linux names the processor there


def environment() -> dict[str, str]:
    """What the last digits of a training depend on, by name.

    The threads are those that NumPy's matrix library uses now.
    """
    from nnbook import __version__

    return {
        "nnbook": __version__,
        "numpy": np.__version__,
        "scipy": version("scipy"),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
        **_matrix_library(),
    }


def differences(then: dict[str, str], now: dict[str, str]) -> list[str]:
    """What differs: "numpy 1.26.4, here 2.4.6"."""
    return [
        f"{name} {then.get(name, 'unknown')}, here {now.get(name, 'unknown')}"
        for name in {**now, **then}
        if then.get(name) != now.get(name)
    ]


def _processor() -> str:
    try:
        lines = CPUINFO.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or "unknown"


def _matrix_library() -> dict[str, str]:
    from threadpoolctl import threadpool_info

    found = [library for library in threadpool_info() if library["user_api"] == "blas"]
    if not found:
        return {"matrix library": "unknown", "threads": "unknown"}
    folder = str(Path(np.__file__).parent)  # numpy, and numpy.libs beside it: SciPy has its own
    own = [library for library in found if library["filepath"].startswith(folder)]
    library = (own or found)[0]
    kernels = library.get("architecture") or "all processors"
    name = f"{library['internal_api']} {library['version']} for {kernels}"
    return {"matrix library": name, "threads": str(library["num_threads"])}
