"""A box of details, which is filled while it is open."""

import pytest


@pytest.mark.parametrize(
    ("page", "key", "first"),
    [
        ("computation_graph", "graph_told", "The mathematics."),
        ("training_loop", "loop_told", "The line and its data."),
    ],
)
def test_what_a_box_tells_is_sent_while_it_is_open(visit, page, key, first):
    app = visit(page)

    def told():
        box = next(one for one in app.expander if one.label == "What am I looking at?")
        return [text.value.strip() for text in box.markdown]

    assert told() == []
    app.session_state[key] = True
    app.run()
    (text,) = told()
    assert text.startswith(f"- **{first}**")
    app.session_state[key] = False
    app.run()
    assert told() == []
