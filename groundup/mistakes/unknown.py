"""What can be said of a message that nothing here is about: where it arose, and what it names."""

from __future__ import annotations

import re

from groundup.mistakes.pasted import Error, Pasted

_SHAPE = re.compile(
    r"(?:[\[(](\d{1,12}(?:, ?\d{1,12}){0,7}),?[\])])|\b(\d{1,9}(?:x\d{1,9}){1,5})\b"
)
_DTYPE = re.compile(
    r"\b(?:Double|Float|Half|BFloat16|Long|Int|Short|Byte|Char|Bool|ComplexFloat)\b"
    r"|\b(?:float|int|uint|bfloat|complex)\d+\b"
)
_DEVICE = re.compile(r"\b(?:cuda(?::\d+)?|cpu|mps|xpu|meta)\b")
_OPERATORS = (
    re.compile(r'"(\w{1,60})" not implemented'),
    re.compile(r"\bmethod (?:wrapper_)?(?:CUDA_|CPU_)?_*(\w{1,60})"),
    re.compile(r"^(?:torch\.)?([a-z_][\w.]{1,60})\(\)"),
    re.compile(r"^([a-z_]\w{1,60}): "),
    re.compile(r"Function '(\w{1,60})'"),
)
_CALL = re.compile(r"\b(?:torch|F|nn|functional|_C\._nn)\.([a-z_][\w.]{0,60})\(")
_MAX_SHOWN = 4


def described(pasted: Pasted) -> str:
    """A sentence with the operator, shapes, dtypes and devices that the message names.

    Empty where it names none of them.
    """
    error = pasted.errors[0] if pasted.errors else Error("", pasted.flat[-500:])
    shapes = [
        f"({first or two.replace('x', ', ')})" for first, two in _SHAPE.findall(error.message)
    ]
    parts = [
        _part("it arose in", [_operator(pasted, error)]),
        _part("it names the shapes", shapes),
        _part("the dtypes", _DTYPE.findall(error.message)),
        _part("the devices", _DEVICE.findall(error.message)),
    ]
    return ", ".join(part for part in parts if part)


def _operator(pasted: Pasted, error: Error) -> str:
    """The operation that complained: by the message, or by the last call in the traceback."""
    for pattern in _OPERATORS:
        if match := pattern.search(error.message):
            return match[1]
    calls = _CALL.findall(pasted.text)
    return calls[-1] if calls else ""


def _part(begins: str, names: list[str]) -> str:
    once = [f"`{name}`" for name in dict.fromkeys(names) if name][:_MAX_SHOWN]
    return f"{begins} {' and '.join(once)}" if once else ""
