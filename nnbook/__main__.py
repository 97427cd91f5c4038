"""The command line: python -m nnbook doctor | data | slides | reproduce | study and others."""

from __future__ import annotations

import argparse
import importlib
import io
import sys
from collections.abc import Sequence

# Each command is a module with a docstring, add_arguments(parser) and run(arguments) -> exit code.
COMMANDS = {
    "doctor": "nnbook.doctor",
    "data": "nnbook.data.command",
    "slides": "nnbook.slides.command",
    "figures": "nnbook.slides.figures",
    "reproduce": "nnbook.reproduce",
    "study": "nnbook.search.command",
    "cures": "nnbook.cures.command",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code (0 fine, 1 failed, 2 wrong arguments)."""
    argv = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console that has no ✓ still shows the words
    parser = argparse.ArgumentParser(prog="python -m nnbook", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    asked = [name for name in COMMANDS if argv[:1] == [name]] or list(COMMANDS)
    for name in asked:  # only the asked one: doctor works where another's packages are missing
        module = importlib.import_module(COMMANDS[name])
        summary = (module.__doc__ or "").strip().splitlines()[0]
        command = commands.add_parser(name, help=summary, description=module.__doc__)
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    arguments = parser.parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
