"""Cards and mixed questions: their answers are runs, and what is typed is only compared."""

import ast

import pytest

from groundup.course import review
from groundup.course.path import chapters
from groundup.course.review import agrees, answer, cards, expects, mixed, printed

RECALLED = [*(recall for card in cards() for recall in card.recall), *mixed()]


def test_each_chapter_has_a_card_with_three_sentences_a_picture_and_three_questions():
    assert [card.chapter for card in cards()] == [chapter.number for chapter in chapters()]
    for card in cards():
        assert len(card.sentences) == len(card.recall) == 3
        assert all(said.endswith(".") and len(said.split()) <= 18 for said in card.sentences)
        lines = [
            line for line in card.picture.splitlines() if not line.startswith(("import", "from"))
        ]
        assert len([line for line in lines if line]) <= 6
        assert printed(card).strip()
    assert len(mixed()) == 10
    assert len({recall.id for recall in RECALLED}) == len(RECALLED)


def test_every_right_answer_is_accepted_as_it_is_shown_and_as_people_write_it():
    for recall in RECALLED:
        shown = answer(recall)
        bare = shown.strip("()")
        for typed in (
            shown,
            f"  {shown.upper()} .",
            bare,
            *recall.also,
            *[f"about {bare}"] * is_number(recall),
        ):
            assert agrees(recall, typed), (recall.ask, typed)
        assert expects(recall)
        ast.parse(recall.code)


def is_number(recall):
    return recall.form == "number"


def test_the_answer_of_one_is_the_answer_of_no_other_form():
    """Nobody passes with one answer everywhere."""
    for typed in ("error", "yes", "0", "(1, 1)", "none", "1"):
        assert sum(agrees(recall, typed) for recall in RECALLED) <= 2, typed


@pytest.mark.parametrize(
    ("name", "typed", "agree"),
    [
        ("card-1-1", "4,3", True),
        ("card-1-1", "[4, 3]", True),
        ("card-1-1", "torch.Size([4, 3])", True),
        ("card-1-1", "4 × 3", True),
        ("card-1-1", "4x3", True),
        ("card-1-1", "(3, 4)", False),
        ("card-1-1", "12", False),
        ("card-1-1", "43", False),
        ("card-1-2", "ERROR!", True),
        ("card-1-2", "(27, 3)", False),
        ("card-1-3", "torch.int64", True),
        ("card-2-1", "1.60", True),
        ("card-2-1", "1.61", True),
        ("card-2-1", "1.7", False),
        ("card-2-1", "-1.6", False),
        ("card-2-1", "−1.6", False),
        ("card-2-2", "6.0", True),
        ("card-2-2", "6.01", False),
        ("card-3-2", "No", True),
        ("card-3-2", "false", True),
        ("card-3-2", "yes", False),
        ("card-3-3", "none", True),
        ("card-3-3", "0", False),
        ("card-5-2", "≈ 0.05", True),
        ("card-5-3", "none", True),
        ("card-5-3", "6", False),
        ("card-6-3", "3.7 GiB", True),
        ("card-6-3", "3.73", True),
        ("card-6-3", "4", False),
        ("card-6-3", "3.7 million", False),
        ("mixed-2", "128, 14,336", False),
        ("mixed-10", "Overfitting.", True),
        ("mixed-10", "underfitting", False),
    ],
)
def test_what_is_typed_is_read_with_sense(name, typed, agree):
    (recall,) = (one for one in RECALLED if one.id == name)
    assert agrees(recall, typed) is agree


HOSTILE = (
    "",
    " ",
    "()",
    "." * 60,
    "nan",
    "inf",
    "1e99999",
    "-" * 50,
    "9" * 5_000,
    "(" * 5_000,
    "1," * 5_000,
    "1 " * 29 + "x",
    "__import__('os').system('true')",
    "print(1)",
    "lambda: 6",
    "3 + 3",
    "2*3",
    "{6}",
    "٦",
    "6\x00",
    "\ud800",
    "six\n6",
    "%s%s%n",
    "' OR 1=1 --",
)


def test_nothing_that_is_typed_is_evaluated_or_breaks_anything():
    for recall in RECALLED:
        assert [typed for typed in HOSTILE if agrees(recall, typed)] == []
    assert review.typed.MOST < 100
