"""The server's log has a failure's kind and place, and no word that a visitor typed."""

import sys

import pytest

from bench.learner import Learner
from groundup.ui.shell.logs import KEEP, place
from tests.browser.server import ROOT, serve
from tests.waiting import run_to_end

SECRET = "my-own-words"
PAGE = """
import streamlit as st
from groundup.ui.shell.logs import hide_messages

hide_messages()
try:
    int(st.query_params["typed"])
except ValueError as error:
    raise KeyError(st.query_params["typed"]) from error
"""


def fail(words):
    try:
        exec(compile(f"raise ValueError({words!r})", "<lesson>", "exec"), {})
    except ValueError as error:
        raise RuntimeError(words) from error


def test_kind_and_place_of_a_whole_chain_are_told_and_no_words():
    with pytest.raises(RuntimeError) as failure:
        fail(SECRET)
    told = place(failure.value)
    assert SECRET not in told
    assert 'File "<lesson>", line 1, in <module>\nValueError\n\nDuring' in told
    assert f'File "{__file__}", line ' in told
    assert told.endswith("in fail\nRuntimeError")


@pytest.mark.parametrize(("keep", "shown"), [("0", False), ("1", True)])
def test_streamlit_logs_an_uncaught_exception_without_what_was_typed(tmp_path, keep, shown):
    page, log = tmp_path / "page.py", tmp_path / "log.txt"
    page.write_text(PAGE)
    command = [sys.executable, "-m", "streamlit", "run", str(page)]
    with serve(log, command, PYTHONPATH=str(ROOT), **{KEEP: keep}) as address:
        run_to_end(visit(address.partition("//")[2]))
    said = log.read_text()
    assert "ValueError" in said
    assert f'File "{page}", line 9, in <module>' in said
    assert (SECRET in said) == shown


async def visit(address):
    visitor = Learner(address, typed=SECRET)
    await visitor.arrive()
    await visitor.leave()
