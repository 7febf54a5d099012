"""``groundup open train.py``: the app on this machine alone, with a script of the user's own."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import suppress

from groundup.opened import OpenedFile, hold
from groundup.ui.shell import loopback

PAGE = "your_code"
ABOUT = (
    "Start the app on this machine alone, with a script of yours on the page Your code. It runs as "
    "python SCRIPT ARGUMENTS would, with whatever it imports and reads, and is stepped. Save it in "
    "your editor, and the page shows what you saved."
)


def open_script(arguments: Sequence[str]) -> int:
    """Do what ``groundup open`` followed by ``arguments`` asks for, until the server is stopped.

    Raises:
        ValueError: in words, if the file or an option cannot be used.
    """
    split = list(arguments).index("--") if "--" in arguments else len(arguments)
    options, others = parser().parse_known_args(arguments[:split])
    if others:
        raise ValueError(
            f"open does not take {others[0]}. It serves {loopback.ADDRESS} alone; --port chooses "
            "the port, and what the script is to be given stands after --."
        )
    file = OpenedFile.at(options.script, tuple(arguments[split + 1 :]))
    hold(file)
    try:
        file.prepare()
        with suppress(KeyboardInterrupt):  # Ctrl+C is how it is ended
            loopback.serve(PAGE, port=options.port, browser=options.browser)
    finally:
        file.close()
    return 0


def parser() -> argparse.ArgumentParser:
    """The command's options."""
    made = argparse.ArgumentParser(
        prog="groundup open",
        description=ABOUT,
        usage="groundup open [-h] [--port PORT] [--no-browser] SCRIPT [-- ARGUMENT ...]",
    )
    made.add_argument("script", metavar="SCRIPT", help="a Python file, such as train.py")
    made.add_argument("--port", type=int, help="the port to serve at; without it, a free one")
    made.add_argument(
        "--no-browser", dest="browser", action="store_false", help="only print the address"
    )
    return made
