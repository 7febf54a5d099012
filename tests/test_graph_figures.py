"""The drawn graph: every moment is laid out alike, and its paint says what the graph says."""

import re

import pytest

from groundup import given
from groundup.figures.graph import MOST_DRAWN, Look, draw, size, summary
from groundup.figures.theme import DARK, LIGHT
from groundup.presets import PRESETS
from groundup.program import check
from groundup.recording import record
from groundup.script import write

VIEWS = ("mathematics", "autograd")


def recorded(title):
    preset = PRESETS[title]
    return record(write(check(preset.text), given.parse(preset.given)))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("title", PRESETS)
def test_every_moment_is_laid_out_alike(title, view):
    """What decides the layout: the nodes, the edges and their sizes."""
    seen = recorded(title)
    layouts = set()
    for moment in range(len(seen.moments)):
        text = draw(seen, view, Look(moment, LIGHT, saved=True)).graph.source
        sizes = re.findall(r"\b(?:width|height)=\"?[\d.]+", text)
        ends = re.findall(r"^\t(\S+(?: -> \S+)?) \[", text, re.MULTILINE)
        layouts.add((*sizes, *ends))
    assert len(layouts) == 1


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("title", PRESETS)
def test_the_paint_holds_every_node_and_no_text_outgrows_its_node(title, view):
    seen = recorded(title)
    for moment in range(len(seen.moments)):
        drawn = draw(seen, view, Look(moment, DARK, saved=True))
        for key, (rows, *_) in drawn.nodes.items():
            found = re.search(rf"^\t{key} \[.*?\bwidth=([\d.]+)", drawn.graph.source, re.M)
            assert found
            assert max(map(len, rows)) * 5.1 <= float(found[1]) * 72


def test_what_is_not_there_yet_says_so_and_is_dashed():
    seen = recorded("z = x·(a + b)")
    start = draw(seen, "mathematics", Look(0, LIGHT)).nodes
    assert start["t4"][0][0] == "z = not yet"
    assert start["t4"][3] is True
    assert start["t0"][0] == ["a = 2", "grad None"]
    end = draw(seen, "mathematics", Look(len(seen.moments) - 1, LIGHT)).nodes
    assert end["t4"][0] == ["z = 20", "grad 1"]
    assert end["t4"][3] is False


def test_an_edge_shows_incoming_times_local_once_the_gradient_went_along_it():
    seen = recorded("z = x·(a + b)")
    before = draw(seen, "autograd", Look(2, LIGHT)).edges
    assert {text for text, *_ in before.values()} == {""}
    after = draw(seen, "autograd", Look(5, LIGHT)).edges
    assert after["edge_n2.0"][0] == "4 × 1 = 4"
    assert after["edge_n0.0"][0] == "1 × 5 = 5"


def test_a_broadcast_input_sums_its_products():
    seen = record(write(check("y = (x + b).sum()"), given.parse("x=[1, 2]; b=1")))
    texts = {
        t for t, *_ in draw(seen, "autograd", Look(len(seen.moments) - 1, LIGHT)).edges.values()
    }
    assert "Σ [1, 1] × [1, 1] = 2" in texts


def test_saved_tensors_are_drawn_on_request_with_name_shape_and_value():
    seen = recorded("matrices")
    plain = draw(seen, "autograd", Look(0, LIGHT)).nodes
    saved = draw(seen, "autograd", Look(0, LIGHT, saved=True)).nodes
    rows = [saved[key][0] for key in saved.keys() - plain.keys()]
    assert ["saved self (2×2)", "[1, 2; 3, 4]"] in rows


def test_a_saved_tensor_that_was_changed_in_place_says_so():
    drawn = draw(recorded("an in-place change"), "autograd", Look(0, LIGHT, saved=True))
    assert ["saved result", "changed since"] in [rows for rows, *_ in drawn.nodes.values()]


def test_a_summary_counts_what_is_too_much_to_draw():
    seen = record(write(check("y = x\n" + "y = y * x + 1\n" * 99), given.parse("x=1")))
    assert size(seen, "mathematics") > MOST_DRAWN
    assert summary(seen, "mathematics") == {"×": 99, "+ 1": 99, "input": 1}
    assert summary(seen, "autograd")["MulBackward0"] == 99
