"""``groundup open``: for this machine alone, and the only way into the mode."""

import ast
import http.client
import os
import re
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from streamlit.testing.v1 import AppTest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from bench.learner import Learner
from groundup.__main__ import main
from groundup.opened import OpenedFile, current, held
from groundup.ui.shell import loopback
from tests.waiting import run_to_end

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).parent / "scripts" / "train.py"
HERE = "127.0.0.1"


class Asked:
    """A server that ``groundup open`` started: asked as browsers would, and as others might."""

    def __init__(self, address):
        parts = urlsplit(address)
        self.port, self.name = parts.port, parts.path.split("/")[1]
        self.host = f"{HERE}:{self.port}"

    def get(self, path, **headers):
        with closing(http.client.HTTPConnection(HERE, self.port, timeout=20)) as connection:
            connection.request("GET", path, headers={"Host": self.host, **headers})
            return connection.getresponse().status

    def stream(self, path, host=None, origin=None):
        """The status with which a websocket there is refused; 101 if it is opened."""

        async def ask():
            where = f"ws://{host or self.host}{path}/_stcore/stream"
            try:
                async with connect(where, host=HERE, port=self.port, origin=origin):
                    self.status = 101
            except InvalidStatus as refused:
                self.status = refused.response.status_code

        run_to_end(ask())
        return self.status


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    log = tmp_path_factory.mktemp("server") / "log.txt"
    command = [sys.executable, "-m", "groundup", "open", str(SCRIPT), "--no-browser"]
    with log.open("w") as out:
        process = subprocess.Popen(
            [*command, "--", "--epochs", "2"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=out,
            text=True,
            env={**os.environ, "STREAMLIT_SERVER_PORT": "1"},
        )
        try:
            yield Asked(re.search(r"http://\S+", process.stdout.readline())[0])
        finally:
            process.terminate()
            process.communicate(timeout=20)
    assert log.read_text() == ""


def test_all_that_is_served_lies_under_a_name_that_nobody_else_knows(server):
    for path in ("/", "/your_code", "/_stcore/health", "/_stcore/host-config", "/x/your_code"):
        assert server.get(path) == 404
    assert server.get(f"/{server.name}/your_code") == 200
    assert server.stream("") == server.stream("/x") == 403
    assert len(server.name) >= 20


def test_a_visitor_finds_the_app_there(server):
    visitor = Learner(f"{server.host}/{server.name}", "tensors")
    run_to_end(arrive_and_leave(visitor))
    assert visitor.errors == []
    assert visitor._widgets


async def arrive_and_leave(visitor):
    await visitor.arrive()
    await visitor.leave()


def test_a_foreign_page_in_the_users_browser_is_refused(server):
    """One that asks from its own site, and one whose name was made to lead to this machine."""
    page, stream = f"/{server.name}/your_code", f"/{server.name}"
    foreign, own = "http://evil.example", f"http://{server.host}"
    assert server.get(page, Origin=foreign) == 403
    assert server.get(page, Host="evil.example") == 403
    assert server.get(page, Host="evil.example", Origin=foreign) == 403
    assert server.get(page, Host=f"localhost:{server.port}") == 200
    assert server.stream(stream, origin=own) == 101
    assert server.stream(stream, origin=foreign) == 403
    assert server.stream(stream, origin="null") == 403
    assert server.stream(stream, origin=f"http://{HERE}:1") == 403
    assert server.stream(stream, host="evil.example", origin=foreign) == 403


def test_it_listens_on_one_address(server):
    """127.0.0.2 is this machine, too, and a server on all addresses would answer there."""
    with socket.socket() as other:
        other.settimeout(5)
        assert other.connect_ex(("127.0.0.2", server.port)) != 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--server.address", "0.0.0.0"], "open does not take --server.address"),
        (["--server.address=0.0.0.0"], "It serves 127.0.0.1 alone"),
        (["--server.enableCORS=false"], "open does not take --server.enableCORS=false"),
        (["--port", "70000"], "a port is a whole number from 1 to 65,535"),
        (["--port", "0"], "a port is a whole number from 1 to 65,535"),
    ],
)
def test_other_options_are_refused_before_anything_is_served(arguments, said, refused):
    assert said in refused(str(SCRIPT), *arguments)


def test_another_address_in_the_settings_is_refused(refused, monkeypatch, tmp_path):
    monkeypatch.setenv("STREAMLIT_SERVER_ADDRESS", "0.0.0.0")
    said = refused(str(SCRIPT))
    assert "STREAMLIT_SERVER_ADDRESS sets Streamlit's server.address to 0.0.0.0" in said
    monkeypatch.setenv("STREAMLIT_SERVER_ADDRESS", "localhost")
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text('[server]\naddress = "::"\n')
    assert "config.toml sets Streamlit's server.address to ::" in refused(str(SCRIPT))


def test_a_port_that_is_taken_and_a_file_that_is_none_are_said(refused):
    with socket.socket() as other:
        other.bind((HERE, 0))
        other.listen()
        taken = str(other.getsockname()[1])
        assert f"--port {taken}: it is in use" in refused(str(SCRIPT), "--port", taken)
    assert "none.py cannot be read" in refused("none.py")


