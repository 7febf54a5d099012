"""Errors that are Python's own: no mistake with tensors, and said so."""

from __future__ import annotations

import re

from groundup.mistakes.pasted import Error

_TENSORS = r"Tensor|Parameter|torch\.\w+"

_SENTENCES: tuple[tuple[str, str], ...] = (
    (
        rf"AttributeError: '(?!NoneType|(?:{_TENSORS})')([\w.]+)' object has no attribute '(\w+)'",
        "an object of type {0} has no attribute {1}",
    ),
    (
        r"AttributeError: 'NoneType' object has no attribute '(?!zero_)(\w+)'",
        "the name in front of .{0} holds None",
    ),
    (r"AttributeError: (?:partially initialized )?module '([\w.]+)'", "{0} has no such name"),
    (
        rf"TypeError: unsupported operand type\(s\) for (\S+): "
        rf"'(?!NoneType|{_TENSORS})(\w+)' and '(?!NoneType|{_TENSORS})(\w+)'",
        "{0} does not work between {1} and {2}",
    ),
    (
        rf"TypeError: '(?!{_TENSORS})([\w.]+)' object is not "
        r"(callable|iterable|subscriptable|an iterator)",
        "an object of type {0} is not {1}",
    ),
    (
        rf"TypeError: '(?!{_TENSORS})([\w.]+)' object does not support (item assignment|indexing)",
        "an object of type {0} does not support {1}",
    ),
    (
        r"TypeError: ([\w.<>]{1,80})\(\) (?:takes|missing|got an unexpected|got multiple)",
        "{0} was called with other arguments than it takes",
    ),
    (r"TypeError: (?:can only concatenate|must be str)", "text and numbers do not add up"),
    (r"TypeError: (\w+) indices must be integers", "a {0} is indexed by whole numbers"),
    (r"IndexError: (list|tuple|string|pop)\b.*index out of range", "the {0} is shorter than that"),
    (r"ValueError: (too many|not enough) values to unpack", "{0} values for the names on the left"),
    (r"ValueError: could not convert string to float", "that text is no number"),
    (r"ValueError: invalid literal for int", "that text is no whole number"),
    (r"(NameError|UnboundLocalError): ", "a name is used that was never given a value here"),
    (r"(KeyError): ", "the dictionary has no such key"),
    (
        r"(ModuleNotFoundError|ImportError): ",
        "a package is not installed here, or has another name",
    ),
    (r"(SyntaxError|IndentationError|TabError): ", "the text cannot be read as Python"),
    (r"(FileNotFoundError|PermissionError|IsADirectoryError): ", "the file cannot be opened"),
    (r"(ZeroDivisionError): ", "a plain number was divided by 0; a tensor would give inf"),
    (r"(RecursionError): ", "a function calls itself without end"),
    (r"(Unicode\w+Error|JSONDecodeError): ", "the text is in another form than was expected"),
    (r"(StopIteration|EOFError|KeyboardInterrupt): ", "there was nothing more to read, or a stop"),
)
_PATTERNS = tuple((re.compile(pattern), sentence) for pattern, sentence in _SENTENCES)


def explained(error: Error) -> str:
    """What ``error`` says, in a clause, where it is Python's own; empty where it may be PyTorch's.

    >>> explained(Error("KeyError", "'weight'"))
    'the dictionary has no such key'
    """
    text = f"{error.kind}: {error.message}"
    for pattern, sentence in _PATTERNS:
        if match := pattern.match(text):
            return sentence.format(*match.groups())
    return ""
