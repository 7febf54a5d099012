"""Every mistake goes wrong as promised, and every fix puts it right."""

import math
import subprocess
import sys

import pytest
import torch

from groundup.engine.observe import run
from groundup.mistakes.gallery import (
    FOLDER,
    OUTCOMES,
    everything,
    gallery,
    happened,
    mistake,
    outcome,
)
from tests.mistakes.made import mended, wrong

NAMES = [entry.name for entry in gallery()]


def test_the_gallery_holds_every_kind_of_outcome():
    assert len(NAMES) >= 16
    assert {entry.promise for entry in gallery()} == set(OUTCOMES)


def test_no_two_mistakes_of_the_app_have_one_name_or_title():
    for key in ("name", "title"):
        every = [getattr(entry, key) for entry in everything()]
        assert sorted(set(every)) == sorted(every)


def test_an_unknown_mistake_is_refused_by_name():
    with pytest.raises(ValueError, match=r"no mistake called 'typo'; there are: .*backward_twice"):
        mistake("typo")


@pytest.mark.parametrize("name", NAMES)
def test_the_wrong_text_does_what_its_entry_promises(name):
    entry = mistake(name)
    found = happened(name)
    assert found.kind == entry.promise
    assert bool(found.message) == (entry.promise != "silence")
    assert found.line is None or entry.lesson.text.splitlines()[found.line - 1].strip()


@pytest.mark.parametrize("name", NAMES)
def test_the_fix_runs_without_error_or_warning_and_changes_what_comes_out(name):
    entry = mistake(name)
    fixed = outcome(run(entry.fixed.text))
    assert (fixed.kind, fixed.message) == ("silence", "")
    assert fixed.output.strip()
    assert fixed.output != happened(name).output
    assert entry.fixed.marked_lines


@pytest.mark.parametrize("name", NAMES)
def test_no_mistake_leaves_the_grad_mode_changed(name):
    run(mistake(name).lesson.text)
    assert torch.is_grad_enabled()
    assert not torch.is_inference_mode_enabled()


@pytest.mark.parametrize("name", NAMES)
def test_no_message_of_torch_is_written_into_an_entry(name):
    entry, said = mistake(name), happened(name).message
    if len(said) > 20:
        assert said[:20] not in (FOLDER / f"{name}.toml").read_text()
        assert said[:20] not in entry.lesson.text


@pytest.mark.parametrize("name", ["backward_twice", "target_shape", "half_a_model"])
def test_a_fresh_interpreter_says_the_same(name, tmp_path):
    script = tmp_path / "mistake.py"
    script.write_text(mistake(name).lesson.text)
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, check=False, timeout=120
    )
    found = happened(name)
    assert done.stdout == found.output
    assert found.message.splitlines()[0] in done.stderr if found.message else not done.stderr
    assert (done.returncode != 0) == (found.kind == "error")


def values(name, *, fixed):
    return vars((mended if fixed else wrong)(name))


def test_zeroing_before_the_step_learns_nothing():
    assert values("zero_before_step", fixed=False)["w"].item() == 3
    assert values("zero_before_step", fixed=True)["w"].item() == pytest.approx(3 * 0.8**20)


def test_never_zeroing_is_gradient_descent_with_full_momentum():
    w = torch.tensor(3.0, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=0.1, momentum=1.0)
    for _ in range(20):
        optimizer.zero_grad()
        (w**2).backward()
        optimizer.step()
    assert values("never_zeroed", fixed=False)["w"].item() == pytest.approx(w.item())
    assert values("never_zeroed", fixed=True)["w"].item() == pytest.approx(3 * 0.8**20)


def test_broadcast_targets_teach_the_mean_of_the_targets():
    wrong, right = values("target_shape", fixed=False), values("target_shape", fixed=True)
    target = wrong["y_true"]
    assert wrong["w"].item() == pytest.approx(0, abs=1e-5)
    assert wrong["b"].item() == pytest.approx(target.mean().item(), abs=1e-4)
    assert wrong["loss"].item() == pytest.approx(target.var(correction=0).item(), abs=1e-4)
    assert [right["w"].item(), right["b"].item()] == pytest.approx([2, 1], abs=1e-4)


def test_too_long_steps_end_in_nan_and_the_limit_is_two_over_the_curvature():
    assert math.isnan(values("step_too_long", fixed=False)["w"].item())
    for rate, bounded in ((0.99 * 2 / 60, True), (1.01 * 2 / 60, False)):
        changed = mistake("step_too_long").lesson.set(learning_rate=rate)
        assert (abs(run(changed.text).variables["w"].item()) < 3) is bounded


def test_half_a_model_trains_only_its_registered_layer():
    layers = [torch.nn.Linear(2, 3), torch.nn.Linear(3, 3), torch.nn.Linear(3, 1)]
    sizes = [sum(p.numel() for p in layer.parameters()) for layer in layers]
    assert values("half_a_model", fixed=False)["trained"] == sizes[-1]
    assert values("half_a_model", fixed=True)["trained"] == sum(sizes)


def test_a_squared_error_by_hand_learns_the_mean_without_a_warning():
    wrong, right = values("targets_by_hand", fixed=False), values("targets_by_hand", fixed=True)
    assert tuple(wrong["errors"].shape) == (3, 3)
    assert wrong["b"].item() == pytest.approx(wrong["y_true"].mean().item(), abs=1e-4)
    assert [right["w"].item(), right["b"].item()] == pytest.approx([2, 1], abs=1e-4)


def test_two_steps_for_one_gradient_are_one_step_of_twice_the_rate():
    # The slope of w² is 2w: a step of rate 0.6 multiplies w by 1 − 1.2, two by 1 − 2.4.
    assert values("two_steps", fixed=False)["w"].item() == pytest.approx(3 * (-1.4) ** 20, rel=1e-4)
    assert values("two_steps", fixed=True)["w"].item() == pytest.approx(3 * (-0.2) ** 20, rel=1e-4)
