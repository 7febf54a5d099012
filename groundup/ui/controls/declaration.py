"""How a control is declared: one :class:`Control` for each, in the module of its page."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from groundup.engine.parameters import Parameter

Value = bool | int | float | str


@dataclass(frozen=True)
class Control:
    """A setting of a page.

    ``kind`` is ``slider``, ``number``, ``log`` (a logarithmic slider with a box for the exact
    number), ``select``, ``several`` (of its options, parted by commas; up to ``high``),
    ``segments``, ``switch``, ``text`` or ``device``; ``parameter`` is its name in the lesson, where
    that is not the key. A ``quiet`` one shows no label to the eye.
    """

    key: str
    label: str
    kind: str
    default: Value
    low: float = -math.inf
    high: float = math.inf
    step: float | None = None
    options: tuple[str, ...] = ()
    help: str | None = None
    parameter: str = ""
    quiet: bool = False

    @classmethod
    def of(cls, declared: Parameter, key: str, label: str, kind: str, **more: Any) -> Control:
        """A lesson's parameter as a control: its default, bounds and options, or ``more``'s."""
        taken: dict[str, Any] = {"default": declared.default, "options": declared.options}
        if declared.low is not None:
            taken |= {"low": declared.low, "high": declared.high}
        return cls(key, label, kind, **taken | {"parameter": declared.name} | more)

    @property
    def widget_default(self) -> Value | list[str]:
        """The default as the widget holds it."""
        return str(self.default).split(", ") if self.kind == "several" else self.default

    def refusal(self, raw: str) -> str:
        """Why ``raw``, as it stands in a link, cannot be used; empty if it can."""
        if self.kind == "several":
            chosen = raw.split(", ")
            allowed = len(chosen) <= self.high and set(chosen) <= set(self.options)
            names = ", ".join(self.options)
            return "" if allowed else f"choose from one to {self.high:g} of {names}"
        if self.options:
            return "" if raw in self.options else f"choose one of {', '.join(self.options)}"
        if isinstance(self.default, bool | str):
            return (
                "" if isinstance(self.default, str) or raw in {"true", "false"} else "true or false"
            )
        kind = int if isinstance(self.default, int) else float
        try:
            inside = self.low <= kind(raw) <= self.high
        except ValueError:
            inside = False
        what = "a whole number" if kind is int else "a number"
        return "" if inside else f"it must be {what} from {self.low:g} to {self.high:.10g}"
