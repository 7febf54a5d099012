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
        "what stands in front of .{0} is None",
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
    (r"TypeError: can only concatenate (\w+)", "a {0} can be joined only to another {0}"),
    (r"TypeError: must be str", "text is wanted there"),
    (
        r"TypeError: (list|tuple|string) indices must be integers",
        "a {0} is indexed by whole numbers or slices",
    ),
    (r"IndexError: (list|tuple|string)\b.*index out of range", "the {0} is shorter than that"),
    (r"IndexError: pop index out of range", "nothing stands at the place to pop"),
    (r"ValueError: (too many|not enough) values to unpack", "{0} values for the names on the left"),
    (r"ValueError: could not convert string to float", "that text cannot be read as a float"),
    (r"ValueError: invalid literal for int", "that text cannot be read as an int"),
    (r"(NameError|UnboundLocalError): ", "a name is used that has no value there"),
    (r"(KeyError): ", "there is no such key"),
    (
        r"(ModuleNotFoundError|ImportError): ",
        "a package, or a name in one, could not be imported",
    ),
    (r"(SyntaxError|IndentationError|TabError): ", "the text cannot be read as Python"),
    (r"FileNotFoundError: ", "there is no such file or folder"),
    (r"PermissionError: ", "the system does not permit it"),
    (r"IsADirectoryError: ", "a folder stands where a file is wanted"),
    (
        r"(ZeroDivisionError): ",
        "a plain number was divided by 0; a tensor divided with / gives inf, -inf or nan",
    ),
    (
        r"(RecursionError): ",
        "calls are nested too deeply, as when a function calls itself without end",
    ),
    (r"(Unicode\w+Error|JSONDecodeError): ", "the text is in another form than was expected"),
    (r"(StopIteration|EOFError): ", "there was nothing more to fetch"),
    (r"KeyboardInterrupt: ", "somebody stopped the program"),
)
_PATTERNS = tuple((re.compile(pattern), sentence) for pattern, sentence in _SENTENCES)


def explained(error: Error) -> str:
    """What ``error`` says, in a clause, where it is Python's own; empty where it may be PyTorch's.

    >>> explained(Error("KeyError", "'weight'"))
    'there is no such key'
    """
    text = f"{error.kind}: {error.message}"
    for pattern, sentence in _PATTERNS:
        if match := pattern.match(text):
            return sentence.format(*match.groups())
    return ""
