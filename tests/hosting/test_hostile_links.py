"""Whatever stands in a link, the page comes up, with allowed values and a sentence."""

import ast
import logging
import math
from contextlib import suppress
from itertools import chain

import pytest

from groundup.autograd import slopes
from groundup.engine import lesson
from groundup.graph import input_line
from groundup.graph.gradient_check import check_gradients
from groundup.graph.recording import trace_graph
from groundup.graph.script import write
from groundup.language.program import check
from groundup.optimizers.racers import racers
from groundup.shapes.chain import CHAIN
from groundup.shapes.chain_lesson import chain_lesson
from groundup.shapes.lab import Lab, lab_lesson
from groundup.shapes.numbers import NUMBERS
from groundup.tensors import lessons as make
from groundup.training import broken_loop, point_links, schedule
from groundup.training.own_data import with_points
from groundup.ui.settings import ALL
from tests.hosting import hostile
from tests.hosting.hostile import FORMS, NOT_FINITE, controls_of, opened, whole_link
from tests.pages import codes, said

PAGES = [
    *("tensors", "requires_grad", "computation_graph"),
    *("training_loop", "nn_module", "ffn_scale"),
    *("review", "words"),
]
TIMES = 50
TEXTS = [form for form in FORMS if isinstance(form, str)]
MANY_DIMENSIONS = "y = x.reshape(" + ", ".join(["1"] * 65) + ")"


@pytest.fixture
def tracebacks(caplog):
    """What Streamlit logs of exceptions while the test runs."""
    logging.getLogger("streamlit").addHandler(caplog.handler)
    yield lambda: [record.getMessage() for record in caplog.records if record.exc_info]
    logging.getLogger("streamlit").removeHandler(caplog.handler)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("page", PAGES)
def test_fifty_hostile_forms_in_every_control_of_a_page_leave_it_whole(page, tracebacks):
    controls, parts = controls_of(page), list(hostile.sections(page))
    for shift in range(TIMES):
        link = whole_link(controls, shift) | parts[shift % len(parts)]
        app = opened(page, link)
        assert not app.exception, link
        assert tracebacks() == [], link
        held = {key: app.session_state[key] for key in link if key in app.session_state}
        assert {k: v for k, v in held.items() if not _allowed(k, v)} == {}, link


def _allowed(key, held):
    this = next(one for one in ALL if one.key == key)
    return this.allows(held) or (key == "chosen" and held is None)


@pytest.mark.parametrize("raw", [*NOT_FINITE, "9" * 5_000, "", "٣", "1_000", "\0", "0x10", " 1"])
def test_no_number_is_read_from_what_only_python_would_take_for_one(raw):
    numbers = [one for one in ALL if not isinstance(one.default, bool | str)]
    assert len(numbers) > 60
    assert [one.key for one in numbers if not one.refusal(raw)] == []


@pytest.mark.parametrize("raw", ["a\0", "\ud800", "x" * 20_000, "\x1b[0m"])
def test_no_text_holds_what_no_text_can(raw):
    texts = [one for one in ALL if one.kind in {"text", "lines"}]
    assert len(texts) > 15
    assert [one.key for one in texts if not one.refusal(raw)] == []


def test_a_value_that_is_given_twice_is_given_to_no_widget():
    app = opened("training_loop", {"points": ["10", "20"], "lr": "0.5"})
    assert not app.exception
    assert "`points=10, 20` was not used: it stands 2 times in the link" in said(app, "warning")
    assert app.session_state["lr"] == 0.5
    assert app.session_state["points"] == 50


@pytest.mark.parametrize("raw", ["inf", "-inf", "1e400", "9" * 5_000])
def test_a_refused_whole_number_leaves_the_link_and_is_told_beside_its_control(raw):
    app = opened("training_loop", {"seed": raw, "epochs": "250"})
    assert not app.exception
    assert "must be a whole number from 0 to 999999. Now it is 0." in said(app, "warning")
    assert app.query_params == {"epochs": "250"}
    app.number_input(key="seed").set_value(7).run()
    assert not app.warning


def test_a_page_that_is_not_the_first_finds_the_link_clean():
    app = opened("tensors", {"epochs": "inf", "bend": ""})
    assert "epochs" not in app.query_params
    app.switch_page("app_pages/training_loop.py").run()
    assert not app.exception
    assert "`epochs=inf` was not used" in said(app, "warning")


@pytest.mark.parametrize("page", [page for page in PAGES if page != "words"])
def test_an_empty_choice_is_no_choice(page):
    empty = [one.key for one in controls_of(page) if one.options]
    app = opened(page, dict.fromkeys(empty, ""))
    assert not app.exception
    assert "` was not used: choose one of" in said(app, "warning")


