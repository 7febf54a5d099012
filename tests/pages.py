"""What an app under AppTest sent to its components and said in words: for every page's tests."""

import base64
import html
import json
import re
from array import array
from html.parser import HTMLParser
from typing import Any, NamedTuple, TypeVar

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from groundup.ui.state import state_key

State = TypeVar("State")

WORDS = ("markdown", "caption")


def given(proto: Any) -> Any:
    """What a component's message gives it."""
    (data,) = json.loads(proto.json)
    return data


def sent(app: AppTest, component: str) -> list[Any]:
    """What each component called ``component`` was sent, in the order of the page."""
    protos = [element.proto for element in app.get("bidi_component")]
    return [given(p) for p in protos if p.component_name == f"groundup_{component}"]


def sent_to(app: AppTest, component: str) -> Any:
    """What the page's only component called ``component`` was sent."""
    (data,) = sent(app, component)
    return data


def sent_under(app: AppTest, key: str) -> Any:
    """What the component under the session's ``key`` was sent; None where there is none."""
    protos = [element.proto for element in app.get("bidi_component")]
    return next((given(p) for p in protos if p.id.endswith(f"-{key}")), None)


def state_of(app: AppTest, kind: type[State]) -> State:
    """The visitor's one object of the class ``kind``."""
    state: State = app.session_state["states"][state_key(kind)]
    return state


def take_over(app: AppTest, state: object) -> None:
    """Let the visitor's object of its class be ``state``."""
    app.session_state["states"][state_key(type(state))] = state


class PathLink(NamedTuple):
    """A link of the sidebar's path: its words, its icon's first, and where it leads."""

    label: str
    page: str
    query_string: str
    is_here: bool


class _PathLinks(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[PathLink] = []
        self._address: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "a":
            self._address, self._here = told["href"], told.get("aria-current") == "page"
            self._words: list[str] = []
        elif self._address is not None and told.get("role") == "img":
            self._words.append(told["aria-label"] or "")

    def handle_data(self, data: str) -> None:
        if self._address is not None and data not in _ICONS:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._address is not None:
            page, _, query = self._address.removeprefix("./").partition("?")
            self.links.append(PathLink(" ".join(self._words), page, query, self._here))
            self._address = None


_ICONS = {"check_circle", "radio_button_checked", "radio_button_unchecked", "style"}


def path_links(app: AppTest) -> list[PathLink]:
    """The links of the sidebar's path, from the top."""
    return _plain_links(app.sidebar)


def plain_links(app: AppTest) -> list[PathLink]:
    """The links that are plain HTML: those of the page, then those of the sidebar's path."""
    return _plain_links(app.main) + path_links(app)


def _plain_links(block: Block) -> list[PathLink]:
    read = _PathLinks()
    for element in block.get("html"):
        read.feed(element.proto.body)
    return read.links


def with_settings(app: AppTest) -> AppTest:
    """The app after a press on *Settings*."""
    app.session_state["settings_open"] = True
    return app.run()


def codes(app: AppTest) -> list[str]:
    """The texts in the page's code panels, from the top."""
    return [data["text"] for data in sent(app, "code")]


def shown_code(app: AppTest) -> str:
    """The text in the page's first code panel."""
    return codes(app)[0]


def said(app: AppTest, *kinds: str) -> str:
    """The words on the page in elements of ``kinds`` (else prose and captions), in one string."""
    return " ".join(element.value for kind in kinds or WORDS for element in app.get(kind))


def outputs(app: AppTest) -> list[str]:
    """What texts printed, in the page's boxes for that, from the top."""
    bodies = [element.proto.body for element in app.get("html")]
    return [html.unescape(re.sub("<[^>]*>", "", body)) for body in bodies if "<pre" in body]


def floats(packed: str) -> list[float]:
    """The 32-bit floats that a player was sent as base64."""
    return array("f", base64.b64decode(packed)).tolist()
