"""Modules joined into one text do in node what they do as modules."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from groundup.ui.components.modules import joined

UI = Path(__file__).parents[2] / "groundup" / "ui"
ENTRY = re.compile(r"^export (function|const) mount\b", re.MULTILINE)
MODULES = [p for p in UI.rglob("*.js") if ENTRY.search(p.read_text("utf-8"))]
NODE = shutil.which("node")


def write(folder, **texts):
    for name, text in texts.items():
        (folder / f"{name}.js").write_text(text)
    return folder / "entry.js"


def run(text):
    if NODE is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI must run the players' sources, and found no node")
        pytest.skip("no node on this machine: install Debian's package `nodejs`")
    command = [NODE, "--input-type=module", "--eval", text]
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_names_that_two_modules_keep_to_themselves_stay_apart(tmp_path):
    entry = write(
        tmp_path,
        one="const step = 1\nexport function one() { return step }\n",
        two='import { one } from "./one.js"\nconst step = 2\nexport const two = one() + step\n',
        entry='import { one } from "./one.js"\nimport { two } from "./two.js"\n'
        "export function mount() { return [one(), two] }\n",
    )
    assert run(joined(entry) + "\nconsole.log($0.mount().join())") == "1,3\n"


def test_a_module_runs_once_however_many_import_it(tmp_path):
    entry = write(
        tmp_path,
        count='console.log("run")\nexport const list = []\n',
        left='import { list } from "./count.js"\nexport const left = list\n',
        entry='import { left } from "./left.js"\nimport { list } from "./count.js"\n'
        "export const same = left === list\n",
    )
    assert run(joined(entry) + "\nconsole.log($0.same)") == "run\ntrue\n"


def test_a_circle_of_imports_is_named(tmp_path):
    entry = write(
        tmp_path,
        other='import { a } from "./entry.js"\nexport const b = 1\n',
        entry='import { b } from "./other.js"\nexport const a = 1\n',
    )
    with pytest.raises(ValueError, match=r"entry.js imports itself, by way of other.js"):
        joined(entry)


@pytest.mark.parametrize(
    "line",
    [
        "export default function () {}",
        'import all from "./entry.js"',
        "export { a }",
        "export let a = 1",
        'import "./entry.js"',
    ],
)
def test_other_forms_of_import_and_export_are_refused(tmp_path, line):
    with pytest.raises(ValueError, match=r"no import or export that can be joined"):
        joined(write(tmp_path, entry=f"{line}\n"))


@pytest.mark.parametrize("module", MODULES, ids=lambda p: p.stem)
def test_every_component_loads_and_exports_mount(module):
    assert run(joined(module) + "\nconsole.log(typeof $0.mount)") == "function\n"


def test_every_component_is_among_them():
    assert {p.parent.name for p in MODULES} >= {"player", "race_player", "picture", "code", "chunk"}
    assert all(p.stem == p.parent.name for p in MODULES)
