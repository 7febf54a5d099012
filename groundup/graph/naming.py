"""What the tensors and nodes of a recording are called, in pictures and in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from groundup.graph.nodes import Node
from groundup.graph.operations import Item
from groundup.graph.recording import GraphTrace


def node_names(recording: GraphTrace) -> dict[str, str]:
    """Node's key to the name of the tensor whose gradient it receives.

    One that the text gave no name to is ``u1``, ``u2`` … in the order in which they were made.
    """
    given_names = _program_names(recording)
    names = {
        item.node: given_names[item.key] for item in recording.items if item.node and item.names
    }
    unnamed = [node for node in reversed(recording.nodes) if node.key not in names]
    return {
        **{str(key): name for key, name in names.items()},
        **{n.key: n.variable or f"u{place}" for place, n in enumerate(unnamed, 1)},
    }


def item_names(recording: GraphTrace, nodes: Mapping[str, str]) -> dict[str, str]:
    """Item's key to its name, where it has one."""
    given_names = _program_names(recording)
    return {
        item.key: given_names[item.key] if item.names else nodes.get(item.node or "", "")
        for item in recording.items
    }


def _program_names(recording: GraphTrace) -> dict[str, str]:
    """Item's key to the name that the text gave it, where it gave one.

    Of several tensors that had the same name, the last is ``y`` and those before it ``y₁``, ``y₂``;
    only an input keeps its own.
    """
    named = [item for item in recording.items if item.names]
    every = [item.names[-1] for item in named]
    names = {}
    for place, item in enumerate(named):
        name, version = item.names[-1], every[: place + 1].count(item.names[-1])
        last = version == every.count(name)
        from_input = named[every.index(name)].kind == "input"
        plain = item.kind == "input" if from_input else last
        names[item.key] = name if plain else f"{name}{str(version).translate(_SMALL)}"
    return names


_SMALL = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def choices(recording: GraphTrace) -> dict[str, str]:
    """What can be looked at more closely: the key of an item or node, to what it is called."""
    nodes = node_names(recording)
    names = item_names(recording, nodes)
    items = {
        item.key: f"{names[item.key] or 'a constant'} · {item.label} · line {item.line}"
        if item.kind != "input"
        else f"{names[item.key]} · input"
        for item in recording.items
    }
    inner = [n for n in recording.nodes if n.key not in {i.node for i in recording.items}]
    return items | {n.key: f"{nodes[n.key]} · {n.name} · line {n.line}" for n in inner}


def node_of(recording: GraphTrace, key: str) -> str:
    """The key of the node that belongs to ``key``, which may be a node's already ("" if none)."""
    return next((item.node or "" for item in recording.items if item.key == key), key)


def chosen_from(recording: GraphTrace, clicked: str) -> str:
    """The key in :func:`choices` for what was clicked on in either picture ("" if there is none).

    A node that belongs to a tensor of the mathematics stands for that tensor.
    """
    key = clicked.partition("_")[0]
    owner = next((item.key for item in recording.items if key in (item.key, item.node)), key)
    return owner if owner in choices(recording) else ""


def on_line(recording: GraphTrace, line: int) -> str:
    """The key of the last tensor that ``line`` of the script made ("" if it made none)."""
    return next((item.key for item in reversed(recording.items) if item.line == line), "")


def line_of(recording: GraphTrace, key: str) -> int | None:
    """The line that made ``key``, an item's or a node's."""
    things: tuple[Item | Node, ...] = (*recording.items, *recording.nodes)
    return next((thing.line for thing in things if thing.key == key and thing.line), None)
