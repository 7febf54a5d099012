"""Python's own functions and types, as a text within bounds has them."""

from __future__ import annotations

import builtins
import copy
import math
import random
from collections.abc import Callable
from functools import partial
from typing import Any

from groundup.language.bounds.iteration import Iteration
from groundup.language.bounds.limits import BITS, ENTRIES, OUTPUT, bits
from groundup.language.bounds.measures import CONTAINERS, TEXTS, Measures
from groundup.language.bounds.rendering import Rendering
from groundup.language.bounds.worded import worded

Call = Callable[..., Any]

_NAMES = """
abs all any bin bool callable chr classmethod complex dict divmod enumerate filter float format
frozenset hash hex id int isinstance issubclass iter len list map max min next object oct ord pow
print property range repr reversed round set slice sorted staticmethod str sum super tuple type zip
NotImplemented Ellipsis __build_class__ __name__
"""

_BARE = """
abs bool callable chr classmethod complex hash id isinstance issubclass len next object ord property
range slice staticmethod super bin hex oct
"""
"""What is called as it is."""
_RANDOM = """
seed random randint uniform choice shuffle gauss normalvariate randrange getstate setstate
"""


def names(importing: Call) -> dict[str, Any]:
    """The ``__builtins__`` of a text; ``importing`` is what its imports call."""
    found = {name: getattr(builtins, name) for name in _NAMES.split()}
    errors = {
        name: value
        for name, value in vars(builtins).items()
        if isinstance(value, type) and issubclass(value, Exception)
    }
    return {**found, **errors, "__import__": importing}


