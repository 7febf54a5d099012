"""What the documents say about the code is so: the picture of its structure, the files they name.

``python -m tests.test_docs`` prints the picture for a structure that was changed on purpose.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

from tests.test_boundaries import FILES, LAYERS, ROOT, TOPICS, imports_of, module_of, ours, room

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\(([^)#]+)\)")
PATH = re.compile(r"`([a-z_]+/[a-z_/]*(?:\.[a-z]+)?)`")
"""A file or folder in plain letters; ``NAME`` and ``TOPIC`` stand for any."""
HOMES = (ROOT, ROOT / "groundup", ROOT / "groundup" / "ui")
"""Where a path may begin."""


def arrows() -> dict[str, set[str]]:
    """Which rooms each room imports, itself not among them."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in FILES:
        own = room(module_of(file))
        found[own] |= {room(name) for name in ours(imports_of(file))} - {own}
    return found


def reached(start: str, graph: dict[str, set[str]]) -> set[str]:
    """Every room that an arrow, or several, lead to from ``start``."""
    onward = graph.get(start, set())
    return onward.union(*(reached(room, graph) for room in onward))


def needed(graph: dict[str, set[str]]) -> Iterator[tuple[str, str]]:
    """The arrows without those that others imply: A → C is left out beside A → B → C."""
    for own, met in sorted(graph.items()):
        implied = set().union(*(reached(other, graph) for other in met))
        yield from ((own, other) for other in sorted(met - implied))


def diagram() -> str:
    """The rooms on their floors, the highest first, in Mermaid's language."""
    floors = [_floor(sorted(rooms)) for rooms in reversed(LAYERS)]
    lines = [f"{one}_ --> {other}_" for one, other in needed(arrows())]
    return "\n  ".join(["flowchart TD", *floors, *lines, "engine_ -. reads .-> lessons_"])


def _floor(rooms: list[str]) -> str:
    # "graph" alone is a word of Mermaid's.
    nodes = [f'{name}_["{name}"]' for name in rooms]
    if len(rooms) == 1:
        return nodes[0]
    title = "topics" if TOPICS.issuperset(rooms) else " and ".join(rooms)
    return "\n  ".join([f'subgraph {rooms[0]}_floor["{title}"]', *nodes, "end"])


def test_an_arrow_that_others_imply_is_left_out():
    graph = {"a": {"b", "c"}, "b": {"c"}}
    assert list(needed(graph)) == [("a", "b"), ("b", "c")]


def test_the_picture_of_the_structure_is_the_import_graph():
    shown = (ROOT / "docs" / "DESIGN.md").read_text("utf-8")
    assert f"```mermaid\n{diagram()}\n```" in shown, "see python -m tests.test_docs"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.name)
def test_every_link_leads_to_a_file(document):
    links = LINK.findall(document.read_text("utf-8"))
    files = [link for link in links if "://" not in link]
    assert [file for file in files if not (document.parent / file).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.name)
def test_every_path_that_is_named_is_there(document):
    paths = PATH.findall(document.read_text("utf-8"))
    assert [path for path in paths if not any((home / path).exists() for home in HOMES)] == []


if __name__ == "__main__":
    print(diagram())
