"""No two widgets, components or controls share a key, and what they do not hold is typed."""

import ast
from collections.abc import Iterator

import pytest

from groundup.ui import settings
from groundup.ui.controls.widgets import declared
from tests.ui.keys import ROOT, UnreadableError, doubles, keys, keys_of_calls, texts_of_app
from tests.ui.syntax import Key

STATE = ROOT / "groundup/ui/state.py"
"""The one module that speaks to ``st.session_state``."""
FILES = [*ROOT.glob("groundup/**/*.py"), *ROOT.glob("app_pages/*.py"), ROOT / "script.py"]


@pytest.fixture(scope="module")
def found():
    return keys(texts_of_app())


def of_controls() -> Iterator[Key]:
    """Each control's own key, and that of a second widget: a slider, segments with other names."""
    for n, one in enumerate(settings.ALL):
        yield Key(one.key, f"control {n}")
        if one.kind == "log":
            yield Key(f"{one.key}_stop", f"the slider of control {n}")
        if one.names:
            yield Key(f"{one.key}_named", f"the segments of control {n}")
    yield Key("no_{}", "the devices that are not here")


def test_no_key_is_declared_twice(found):
    assert doubles([*found, *of_controls()]) == []


def test_what_is_bound_to_the_link_is_a_control(found):
    assert {key.text for key in found if key.linked} == {"program", "given", "chosen"}
    assert {key.text for key in found if key.linked} <= set(declared())


def test_the_keys_of_every_room_are_found(found):
    texts = {key.text for key in found}
    some = {"one_step", "hand_player", "lab_picture", "lab_code", "lab_py", "network", "race"}
    assert some | {"cure_{}", "nudge_figure", "dtype_ipynb", "neurons"} <= texts


PLANTED = {
    "the same text": ('st.button("a", key="x")', 'st.toggle("b", key="x")'),
    "a component of a wrapper": (
        'def show(n, key):\n    st.code(n, key=f"{key}_code")\nshow(1, "x")',
        'st.button("b", key="x_code")',
    ),
    "a wrapper in a wrapper": (
        'def inner(*, key):\n    st.code(1, key=key)\ndef outer(key):\n    inner(key=f"{key}_py")\n'
        'outer("x")',
        'st.button("b", key="x_py")',
    ),
    "a filled-in one": (
        'for n in range(3):\n    st.button("a", key=f"x_{n}")',
        'st.toggle("b", key="x_1")',
    ),
    "two filled-in ones": (
        'def one(n):\n    key = f"x_{n}"\n    st.button("a", key=key)',
        'for m in range(3):\n    st.toggle("b", key=f"x_{m}")',
    ),
    "two constants": ('KEY = "x"\nst.button("a", key=KEY)', 'ITS = "x"\nst.toggle("b", key=ITS)'),
}


@pytest.mark.parametrize("texts", PLANTED.values(), ids=PLANTED)
def test_a_planted_double_is_found(texts):
    first, second = keys({"one": texts[0]}), keys({"two": texts[1]})
    assert doubles(first) == doubles(second) == []
    both = keys(dict(zip(("one", "two"), texts, strict=True)))
    assert len(doubles(both)) == 1


def test_a_double_planted_in_the_app_is_found(found):
    more = {"planted": 'import streamlit as st\nst.button("Walk", key="walk")'}
    (double,) = doubles([*keys(texts_of_app() | more), *of_controls()])
    assert "'walk' at control" in double or "and 'walk' at control" in double


def test_two_on_one_line_are_two():
    assert len(doubles(keys({"one": 'st.button("a", key="x"), st.toggle("b", key="x")'}))) == 1


def test_a_constant_may_be_used_in_two_modules():
    shared = {"one": 'KEY = "x"\nst.button("a", key=KEY)'}
    user = {"two": 'from one import KEY\nst.button("a", key=KEY)'}
    assert keys(shared | user) == [Key("x", "one:1:6")]


@pytest.mark.parametrize("written", ["str(1)", 'f"{n}_x"', 'f"x_{n}_y"', "n.key", '"x" + n'])
def test_a_key_that_cannot_be_read_is_refused(written):
    with pytest.raises(UnreadableError, match="one:1"):
        keys({"one": f'st.button("a", key={written})'})


# What no widget holds


def speaks_to_the_session(text: str) -> bool:
    nodes = ast.walk(ast.parse(text))
    return any(
        getattr(node, "attr", "") == "session_state"
        or (isinstance(node, ast.alias) and node.name == "session_state")
        for node in nodes
    )


def test_one_module_alone_speaks_to_the_session():
    assert [one for one in FILES if speaks_to_the_session(one.read_text("utf-8"))] == [STATE]


@pytest.mark.parametrize(
    "text",
    [
        'st.session_state["x"] = 1',
        'state = st.session_state\nstate["x"]',
        "streamlit.session_state.x",
        "from streamlit import session_state as s",
    ],
)
def test_a_planted_word_to_the_session_is_found(text):
    assert speaks_to_the_session(text)


def loose(texts: dict[str, str], known: set[str]) -> list[str]:
    """Keys that are read or set and that no widget, component or control has."""
    return [key.text for key in keys_of_calls(texts) if key.text not in known]


def test_nothing_is_kept_under_a_key_that_no_widget_has(found):
    known = {key.text for key in [*found, *of_controls()]}
    assert loose(texts_of_app(), known) == []
    planted = {"one": 'put({"sides": 1})\nstate.stored(f"kept_{n}")\nput({"lr": 1})\nstored(key)'}
    assert sorted(loose(planted, known)) == ["kept_{}", "sides"]
