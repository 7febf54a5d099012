"""What may mend an operation on two tensors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from groundup.engine.literals import show_shape
from groundup.shapes.einsum import read_equation
from groundup.shapes.lab import Lab
from groundup.shapes.question import ELEMENTWISE, Question, Verdict
from groundup.shapes.rules import judge
from groundup.shapes.ways_one import Candidate, other_numbers
from groundup.shapes.writing import expression


def pair_ways(lab: Lab, q: Question, verdict: Verdict) -> Iterator[Candidate]:
    """Other numbers, a step before, another operation, other sizes."""
    yield from other_numbers(lab, q)
    if verdict.trap:
        yield from _out_of_the_trap(lab, q)
        return
    if lab.op in ELEMENTWISE:
        yield from _said_which_way(lab, q)
    else:
        yield from _turned(lab, q)
    yield from narrowed(lab, q)
    yield from _turned(lab, q)
    yield from _widened(lab, q, ("b", "a"))
    yield from _with_another_operation(lab)
    yield from _with_sizes(lab, q, verdict)


def step(lab: Lab, written: str, why: str) -> Candidate:
    """``lab`` with one more step before its operation."""
    steps = f"{lab.steps}; {written}" if lab.steps.strip() else written
    return replace(lab, steps=steps), f"{written[0]} = {written}", why


def _out_of_the_trap(lab: Lab, q: Question) -> Iterator[Candidate]:
    yield from narrowed(lab, q)
    yield from _said_which_way(lab, q)
    same = show_shape(q.a.shape)
    if not lab.steps.strip():
        yield replace(lab, b=same), f"b_shape = {same}", "Make b in the shape of a."


def _said_which_way(lab: Lab, q: Question) -> Iterator[Candidate]:
    """A dimension of size 1 for the smaller tensor, where the larger keeps its shape."""
    small = "b" if len(q.b.shape) < len(q.a.shape) else "a"
    shape, large = (q.b.shape, q.a.shape) if small == "b" else (q.a.shape, q.b.shape)
    for dim in reversed(range(len(shape) + 1)):
        wide = (*shape[:dim], 1, *shape[dim:])
        places = zip(wide, large[len(large) - len(wide) :], strict=False)
        if len(shape) < len(large) and all(n == m or at == dim for at, (n, m) in enumerate(places)):
            why = (
                f"Say which way {small} lies: size 1 at dimension {dim}, one number for each place "
                "elsewhere. A sum or a mean does so with keepdim=True."
            )
            yield step(lab, f"{small}.unsqueeze({dim})", why)


def _turned(lab: Lab, q: Question) -> Iterator[Candidate]:
    for name, layout in (("b", q.b), ("a", q.a)):
        if len(layout.shape) > 1:
            yield step(lab, f"{name}.mT", f"Turn {name}: swap its last two dimensions.")


def narrowed(lab: Lab, q: Question) -> Iterator[Candidate]:
    """One of the two without one of its dimensions of size 1."""
    for name, layout in (("b", q.b), ("a", q.a)):
        for dim, size in reversed(list(enumerate(layout.shape))):
            if size == 1:
                why = f"Drop dimension {dim} of {name}, which has size 1."
                yield step(lab, f"{name}.squeeze({dim})", why)


def _widened(lab: Lab, q: Question, names: tuple[str, ...]) -> Iterator[Candidate]:
    for name in names:
        shape = q.b.shape if name == "b" else q.a.shape
        if lab.op == "@" and len(shape) > 1:
            continue  # it would turn a matrix into a batch, which is not what was meant
        for dim in reversed(range(len(shape) + 1)):
            so = ", so that it can stretch" if lab.op in ELEMENTWISE else ""
            why = f"Give {name} a dimension of size 1 at place {dim}{so}."
            yield step(lab, f"{name}.unsqueeze({dim})", why)


def _with_another_operation(lab: Lab) -> Iterator[Candidate]:
    if lab.op == "@":
        if not lab.steps.strip():
            swapped = replace(lab, a=lab.b, b=lab.a)
            yield swapped, "b @ a", "Swap the two: the order matters in a matrix product."
        yield replace(lab, op="*"), "a * b", "Cell by cell instead of rows by columns."
    other = {"cat": "stack", "stack": "cat"}.get(lab.op)
    if other:
        why = {"stack": "Put them on top of each other instead: a new dimension.",
               "cat": "Join them end to end instead."}[other]  # fmt: skip
        yield replace(lab, op=other), f"torch.{other}([a, b], dim={lab.numbers})", why


def _with_sizes(lab: Lab, q: Question, verdict: Verdict) -> Iterator[Candidate]:
    """Change the sizes that clash, in b as it was typed: always possible."""
    if lab.steps.strip():
        return
    sizes = list(q.b.shape)
    for clash in verdict.clashes:
        if clash.b_dim is not None and clash.a is not None:
            sizes[clash.b_dim] = clash.a
    shape = show_shape(tuple(sizes))
    yield replace(lab, b=shape), f"b_shape = {shape}", "Make b in the size that a asks for."
    same = show_shape(q.a.shape)
    yield replace(lab, b=same), f"b_shape = {same}", "Make b in the shape of a."


def einsum_ways(lab: Lab, q: Question) -> Iterator[Candidate]:
    """Letters in another order, or sizes that the letters ask for."""
    equation = read_equation(q.spec)
    for a, b in ((equation.a, (equation.b or "")[::-1]), (equation.a[::-1], equation.b or "")):
        if equation.b is not None:
            spec = f"{a},{b}->{equation.result}"
            why = "Letters in another order, with which the sizes fit."
            yield replace(lab, numbers=spec), f'torch.einsum("{spec}", a, b)', why
    yield from narrowed(lab, q)
    yield from _with_sizes(lab, q, judge(q))
    inputs = equation.text.partition("->")[0]
    letters = "".join(dict.fromkeys(n for n in equation.result if n in inputs))
    other = replace(q, spec=f"{inputs}->{letters}")
    why = "Only letters that the inputs have, each once."
    yield replace(lab, numbers=other.spec), expression(other), why
