"""The pairs of ``programs/``: a silent bug and its healthy twin in one file.

A line that ends in ``#! KEY`` stands in both, and is where the bug should be told, as ``KEY``;
one that ends in ``#- KEY`` (or ``#-``) stands in the bug alone, and one that begins with ``#+`` in
the twin.
"""

import re
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "programs"
_MARK = re.compile(r"\s*#([!-]) ?([a-z_: ]*)$")


class Pair(NamedTuple):
    """Two texts, and which findings the first should have: lines and keys."""

    bug: str
    twin: str
    expected: list[tuple[int, str]]


def pairs():
    """The pairs by name."""
    return {file.stem: _pair(file.read_text()) for file in sorted(FOLDER.glob("*.py"))}


def _pair(source):
    bug, twin, expected = [], [], []
    for line in source.splitlines():
        mark, plain = _MARK.search(line), _MARK.sub("", line)
        if line.lstrip().startswith("#+ "):
            twin.append(line.replace("#+ ", "", 1))
            continue
        bug.append(plain)
        if mark and mark[2]:
            expected.append((len(bug), mark[2]))
        if not (mark and mark[1] == "-"):
            twin.append(plain)
    return Pair("\n".join(bug) + "\n", "\n".join(twin) + "\n", expected)
