"""What the server's log says of a failure: its kind and its place, never what a visitor typed.

The message of an exception often quotes a text or a number from the page, and a source line may be
a visitor's own. Streamlit logs both.
"""

from __future__ import annotations

import logging
import os
import traceback
from functools import cache

KEEP = "GROUNDUP_LOG_MESSAGES"
"""Set to 1, this variable of the environment keeps the messages, for whoever develops."""

_make_record = logging.getLogRecordFactory()


@cache
def hide_messages() -> None:
    """From now on whatever is logged with an exception is logged without the exception's words."""
    if os.environ.get(KEEP) != "1":
        logging.setLogRecordFactory(_without_words)


def place(error: BaseException) -> str:
    """A traceback of ``error``, and of what led to it, with neither messages nor source lines."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    frames = [
        f'  File "{frame.f_code.co_filename}", line {line}, in {frame.f_code.co_name}'
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    own = "\n".join(["Traceback (most recent call last):", *frames, type(error).__qualname__])
    link = "During handling of the above exception, another exception occurred:"
    return f"{place(before)}\n\n{link}\n\n{own}" if before else own


def _without_words(*arguments: object, **named: object) -> logging.LogRecord:
    record = _make_record(*arguments, **named)
    if record.exc_info and record.exc_info[1]:
        record.exc_text, record.exc_info = place(record.exc_info[1]), None
    return record
