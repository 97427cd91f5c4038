"""An installed Chromium, Chrome or Edge: found, and asked to print a deck as a PDF hand-out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
)
QUIET = (
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SECONDS = 120


class NoPdf(RuntimeError):
    """The hand-out could not be printed; the message says what to do."""


def find_chromium() -> str | None:
    """Path of a browser of the Chromium family: `NNBOOK_CHROMIUM`, then PATH, then usual places."""
    wanted = os.environ.get("NNBOOK_CHROMIUM")
    for name in (wanted, *NAMES) if wanted else NAMES:
        if path := shutil.which(name):
            return path
    return next((place for place in PLACES if Path(place).is_file()), None)


def switches() -> list[str]:
    """Command-line switches for a browser nobody sees; root may not use the sandbox on Linux."""
    as_root = sys.platform.startswith("linux") and os.geteuid() == 0
    return [*QUIET, "--no-sandbox"] if as_root else list(QUIET)


def print_pdf(deck: Path, pdf: Path) -> None:
    """Print an HTML deck, one slide a page, as `pdf`. NoPdf if no browser is found or it fails."""
    browser = find_chromium()
    if browser is None:
        raise NoPdf(
            "A PDF needs Chromium, Chrome or Edge, and none was found. Install one, or name it in "
            "the environment variable NNBOOK_CHROMIUM. Without it: open the deck in any browser "
            f"at {deck.resolve().as_uri()}?print-pdf and print it from there."
        )
    with tempfile.TemporaryDirectory(prefix="nnbook-pdf-", ignore_cleanup_errors=True) as folder:
        printed = Path(folder, "handout.pdf")
        command = [
            browser,
            *switches(),
            f"--user-data-dir={Path(folder, 'profile')}",
            "--no-pdf-header-footer",
            f"--print-to-pdf={printed}",
            f"{deck.resolve().as_uri()}?print-pdf",
        ]
        try:
            result = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
        except (subprocess.TimeoutExpired, OSError) as error:
            raise NoPdf(f"{browser} did not print {deck.name}: {error}") from error
        if not printed.is_file() or not printed.read_bytes().startswith(b"%PDF"):
            said = result.stderr.decode(errors="replace").strip().split("\n")[-1]
            raise NoPdf(f"{browser} did not print {deck.name}. It said: {said or 'nothing'}")
        shutil.copyfile(printed, pdf)
