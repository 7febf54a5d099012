"""Questions about what two names hold, answered from the entries of a :class:`View` alone."""

from __future__ import annotations

from groundup.engine.trace.entries import Held, TensorEntry
from groundup.engine.trace.numbers import places
from groundup.engine.trace.result import View

MAX_CELLS = 4_096


def same_object(one: Held | None, other: Held | None) -> bool:
    """Whether both are one object: ``b = a``, or ``optimizer.param_groups[0]["params"][0]``.

    Equal numbers and texts are none: they have no identity worth showing.
    """
    return isinstance(one, int) and one == other


def shares_storage(view: View, one: Held | None, other: Held | None) -> bool:
    """Whether both read one block of memory, as a tensor and its ``.T``, or an array of it."""
    first, second = view.entry(one), view.entry(other)
    if not isinstance(first, TensorEntry) or not isinstance(second, TensorEntry):
        return False
    return first.storage is not None and first.storage == second.storage


def cells(entry: TensorEntry) -> tuple[int, ...]:
    """Which elements of its storage a tensor reads, in reading order; of many the first 4,096."""
    where = places(entry.form.shape, entry.form.strides, MAX_CELLS)
    return tuple(entry.offset + place for place in where)


def how_it_changed(before: View, after: View, name: str, call: int = 0) -> str:
    """What happened to ``name`` between two moments.

    ``"new"``: it had no value before. ``"gone"``: it has none any more. ``"moved"``: it holds
    another object, or another number. ``"in place"``: the same object, changed. Else ``""``.
    """
    was, now = before.held(name, call), after.held(name, call)
    if was is None or now is None:
        return "" if was is now else "new" if was is None else "gone"
    if was != now:
        return "moved"
    return "in place" if before.entry(was) != after.entry(now) else ""
