"""Whether a learner is still there."""

from __future__ import annotations

from collections.abc import Callable

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx


def presence() -> Callable[[], bool]:
    """A question that any thread may ask later: is the browser of this session still connected?"""
    context = get_script_run_ctx()
    session = context.session_id if context else ""
    # Without a server, as in a test, nobody can leave.
    return lambda: not runtime.exists() or runtime.get_instance().is_active_session(session)
