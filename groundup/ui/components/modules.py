"""JavaScript modules as one text: what a browser gets where no folder of files can be served.

The players' sources are real ES modules, which node tests as such. Streamlit serves a folder of
files only for installed packages, so here a module and all that it imports are joined: each becomes
a function's body, run once, in the order of the imports. Only these forms are understood, one a
statement at the start of a line; anything else about imports and exports is an error:

    import { a, b } from "./other.js"
    export function f() …    export const x = …    export class C …
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_COMMENT = re.compile(r"^ *//.*\n", re.MULTILINE)
_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]*)"\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def joined(entry: Path) -> str:
    """The module ``entry`` and all that it imports; ``entry``'s exports are in ``$0`` at the end.

    Raises:
        ValueError: if modules import each other in a circle, or in a form not understood here.
        FileNotFoundError: if an import leads nowhere.
    """
    modules = list(_imported_first(entry.resolve(), ()))
    names = {path: f"${len(modules) - 1 - n}" for n, path in enumerate(modules)}
    return "\n".join(_wrapped(path, names) for path in modules)


def _imported_first(path: Path, importers: tuple[Path, ...]) -> Iterator[Path]:
    """``path`` after everything that it imports, each once."""
    if path in importers:
        raise ValueError(f"{path.name} imports itself, by way of {importers[-1].name}")
    seen: set[Path] = set()
    for imported in _imports(path):
        for module in _imported_first(imported, (*importers, path)):
            if module not in seen:
                seen.add(module)
                yield module
    yield path


def _imports(path: Path) -> list[Path]:
    return [(path.parent / match[2]).resolve() for match in _IMPORT.finditer(_read(path))]


def _wrapped(path: Path, names: dict[Path, str]) -> str:
    """The module as a constant that holds what it exports."""

    def taken(match: re.Match[str]) -> str:
        return f"const {{{match[1]}}} = {names[(path.parent / match[2]).resolve()]}\n"

    text = _read(path)
    exports = ", ".join(match[1] for match in _EXPORT.finditer(text))
    body = _EXPORT.sub("", _IMPORT.sub(taken, text))
    if other := _OTHER.search(body):
        raise ValueError(f"{path.name}: {other[0]!r} is no import or export that can be joined")
    return f"const {names[path]} = (() => {{\n{body}return {{ {exports} }}\n}})()"


def _read(path: Path) -> str:
    """The text without the lines that are comments: they are a quarter of what would be sent."""
    return _COMMENT.sub("", path.read_text("utf-8"))
