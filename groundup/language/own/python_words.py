"""The words of Python itself that a learner's own code may use."""

from __future__ import annotations

import builtins

_BUILTINS = """
    abs all any bin bool callable complex dict divmod enumerate filter float frozenset hex int
    isinstance issubclass iter len list map max min next oct ord print range repr reversed round
    set slice sorted str sum tuple zip NotImplemented Ellipsis True False None format hash id
    object pow
"""
_EXCEPTIONS = """
    ArithmeticError AssertionError AttributeError Exception FloatingPointError IndexError
    KeyError LookupError NameError NotImplementedError OverflowError RuntimeError StopIteration
    TypeError ValueError ZeroDivisionError
"""
EXCEPTIONS = frozenset(_EXCEPTIONS.split())
"""What may be raised and caught. What ends a run at a bound is none of these."""

BUILTINS = frozenset(_BUILTINS.split()) | EXCEPTIONS
"""What may be called, and passed on as a value."""

CALLED_ALONE = frozenset(["type", "super"])
"""What may be called, in one form each, and be no value."""

DECORATORS = frozenset(["staticmethod", "classmethod", "property"])
"""What may stand above a method, and nowhere else."""

UNLISTED = frozenset(dir(builtins)) - BUILTINS
"""Python's own names that are not listed: a name of these is the text's own, or refused."""

_NEVER = """
    breakpoint compile delattr eval exec exit getattr globals locals memoryview open quit
    setattr
"""
NEVER = frozenset(_NEVER.split())
"""Python's own names that the text cannot even take for something of its own."""

_METHODS = """
    __init__ __call__ __len__ __getitem__ __setitem__ __contains__ __iter__ __next__ __repr__
    __str__ __add__ __radd__ __iadd__ __sub__ __rsub__ __mul__ __rmul__ __truediv__ __rtruediv__
    __neg__ __pow__ __rpow__ __matmul__ __eq__ __ne__ __lt__ __le__ __gt__ __ge__ __abs__
"""
METHODS = frozenset(_METHODS.split())
"""What a class may define among the names with two underscores."""

_RANDOM = """
    choice choices gauss normalvariate randint random randrange sample seed shuffle uniform
"""
_MATH = """
    acos acosh asin asinh atan atan2 atanh cbrt ceil comb copysign cos cosh degrees dist e erf
    erfc exp exp2 expm1 fabs factorial floor fmod fsum gamma gcd hypot inf isclose isfinite isinf
    isnan isqrt lgamma lcm log log10 log1p log2 nan perm pi pow prod radians remainder sin sinh
    sqrt tan tanh tau trunc
"""
_TYPING = """
    Any Callable Dict Generator Iterable Iterator List Literal Mapping Optional Sequence Set Tuple
    Type Union
"""

WORDS: dict[str, frozenset[str]] = {
    "math": frozenset(_MATH.split()),
    "random": frozenset(_RANDOM.split()),
    "copy": frozenset(["copy", "deepcopy"]),
    "time": frozenset(["perf_counter", "time"]),
    "typing": frozenset(_TYPING.split()),
    "string": frozenset(
        ["ascii_letters", "ascii_lowercase", "ascii_uppercase", "digits", "punctuation"]
    ),
    "collections": frozenset(["Counter", "OrderedDict", "defaultdict", "deque"]),
}
"""Module of the standard library to what may be reached in it by a dot, or imported from it."""
