"""Ways out of a shape mismatch. Each is tried on the rules before it is offered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from groundup.engine.literals import Shape, show_shape
from groundup.shapes.lab import Lab, expression, read
from groundup.shapes.rules import PAIRS, Question, Verdict, judge

MAX_FIXES = 4


@dataclass(frozen=True)
class Fix:
    """A changed lab that works. ``code`` is what changes in the text, ``why`` what it means."""

    lab: Lab
    code: str
    why: str
    result: Shape


def fixes(lab: Lab) -> list[Fix]:
    """Up to :data:`MAX_FIXES` ways to make ``lab`` work, the likeliest first; none if it does.

    A result that is a silent trap counts as not working.
    """
    question = read(lab)
    verdict = judge(question)
    if verdict.result is not None and not verdict.trap:
        return []
    suggested: list[Fix] = []
    for changed, code, why in _candidates(lab, question, verdict):
        result = _works(changed)
        if result is not None and all(fix.lab != changed for fix in suggested):
            suggested.append(Fix(changed, code, why, result))
        if len(suggested) == MAX_FIXES:
            break
    return suggested


def _works(lab: Lab) -> Shape | None:
    try:
        verdict = judge(read(lab))
    except ValueError:
        return None
    return None if verdict.trap else verdict.result


Candidate = tuple[Lab, str, str]


def _candidates(lab: Lab, q: Question, verdict: Verdict) -> Iterator[Candidate]:
    if lab.op in PAIRS:
        yield from _with_other_numbers(lab, q)
        yield from _with_steps(lab, q, bool(verdict.trap))
        yield from _with_another_operation(lab)
        yield from _with_sizes(lab, q, verdict)
        return
    if lab.op in {"reshape", "view"}:
        yield from _view_fixes(lab)
        yield from _reshape_fixes(lab, q)
    elif lab.op == "nn.Linear":
        yield from _layer_fixes(lab, q)
    else:
        yield from _with_other_numbers(lab, q)


def _with_steps(lab: Lab, q: Question, trap: bool) -> Iterator[Candidate]:
    """Turn, narrow or widen one of the two; a trap is seldom about a turn."""
    ways = (_narrowed, _widened) if trap else (_turned, _narrowed, _widened)
    for way in ways:
        yield from way(lab, q)


def _turned(lab: Lab, q: Question) -> Iterator[Candidate]:
    for name, layout in (("b", q.b), ("a", q.a)):
        if len(layout.shape) > 1:
            yield _step(lab, f"{name}.mT", f"Turn {name}: swap its last two dimensions.")


def _narrowed(lab: Lab, q: Question) -> Iterator[Candidate]:
    for name, layout in (("b", q.b), ("a", q.a)):
        for dim, size in reversed(list(enumerate(layout.shape))):
            if size == 1:
                why = f"Drop dimension {dim} of {name}, which has size 1."
                yield _step(lab, f"{name}.squeeze({dim})", why)


def _widened(lab: Lab, q: Question) -> Iterator[Candidate]:
    for name, layout in (("b", q.b), ("a", q.a)):
        if lab.op == "@" and len(layout.shape) > 1:
            continue  # it would turn a matrix into a batch, which is not what was meant
        for dim in reversed(range(len(layout.shape) + 1)):
            why = f"Give {name} a dimension of size 1 at place {dim}, so that it can stretch."
            yield _step(lab, f"{name}.unsqueeze({dim})", why)


def _step(lab: Lab, step: str, why: str) -> Candidate:
    steps = f"{lab.steps}; {step}" if lab.steps.strip() else step
    return replace(lab, steps=steps), f"{step[0]} = {step}", why


def _with_another_operation(lab: Lab) -> Iterator[Candidate]:
    if lab.op == "@":
        swapped = replace(lab, a=lab.b, b=lab.a, steps="")
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


def _with_other_numbers(lab: Lab, q: Question) -> Iterator[Candidate]:
    """Other dims, the given ones first counted from the end, then each there is."""
    count = len(q.a.shape)
    options: list[tuple[Shape, str]] = []
    if lab.op == "permute":
        named = [d % count for d in q.numbers if -count <= d < count]
        distinct = tuple(dict.fromkeys(named))
        rest = tuple(d for d in range(count) if d not in distinct)
        options.append(((*distinct, *rest), "Name each dimension once; keep the order you began."))
        options.append((tuple(reversed(range(count))), "Turn the order round."))
    elif lab.op in {"cat", "stack", "squeeze", "unsqueeze", "sum", "mean"}:
        places = [count - 1, *range(count)] + ([count] if lab.op in {"stack", "unsqueeze"} else [])
        options += [((d,), f"Dimension {d} does exist.") for d in places if d >= 0]
        if lab.op in {"cat"}:
            options = [((d,), f"Join along dimension {d}: the others are equal.") for d in places]
        if lab.op in {"sum", "mean", "squeeze"}:
            options.append(((), "All dimensions at once."))
    for numbers, why in options:
        changed = replace(lab, numbers=", ".join(str(n) for n in numbers))
        yield changed, expression(replace(q, numbers=numbers)), why


def _view_fixes(lab: Lab) -> Iterator[Candidate]:
    if lab.op == "view":
        yield replace(lab, op="reshape"), f"a.reshape({lab.numbers})", "reshape copies if it must."
        yield _step(lab, "a.contiguous()", "Copy the cells into reading order first; then view.")


def _reshape_fixes(lab: Lab, q: Question) -> Iterator[Candidate]:
    """Let torch work out one size; then plainer shapes."""
    sizes = q.numbers
    options = [(*sizes[:i], -1, *sizes[i + 1 :]) for i in reversed(range(len(sizes)))]
    options = [option for option in options if option.count(-1) == 1]
    options += [(size, -1) for size in sizes if size > 1]
    options += [(*q.a.shape[:-1], -1), (-1,), q.a.shape]
    for option in dict.fromkeys(options):
        why = "−1 lets torch work out that size." if -1 in option else "The shape it has already."
        changed = replace(lab, numbers=", ".join(str(n) for n in option) or "()")
        yield changed, expression(replace(q, numbers=option)), why


def _layer_fixes(lab: Lab, q: Question) -> Iterator[Candidate]:
    if not q.a.shape:
        yield _step(lab, "a.unsqueeze(0)", "Give the number a dimension of features.")
        yield replace(lab, a=str(q.numbers[0])), f"a_shape = ({q.numbers[0]},)", "One example."
        return
    inputs, outputs = q.a.shape[-1], q.numbers[1]
    layer = f"torch.nn.Linear({inputs}, {outputs})"
    yield replace(lab, numbers=f"{inputs}, {outputs}"), layer, "Build the layer for these features."
    if len(q.a.shape) > 1:
        yield _step(lab, "a.mT", "Turn a: examples in rows, features in columns.")
    if not lab.steps.strip():
        shape = show_shape((*q.a.shape[:-1], q.numbers[0]))
        yield (
            replace(lab, a=shape),
            f"a_shape = {shape}",
            "Feed the features that the layer expects.",
        )
