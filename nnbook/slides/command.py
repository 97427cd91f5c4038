"""Turn chapters into slide decks that need no network: one HTML file each, with speaker notes.

In the deck: arrows and space move, s opens the speaker view with notes and clock, o shows all
slides, f fills the screen, ? lists all keys. The address with ?print-pdf added is for printing.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from nnbook.slides.chapters import NoChapter, find_chapters

CORE_MINUTES, ALL_MINUTES = 45, 90


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "chapters",
        nargs="*",
        metavar="CHAPTER",
        help="a number (02: all its notebooks), a name (02_sigmoid) or a path; all if left out",
    )
    parser.add_argument(
        "--minutes",
        type=int,
        default=ALL_MINUTES,
        help="length of the lecture: 45 (the core slides) or 90 (all slides, the default)",
    )
    parser.add_argument(
        "--output", type=Path, default=Path("build/slides"), help="folder (default: build/slides)"
    )
    parser.add_argument(
        "--pdf", action="store_true", help="print a hand-out, too (needs Chromium, Chrome or Edge)"
    )


def fitting(minutes: int) -> int:
    """The longest of our two lengths that fits into `minutes`, else the shorter one."""
    return ALL_MINUTES if minutes >= ALL_MINUTES else CORE_MINUTES


def run(arguments: argparse.Namespace) -> int:
    """Write the decks and say where they are; 1 if one failed, 2 if a chapter is not there."""
    if arguments.minutes < 1:
        return _complain("--minutes must be 45 or 90.", 2)
    try:
        paths = find_chapters(arguments.chapters)
    except NoChapter as error:
        return _complain(str(error), 2)
    minutes = fitting(arguments.minutes)
    if minutes != arguments.minutes:
        print(
            f"There are decks for 45 and for 90 minutes; "
            f"for {arguments.minutes}, the one for {minutes} fits best."
        )

    from nnbook.slides.chromium import NoPdf, print_pdf
    from nnbook.slides.export import MissingPackage, build_deck

    failed = 0
    for path in paths:
        ending = "" if minutes == ALL_MINUTES else f"_{minutes}"
        deck = arguments.output / f"{path.stem}{ending}.slides.html"
        try:
            html = build_deck(path, minutes)
            arguments.output.mkdir(parents=True, exist_ok=True)
            deck.write_text(html, encoding="utf8", newline="\n")
            print(f"{deck}  ({deck.stat().st_size / 1e6:.1f} MB, for {minutes} minutes)")
            if arguments.pdf:
                pdf = deck.with_suffix(".pdf")
                print_pdf(deck, pdf)
                print(f"{pdf}  ({pdf.stat().st_size / 1e6:.1f} MB)")
        except (NoPdf, MissingPackage, ValueError) as error:
            failed = _complain(str(error), 1)
        except OSError as error:
            failed = _complain(f"Cannot write to {arguments.output}: {error.strerror or error}.", 1)
    return failed


def _complain(message: str, code: int) -> int:
    print(message, file=sys.stderr)
    return code
