"""Tell what works on this machine, and what to do about what does not."""

from __future__ import annotations

import argparse
import importlib.metadata as metadata
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

OLDEST_PYTHON = (3, 11)
# Widgets show only where these three agree: JupyterLab, ipywidgets, and its part inside the Lab.
WIDGET_MAJORS = {"jupyterlab": 4, "ipywidgets": 8, "jupyterlab_widgets": 3}
SHOWN = ("numpy", "matplotlib", "jupyterlab", "ipywidgets", "scikit-learn", "pooch", "mnist")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
INSTALLED_BROWSERS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
)
CHINESE_FONTS = (
    "Noto Sans CJK", "Noto Serif CJK", "Noto Sans SC", "Source Han", "WenQuanYi", "Droid Sans Fall",
    "Microsoft YaHei", "SimSun", "SimHei", "PingFang", "Heiti", "Hiragino Sans GB", "STSong",
)  # fmt: skip
ROOM = 30_000_000  # bytes free for MNIST and the reader's results
INSTALL = "Run in the project's folder: python -m pip install -r requirements.txt"

State = Literal["fine", "note", "problem"]
MARKS: dict[State, str] = {"fine": "✓", "note": "!", "problem": "✗"}


@dataclass(frozen=True)
class Result:
    """What a check found: fine, a note (a reader can study all the same) or a problem."""

    state: State
    text: str
    advice: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`python -m nnbook doctor` takes no arguments."""


def run(arguments: argparse.Namespace) -> int:
    """Prints a line for each check; returns 0 when a reader can study here, else 1."""
    problems = 0
    for name, check in CHECKS.items():
        result = examine(check)
        problems += result.state == "problem"
        print(f"{MARKS[result.state]} {name:<13}{result.text}", flush=True)
        if result.advice:
            print(f"{'':15}→ {result.advice}")
    print("You can study here." if not problems else "First mend what is marked with ✗.")
    return 1 if problems else 0


def examine(check: Callable[[], Result]) -> Result:
    """The result of a check; one that raises an error has found a problem."""
    try:
        return check()
    except Exception as error:
        return Result("problem", f"failed with {type(error).__name__}: {error}", INSTALL)


def python() -> Result:
    """Python itself is new enough."""
    text = f"{sys.version.split()[0]} ({sys.executable})"
    if sys.version_info < OLDEST_PYTHON:
        return Result("problem", text, "Install Python 3.11 or newer.")
    return Result("fine", text)


def packages() -> Result:
    """Every package that nnbook requires is installed and new enough."""
    from packaging.requirements import Requirement

    try:
        needed = [Requirement(line) for line in metadata.requires("nnbook") or []]
    except metadata.PackageNotFoundError:
        return Result("problem", "nnbook itself is not installed", INSTALL)
    wrong = []
    for need in needed:
        if need.marker and not need.marker.evaluate({"extra": ""}):
            continue
        version = _version(need.name)
        if version is None:
            wrong.append(f"{need.name} is missing")
        elif not need.specifier.contains(version, prereleases=True):
            wrong.append(f"{need.name} {version} does not fit {need.specifier}")
    if wrong:
        return Result("problem", "; ".join(wrong), INSTALL)
    return Result("fine", ", ".join(f"{name} {_version(name)}" for name in SHOWN))


def widgets() -> Result:
    """JupyterLab and ipywidgets fit each other, and the Lab finds the widgets' own part."""
    from jupyter_core.paths import jupyter_path

    found = {name: _version(name) for name in WIDGET_MAJORS}
    text = ", ".join(f"{name} {version or 'missing'}" for name, version in found.items())
    for name, major in WIDGET_MAJORS.items():
        version = found[name]
        if version is None or int(version.split(".")[0]) != major:
            return Result("problem", f"{text}; {name} should be {major}.x", INSTALL)
    for extension in ("@jupyter-widgets/jupyterlab-manager", "anywidget"):
        places = [Path(place, extension, "package.json") for place in jupyter_path("labextensions")]
        if not any(place.is_file() for place in places):
            return Result("problem", f"{text}; JupyterLab does not find {extension}", INSTALL)
    return Result("fine", f"{text}: they match")


