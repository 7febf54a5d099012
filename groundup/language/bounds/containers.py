"""The methods of strings, lists, dicts and sets, each looked at before it makes something large."""

from __future__ import annotations

import string
from collections import deque
from collections.abc import Callable
from typing import Any

from groundup.language.bounds.iteration import Iteration
from groundup.language.bounds.limits import ENTRIES, characters
from groundup.language.bounds.measures import TEXTS, Measures, kind_of
from groundup.language.bounds.worded import worded

Call = Callable[..., Any]

_WIDE = frozenset({"ljust", "rjust", "center", "zfill"})
_GROWS = frozenset({"append", "appendleft", "insert", "add", "setdefault"})
_TAKES = frozenset(
    {
        *("extend", "extendleft", "update", "union", "intersection", "difference"),
        *("symmetric_difference", "intersection_update", "difference_update", "issubset"),
        *("symmetric_difference_update", "issuperset", "isdisjoint"),
    }
)
_COMPARES = frozenset({"index", "count", "remove", "sort"})


class Methods:
    """Guards for methods of Python's own types."""

    def __init__(
        self, measures: Measures, iteration: Iteration, callee: Callable[[Any], Any]
    ) -> None:
        self._measures, self._iteration, self._callee = measures, iteration, callee

    def bound(self, method: Any, owner: Any) -> Call:
        """A guard for ``method`` of ``owner``, or the method itself."""
        name = method.__name__
        if isinstance(owner, TEXTS):
            made = self._of_text(name, method, owner)
        elif isinstance(owner, range):
            made = self._of_range(method, owner)
        elif isinstance(owner, int):
            made = self._of_number(name, method)
        else:
            made = self._of_container(name, method, owner)
        return worded(method, made)

    def of_class(self, method: Any, owner: type) -> Call | None:
        """A guard for a method of a class: ``dict.fromkeys``."""
        if method.__name__ == "fromkeys":
            return lambda keys, *value: method(self._iteration.spread(keys, "dict"), *value)
        if issubclass(owner, int) and method.__name__ == "from_bytes":
            return lambda *given, **named: self._measures.sized(method(*given, **named))
        return None

    # Texts

    def _of_text(self, name: str, method: Any, owner: Any) -> Call:
        if name in _WIDE:
            return lambda width, *fill: method(self._width(width), *fill)
        special: dict[str, Call] = {
            "join": self._join,
            "replace": self._replace,
            "expandtabs": self._tabs,
            "format": self._format,
        }
        if name in special:
            return lambda *given, **named: special[name](method, owner, *given, **named)
        if name in {"translate", "format_map", "maketrans"}:
            self._measures.stop(f"calls {name}, which is not here: use replace, or an f-string")
        return method  # type: ignore[no-any-return]  # a method of a builtin, whose type is Any

    def _width(self, width: Any) -> Any:
        if isinstance(width, int):
            self._characters(width)
        return width

    def _characters(self, count: int) -> None:
        if count > ENTRIES:
            self._measures.stop(characters(count))

    def _join(self, method: Any, owner: Any, *given: Any) -> Any:
        if len(given) != 1 or isinstance(given[0], TEXTS):
            return method(*given)
        texts = self._iteration.spread(given[0])
        lengths = [len(one) for one in texts if isinstance(one, TEXTS)]
        self._characters(sum(lengths) + len(owner) * len(lengths))
        return method(texts)

    def _replace(self, method: Any, owner: Any, old: Any, new: Any, *count: Any) -> Any:
        if isinstance(old, TEXTS) and isinstance(new, TEXTS) and type(old) is type(owner):
            times = owner.count(old)  # type: ignore[arg-type]  # of one type, as was asked
            self._characters(len(owner) + times * (len(new) - len(old)))
        return method(old, new, *count)

    def _tabs(self, method: Any, owner: Any, size: Any = 8) -> Any:
        tab: Any = "\t" if isinstance(owner, str) else b"\t"
        if isinstance(size, int):
            self._characters(len(owner) + owner.count(tab) * size)
        return method(size)

    def _format(self, method: Any, owner: Any, *given: Any, **named: Any) -> Any:
        """``"{}".format(x)``: a format can reach into objects, which an f-string shows openly."""
        for _, field, spec, _ in string.Formatter().parse(owner):
            if field is not None and ("." in field or "[" in field or "{" in (spec or "")):
                self._measures.stop("uses a format that looks into a value: use an f-string")
            self._measures.spec(spec or "")
        for value in (*given, *named.values()):
            self._measures.walked(value)
        return self._measures.sized(method(*given, **named))

    # Numbers and ranges

    def _of_number(self, name: str, method: Any) -> Call:
        if name == "to_bytes":
            return lambda length=1, *more, **named: method(self._width(length), *more, **named)
        return method  # type: ignore[no-any-return]  # a method of a builtin, whose type is Any

    def _of_range(self, method: Any, owner: range) -> Call:
        def searched(value: Any) -> Any:
            if type(value) is not int:
                self._measures.length(len(owner), "range")
            return method(value)

        return searched

    # Lists, dicts, sets

    def _of_container(self, name: str, method: Any, owner: Any) -> Call:
        kind = "deque" if isinstance(owner, deque) else kind_of(owner)
        if name in _GROWS:
            return lambda *given: self._growing(method, owner, kind, given)
        if name in _TAKES:
            return lambda *given, **named: self._taking(method, owner, kind, given, named)
        if name in _COMPARES:
            self._measures.walked(owner)
            return self._sorting(method) if name == "sort" else method
        return method  # type: ignore[no-any-return]  # a method of a builtin, whose type is Any

    def _growing(self, method: Any, owner: Any, kind: str, given: tuple[Any, ...]) -> Any:
        self._measures.length(len(owner) + 1, kind)
        return method(*given)

    def _taking(
        self, method: Any, owner: Any, kind: str, given: tuple[Any, ...], named: dict[str, Any]
    ) -> Any:
        taken = [self._iteration.spread(one, kind) for one in given]
        if method.__name__ in {"extend", "extendleft", "update"}:
            self._measures.length(len(owner) + sum(map(_length, taken)) + len(named), kind)
        return method(*taken, **named)

    def _sorting(self, method: Any) -> Call:
        def sort(*given: Any, key: Any = None, reverse: Any = False) -> Any:
            return method(*given, key=key and self._callee(key), reverse=reverse)

        return sort


def _length(value: Any) -> int:
    return len(value) if hasattr(type(value), "__len__") else 0
