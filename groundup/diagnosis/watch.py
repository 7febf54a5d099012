"""Watch a text while it runs: which losses, gradients and updates there were, and what is wrong."""

from __future__ import annotations

import ast
from collections.abc import Callable
from contextlib import ExitStack
from threading import get_ident
from typing import Any

import torch
from torch.optim.optimizer import (
    register_optimizer_step_post_hook,
    register_optimizer_step_pre_hook,
)

from groundup.diagnosis.checks import checks
from groundup.diagnosis.evaluation import Evaluation
from groundup.diagnosis.findings import Diagnosis, Finding
from groundup.diagnosis.history import History
from groundup.diagnosis.mode import Listeners, Mode
from groundup.diagnosis.naming import name_leaves
from groundup.diagnosis.passes import Passes
from groundup.diagnosis.rule import Scene
from groundup.diagnosis.rules import EXPLAINED, RULES
from groundup.diagnosis.rules.steps import Steps
from groundup.diagnosis.updates import Updates
from groundup.parsing import syntax_tree


class Watch:
    """Held while a text is traced: ``trace(text, within=watch)``; afterwards :meth:`diagnosis`.

    It hears the calls of torch that this thread makes, changes nothing of what they compute, and
    keeps no tensor alive. ``text`` is what runs, for what only its lines can tell; ``name`` is
    that of the run, as its frames call their file, and ``file`` that file where it is a real one.
    ``each_pass`` is told of each backward pass how
    many there were; what it raises that is no ``Exception`` ends the text. Without
    ``findings`` it hears for the checks alone, in about two thirds of the time.
    """

    def __init__(
        self,
        text: str = "",
        *,
        name: str = "lesson",
        file: str | None = None,
        each_pass: Callable[[int], None] | None = None,
        findings: bool = True,
    ) -> None:
        self._text, self._file = text, file or f"<{name}>"
        self._history = History()
        self._listeners = Listeners()
        self._evaluation = Evaluation(self._history, self._listeners)
        self._passes = Passes(self._history, self._listeners)
        self._updates = Updates(self._history, self._listeners, self._file)
        if each_pass:
            count = each_pass
            self._listeners.add("backward", after=lambda *_: count(self._history.backwards))
        self._mode = Mode(self._file, self._listeners)
        used = RULES if findings else (Steps,)
        self._rules = [rule(self._history, self._listeners) for rule in used]
        for rule in self._rules:
            rule.names = lambda: self._mode.names
        self._held = ExitStack()
        self._told: Diagnosis | None = None

    def __enter__(self) -> Watch:
        self._thread = get_ident()
        for hook in (
            register_optimizer_step_pre_hook(self._before_step),
            register_optimizer_step_post_hook(self._after_step),
        ):
            self._held.callback(hook.remove)
        self._held.enter_context(self._mode)
        return self

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        self._held.close()
        with torch._C.DisableTorchFunction():
            self._evaluation.conclude()
            name_leaves(self._history.leaves, self._mode.names)
            told = self._findings(error) if len(self._rules) > 1 else ()
            self._told = Diagnosis(checks(self._history), told, self._history.backwards)
        self._mode.names = {}

    def _findings(self, error: BaseException | None) -> tuple[Finding, ...]:
        """What the rules found, in the order of lines; of one line the first finding alone."""
        tree = _parsed(self._text)
        scene = Scene(self._history, self._evaluation, self._mode.names, self._text, tree, error)
        told: list[Finding] = []
        for rule in self._rules:
            try:
                told += rule.findings(scene)
            except Exception as fault:
                self.faults.setdefault(f"{type(fault).__name__}: {fault}", type(rule).__name__)
        keys = {one.key for one in told}
        found: dict[int, Finding] = {}
        for one in told:
            if not keys & EXPLAINED.get(one.key, set()):
                found.setdefault(one.line, one)
        return tuple(found[line] for line in sorted(found))

    def diagnosis(self) -> Diagnosis:
        """What was seen; empty before the text has run."""
        return self._told or Diagnosis(checks(self._history))

    @property
    def faults(self) -> dict[str, str]:
        """What went wrong in the watcher itself: empty, or it should be mended."""
        return self._mode.faults

    # Optimizers tell it of their steps, those of other threads too

    def _before_step(self, optimizer: Any, args: Any, kwargs: Any) -> None:
        if get_ident() == self._thread:
            with torch._C.DisableTorchFunction():
                self._updates.before_step(optimizer, closure=len(args) > 1 or bool(kwargs))
            self._mode.resting = True

    def _after_step(self, optimizer: Any, args: Any, kwargs: Any) -> None:
        if get_ident() == self._thread:
            self._mode.resting = False
            with torch._C.DisableTorchFunction():
                self._updates.after_step(optimizer)


def _parsed(text: str) -> ast.Module:
    try:
        return syntax_tree(text)
    except SyntaxError:
        return ast.Module([], [])
