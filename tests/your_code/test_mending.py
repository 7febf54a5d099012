"""What a refusal offers is written at its place, and nowhere else."""

from groundup.language.own_code import Refusal
from groundup.your_code.mending import all_offer, mended, passage


def place(line, column, end_line, end_column, new):
    return Refusal(line, column, end_line, end_column, "", new)


def test_every_place_is_changed_however_long_the_new_passages_are():
    text = "y = np.exp(x)^2 + np.abs(x)\nz = 1"
    found = [
        place(1, 5, 1, 11, "torch.exp"),
        place(1, 14, 1, 15, "**"),
        place(1, 19, 1, 25, "torch.abs"),
        place(2, 5, 2, 6, None),
    ]
    assert mended(text, found) == "y = torch.exp(x)**2 + torch.abs(x)\nz = 1"
    assert [passage(text, one) for one in found] == ["np.exp", "^", "np.abs", "1"]
    assert not all_offer(found)
    assert all_offer(found[:3])


def test_a_place_may_span_lines_and_be_taken_out():
    text = "a\nb = f(\n  1)\nc"
    assert mended(text, [place(2, 5, 3, 5, "2\nd = 3")]) == "a\nb = 2\nd = 3\nc"
    assert mended(text, [place(2, 1, 3, 5, "")]) == "a\n\nc"
    assert passage(text, place(2, 5, 3, 5, "2")) == "f("


def test_of_places_that_overlap_one_is_changed():
    found = [place(1, 1, 1, 6, "x ** 2"), place(1, 3, 1, 4, "**")]
    assert mended("x ^ 2", found) in {"x ** 2", "x ** 2 "}


def test_a_place_that_the_text_does_not_have_has_no_passage():
    assert passage("x", place(9, 1, 9, 2, None)) == ""
