"""Einsum: an equation of letters, one for each dimension, and the shape that it gives."""

from __future__ import annotations

import re
from dataclasses import dataclass

from groundup.shapes.question import Part, Question, Shape, Verdict, dims_text

MAX_LETTERS = 6
_EQUATION = re.compile(r"([A-Za-z]*)(?:,([A-Za-z]*))?(->([A-Za-z]*))?")


@dataclass(frozen=True)
class Equation:
    """The letters of a, of b (None: there is no b) and of the result."""

    a: str
    b: str | None
    result: str

    @property
    def text(self) -> str:
        """As torch takes it: ``ij,jk->ik``."""
        return f"{self.a}{'' if self.b is None else f',{self.b}'}->{self.result}"

    @property
    def letters(self) -> tuple[str, ...]:
        """Every letter once: those of the result first, then what is summed away."""
        return tuple(dict.fromkeys(self.result + self.a + (self.b or "")))


def read_equation(text: str) -> Equation:
    """Read ``ij,jk->ik``; without an arrow, the letters that stand once, in the alphabet's order.

    Raises:
        ValueError: with a sentence for the learner.
    """
    plain = re.sub(r"[\s\"']", "", text[:200]).replace("→", "->")
    match = _EQUATION.fullmatch(plain)
    if not match or not plain:
        raise ValueError(
            "Einsum takes letters, one for each dimension, such as ij,jk->ik for two tensors or "
            "ij->ji for one. “...” is not here."
        )
    a, b, arrow, result = match.groups()
    if max(len(part or "") for part in (a, b, result)) > MAX_LETTERS:
        raise ValueError(f"Up to {MAX_LETTERS} letters fit on each side of a comma or an arrow.")
    both = a + (b or "")
    implied = "".join(sorted(letter for letter in set(both) if both.count(letter) == 1))
    return Equation(a, b, result if arrow else implied)


def einsum(q: Question) -> Verdict:
    """``torch.einsum``: equal letters are equal sizes; those not in the result are summed."""
    equation = read_equation(q.spec)
    for name, letters, shape in _operands(equation, q):
        if len(letters) != len(shape):
            why = (
                f"The equation gives {name} {dims_text(len(letters))}, “{letters}”, and {name} "
                f"has {len(shape)}."
            )
            return Verdict(None, why)
    if why := _bad_result(equation):
        return Verdict(None, why)
    parts = tuple(_part(letter, equation, q) for letter in equation.letters)
    clash = next((part for part in parts if part.mark == "clash"), None)
    if clash is not None:
        return Verdict(
            None, f"One letter, different sizes: {clash.note.removeprefix('✗ ')}.", parts
        )
    result = tuple(part.result or 0 for part in parts[: len(equation.result)])
    return Verdict(result, f"{_sizes(parts)} {_summed(equation)}", parts)


def _sizes(parts: tuple[Part, ...]) -> str:
    if any(part.a != part.b and 1 in (part.a, part.b) and part.a and part.b for part in parts):
        return "Each letter is one size, to which a size of 1 is stretched."
    return "Each letter is one size."


def _summed(equation: Equation) -> str:
    gone = equation.letters[len(equation.result) :]
    if not gone:
        return "Nothing is summed."
    are = "is" if len(gone) == 1 else "are"
    return f"{', '.join(gone)} {are} not in the result: summed away."


def _operands(equation: Equation, q: Question) -> list[tuple[str, str, Shape]]:
    second = [] if equation.b is None else [("b", equation.b, q.b.shape)]
    return [("a", equation.a, q.a.shape), *second]


def _bad_result(equation: Equation) -> str:
    for letter in equation.result:
        if equation.result.count(letter) > 1:
            return f"“{letter}” stands more than once in the result: each letter may come out once."
        if letter not in equation.a + (equation.b or ""):
            return f"“{letter}” is in the result and in no input, so its size is not known."
    return ""


def _part(letter: str, equation: Equation, q: Question) -> Part:
    """What becomes of the dimensions called ``letter``."""
    sizes: dict[str, list[int]] = {}
    places: dict[str, int] = {}
    for name, letters, shape in _operands(equation, q):
        sizes[name] = [n for mine, n in zip(letters, shape, strict=True) if mine == letter]
        places |= {name: letters.index(letter)} if letter in letters else {}
    a, b = (sizes.get(name, [None])[:1] or [None] for name in "ab")
    seen = (a[0], b[0])
    all_sizes = [n for own in sizes.values() for n in own]
    dims = places.get("a"), places.get("b")
    twice = any(len(set(own)) > 1 for own in sizes.values())
    if twice or len({n for n in all_sizes if n != 1}) > 1:
        told = " and ".join(f"{n:,}" for n in dict.fromkeys(all_sizes))
        return Part(*seen, None, "clash", *dims, f"✗ {letter}: {told}")
    if letter in equation.result:
        mark = "stretched" if len(set(all_sizes)) > 1 else "kept"
        return Part(*seen, max(all_sizes) if 0 not in all_sizes else 0, mark, *dims, letter)
    return Part(*seen, None, "inner", *dims, f"{letter}: summed away")
