"""What Streamlit does anew in each run of a page though nothing of it has changed, done once.

A press costs the server 0.79 times as much without them on
the graph's page, 0.82 in the shape lab and 0.87 on the training loop's (25 learners, servers with
and without in turn, 30 November 2026).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from streamlit import config
from streamlit.components.v2.bidi_component import main as components
from streamlit.components.v2.presentation import make_bidi_component_presenter
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.runtime.state import SafeSessionState

_theme = app_session._populate_theme_msg
_filled: dict[str, tuple[object, CustomThemeConfig]] = {}


def spare() -> None:
    """Let this process do so; to say it again changes nothing."""
    for of, name, ours in (
        (app_session, "_populate_theme_msg", fill_theme),
        (SafeSessionState, "filtered_state", property(Held)),
        (components, "make_bidi_component_presenter", presenter),
    ):
        setattr(of, name, ours)


def fill_theme(message: CustomThemeConfig, section: str = "theme") -> None:
    """Fill ``message`` with the theme's colours and sizes, which are read once from the settings.

    Streamlit looks through all its settings for each of six sections at the start of each run.
    """
    settings = config.get_config_options()
    read_from, filled = _filled.get(section, (None, message))
    if read_from is not settings:
        filled = CustomThemeConfig()
        _theme(filled, section)
        _filled[section] = settings, filled
    if filled.ByteSize():  # to merge nothing would say that there is a theme of that kind
        message.MergeFrom(filled)


class Held(Mapping[str, Any]):
    """What a session holds by key, each looked up when it is asked for.

    Streamlit collects all of it for each text box, number box and choice of a page, to see whether
    that one's own value is None.
    """

    def __init__(self, state: SafeSessionState) -> None:
        self._safe = state

    def __getitem__(self, key: str) -> Any:
        with self._safe._lock:
            return self._safe._state[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> dict[str, Any]:
        with self._safe._lock:
            return self._safe._state.filtered_state


def presenter(events: str, *about: Any) -> Callable[[object, Any], object]:
    """What shows a component's value: ``events`` names the widget that holds what it triggered.

    Streamlit makes a class anew each time that a value is read, so that it could be written to.
    Nothing here writes: where nothing was triggered the value itself does.
    """
    with_events = make_bidi_component_presenter(events, *about)

    def present(value: object, state: Any) -> object:
        told = state._new_widget_state.states.get(events)
        return value if told is None or told.value is None else with_events(value, state)

    return present
