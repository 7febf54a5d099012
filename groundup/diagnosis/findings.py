"""What the watcher of a run tells: invariants that held or broke, and what is silently wrong."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """An invariant of training: ``state`` is ``"held"``, ``"broken"`` or ``"not yet"``.

    ``line`` is where it broke, and ``sentence`` says what broke there, with its numbers.
    """

    key: str
    name: str
    state: str
    line: int | None = None
    sentence: str = ""


@dataclass(frozen=True)
class Finding:
    """Something that runs and is wrong: where, in words, with the evidence, and the way out.

    ``mistake`` is the key of the gallery's entry that is closest, if there is one.
    """

    key: str
    line: int
    sentence: str
    evidence: tuple[str, ...] = ()
    fix: str = ""
    mistake: str = ""


@dataclass(frozen=True)
class Diagnosis:
    """All that a :class:`~groundup.diagnosis.Watch` saw, in so many backward ``passes``."""

    checks: tuple[Check, ...] = ()
    findings: tuple[Finding, ...] = ()
    passes: int = 0
