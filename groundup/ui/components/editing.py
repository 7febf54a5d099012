"""An editor for a Python text, and what it says back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from groundup.ui.components.component import component_code, loaded_component
from groundup.ui.controls.heard import heard

_editor = loaded_component("components/editor")
_code = component_code("components/editor")


class Mark(NamedTuple):
    """A place of the text that is marked: lines and columns from 1, the end exclusive.

    ``kind`` is ``"refused"`` or ``"doubtful"``; ``said`` is for who cannot see it.
    """

    kind: str
    line: int
    column: int
    end_line: int
    end_column: int
    said: str

    def sent(self) -> dict[str, object]:
        """As the component is sent it."""
        ends = {"endLine": self.end_line, "endColumn": self.end_column}
        return {"kind": self.kind, "line": self.line, "column": self.column, **ends} | {
            "said": self.said
        }


class Typed(NamedTuple):
    """A text that the editor tells of, typed under the ``order``-th text that it was given."""

    order: int
    text: str


def load_editor() -> None:
    """Bring the editor's code to the browser; it is invisible, and is mounted once a page."""
    _code()


def editor(
    text: str,
    *,
    key: str,
    session: str,
    order: int,
    marks: Sequence[Mark],
    most: int,
    steps: bool,
    keeps: bool,
    reads_only: bool,
    height: str,
    on_text: Callable[[], None],
    on_run: Callable[[], None],
    on_steps: Callable[[], None],
    run: str = "▶ Run",
    start: str | None = None,
    locked: Sequence[str] = (),
    aside: tuple[int, int] = (0, 0),
    done: bool = False,
) -> None:
    """Draw an editor in which ``text`` stands, if ``order`` is another one than before.

    Another ``session`` than before, after a lost connection say, begins with what the browser kept.

    Up to ``most`` characters can be typed. With ``steps`` it has a button that goes to the steps of
    the last run; ``keeps`` has the browser keep the text,
    and where it ``reads_only`` nothing can be typed. ``height`` is CSS. What was typed is told
    (see :func:`typed`) under ``"text"``, a while after the last key, and under ``"run"``, by a
    press of the button called ``run``.

    A text to be completed can be put back to its ``start``, and its ``locked`` pieces (see
    :func:`groundup.ui.components.gaps.pieces`) stay: what stands between them may be changed. So
    many lines ``aside``, at its top and at its end, have no number. While the text is ``done``, to
    run it again is not what comes next.
    """
    _editor(
        key=key,
        data={
            "key": key,
            "text": text,
            "session": session,
            "order": order,
            "marks": [mark.sent() for mark in marks],
            "most": most,
            "steps": steps,
            "keeps": keeps,
            "readsOnly": reads_only,
            "height": height,
            "run": run,
            "start": start,
            "locked": list(locked),
            "aside": list(aside),
            "done": done,
        },
        on_text_change=on_text,
        on_run_change=on_run,
        on_steps_change=on_steps,
    )


def typed(key: str, what: str) -> Typed | None:
    """What the editor called ``key`` just said under ``what``; None if it is no text at all."""
    match heard(key, what):
        case {"order": int(order), "text": str(text)}:
            return Typed(order, text)
    return None
