"""Fetch MNIST, check it and say where it is.

The four archives (12 MB) go into the cache folder, or into the folder that you name.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from nnbook.data import store
from nnbook.data.archives import MNIST, Collection
from nnbook.data.download import MIRRORS, Download
from nnbook.data.mnist import mnist_folder, reason

PATIENCE = 1200.0  # seconds for all mirrors: here a slow connection may take its time


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `python -m nnbook data`."""
    parser.add_argument(
        "--folder",
        type=Path,
        help=f"where to put the archives (default: {mnist_folder()})",
    )


def run(
    arguments: argparse.Namespace,
    *,
    mirrors: Sequence[str] = MIRRORS,
    collection: Collection = MNIST,
    seconds: float = PATIENCE,
) -> int:
    """Fetches what is missing, also after an earlier failure; returns 0, or 1 if it could not."""
    folder = (arguments.folder or mnist_folder()).expanduser().absolute()
    there = store.load(folder, collection)
    missing = [archive for archive in collection if archive.name not in there]
    if missing:
        try:
            failures = _fetch(folder, missing, mirrors, seconds)
        except OSError as error:
            print(f"✗ {folder} cannot be written: {reason(error)}.", file=sys.stderr)
            print("  Make room, or name another folder with --folder.", file=sys.stderr)
            return 1
        if failures:
            _tell_failure(failures, mirrors, collection)
            return 1
    store.forget_failure(folder)
    for archive in collection:
        print(f"✓ {archive.name:<27} {archive.size:>10,} bytes, checksum right")
    print(f"MNIST is in {folder}")
    _tell_variable(folder, named=arguments.folder is not None)
    return 0


def _fetch(folder: Path, missing: list, mirrors: Sequence[str], seconds: float) -> list[str]:
    from tqdm import tqdm

    total = sum(archive.size for archive in missing)
    with tqdm(total=total, unit="B", unit_scale=True, desc="MNIST", leave=False) as bar:
        download = Download(missing, mirrors, seconds=seconds, progress=bar.update)
        for archive, packed in download:
            store.keep(folder, archive, packed)
    return download.failures if download.missing else []


def _tell_failure(failures: list[str], mirrors: Sequence[str], collection: Collection) -> None:
    print("✗ MNIST could not be fetched:", file=sys.stderr)
    for failure in failures:
        print(f"    {failure}", file=sys.stderr)
    print(
        "  Try again later, or bring these files from another computer into one folder, and set\n"
        "  the environment variable NNBOOK_DATA to it:",
        file=sys.stderr,
    )
    for archive in collection:
        print(f"    {mirrors[0]}{archive.name}" if mirrors else archive.name, file=sys.stderr)
    print("  Until then all chapters run on the built-in digits.", file=sys.stderr)


def _tell_variable(folder: Path, *, named: bool) -> None:
    wanted = os.environ.get("NNBOOK_DATA", "")
    if wanted and Path(wanted).expanduser().absolute() != folder:
        print(f"The chapters look in NNBOOK_DATA={wanted} first.")
    elif named and not wanted:
        print("To use it, set the environment variable NNBOOK_DATA to this folder:")
        print(f"  Linux, macOS:  export NNBOOK_DATA='{folder}'")
        print(f"  PowerShell:    $env:NNBOOK_DATA = '{folder}'")
