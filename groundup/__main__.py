"""``groundup``: start the app, with one's own script too; list, show, run, check the lessons."""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Sequence
from pathlib import Path

try:
    from groundup.course.handout import ADDRESS, sheet
    from groundup.course.plans import LONGEST, Plan, plan, plans, read
    from groundup.engine import check, export, lesson
    from groundup.engine.lesson import Lesson
    from groundup.engine.observe import Run
    from groundup.engine.tables import MISTAKES
    from groundup.engine.text import docstring
    from groundup.mistakes import check as check_mistake
    from groundup.training import numbers_table
    from groundup.ui import settings
    from groundup.ui.shell.doctor import findings
    from groundup.ui.shell.open_command import open_script
    from groundup.ui.shell.serve import serve
except ModuleNotFoundError as missing:
    sentence = f"groundup: {missing.name} is missing. Install what requirements.txt names."
    raise SystemExit(sentence) from None

OF_STREAMLIT = re.compile(r"--[a-z]+\.\w+")
"""How an option of ``streamlit run`` looks: ``--server.port``."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status (2 for a wrong name, value or file).

    Without a command, or with ``run`` and no lesson, it starts the app: ``groundup``,
    ``groundup run --server.port 8600``. What follows are the options of ``streamlit run``.
    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    if (of_server := app_options(given)) is not None:
        serve(of_server)
        return 0
    try:
        if given[:1] == ["open"]:
            return open_script(given[1:])
        options = _parser().parse_args(given)
        return int(options.command(options))
    except (ValueError, OSError) as error:
        print(f"groundup: {error}", file=sys.stderr)
        return 2


def app_options(arguments: list[str]) -> list[str] | None:
    """The options to start the app with; None if ``arguments`` ask for something else."""
    rest = arguments[arguments[:1] == ["run"] :]
    return rest if not rest or OF_STREAMLIT.match(rest[0]) else None


def _list(_: argparse.Namespace) -> int:
    for name in lesson.names():
        headline = docstring(lesson.load(name).source)
        print(f"{name:24} {headline.partition(chr(10))[0]}")
    return 0


def _show(options: argparse.Namespace) -> int:
    print(_asked(options).text, end="")
    return 0


def _run(options: argparse.Namespace) -> int:
    asked = _asked(options)
    run = Run(asked.text)
    start = numbers_table.at_start(run)
    run.finish()
    print(run.output, end="")
    for notice in run.notices:
        print(f"line {notice.line}: {notice.kind}: {notice.message}", file=sys.stderr)
    if options.csv:
        table = numbers_table.numbers(run, start)
        written = export.to_csv(table, list(table), rows=numbers_table.rows_are(run))
        options.csv.write_text(written, "utf-8")
    if options.ipynb:
        options.ipynb.write_text(export.to_notebook(asked.text), "utf-8")
    if run.failure:
        where = f"line {run.failure.line}: {run.failure.kind}"
        print(f"groundup: {where}: {run.failure.message}", file=sys.stderr)
    if run.ended:
        print(f"groundup: the run was ended: {run.ended}.", file=sys.stderr)
    return 0 if run.state == "done" else 1


def _check(options: argparse.Namespace) -> int:
    """Print what is wrong with the lessons and mistakes asked for; 1 if anything is."""
    folder, name = options.folder, options.name
    places = [folder, *sorted(p for p in (folder / MISTAKES).glob("*") if p.is_dir())]
    asked = [
        (each, place) for place in places for each in lesson.names(place) if name in (None, each)
    ]
    if name is not None and not asked:
        lesson.path(name, folder)  # says which there are
    reasons = check.orphans(folder) if name is None else []
    for each, place in asked:
        reasons += (
            check.complaints(each, place, _controls())
            if place == folder
            else check_mistake.complaints(each, place)
        )
    print("\n".join(reasons) or f"{len(asked)} checked, nothing is wrong.")
    return 1 if reasons else 0


def _doctor(_: argparse.Namespace) -> int:
    """Print what this machine offers the app; 1 if something must be mended first."""
    told = list(findings())
    print("\n".join(f"{'WRONG' if one.wrong else 'ok':6}{one.text}" for one in told))
    return int(any(one.wrong for one in told))


def _handout(options: argparse.Namespace) -> int:
    """Write a plan's sheet to a file, or print it."""
    made = sheet(_plan(options.plan), answers=options.answers, address=options.address)
    if options.output:
        options.output.write_text(made, "utf-8")
    else:
        print(made, end="")
    return 0


def _plan(name: str) -> Plan:
    """The app's plan called ``name``, or the one in the file of that name."""
    if found := plan(name):
        return found
    if not name.endswith(".toml"):
        names = ", ".join(one.id for one in plans())
        raise ValueError(f"there is no plan {name}. Choose one of {names}, or name a .toml file.")
    with open(name, encoding="utf-8") as file:
        return read(file.read(LONGEST + 1))


def _controls() -> set[str]:
    """The parameters that the pages' controls set."""
    return {control.parameter or control.key for control in settings.ALL}


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
    parser = argparse.ArgumentParser(
        prog="groundup",
        description="Without a command, or with run and the options of `streamlit run` alone "
        "(groundup run --server.port=8600), start the app.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    commands.add_parser("list", help="the lessons").set_defaults(command=_list)
    doctor = commands.add_parser("doctor", help="say whether this machine can run the app")
    doctor.set_defaults(command=_doctor)
    show = commands.add_parser("show", help="print a lesson's text")
    show.set_defaults(command=_show)
    commands.add_parser("open", help="start the app on this machine alone, with your own script")
    run = commands.add_parser(
        "run", help="run a lesson and print what it prints; the app, without a lesson"
    )
    run.set_defaults(command=_run)
    checked = commands.add_parser("check", help="say what is wrong with lessons or their tables")
    checked.set_defaults(command=_check)
    which = checked.add_mutually_exclusive_group(required=True)
    which.add_argument("name", metavar="NAME", nargs="?")
    which.add_argument("--all", action="store_true", help="every lesson and every mistake")
    checked.add_argument(
        "--folder", type=Path, default=lesson.LESSONS, help="where lessons lie, if not in groundup"
    )
    for command in (show, run):
        command.add_argument("name", metavar="NAME")
        command.add_argument("--set", action="append", default=[], metavar="PARAMETER=VALUE")
        command.add_argument("--break", action="append", default=[], metavar="EDIT")
    handout = commands.add_parser("handout", help="a plan for a class as a page to print")
    handout.set_defaults(command=_handout)
    handout.add_argument("plan", metavar="PLAN", help="a plan's name, or a .toml file")
    handout.add_argument("--answers", action="store_true", help="with what is right, and why")
    handout.add_argument("--output", type=Path, metavar="FILE", help="write it there")
    handout.add_argument("--address", default=ADDRESS, help="where your class opens the app")
    run.add_argument("--csv", type=Path, metavar="FILE", help="write what each epoch recorded")
    run.add_argument("--ipynb", type=Path, metavar="FILE", help="write the text as a notebook")
    return parser


if __name__ == "__main__":
    sys.exit(main())
