"""The six invariants of training, as they stand at the end of what was watched."""

from __future__ import annotations

from groundup.diagnosis import words
from groundup.diagnosis.findings import Check
from groundup.diagnosis.history import Broken, History
from groundup.diagnosis.leaves import Leaf

NAMES = {
    "changed": "all moved",
    "fresh": "gradients were fresh",
    "present": "loss was current",
    "finite": "loss was finite",
    "nonzero": "gradients not all 0",
    "evaluation": "nothing dropped in eval",
}
"""The name of each invariant by its key, in their order."""


def checks(history: History) -> tuple[Check, ...]:
    """Each invariant: held, broken or not yet looked at."""
    found = broken_of(history)
    return tuple(_check(history, key, name, found.get(key)) for key, name in NAMES.items())


def _check(history: History, key: str, name: str, broken: Broken | None) -> Check:
    if broken is not None:
        return Check(key, name, "broken", broken.line, words.broken(key, broken))
    return Check(key, name, "held" if key in history.held else "not yet")


def broken_of(history: History) -> dict[str, Broken]:
    """What broke, by key; of what only the end of the run can tell as well."""
    found = dict(history.broken)
    if history.zeros and "nonzero" not in history.held and history.updates > 1:
        count, loss = history.zeros.numbers
        found["nonzero"] = Broken(history.zeros.line, (count, loss, history.backwards))
    unmoved = (_unmoved(leaf, history) for leaf in history.leaves.all)
    first = next((one for one in unmoved if one is not None), None)
    if first is not None:
        found.setdefault("changed", first)
    return {key: found[key] for key in NAMES if key in found}


def _unmoved(leaf: Leaf, history: History) -> Broken | None:
    """How it came that ``leaf`` never changed although it had gradients, if so."""
    if leaf.changed or not leaf.passes or leaf.number in history.data:
        return None
    if leaf.unmoved is not None:
        return _stepped(leaf, history, *leaf.unmoved)
    if leaf.passed_over > 1 and not _input_is_trained(leaf, history):
        return Broken(leaf.line, ("left out", leaf.given), leaf)
    if leaf.in_optimizer and leaf.passes > 1 and not (history.updates or leaf.read):
        return Broken(leaf.given_line, ("no step", leaf.passes), leaf)
    return None


def _stepped(leaf: Leaf, history: History, before: float, then: float) -> Broken | None:
    if not then and leaf.early_line:
        return Broken(leaf.early_line, ("early", before), leaf)
    if not then:
        return Broken(leaf.cleared_line or leaf.first_update, ("cleared", before), leaf)
    if any(one.changed for one in history.leaves.all):
        return None  # Others moved: this one's gradient was a rounding error.
    return Broken(leaf.first_update, ("too small", before), leaf)


def _input_is_trained(leaf: Leaf, history: History) -> bool:
    """Whether what learns is no model, but what a model is given: a picture, say."""
    learning = [one for one in history.leaves.all if one.changed]
    return leaf.parameter and bool(learning) and not any(one.parameter for one in learning)
