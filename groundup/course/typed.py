"""What a learner typed, compared with the right answer: bounded, and never evaluated."""

from __future__ import annotations

import math
import re
import unicodedata

from groundup.course.same import number, whole

MOST = 60
"""The longest answer that is read, in characters."""

TOLERANCE = 0.01
"""How far a typed number may be from the right one, as a share of it; whole ones must be exact."""

FORMS = {
    "shape": "a shape, such as 2, 3; or the word error",
    "number": "a number; if it is not a whole one, to 1 %",
    "yes or no": "yes or no",
    "word": "a word",
}

_BETWEEN = re.compile(r"[\s,x×]+")
_SIZE = re.compile(r"[0-9]{1,6}")
_ABOUT = re.compile(r"^(?:about|around|roughly|≈|~)\s*")
_YES = {"yes": "yes", "y": "yes", "true": "yes", "no": "no", "n": "no", "false": "no"}


def agrees(said: str, right: str, form: str, unit: str = "", also: tuple[str, ...] = ()) -> bool:
    """Whether ``said`` means ``right``, an answer as a run writes it, or one of ``also``."""
    if len(said) > MOST:
        return False
    plain = _plain(said)
    if plain in map(_plain, (right, *also)):
        return bool(plain)
    if form == "shape":
        return _sizes(plain) == _sizes(right) is not None
    if form == "yes or no":
        return _YES.get(plain) == right
    return form == "number" and _near(plain, right, unit.lower())


def meant(said: str, form: str) -> str:
    """What ``said`` means, written alike for all that mean the same: ``[2,3]`` is ``(2, 3)``."""
    plain = _plain(said)
    if form == "shape" and (sizes := _sizes(plain)) is not None:
        return str(sizes)
    if form == "number" and (found := number(_ABOUT.sub("", plain))) is not None:
        return f"{found:.10g}"
    return plain


def _plain(said: str) -> str:
    """Small letters, single spaces, no full stop: ``  Error. `` is ``error``."""
    flat = " ".join(unicodedata.normalize("NFKC", said).casefold().split())
    return flat.strip(" .!?\"'`“”")


def _sizes(said: str) -> tuple[int, ...] | None:
    """The sizes of a shape, as ``(4, 3)``, ``[4,3]``, ``4 3`` or ``4×3`` write it."""
    inside = said.removeprefix("torch.size").strip("()[] ,")
    sizes = _BETWEEN.split(inside) if inside else []
    return tuple(map(int, sizes)) if all(map(_SIZE.fullmatch, sizes)) else None


def _near(said: str, right: str, unit: str) -> bool:
    told = _ABOUT.sub("", said).removesuffix(unit).strip()
    mine, other = number(told), number(right)
    if mine is None or other is None:
        return False
    if whole(right):
        return mine == other
    return math.isclose(mine, other, rel_tol=TOLERANCE)
