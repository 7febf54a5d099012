"""A plan that is given: its moments open whole, and nothing of the learner's own is touched."""

import re
from urllib.parse import parse_qs

from groundup.classroom.asked import Asked
from groundup.classroom.learning import look
from groundup.classroom.store import shared
from groundup.classroom.teaching import ask, close_room, reveal
from groundup.course import path, plans
from groundup.course.answers import answered, right
from groundup.course.plans import plan, text
from groundup.ui.classroom.state import RoomState
from groundup.ui.controls.declaration import as_text
from groundup.ui.course import collecting
from groundup.ui.course.keeping import CourseState
from groundup.ui.course.opening import link_to
from groundup.ui.course.place import PlaceState
from groundup.ui.course.showing import ShowingState
from tests.hosting.hostile import FORMS, opened
from tests.pages import plain_links, said, sent_to, state_of


def html_of(app):
    return "\n".join(element.proto.body for element in app.get("html"))


def linked(app, label):
    links = [*(element.proto for element in app.get("page_link")), *plain_links(app)]
    return next(link for link in links if link.label == label)


def follow(app, label):
    link = linked(app, label)
    app.query_params.clear()
    app.query_params.update(parse_qs(link.query_string))
    return app.switch_page(f"app_pages/{link.page or 'home'}.py").run()


def given(name, at, page):
    return opened(page, {"plan": name, "plan_moment": str(at)})


def test_a_plan_is_walked_from_its_first_moment_to_its_last_and_back():
    for one in plans.plans():
        app = follow(opened("teach", {}), "Teach")
        start = [e.proto for e in app.get("page_link") if e.proto.label == "Start"]
        link = start[plans.plans().index(one)]
        app.query_params.clear()
        app.query_params.update(parse_qs(link.query_string))
        app.switch_page(f"app_pages/{link.page or 'home'}.py").run()
        for at, moment in enumerate(one.moments, 1):
            assert not app.exception
            assert not app.warning
            shown = html_of(app)
            assert f"Moment {at} of {len(one.moments)}" in shown
            asked = moment.asked.ask if moment.asked else moment.ask
            assert asked in re.sub("</?code>|</?b>", "", shown).replace("&lt;", "<")
            for key, raw in moment.place.settings.items() if moment.place else ():
                if key in app.session_state:
                    assert as_text(app.session_state[key]) == raw, (one.id, at, key)
            if at < len(one.moments):
                app = follow(app, "Next")
        assert linked(app, "Next").disabled
        assert f"Moment {len(one.moments) - 1} of" in html_of(follow(app, "Back"))


def test_what_is_answered_in_a_plan_is_forgotten_and_the_learners_own_stays():
    app = opened("requires_grad", {"section": "2.1"})
    first = plan("backward").moments[0].asked
    wrong = next(one for one in first.choices if one != right(first))
    app.button(key=f"choice_{first.choices.index(wrong) + 1}").click().run()
    before = state_of(app, CourseState).progress
    assert before.answers == {first.id: wrong}
    at = state_of(app, PlaceState).last
    # In the plan the same question is asked anew, and the class is right.
    app.query_params.clear()
    app.query_params.update({"plan": "backward", "plan_moment": "1"})
    app.run()
    app.button(key=f"choice_{first.choices.index(right(first)) + 1}").click().run()
    assert "✓ Right." in html_of(app)
    assert linked(app, "Next: 2.3 The switch ›")
    app = follow(follow(app, "Next"), "Next")
    assert state_of(app, CourseState).progress == before
    assert state_of(app, PlaceState).last == at
    app = follow(app, "Leave")
    assert "Moment" not in html_of(app)
    assert state_of(app, ShowingState).given.answers == {}
    assert state_of(app, CourseState).progress == before


def test_the_notes_say_what_to_ask_to_say_and_to_expect():
    one = plan("backward")
    app = given("backward", 2, "requires_grad").button(key="plan_notes").click().run()
    page = opened("teach", {"notes": "backward", "plan_moment": "2"})
    for shown in (app, page):
        notes = html_of(shown)
        assert one.moments[1].say in notes
        assert one.moments[1].why in notes
        assert "55 % expected" in notes
        assert f"The run says <b>{right(one.moments[1].asked)}</b>" in notes
        assert "minutes 4 to 8" in notes
        assert "Vote again" not in notes
        clock = sent_to(shown, "clock")
        assert clock == {"plan": "backward", "at": 2, "minutes": [m.minutes for m in one.moments]}
    following = html_of(follow(page, "Next"))
    assert "3 of 8" in following
    assert "then vote once more: 2 of the 5 minutes" in following


