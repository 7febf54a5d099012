"""What the pages remember of a visitor that no control holds: one typed object a page or topic."""

from __future__ import annotations

from typing import TypeVar

import streamlit as st

T = TypeVar("T")


def page_state(kind: type[T]) -> T:
    """This visitor's one object of the class ``kind``, made by ``kind()`` when first asked for."""
    key = state_key(kind)
    if key not in st.session_state:
        st.session_state[key] = kind()
    found: T = st.session_state[key]
    return found


def state_key(kind: type) -> str:
    """Where ``st.session_state`` keeps the object of the class ``kind``; no control has such a key.

    Streamlit makes modules anew when a file changes, and with them their classes: the name stays.
    """
    return f"state:{kind.__module__}.{kind.__qualname__}"
