"""``python -m groundup``: list, show and run the lessons without the app."""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Sequence
from pathlib import Path

from groundup.engine import export, lesson, observe
from groundup.engine.lesson import Lesson


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status (2 for a wrong name, value or file)."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except (ValueError, OSError) as error:
        print(f"groundup: {error}", file=sys.stderr)
        return 2


def _list(_: argparse.Namespace) -> int:
    for name in lesson.names():
        headline = ast.get_docstring(ast.parse(lesson.load(name).source)) or ""
        print(f"{name:24} {headline.partition(chr(10))[0]}")
    return 0


def _show(options: argparse.Namespace) -> int:
    print(_asked(options).text, end="")
    return 0


def _run(options: argparse.Namespace) -> int:
    asked = _asked(options)
    run = observe.run(asked.text)
    print(run.output, end="")
    for notice in run.notices:
        print(f"line {notice.line}: {notice.kind}: {notice.message}", file=sys.stderr)
    if options.csv:
        options.csv.write_text(export.to_csv(run.columns, run.each_epoch), "utf-8")
    if options.ipynb:
        options.ipynb.write_text(export.to_notebook(asked.text), "utf-8")
    if run.failure:
        where = f"line {run.failure.line}: {run.failure.kind}"
        print(f"groundup: {where}: {run.failure.message}", file=sys.stderr)
    if run.ended:
        print(f"groundup: the run was ended: {run.ended}.", file=sys.stderr)
    return 0 if run.state == "done" else 1


def _asked(options: argparse.Namespace) -> Lesson:
    """The lesson that the command line describes."""
    chosen_lesson = lesson.load(options.name)
    for setting in options.set:
        name, equals, value = setting.partition("=")
        if not equals:
            raise ValueError(f"--set {setting}: write it as name=value.")
        chosen_lesson = chosen_lesson.set(**{name: _literal(value)})
    for name in getattr(options, "break"):
        chosen_lesson = chosen_lesson.edit(name)
    return chosen_lesson


def _literal(text: str) -> object:
    """``text`` as a Python literal, or as the string it is."""
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m groundup", description=main.__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    commands.add_parser("list", help="the lessons").set_defaults(command=_list)
    show = commands.add_parser("show", help="print a lesson's text")
    show.set_defaults(command=_show)
    run = commands.add_parser("run", help="run a lesson and print what it prints")
    run.set_defaults(command=_run)
    for command in (show, run):
        command.add_argument("name", metavar="NAME")
        command.add_argument("--set", action="append", default=[], metavar="PARAMETER=VALUE")
        command.add_argument("--break", action="append", default=[], metavar="EDIT")
    run.add_argument("--csv", type=Path, metavar="FILE", help="write the recorded numbers")
    run.add_argument("--ipynb", type=Path, metavar="FILE", help="write the text as a notebook")
    return parser


if __name__ == "__main__":
    sys.exit(main())
