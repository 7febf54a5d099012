"""A lesson is a plain script; this module reads it, sets its parameters and edits its text.

A lesson ``NAME`` is ``lessons/TOPIC/NAME.py``. A table beside it, ``NAME.toml``, may say what can
be changed in the text besides its literals: *choices* (one way of writing a step, or another) and
*edits* (mistakes to make on purpose). Every change is a change of text, so what is shown, what runs
and what is taken home are one string.
"""

from __future__ import annotations

import ast
import difflib
import itertools
import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

LESSONS = Path(__file__).parents[1] / "lessons"
MISTAKES = "mistakes"

Literal = bool | int | float | str | list[Any] | tuple[Any, ...]
"""What may stand on the right of a parameter."""

_NUMBER = r"[+-]?[\d.]+(?:e[+-]?\d+)?"
_RANGE = re.compile(rf"(?:^|\s)({_NUMBER}) to ({_NUMBER})$")
_CHOICES = re.compile(r"(?:^|: )([\w ]+(?:, [\w ]+)*) or ([\w ]+)$")
_KINDS = {bool: "True or False", int: "a whole number", float: "a number", str: "a text"}


@dataclass(frozen=True)
class Parameter:
    """One setting of a lesson, as its text declares it.

    ``low``/``high`` come from a comment that ends in ``LOW to HIGH``, ``options`` from one that
    ends in ``: A, B or C``; the comment is thus both the learner's note and the core's check.
    """

    name: str
    default: Literal
    help: str = ""
    low: float | None = None
    high: float | None = None
    options: tuple[str, ...] = ()

    @property
    def allowed(self) -> str:
        """What may be given, in words: ``a number from 0.0001 to 10``."""
        if self.options:
            return "one of " + ", ".join(self.options)
        kind = _KINDS.get(type(self.default), f"a {type(self.default).__name__}")
        return kind if self.low is None else f"{kind} from {self.low:g} to {self.high:.10g}"

    def check(self, value: object) -> Literal:
        """Return ``value`` in the parameter's own type.

        Raises:
            ValueError: naming the parameter, the value and what is allowed.
        """
        kind = type(self.default)
        if kind is float and type(value) is int and abs(value) < 2**53:
            value = float(value)
        good = type(value) is kind
        if good and isinstance(value, int | float):
            good = math.isfinite(value) and (
                self.low is None or self.high is None or self.low <= value <= self.high
            )
        if good and self.options:
            good = value in self.options
        if not good:
            shown = repr(value) if len(repr(value)) <= 40 else repr(value)[:37] + "..."
            raise ValueError(f"{self.name} = {shown} is not allowed: it must be {self.allowed}.")
        return value  # type: ignore[return-value]  # its type was compared above


@dataclass(frozen=True)
class Edit:
    """A named change of text.

    Each line in ``unwrap`` (a ``with`` or an ``if``) is taken out and its block moved left in its
    place; then each ``(old, new)`` in ``changes`` replaces the one place where ``old`` stands.
    """

    name: str
    title: str
    changes: tuple[tuple[str, str], ...]
    unwrap: tuple[str, ...] = ()
    notes: Mapping[str, Any] = field(default_factory=dict)

    def apply(self, text: str) -> str:
        """Return ``text`` with the changes made.

        Raises:
            ValueError: if a line to unwrap, or an ``old``, does not stand exactly once in ``text``.
        """
        for header in self.unwrap:
            self._must_stand_once(f"\n{header}\n", text)
            text = _unwrapped(text, header)
        for old, new in self.changes:
            self._must_stand_once(old, text)
            text = text.replace(old, new)
        return text

    def _must_stand_once(self, old: str, text: str) -> None:
        if text.count(old) != 1:
            raise ValueError(
                f"{self.name} cannot be applied here: the lines it changes stand "
                f"{text.count(old)} times in this text, and must stand once."
            )


@dataclass(frozen=True)
class Choice:
    """A setting that selects how part of the text is written; the first option is the file's."""

    parameter: Parameter
    edits: Mapping[str, Edit]


