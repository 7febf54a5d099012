"""The app as a user meets it, without a browser."""

import os
from collections.abc import Callable
from functools import cache

# Before torch is imported: test processes that each take every core wait for one another.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import pytest
from hypothesis import HealthCheck, settings
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

# Every AppTest reads the metadata of all that is installed, as Streamlit's server does once. It was
# 0.14 s of the 0.2 that a page takes. Nothing is installed while tests run.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)

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
        app.run()
        return app.switch_page(f"app_pages/{page}.py").run()

    return open_page
