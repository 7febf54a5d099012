"""Whether a server's log complains of the app, or only of a connection that broke off."""

import re
from pathlib import Path

TRACEBACK = "Traceback (most recent call last):"
COMPLAINT = re.compile(r"warning|traceback|error", re.IGNORECASE)
FRAME = re.compile(r'^ +File "([^"]+)", line \d+', re.MULTILINE)
# Between two tracebacks of one exception.
CHAINED = (
    "The above exception was the direct cause",
    "During handling of the above exception",
)
APP = ("groundup/", "app_pages/", "app.py", "script.py")


def complaints(log: str, root: Path) -> str:
    """The lines of ``log`` that complain of the app at ``root``; empty where there are none.

    Streamlit logs a traceback of its own when a socket closes before it was accepted: an entry with
    tracebacks that never pass through a file of the app is not the app's. Any other line that
    warns or names an error is, as far as a test can tell.
    """
    return "\n".join(entry for entry in _entries(log) if _is_ours(entry, root))


def _is_ours(entry: str, root: Path) -> bool:
    if TRACEBACK in entry:
        return any(_of_app(Path(path), root) for path in FRAME.findall(entry))
    return COMPLAINT.search(entry) is not None


def _of_app(file: Path, root: Path) -> bool:
    # An environment may lie in the project's folder: what it holds is not the app's.
    return file.is_relative_to(root) and str(file.relative_to(root)).startswith(APP)


def _entries(log: str) -> list[str]:
    """The lines of ``log``, a traceback whole and together with the line above it."""
    entries: list[list[str]] = []
    for line in log.splitlines():
        if entries and _goes_on(entries[-1], line):
            entries[-1].append(line)
        else:
            entries.append([line])
    return ["\n".join(lines) for lines in entries]


def _goes_on(entry: list[str], line: str) -> bool:
    if line == TRACEBACK:
        return True
    if TRACEBACK not in entry:
        return False
    over = _is_over(entry)
    return not over or not line or line.startswith(CHAINED)


def _is_over(entry: list[str]) -> bool:
    """Whether the last traceback of ``entry`` has come to its line that names the exception."""
    last = len(entry) - 1 - entry[::-1].index(TRACEBACK)
    return any(line and not line.startswith(" ") for line in entry[last + 1 :])
