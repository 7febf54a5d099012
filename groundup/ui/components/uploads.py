"""Files that a learner drops: read once, and then the server keeps nothing of them."""

from __future__ import annotations

from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from groundup.ui.state import stored

MAX_MB = 1
"""The largest file taken, in Streamlit's megabytes; ``server.maxUploadSize`` says the same."""


def dropped(key: str) -> bytes | None:
    """What the file holds that was just dropped under ``key``; None if none was.

    Streamlit would keep it, and any others that were sent, for as long as the session lasts.
    """
    file = stored(key)
    content = file.getvalue() if isinstance(file, UploadedFile) else None
    if context := get_script_run_ctx():
        context.uploaded_file_mgr.remove_session_files(context.session_id)
    return content


def taken_away(key: str) -> bool:
    """Whether the learner took the file under ``key`` away again."""
    return stored(key) is None
