"""A real server and real browsers, one of each for each process that runs tests."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.firefox import running_firefox
from tests.browser.server import serve

HERE = Path(__file__).parent
# Chromium without its window: the same engine, and a visit takes two thirds of the time.
_CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = next(filter(None, map(shutil.which, _CHROMIUM)), None)
FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
# The last five keep a closed network from being asked for updates at every start.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)
VIEWPORT = {"width": 1280, "height": 720}

# A busy machine brings a page's parts one after another.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None:
        _without("chromium-headless-shell")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield running
        running.close()


@pytest.fixture(scope="session")
def firefox(tmp_path_factory):
    """Debian's Firefox, as ``tests.browser.firefox`` drives it."""
    if FIREFOX is None:
        _without("firefox-esr")
    with running_firefox(FIREFOX, tmp_path_factory.mktemp("profile")) as running:
        yield running


def _without(package):
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI must run the browser tests, and found no {package}")
    pytest.skip(f"no {package} on this machine: install Debian's package `{package}`")


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The address of the running app; at the end its log must not complain of the app."""
    with serve(tmp_path_factory.mktemp("server") / "log.txt") as address:
        yield address


def pytest_collection_modifyitems(items):
    """Mark every test of this folder, so that ``-m "not browser"`` leaves them out.

    Each has a second try, for a machine that holds a browser up in the middle of a press; the
    report names those that needed it (``-r R``). What is wrong fails twice.
    """
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.timeout(180))
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def profile(browser):
    """``profile(server)``: a browser's profile of somebody who was never here.

    It is one for the length of a run, emptied: the app's own files, which never change, stay in
    its cache. A visit takes 1.6 s so, where it takes 2.3 in a new profile, and 2.7 s of processor
    for 4.1.
    """
    context = browser.new_context(viewport=VIEWPORT)

    def emptied(server):
        for page in context.pages:
            page.close()
        context.set_offline(False)
        page = context.new_page()
        session = context.new_cdp_session(page)
        kinds = "cookies,local_storage,indexeddb,cache_storage,service_workers"
        session.send("Storage.clearDataForOrigin", {"origin": server, "storageTypes": kinds})
        page.close()
        return context

    yield emptied
    context.close()


@pytest.fixture
def open_page(browser, server, profile):
    """``open_page("/training_loop?lr=0.1")``: a fresh visitor there; no script error is allowed.

    A second one in a test, and one ``apart``, has a new profile.
    """
    pages, fresh, errors = [], [], []

    def visit(path, *, width=1280, height=720, dark=False, apart=False):
        if apart or pages:
            fresh.append(browser.new_context(viewport=VIEWPORT))
        page = (fresh[-1] if apart or pages else profile(server)).new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="dark" if dark else "light")
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(server + path)
        # The first visit to a server imports torch, which takes long on a busy machine.
        page.wait_for_selector("h1", timeout=60_000)
        return page

    yield visit
    for one in (*pages, *fresh):
        one.close()
    assert not errors
