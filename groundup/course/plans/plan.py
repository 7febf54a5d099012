"""What a plan is: moments in their order, each a place of the path and what happens there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from groundup.course import path
from groundup.course.path import Question, Section


@dataclass(frozen=True)
class Moment:
    """A place, and what a teacher asks, expects and says there.

    The place is a ``section`` of the path, by its id, or a ``page`` that has none. ``question`` is
    the id of one of the section's; where there is none, the teacher asks ``ask``. ``settings`` are
    the page's where they are neither the section's nor the question's. ``expected`` holds choices
    and how many of a hundred learners take them at first: the author's estimate, not measured.
    ``again`` of its ``minutes`` are for talking in pairs and voting again; 0 for no second vote.
    ``press`` names buttons of its page that Page Down presses, one by one, before it goes on.
    """

    minutes: int
    again: int = 0
    section: str = ""
    page: str = ""
    question: str = ""
    ask: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    expected: Mapping[str, int] = field(default_factory=dict)
    why: str = ""
    say: str = ""
    press: tuple[str, ...] = ()

    @property
    def place(self) -> Section | None:
        """Its section, with the settings that the moment opens it with."""
        found = path.section(self.section)
        asked = self.asked
        settings = asked.settings if asked else {}
        return (
            replace(found, settings={**found.settings, **settings, **self.settings})
            if found
            else None
        )

    @property
    def asked(self) -> Question | None:
        """Its question of the path."""
        found = path.section(self.section)
        asked = found.questions if found else ()
        return next((one for one in asked if one.id == self.question), None)

    @property
    def name(self) -> str:
        """What it is called: its section, or the page."""
        found = path.section(self.section)
        return f"{found.id} {found.name}" if found else _PAGES[self.page]

    @property
    def where(self) -> str:
        """The name of the page that it opens."""
        found = path.section(self.section)
        return found.page if found else self.page


@dataclass(frozen=True)
class Plan:
    """Moments for a class; ``minutes`` is how long they take together."""

    id: str
    name: str
    minutes: int
    about: str
    moments: tuple[Moment, ...]

    def begins(self, at: int) -> int:
        """The minute at which the moment ``at``, counted from 1, begins."""
        return sum(one.minutes for one in self.moments[: at - 1])


_PAGES = {"home": "Start here", "finish": "What you can now do"}
PAGES = frozenset(_PAGES)
"""The pages that a moment may open beside the sections."""
