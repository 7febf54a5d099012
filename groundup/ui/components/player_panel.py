"""Players on the page: what Python sends them, and the one thing they say back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from groundup.engine.playback import Playback
from groundup.ui.components.component import component_code, loaded_component, nothing, texts
from groundup.ui.components.onefile import Part
from groundup.ui.controls.heard import heard

_TRANSPORT = "components/transport"


class PlayerPosition(NamedTuple):
    """Where the learner holds the run: ``at`` epochs complete, under the ``order``-th order."""

    order: int
    at: int
    playing: bool


class Player:
    """The player component in ``ui/FOLDER``, whose code travels apart from its data."""

    def __init__(self, folder: str) -> None:
        self._component = loaded_component(folder, shared=_TRANSPORT)
        self._code = component_code(folder)
        self._name = Path(folder).name
        self._folder = folder

    def load_code(self) -> None:
        """Bring the player's code to the browser; it is invisible, and is mounted once a page."""
        self._code()

    def draw(
        self,
        scene: Mapping[str, Any],
        *,
        key: str,
        identity: str,
        order: int,
        at: int,
        play: bool,
        said: Mapping[str, str],
        now: Mapping[str, Any] | None = None,
        on_place: Callable[[], None] | None = None,
        follows: str | None = None,
    ) -> None:
        """Draw ``scene``, which is of the kind that this player plays.

        A new ``identity`` is another run. A new ``order`` makes the player stand at ``at`` epochs
        and play on from there if ``play`` is set; otherwise it stays where it is. ``said`` are the
        sentences for ``start``, ``end`` and ``diverged``; ``now`` replaces w and b while the
        learner stands within an epoch. Where ``on_place`` is given, a click on the picture calls
        it, and ``held(key)["place"]`` (see ``ui.state``) holds the place that was clicked.
        ``follows`` is the key of the code panel whose steps the picture follows, as long as those
        are of a text with the same ``identity``.
        """
        self._component(
            key=key,
            data={
                **_sent(scene, identity, said, follows),
                "order": {"number": order, "at": at, "play": play},
                "now": now,
                "pick": on_place is not None,
            },
            on_held_change=nothing,
            on_place_change=on_place or nothing,
        )

    def part(
        self,
        scene: Mapping[str, Any],
        *,
        identity: str,
        said: Mapping[str, str],
        follows: str | None = None,
    ) -> Part:
        """The picture for a file that plays without a server, from the beginning of the run."""
        order = {"number": 1, "at": 0, "play": False}
        data = {**_sent(scene, identity, said, follows), "order": order, "now": None, "pick": False}
        return Part("Picture", texts(self._folder, _TRANSPORT), data)

    def follow(self, playback: Playback, scene: Mapping[str, Any], **more: Any) -> None:
        """Draw ``scene`` as ``playback`` orders; ``more`` as for :meth:`draw`."""
        order, at, play = playback.order, playback.at, playback.playing
        self.draw(scene, order=order, at=at, play=play, **more)


def _sent(
    scene: Mapping[str, Any], identity: str, said: Mapping[str, str], follows: str | None
) -> dict[str, Any]:
    return {**scene, "id": short_name(identity), "said": said, "follows": follows}


def short_name(identity: str) -> str:
    """A short text that is another one for another ``identity``."""
    return hashlib.sha256(identity.encode()).hexdigest()[:16]


def read_player(key: str, playback: Playback) -> None:
    """Take up where the player mounted under ``key`` says that the learner holds the run."""
    if report := as_position(heard(key, "held")):
        playback.follow_player(*report)


def as_position(report: object) -> PlayerPosition | None:
    """Read what came from the browser, which may be anything."""
    match report:
        case {"order": int(order), "at": int(at), "playing": bool(playing)}:
            return PlayerPosition(order, at, playing)
        case _:
            return None


loop_player = Player("components/player")
"""The player of the training loop: a line, its loss, and the loss surface."""

player, load_code = loop_player.draw, loop_player.load_code