def test_a_link_that_names_no_plan_or_moment_is_answered():
    for form in FORMS[::7]:
        for link in (
            {"plan": form},
            {"plan": "backward", "plan_moment": form},
            {"plan_moment": form},
        ):
            app = opened("words", link)
            assert not app.exception
            assert "was not used" in said(app, "warning"), link
    for link in ({"notes": "zebra"}, {"notes": "own"}, {"notes": "backward", "plan_moment": "9"}):
        app = opened("teach", link)
        assert "was not used" in said(app, "warning"), link
        assert app.title[0].value == "Teach"
    app = opened("tensors", {"plan": "own"})
    assert "bring its file on the page Teach" in said(app, "warning")


def test_moments_are_collected_saved_brought_back_and_given():
    app = opened("teach", {}).button(key="collecting").click().run()
    app.query_params.update(link_to(path.section("2.2")))
    app.switch_page("app_pages/requires_grad.py").run()
    app.session_state["rate"] = 0.9
    app.run()
    app.query_params["rate"] = "0.9"  # as the browser has it now
    app.button(key="dock_skip").click().run()
    app.button(key="collect").click().run()
    own = state_of(app, ShowingState).own
    (moment,) = own.moments
    assert (moment.section, moment.question, moment.minutes) == ("2.2", "2.2-2", 5)
    assert moment.settings == {"rate": "0.9"}
    assert collecting.brought(text(own).encode()) == own
    app = follow(app, "Teach")
    app.query_params.update({"plan": "own"})
    app.switch_page("app_pages/requires_grad.py").run()
    assert "Moment 1 of 1" in html_of(app)
    assert app.session_state["rate"] == 0.9
    app = follow(app, "The plans ›").button(key="own_shorter").click().run()
    assert state_of(app, ShowingState).own is None


def test_before_a_projector_each_question_comes_before_the_page_that_answers_it():
    one = plan("tensor-to-ffn")
    app = follow(opened("teach", {}), "Present")
    assert "Moment 1 of 18" in html_of(app)
    # What is asked aloud stands in the strip: the foot is not shown there.
    assert one.moments[0].ask in html_of(app)
    app = follow(app, "Next")
    assert app.session_state["present"] == "on"
    shown = html_of(app)
    assert "Moment 2 of 18" in shown
    assert "Vote by hand" in shown
    assert "1 A, 2 B, 3 C" in shown
    asked = one.moments[1].asked
    assert asked.wrong["(2, 4)"] not in shown
    app.button(key="room_again_ask").click().run()
    assert "Once more, after talking" in html_of(app)
    app.button(key="room_reveal").click().run()
    shown = html_of(app)
    assert f'<li class="right"><b role="img" aria-label="right">✓</b><span>{right(asked)}' in shown
    assert answered(asked).refused in shown
    # The class has guessed: the page does not ask for a guess again, and a later one does.
    app = follow(app, "Next")
    assert "Type your guess" not in said(app, "info")
    assert "Which shape comes out?" not in [box.label for box in app.text_input]
    app.query_params.clear()
    app.query_params.update({"plan": one.id, "plan_moment": "3"})
    app.run()
    assert "Type your guess" in said(app, "info")
    # Back from a page is its own vote, and what was revealed there stays.
    app = follow(follow(app, "Back"), "Back")
    assert "Moment 2 of 18" in html_of(app)
    assert "Type your guess" not in said(app, "info")
    app = follow(app, "Back")
    assert app.button(key="room_ask_moment").label == "Ask it once more"
    app.button(key="room_ask_moment").click().run()
    assert "Vote by hand" in html_of(app)


def test_a_plan_opens_the_vote_of_each_moment_in_the_room():
    app = opened("room", {})
    app.button(key="room_open").click().run()
    key = state_of(app, RoomState).key
    app = follow(app, "Teach")
    app = follow(follow(app, "Start"), "Next")
    try:
        asked = plan("tensor-to-ffn").moments[1].question
        assert look(shared(), key.code).asked == ("course", asked)
        assert ask(shared(), key, Asked("course", "1.1-1"))
        # A run of the same page puts nothing in the place of what the room is asked since.
        app.run()
        assert look(shared(), key.code).asked.text == "1.1-1"
        app.button(key="room_ask_moment").click().run()
        assert reveal(shared(), key)
        app.run()
        assert "first answer, 0" in html_of(app)
        assert "Type your guess" not in said(follow(app, "Next"), "info")
        # The section's own link to the room leads to the vote of the plan.
        assert "plan=tensor-to-ffn" in linked(app, "Ask the room").query_string
    finally:
        close_room(shared(), key)


def test_keys_of_one_letter_can_be_switched_off_in_a_vote():
    for switch, keys in (("true", ("n", "a")), ("false", ("", ""))):
        link = {"plan": "tensor-to-ffn", "plan_moment": "2", "letter_keys": switch}
        app = opened("room", link)
        found = [app.button(key=key).proto.shortcut for key in ("plan_notes", "room_reveal")]
        assert tuple(found) == keys
