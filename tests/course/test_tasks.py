"""Each task, by what is submitted: what is right, foreseen, empty, or fits the example alone."""

from dataclasses import replace

import pytest

from groundup.course.path import sections
from groundup.course.tasks import GAP, check_text, task, tasks


def test_every_section_of_the_path_has_tasks_in_the_order_of_the_path():
    order = [one.section for one in tasks()]
    assert list(dict.fromkeys(order)) == [section.id for section in sections()]
    assert order == sorted(order)
    assert len(tasks()) >= 40
    assert len({one.id for one in tasks()}) == len(tasks())


def test_a_task_has_hints_foreseen_mistakes_and_words_for_its_check():
    for one in tasks():
        assert 2 <= len(one.hints) <= 4, one.id
        assert len(one.foreseen) >= 2, one.id
        assert all([one.goal, one.solution, one.checked_with]), one.id
        assert len({mistake.said for mistake in one.foreseen}) == len(one.foreseen), one.id


def test_no_task_is_told_with_a_word_that_the_path_introduces_later():
    """Tried with the calls that have a section of their own, on all that a learner is told."""
    later = {"optim": "5.1", "nn.": "4.1", "backward": "2.3", "no_grad": "3.3", "grad": "2.3"}
    for one in tasks():
        said = " ".join([one.goal, *one.hints, one.checked_with, one.solution])
        said += " ".join([one.given, one.text, *(m.said for m in (*one.foreseen, *one.ways))])
        for word, section in later.items():
            assert word not in said or one.section >= section, (one.id, word)


WRITTEN = [one for one in tasks() if one.kind != "goal"]


@pytest.fixture(params=WRITTEN, ids=lambda one: one.id)
def one(request):
    return request.param


def test_every_solution_is_right(one):
    for written in (one.solution, *one.others):
        verdict = check_text(one, one.filled(written))
        assert verdict.state == "right", (written, verdict)


def test_every_foreseen_mistake_gets_its_own_sentence(one):
    for mistake in one.foreseen:
        verdict = check_text(one, one.filled(mistake.text))
        assert (verdict.state, verdict.sentence) == ("not yet", mistake.said), mistake.text


def test_what_fits_the_example_alone_is_not_right(one):
    assert one.cheats
    for written in one.cheats:
        verdict = check_text(one, one.filled(written))
        assert verdict.state in {"not yet", "nearly"}, (written, verdict)
        assert verdict.sentence


ELSEWHERE = [(one, way) for one in WRITTEN for way in one.ways]


@pytest.mark.parametrize(
    ("one", "way"), ELSEWHERE, ids=lambda it: getattr(it, "id", "") or it.said[:20]
)
def test_a_right_result_in_another_way_than_is_asked_for_is_told_so(one, way):
    """Its rule is what refuses it: without that way the same text is right."""
    verdict = check_text(one, way.text)
    assert (verdict.state, verdict.sentence) == ("nearly", way.said)
    others = tuple(other for other in one.ways if other is not way)
    assert check_text(replace(one, ways=others), way.text).state == "right"


def test_a_name_alone_is_no_call():
    by_hand = "grad = 2 * (w * x - y) * x  # not by backward()\nfor_ever = 1\ng = grad"
    assert check_text(task("chain-by-hand"), by_hand).state == "right"
    named = 'u = t + r[:, None]\nsaid = "for nn: backward()"'
    assert check_text(task("row-bonus"), named).state == "right"
    again = "i = 0\nu = t.clone()\nwhile i < len(r):\n    u[i] += r[i]\n    i += 1"
    assert check_text(task("row-bonus"), again).sentence == task("row-bonus").ways[0].said


def test_what_stands_there_at_first_is_missing_or_a_foreseen_mistake(one):
    verdict = check_text(one, one.start)
    if GAP in one.start or not one.start.strip("# …\n"):
        assert verdict.state == "missing"
    assert verdict.state != "right"
    assert check_text(one, "").state == "missing"