def test_without_a_wish_a_free_port_is_found_or_it_is_said(monkeypatch):
    assert loopback.free_port(None) in loopback.PORTS
    with socket.socket() as other:
        other.bind((HERE, 0))
        other.listen()
        taken = other.getsockname()[1]
        monkeypatch.setattr(loopback, "PORTS", range(taken, taken + 1))
        with pytest.raises(ValueError, match=f"no port from {taken} to {taken} is free"):
            loopback.free_port(None)


@pytest.fixture
def refused(monkeypatch, capsys):
    """What the command says as it ends with 2; nothing may be served, nor held for long."""

    def ask(*arguments):
        monkeypatch.setattr(held, "_held", [])
        monkeypatch.setattr(OpenedFile, "prepare", lambda _: None)
        monkeypatch.setattr(loopback.st.App, "run", None)
        assert main(["open", *arguments]) == 2
        return capsys.readouterr().err

    return ask


def test_help_says_what_it_does(capsys):
    with pytest.raises(SystemExit):
        main(["open", "--help"])
    assert "python SCRIPT ARGUMENTS would" in " ".join(capsys.readouterr().out.split())


def test_only_the_command_says_which_file_a_process_is_for():
    """So no page, link, message or variable can: nothing that serves them opens one."""
    found = set()
    for file in [*ROOT.glob("groundup/**/*.py"), *ROOT.glob("app*/*.py"), *ROOT.glob("*.py")]:
        if opens_files(file.read_text("utf-8")):
            found.add(file.relative_to(ROOT).as_posix())
    outside = {name for name in found if not name.startswith("groundup/opened/")}
    assert outside == {"groundup/ui/shell/open_command.py"}


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("from groundup.opened import current, LIMITS", False),
        ("from groundup.opened import OpenedFile\ndef f(file: OpenedFile): ...", False),
        ("from groundup.opened import hold", True),
        ("from groundup.opened.held import current", True),
        ("import groundup.opened.held", True),
        ("from groundup import opened", True),
        ("from groundup.opened import OpenedFile as O", True),
        ("from groundup.opened import OpenedFile\nOpenedFile.at('x.py')", True),
        ("from groundup.opened import OpenedFile\nOpenedFile(p, 'x.py', f)", True),
    ],
)
def test_a_way_to_open_a_file_is_found_however_it_is_written(text, opens):
    assert opens_files(text) is opens


ASKS = {"current", "LIMITS", "OpenedFile", "Traced", "UnreadableError"}
"""What anybody may import: it asks for what was opened."""


def opens_files(text):
    """Whether ``text`` imports or uses more of the package than asks for what was opened."""
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Import(names=names):
                if any(one.name.startswith("groundup.opened") for one in names):
                    return True
            case ast.ImportFrom(module="groundup", names=names):
                if "opened" in {one.name for one in names}:
                    return True
            case ast.ImportFrom(module="groundup.opened", names=names):
                if any(one.name not in ASKS or one.asname for one in names):
                    return True
            case ast.ImportFrom(module=str(module)) if module.startswith("groundup.opened."):
                return True
            case (
                ast.Attribute(value=ast.Name("OpenedFile")) | ast.Call(func=ast.Name("OpenedFile"))
            ):
                return True
    return False


def test_no_link_and_no_variable_opens_a_file_in_the_app_for_all(monkeypatch):
    words = ("open", "opened", "file", "script", "path", "mode", "local", "unrestricted", "code")
    for word in words:
        monkeypatch.setenv(f"GROUNDUP_{word.upper()}", str(SCRIPT))
    app = AppTest.from_file(str(ROOT / "script.py"), default_timeout=60)
    for word in words:
        app.query_params[word] = str(SCRIPT)
        app.session_state[word] = str(SCRIPT)
    app.run()
    assert not app.exception
    assert current() is None


def followed():
    """A page that shows the opened file, and an older text of it first."""
    import streamlit as st  # noqa: PLC0415  # the app's own text

    from groundup.opened import current  # noqa: PLC0415
    from groundup.ui.your_code.opened_file import follow  # noqa: PLC0415

    opened = current()
    text = st.session_state.pop("older", opened.text if opened else "none")
    follow(text)
    st.code(text)


def test_a_page_shows_what_was_saved(monkeypatch, tmp_path):
    monkeypatch.setattr(held, "_held", [])
    page = AppTest.from_function(followed)
    assert page.run().code[0].value == "none"
    file = tmp_path / "train.py"
    file.write_text("x = 1\n")
    held.hold(OpenedFile.at(str(file)))
    assert page.run().code[0].value == "x = 1"
    file.write_text("x = 22\n")
    page.session_state["older"] = "x = 1\n"
    assert page.run().code[0].value == "x = 22"
    file.unlink()
    assert "cannot be read: No such file" in page.run().warning[0].value
    assert "The text below is the last" in page.warning[0].value
    assert page.code[0].value == "x = 22"
