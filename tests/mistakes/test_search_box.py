"""The search box on the page: what it offers, and where its links really lead."""

from urllib.parse import parse_qsl

import pytest

from groundup.mistakes import gallery
from groundup.mistakes.pasted import EACH_END
from groundup.ui.mistakes.search_box import KEY
from groundup.ui.settings import requires_grad as settings
from tests.mistakes.field import SEEN
from tests.pages import codes, outputs, said, shown_code

ELSEWHERE = [seen for seen in SEEN if seen.page]


@pytest.fixture(name="search")
def _search(visit):
    app = visit("requires_grad", autograd=settings.MISTAKES)

    def search_for(text):
        app.text_area(key=KEY).set_value(text).run()
        assert not app.exception
        return app

    return search_for


def links(app):
    """The page's own links, as (page, settings), in order; those around it lead along the path."""
    protos = [element.proto for element in app.main.get("page_link")]
    every = [(p.page, dict(parse_qsl(p.query_string))) for p in protos]
    return [(page, settings) for page, settings in every if "section" not in settings]


def test_a_pasted_message_offers_its_mistake_and_opens_it(search):
    message = gallery.happened("optimizer_of_result").message
    app = search(f"ValueError: {message}")
    app.button(key="found_optimizer_of_result").click().run()
    assert shown_code(app) == gallery.mistake("optimizer_of_result").lesson.text


def test_a_mistake_of_the_other_gallery_is_a_link_that_opens_it(search, visit):
    app = search("AttributeError: cannot assign module before Module.__init__() call")
    ((page, link),) = links(app)
    there = visit(page, **link)
    assert shown_code(there) == gallery.mistake("super_forgotten").lesson.text


@pytest.mark.parametrize("seen", ELSEWHERE, ids=lambda seen: seen.message[:50])
def test_a_link_opens_the_right_page_with_the_sizes_filled_in(search, visit, seen):
    app = search(seen.message)
    matching = [
        link for page, link in links(app) if page == seen.page and seen.link.items() <= link.items()
    ]
    there = visit(seen.page, **matching[0])
    assert not there.exception
    assert not any("was not used" in warning.value for warning in there.warning)
    shown = [*codes(there), said(there), *outputs(there), *(e.value for e in there.error)]
    assert seen.shows in "\n".join(shown)
    for key, value in matching[0].items():
        assert value in {str(there.session_state[key]), str(there.session_state[key]).lower()}


def test_what_the_link_does_not_know_is_said(search):
    app = search(
        "The size of tensor a (7) must match the size of tensor b (9) at non-singleton dimension 2"
    )
    assert "the others are 1 here" in said(app)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "AttributeError: 'dict' object has no attribute 'cuda'",
            "not about tensors: an object of type dict",
        ),
        ("RuntimeError: frob(): wants [3, 4]", "it arose in `frob`, it names the shapes `(3, 4)`"),
        ("RuntimeError: nothing known", "No page was found for this message."),
        ("pancakes", "Nothing here is like that"),
        ("∂" * 5000, "Nothing here is like that"),
        ("<b>", "Nothing here is like that"),
        ("x" * 100_000, "Nothing here is like that"),
    ],
)
def test_what_leads_nowhere_is_answered(search, text, sentence):
    app = search(text)
    assert sentence in said(app)
    assert links(app) == []


def test_a_text_of_any_length_is_answered_and_only_what_is_read_of_it_is_kept(search):
    app = search(
        "x y\n" * 200_000 + "RuntimeError: grad can be implicitly created only for scalar outputs"
    )
    assert app.button(key="found_backward_on_vector")
    assert len(app.session_state[KEY]) <= 2 * EACH_END + 3


def test_an_old_link_to_a_mistake_that_moved_leads_to_it(visit):
    app = visit("requires_grad", autograd=settings.MISTAKES, mistake="Layers in a Python list")
    assert not app.exception
    assert shown_code(app) == gallery.mistake("layers_in_a_list").lesson.text
