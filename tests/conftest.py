"""The app as a user meets it, without a browser."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest


@pytest.fixture
def visit() -> Callable[..., AppTest]:
    """``visit(page, **link)``: the app opened at ``app_pages/PAGE.py`` under a link's settings."""

    def open_page(page: str, **link: str) -> AppTest:
        app = AppTest.from_file("../app.py", default_timeout=30)
        for key, value in link.items():
            app.query_params[key] = value
        app.run()
        return app.switch_page(f"app_pages/{page}.py").run()

    return open_page
