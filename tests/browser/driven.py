"""States that a page comes to by more than its own walk (``tests.browser.states``): what is pressed
to come there, and between the presses the names of what is then looked at."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import expect

from groundup.course import plans
from groundup.course.answers import right
from groundup.course.handout import sheet
from groundup.course.path import sections
from groundup.course.tasks import task
from tests.browser.places import WORD
from tests.browser.solving import own_lines
from tests.browser.states import (
    Hands,
    New,
    Press,
    Visit,
    at,
    button,
    drawn,
    keys,
    seen,
    typed,
    written,
)


class Journey(NamedTuple):
    """Where it begins, and the presses; a name among them says that the page is looked at now."""

    link: str
    steps: tuple[Press | str, ...]


_CHECK = "Control+Enter"
_CARD = ".task-card"
_ROOM = "/room?ask=4.3-1"


def _wrong(section: str) -> Press:
    """Answer the first question of ``section`` wrong."""
    asked = next(one for one in sections() if one.id == section).questions[0]
    nth = next(n for n, choice in enumerate(asked.choices, 1) if choice != right(asked))
    return at(f".st-key-choice_{nth} button")


def _solved(name: str) -> Press:
    """Write the solution of the task ``name``."""
    one = task(name)
    assert one is not None
    return written(own_lines(one) if one.gap else one.whole_solution)


def _word(name: str) -> Press:
    """Point at a word of the glossary."""

    def point(hands: Hands) -> None:
        hands.page.wait_for_timeout(400)
        hands.page.mouse.move(*hands.page.wait_for_function(WORD, arg=name).json_value())
        expect(hands.page.locator(".card").first).to_be_visible()

    return point


JOURNEYS = (
    # The path's own: questions, tasks, words, settings, what was kept.
    Journey(
        "/training_loop?section=4.3&lab=Predict&lr=0.01",
        (
            _wrong("4.3"),
            seen(".course-told"),
            "answered wrong",
            button("^Question 2"),
            "the second question",
            button("^Skip"),
            "what to keep",
        ),
    ),
    Journey(
        "/tensors?section=1.2&task=fit-product",
        (
            "a task",
            written("c = a + ("),
            seen(_CARD),
            "a text that is no Python",
            written("c = a * missing"),
            seen(".task-card.red, .task-card.blue"),
            "a text that fails",
            written("x", "End"),
            seen(".st-key-stage_old"),
            "an old verdict",
            button("^Hint 1"),
            "a hint",
            button("^Show the solution"),
            "a solution",
            written("c = a @ a"),
            seen(_CARD),
            button("^Steps"),
            seen(".code .said"),
            "the steps of an answer",
        ),
    ),
    Journey(
        "/training_loop?section=4.2&task=whole-loop",
        ("a long task", _solved("whole-loop"), seen(".task-card.green"), "a task solved"),
    ),
    Journey(
        "/training_loop?section=4.2&task=order",
        (
            seen(".order .hold"),
            "lines to be put in order",
            at(".order .hold", "Enter", nth=0),
            "a line held",
            keys("ArrowDown", "Enter", _CHECK),
            seen(_CARD),
            "a wrong order",
        ),
    ),
    Journey(
        "/training_loop?section=4.3&task=edge",
        ("a goal", button("^Begin"), "a goal begun", button("^Check"), seen(_CARD), "not reached"),
    ),
    Journey("/computation_graph", (_word("Autograd"), "a word's card")),
    Journey(
        "/training_loop?section=4.2",
        (
            keys("?"),
            seen("dialog"),
            "the words of the page",
            keys("Escape"),
            at(".stSidebar summary", text="Settings"),
            seen(".stSidebar [data-testid=stExpanderDetails]"),
            "the settings",
        ),
    ),
    Journey("/words?word=grad", ("words found",)),
    Journey("/words?word=zebra", ("no word found",)),
    Journey(
        "/review?chapter=4",
        (
            "a review",
            typed(".stMain [data-testid=stTextInput] input", "no"),
            "recalled wrong",
        ),
    ),
    Journey(
        "/finish",
        (
            typed(".stMain [data-testid=stTextInput] input", "no"),
            "a mixed question answered wrong",
            at(".stMain summary"),
            seen("[data-testid=stForm]"),
            "what to take along",
            typed(".stMain [data-testid=stForm] input", "no code"),
            "a code that is none",
            button("^Reset my progress"),
            "asked whether to reset",
        ),
    ),
    Journey("/training_loop?lr=abc&nothing=1&epochs=-3", ("a link that was not used",)),
    Journey("/no_such_page", ("a page that there is not",)),
    # Runs.
    Journey(
        "/training_loop?section=4.2&epochs=20",
        (
            at(".st-key-train button"),
            seen(".play", "Replay"),
            "played to its end",
            at(".scrub", "Home"),
            at(".code .opener"),
            at(".lines", "ArrowDown"),
            seen(".code .said"),
            "walked together",
        ),
    ),
    Journey("/training_loop?lr=10&epochs=2000", (at(".st-key-train button"), "a run that blew up")),
    Journey(
        "/training_loop?lab=Compare",
        (
            at(".st-key-train button"),
            button("^Pin this run"),
            button("^Sweep"),
            "runs compared",
        ),
    ),
    Journey(
        "/requires_grad?autograd=When+autograd+says+no",
        (
            typed(".stMain textarea", "expected scalar type Float but found Double", _CHECK),
            "a mistake found",
            at("[class*=st-key-predict_] [role=radio]", "Space", text="Error", nth=0),
            "the error",
            at(".code .opener", nth=0),
            seen(".line.failed"),
            "stepped to where it failed",
        ),
    ),
    Journey(
        "/your_code",
        (
            written("import torch\nx = np.ones(3)\n"),
            "a text that is refused",
            written("import torch\nx = torch.ones(3) @ torch.ones(2)\n"),
            seen(".code .said"),
            "a text that failed",
            button("^✎ Edit"),
            written("import torch\nfor k in range(40):\n    x = k * 2.0\n    print(x)"),
            seen(".code .said"),
            "a text that ran",
            at(".tabler"),
            "its table",
            button("^✎ Edit"),
            written("y = 1", "End"),
            "an old run",
        ),
    ),
    # A class.
    Journey(
        "/teach",
        (
            button("^Collect moments"),
            "collecting",
            at(".stMain summary", nth=0),
            "a plan unfolded",
        ),
    ),
    Journey(
        "/tensors?plan=tensor-to-ffn&plan_moment=2",
        ("a moment", button("^Notes"), seen("[role=dialog]"), "its notes"),
    ),
    Journey(
        "/tensors?plan=tensor-to-ffn&plan_moment=2&present=on",
        ("a moment shown to a room", keys("PageDown"), seen(".room-front"), "a vote by hand"),
    ),
    Journey("/training_loop?section=4.2&embed=true", ("embedded",)),
    Journey("/room?join=zzzzzz", (seen(".room-head"), "a room that there is not")),
    Journey(
        _ROOM,
        (
            "before a room",
            button("^Open a room and ask"),
            seen(".room-code"),
            "a room asked",
            button("^Ask again after"),
            "asked again",
            button("^Reveal"),
            seen("li.right"),
            "revealed",
            button("^Close the room"),
            seen("[data-testid=stPopoverBody]"),
            "about to close",
            keys("Escape"),
            button("^Ask another question"),
            seen("[data-testid=stPopoverBody]"),
            "another question",
            button("^Ask this"),
            "the next one",
        ),
    ),
)


def went(one: Journey, server: str, new: New) -> Visit:
    """Go through the journey."""
    hands = new()
    _opened(hands, f"{server}{one.link}")
    for step in one.steps:
        if isinstance(step, str):
            yield step, hands
        else:
            step(hands)


def a_class(server: str, new: New) -> Visit:
    """A room from its opening to its reveal: what is to be looked at, and in whose hands."""
    front, phone = new(), new()
    _opened(front, f"{server}{_ROOM}")
    button("^Open a room and ask")(front)
    seen(".room-code")(front)
    code = front.page.locator(".room-code").inner_text()
    _opened(phone, f"{server}/room?join={code}")
    yield "a phone that is asked", phone
    button("^A ")(phone)
    seen(".mine em", "sent")(phone)
    yield "a phone that answered", phone
    button("^Reveal")(front)
    seen("li.right .room-bars")(front)
    seen(".room-sent", "run says")(phone)
    yield "the answers of a class", front
    yield "a phone that is told", phone
    button("^Ask another question")(front)
    typed("[data-testid=stPopoverBody] input[type=text]", "What shape has a @ b?")(front)
    seen(".room-front", "What shape")(front)
    seen("[data-testid=stForm]")(phone)
    yield "a phone that is asked for a number", phone
    typed("[data-testid=stForm] input", "no number")(phone)
    yield "a phone whose answer cannot be read", phone


def files(server: str, new: New, folder: Path) -> Visit:
    """What is taken away from the app, opened from the disk: sheets, and pages in one file."""
    plan, hands = plans.plans()[0], new()
    for answers in (False, True):
        file = folder / f"sheet{answers}.html"
        file.write_text(sheet(plan, answers=answers), "utf-8")
        _opened(hands, file.as_uri())
        yield ("a sheet with answers" if answers else "a sheet"), hands
    for link, begin in _TAKEN.items():
        _opened(hands, f"{server}{link}")
        for press in begin:
            press(hands)
        with hands.page.expect_download() as waiting:
            hands.page.get_by_role("button", name="Page (.html)").last.click()
        file = folder / "page.html"
        waiting.value.save_as(file)
        _opened(hands, file.as_uri())
        hands.page.wait_for_selector(".part")
        yield f"one file of {link}", hands
        for opener in hands.page.get_by_role("button", name="Code", exact=True).all()[:1]:
            if opener.is_visible():
                hands.press(opener)
                yield f"one file of {link}, its code", hands


_TAKEN: dict[str, tuple[Press, ...]] = {
    "/training_loop?epochs=40": (
        at(".st-key-train button"),
        seen(".play", "Replay"),
        button("^Take home"),
    ),
    "/computation_graph?part=take+home": (),
}


def _opened(hands: Hands, address: str) -> None:
    hands.page.goto(address)
    drawn(hands.page)
