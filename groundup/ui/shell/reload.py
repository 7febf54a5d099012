"""A reload goes on with what the visit before it had made: its runs, pins, points and answers.

For Streamlit a reload is a new visitor, who brings nothing but the link. So each visit has a secret
name, which the browser keeps as long as its tab is open; whoever names a visit that has ended takes
over what it left. Streamlit keeps that for two minutes.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

from streamlit.runtime.scriptrunner import get_script_run_ctx

from groundup.ui.components.component import component
from groundup.ui.controls.heard import heard
from groundup.ui.controls.state import ControlsState
from groundup.ui.shell import holdings
from groundup.ui.state import page_state, take_in

_visit = component("shell/visit")
_KEY = "visit"


@dataclass
class VisitState:
    """One visit: the ``name`` that nobody else can guess, and Streamlit's name of its session."""

    name: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    session: str = ""


_OWN = (VisitState, ControlsState)
_visits: WeakValueDictionary[str, VisitState] = WeakValueDictionary()


def follow() -> None:
    """Name this visit to the browser, and take up what the one before the reload had made."""
    own = page_state(VisitState)
    context = get_script_run_ctx()
    own.session = context.session_id if context else ""
    _visits[own.name] = own
    _visit(key=_KEY, data={"name": own.name}, on_before_change=_take_up)


def _take_up() -> None:
    name = heard(_KEY, "before")
    before = _visits.get(name) if isinstance(name, str) else None
    if before is None or before is page_state(VisitState):
        return
    # What the controls remember belongs to the link, which the reload brought.
    left = holdings.take_over(before.session)
    take_in(one for one in left if not isinstance(one, _OWN))
