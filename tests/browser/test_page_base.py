"""A page's browser finds its server at the first try, whatever stands before the page's name."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.measures import settled
from tests.caddy import caddy, free_address

BEFORE = "/a/course"


@pytest.fixture
def behind(server, tmp_path):
    """The app under ``BEFORE``, which the proxy cuts off: the server does not know of it."""
    address = free_address()
    file = tmp_path / "Caddyfile"
    file.write_text(
        "{\n\tadmin off\n}\n"
        f"{address} {{\n\thandle_path {BEFORE}/* {{\n\t\treverse_proxy {server}\n\t}}\n}}\n"
    )
    with caddy(file, address, tmp_path):
        yield address + BEFORE


def asked_at(page, go):
    """The paths under which the page looked for its server."""
    asked = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    go()
    expect(page.locator("h1")).to_be_visible()
    settled(page)
    return [path for path in asked if "_stcore" in path]


@pytest.mark.parametrize("before", ["", BEFORE])
def test_a_page_asks_its_server_where_it_is(browser, request, server, before):
    address = request.getfixturevalue("behind") if before else server
    context = browser.new_context()
    page = context.new_page()
    wanted = [f"{before}/_stcore/{name}" for name in ("health", "host-config")]
    assert asked_at(page, lambda: page.goto(f"{address}/tensors?part=dtypes")) == wanted
    page.locator("nav.course-path a[href*=requires_grad]").first.click()
    page.wait_for_url(f"{address}/requires_grad*")
    settled(page)
    assert asked_at(page, page.reload) == wanted
    expect(page.locator("h1")).to_contain_text("requires_grad")
    assert page.url.startswith(f"{address}/requires_grad")
    context.close()


def test_the_first_page_asks_once_too(browser, server):
    context = browser.new_context()
    page = context.new_page()
    assert asked_at(page, lambda: page.goto(server)) == ["/_stcore/health", "/_stcore/host-config"]
    context.close()


def held(page):
    """The questions that the page asks its server, which nobody answers; its connections."""
    questions, connections = [], []
    page.route("**/_stcore/h*", lambda route: questions.insert(0, route))
    page.on("websocket", lambda one: connections.append(one.url))
    return questions, connections


def test_alone_a_page_is_drawn_without_an_answer_to_what_it_asks(browser, server):
    context = browser.new_context()
    page = context.new_page()
    questions, connections = held(page)
    page.goto(f"{server}/tensors")
    expect(page.locator("h1")).to_be_visible()
    assert [len(questions), len(connections)] == [2, 1]
    assert page.evaluate("window.__streamlit.HOST_CONFIG.allowedOrigins") == [server]
    page.unroute_all(behavior="ignoreErrors")
    context.close()


def test_in_another_page_it_waits_for_what_its_server_says_of_that_one(browser, server, tmp_path):
    """The page around it may have to sign it in first."""
    context = browser.new_context()
    page = context.new_page()
    questions, connections = held(page)
    around = tmp_path / "around.html"
    around.write_text(f'<iframe src="{server}/tensors" width="1000" height="600"></iframe>')
    with page.expect_request("**/_stcore/host-config"):
        page.goto(around.as_uri())
    app = page.frames[1]
    # Alone it has begun to connect by then.
    app.evaluate("new Promise(requestAnimationFrame)")
    assert [len(questions), connections] == [2, []]
    assert app.evaluate("window.__streamlit.BACKEND_BASE_URL") == f"{server}/"
    for question in questions:
        question.continue_()
    expect(page.frame_locator("iframe").locator("h1")).to_be_visible()
    context.close()
