"""The first page: its promise, the one next step, the chapters, and the run that plays slowly."""

import re

import pytest

from groundup.course.path import chapters, sections
from groundup.course.progress import Progress, in_words
from groundup.engine import observe
from groundup.ui.course.keeping import CourseState
from groundup.ui.shell import home
from tests.course.test_progress import finished
from tests.pages import floats, said, sent_to, state_of, take_over


@pytest.fixture
def arrive(visit):
    """``arrive(progress)``: the first page of whoever did that."""

    def come(progress=None):
        app = visit("home")
        if progress:
            state_of(app, CourseState).progress = progress
            app.run()
        assert not app.exception
        return app

    return come


def rows(app):
    """The page links of the chapters and of the end: label, page, and what their link holds."""
    protos = [link.proto for link in app.main.get("page_link")]
    return [(p.label, p.page, p.query_string, p.icon) for p in protos if p.label.startswith("**")]


def dots(app):
    return [
        re.sub("<[^>]*>", "", one.proto.body)
        for one in app.main.get("html")
        if "sections done" in one.proto.body
    ]


def test_it_plays_a_run_of_the_loop_slowly_at_first(arrive):
    scene = sent_to(arrive(), "first_player")
    run = observe.run(home.loop().text)
    assert floats(scene["runs"][0]["w"]) == pytest.approx(list(run.columns["w"]))
    assert scene["order"] == {"number": 1, "at": 0, "play": True}
    assert scene["slow"] == {"epochs": 10, "speed": 1}
    # What is said at the end is what the text's own print says.
    told = re.findall(r"y = (\S+)x \+ (\S+)\.", scene["said"]["end"])
    printed = re.findall(r"Learned w: (\S+), b: (\S+)", run.output)
    w, b = map(float, told[0])
    assert [w, b] == pytest.approx(list(map(float, printed[0])), abs=0.006)
    assert abs(w - 2) < 0.1
    assert abs(b - 1) < 0.1
    assert f"After {scene['epochs']} passes" in scene["said"]["end"]


def test_whoever_comes_first_is_shown_one_next_step_and_the_whole_path(arrive):
    app = arrive()
    total = in_words(sum(one.minutes for one in sections()))
    assert f"In about {total}" in said(app)
    assert f"{len(sections())} sections, about {total}" in said(app)
    primary = [b for b in app.main.button if b.proto.type == "primary"]
    assert [b.label for b in primary] == ["Start with one tensor"]
    found = rows(app)
    assert [label for label, *_ in found[:-1]] == [f"**{c.number} {c.name}**" for c in chapters()]
    assert found[-1][1] == "finish"
    for chapter, (_, page, query, icon) in zip(chapters(), found, strict=False):
        assert page == chapter.sections[0].page
        assert f"section={chapter.sections[0].id}" in query
        assert "unchecked" in icon
    assert set("".join(dots(app))) == {"○"}
    assert set(home.ABOUT) == {chapter.number for chapter in chapters()}
    for chapter in chapters():
        assert f"{sum(one.minutes for one in chapter.sections)} min" in said(app, "caption")
    primary[0].click().run()
    assert not app.exception
    assert app.segmented_control(key="look_at").value == "Make one"


def test_who_comes_back_goes_on_where_they_stopped(arrive):
    app = arrive(finished(*sections()[:5]))
    done = chapters()[0].sections
    following = sections()[5]
    assert following.chapter == 2
    assert app.main.button(key="begin").label == f"Continue: {following.name}"
    assert f"5 of {len(sections())} sections done" in said(app, "caption")
    assert dots(app)[:2] == ["●" * len(done), "●○○○"]
    first, second, third, *_ = rows(app)
    assert "check_circle" in first[3]
    assert "radio_button_checked" in second[3]
    assert f"section={following.id}" in second[2]
    assert "unchecked" in third[3]
    app.main.button(key="begin").click().run()
    assert app.query_params["autograd"] == following.settings["autograd"]


def test_whoever_has_done_it_all_is_led_to_the_end(arrive):
    app = arrive(finished(*sections()))
    assert app.main.button(key="begin").label == "What you can now do"
    assert dots(app) == ["●" * len(chapter.sections) for chapter in chapters()]
    app.main.button(key="begin").click().run()
    assert not app.exception
    assert app.title[0].value == "What you can now do"


def test_a_browser_that_keeps_nothing_is_told_so(arrive):
    app = arrive()
    assert "keeps nothing" not in said(app, "caption")
    take_over(app, CourseState(Progress(), None, is_kept=False))
    assert "keeps nothing" in said(app.run(), "caption")
