"""The app as a user meets it, without a browser."""

import os
from collections.abc import Callable
from functools import cache

# Before torch is imported: test processes that each take every core wait for one another.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import pytest
from hypothesis import HealthCheck, settings
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest, local_script_runner

# Every AppTest reads the metadata of all that is installed, as Streamlit's server does once. It was
# 0.14 s of the 0.2 that a page takes. Nothing is installed while tests run.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


# AppTest asks a thousand times a second whether the page's thread is over, which holds that thread
# up: a tenth of the time of these tests.
_asked = local_script_runner.require_widgets_deltas


def _waited(runner: local_script_runner.LocalScriptRunner, timeout: float = 3) -> None:
    if (thread := runner._script_thread) is not None:
        thread.join(timeout)
    _asked(runner, timeout)


local_script_runner.require_widgets_deltas = _waited

# How long an example takes says something of the machine, and nothing of the code.
settings.register_profile("groundup", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("groundup")


@pytest.fixture
def visit() -> Callable[..., AppTest]:
    """``visit(page, **link)``: the app opened at ``app_pages/PAGE.py`` under a link's settings."""

    def open_page(page: str, **link: str) -> AppTest:
        app = AppTest.from_file("../script.py", default_timeout=30)
        for key, value in link.items():
            app.query_params[key] = value
        return app.switch_page(f"app_pages/{page}.py").run()

    return open_page
