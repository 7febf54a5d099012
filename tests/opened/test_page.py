"""The page *Your code* with a script that was opened: shown, run, and never typed."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from groundup.opened import OpenedFile, held
from groundup.your_code.opened_run import ran_opened
from tests.your_code.test_your_code_page import editor, recording, run, stepper

ROOT = Path(__file__).parents[2]
SCRIPTS = Path(__file__).parent / "scripts"


@pytest.fixture
def opened(monkeypatch):
    monkeypatch.chdir(SCRIPTS)
    file = OpenedFile.at("train.py", ("--epochs", "2"))
    yield file
    file.close()


def test_the_page_runs_the_script_and_nothing_that_is_typed(opened, monkeypatch):
    monkeypatch.setattr(held, "_held", [opened])
    page = AppTest.from_file(str(ROOT / "script.py"), default_timeout=120).run()
    page.switch_page("app_pages/your_code.py").run()
    assert not page.exception
    assert "`train.py` as it is on your disk" in " ".join(one.value for one in page.markdown)
    assert editor(page)["readsOnly"]
    typed = run(page, "print('typed')\n")
    assert editor(typed)["text"] == opened.text
    assert stepper(typed) is None
    page = run(page)
    assert not page.exception
    assert stepper(page)["text"] == opened.text
    assert "epoch" in recording(page)["output"]


def test_a_run_comes_back_with_its_checks_and_its_graph(opened):
    ran = ran_opened(opened)
    assert {"fresh": "held", "finite": "held"}.items() <= {
        one.key: one.state for one in ran.diagnosis.checks
    }.items()
    assert ran.graphs[0].nodes
    assert any("train_epoch: total" in one.columns for one in ran.numbers)
