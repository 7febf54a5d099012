"""How large the page is read, as the browser keeps it from one visit to the next."""

from __future__ import annotations

from dataclasses import dataclass

from groundup.ui.components.component import component
from groundup.ui.controls.heard import heard
from groundup.ui.controls.widgets import control, declared, value
from groundup.ui.state import link, page_state, put

SIZE = "type_size"

_keeper = component("course/kept_size")
_KEY = "kept_size"


@dataclass
class SizeState:
    """The size that was chosen in this visit, and whether the browser said which one it keeps."""

    chosen: str = ""
    is_heard: bool = False


def size_control() -> None:
    """The control of the size."""
    control(SIZE, on_change=_choose)


def keep_size() -> None:
    """What keeps the size in the browser, on every page."""
    state = page_state(SizeState)
    data = {"size": state.chosen, "heard": state.is_heard}
    _keeper(key=_KEY, data=data, on_kept_change=_take_up)


def _choose() -> None:
    page_state(SizeState).chosen = str(value(SIZE))


def _take_up() -> None:
    state, said = page_state(SizeState), heard(_KEY, "kept")
    if state.is_heard or state.chosen:
        return
    state.is_heard = True
    # What a link says was meant for whoever opens it, and goes before what is kept.
    if declared()[SIZE].allows(said) and SIZE not in link():
        put({SIZE: said})
