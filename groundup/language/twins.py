"""What is meant by a word or a sign that is not the language's own, and how it is written here."""

from __future__ import annotations

import ast
import unicodedata

from groundup.language.vocabulary import FUNCTIONAL, TORCH

_MODULES = """
    np numpy jnp jax math cmath tf tensorflow scipy special cp cupy mx nn functional random
    statistics keras
"""
MODULES = frozenset(_MODULES.split())
"""Names that are taken for a module where something is called by them, as in ``np.max(x)``."""

_REDUCTIONS = frozenset(["sum", "mean", "prod", "max", "min", "amax", "amin"])
_OF_ONE = """
    abs exp expm1 log log1p sqrt rsqrt square reciprocal neg sign sin cos tan tanh sigmoid relu erf
"""
NO_ARGUMENTS = frozenset(_OF_ONE.split())
"""Methods of a tensor that take nothing: what is given one is a module's function."""

_OTHER_NAMES = {
    "absolute": "abs",
    "fabs": "abs",
    "power": "pow",
    "negative": "neg",
    "fmax": "maximum",
    "fmin": "minimum",
    "clip": "clamp",
    "clip_by_value": "clamp",
    "fsum": "sum",
    "expit": "sigmoid",
    "array": "tensor",
    "asarray": "tensor",
    "reduce_sum": "sum",
    "reduce_mean": "mean",
    "reduce_max": "max",
    "reduce_min": "min",
}
_SIGNS = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/", "true_divide": "/"}
_SETTINGS = {"axis": "dim", "keepdims": "keepdim"}
_LONGEST = 60


def twin(call: ast.Call, name: str) -> str:
    """The call of another module's function ``name`` as it is written here; empty if it is not.

    >>> twin(ast.parse("np.max(x)", mode="eval").body, "max")
    'x.max()'
    """
    if not call.args:
        return ""
    given = [ast.unparse(one) for one in call.args]
    if name in _SIGNS and len(call.args) == 2:
        left, right = (f"({g})" if isinstance(a, ast.BinOp) else g for a, g in zip(
            call.args, given, strict=True))  # fmt: skip
        return _short(f"{left} {_SIGNS[name]} {right}")
    named = [f"{_SETTINGS.get(k.arg or '', k.arg)}={ast.unparse(k.value)}" for k in call.keywords]
    name = _OTHER_NAMES.get(name, name)
    if name in _REDUCTIONS and isinstance(call.args[0], ast.Name):
        return _short(f"{given[0]}.{name}({', '.join(given[1:] + named)})")
    if name in TORCH:
        return _short(f"torch.{name}({', '.join(given + named)})")
    return _short(f"F.{name}({', '.join(given + named)})") if name in FUNCTIONAL else ""


_IN_TORCH = {
    "concatenate": "cat",
    "constant": "tensor",
    "copy": "clone",
    "dot": "matmul",
    "expand_dims": "unsqueeze",
    "float": "float32",
    "int": "int64",
    "seed": "manual_seed",
    "reduce_prod": "prod",
    "Variable": "tensor",
}


def in_torch(name: str) -> str:
    """What torch calls NumPy's or TensorFlow's ``name``: mostly the same.

    >>> in_torch("concatenate"), in_torch("exp")
    ('cat', 'exp')
    """
    return _IN_TORCH.get(name) or _OTHER_NAMES.get(name, name)


def meant(character: str) -> str:
    """What is meant by a sign that Python does not know; empty if that is not known."""
    plain = unicodedata.normalize("NFKC", character)
    return _WRITTEN.get(character) or (plain if plain.isascii() and plain.strip() else "")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text.partition('(')[0]}(…)"


_WRITTEN = {
    "×": "*",
    "·": "*",
    "⋅": "*",
    "∙": "*",
    "∗": "*",
    "÷": "/",
    "∕": "/",
    "⁄": "/",
    "−": "-",
    "–": "-",
    "—": "-",
    "‐": "-",
    "‑": "-",
    "√": "sqrt( )",
    "²": "** 2",
    "³": "** 3",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "„": '"',
}


def plain_spaces(text: str) -> str:
    """``text`` with a plain space for each of the other spaces, which look the same."""
    return "".join(" " if unicodedata.category(c) == "Zs" else c for c in text)


def foreign(character: str) -> str:
    """Why ``character`` cannot stand in a program, its name and what to write; empty if it can.

    Letters of any alphabet can, for Python takes them in names.
    """
    if character.isascii() or f"a{character}".isidentifier():
        return ""
    code = f"U+{ord(character):04X}, {unicodedata.name(character, 'without a name')}"
    shown = f"“{character}” ({code})" if character.isprintable() else f"an unseen {code},"
    written = meant(character)
    return f"{shown} is no sign of Python. {f'Write `{written}`' if written else 'Take it out'}."
