"""The six invariants: which mistake breaks which, at which line, and that nothing healthy does."""

import re

import pytest

from groundup.diagnosis.running import watched
from groundup.engine import lesson
from groundup.engine.check import REPEATS, every_way, fits
from groundup.training import broken_loop

EPOCHS = 6
LOOP = lesson.load("training_loop").set(epochs=EPOCHS)
OPTIMIZERS = [LOOP.set(optimizer=name) for name in LOOP.choices["optimizer"].edits] + [LOOP]

BREAKS = {
    "no_zero": ("fresh", "loss.backward()"),
    "zero_early": ("changed", "w.grad.zero_()"),
}
"""Of the breaks that run to their end, those that one of the six shows, and at which line."""


def states(text, **more):
    return {one.key: one for one in watched(text, **{"seconds": 60, **more}).checks}


def broken(text, **more):
    found = states(text, **more)
    lines = text.split("\n")
    return {k: lines[one.line - 1].strip() for k, one in found.items() if one.state == "broken"}


def few(loaded):
    """A few passes; so short a step that no landscape of the race throws it out."""
    there = (loaded.parameters[name] for name in REPEATS if name in loaded.parameters)
    few = {one.name: min(one.default, max(int(one.low), 4)) for one in there if one.low is not None}
    if loaded.name == "descend":
        few["learning_rate"] = 1e-6
    return loaded.set(**few)


@pytest.mark.parametrize("healthy", OPTIMIZERS, ids=lambda one: one.settings["optimizer"])
def test_each_break_of_the_training_page_breaks_its_invariant_under_every_optimizer(healthy):
    assert broken(healthy.text) == {}
    for name, edit in healthy.edits.items():
        if fits(edit, healthy):
            text = healthy.edit(name).text
            key, line = BREAKS.get(name, ("", ""))
            assert broken(text) == ({key: line} if key else {}), name


def test_what_a_healthy_loop_holds_and_what_is_not_looked_at_yet():
    held = {key: one.state for key, one in states(LOOP.text).items()}
    assert held == dict.fromkeys(held, "held") | {"evaluation": "not yet"}
    assert list(held) == ["changed", "fresh", "present", "finite", "nonzero", "evaluation"]
    first = states(LOOP.set(epochs=1).text)
    assert {key for key, one in first.items() if one.state == "not yet"} == {"fresh", "evaluation"}
    assert {one.state for one in states("x = 1").values()} == {"not yet"}


def test_the_steps_in_every_order_break_what_they_should():
    orders = {"51234": {}, "12534": {}, "15234": {}, "12354": {"changed"}}
    for order, keys in orders.items():
        assert set(broken(broken_loop.reordered(LOOP, order).text)) == set(keys), order


LINE = """import torch
w = torch.tensor(1.0, requires_grad=True)
BEFORE
for i in range(3):
    loss = (3 * w - 1) ** 2
    AGAIN
    loss.backward()
    EARLY
    with torch.no_grad():
        w -= RATE * w.grad
"""
"""Its first loss is 4 and its first gradient 12; with a rate of 0.01 the second one is 9.84."""


def line(*, again="w.grad = None", early="pass", rate="0.01", before="pass", text=LINE):
    parts = {"AGAIN": again, "EARLY": early, "RATE": rate, "BEFORE": before}
    return re.sub("|".join(parts), lambda found: parts[found[0]], text)


SAID = {
    "fresh": (
        line(again="pass"),
        "When backward() began, w still held the gradient 12, which line 10 had used already. "
        "It added 9.84 to it: 21.84.",
    ),
    "changed": (
        line(again="pass", early="w.grad.zero_()"),
        "backward() gave w a gradient of 12, and the update found 0: it was cleared in between, "
        "so nothing moved.",
    ),
    "finite": (line(rate="1e30"), "The loss of pass 2 is inf. The last finite one was 4."),
    "present": (
        line(before="loss = (3 * w - 1) ** 2")
        .replace("    loss = (3 * w - 1) ** 2\n", "", 1)
        # The one before the loop stays, and is used again.
        .replace("backward()", "backward(retain_graph=True)")
        .replace("(3 * w - 1) ** 2", "3 * w - 1"),
        "The loss of backward() in line 6 was computed here, from w as it was before line 9 "
        "changed it.",
    ),
    "nonzero": (
        line().replace("3 * w - 1", "0 * w - 1"),
        "All 1 gradients were 0 in each of 3 passes, while the loss was 1.",
    ),
}


@pytest.mark.parametrize("key", SAID)
def test_what_each_broken_invariant_says_is_what_the_run_computed(key):
    text, sentence = SAID[key]
    found = states(text)
    assert found[key].sentence == sentence
    assert [one.key for one in found.values() if one.state == "broken"] == [key]
    assert broken(line()) == {}


def test_why_a_parameter_did_not_move_is_told():
    tiny = states(line(rate="1e-30"))["changed"]
    assert tiny.sentence.startswith("w had a gradient of 12, and the update left it as it was")
    sgd = "sgd = torch.optim.SGD([w], lr=0.1)"
    alone = line(before=sgd, again="sgd.zero_grad()").replace("w -= 0.01 * w.grad", "pass")
    assert states(alone)["changed"].sentence == (
        "w got a gradient in 3 passes, and no step was ever taken."
    )
    two = sgd + "; v = torch.tensor(2.0, requires_grad=True)"
    left = line(before=two, again="sgd.zero_grad()", early="sgd.step()").replace(
        "3 * w", "3 * w * v"
    )
    assert states(left.replace("w -= 0.01 * w.grad", "pass"))["changed"].sentence == (
        "v gets a gradient in each pass, and no update ever changes it."
    )


