"""The sentences of the invariants, with their numbers."""

from __future__ import annotations

from groundup.diagnosis.history import Broken
from groundup.diagnosis.leaves import Leaf
from groundup.engine.snapshot import number


def called(leaf: Leaf | None) -> str:
    """What a sentence calls ``leaf``."""
    if leaf is None:
        return "a parameter"
    return leaf.name or f"the parameter of shape {leaf.shape} made in line {leaf.line}"


def broken(key: str, one: Broken) -> str:
    """What broke, in words."""
    return _SENTENCES[key](one)


def _changed(one: Broken) -> str:
    how, amount = one.numbers
    who = called(one.leaf)
    if how == "cleared":
        return (
            f"backward() gave {who} a gradient of {number(amount)}, and the update found 0: "
            "it was cleared in between, so nothing moved."
        )
    if how == "early":
        return (
            f"This step came before backward(): {who} had no gradient of this pass, and that of "
            f"the pass before ({number(amount)}) was cleared, so nothing moved."
        )
    if how == "too small":
        return (
            f"{who} had a gradient of {number(amount)}, and the update left it as it was: "
            "the step was too small for its digits, or the rate is 0."
        )
    if how == "left out":
        return f"{who} gets a gradient in each pass, and no update ever changes it."
    return f"{who} got a gradient in {amount} passes, and no step was ever taken."


def _fresh(one: Broken) -> str:
    left, summed, used = one.numbers
    leaf = one.leaf
    if leaf is None or leaf.shape.count(1) != len(leaf.shape):
        return (
            f"When backward() began, {called(leaf)} still held a gradient of up to "
            f"{number(left)}, which line {used} had used already. The new one was added to it: "
            f"up to {number(summed)}."
        )
    return (
        f"When backward() began, {called(leaf)} still held the gradient {number(left)}, which line "
        f"{used} had used already. It added {number(summed - left)} to it: {number(summed)}."
    )


def _present(one: Broken) -> str:
    backward, update = one.numbers
    return (
        f"The loss of backward() in line {backward} was computed here, from {called(one.leaf)} as "
        f"it was before line {update} changed it."
    )


def _finite(one: Broken) -> str:
    count, value, before = one.numbers
    earlier = "" if before is None else f" The last finite one was {number(before)}."
    return f"The loss of pass {count} is {value}.{earlier}"


def _nonzero(one: Broken) -> str:
    count, loss, passes = one.numbers
    said = "" if loss is None else f", while the loss was {number(loss)}"
    return f"All {count} gradients were 0 in each of {passes} passes{said}."


def _evaluation(one: Broken) -> str:
    name, dropped = one.numbers
    if name == "dropout":
        return (
            f"Dropout set {dropped:.0%} of its numbers to 0 here, where nothing is trained (0 % "
            "was expected). The model is still in training mode."
        )
    return (
        "Batch norm used this batch's own mean and deviation here, where nothing is trained: "
        "the model is still in training mode."
    )


_SENTENCES = {
    "changed": _changed,
    "fresh": _fresh,
    "present": _present,
    "finite": _finite,
    "nonzero": _nonzero,
    "evaluation": _evaluation,
}
