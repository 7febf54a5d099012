"""The path: its sections open pages as they are, and no part of a page is left out."""

import re
from itertools import chain
from pathlib import Path

import pytest

from groundup.course.__main__ import written
from groundup.course.path import after, chapters, section, sections
from groundup.modules.network import presets
from groundup.ui.settings import OF_PAGE, SECTIONS, shared

ROOT = Path(__file__).parents[2]
PARTS = SECTIONS | {"about", "bridge", "view", "slope_by"}
"""The controls that choose which part of a page is seen."""
DEEPER = [deeper for chapter in chapters() for deeper in chapter.deeper]
OPENED = [*sections(), *DEEPER]
ASKED = [question for one in sections() for question in one.questions]


def controls(page):
    return {one.key: one for one in (*OF_PAGE.get(page, ()), *shared.CONTROLS)}


def test_there_are_25_sections_in_six_chapters_in_the_order_of_their_ids():
    ids = [one.id for one in sections()]
    assert len(ids) == 25
    assert ids == sorted(set(ids))
    assert [chapter.number for chapter in chapters()] == [1, 2, 3, 4, 5, 6]
    assert all(one.chapter == chapter.number for chapter in chapters() for one in chapter.sections)
    assert [after(one) for one in sections()] == [*sections()[1:], None]
    assert section("2.1") is sections()[4]
    assert section("9.9") is None


def test_a_section_opens_a_page_that_exists_with_settings_that_it_allows():
    for one in OPENED:
        opens(one)


def opens(one):
    assert (ROOT / "app_pages" / f"{one.page}.py").is_file()
    asked = chain(
        one.settings.items(), *(q.settings.items() for q in getattr(one, "questions", ()))
    )
    wrong = {key: raw for key, raw in asked if controls(one.page)[key].refusal(raw)}
    assert wrong == {}


def test_every_part_of_every_page_is_on_the_path_or_deepens_a_section():
    opened = {(one.page, *pair) for one in OPENED for pair in one.settings.items()}
    there = {
        (page, control.key, option)
        for page, declared in OF_PAGE.items()
        for control in declared
        if control.key in PARTS
        for option in control.options
        if control.key != "view" or option != control.default
    }
    assert there - opened == set()


def test_what_is_deeper_stands_with_the_section_it_deepens_and_is_named_once():
    for chapter in chapters():
        assert {d.deepens for d in chapter.deeper} <= {one.id for one in chapter.sections}
    assert len({one.name for one in OPENED}) == len(OPENED)
    assert max(len(one.name) for one in OPENED) <= 28  # a line of the sidebar


def test_every_word_is_introduced_once():
    words = [word for one in sections() for word in one.words]
    assert len(words) == len(set(words))


def test_what_is_to_be_pressed_stands_on_the_pages():
    """Each **name** in what to do is a label, an option or a text of the app."""
    files = (ROOT / "groundup" / "ui").rglob("*")
    texts = "".join(f.read_text("utf-8") for f in files if f.suffix in {".py", ".html", ".js"})
    for one in sections():
        declared = controls(one.page).values()
        labels = {text for c in declared for text in (c.label, *c.options)}
        labels |= {name for c in declared for name in getattr(c, "names", {}).values()}
        labels |= {preset.title for preset in presets()}
        for name in re.findall(r"\*\*(.+?)\*\*", one.do):
            plain = re.search(rf"""["'`>\s]{re.escape(name)}["'`<:]""", texts)
            assert name in labels or plain, f"{one.id}: {name}"


@pytest.mark.parametrize("one", sections(), ids=lambda one: one.id)
def test_a_section_says_why_what_to_do_and_what_to_keep_in_short_sentences(one):
    assert max(len(one.why), len(one.do.replace("**", ""))) <= 125  # two lines of the bar
    for said in (one.why, one.do, one.so):
        assert said.endswith((".", "?", "”"))
        sentences = re.split(r"(?<=[.?!:])\s", said.replace("**", ""))
        assert max(len(sentence.split()) for sentence in sentences) <= 25
    assert len(one.questions) >= 2
    for question in one.questions:
        assert question.ask.endswith(("?", "…"))
        assert 2 <= len(question.choices) <= 4


def test_the_path_says_what_the_article_says():
    """Who learns here must meet each of these thoughts, in the section where it belongs."""
    thoughts = {
        "1.1": "NumPy",
        "1.2": "errors are about shapes",
        "1.4": "must be a float",
        "2.2": "[Aa]gainst the slope",
        "3.2": "to blame",
        "4.1": "random numbers, so its first guess is terrible. That is the point",
        "4.2": "against the gradient",
        "5.1": "three lines",
        "5.4": "good first choice",
        "6.1": "tokens look at each other. Then the feed-forward network",
        "6.3": "You now understand the engine",
    }
    for name, thought in thoughts.items():
        one = section(name)
        assert re.search(thought, f"{one.why} {one.do} {one.so}"), name


def test_the_article_is_named_wherever_it_is_quoted():
    """A quotation is one of four words or more; shorter ones are no one's."""
    for one in sections():
        for said in (one.why, one.do, one.so):
            long = [q for q in re.findall("“(.+?)”", said) if len(q.split()) >= 4]
            assert not long or "article" in said


def test_the_table_of_the_path_in_the_documents_is_that_of_the_path():
    """``python -m groundup.course`` writes it."""
    assert (ROOT / "docs" / "PATH.md").read_text("utf-8") == written()
