"""A control in a page's body draws the body anew, and the dock where it speaks of that control."""

import pytest

from bench.learner import Learner
from groundup.ui.settings import nn_module
from tests.browser.server import serve
from tests.waiting import run_to_end

SIDEBAR = 1
SAYS = "This question is about"
BODIES = [
    ("training_loop", {}, "Noise", 0.35),
    ("computation_graph", {}, "a", 3.0),
    ("tensors", {"look_at": "Shape lab"}, "Shape of b", "3, 7"),
    ("ffn_scale", {"scale": "Train it"}, "Epochs", 120),
    ("nn_module", {"topic": nn_module.BEYOND}, "Noise", 0.3),
]


class Watching(Learner):
    """Notes which elements it is sent."""

    def __init__(self, *given, **settings):
        super().__init__(*given, **settings)
        self.sent = []

    def _take(self, answer, size):
        super()._take(answer, size)
        if answer.WhichOneof("type") == "delta":
            self.sent.append((answer.metadata.delta_path[0], answer.delta))

    def drawn(self):
        return {root for root, _ in self.sent}

    def said(self):
        return " ".join(str(delta) for _, delta in self.sent)


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with serve(tmp_path_factory.mktemp("body") / "log.txt") as found:
        yield found.partition("//")[2]


@pytest.mark.parametrize(("page", "link", "label", "value"), BODIES)
def test_a_control_draws_the_body_and_nothing_beside_it(address, page, link, label, value):
    run_to_end(moves(Watching(address, page, **link), label, value))


async def moves(learner, label, value):
    await learner.arrive()
    assert SIDEBAR in learner.drawn()
    learner.sent.clear()
    await learner.set(label, value)
    assert learner.sent
    assert SIDEBAR not in learner.drawn()
    assert learner.errors == []
    await learner.leave()


def test_the_dock_follows_where_its_question_is_about_the_control(address):
    run_to_end(question_is_about(Watching(address, "training_loop", section="4.3")))


async def question_is_about(learner):
    await learner.arrive()
    await learner.press("Skip")
    assert SAYS in learner.said()
    for rate, is_said in ((0.9, False), (0.3, True)):
        learner.sent.clear()
        await learner.set("Learning rate, exactly", rate)
        assert (SAYS in learner.said()) == is_said
        assert "Question 2" in learner.said()
    await learner.leave()


def test_another_section_draws_the_whole_page(address):
    run_to_end(goes_to_another(Watching(address, "training_loop")))


async def goes_to_another(learner):
    await learner.arrive()
    learner.sent.clear()
    await learner.set("In each step", "4 points")
    assert SIDEBAR in learner.drawn()
    assert learner.errors == []
    await learner.leave()
