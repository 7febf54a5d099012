"""What a trace says of an object at one moment, as plain data that outlives the next change."""

from __future__ import annotations

from typing import NamedTuple


class Value(NamedTuple):
    """What has no identity worth showing: a number, a text, None. Equal ones are one.

    ``kind`` is its type; ``text`` is how Python writes it, long ones cut.
    """

    kind: str
    text: str


Held = int | Value
"""What a name or a place in a list holds: the number of an object, or a plain value."""


class Form(NamedTuple):
    """What versions of a tensor share, and often other tensors too.

    ``strides`` and ``shape`` count elements; both are empty for a single number. ``values`` says
    why there are none to show (``"meta"``), and is empty where there are.
    """

    type: str
    dtype: str
    device: str
    shape: tuple[int, ...]
    strides: tuple[int, ...]
    requires_grad: bool
    is_leaf: bool
    retains_grad: bool
    grad_fn: str
    values: str = ""


Number = int | float | bool | str
"""One value of a tensor; complex ones are written as text."""


class TensorEntry(NamedTuple):
    """A tensor, or a NumPy array, at one version.

    ``version`` is None where torch counts none (an inference tensor, an array). ``storage`` is the
    number of the block of memory that it reads, from element ``offset`` on; None where there is no
    memory. ``grad`` is the number of the tensor that holds its gradient. ``values`` are all of its
    values, or the first few: then ``least`` and ``most`` are the extremes of all, NaN where one is
    NaN, and None where nobody looked because they are too many. ``finite`` says whether all are.
    """

    form: Form
    version: int | None
    storage: int | None
    offset: int
    grad: int | None
    values: tuple[Number, ...]
    least: Number | None = None
    most: Number | None = None
    finite: bool | None = True


class GroupEntry(NamedTuple):
    """What holds other things: a list, a dict, a module, an optimizer, an object of a class.

    ``items`` are the first of them, each with its label (an index, a key, an attribute) and what it
    holds; ``length`` is how many there are. A module's or an object's own attributes are its items;
    what torch itself keeps in a module besides is left out.
    """

    kind: str
    type: str
    length: int
    items: tuple[tuple[str, Held], ...]


Entry = TensorEntry | GroupEntry


class Storage(NamedTuple):
    """A block of memory that tensors read: ``bytes`` long."""

    number: int
    bytes: int
