"""Lines of a program as cards to be put in order, and what the board of them says back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from groundup.ui.components.component import component_code, loaded_component
from groundup.ui.controls.heard import heard, whole_number

_board = loaded_component("components/order")
_code = component_code("components/order")


class Arranged(NamedTuple):
    """Which card stands at each place, under the ``order``-th arrangement that was sent."""

    order: int
    places: tuple[int, ...]


def load_board() -> None:
    """Bring the board's code to the browser; it is invisible, and is mounted once a page."""
    _code()


def board(
    cards: Sequence[str],
    *,
    key: str,
    given: str,
    apart: int,
    session: str,
    order: int,
    places: Sequence[int],
    failed: int | None,
    steps: bool,
    run: str,
    done: bool,
    height: str,
    on_places: Callable[[], None],
    on_run: Callable[[], None],
    on_steps: Callable[[], None],
) -> None:
    """Draw ``cards``, texts of some lines each, at their ``places`` under the ``given`` lines.

    So many empty lines stand ``apart`` of two cards in their text, whose line ``failed`` is marked.
    Whoever starts again has the cards as they are listed. ``session``, ``order``, ``steps``,
    ``run``, ``done`` and ``height`` are as those of the editor. What was arranged is told (see
    :func:`arranged`) under ``"places"`` and under ``"run"``.
    """
    _board(
        key=key,
        data={
            "key": key,
            "cards": list(cards),
            "given": given,
            "apart": apart,
            "session": session,
            "order": order,
            "places": list(places),
            "start": list(range(len(cards))),
            "failed": failed,
            "steps": steps,
            "run": run,
            "done": done,
            "height": height,
        },
        on_places_change=on_places,
        on_run_change=on_run,
        on_steps_change=on_steps,
    )


def arranged(key: str, what: str, count: int) -> Arranged | None:
    """What the board called ``key`` just said under ``what`` of its ``count`` cards, each of which
    must stand at one place; None for anything else."""
    match heard(key, what):
        case {"order": int(order), "places": [*said]} if len(said) == count:
            every = (whole_number(one, range(count)) for one in said)
            places = tuple(one for one in every if one is not None)
            return Arranged(order, places) if len(set(places)) == count else None
    return None