HOSTILE = {
    "while True:\n    pass": "It was stopped: it had executed",
    "for n in range(10**9):\n    print('flood' * 100)": "It was stopped: it had printed",
    "t = torch.zeros(10**9, 10**5)": "It was stopped: line 1 needs",
    "def f():\n    return f()\nt = f()": "It was stopped: line 2 calls functions",
    "import os": "Line 1: no file",
    "exit()": "Line 1: a text runs to its end",
    "t = torch.zeros(2, 3)\nt.data = 5": "Python stopped in line 2.",
    "t = torch.zeros(rows, columns); '''": "Line 1: this is not Python",
    "t = torch.zeros(rows, columns)\nx = \\": "Line 2: this is not Python",
    "rows, columns = 2, 3\nt = torch.zeros(2, 3)": "Right for the inputs shown; not with",
    "class T:\n    def __eq__(self, o):\n        return True\nt = T()": "`t` is of type T",
    "t = " + "(" * 60: "Line 1: brackets may nest",
    "t = 1 #" + "x" * 30_000: "300 lines and 8,000 characters",
    "t = 1\n" * 400: "300 lines and 8,000 characters",
    "raise ValueError('x' * 5000)": "Python stopped in line 1.",
    "t = torch.zeros(10, device='meta')": "`t` is a tensor whose values",
    (
        "def f(x):\n    global t\n    t = x\n    return x\n"
        "y = torch.func.vmap(f)(torch.zeros(2, 3))"
    ): "`t` is a tensor whose values",
}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_stopped_and_told(text):
    verdict = check_text(task("zeros-table"), text)
    assert verdict.state in {"not yet", "nearly"}
    assert verdict.sentence.startswith(HOSTILE[text]), verdict


def test_a_difference_is_told_with_its_inputs_and_a_program_that_shows_it():
    verdict = check_text(task("zeros-table"), "t = torch.zeros(2, 3)")
    assert verdict.state == "nearly"
    assert verdict.case in verdict.program
    assert verdict.program.split("\n")[verdict.first_line - 1].startswith("t = torch")
    assert verdict.got != verdict.right
    assert verdict.name == "t"
    # What a function of the class gives is no variable's.
    assert check_text(task("own-linear"), task("own-linear").foreseen[0].text).name == ""


ODD = (
    *("\0", "t = \ud800", "\x0c", "t = '\\N{BULLET}", "-" * 5_000 + "1", "\t\tt = 1\n  u = 2"),
    *("t = “torch”", "In [1]: t = 1", ">>> >>> t = 1", "t = 1\n\u2028u", "def t(:", "t: int"),
    *("```", "ﬁ = t"),
)


@pytest.mark.parametrize("name", ["zeros-table", "order", "own-sgd", "last-block", "update-leaf"])
def test_whatever_is_typed_has_a_verdict(name):
    for text in (*ODD, *HOSTILE):
        verdict = check_text(task(name), text)
        assert verdict.state in {"missing", "not yet", "nearly"}, text
        assert verdict.sentence, text
        assert len(verdict.words) <= 300


def test_names_that_the_check_looks_at_cannot_be_bound_anew():
    one = task("update-leaf")
    new = "w = (w - rate * w.grad).detach().requires_grad_()"
    assert "another tensor" in check_text(one, new).sentence
    for text in (
        f"same = {new}",
        f"{new}\ndef same():\n    pass",
        f"{new}\nfor same in [w]:\n    pass",
    ):
        assert check_text(one, text).sentence == "`same` is given: leave it as it is."


def test_what_uses_a_class_is_not_seen_by_it_and_changes_nothing_of_the_next_run():
    one = task("model-class")
    forged = """\
y_hat = again = torch.tensor([[8.0, 27.5], [8.0, 38.0]])
shapes = [(2,), (2, 3)]
class LinearRegressionModel(nn.Module):
    def __init__(self, i, o):
        super().__init__()

    def forward(self, x):
        return y_hat
"""
    assert check_text(one, forged).state in {"not yet", "nearly"}
    assert check_text(one, one.whole_solution).state == "right"


SAME = {
    "zeros-table": ("torch.zeros((columns, rows))", 0),
    "column": ("v.unsqueeze(0)", 0),
    "walk": ("w + slope(w) * rate", 0),
    "missing-line": ("loss = loss + 0", 0),
    "mse": ("torch.sum(torch.square(y - y_hat))", 1),
    "accuracy": ("1 - (scores.argmax(dim=1) == y).float().mean()", 3),
}


@pytest.mark.parametrize("name", SAME)
def test_a_mistake_is_known_by_what_it_does_however_it_is_written(name):
    one, (written, number) = task(name), SAME[name]
    assert check_text(one, one.filled(written)).sentence == one.foreseen[number].said


def test_right_numbers_in_another_form_are_nearly_right():
    for name, written in (
        ("zeros-table", "torch.zeros(rows, columns, dtype=torch.float64)"),
        ("column", "v.reshape(-1, 1, 1)"),
        ("mse", "((y_hat - y) ** 2).mean().item()"),
    ):
        assert check_text(task(name), task(name).filled(written)).state == "nearly"
