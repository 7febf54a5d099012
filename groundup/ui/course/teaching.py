"""``python -m groundup.ui.course.teaching``: writes the tables of ``docs/TEACHING.md`` anew."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

from groundup.course import path, plans
from groundup.course.answers import right
from groundup.course.plans import Plan
from groundup.ui import settings
from groundup.ui.controls import link
from groundup.ui.controls.declaration import Control

ROOT = Path(__file__).parents[3]
DOCUMENT = ROOT / "docs" / "TEACHING.md"
BELIEFS = ROOT / "groundup" / "course" / "beliefs.toml"

_MARKED = re.compile(r"(<!-- (\w+) -->\n).*?(<!-- end of \2 -->)", re.DOTALL)

BESIDE = {
    link.SECTION: "a section of the path, as in `section=4.2`; alone on a page it opens it whole",
    link.TASK: "a task of the section that is open",
    link.PLAN: "a plan that is given; its moment opens by this and the next key alone",
    link.AT: "the moment of the plan, from 1",
    link.NOTES: "on `/teach`: the notes of a plan",
    link.JOIN: "on `/room`: the code of a room to join",
    link.ASK: "on `/room`: the question of the path that will be asked",
    link.MOMENT: "the code panel whose steps are open, and the statement they stand at",
    link.CODE: "a text of the learner's own, packed",
}
"""What a link may hold besides settings."""


def document(text: str) -> str:
    """``text`` with each of its tables as it is now."""
    return _MARKED.sub(lambda found: f"{found[1]}\n{_TABLES[found[2]]()}\n{found[3]}", text)


def _sections() -> str:
    rows = ((one.id, one.name, one.do.replace("**", ""), one.so) for one in path.sections())
    return _table(("", "Section", "What is done there", "What to keep"), rows)


def _beliefs() -> str:
    listed = tomllib.loads(BELIEFS.read_text("utf-8"))["beliefs"]
    asked = {one.id: one for section in path.sections() for one in section.questions}
    rows = (
        (one["belief"], one["question"].replace("-", ", question "), question.ask, right(question))
        for one in listed
        if (question := asked[one["question"]])
    )
    return _table(("What many believe", "Section", "It is asked", "The run says"), rows)


def _plans() -> str:
    return "\n".join(map(_plan, plans.plans()))


def _plan(plan: Plan) -> str:
    rows = (
        (
            f"{plan.begins(n)} to {plan.begins(n) + one.minutes}"
            + (f", {one.again} to vote again" if one.again else ""),
            one.name,
            one.asked.ask if one.asked else one.ask,
            ", ".join(f"{choice}: {share} %" for choice, share in one.expected.items()),
            one.say,
        )
        for n, one in enumerate(plan.moments, 1)
    )
    head = ("Minutes", "Moment", "Ask", "Expected first vote", "Say")
    return f"### {plan.name} (`{plan.id}`, {plan.minutes} minutes)\n\n{_table(head, rows)}"


def _links() -> str:
    beside = ((f"`{key}`", "", "", said) for key, said in BESIDE.items())
    rows = (
        (f"`{one.key}`", _page(module.__name__), _code(one.default), _bounds(one))
        for module in settings.PAGES
        for one in module.CONTROLS
    )
    return _table(("Key", "Page", "Without it", "What it takes"), [*beside, *rows])


def _page(module: str) -> str:
    name = module.rpartition(".")[2]
    return {"shared": "all", "optimizers": "`/nn_module`"}.get(name, f"`/{name}`")


def _bounds(one: Control) -> str:
    if one.options and one.kind != "device":
        several = f"up to {one.high:g} of " if one.kind == "several" else ""
        return several + ", ".join(map(_code, one.options))
    if isinstance(one.default, bool):
        return "`true`, `false`"
    if isinstance(one.default, str):
        return "a device of the machine" if one.kind == "device" else f"text of up to {one.longest}"
    what = "whole number" if isinstance(one.default, int) else "number"
    if one.key == "cores":
        return f"a {what} from 1 to the machine's cores"
    bounds = f" from {one.low:g} to {one.high:.10g}" if math.isfinite(one.low) else ""
    return f"a {what}{bounds}"


def _code(value: object) -> str:
    said = str(value).lower() if isinstance(value, bool) else str(value)
    return f"`{said}`" if said else ""


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [head, ["---"] * len(tuple(head)), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _cell(said: str) -> str:
    return " ".join(said.replace("|", "\\|").split())


_TABLES: dict[str, Callable[[], str]] = {
    "sections": _sections,
    "beliefs": _beliefs,
    "plans": _plans,
    "links": _links,
}

if __name__ == "__main__":
    DOCUMENT.write_text(document(DOCUMENT.read_text("utf-8")), "utf-8")
