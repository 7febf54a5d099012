"""Every answer of the path is read from a run, and what is said of the wrong ones is true."""

import threading
from collections import Counter

import pytest
import torch

from groundup.course import answers
from groundup.course.answers import program, read_by, right
from groundup.course.path import Question, sections
from groundup.course.same import same, written
from groundup.engine.observe import Run, run
from groundup.scale.catalogue import published
from groundup.training.stability import Ruler
from groundup.training.surface import LossSurface
from tests.course import clear_cut

ASKED = [question for one in sections() for question in one.questions]


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    """As the app has it: small programs are faster so, on a busy machine by far."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def asked(text, *choices, **more):
    return Question("x", "?", choices or ("yes", "no"), text, **more)


def question(name):
    return next(one for one in ASKED if one.id == name)


@pytest.mark.parametrize("one", sections(), ids=lambda one: one.id)
def test_the_run_gives_one_of_the_choices_and_each_other_one_has_its_sentence(one):
    for asked in one.questions:
        assert len(set(asked.choices)) == len(asked.choices)
        assert set(asked.wrong) == set(asked.choices) - {right(asked)}
        for said in asked.wrong.values():
            assert said.endswith(".")
            assert len(said.split()) <= 30


@pytest.mark.parametrize("one", sections(), ids=lambda one: one.id)
def test_the_text_that_is_shown_gives_the_answer_by_itself(one):
    """Plain Python, in a fresh namespace: nothing but the text has a say."""
    for asked in one.questions:
        if asked.read or asked.lesson == "network":
            continue  # read by a rule; and as long a run as all others together
        assert same(right(asked), by_itself(program(asked)))


def by_itself(text):
    names = {"__name__": "shown", "print": lambda *_: None}
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(4)
        try:
            exec(compile(text, "shown", "exec"), names)
        except (RuntimeError, AttributeError):
            return "error"
    return written(names["answer"])


def test_a_program_can_be_read():
    """One statement a line, no line too long for the panel, and a blank line after the imports."""
    for one in ASKED:
        lines = one.code.splitlines()
        assert all(len(line) <= 88 and ";" not in line for line in lines), one.id
        assert one.lesson or "answer = " in lines[-1] or "answer = " in "".join(lines[-8:]), one.id
        assert bool(one.code) or one.read, one.id
    assert {one.id for one in ASKED if read_by(one)} == {one.id for one in ASKED if one.read}


def test_the_right_choice_stands_at_every_place_about_as_often_as_the_others():
    for count in (2, 3):
        there = [q for q in ASKED if len(q.choices) == count]
        places = Counter(q.choices.index(right(q)) for q in there)
        assert min(places.values()) >= 0.5 * len(there) / count
        assert len(places) == count


def test_answers_take_no_part_in_anybody_elses_random_numbers():
    torch.manual_seed(7)
    before = torch.get_rng_state()
    answers.answered(asked("import torch\ntorch.manual_seed(1)\nanswer = torch.rand(1) < 2"))
    assert torch.equal(before, torch.get_rng_state())


def test_a_class_that_asks_at_once_waits_for_one_run(monkeypatch):
    made, found = [], []

    def counted(*given, **named):
        made.append(given)
        return Run(*given, **named)

    monkeypatch.setattr(answers, "Run", counted)
    one = asked("total = 0\nfor n in range(20_000):\n    total += n\nanswer = total > 0")
    class_of = [threading.Thread(target=lambda: found.append(right(one))) for _ in range(8)]
    for learner in class_of:
        learner.start()
    for learner in class_of:
        learner.join()
    assert found == ["yes"] * 8
    assert len(made) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("answer = nobody", "does not reach its end"),
        ("import torch\nanswer = torch.ones(2)", "gives '1 1'"),
        ("answer = 'perhaps'", "gives 'perhaps'"),
    ],
)
def test_a_program_that_gives_no_choice_is_refused(text, said):
    with pytest.raises(ValueError, match=said):
        right(asked(text))


def test_errors_and_warnings_of_pytorch_are_answers():
    told = asked("import torch\ntorch.ones(2) @ torch.ones(3)\nanswer = 'works'", "error", "works")
    assert right(told) == "error"
    text = "import warnings\nwarnings.warn('careful')\nanswer = 'works'"
    assert right(asked(text, "a warning", "works")) == "a warning"
    assert right(asked(text, "error", "works")) == "works"


@pytest.mark.parametrize(
    ("value", "choice", "agree"),
    [
        (torch.Size([2, 3]), "(2, 3)", True),
        (torch.Size([3]), "(3,)", True),
        (torch.Size([]), "()", True),
        (torch.int64, "int64", True),
        (None, "None", True),
        (True, "yes", True),
        (torch.tensor(-0.3), "−0.3", True),
        (torch.tensor(0.3), "−0.3", False),
        (1.2000000477, "1.2", True),
        (1.21, "1.2", False),
        (16777216, "16,777,216", True),
        (16777217, "16777216", False),
        (torch.tensor([1, 2]), "1 2", True),
        (5.9999999, "6", True),
        (float("nan"), "6", False),
        (1e300, "6", False),
    ],
)
def test_numbers_are_compared_with_sense(value, choice, agree):
    assert same(choice, written(value)) is agree


def test_of_two_near_choices_the_nearer_one_is_right():
    assert right(asked("answer = 3.0", "3.001", "3")) == "3"
    assert right(asked("answer = 3.0009", "3.001", "3")) == "3.001"


# What the sentences say


def test_what_is_said_of_dtypes():
    near_three = torch.tensor([3.0, 3.02], dtype=torch.bfloat16).tolist()
    assert near_three[1] - near_three[0] == pytest.approx(0.0156, abs=1e-4)
    assert torch.tensor(16777216.0).nextafter(torch.tensor(2e7)).item() == 16777218
    assert pytest.approx(9.006, abs=1e-4) == 3.001**2
    # What 1.4 lets the learner find: a nudge between these two.
    assert torch.tensor(3000.0) + 1e-4 == 3000
    assert torch.tensor(3000.0) + 2e-4 > 3000


def test_what_is_said_of_learning_rates_holds_for_the_lesson():
    done = run(program(question("4.3-1")))
    x, y = (done.variables[name].flatten().tolist() for name in ("X", "y_true"))
    ruler = Ruler.of(LossSurface.of(x, y), 100)
    assert ruler.limit < 0.9
    assert ruler.turning > 0.1
    assert ruler.crawl > 0.01


def test_batches_of_four_are_ahead_after_one_epoch_with_any_seed():
    text = program(question("4.5-2"))
    for seed in range(10):
        done = run(text.replace("seed = 0", f"seed = {seed}"))
        assert done.variables["answer"] == "4 in each step"


def test_adam_arrives_with_a_rate_of_a_tenth_and_not_of_a_hundredth():
    text = program(question("5.4-2"))
    for seed in range(5):
        seeded = text.replace("manual_seed(0)", f"manual_seed({seed})")
        assert run(seeded).variables["answer"] is False
        assert run(seeded.replace("lr=0.01", "lr=0.1")).variables["answer"] is True


def test_a_straight_cut_gets_about_70_percent_of_the_corners_at_best():
    done = run(program(question("5.6-1")).replace("epochs = 200", "epochs = 1"))
    assert 0.6 < clear_cut.best(done.variables["X"], done.variables["y"]) < 0.75


def test_the_weights_of_llama_are_those_of_the_catalogue():
    total = published("Llama 3 8B").total
    assert f"{total:_}" in program(question("6.2-3"))
    assert f"{total / 1e9:.2f}" in question("6.2-2").ask
    assert f"{total / 1e9:.2f}e9" in program(question("6.2-2"))
