"""How a control is declared: one :class:`Control` for each, in the module of its page."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from groundup.engine.parameters import Parameter

Value = bool | int | float | str

MAX_CHARACTERS = 500
"""The longest text that a control takes, unless its ``high`` says otherwise."""
# Python's own int and float also read other scripts' digits, underscores, spaces and "inf".
_WHOLE = re.compile(r"[+-]?[0-9]{1,19}")
_NUMBER = re.compile(r"(?=.{1,40}$)[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")


@dataclass(frozen=True)
class Control:
    """A setting of a page.

    ``kind`` is ``slider``, ``number``, ``log`` (a logarithmic slider with a box for the exact
    number), ``select``, ``several`` (of its options, parted by commas; up to ``high``),
    ``segments``, ``menu`` (what is chosen begins something anew), ``switch``, ``text`` (up to
    ``high`` characters), ``lines`` (the same, in several lines) or ``device``; ``parameter`` is its
    name in the lesson, where that is not the key. A ``quiet`` one shows no label to the eye.
    ``names`` are what segments show in place of some of their options, which stay what a link
    holds.
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
    names: Mapping[str, str] = field(default_factory=dict, hash=False)

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

    def shown(self, option: str) -> str:
        """What ``option`` is called on the page."""
        return self.names.get(option, option)

    @property
    def is_unseen(self) -> bool:
        """Whether nobody sees the widget that a link is bound to, for another is seen beside it."""
        return bool(self.names) or self.kind == "menu"

    @property
    def longest(self) -> int:
        """How many characters a text may have."""
        return int(self.high) if math.isfinite(self.high) else MAX_CHARACTERS

    def held(self, raw: str) -> Value | list[str]:
        """What the widget holds where a link says ``raw``, which is not refused."""
        if self.kind == "several":
            return raw.split(", ")
        return raw == "true" if isinstance(self.default, bool) else type(self.default)(raw)

    def allows(self, value: object) -> bool:
        """Whether ``value`` is one that this control's widget may hold."""
        return value is not None and not self.refusal(as_text(value))

    def refusal(self, raw: str) -> str:
        """Why ``raw``, as it stands in a link, cannot be used; empty if it can."""
        if self.kind == "several":
            return self._refused_choices(raw.split(", "))
        if self.options:
            return "" if raw in self.options else f"choose one of {', '.join(self.options)}"
        if isinstance(self.default, bool):
            return "" if raw in {"true", "false"} else "true or false"
        if isinstance(self.default, str):
            return self._refused_text(raw)
        return self._refused_number(raw, whole=isinstance(self.default, int))

    def _refused_choices(self, chosen: list[str]) -> str:
        once = len(set(chosen)) == len(chosen) <= self.high
        names = ", ".join(self.options)
        allowed = once and set(chosen) <= set(self.options)
        return "" if allowed else f"choose from one to {self.high:g} of {names}"

    def _refused_text(self, raw: str) -> str:
        if len(raw) > self.longest:
            return f"it has {len(raw):,} characters, and {self.longest:,} is the most"
        typed = {"\t", "\n", "\r"} if self.kind == "lines" else set()
        for one in raw:
            if one not in typed and unicodedata.category(one) in {"Cc", "Cs"}:
                return f"it holds U+{ord(one):04X}, which is no character of a text"
        return ""

    def _refused_number(self, raw: str, *, whole: bool) -> str:
        form, kind, what = (_WHOLE, int, "whole number") if whole else (_NUMBER, float, "number")
        if form.fullmatch(raw):
            found = kind(raw)
            if math.isfinite(found) and self.low <= found <= self.high:
                return ""
        return f"it must be a {what} from {self.low:g} to {self.high:.10g}"


def as_text(value: object) -> str:
    """``value`` as a link writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
