"""Every mistake of the nn.Module page goes wrong as promised, and every fix puts it right."""

import re

import pytest
import torch

from groundup.engine.observe import run
from groundup.mistakes.gallery import MODULE_FOLDER, gallery, outcome

MISTAKES = {one.name: one for one in gallery(MODULE_FOLDER)}


def printed(name, *, fixed):
    entry = MISTAKES[name]
    return outcome(run((entry.fixed if fixed else entry.lesson).text)).output


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
