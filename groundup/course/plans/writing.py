"""Writing a plan as the file that :func:`groundup.course.plans.read` takes."""

from __future__ import annotations

import json
from collections.abc import Mapping

from groundup.course.plans.plan import Moment, Plan


def text(plan: Plan) -> str:
    """``plan`` as a TOML file, to be changed in an editor and read again."""
    head = "".join(f"{key} = {_said(getattr(plan, key))}\n" for key in ("id", "name", "about"))
    return head + "".join(map(_moment, plan.moments))


def _moment(one: Moment) -> str:
    texts = {key: getattr(one, key) for key in ("section", "page", "question")}
    lines = [f"{key} = {_said(value)}" for key, value in texts.items() if value]
    lines += [f"minutes = {one.minutes}"]
    lines += [f"again = {one.again}"] if one.again else []
    tables = {"settings": one.settings, "expected": one.expected}
    lines += [f"{key} = {_table(value)}" for key, value in tables.items() if value]
    lines += [f"press = {_said(one.press)}"] if one.press else []
    lines += [f"{key} = {_said(getattr(one, key))}" for key in ("ask", "why", "say")]
    return "\n[[moments]]\n" + "\n".join(lines) + "\n"


def _table(held: Mapping[str, object]) -> str:
    return "{ " + ", ".join(f"{_said(key)} = {_said(one)}" for key, one in held.items()) + " }"


def _said(value: object) -> str:
    """A text as JSON writes it, which TOML reads too, but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
