"""A learner's text as a link carries it: compressed, in letters that an address may hold.

A link may hold anything, so nothing is unpacked beyond the longest text that the page takes.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
import zlib

MAX_CHARACTERS = 20_000
"""The longest text that the page takes."""
MAX_LINK = 4_000
"""The most that a text may take of a link: many chats and mail programs cut longer ones."""

_BYTES = 4 * MAX_CHARACTERS
_LETTERS = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


def packed(text: str) -> str:
    """``text`` as it stands in a link; it may be longer than :data:`MAX_LINK`."""
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def unpacked(raw: str) -> str:
    """The text that ``raw`` of a link stands for.

    Raises:
        ValueError: saying why there is none.
    """
    if len(raw) > MAX_LINK:
        raise ValueError(f"it has {len(raw):,} letters, and {MAX_LINK:,} is the most")
    if not _LETTERS.fullmatch(raw):
        raise ValueError("it holds letters that no packed text has")
    try:
        data = base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4))
        return checked(_inflated(data).decode())
    except (binascii.Error, zlib.error, UnicodeDecodeError):
        raise ValueError("it was cut or changed on its way") from None


def checked(text: str) -> str:
    """``text`` with plain line breaks, if it is one that the page takes.

    Raises:
        ValueError: saying why it is none.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(plain) > MAX_CHARACTERS:
        raise ValueError(f"it has {len(plain):,} characters, and {MAX_CHARACTERS:,} is the most")
    for one in plain:
        if one not in "\n\t" and unicodedata.category(one) in {"Cc", "Cs"}:
            raise ValueError(f"it holds U+{ord(one):04X}, which is no character of a text")
    return plain


def _inflated(data: bytes) -> bytes:
    """What ``data`` unpacks to, never more than a text may have."""
    unpacking = zlib.decompressobj()
    made = unpacking.decompress(data, _BYTES + 1)
    if len(made) > _BYTES:
        raise ValueError(f"it unpacks to more than {MAX_CHARACTERS:,} characters")
    if not unpacking.eof:
        raise zlib.error("it ends too early")
    return made
