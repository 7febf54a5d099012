"""``groundup doctor``: a line for each thing, and 1 if one must be mended."""

import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from groundup.__main__ import main
from groundup.engine.devices import Device
from groundup.scale import measure
from groundup.ui.shell import doctor

ROOT = Path(__file__).parents[2]


def told(capsys):
    status = main(["doctor"])
    return status, capsys.readouterr().out.splitlines()


def test_a_machine_that_runs_the_tests_is_well(capsys):
    status, lines = told(capsys)
    assert [line for line in lines if not line.startswith("ok ")] == []
    assert status == 0
    for name, version in doctor.pins().items():
        assert [line for line in lines if f" {name} {version}" in line]
    for start in ("Python 3.", "cpu: the processor", "cuda: ", "mps: ", "memory: ", "threads: "):
        assert len([line for line in lines if line[6:].startswith(start)]) == 1


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ("1.2.3", 'torch 1.2.3: pip install "torch=='),
        (metadata.PackageNotFoundError(), 'torch is missing: pip install "torch=='),
    ],
)
def test_a_package_of_another_version_or_none_is_wrong_and_named(monkeypatch, capsys, found, said):
    known = metadata.version

    def version(name):
        if name != "torch":
            return known(name)
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(metadata, "version", version)
    status, lines = told(capsys)
    assert status == 1
    assert [line[6:].startswith(said) for line in lines if line.startswith("WRONG")] == [True]


@pytest.mark.parametrize(("free", "wrong"), [(599 * 2**20, True), (601 * 2**20, False)])
def test_too_little_memory_is_wrong(monkeypatch, free, wrong):
    monkeypatch.setattr(measure, "free_bytes", lambda: free)
    assert doctor.memory().wrong == wrong


def test_a_system_that_does_not_tell_its_memory_is_not_at_fault(monkeypatch):
    monkeypatch.setattr(measure, "free_bytes", lambda: None)
    assert doctor.memory() == ("memory: this system does not say how much is free", False)


def test_a_device_is_told_with_its_name_or_with_why_it_is_missing():
    assert doctor.device(Device("cuda", "NVIDIA T4")).text == "cuda: NVIDIA T4"
    missing = Device("mps", "an Apple GPU", "needs a Mac")
    assert doctor.device(missing).text == "mps: none (needs a Mac)"


def test_without_torch_every_command_says_so_in_a_sentence():
    program = "import sys; sys.modules['torch'] = None; import groundup.__main__"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "groundup: torch is missing. Install what requirements.txt names.\n"