@pytest.mark.parametrize(
    ("page", "link", "sentence"),
    [
        ("ffn_scale", {"scale": "Why bend it?", "bend": ""}, "`bend=` was not used"),
        ("tensors", {"look_at": "Storage", "written": "t[٣]"}, "“t[٣]” names no cell"),
        ("tensors", {"look_at": "Shape lab", "first_do": "a.unsqueeze(٠)"}, "is no step here"),
        (
            "tensors",
            {"made_from": "From a shape", "maker": "arange", "step": "1e-320"},
            "That makes more than 10¹⁵ numbers",
        ),
        ("computation_graph", {"program": MANY_DIMENSIONS}, "65 dimensions are too many"),
        ("computation_graph", {"moment": "1e9"}, "`moment=1e9` was not used"),
        ("computation_graph", {"program": "y = x\0"}, "which is no character of a text"),
        ("computation_graph", {"given": "a=1e400"}, "Give finite numbers"),
    ],
)
def test_what_cannot_be_used_is_answered_with_a_sentence(page, link, sentence, tracebacks):
    app = opened(page, link)
    assert not app.exception
    assert tracebacks() == []
    assert sentence in said(app, "warning", "error")


def test_a_cell_is_written_as_python_writes_it():
    app = opened("tensors", {"look_at": "Storage", "written": "t[01]"})
    assert not app.exception
    assert not app.error
    assert "t[1] = 99" in codes(app)[0]


def test_an_index_out_of_range_ends_the_check_and_not_the_page():
    link = {"program": "y = softmax(w, 7)", "given": "w=[1, 2]", "part": "check"}
    app = opened("computation_graph", link)
    assert not app.exception
    assert "Dimension out of range" in said(app, "error").replace("\\", "")
    assert "nothing to compare" in said(app, "info")


def _graph(text):
    program = check(text)
    inputs = input_line.complete({}, program.inputs)
    seen = trace_graph(write(program, inputs))
    check_gradients(program, {n: one.tensor for n, one in inputs.items()}, seen.gradients)


READERS = {
    "data": lambda text: make.from_data(text, "cpu"),
    "template": lambda text: make.like("rand_like", "float32", text, 0, "cpu"),
    "size": lambda text: make.from_shape("full", text, 7.0, 0, "cpu"),
    "start": lambda text: make.from_range(text, "10", "2", "cpu"),
    "end": lambda text: make.from_range("0", text, "2", "cpu"),
    "step": lambda text: make.from_range("0", "10", text, "cpu"),
    "line": lambda text: make.from_linspace("0", text, 5, "cpu"),
    "written": lambda text: make.storage("t.T", 3, 4, text),
    "a": lambda text: lab_lesson(Lab("@", text, "4, 3")),
    "b": lambda text: lab_lesson(Lab("+", "2, 3", text)),
    "chain": lambda text: chain_lesson(Lab(CHAIN, "4, 3", chain=text)),
    "first_do": lambda text: lab_lesson(Lab("@", "2, 3", "4, 3", steps=text)),
    "formula": slopes.typed,
    "schedule": lambda text: schedule.apply(lesson.load("training_loop"), schedule.parse(text)),
    "own_points": lambda text: with_points(lesson.load("training_loop"), point_links.read(text)),
    "order": lambda text: broken_loop.reordered(lesson.load("training_loop"), text),
    "program": _graph,
    "given": input_line.parse,
    **{
        f"numbers of {op}": lambda text, op=op: lab_lesson(Lab(op, "2, 3", "2, 3", text))
        for op in NUMBERS
    },
    **{
        f"{racer.name}'s {one.key}": lambda text, one=one: one.read(text)
        for racer in racers().values()
        for one in racer.hyperparameters
        if one.optional and one.kind is not str
    },
}


@pytest.mark.parametrize("reader", READERS)
def test_a_text_is_refused_in_a_sentence_or_becomes_a_script(reader):
    for text in TEXTS:
        # A refusal is a ValueError with a sentence; anything else is a traceback on the page.
        made = None
        with suppress(ValueError):
            made = READERS[reader](text)
        ast.parse(getattr(made, "text", ""))


def test_the_forms_are_as_many_as_they_say():
    assert len(set(FORMS)) == len(FORMS) >= TIMES
    assert all(math.isinf(float(raw)) or math.isnan(float(raw)) for raw in NOT_FINITE)
    keys = set(chain.from_iterable((one.key for one in controls_of(page)) for page in PAGES))
    assert keys == {one.key for one in ALL}
