"""A lesson is a plain script; this module loads it, and holds what was set and changed in it.

A lesson ``NAME`` is ``lessons/TOPIC/NAME.py``. A table beside it, ``NAME.toml``, may say what can
be changed in the text besides its literals: *choices* (one way of writing a step, or another) and
*edits* (mistakes to make on purpose). Every change is a change of text, so what is shown, what runs
and what is taken home are one string.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from groundup.engine import tables
from groundup.engine.edits import Choice, Edit, change_in_mid_run, set_literals
from groundup.engine.parameters import Literal, Parameter, parameters
from groundup.engine.text import changed_lines, line_of

LESSONS = Path(__file__).parents[1] / "lessons"


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
        ways = {name: choice.parameter for name, choice in self.choices.items()}
        return parameters(self.source) | ways

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
            raise ValueError(f"epoch = {epoch!r} is not allowed: it must be a whole number from 0.")
        added = tuple((epoch, n, self._parameter(n).check(v)) for n, v in values.items())
        unchanged = tuple(e for e in self.schedule if (e[0], e[1]) not in {a[:2] for a in added})
        return replace(self, schedule=tuple(sorted(unchanged + added, key=lambda entry: entry[:2])))

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
        # A choice may have taken a parameter out, or written another literal.
        declared = parameters(text)
        settings = {name: value for name, value in self.values.items() if name in declared}
        other = {n: repr(value) for n, value in settings.items() if value != declared[n].default}
        return change_in_mid_run(set_literals(text, other), self.schedule)

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

    def line_of(self, passage: str) -> int:
        """The line of :attr:`text` on which ``passage`` begins (line breaks before it aside).

        Raises:
            ValueError: unless ``passage`` stands there exactly once.
        """
        return line_of(passage, self.text)

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
        ValueError: if there is none, or its table is not as it must be.
    """
    described = table(name, folder)
    return Lesson(
        name=name,
        source=path(name, folder).read_text("utf-8"),
        choices={n: _choice(n, entry) for n, entry in described.get("choices", {}).items()},
        edits={n: _edit(n, entry) for n, entry in described.get("edits", {}).items()},
    )


def table(name: str, folder: Path = LESSONS) -> dict[str, Any]:
    """What the table beside the lesson called ``name`` says; empty if it has none.

    Raises:
        ValueError: if there is no such lesson, or its table is not as it must be.
    """
    return tables.read(path(name, folder).with_suffix(".toml"))


def path(name: str, folder: Path = LESSONS) -> Path:
    """The file of the lesson called ``name``.

    Raises:
        ValueError: if there is no such lesson.
    """
    if name not in _files(folder):
        raise ValueError(
            f"there is no lesson called {name!r}; there are: {', '.join(names(folder))}."
        )
    return _files(folder)[name]


@cache
def _files(folder: Path) -> dict[str, Path]:
    """The scripts in ``folder`` and its topics, by name."""
    paths = (p for p in folder.rglob("*.py") if p.stem != "__init__")
    return {p.stem: p for p in paths if tables.MISTAKES not in p.relative_to(folder).parts}


def _choice(name: str, entry: Mapping[str, Any]) -> Choice:
    options = (entry["default"], *entry["options"])
    parameter = Parameter(name, entry["default"], entry["help"], options=options)
    return Choice(parameter, {n: _edit(n, option) for n, option in entry["options"].items()})


def _edit(name: str, entry: Mapping[str, Any]) -> Edit:
    changes = tuple((change["old"], change["new"]) for change in entry.get("changes", ()))
    unwrap = tuple(entry.get("unwrap", ()))
    notes = {k: v for k, v in entry.items() if k not in {"title", "changes", "unwrap"}}
    return Edit(name, entry.get("title", name), changes, unwrap, notes)
