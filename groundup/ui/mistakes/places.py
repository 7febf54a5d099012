"""Where the app teaches what a message is about: a link to a page, with the sizes filled in.

This table is all that the search knows of other pages: their scripts and the public keys of their
controls. A test opens every link.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from groundup.mistakes.gallery import MODULE_FOLDER, Mistake, gallery
from groundup.mistakes.messages import Reading
from groundup.shapes import lab
from groundup.shapes.lab import Lab

EXAMPLE = "an example: the message names no shapes"
_SIZES = "2345678"
_TOO_MANY = 7
_OTHER_SIZES = "with other sizes: it cannot take these"
_LONGEST_RAGGED = 12


@dataclass(frozen=True)
class Place:
    """A page, how to name it, the settings it opens with, and what is not the learner's own."""

    page: str
    label: str
    link: Mapping[str, str]
    said: str = ""


SEARCH = Place(
    "requires_grad",
    "Search all mistakes by an error message",
    {"autograd": "When autograd says no"},
)
"""Where the search box itself stands."""


def places(reading: Reading) -> list[Place]:
    """Where ``reading``'s kind of message is taught, the best place first."""
    build = _PLACES.get(reading.kind)
    return build(reading.details) if build else []


def home(entry: Mistake) -> Place | None:
    """The page of a mistake that is not in the gallery of the search box's own page."""
    if entry not in gallery(MODULE_FOLDER):
        return None
    return Place("nn_module", entry.title, {"topic": "Mistakes", "slip": entry.title})


Sentence = Mapping[str, str]


def _lab(label: str, typed: Lab, said: str = "") -> list[Place]:
    """The shape lab with ``typed`` in its controls, or as it is where it would refuse that."""
    try:
        lab.read(typed)
    except ValueError:
        return [Place("tensors", "Shape lab", {"look_at": "Shape lab"}, _OTHER_SIZES)]
    link = {"look_at": "Shape lab", "op": typed.op, "a": typed.a}
    link |= {"b": typed.b} if typed.b != "()" else {}
    link |= {"numbers": typed.numbers} if typed.numbers else {}
    link |= {"first_do": typed.steps} if typed.steps else {}
    return [Place("tensors", f"Shape lab: {label}", link, said)]


def _shape(text: str) -> str:
    """``48x96`` or ``[48, 96]``'s inside as the lab wants it typed."""
    return text.replace("x", ", ").replace("  ", " ").replace(" ,", ",").strip(", ") or "()"


def _shown(typed: str) -> str:
    """A shape as Python writes it: ``(48, 96)``, ``(5,)``, ``()``."""
    return typed if typed == "()" else f"({typed})" if "," in typed else f"({typed},)"


def _matmul(told: Sentence) -> list[Place]:
    a, b = _shape(told["a"]), _shape(told["b"])
    as_layer = _lab(f"{_shown(a)} into nn.Linear({b})", Lab("nn.Linear", a, numbers=b))
    return as_layer + _lab(f"{_shown(a)} @ {_shown(b)}", Lab("@", a, b))


def _elementwise(told: Sentence) -> list[Place]:
    if told.get("a") and "dim" not in told:
        a, b = _shape(told["a"]), _shape(told["b"])
        return _lab(f"{_shown(a)} + {_shown(b)}", Lab("+", a, b))
    ones = "1, " * int(told["dim"])
    a, b = f"{ones}{told['a']}", f"{ones}{told['b']}"
    said = "the message names one dimension; the others are 1 here" if ones else ""
    return _lab(f"{_shown(a)} + {_shown(b)}", Lab("+", a, b), said)


def _expand(told: Sentence) -> list[Place]:
    wanted = {name: told[name] for name in ("a", "b") if name in told}
    if not wanted:
        wanted = {"a": told["x"], "b": told["y"], "dim": told["dim"]}
    return _elementwise(wanted)


def _target_size(told: Sentence) -> list[Place]:
    a, b = (_shape(told.get(name, "()")) for name in ("a", "b"))
    return _lab(f"{_shown(a)} - {_shown(b)}", Lab("-", a, b))