@dataclass(frozen=True)
class Lesson:
    """A lesson's text and all that was done to it. Immutable: each method returns a new one."""

    name: str
    source: str
    choices: Mapping[str, Choice] = field(default_factory=dict)
    edits: Mapping[str, Edit] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Literal] = field(default_factory=dict)
    schedule: tuple[tuple[int, str, Any], ...] = ()
    applied: tuple[str, ...] = ()
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    """Files that the text reads from the folder it lies in, by name."""

    @cached_property
    def parameters(self) -> dict[str, Parameter]:
        """Name to :class:`Parameter`: those of the text's first block, then the choices."""
        literals = {p.name: p for p, _ in _parameter_nodes(self.source)}
        return literals | {name: choice.parameter for name, choice in self.choices.items()}

    @property
    def settings(self) -> dict[str, Any]:
        """Every parameter's value as it stands, of the type that the lesson's text gives it."""
        defaults = {name: p.default for name, p in self.parameters.items()}
        return defaults | dict(self.values) | dict(self.chosen)

    def set(self, **values: object) -> Lesson:
        """Set parameters.

        Raises:
            ValueError: for an unknown name, or a value of the wrong type or out of range.
        """
        checked = {name: self._parameter(name).check(value) for name, value in values.items()}
        chosen = {k: str(v) for k, v in checked.items() if k in self.choices}
        literals = {k: v for k, v in checked.items() if k not in self.choices}
        return replace(self, chosen={**self.chosen, **chosen}, values={**self.values, **literals})

    def at_epoch(self, epoch: int, **values: object) -> Lesson:
        """Change parameters in mid-run: a line in the loop that does it at ``epoch``.

        Raises:
            ValueError: for a negative epoch, an unknown name or a value that is not allowed.
        """
        if type(epoch) is not int or epoch < 0:
            raise ValueError(f"epoch = {epoch!r} is not allowed: it must be 0 or more.")
        added = tuple((epoch, n, self._parameter(n).check(v)) for n, v in values.items())
        kept = tuple(e for e in self.schedule if (e[0], e[1]) not in {a[:2] for a in added})
        return replace(self, schedule=tuple(sorted(kept + added, key=lambda entry: entry[:2])))

    def edit(self, name: str) -> Lesson:
        """Apply the edit called ``name`` (see :attr:`edits`).

        Raises:
            ValueError: for an unknown name.
        """
        if name not in self.edits:
            known = ", ".join(self.edits) or "none"
            raise ValueError(f"{self.name} has no edit called {name!r}; it has: {known}.")
        return self if name in self.applied else replace(self, applied=(*self.applied, name))

    @cached_property
    def healthy_text(self) -> str:
        """The text before any named edit."""
        text = self.source
        for name, choice in self.choices.items():
            if edit := choice.edits.get(self.chosen.get(name, "")):
                text = edit.apply(text)
        return _with_schedule(_with_literals(text, self.values), self.schedule)

    @cached_property
    def text(self) -> str:
        """The text that is shown, that runs and that is taken home."""
        text = self.healthy_text
        for name in self.applied:
            text = self.edits[name].apply(text)
        return text

    @property
    def mistake(self) -> Edit | None:
        """The named edit that was applied last, if one was."""
        return self.edits[self.applied[-1]] if self.applied else None

    @property
    def marked_lines(self) -> list[int]:
        """Line numbers of :attr:`text` that named edits and changes in mid-run made."""
        return changed_lines(replace(self, schedule=(), applied=()).text, self.text)

    def _parameter(self, name: str) -> Parameter:
        if name not in self.parameters:
            known = ", ".join(self.parameters)
            raise ValueError(f"{self.name} has no parameter called {name!r}; it has: {known}.")
        return self.parameters[name]


def names(folder: Path = LESSONS) -> list[str]:
    """The names of the lessons in ``folder`` and its topics, without the mistakes."""
    return sorted(_files(folder))


def load(name: str, folder: Path = LESSONS) -> Lesson:
    """Load the lesson called ``name`` from ``folder`` or a topic in it.

    Raises:
        ValueError: if there is none.
    """
    described = table(name, folder)
    return Lesson(
        name=name,
        source=_files(folder)[name].read_text("utf-8"),
        choices={n: _choice(n, entry) for n, entry in described.get("choices", {}).items()},
        edits={n: _edit(n, entry) for n, entry in described.get("edits", {}).items()},
    )


def table(name: str, folder: Path = LESSONS) -> dict[str, Any]:
    """What the table beside the lesson called ``name`` says; empty if it has none.

    Raises:
        ValueError: if there is no such lesson.
    """
    if name not in _files(folder):
        raise ValueError(
            f"there is no lesson called {name!r}; there are: {', '.join(names(folder))}."
        )
    file = _files(folder)[name].with_suffix(".toml")
    return tomllib.loads(file.read_text("utf-8")) if file.exists() else {}


@cache
def _files(folder: Path) -> dict[str, Path]:
    """The scripts in ``folder`` and its topics, by name."""
    found = (p for p in folder.rglob("*.py") if p.stem != "__init__")
    return {p.stem: p for p in found if MISTAKES not in p.relative_to(folder).parts}


def changed_lines(before: str, after: str) -> list[int]:
    """Line numbers (from 1) of ``after`` that are new or changed against ``before``.

    Where lines were only taken out, the line that now stands in their place is given.
    """
    found: list[int] = []
    matcher = difflib.SequenceMatcher(None, before.splitlines(), after.splitlines(), autojunk=False)
    for tag, _, _, start, stop in matcher.get_opcodes():
        if tag != "equal":
            found.extend(range(start + 1, max(stop, start + 1) + 1))
    return found


