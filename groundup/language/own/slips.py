"""Slips of the pen that Python's parser refuses, and what is meant by them."""

from __future__ import annotations

import re

from groundup.language.own.result import Refusal

_TIMES = "a product is written with *: {new}."
_PRINT = "print is a function: what it shows stands in brackets."
_COMMAND = "this line is a command to the notebook, not Python. Take it out."
_COLON = "a colon stands at the end of this line."
_EQUAL = "= gives a value; to compare, write ==."
_STEP = "Python has no {sign}. Write {new}."

_PRODUCT = re.compile(r"(?<![\w.])(\d+(?:\.\d*)?)\s*([A-Za-z]\w*|\()")
_PRINTED = re.compile(r"print +(?!\()(.*?)\s*$")
_STEPPED = re.compile(r"([A-Za-z]\w*)\s*(\+\+|--)")
_OTHERS = {
    "&&": "and",
    "||": "or",
    "===": "==",
    "!==": "!=",
    "<>": "!=",
    "&lt;": "<",
    "&gt;": ">",
    "else if": "elif",
}


def slip(text: str, message: str, line: int, column: int) -> Refusal | None:
    """What is wrong in the line ``text``, which Python refuses with ``message``, if it is known."""
    for find in (_command, _printed, _product, _comparison, _colon, _stepped, _sign):
        if found := find(text, message, column):
            start, end, reason, new = found
            return Refusal(line, start + 1, line, end + 1, reason, new)
    return None


Found = tuple[int, int, str, str] | None


def _command(text: str, message: str, column: int) -> Found:
    bare = text.strip()
    if bare.startswith(("%", "!", "?")) or re.match(r"(?:pip3?|conda) install\b", bare):
        return len(text) - len(text.lstrip()), len(text.rstrip()), _COMMAND, ""
    return None


def _printed(text: str, message: str, column: int) -> Found:
    code = re.sub(r"\s+#[^'\"]*$", "", text)
    if "print" in message and (found := _PRINTED.search(code)):
        return found.start(), found.end(), _PRINT, f"print({found[1]})"
    return None


def _product(text: str, message: str, column: int) -> Found:
    if "decimal literal" in message or "invalid syntax" in message:
        for found in _PRODUCT.finditer(text):
            if found.start() < column <= found.end() + 1 and found[2] != "(":
                new = f"{found[1]} * {found[2]}"
                return found.start(), found.end(), _TIMES.format(new=new), new
    return None


def _comparison(text: str, message: str, column: int) -> Found:
    if "'==' or ':='" in message and (
        found := re.search(r"(?<![=<>!:])=(?!=)", text[column - 1 :])
    ):
        start = column - 1 + found.start()
        return start, start + 1, _EQUAL, "=="
    return None


def _colon(text: str, message: str, column: int) -> Found:
    code = text.partition("#")[0].rstrip()
    if message == "expected ':'" and column > len(code):
        return len(code), len(code), _COLON, ":"
    return None


def _stepped(text: str, message: str, column: int) -> Found:
    if found := _STEPPED.fullmatch(text.strip()):
        start = len(text) - len(text.lstrip())
        new = f"{found[1]} {found[2][0]}= 1"
        return start, len(text.rstrip()), _STEP.format(sign=found[2], new=new), new
    return None


def _sign(text: str, message: str, column: int) -> Found:
    for sign, new in _OTHERS.items():
        at = text.find(sign)
        if at >= 0 and at - 1 <= column <= at + len(sign) + 1:
            return at, at + len(sign), _STEP.format(sign=sign, new=new), new
    return None