def _new_sizes(told: Sentence) -> list[Place]:
    numbers = told["numbers"].strip()
    return _lab(f"{told['a']} numbers, view({numbers})", Lab("view", told["a"], numbers=numbers))


def _view_order(told: Sentence) -> list[Place]:
    return _lab("view after a transpose", Lab("view", "3, 4", numbers="12", steps="a.mT"), EXAMPLE)


def _cat(told: Sentence) -> list[Place]:
    dim = int(told["dim"])
    a, b = (f"{told[n]}{', 1' * dim}" if dim else f"1, {told[n]}" for n in ("a", "b"))
    said = "the message names one size; the others are 1 here"
    return _lab(f"cat of {_shown(a)} and {_shown(b)}, dim {dim}", Lab("cat", a, b, str(dim)), said)


def _stack(told: Sentence) -> list[Place]:
    a, b = (_shape(told.get(name, "()")) for name in ("a", "b"))
    return _lab(f"stack of {_shown(a)} and {_shown(b)}", Lab("stack", a, b, "0"))


def _dim(told: Sentence) -> list[Place]:
    said = "the message gives the range of dim; the sizes are made up"
    typed = Lab("sum", _sizes(told["ndim"]), numbers=told["dim"])
    return _lab(f"sum over dim {told['dim']}", typed, said)


def _permute(told: Sentence) -> list[Place]:
    sizes = _sizes(told.get("ndim", "2"))
    order = ", ".join(str(n) for n in range(min(int(told.get("count", "3")), _TOO_MANY)))
    said = "the message counts the dimensions; sizes and order are made up"
    typed = Lab("permute", sizes, numbers=order)
    return _lab(f"permute of {_shown(sizes)}", typed, said if told else EXAMPLE)


def _sizes(ndim: str) -> str:
    """Sizes of ``ndim`` dimensions as the lab wants them typed; of more than it takes, a few."""
    return ", ".join(_SIZES[: min(int(ndim), _TOO_MANY)])


def _ragged(told: Sentence) -> list[Place]:
    lengths = [int(told.get(name, default)) for name, default in (("a", "3"), ("b", "2"))]
    fits = max(lengths) <= _LONGEST_RAGGED
    a, b = (list(range(1, n + 1)) for n in (lengths if fits else (3, 2)))
    link = {"look_at": "Make one", "made_from": "From data", "data": str([a, b])}
    said = "" if fits and told else "with shorter lists"
    return [Place("tensors", "Make one: lists of another length", link, said)]


def _tensors(label: str, **link: str) -> Callable[[Sentence], list[Place]]:
    return lambda told: [Place("tensors", label, link)]


_PROMOTION = _tensors("Which dtype comes out", look_at="Why float32?", about="Promotion")
_FLOAT64 = _tensors("float64 arrives from NumPy", look_at="NumPy", bridge="float64 arrives")
_HOLDS = Place("nn_module", "Model contents", {"topic": "What the model holds"})

_PLACES: dict[str, Callable[[Sentence], list[Place]]] = {
    "matmul": _matmul,
    "elementwise": _elementwise,
    "elementwise_numpy": _elementwise,
    "expand": _expand,
    "target_size": _target_size,
    "new_sizes": _new_sizes,
    "view_order": _view_order,
    "cat": _cat,
    "stack": _stack,
    "dim": _dim,
    "permute": _permute,
    "ragged": _ragged,
    "shapes": _tensors("Shape lab", look_at="Shape lab"),
    "device": _tensors("Device: here and there", look_at="Device", meeting="here + there"),
    "dtype": _FLOAT64,
    "promotion": _PROMOTION,
    "no_kernel": _PROMOTION,
    "dtype_of_mean": _PROMOTION,
    "not_a_tensor": _tensors("Between NumPy and PyTorch", look_at="NumPy"),
    "memory": lambda told: [
        Place("ffn_scale", "Set the sizes: memory", {"scale": "Dial it", "cost": "memory to train"})
    ],
    "state_dict": lambda told: [_HOLDS],
}
"""The kinds of messages that other pages teach; the rest lead to mistakes of the gallery alone."""