def test_a_parameter_is_called_as_the_text_calls_it():
    text = """import torch
def train():
    inside = torch.ones(2, requires_grad=True)
    for _ in range(3):
        (inside * OTHER).sum().backward()
        with torch.no_grad():
            inside -= 0.1 * inside.grad
OTHER = 2
train()
"""
    assert states(text)["fresh"].sentence.startswith(
        "When backward() began, the parameter of shape (2,) made in line 3 still held a gradient "
        "of up to 2, which line 7 had used already. The new one was added to it: up to 4."
    )
    for name in ("[0]", ".weight"):
        made = (
            "p = [torch.ones(1, requires_grad=True)]"
            if name == "[0]"
            else ("p = torch.nn.Linear(1, 1)")
        )
        text = line(before=made, again="pass").replace("w.grad", f"p{name}.grad")
        text = text.replace("w -=", f"p{name} -=").replace("3 * w", f"3 * p{name}.sum()")
        assert f"p{name} still held" in states(text)["fresh"].sentence


def test_what_is_in_training_mode_where_nothing_is_trained_is_told():
    text = """import torch
from torch import nn
torch.manual_seed(0)
model = nn.Sequential(nn.Linear(1, 50), LAYER, nn.Linear(50, 1))
sgd = torch.optim.SGD(model.parameters(), lr=0.01)
for _ in range(3):
    model(torch.ones(4, 1)).sum().backward()
    sgd.step()
    sgd.zero_grad()
MODE
with torch.no_grad():
    out = model(torch.ones(1000, 1))
"""
    said = states(text.replace("LAYER", "nn.Dropout(0.3)").replace("MODE", "pass"))["evaluation"]
    share = int(re.match(r"Dropout set (\d+)% of its numbers to 0 here", said.sentence).group(1))
    assert (said.line, 28 <= share <= 32) == (12, True)
    said = states(text.replace("LAYER", "nn.BatchNorm1d(50)").replace("MODE", "pass"))["evaluation"]
    assert said.sentence.startswith("Batch norm used this batch's own mean and deviation here")
    for layer in ("nn.Dropout(0.3)", "nn.BatchNorm1d(50)"):
        healthy = text.replace("LAYER", layer).replace("MODE", "model.eval()")
        assert states(healthy)["evaluation"].state == "held"


MISTAKES = {
    "never_zeroed": "fresh",
    "zero_before_step": "changed",
    "step_too_long": "finite",
    "eval_forgotten": "evaluation",
    "optimizer_over_frozen": "changed",
    "replaced_parameters": "changed",
    "thawed_too_late": "changed",
}
"""The silent mistakes of the gallery that break an invariant."""


def test_the_silent_mistakes_break_theirs_and_their_fixes_none():
    for file in sorted((lesson.LESSONS / "mistakes").rglob("*.py")):
        loaded = lesson.load(file.stem, file.parent)
        wanted = {MISTAKES[file.stem]} if file.stem in MISTAKES else set()
        assert set(broken(loaded.text)) == wanted, file.stem
        assert broken(loaded.edit("fix").text) == {}, file.stem


@pytest.mark.parametrize("folder", ["autograd", "modules", "optimizers", "scale", "training"])
def test_no_lesson_breaks_any_whatever_is_chosen(folder):
    for file in sorted((lesson.LESSONS / folder).glob("*.py")):
        for written in every_way(few(lesson.load(file.stem, file.parent))):
            assert broken(written.text) == {}, written.settings


def test_dead_units_give_gradients_of_nothing_but_zeros():
    text = (
        "import torch\nfrom torch import nn\nx = torch.ones(5, 2)\n"
        "model = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1, bias=False))\n"
        "with torch.no_grad():\n    model[0].bias.fill_(BIAS)\n"
        "sgd = torch.optim.SGD(model.parameters(), lr=0.1)\nfor _ in range(4):\n"
        "    loss = (model(x) - 1).pow(2).mean()\n    sgd.zero_grad()\n    loss.backward()\n"
        "    sgd.step()\n"
    )
    assert broken(text.replace("BIAS", "-9.0")) == {"nonzero": "loss.backward()"}
    assert broken(text.replace("BIAS", "0.5")) == {}


def test_a_loss_of_old_parameters_is_told_where_it_was_computed():
    text = (
        "import torch\nw = torch.tensor(1.0, requires_grad=True)\nguess = 3 * w\n"
        "for _ in range(3):\n    loss = (guess - 1) ** 2\n    loss.backward(retain_graph=True)\n"
        "    with torch.no_grad():\n        w -= 0.01 * w.grad\n    w.grad = None\n"
    )
    assert broken(text) == {"present": "guess = 3 * w"}
    inside = text.replace("guess = 3 * w\n", "").replace("    loss = (guess", "    loss = (3 * w")
    assert broken(inside) == {}


def test_a_text_is_watched_no_longer_than_it_may():
    endless = LOOP.text.replace("range(epochs)", "iter(int, 1)")
    assert states(endless, passes=20)["changed"].state == "held"
    assert states(endless, seconds=0)["fresh"].state == "held"
