"""Who may import what, and where definitions may stand."""

import ast
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "app.py", ROOT / "script.py", *ROOT.glob("app_pages/*.py")]
FILES = [*ROOT.glob("groundup/**/*.py"), *PAGES]

TOPICS = {
    *("tensors", "shapes", "autograd", "mistakes", "graph"),
    *("training", "modules", "optimizers", "scale"),
    "your_code",
}
LAYERS = (
    {"lessons"},
    {"parsing"},
    {"engine", "language"},
    {"diagnosis", "opened", "workers"},
    TOPICS,
    {"course", "classroom"},  # its tasks run what topics make; a room is asked its questions
    {"figures"},
    {"ui"},
    {"pages"},
)
"""From the lowest: a layer imports itself and the ones below it."""

BESIDE = {"language": {"engine"}}  # a learner's own text is run by the engine that runs lessons
"""Which rooms below the topics may import one of their own floor."""

KNOWS = {
    "shapes": {"tensors"},  # a shape is a tensor's, drawn by the same cells
    "mistakes": {"shapes"},  # only sizes that the shape lab takes become a link to it
    "autograd": {"mistakes"},  # the gallery is one of its sections
    "modules": {"mistakes", "training"},  # the loop's player shows the model's runs
    "optimizers": {"training"},  # the race runs over the loop's own loss
    "scale": {"training"},  # the loop's player shows the block's runs
    # A run's graph is read node by node, and what it raised leads to the gallery.
    "your_code": {"graph", "mistakes"},
}
"""Which topics a topic may import, in its own folder, in ``figures`` and in ``ui``; no others."""

SHARED = {
    "parsing",
    "engine",
    "language",
    "diagnosis",
    "figures.theme",
    "ui.components",
    "ui.state",
}
"""What serves every topic, so it knows none."""


def module_of(file: Path) -> str:
    """The full name of the module in ``file``."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(file) for file in FILES}


def imported(text: str, package: str) -> set[str]:
    """The full names of the modules that ``text``, which lies in ``package``, imports anywhere."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {_full(node, alias.name, package) for alias in node.names}
    return found


def _full(node: ast.ImportFrom, name: str, package: str) -> str:
    """What one name of a ``from`` import names: a module of ours, or a name in one."""
    up = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
    source = ".".join([*up, *([node.module] if node.module else [])])
    return f"{source}.{name}" if f"{source}.{name}" in MODULES else source


def imports_of(file: Path) -> set[str]:
    module = module_of(file)
    package = module if file.name == "__init__.py" else module.rpartition(".")[0]
    return imported(file.read_text("utf-8"), package)


def room(module: str) -> str:
    """The folder below ``groundup`` that ``module`` lies in, or ``pages``.

    The command line and the package itself stand where the pages do: above everything.
    """
    top, *rest = module.split(".")
    return rest[0] if top == "groundup" and rest and rest[0] != "__main__" else "pages"


def layer(module: str) -> int:
    """How high ``module`` stands; a folder that no layer names is refused."""
    found = [n for n, rooms in enumerate(LAYERS) if room(module) in rooms]
    assert found, f"{module} lies in a folder that no layer names"
    return found[0]


def topic(module: str) -> str:
    """The topic that ``module`` belongs to in its layer; empty for none."""
    parts = [*module.split("."), "", ""]
    name = parts[2] if room(module) in {"figures", "ui"} else parts[1]
    return name if name in TOPICS and parts[0] == "groundup" else ""


def ours(names: set[str]) -> set[str]:
    return {name for name in names if name.split(".")[0] in {"groundup", "app_pages", "app"}}


def tops(names: set[str]) -> set[str]:
    return {name.split(".")[0] for name in names}


def test_full_names_are_found_however_they_are_written():
    text = "import torch.nn\nfrom ..engine import lesson\nfrom . import rules\nfrom .rules import x"
    found = imported(text, "groundup.shapes")
    assert found == {"torch.nn", "groundup.engine.lesson", "groundup.shapes.rules"}


@pytest.mark.parametrize("file", FILES, ids=module_of)
def test_a_layer_imports_no_higher_one(file):
    own = layer(module_of(file))
    assert [name for name in ours(imports_of(file)) if layer(name) > own] == []


def test_rooms_of_one_floor_below_the_topics_know_nothing_of_each_other():
    for file in FILES:
        own = room(module_of(file))
        if own in {"engine", "language"}:
            assert {room(name) for name in ours(imports_of(file))} <= {
                own,
                "parsing",
                *BESIDE.get(own, ()),
            }, file


def test_a_topic_knows_the_topics_of_the_table_and_all_of_those():
    found: dict[str, set[str]] = {}
    for file in FILES:
        if own := topic(module_of(file)):
            met = {topic(name) for name in ours(imports_of(file))} - {"", own}
            found.setdefault(own, set()).update(met)
    assert {own: met for own, met in found.items() if met} == KNOWS


def test_no_circle_leads_from_a_topic_back_to_it():
    assert list(TopologicalSorter(KNOWS).static_order())
    with pytest.raises(CycleError):
        TopologicalSorter(KNOWS | {"tensors": {"shapes"}}).prepare()


def test_what_serves_every_topic_knows_none():
    for file in FILES:
        module = module_of(file).removeprefix("groundup.")
        if any(f"{module}.".startswith(f"{one}.") for one in SHARED):
            assert {topic(name) for name in ours(imports_of(file))} <= {""}, module


@pytest.mark.parametrize("file", FILES, ids=module_of)
def test_each_layer_knows_its_own_libraries_alone(file):
    own, found = room(module_of(file)), tops(imports_of(file))
    if own == "lessons":
        assert found <= {"torch", *sys.stdlib_module_names}
    elif own in {"ui", "pages"}:
        assert "torch" not in found
    else:
        assert "streamlit" not in found


@pytest.mark.parametrize("file", PAGES, ids=module_of)
def test_a_page_is_a_script_without_definitions(file):
    nodes = ast.walk(ast.parse(file.read_text("utf-8")))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    assert not [node for node in nodes if isinstance(node, kinds)]


@pytest.mark.parametrize("file", PAGES, ids=module_of)
def test_a_page_lays_out_and_leaves_the_rest_to_its_sections(file):
    """At most one branch: a page that has more to choose has a table of sections."""
    nodes = ast.walk(ast.parse(file.read_text("utf-8")))
    kinds = (ast.If, ast.IfExp, ast.Match, ast.Try, ast.For, ast.While)
    assert len([node for node in nodes if isinstance(node, kinds)]) <= 1


def test_streamlit_keeps_its_hands_off_the_pages():
    """A folder called pages/ would be served without app.py on a fresh server's first deep link."""
    assert not (ROOT / "pages").exists()
