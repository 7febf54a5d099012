"""What an installed copy holds: everything that lies under ``groundup/``, and the command."""

import subprocess
import sys
import zipfile
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BUILD = ["wheel", "--no-deps", "--no-build-isolation", "--quiet", "--disable-pip-version-check"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy, for a build leaves files beside its sources."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "requirements.txt", "README.md", "LICENSE"):
        (source / name).write_bytes((ROOT / name).read_bytes())
    for file in sources():
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


def sources():
    found = (ROOT / "groundup").rglob("*")
    return {p.relative_to(ROOT) for p in found if p.is_file() and "__pycache__" not in p.parts}


def test_a_wheel_holds_every_file_of_the_package(wheel):
    held = {Path(name) for name in wheel.namelist() if name.startswith("groundup/")}
    assert held == sources()


def test_the_wheel_brings_the_command_and_the_versions_of_requirements_txt(wheel):
    read = {Path(name).name: name for name in wheel.namelist() if ".dist-info/" in name}
    assert "groundup = groundup.__main__:main" in wheel.read(read["entry_points.txt"]).decode()
    metadata = wheel.read(read["METADATA"]).decode().splitlines()
    wanted = (ROOT / "requirements.txt").read_text().split()
    assert [
        line.partition(": ")[2] for line in metadata if line.startswith("Requires-Dist")
    ] == wanted


def test_the_command_lists_the_lessons(wheel, capsys):
    (entry,) = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]
    target = wheel.read(entry).decode().partition("groundup = ")[2].strip()
    assert EntryPoint("groundup", target, "console_scripts").load()(["list"]) == 0
    assert "training_loop" in capsys.readouterr().out
