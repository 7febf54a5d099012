"""The five pages that play a run: the order of their reruns, whatever is played.

Here a press computes next to nothing, so every run is too long for one press.
"""

import base64
import json
from dataclasses import dataclass
from typing import Any

import pytest
import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetState

from groundup.engine.playback import Playback
from groundup.modules.network_training import NetworkTraining
from groundup.ui.components import feeding
from groundup.ui.settings.nn_module import BEYOND, HOLDS, OPTIMIZERS
from tests.pages import given

PRESS, PIECE = 0.004, 0.04
FEEDING = "_feed_fragment"


@dataclass(frozen=True)
class Topic:
    """A page that plays: its link, its Train button and the component that shows the run."""

    page: str
    link: dict[str, str]
    total: int
    button: str = ""
    player: str = "player"


TOPICS = {
    "training": Topic("training_loop", {"epochs": "1000", "optimizer": "Adam"}, 1000, "train"),
    "network": Topic(
        "nn_module",
        {"topic": BEYOND, "net_epochs": "60", "samples": "40"},
        60,
        "train_net",
        "network_player",
    ),
    "parameters": Topic(
        "nn_module", {"topic": HOLDS, "after_epochs": "300"}, 300, "train_held", "parameters"
    ),
    "race": Topic(
        "nn_module", {"topic": OPTIMIZERS, "race_steps": "1500"}, 1500, "", "race_player"
    ),
    "ffn": Topic(
        "ffn_scale", {"scale": "Train it", "ffn_epochs": "100", "ffn_width": "16"}, 100, "ffn_train"
    ),
}


@pytest.fixture(autouse=True)
def tiny_pieces(monkeypatch):
    """Presses and pieces that compute for a few milliseconds."""
    for kind in (Playback, NetworkTraining):
        monkeypatch.setattr(kind, "press_seconds", PRESS)
    monkeypatch.setattr(feeding, "PIECE", PIECE)


@pytest.fixture
def clocks(monkeypatch):
    """The ``run_every`` of each fragment that feeds a player, the latest last."""
    made: list[float | None] = []
    fragment = st.fragment

    def noting(function: Any, *, run_every: float | None = None) -> Any:
        if function.__name__ == FEEDING:
            made.append(run_every)
        return fragment(function, run_every=run_every)

    monkeypatch.setattr(st, "fragment", noting)
    return made


@pytest.fixture(params=TOPICS)
def playing(request, visit, clocks):
    """A page on which a long run was begun."""
    return Page(TOPICS[request.param], visit, clocks)


class Page:
    """One visitor's page, and what its player was sent."""

    def __init__(self, topic, visit, clocks):
        self.topic, self.clocks = topic, clocks
        self.app = visit(topic.page, **topic.link)
        self.begin()

    def begin(self):
        if self.topic.button:
            self.app.button(key=self.topic.button).click().run()
        assert not self.app.exception

    @property
    def ticking(self):
        return self.clocks[-1] is not None

    @property
    def protos(self):
        return [element.proto for element in self.app.get("bidi_component")]

    @property
    def player(self):
        """The player's message, its chunks apart."""
        name = f"groundup_{self.topic.player}"
        (found,) = (one for one in self.protos if one.component_name == name)
        return found

    @property
    def order(self):
        return given(self.player)["order"]

    @property
    def done(self):
        """How many epochs the player was sent."""
        if self.topic.player == "network_player":
            chunks = [given(one) for one in self.protos if "chunk" in one.component_name]
            losses = [chunk["columns"]["test_loss"] for chunk in chunks]
        elif self.topic.player == "parameters":
            losses = [given(self.player)["loss"]]
        else:
            scene = given(self.player)
            # A line's first loss is known before any epoch.
            ahead = scene.get("ahead", 0)
            return len(base64.b64decode(scene["runs"][0]["loss"])) // 4 - ahead
        return sum(len(base64.b64decode(one)) // 4 for one in losses)

    def report(self, at, playing, order=None):
        """As if the browser said where the learner holds the run."""
        number = self.order["number"] if order is None else order
        held = {"order": number, "at": at, "playing": playing}
        state = self.app._tree.get_widget_states()
        value = json.dumps({"held": held})
        state.widgets.append(WidgetState(id=self.player.id, json_value=value))
        self.app = self.app._run(state)
        assert not self.app.exception

    def tick(self):
        self.app.run()
        assert not self.app.exception

    def leave_and_come_back(self):
        self.app.switch_page("app_pages/home.py").run()
        self.app.query_params.update(self.topic.link)
        self.app.switch_page(f"app_pages/{self.topic.page}.py").run()
        assert not self.app.exception


def test_a_press_that_begins_a_long_run_starts_the_clock_that_feeds_it(playing):
    assert playing.order["play"]
    assert 0 < playing.done < playing.topic.total
    assert playing.ticking


def test_a_long_run_is_fed_in_pieces_and_the_clock_stops_when_it_is_complete(playing):
    sizes = [playing.done]
    while playing.ticking:
        playing.tick()
        sizes.append(playing.done)
        assert len(sizes) < 2000
    assert sizes == sorted(sizes)
    assert len(set(sizes)) > 3
    assert sizes[-1] == playing.topic.total


def test_stop_ends_the_computing_and_resume_starts_the_clock_again(playing):
    playing.report(2, playing=False)
    assert not playing.ticking
    held = playing.done
    playing.tick()
    assert playing.done == held
    playing.report(2, playing=True)
    assert playing.ticking
    assert playing.done > held


def test_a_page_left_in_mid_run_goes_on_when_the_learner_comes_back(playing):
    number, before = playing.order["number"], playing.done
    playing.leave_and_come_back()
    assert playing.order["number"] == number
    assert playing.order["play"]
    assert playing.ticking
    playing.tick()
    assert playing.done > before


def test_a_report_on_a_run_that_was_replaced_is_not_heard(playing):
    former = playing.order["number"]
    if not playing.topic.button:
        pytest.skip("a race begins again when its settings change, and has no press")
    playing.begin()
    playing.begin()
    assert playing.order["number"] > former
    playing.report(1, playing=False, order=former)
    assert playing.order["play"]
    assert playing.ticking


def test_a_report_beyond_the_run_is_kept_within_it(playing):
    playing.report(10**9, playing=False)
    playing.leave_and_come_back()
    assert 0 < playing.order["at"] <= playing.topic.total
    assert not playing.order["play"]
