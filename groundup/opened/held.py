"""Which file this process was started with, if any.

The command that starts the server in its own process says so once, before the server is there; the
pages ask. No variable of the environment, no link and no message leads here, so a copy that is open
to others holds none.
"""

from __future__ import annotations

from groundup.opened.opened_file import OpenedFile

_held: list[OpenedFile] = []


def hold(file: OpenedFile) -> None:
    """From now on this process is for ``file``.

    Raises:
        RuntimeError: if it is for one already.
    """
    if _held:
        raise RuntimeError("this process was started with another file")
    _held.append(file)


def current() -> OpenedFile | None:
    """The file that this process was started with; None on every copy that is open to others."""
    return _held[0] if _held else None
