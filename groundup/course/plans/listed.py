"""The plans of the app."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from groundup.course.plans.plan import Plan
from groundup.course.plans.reading import read

PLANS = Path(__file__).parent


@cache
def plans() -> tuple[Plan, ...]:
    """All plans, in order."""
    return tuple(read(file.read_text("utf-8")) for file in sorted(PLANS.glob("*.toml")))


def plan(name: str) -> Plan | None:
    """The plan whose id is ``name``; nothing where there is none."""
    return next((one for one in plans() if one.id == name), None)
