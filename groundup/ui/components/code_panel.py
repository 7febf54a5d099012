"""A lesson's text on the screen, with the lines that matter now."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from functools import partial
from typing import Any

from groundup.engine.highlight import highlight
from groundup.engine.instrument import steps_of
from groundup.ui.components import stepping, worth
from groundup.ui.components.component import component_code, loaded_component, nothing, texts
from groundup.ui.components.onefile import Part
from groundup.ui.components.player_panel import short_name
from groundup.ui.components.recordings import Files, Room, Source
from groundup.ui.components.stepping import Followed, Ready, Timeline
from groundup.ui.controls.heard import whole_number

_panel = loaded_component("components/code")
_code = component_code("components/code")


def load_code() -> None:
    """Bring the panel's code to the browser; it is invisible, and is mounted once a page."""
    _code()
    worth.tell()


def code_panel(
    text: str,
    *,
    key: str,
    running: int | None = None,
    changed: Sequence[int] = (),
    failed: int | None = None,
    lit: Sequence[int] = (),
    doubtful: Sequence[int] = (),
    look: int | None = None,
    height: int | None = None,
    beneath: int = 0,
    pick: bool = False,
    steps: bool = False,
    files: Files | None = None,
    followed: Followed | None = None,
    timeline: Timeline | None = None,
    room: Room = nullcontext,
    own: bool = False,
    ready: Ready | None = None,
) -> int | None:
    """Draw ``text`` with line numbers, its recipe of numbered steps, and marked lines.

    Lines count from 1. ``running`` was executed last, ``changed`` differ from the healthy or the
    former text, ``failed`` raised, ``lit`` are picked out for some other reason, and
    something may be wrong on ``doubtful`` ones. ``look`` is the
    line to scroll to where none of those is given. ``height`` is in pixels; without it the panel
    is as high as the text. It is lower where its foot would not be seen, or what stands ``beneath``
    it and needs that many pixels. With ``steps`` the text can be stepped through, forwards and
    backwards; ``files`` are those that it reads, and ``followed`` is what its steps tell a picture
    beside it;
    ``timeline`` is that of a picture that leads them. ``room`` holds the memory that it takes; an
    ``own`` text of the learner's runs within the bounds of the language. A
    ``ready`` recording is shown as it is, and nothing is traced.

    Returns the line that the learner just clicked, if ``pick`` is on.
    """
    shown = stepping.steps_for(key, text, files, room, own=own) if steps else None
    result = _panel(
        key=key,
        data={
            **_shown(text),
            "running": running,
            "changed": list(changed),
            "failed": failed,
            "lit": list(lit),
            "doubtful": list(doubtful),
            "look": look,
            "height": height,
            "beneath": beneath,
            "pick": pick,
            "steps": ready.steps(key) if ready else shown,
            "fault": stepping.fault_for(text, failed, files, own=own) if steps else None,
            "followed": followed._asdict() if followed else None,
            "timeline": timeline._asdict() if timeline else None,
        },
        on_line_change=nothing,
        on_steps_change=ready.on_close if ready else partial(stepping.press, key),
        on_here_change=ready.on_here if ready else nothing,
    )
    return clicked_line(result.line, text) if pick else None


def _shown(text: str) -> dict[str, Any]:
    recipe = steps_of(text)
    return {
        "text": text,
        "lines": highlight(text),
        "recipe": sorted({(s.number, s.title) for s in recipe.values()}),
        "numbered": {line: step.number for line, step in recipe.items()},
    }


def code_part(
    text: str,
    *,
    name: str,
    files: Files | None = None,
    room: Room = nullcontext,
    followed: Followed | None = None,
    own: bool = False,
) -> Part:
    """``text`` with its steps, for a file that is stepped without a server.

    A picture in the same file follows the steps of the panel called ``name``.

    Raises:
        ValueError: if there is no room for a run of it now.
    """
    recorded = Source(text, None, files or {}, room, own).recorded()
    steps = {
        "key": name,
        "id": short_name(recorded.packed),
        "packed": recorded.packed,
        "number": None,
        "fault": recorded.fault,
        "stays": True,
    }
    marks: dict[str, list[int]] = {name: [] for name in ("changed", "lit", "doubtful")}
    told = {"followed": followed._asdict() if followed else None, "timeline": None}
    nothing_marked = {"running": None, "failed": None, "look": None, "fault": None, "pick": False}
    data = {**_shown(text), **marks, **nothing_marked, **told, "height": 520, "steps": steps}
    return Part("Code", texts("components/code"), data)


def clicked_line(said: object, text: str) -> int | None:
    """The number of the line of ``text`` that the panel says was clicked, if it has that line."""
    return whole_number(said, range(1, text.count("\n") + 2))