class Builtins:
    """Guards for the builtins, and for ``math``, ``random`` and ``copy``.

    Attributes:
        written: what prints.
        power: the guard of ``**``.
    """

    def __init__(
        self,
        measures: Measures,
        rendering: Rendering,
        iteration: Iteration,
        callee: Callable[[Any], Any],
    ) -> None:
        self._measures, self._rendering, self._iteration = measures, rendering, iteration
        self._callee = callee
        self.written: Callable[..., None] = print
        self.power: Callable[[Any, Any], Any] = pow

    def table(self) -> dict[Any, Call]:
        """What is called instead of each of them."""
        bare = {getattr(builtins, name): getattr(builtins, name) for name in _BARE.split()}
        guards = {**self._of_values(), **self._of_iterables(), **self._of_libraries()}
        return bare | {function: worded(function, guard) for function, guard in guards.items()}

    def _of_values(self) -> dict[Any, Call]:
        sized, rendering = self._measures.sized, self._rendering
        return {
            int: lambda *given, **named: sized(int(*given, **named)),
            float: float,
            str: self._str,
            repr: rendering.repr,
            format: lambda value, spec="": rendering.format(value, -1, spec),
            print: self._print,
            round: self._round,
            pow: self._pow,
            divmod: divmod,
            type: self._type,
        }

    def _of_iterables(self) -> dict[Any, Call]:
        spread = self._iteration.spread
        return {
            list: lambda *given: list(*map(spread, given)),
            tuple: lambda *given: self._measures.tupled(tuple(*map(spread, given))),
            set: lambda *given: set(*(spread(one, "set") for one in given)),
            frozenset: lambda *given: frozenset(*(spread(one, "set") for one in given)),
            dict: lambda *given, **named: dict(*(spread(one, "dict") for one in given), **named),
            sorted: self._sorted,
            max: lambda *given, **named: self._extreme(max, given, named),
            min: lambda *given, **named: self._extreme(min, given, named),
            any: partial(self._asked, any),
            all: partial(self._asked, all),
            sum: self._sum,
            zip: lambda *given, **named: self._lazily(zip, given, named),
            enumerate: lambda values, start=0: self._lazily(enumerate, (values,), {"start": start}),
            map: lambda call, *given: self._lazily(map, given, {}, self._callee(call)),
            filter: lambda call, values: self._lazily(
                filter, (values,), {}, call and self._callee(call)
            ),
            reversed: self._reversed,
            iter: self._iter,
        }

    def _of_libraries(self) -> dict[Any, Call]:
        sized = self._measures.sized
        found: dict[Any, Call] = {
            one: one for name, one in vars(math).items() if callable(one) and name[:1] != "_"
        }
        found[math.factorial] = self._factorial
        for name in ("comb", "perm"):
            found[getattr(math, name)] = self._counting(getattr(math, name))
        for name in ("prod", "fsum"):
            found[getattr(math, name)] = self._reducing(getattr(math, name))
        found[math.lcm] = lambda *given: sized(math.lcm(*given))
        for name in _RANDOM.split():
            found[getattr(random, name)] = getattr(random, name)
        return {
            **found,
            random.sample: lambda values, k, **named: random.sample(values, self._few(k), **named),
            random.choices: self._choices,
            random.getrandbits: lambda k: random.getrandbits(min(k, BITS)),
            copy.copy: copy.copy,
        }

    # Values

    def _str(self, *given: Any, **named: Any) -> str:
        if len(given) == 1 and not named:
            return self._rendering.text(*given)
        return str(*given, **named)

    def _print(self, *values: Any, **named: Any) -> None:
        if named.pop("file", None) is not None:
            self._measures.stop("prints into a file: leave file= out here")
        texts: list[str] = []
        left = OUTPUT
        for value in values:
            texts.append(self._rendering.text(value))
            left -= len(texts[-1])
            if left < 0:  # all that there is room for
                break
        self.written(*texts, **named)

    def _round(self, number: Any, digits: Any = None) -> Any:
        if isinstance(digits, int) and abs(digits) > 400 and isinstance(number, int):
            return number if digits > 0 else 0
        return round(number, digits) if digits is not None else self._measures.sized(round(number))

    def _pow(self, base: Any, exponent: Any, modulus: Any = None) -> Any:
        if modulus is None:
            return self.power(base, exponent)
        made = pow(base, exponent, modulus)
        return self._measures.sized(made)

    def _type(self, *given: Any) -> Any:
        if len(given) == 3 and isinstance(given[0], str):
            self._measures.stop("makes a class with type(...): write class instead")
        return type(*given)

    # Iterables

    def _sorted(self, values: Any, *, key: Any = None, reverse: Any = False) -> list[Any]:
        found = self._measures.walked(self._iteration.spread(values))
        return sorted(found, key=key and self._callee(key), reverse=reverse)

    def _extreme(self, function: Call, given: tuple[Any, ...], named: dict[str, Any]) -> Any:
        if named.get("key"):
            named["key"] = self._callee(named["key"])
        for one in given:
            self._measures.walked(one)
        if len(given) == 1:
            given = (self._iteration.iterated(given[0]),)
        return function(*given, **named)

    def _asked(self, function: Call, *given: Any) -> Any:
        if len(given) != 1:  # Python says so in its own words
            return function(*given)
        return function(self._iteration.iterated(*given))

    def _sum(self, values: Any, start: Any = 0) -> Any:
        if not isinstance(start, CONTAINERS):
            return self._measures.sized(sum(self._iteration.iterated(values), start))
        total = start
        for value in self._iteration.iterated(values):
            total = self._measures.sized(total + value)
        return total

    def _lazily(
        self, function: Call, given: tuple[Any, ...], named: dict[str, Any], *first: Any
    ) -> Any:
        sources = [self._iteration.iterated(one) for one in given]
        return self._iteration.iterated(function(*first, *sources, **named))

    def _reversed(self, values: Any) -> Any:
        made = reversed(values)
        # A tensor turns itself round into another tensor; what is short can be as it is.
        plain = isinstance(values, (*CONTAINERS, *TEXTS)) or not hasattr(type(made), "__next__")
        return made if plain else self._iteration.iterated(made)

    def _iter(self, *given: Any) -> Any:
        if len(given) == 2:
            given = (self._callee(given[0]), given[1])
        made = iter(*given)
        return made if isinstance(given[0], CONTAINERS) else self._iteration.iterated(made)

    # Libraries

    def _factorial(self, number: Any) -> Any:
        if isinstance(number, int) and number > 25:
            self._measures.stop(bits())
        return self._measures.sized(math.factorial(number))

    def _counting(self, function: Call) -> Call:
        def counted(n: int, *k: Any) -> Any:
            chosen = k[0] if k and k[0] is not None else n
            least = min(chosen, n - chosen) if function is math.comb else chosen
            if 70 < least <= n:
                self._measures.stop(bits())
            return self._measures.sized(function(n, *k))

        return counted

    def _reducing(self, function: Call) -> Call:
        def reduced(values: Any, **named: Any) -> Any:
            return self._measures.sized(function(self._iteration.spread(values), **named))

        return reduced

    def _choices(self, values: Any, weights: Any = None, **named: Any) -> Any:
        return random.choices(values, weights, **{**named, "k": self._few(named.get("k", 1))})

    def _few(self, count: Any) -> Any:
        if isinstance(count, int) and count > ENTRIES:
            self._measures.length(count)
        return count
