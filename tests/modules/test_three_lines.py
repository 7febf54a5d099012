"""The three lines against the loop by hand: what folds away, and how equal the losses are."""

import pytest
import torch

from groundup.engine import lesson
from groundup.engine.edits import replace_once
from groundup.engine.observe import run
from groundup.modules.three_lines import (
    BOTH,
    GIVEN,
    NOTHING,
    NUDGE,
    ORDERS,
    USUAL,
    Compared,
    compare,
    folded_loop,
    replaced,
    rows,
)
from tests.pages import codes, said, sent

BY_HAND = folded_loop(NOTHING).text
LAST, BETWEEN = (order for order in ORDERS if order != USUAL)


def lines(text, numbers):
    return [text.splitlines()[n - 1].split("#")[0].strip() for n in numbers]


@pytest.mark.parametrize(
    ("fold", "gone", "new"),
    [
        (NOTHING, 0, []),
        (NUDGE, 3, ["optimizer.step()"]),
        (BOTH, 5, ["optimizer.zero_grad()", "optimizer.step()"]),
    ],
)
def test_a_press_takes_lines_away_and_writes_a_call_in_their_place(fold, gone, new):
    text = folded_loop(fold).text
    old_lines, new_lines = replaced(BY_HAND, text)
    made = ["optimizer = torch.optim.SGD([w, b], lr=learning_rate)"] if new else []
    assert len(old_lines) == gone
    assert lines(text, new_lines) == made + new
    assert run(text).output.startswith("w: ")


def test_each_order_and_list_stands_in_the_text_and_only_in_that_of_the_three_lines():
    for order in ORDERS:
        text = folded_loop(BOTH, order).text
        calls = [line.strip() for line in text.splitlines() if "()" in line and "item" not in line]
        named = [call.split("(")[0].split(".")[1] for call in calls]
        assert ", ".join(named) == order
        assert folded_loop(NUDGE, order).text == folded_loop(NUDGE).text
    for given in GIVEN:
        assert f"SGD({given}, " in folded_loop(BOTH, given=given).text


@pytest.mark.parametrize("order", [USUAL, LAST])
def test_losses_are_equal_to_the_bit_or_to_rounding_and_the_sentence_says_which(order):
    equal = set()
    for seed in range(8):
        found = compare(
            folded_loop(NOTHING, seed=seed).text, folded_loop(BOTH, order, seed=seed).text
        )
        pairs = list(zip(found.by_hand, found.with_optimizer, strict=True))
        same = sum(one == other for one, other in pairs)
        equal.add(same == len(pairs))
        assert found.still == ()
        if same == len(pairs):
            assert found.sentence() == "All 100 losses are the same numbers, to the last bit."
        else:
            assert found.sentence().startswith(f"{same} of 100 losses are the same to the last bit")
            assert "at most" in found.sentence()
            assert torch.allclose(*torch.tensor(pairs, dtype=torch.float64).T, rtol=1e-5)
    assert True in equal


def test_what_differs_is_that_step_multiplies_and_subtracts_at_once():
    """With torch's own fused update in the lines by hand, nothing differs any more."""
    text = BY_HAND
    for name in ("w", "b"):
        old = f"{name} -= learning_rate * {name}.grad"
        text = replace_once(text, old, f"{name}.add_({name}.grad, alpha=-learning_rate)")
    for seed in range(8):
        seeded = replace_once(text, "seed = 0 ", f"seed = {seed} ")
        found = compare(seeded, folded_loop(BOTH, seed=seed).text)
        assert found.equal == 100, seed


def test_a_reset_in_between_stands_still_and_a_b_that_was_not_given_too():
    found = compare(BY_HAND, folded_loop(BOTH, BETWEEN).text)
    assert found.still == ("w", "b")
    assert len(set(found.with_optimizer)) == 1
    assert found.sentence().endswith("w and b stayed as they began.")
    alone = compare(BY_HAND, folded_loop(BOTH, given="[w]").text)
    assert alone.sentence().endswith("b stayed as it began.")
    begun = run(folded_loop(BOTH, given="[w]").set(epochs=1).text).variables["b"]
    assert run(folded_loop(BOTH, given="[w]").text).variables["b"].equal(begun)


def test_the_sentence_says_what_is_so_of_other_numbers_too():
    assert "Not the same" in Compared([1.0, 2.0], [1.0, 2.1], ()).sentence()
    nan = float("nan")
    assert Compared([1.0, nan], [1.0, nan], ()).equal == 2
    assert "Not the same" in Compared([1.0, 2.0], [1.0, nan], ()).sentence()
    found = Compared([float(n) for n in range(100)], [0.0] * 100, ())
    assert [at for at, _, _ in rows(found)] == [0, 1, 2, 20, 40, 60, 80, 99]
    apart = Compared([1.0] * 100, [1.0] * 33 + [1.1] + [1.0] * 66, ())
    assert rows(apart)[4] == (33, 1.0, 1.1)
    assert all(one == at for at, one, _ in rows(found))


# The page


def test_losses_wait_for_the_press_and_for_a_new_one_after_each_fold(visit):
    app = visit("nn_module", fold=BOTH)
    assert codes(app) == [BY_HAND, folded_loop(BOTH).text]
    by_hand, other = sent(app, "code")
    assert len(by_hand["lit"]) == 5
    assert len(other["changed"]) == 3
    assert "Then press Train both." in said(app)
    assert not app.table
    app.button(key="train_both").click().run()
    assert compare(BY_HAND, folded_loop(BOTH).text).sentence() in said(app)
    (table,) = app.table
    run_by_hand = run(BY_HAND).columns["loss"]
    assert list(table.value["loss by hand"]) == [
        f"{run_by_hand[epoch]:.9g}" for epoch in table.value["epoch"]
    ]
    app.selectbox(key="line_order").set_value(BETWEEN).run()
    assert not app.table
    app.button(key="train_both").click().run()
    assert "w and b stayed as they began." in said(app)


@pytest.mark.parametrize(
    ("link", "section"),
    [
        ({"piece": "Zero"}, "Line by line"),
        ({"statement": "side_by_module-30"}, "Line by line"),
        ({"piece": "Zero", "topic": "The proof"}, "The proof"),
        ({"lr": "0.05"}, "The three lines"),
    ],
)
def test_a_link_from_before_there_were_three_lines_opens_what_it_opened(visit, link, section):
    app = visit("nn_module", **link)
    assert app.session_state["topic"] == section


def test_the_parameters_are_those_of_the_training_loop():
    mine, theirs = (lesson.load(name).parameters for name in ("three_lines", "training_loop"))
    for name in ("learning_rate", "epochs", "seed"):
        assert mine[name] == theirs[name]
