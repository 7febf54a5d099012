"""Every mistake of the nn.Module page goes wrong as promised, and every fix puts it right."""

import re

import pytest
import torch

from groundup.engine.observe import run
from groundup.mistakes.gallery import MODULE_FOLDER, gallery, outcome
from tests.mistakes.made import mended, wrong

MISTAKES = {one.name: one for one in gallery(MODULE_FOLDER)}


def printed(name, *, fixed):
    return (mended if fixed else wrong)(name).printed


def numbers(text, label):
    return [float(found) for found in re.findall(rf"{label}:? (-?[\d.e-]+\d)", text)]


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_goes_wrong_as_promised_and_its_fix_runs_in_silence(name):
    entry = MISTAKES[name]
    assert outcome(run(entry.lesson.text)).kind == entry.promise
    mended = outcome(run(entry.fixed.text))
    assert mended.kind == "silence"
    assert mended.output


def test_replaced_parameters_never_move_and_kept_ones_do():
    stuck, moving = (
        numbers(printed("replaced_parameters", fixed=f), "Loss") for f in (False, True)
    )
    assert len(set(stuck)) == 1
    assert moving[-1] < 1e-9


def test_softmax_twice_keeps_the_loss_above_its_floor():
    floor = torch.nn.functional.cross_entropy(torch.tensor([[1.0, 0.0]]), torch.tensor([0]))
    wrong, right = (numbers(printed("softmax_before_loss", fixed=f), "Loss") for f in (False, True))
    assert min(wrong) > floor.item() == pytest.approx(0.3133, abs=1e-4)
    assert min(right) < 0.01


def test_without_eval_the_same_question_gets_other_answers():
    wrong, right = (
        numbers(printed("eval_forgotten", fixed=f), "probability") for f in (False, True)
    )
    assert len(set(wrong)) == 4
    assert len(set(right)) == 1


def test_the_wrong_target_shape_learns_the_mean():
    wrong, right = (printed("wrong_target_shape", fixed=f) for f in (False, True))
    assert "w = 0.0000" in wrong
    assert "w = 2.0000, b = 1.0000" in right


def ran(name, *, fixed):
    return vars((mended if fixed else wrong)(name))


def test_view_mixes_what_permute_moves():
    wrong, right = (ran("view_not_permute", fixed=f) for f in (False, True))
    assert wrong["channels_first"].shape == right["channels_first"].shape
    assert torch.equal(right["channels_first"][0], torch.ones(4, 4))
    assert 0 < wrong["channels_first"][0].mean() < 1


def test_one_batch_is_learned_by_heart_and_all_of_them_are_learned():
    wrong, right = (ran("same_batch", fixed=f) for f in (False, True))
    assert wrong["everywhere"] > 50 * wrong["loss"]
    assert right["everywhere"] < wrong["everywhere"]


def test_coin_flips_are_foretold_only_where_they_were_trained_on():
    wrong, right = (ran("test_in_training", fixed=f)["right"] for f in (False, True))
    assert wrong == 1
    # 200 flips: half of them, to three standard deviations
    assert right == pytest.approx(0.5, abs=3 * 0.5 / 200**0.5)


def test_an_optimizer_over_frozen_parameters_leaves_gradients_piling_up():
    wrong, right = (ran("optimizer_over_frozen", fixed=f) for f in (False, True))
    assert wrong["head"].weight.grad.norm() > 50 * right["head"].weight.grad.norm()
    losses = numbers(printed("optimizer_over_frozen", fixed=False), "Loss")
    assert len(set(losses)) == 1
    assert right["loss"].item() < 0.01


def test_what_thaws_late_moves_only_when_the_optimizer_knows_it():
    wrong, right = (ran("thawed_too_late", fixed=f) for f in (False, True))
    assert torch.equal(wrong["before"], wrong["body"].weight)
    assert not torch.equal(right["before"], right["body"].weight)


def test_the_attribute_of_a_module_freezes_nothing():
    wrong, right = (ran("frozen_by_attribute", fixed=f) for f in (False, True))
    assert all(parameter.requires_grad for parameter in wrong["body"].parameters())
    assert not any(parameter.requires_grad for parameter in right["body"].parameters())
