"""Mistakes that are made, mended, or made in another way: what each run leaves behind."""

from functools import cache
from types import SimpleNamespace

from groundup.engine.observe import run
from groundup.mistakes.gallery import mistake


def left(text):
    """The variables of a run of ``text``, what it ``printed``, and what it ``raised`` or ""."""
    done = run(text)
    failed = done.failure.kind if done.failure else ""
    return SimpleNamespace(**done.variables, printed=done.output, raised=failed)


@cache
def wrong(name):
    """What the wrong text of the mistake ``name`` leaves."""
    return left(mistake(name).lesson.text)


@cache
def mended(name):
    """What its fixed text leaves."""
    return left(mistake(name).fixed.text)


def instead(name, changes):
    """What its wrong text leaves with the passages ``{old: new}`` in it changed."""
    text = mistake(name).lesson.text
    for old, new in changes.items():
        assert old in text, f"{name} has no passage {old!r}"
        text = text.replace(old, new)
    return left(text)
