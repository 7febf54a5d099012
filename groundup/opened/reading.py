"""Read a script from the disk: within bounds, and with a sentence for whatever is not one."""

from __future__ import annotations

import io
import stat
import tokenize
from pathlib import Path
from typing import NamedTuple

MAX_BYTES = 200_000
"""A page shows every line of it."""


class UnreadableError(ValueError):
    """A file that cannot be opened as a script; its words say why, and what to do."""


class Stamp(NamedTuple):
    """What tells that a file was saved, without reading it; an editor may put a new one there."""

    number: int
    size: int
    nanoseconds: int


def stamp(path: Path) -> Stamp | None:
    """The stamp of what lies at ``path`` now; None if nothing does."""
    try:
        found = path.stat()
    except OSError:
        return None
    return Stamp(found.st_ino, found.st_size, found.st_mtime_ns)


def read(path: Path, name: str) -> str:
    """The text of the script at ``path``, which the user calls ``name``.

    Raises:
        UnreadableError: if it is none, or too large.
    """
    try:
        _refuse_other_kinds(path, name)
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableError(f"{name} cannot be read: {error.strerror or error}.") from None
    if len(content) > MAX_BYTES:
        raise UnreadableError(
            f"{name} has more than {MAX_BYTES:,} bytes, which is more than a page can show. "
            "Move parts of it into modules beside it, and open the script that imports them."
        )
    return _decoded(content, name)


def _refuse_other_kinds(path: Path, name: str) -> None:
    kind = path.stat().st_mode
    if stat.S_ISDIR(kind):
        raise UnreadableError(f"{name} is a folder. Name the script in it that is to be opened.")
    if path.suffix == ".ipynb":
        raise UnreadableError(
            f"{name} is a notebook. Make a script of it first: jupyter nbconvert --to script {name}"
        )
    if path.suffix != ".py":
        raise UnreadableError(f"{name} does not end in .py, so it is not taken for a script.")
    if not stat.S_ISREG(kind):
        raise UnreadableError(f"{name} is not a file that can be read twice.")


def _decoded(content: bytes, name: str) -> str:
    """The text, in the encoding that its first lines declare, or in UTF-8 as Python reads it."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        text = content.decode(encoding)
    except (SyntaxError, UnicodeDecodeError):
        raise UnreadableError(
            f"{name} is not written in UTF-8, nor in an encoding that its first lines declare. "
            "Save it as UTF-8."
        ) from None
    if "\0" in text:
        raise UnreadableError(f"{name} holds a null character, so Python would not run it.")
    return text.replace("\r\n", "\n").replace("\r", "\n")
