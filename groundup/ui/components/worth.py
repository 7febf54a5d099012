"""What the parts of a line were worth: asked for by a code panel, and told by running it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from groundup.ui.components.component import component
from groundup.ui.components.stepping import SteppingState
from groundup.ui.controls.heard import heard, one_of, whole_number
from groundup.ui.shell.part import part
from groundup.ui.state import page_state

_KEY = "line_parts"
_LONGEST = 10_000_000

_teller = component("components/teller")


@dataclass
class WorthState:
    """What was asked last: the short name of a recording, and the number of a moment in it.

    ``told`` is its answer. It stays until more is asked: a run of the page that begins anew before
    it was drawn would lose it, and the panel would wait in vain.
    """

    asked: tuple[str, int] | None = None
    told: Mapping[str, Any] = field(default_factory=dict)


def tell() -> None:
    """Mount what answers the page's code panels; an answer needs no run of the page."""
    part(_tell)()


def _tell() -> None:
    state = page_state(WorthState)
    if state.asked:
        state.told, state.asked = _answer(*state.asked), None
    _teller(key=_KEY, data=state.told, on_asked_change=_asked)


def _asked() -> None:
    state = page_state(WorthState)
    state.told = {}
    match heard(_KEY, "asked"):
        case {"id": str(name), "number": number}:
            sources = page_state(SteppingState).sources
            found, at = one_of(name, sources), whole_number(number, range(_LONGEST))
            state.asked = None if found is None or at is None else (found, at)


def _answer(name: str, number: int) -> dict[str, Any]:
    source = page_state(SteppingState).sources[name]
    try:
        place = source.recorded().place(number)
        told = source.parts(place) if place else {"parts": []}
    except ValueError:  # no room for it now
        told = {"parts": []}
    return {"id": name, "number": number, **told}
