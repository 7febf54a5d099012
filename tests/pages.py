"""What an app under AppTest sent to its components and said in words: for every page's tests."""

import base64
import html
import json
import re
from array import array
from typing import Any, TypeVar

from streamlit.testing.v1 import AppTest

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
