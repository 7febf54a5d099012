"""The files for hosts agree with one another, and the lock holds all that is installed."""

import json
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

from groundup.classroom.store import SETTING

ROOT = Path(__file__).parents[2]
DEVCONTAINER = ".devcontainer/devcontainer.json"
FILES = ["Dockerfile", "compose.yaml", "requirements.txt", "requirements.lock", DEVCONTAINER]
FILES += ["README.md", "docs/HOSTING.md", "pyproject.toml"]
FILES += [f"deploy/{file.name}" for file in sorted((ROOT / "deploy").iterdir())]
KNOWN = {"download.pytorch.org", "docs.streamlit.io", "streamlit.io"}
KNOWN |= {"localhost", "127.0.0.1", "app1"}
"""Hosts that the files may name."""
CUDA = re.compile(r"(nvidia|cuda)-|triton$")
"""Names of what torch's CUDA build alone asks for."""


def read(file):
    return (ROOT / file).read_text("utf-8")


def requirements(lines):
    """Those of ``lines`` that hold for this Python, by name; hashes left out."""
    parsed = [Requirement(line.partition(" \\")[0]) for line in lines if re.match(r"\w", line)]
    return {one.name.lower().replace("_", "-"): one for one in parsed if holds(one)}


def holds(one):
    return one.marker is None or one.marker.evaluate({"extra": ""})


def pins(lines):
    return {name: str(one.specifier) for name, one in requirements(lines).items()}


def pinned(file):
    return pins(read(file).splitlines())


def hashes(file):
    return set(re.findall(r"sha256[:=]([0-9a-f]{64})", read(file)))


def installed(names):
    """The names of all that the installed distributions ``names`` need; nothing of CUDA."""
    waiting, found = list(names), set(names)
    while waiting:
        new = set(requirements(metadata.requires(waiting.pop()) or [])) - found
        new = {name for name in new if not CUDA.match(name)}
        waiting += new
        found |= new
    return found


def test_the_lock_has_every_runtime_dependency_in_the_version_of_the_package():
    asked = pins(tomllib.loads(read("pyproject.toml"))["project"]["dependencies"])
    assert asked == pinned("requirements.txt")
    assert asked.items() <= pinned("requirements.lock").items()


def test_the_lock_has_all_that_is_installed_for_them_and_nothing_of_cuda():
    locked = set(pinned("requirements.lock"))
    assert installed(pinned("requirements.txt")) - locked == set()
    assert not [name for name in locked if CUDA.match(name)]


def test_every_entry_of_the_lock_is_pinned_and_has_hashes():
    entries = re.split(r"\n(?=\w)", read("requirements.lock"))[1:]
    whole = re.compile(r"[\w-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", re.S)
    assert [entry for entry in entries if not whole.match(entry)] == []


def test_the_hosts_get_the_same_versions_and_torch_without_cuda():
    asked = pinned("requirements.txt")
    torch = asked.pop("torch")
    assert pinned("deploy/torch-cpu.txt") == {"torch": f"{torch}+cpu"}
    cloud = requirements(read("deploy/community-cloud.txt").splitlines())
    assert f"torch-{torch[2:]}%2Bcpu" in cloud.pop("torch").url
    assert {name: str(one.specifier) for name, one in cloud.items()} == asked
    assert hashes("deploy/community-cloud.txt") < hashes("deploy/torch-cpu.txt")


@pytest.mark.parametrize("file", FILES)
def test_no_package_index_is_named_but_torchs_own(file):
    """Whoever has a mirror of the registries goes on using it."""
    assert set(re.findall(r"https?://([\w.-]+)", read(file))) <= KNOWN


def test_the_image_runs_without_rights_and_says_that_it_is_well():
    image = read("Dockerfile")
    assert re.search(r"^USER (?!root)\w+$", image, re.M)
    assert image.index("USER ") < image.index('CMD ["python", "-m", "groundup"')
    assert re.search(r"^HEALTHCHECK [^#]*/_stcore/health", image, re.M)


def test_the_image_copies_what_there_is_and_what_it_is_allowed_to():
    allowed = {line[1:] for line in read(".dockerignore").splitlines() if line[:1] == "!"}
    copied = " ".join(re.findall(r"^COPY (.+) \S+$", read("Dockerfile"), re.M)).split()
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert {Path(name).parts[0] for name in copied} == {Path(name).parts[0] for name in allowed}


def test_the_proxy_knows_both_copies_and_keeps_a_learner_at_one():
    services = yaml.safe_load(read("compose.yaml"))["services"]
    copies = services["proxy"]["environment"]["REPLICAS"].split()
    assert copies == [f"{name}:8501" for name in services if name != "proxy"]
    assert len(copies) == 2
    assert "deploy/Caddyfile" in services["proxy"]["volumes"][0]
    assert "lb_policy cookie" in read("deploy/Caddyfile")


def test_both_copies_keep_their_rooms_in_one_folder_that_the_image_lets_them_write():
    services = yaml.safe_load(read("compose.yaml"))["services"]
    for name in services.keys() - {"proxy"}:
        folder = services[name]["environment"][SETTING]
        assert services[name]["volumes"] == [f"rooms:{folder}"]
        assert f"--owner=learner {folder}" in read("Dockerfile")


def test_the_devcontainer_installs_what_the_tests_need():
    container = json.loads(read(DEVCONTAINER))
    made = container["postCreateCommand"]
    files = re.findall(r"-r (\S+)", made)
    assert [file for file in files if not (ROOT / file).is_file()] == []
    assert "requirements-dev.txt" in files
    assert {"chromium-headless-shell", "nodejs", "caddy"} <= set(made.split())
    assert container["forwardPorts"] == [8501]
