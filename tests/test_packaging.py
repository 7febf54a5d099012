"""What an installed copy holds: the package, the app and the command; and that they run."""

import subprocess
import sys
import zipfile
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from bench.learner import Learner
from groundup.__main__ import app_options
from groundup.ui.shell.serve import app_file
from tests.browser.server import serve
from tests.waiting import run_to_end

ROOT = Path(__file__).parent.parent
APP = ("app.py", "script.py", "app_pages", ".streamlit")
"""What a checkout has beside the package, and an installed package inside."""
BUILD = ["wheel", "--no-deps", "--no-build-isolation", "--quiet", "--disable-pip-version-check"]


class Visitor(Learner):
    """Remembers under which settings the server serves, and the labels that it sent."""

    async def visit(self):
        await self.arrive()
        await self.leave()

    def _take(self, answer, size):
        super()._take(answer, size)
        if answer.WhichOneof("type") == "new_session":
            self.config = answer.new_session.config
        self.labels = set(self._widgets)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy, for a build leaves files beside its sources."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        (source / name).write_bytes((ROOT / name).read_bytes())
    for file in sources("groundup", *APP):
        copy = source / file
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((ROOT / file).read_bytes())
    subprocess.run(
        [sys.executable, "-m", "pip", *BUILD, "--wheel-dir", str(out), str(source)],
        check=True,
        timeout=120,
    )
    (built,) = out.glob("*.whl")
    return zipfile.ZipFile(built)


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The folder that holds the wheel's files, as an installation would."""
    folder = tmp_path_factory.mktemp("installed")
    wheel.extractall(folder)
    return folder


def sources(*places):
    found = [p for place in places for p in [ROOT / place, *(ROOT / place).rglob("*")]]
    return {p.relative_to(ROOT) for p in found if p.is_file() and "__pycache__" not in p.parts}


def test_a_wheel_holds_every_file_of_the_package_and_the_app(wheel):
    held = {Path(name) for name in wheel.namelist() if name.startswith("groundup/")}
    assert held == sources("groundup") | {Path("groundup/served") / file for file in sources(*APP)}


def test_the_wheel_brings_the_command_and_the_versions_of_requirements_txt(wheel):
    read = {Path(name).name: name for name in wheel.namelist() if ".dist-info/" in name}
    assert "groundup = groundup.__main__:main" in wheel.read(read["entry_points.txt"]).decode()
    metadata = wheel.read(read["METADATA"]).decode().splitlines()
    wanted = {str(Requirement(one)) for one in (ROOT / "requirements.txt").read_text().splitlines()}
    asked = [line.partition(": ")[2] for line in metadata if line.startswith("Requires-Dist")]
    assert {str(Requirement(line)) for line in asked} == wanted


def test_the_command_lists_the_lessons(wheel, capsys):
    (entry,) = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]
    target = wheel.read(entry).decode().partition("groundup = ")[2].strip()
    assert EntryPoint("groundup", target, "console_scripts").load()(["list"]) == 0
    assert "training_loop" in capsys.readouterr().out


def test_the_app_is_found_inside_an_installed_package_and_beside_it_in_a_checkout(installed):
    inside = installed / "groundup"
    assert app_file(inside) == inside / "served" / "app.py"
    assert app_file() == ROOT / "app.py"


def test_the_installed_command_starts_the_app_from_any_folder(installed, tmp_path):
    """A visitor meets the app without an error, under the settings that lie beside ``app.py``."""
    there = {"PYTHONPATH": str(installed)}
    command = [sys.executable, "-m", "groundup", "run"]
    with serve(tmp_path / "log.txt", command, tmp_path, **there) as address:
        visitor = Visitor(address.partition("//")[2], "training_loop")
        run_to_end(visitor.visit())
    assert visitor.errors == []
    assert "Train" in visitor.labels
    assert visitor.config.toolbar_mode == visitor.config.MINIMAL


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ([], []),
        (["run"], []),
        (["run", "--server.port=8600"], ["--server.port=8600"]),
        (["--server.port", "8600"], ["--server.port", "8600"]),
        (["run", "training_loop"], None),
        (["run", "--set", "epochs=5", "training_loop"], None),
        (["list"], None),
        (["--help"], None),
    ],
)
def test_what_starts_the_app_and_what_does_not(arguments, options):
    assert app_options(arguments) == options
