"""What a learner takes home: the code as a notebook, the numbers as a table."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence

from groundup.engine.text import docstring, parsed


def promise(text: str, files: Sequence[str]) -> str:
    """What may be expected of the script ``text`` elsewhere; ``files`` are those that it reads."""
    alone = f"It reads {' and '.join(files)} beside it" if files else "It runs by itself"
    if re.search(r"^import time$", text, re.MULTILINE):
        return f"The script as it stands. {alone}, and prints the times of where it runs."
    return (
        f"The script as it stands. {alone}, and prints the same numbers with the same release of "
        "PyTorch on the same kind of device."
    )


def to_csv(
    columns: Mapping[str, Sequence[float]], names: Sequence[str], *, rows: str = "epoch"
) -> str:
    """The recorded numbers, unrounded: a column called ``rows`` counts from 0, then ``names``."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([rows, *names])
    listed = zip(*(columns[name] for name in names), strict=True)
    writer.writerows([n, *row] for n, row in enumerate(listed))
    return file.getvalue()


def to_zip(texts: Mapping[str, str | bytes]) -> bytes:
    """Files by name, as a zip: a script, and what it reads from the folder it lies in."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    return file.getvalue()


def to_notebook(text: str) -> str:
    """``text`` as a Jupyter notebook (nbformat 4.5): its docstring as prose, its blocks as cells.

    Read one after another, the code cells are the text.
    """
    said = docstring(text)
    cells = [_cell(0, "markdown", said)] if said else []
    cells += [_cell(n, "code", source) for n, source in enumerate(_blocks(text), len(cells))]
    return json.dumps(
        {
            "cells": cells,
            "metadata": {
                "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                "language_info": {"name": "python"},
            },
            "nbformat": 4,
            "nbformat_minor": 5,
        },
        indent=1,
        ensure_ascii=False,
    )


def _blocks(text: str) -> list[str]:
    """The text after its docstring, cut at the blank lines between top-level statements."""
    lines = text.splitlines()
    body = parsed(text).body
    first = (body[0].end_lineno or 0) if ast.get_docstring(parsed(text)) is not None else 0
    inside = {
        line
        for statement in body
        for line in range(statement.lineno, (statement.end_lineno or statement.lineno))
    }
    blocks: list[list[str]] = [[]]
    for number, line in enumerate(lines[first:], first + 1):
        if not line.strip() and number not in inside:
            blocks.append([])
        else:
            blocks[-1].append(line)
    return ["\n".join(block) for block in blocks if block]


def _cell(number: int, kind: str, source: str) -> dict[str, object]:
    cell: dict[str, object] = {
        "cell_type": kind,
        "id": f"cell-{number}",
        "metadata": {},
        "source": source.splitlines(keepends=True),
    }
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})