def kernel() -> Result:
    """Notebooks run with this Python, not with another one that is called python3 too."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        command = KernelSpecManager().get_kernel_spec("python3").argv[0]
    except NoSuchKernel:
        return Result("problem", "no kernel called python3", INSTALL)
    program = shutil.which(command)
    if program is None:
        return Result(
            "problem", f"the kernel python3 starts {command}, which is not there", INSTALL
        )
    if Path(program).parent != Path(sys.executable).parent and Path(command).is_absolute():
        return Result(
            "note",
            f"the kernel python3 starts {command}, another Python than this one",
            "If a chapter does not find nnbook: jupyter kernelspec remove python3",
        )
    return Result("fine", "notebooks run with this Python")


def data() -> Result:
    """MNIST is where load_mnist looks first, and is undamaged; nothing is fetched here."""
    from nnbook.data import builtin_digits, store
    from nnbook.data.archives import MNIST
    from nnbook.data.mnist import BUILTIN, mnist_folder, named_folder

    count = sum(len(part) for part in builtin_digits().parts.values())
    instead = f"the {count:,} built-in digits are used"
    fetch = "To fetch MNIST (12 MB): python -m nnbook data"
    wanted = os.environ.get("NNBOOK_DATA", "")
    if wanted.strip().lower() == BUILTIN:
        return Result("note", f"NNBOOK_DATA={wanted}: {instead}", "Unset NNBOOK_DATA for MNIST.")
    if wanted:
        digits, trouble = named_folder(wanted)
        if digits is not None:
            return Result("fine", f"MNIST in {wanted}, checksums right")
        return Result(
            "note", trouble, "Name a folder with the four archives, or unset NNBOOK_DATA."
        )
    folder = mnist_folder()
    if len(store.load(folder, MNIST)) == len(list(MNIST)):
        return Result("fine", f"MNIST in {folder}, checksums right")
    return Result("note", f"MNIST is not in {folder}; until it is there, {instead}", fetch)


def folders() -> Result:
    """The reader's results and the downloads can be kept."""
    from nnbook.folders import cache_folder, user_folder

    for folder in (user_folder(), cache_folder()):
        place = next(p for p in (folder, *folder.parents) if p.exists())
        advice = "Set the environment variable NNBOOK_HOME to a folder that can be written."
        try:
            with tempfile.TemporaryFile(dir=place) as file:
                file.write(b"nnbook")
            free = shutil.disk_usage(place).free
        except OSError as error:
            return Result("note", f"{folder} cannot be written ({error.strerror})", advice)
        if free < ROOM:
            return Result("note", f"{folder} has only {free / 1e6:.0f} MB left", advice)
    return Result("fine", f"{user_folder()} and {cache_folder()} can be written")


def processors() -> Result:
    """How many threads NumPy multiplies matrices with."""
    import numpy  # noqa: F401  (loads the library that is looked at)
    from threadpoolctl import threadpool_info

    cores = os.cpu_count() or 1
    text = f"{cores} cores"
    for library in threadpool_info():
        if library["user_api"] == "blas":
            text += f", NumPy uses {library['internal_api']} with {library['num_threads']} threads"
            if library["num_threads"] > cores:
                advice = f"More threads than cores is slow: set OPENBLAS_NUM_THREADS={cores}"
                return Result("note", text, advice)
            break
    return Result("fine", text)


def browser() -> Result:
    """A Chromium or Chrome, for printing decks to PDF and for the browser tests."""
    installed = [path for path in INSTALLED_BROWSERS if Path(path).is_file()]
    program = next(filter(None, map(shutil.which, BROWSERS)), None) or next(iter(installed), None)
    if program is None:
        return Result(
            "note",
            "no Chromium or Chrome",
            "Only needed to print decks to PDF and for the browser tests; any browser shows decks.",
        )
    return Result("fine", program)


def fonts() -> Result:
    """A font with Chinese characters, for the terms and summaries."""
    if shutil.which("fc-list"):
        listing = subprocess.run(
            ["fc-list", ":lang=zh", "family"], capture_output=True, text=True, timeout=20
        ).stdout
        names = sorted(line.split(",")[0].strip() for line in listing.splitlines())
    else:
        from matplotlib import font_manager

        known = {font.name for font in font_manager.fontManager.ttflist}
        names = sorted(name for name in known if name.startswith(CHINESE_FONTS))
    if not names:
        return Result(
            "note",
            "no Chinese font: 神经网络 may show as boxes",
            "Install one, on Debian and Ubuntu for example: apt install fonts-noto-cjk",
        )
    return Result("fine", f"Chinese: {names[0]}")


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


CHECKS: dict[str, Callable[[], Result]] = {
    "Python": python,
    "Packages": packages,
    "Widgets": widgets,
    "Kernel": kernel,
    "Data": data,
    "Folders": folders,
    "Processors": processors,
    "Browser": browser,
    "Fonts": fonts,
}
