"""By hand: gradients, steps and the optimum against closed forms; the count of tries."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from groundup.engine import lesson, observe
from groundup.figures.training.by_hand import scene, score
from groundup.training.by_hand import Hand
from groundup.training.surface import LossSurface

HAND = lesson.load("by_hand")
LOOP = lesson.load("training_loop")


@pytest.fixture
def hand():
    found = Hand()
    found.place(HAND)
    return found


def test_it_has_the_very_examples_of_the_training_loop(hand):
    run = observe.run(LOOP.set(epochs=1).text)
    assert hand.x == run.variables["X"].flatten().tolist()
    assert hand.y == run.variables["y_true"].flatten().tolist()
    one = hand.tries[0]
    assert one.loss == run.columns["loss"][0]
    assert (one.w_grad, one.b_grad) == (run.columns["w.grad"][0], run.columns["b.grad"][0])
    assert one.next == (run.columns["w"][0], run.columns["b"][0])


@given(st.floats(-12, 12), st.floats(-12, 12))
@settings(max_examples=25, deadline=None)
def test_every_place_has_the_closed_forms_loss_gradient_and_step(w, b):
    hand = Hand()
    hand.place(HAND.set(hand_w=w, hand_b=b))
    surface, one = LossSurface.of(hand.x, hand.y), hand.tries[0]
    away = torch.tensor([w, b], dtype=torch.float64) - torch.tensor(surface.optimum)
    gradient = torch.tensor(surface.hessian, dtype=torch.float64) @ away
    assert one.loss == pytest.approx(surface.loss(w, b), rel=1e-4, abs=1e-5)
    assert (one.w_grad, one.b_grad) == pytest.approx(gradient.tolist(), rel=1e-3, abs=1e-4)
    assert one.next == pytest.approx((w - 0.1 * one.w_grad, b - 0.1 * one.b_grad), abs=1e-4)
    assert hand.best == pytest.approx(surface.optimum, abs=1e-4)


def test_looking_again_is_no_try_and_another_place_is_one(hand):
    hand.place(HAND)
    hand.place(HAND.set(learning_rate=0.5))
    assert len(hand.tries) == 1
    hand.place(HAND.set(hand_w=1.0))
    assert len(hand.tries) == 2


def test_other_examples_begin_a_new_count(hand):
    hand.place(HAND.set(hand_w=1.0))
    hand.place(HAND.set(hand_w=1.0, seed=3))
    assert len(hand.tries) == 1


def test_the_best_place_is_found_and_said(hand):
    assert hand.found_at is None
    assert "Found" not in score(hand)
    w, b = hand.best
    hand.place(HAND.set(hand_w=w, hand_b=b))
    assert hand.found_at == 2
    assert "Found in 2 tries" in score(hand)


def test_the_picture_stays_where_it_is_while_the_learner_tries(hand):
    before = scene(hand)["surface"]["view"]
    hand.place(HAND.set(hand_w=5.0, hand_b=-5.0))
    assert scene(hand)["surface"]["view"] == before


def test_two_points_without_noise_have_one_best_line():
    hand = Hand()
    hand.place(HAND.set(points=2, noise=0.0))
    assert hand.best == pytest.approx((2, 1), abs=1e-4)
