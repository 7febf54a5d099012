"""The filter of the server's log, on samples: what is the app's own fails, what is not does not."""

from pathlib import Path

import pytest

from tests.browser.server_log import complaints

ROOT = Path("/home/anna/groundup")
STARTED = "2026-11-25 13:18:12.660 Uvicorn server started on 127.0.0.1:8877\n\n  Stopping...\n"
CLOSED_EARLY = f"""2026-11-25 13:20:01.002 Exception in ASGI application
Traceback (most recent call last):
  File "{ROOT}/.venv/lib/python3.13/site-packages/uvicorn/protocols/websockets/impl.py", line 244
    result = await self.app(self.scope, self.receive, self.send)
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "{ROOT}/.venv/lib/python3.13/site-packages/starlette/websockets.py", line 78, in send
    raise WebSocketDisconnect(code=1006)
starlette.websockets.WebSocketDisconnect: 1006

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/usr/lib/python3.13/asyncio/events.py", line 89, in _run
    self._context.run(self._callback, *self._args)
RuntimeError: Cannot call "send" once a close message has been sent.
"""
SCRIPT = """2026-11-25 13:20:03.100 Uncaught app execution
Traceback (most recent call last):
  File "/usr/lib/python3.13/site-packages/streamlit/runtime/scriptrunner/exec_code.py", line 128
    result = func()
  File "{}", line 12, in <module>
    show()
ValueError: 3 is too many
"""


def test_a_quiet_log_holds_no_complaint():
    assert not complaints(STARTED, ROOT)


def test_a_socket_that_closed_too_early_is_no_complaint_of_the_app():
    assert not complaints(STARTED + CLOSED_EARLY + STARTED, ROOT)


@pytest.mark.parametrize(
    "file", ["groundup/engine/lesson.py", "app_pages/tensors.py", "app.py", "script.py"]
)
def test_a_traceback_through_a_file_of_the_app_is_shown_whole(file):
    own = SCRIPT.format(ROOT / file)
    assert complaints(STARTED + CLOSED_EARLY + own + CLOSED_EARLY, ROOT) == own.rstrip()


def test_a_cause_in_the_app_counts_though_the_last_traceback_is_elsewhere():
    own = SCRIPT.format(ROOT / "app.py")
    chained = own + CLOSED_EARLY.partition("1006\n")[2]
    assert "ValueError" in complaints(chained, ROOT)


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-25 13:20:01.002 Please replace `use_container_width` (deprecation warning)",
        "2026-11-25 13:20:01.002 Error: the component 'groundup_player' is not registered",
        "DeprecationWarning: `torch.jit.script` is deprecated.",
    ],
)
def test_a_line_that_warns_counts_also_right_behind_a_foreign_traceback(line):
    assert complaints(f"{STARTED}{CLOSED_EARLY}{line}\n{STARTED}", ROOT) == line
