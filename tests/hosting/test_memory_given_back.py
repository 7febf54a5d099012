"""What nobody uses any more goes back: promised memory, and files that were read."""

import gc
import time
import tomllib
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from groundup.scale import ffn_training, measure, promises
from groundup.scale.ffn_training import FfnTraining
from groundup.scale.measure import Budget, Timing

ROOM = Budget(2**30, "for a test")
CONFIG = Path(__file__).parents[2] / ".streamlit/config.toml"


@pytest.fixture(autouse=True)
def nothing_is_held():
    yield
    gc.collect()
    assert measure.reserved_bytes() == 0


def trained(epochs=40, **present):
    """A fitting that has computed a little, as after Stop."""
    planned = ffn_training.planned(16, ROOM, epochs=epochs)
    kept = FfnTraining()
    kept.press_seconds = 0.0
    kept.train(planned, ROOM, **present)
    while kept.furthest < 5:
        kept.compute(0.0)
    assert not kept.complete
    return kept


def until(wanted, seconds=10):
    began = time.monotonic()
    while not wanted() and time.monotonic() - began < seconds:
        time.sleep(0.02)
    assert wanted()


def test_a_stopped_run_gives_its_memory_back_by_itself(monkeypatch):
    monkeypatch.setattr(promises, "LOOK_SECONDS", 0.05)
    kept = trained()
    time.sleep(0.2)
    assert kept.run is not None
    assert measure.reserved_bytes() > 0
    monkeypatch.setattr(promises, "IDLE_SECONDS", 0.1)
    until(lambda: measure.reserved_bytes() == 0)
    assert kept.run is None
    assert not kept.complete


def test_who_has_left_holds_nothing(monkeypatch):
    monkeypatch.setattr(promises, "LOOK_SECONDS", 0.05)
    here = [True]
    kept = trained(present=lambda: here[0])
    here[0] = False
    until(lambda: measure.reserved_bytes() == 0)
    assert kept.run is None


def test_a_run_made_anew_goes_on_as_if_nothing_had_been():
    whole = trained()
    whole.finish()
    kept = trained()
    at, losses = kept.furthest, list(kept.losses)
    kept.give_back(kept.run)
    assert (kept.furthest, list(kept.losses), measure.reserved_bytes()) == (at, losses, 0)
    kept.finish()
    assert list(kept.losses) == list(whole.losses)
    assert kept.curves == whole.curves
    assert len(kept.losses) == 40


def test_while_a_run_is_made_anew_nothing_that_was_known_is_lost():
    kept = trained(epochs=2000)
    at = kept.furthest
    kept.give_back(kept.run)
    kept.compute(0.0)
    assert kept.run is not None
    assert kept.furthest >= at
    kept.stop()


def test_a_run_for_which_there_is_no_memory_any_more_says_so(monkeypatch):
    kept = trained()
    kept.give_back(kept.run)
    monkeypatch.setenv("GROUNDUP_MEMORY_MIB", "0")
    kept.finish()
    assert kept.complete
    assert "This needs about" in kept.ended


def test_three_tabs_that_stand_still_leave_room_for_a_fourth(monkeypatch):
    size = ffn_training.needed(ffn_training.planned(16, ROOM, epochs=40))
    limit = Budget(3 * size, "for a test")
    planned = ffn_training.planned(16, limit, epochs=40)
    tabs = [FfnTraining() for _ in range(4)]
    for kept in tabs[:3]:
        kept.begin(planned, limit)
    with pytest.raises(ValueError, match="Try again in a minute"):
        tabs[3].begin(planned, limit)
    monkeypatch.setattr(promises, "IDLE_SECONDS", 0.0)
    time.sleep(0.01)
    tabs[3].begin(planned, limit)
    monkeypatch.undo()
    assert tabs[0].run is tabs[1].run is tabs[2].run is None
    tabs[3].stop()


def test_a_timing_that_nobody_watches_ends_with_what_it_measured():
    timing = Timing()
    timing.begin(measure.plan(64, 1, ROOM), ROOM, promises.always)
    timing.run.finish()
    timing.give_back(timing.run)
    assert timing.given_back
    assert timing.run is None
    assert len(timing.points) == timing.steps == 2


def test_a_promise_keeps_nobody_alive():
    kept = trained()
    del kept
    gc.collect()
    assert measure.reserved_bytes() == 0


UPLOADING = """
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from groundup.ui.components import uploads

def read():
    st.session_state["content"] = uploads.dropped("file") or st.session_state.get("content")

st.file_uploader("A file", key="file", on_change=read)
storage = get_script_run_ctx().uploaded_file_mgr.file_storage
st.session_state["kept"] = sum(map(len, storage.values()))
"""


def test_a_file_is_kept_until_it_is_read_and_no_longer():
    app = AppTest.from_string(UPLOADING).run()
    app.file_uploader(key="file").upload("mine.csv", b"1,2", "text/csv").run()
    assert not app.exception
    assert (app.session_state["content"], app.session_state["kept"]) == (b"1,2", 0)
    app.run()
    assert not app.exception
    assert app.session_state["content"] == b"1,2"


def test_a_stranger_can_send_little_at_once():
    server = tomllib.loads(CONFIG.read_text("utf-8"))["server"]
    assert (server["maxUploadSize"], server["maxWidgetStateSize"]) == (1, 1)
