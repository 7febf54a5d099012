"""What a room and its people are called: a code to join, a secret to teach, tokens for learners."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata

LETTERS = "BCDFGHJKMNPQRTVWXY"
"""No vowels, so that no code is a word, and none that is taken for another: I L O S U Z."""

LENGTH = 6
"""34 million codes. With 100 rooms open and 120 wrong codes a minute allowed, whoever tries for the
three hours of a room finds one of the hundred with a chance of 6 %."""

_CODE = re.compile(f"[{LETTERS}]{{{LENGTH}}}")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)
_LONGEST = 40


def new_code() -> str:
    """A code to join with, drawn at random."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def read_code(said: str) -> str | None:
    """The code that ``said`` writes, in small letters or parted by spaces too; None for no code."""
    if len(said) > _LONGEST:
        return None
    plain = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", said)).upper()
    return plain if _CODE.fullmatch(plain) else None


def new_token() -> str:
    """What nobody guesses: a teacher's secret, or what a learner's browser is known by."""
    return secrets.token_urlsafe(16)


def is_token(said: object) -> bool:
    """Whether ``said`` may be a token of ours."""
    return isinstance(said, str) and bool(_TOKEN.fullmatch(said))


def hidden(code: str, token: str) -> str:
    """What is stored in place of ``token``: in each room another, and no way back."""
    return hashlib.sha256(f"{code}:{token}".encode()).hexdigest()