def _choice(name: str, entry: Mapping[str, Any]) -> Choice:
    options = (entry["default"], *entry["options"])
    parameter = Parameter(name, entry["default"], entry["help"], options=options)
    return Choice(parameter, {n: _edit(n, option) for n, option in entry["options"].items()})


def _edit(name: str, entry: Mapping[str, Any]) -> Edit:
    changes = tuple((change["old"], change["new"]) for change in entry.get("changes", ()))
    unwrap = tuple(entry.get("unwrap", ()))
    notes = {k: v for k, v in entry.items() if k not in {"title", "changes", "unwrap"}}
    return Edit(name, entry.get("title", name), changes, unwrap, notes)


def _unwrapped(text: str, header: str) -> str:
    """``text`` without the line ``header``, whose block moves to the left in its place."""
    before, after = text.split(f"\n{header}\n")
    indent = len(header) - len(header.lstrip())
    lines = after.split("\n")
    inside = list(
        itertools.takewhile(lambda line: not line.strip() or _indent(line) > indent, lines)
    )
    step = min(_indent(line) for line in inside if line.strip()) - indent
    moved = [line[step:] for line in inside]
    return "\n".join([before, *moved, *lines[len(inside) :]])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _parameter_nodes(text: str) -> Iterator[tuple[Parameter, ast.expr]]:
    """Yield the parameters at the head of ``text``, each with the node of its literal."""
    lines = text.splitlines()
    for statement in ast.parse(text).body:
        match statement:
            case ast.Expr(value=ast.Constant(value=str())) | ast.Import() | ast.ImportFrom():
                continue
            case ast.Assign(targets=[ast.Name(id=name)], value=node):
                try:
                    default = ast.literal_eval(node)
                except ValueError:
                    return
                tail = lines[node.end_lineno - 1 if node.end_lineno else 0].encode()
                comment = tail[node.end_col_offset or 0 :].decode().strip()
                yield _parameter(name, default, comment.removeprefix("#").strip()), node
            case _:
                return


def _parameter(name: str, default: Literal, comment: str) -> Parameter:
    if limits := _RANGE.search(comment):
        low, high = float(limits[1]), float(limits[2])
        return Parameter(name, default, comment, low, high)
    if isinstance(default, str) and (listed := _CHOICES.search(comment)):
        return Parameter(name, default, comment, options=(*listed[1].split(", "), listed[2]))
    return Parameter(name, default, comment)


def _with_literals(text: str, values: Mapping[str, Literal]) -> str:
    """Replace the literals of the parameters in ``values``, keeping comments where they stood."""
    lines = text.encode().split(b"\n")
    # From the last to the first, so that earlier positions stay true.
    for parameter, node in reversed(list(_parameter_nodes(text))):
        value = values.get(parameter.name, parameter.default)
        if value == parameter.default:
            continue
        first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
        head, tail = lines[first][: node.col_offset], lines[last][node.end_col_offset :]
        old_width = (node.end_col_offset or 0) - node.col_offset
        literal = repr(value).encode()
        if first == last and tail.startswith(b"  ") and b"#" in tail:
            comment = tail.lstrip(b" ")
            gap = len(tail) - len(comment) + old_width - len(literal)
            tail = b" " * max(gap, 2) + comment
        lines[first : last + 1] = [head + literal + tail]
    return b"\n".join(lines).decode()


def _with_schedule(text: str, schedule: tuple[tuple[int, str, Any], ...]) -> str:
    """Add to the top of the epoch loop's body the lines that change a parameter in mid-run."""
    loop = epoch_loop(ast.parse(text))
    if not schedule:
        return text
    if loop is None:
        raise ValueError("this lesson has no epoch loop, so nothing can change in mid-run.")
    lines = text.split("\n")
    added = [
        line
        for epoch, name, value in schedule
        for line in (f"    if epoch == {epoch}:", f"        {name} = {value!r}")
    ]
    lines[loop.lineno : loop.lineno] = added
    return "\n".join(lines)


def loop_line(text: str) -> int | None:
    """The line of ``text`` where the loop over epochs begins, if there is one."""
    loop = epoch_loop(ast.parse(text))
    return loop.lineno if loop else None


def epoch_loop(tree: ast.Module) -> ast.For | None:
    """The loop over epochs: the first ``for epoch in …`` at the top level, if there is one.

    Where nothing is passed over, as on a landscape without data, it reads ``for step in …``.
    """
    for statement in tree.body:
        if (
            isinstance(statement, ast.For)
            and isinstance(statement.target, ast.Name)
            and statement.target.id in {"epoch", "step"}
        ):
            return statement
    return None
