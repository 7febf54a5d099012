"""What a model holds: counted, listed, hooked, saved, and loaded from files good and bad."""

import io
import zipfile

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from groundup.engine import lesson, observe
from groundup.engine.export import to_zip
from groundup.modules import model_contents
from groundup.modules.parameter_history import TrainedModel, with_numbers

LESSON = lesson.load("inside_a_model")
RUN = observe.run(LESSON.set(epochs=3).text)
MODEL = RUN.variables["model"]
OWN = model_contents.saved(MODEL)


def state_in(content):
    return torch.load(io.BytesIO(content), weights_only=True)


def test_the_lesson_runs_to_its_end_and_restores_what_it_saved():
    assert RUN.failure is None
    assert not RUN.notices
    assert "answers the same: True" in RUN.output


def test_every_parameter_is_listed_as_torch_has_it():
    listed = {one.name: one for one in model_contents.parameters(MODEL)}
    assert sum(one.count for one in listed.values()) == 2 * 8 + 8 + 8 * 2 + 2
    for name, tensor in MODEL.named_parameters():
        assert listed[name].norm == pytest.approx(tensor.pow(2).sum().sqrt().item())
        assert listed[name].grad_norm == pytest.approx(tensor.grad.pow(2).sum().sqrt().item())


def test_a_frozen_layer_has_no_gradient_and_never_moves():
    before, after = (
        observe.run(LESSON.set(epochs=n, frozen=True).text).variables["model"] for n in (0, 20)
    )
    frozen = model_contents.parameters(after)[0]
    assert (frozen.name, frozen.requires_grad, frozen.grad_norm) == ("body.0.weight", False, None)
    assert torch.equal(before.body[0].weight, after.body[0].weight)
    assert not torch.equal(before.head.weight, after.head.weight)


def test_the_tree_names_each_module_after_its_parent():
    assert [one.name for one in model_contents.layers(MODEL)] == [
        *("", "body", "body.0", "body.1", "body.2", "head")
    ]


def test_the_hooks_saw_what_the_layers_gave():
    outputs = RUN.variables["outputs"]
    assert [tuple(one.shape) for one in outputs.values()] == [(200, 8)] * 3 + [(200, 2)]
    assert torch.equal(outputs["body.1"], outputs["body.0"].relu())
    found = model_contents.output("body.1", outputs["body.1"])
    assert sum(found.counts) == 1600
    assert found.zeros == pytest.approx((outputs["body.1"] == 0).float().mean().item())


def test_two_answers_differ_in_train_mode_alone():
    for mode, same in (("eval", True), ("train", False)):
        found = observe.run(LESSON.set(epochs=3, mode=mode).text).variables
        assert torch.equal(found["once"], found["again"]) is same


def test_a_saved_file_comes_back_as_the_same_numbers():
    state = state_in(model_contents.checked(OWN, MODEL))
    assert all(torch.equal(state[name], one) for name, one in MODEL.state_dict().items())


def test_a_file_from_another_training_is_loaded_into_the_model_by_the_text_itself():
    trained = RUN.variables["file"].getvalue()
    lesson = with_numbers(LESSON.set(epochs=0, seed=5), trained)
    kept = TrainedModel(lesson)
    assert "load_state_dict(torch.load(saved, weights_only=True))" in lesson.text
    assert [one.norms for one in kept.histories] == [
        [one.norm] for one in model_contents.parameters(MODEL)
    ]
    assert torch.equal(kept.run.variables["model"].head.weight, MODEL.head.weight)
    assert kept.run.variables["file"].getvalue() == trained


def test_what_is_taken_home_finds_the_file_beside_it(tmp_path, monkeypatch):
    lesson = with_numbers(LESSON.set(epochs=2), OWN)
    with zipfile.ZipFile(io.BytesIO(to_zip({"it.py": lesson.text, **lesson.files}))) as archive:
        archive.extractall(tmp_path)
    monkeypatch.chdir(tmp_path)
    printed = []
    script = {"print": lambda *values, **_: printed.append(" ".join(map(str, values)))}
    exec(compile((tmp_path / "it.py").read_text(), "it.py", "exec"), script)
    run = observe.Run(lesson.text, files=lesson.files).finish()
    assert printed[-1] == run.output.splitlines()[-1]
    assert torch.equal(script["model"].head.weight, run.variables["model"].head.weight)


def test_a_file_for_another_width_fails_in_pytorchs_words_at_its_line():
    kept = TrainedModel(with_numbers(LESSON.set(width=9), OWN))
    assert kept.histories == []
    assert "size mismatch for body.0.weight" in kept.run.failure.message
    assert "load_state_dict" in kept.lesson.text.splitlines()[kept.run.failure.line - 1]


def test_the_norms_of_each_epoch_are_those_a_run_of_so_many_epochs_ends_with():
    histories = TrainedModel(LESSON.set(epochs=12)).histories
    for epochs in (0, 1, 7, 12):
        model = observe.run(LESSON.set(epochs=epochs).text).variables["model"]
        now = model_contents.parameters(model)
        assert [one.norms[epochs] for one in histories] == [one.norm for one in now]
        assert [one.grad_norms[epochs] for one in histories] == [one.grad_norm for one in now]


def test_watching_changes_no_number_of_the_run():
    watched, alone = TrainedModel(LESSON).run, observe.run(LESSON.text)
    assert watched.columns == alone.columns
    assert watched.output == alone.output


def test_training_again_plays_and_another_lesson_stands_at_its_end():
    kept = TrainedModel(LESSON.set(epochs=3))
    kept.train(LESSON.set(epochs=3))
    assert (kept.order, kept.at, kept.playing) == (2, 0, True)
    kept.show(LESSON.set(epochs=3))
    assert kept.order == 2
    kept.show(LESSON.set(epochs=4))
    assert (kept.order, kept.at, kept.playing) == (3, 4, False)


def file_of(anything):
    file = io.BytesIO()
    torch.save(anything, file)
    return file.getvalue()


class Hostile:
    """What a pickle could do, were it read as one."""

    def __reduce__(self):
        return (pytest.fail, ("code from the file was run",))


WIDER = observe.run(LESSON.set(epochs=0, width=9).text).variables["model"]
WITH_NAN = {**MODEL.state_dict(), "head.bias": torch.tensor([0.0, float("nan")])}


def zipped(index, method=zipfile.ZIP_STORED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("archive/data.pkl", index)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no file that torch.save wrote"),
        (b"hello", "no file that torch.save wrote"),
        (OWN[: len(OWN) // 2], "cut short"),
        (file_of(WIDER.state_dict()), "names or shapes differ"),
        (file_of([1, 2, 3]), "names or shapes differ"),
        (file_of(Hostile()), "names or shapes differ"),
        (zipped(b"0" * 10_000_000, zipfile.ZIP_DEFLATED), "packed"),
        (zipped(b"bytearray"), "names or shapes differ"),
        (b"0" * 300_000, "300,000 bytes"),
        (file_of(torch.nn.Linear(2, 2)), "names or shapes differ"),
    ],
    ids=[
        *("empty", "text", "truncated", "wider", "list", "hostile", "bomb", "fake", "large"),
        "whole model",
    ],
)
def test_any_other_file_is_refused_in_a_sentence(content, said):
    with pytest.raises(ValueError, match=said):
        model_contents.checked(content, MODEL)


def test_numbers_that_are_none_are_refused():
    like = {name: WITH_NAN[name] for name in MODEL.state_dict()}
    state = MODEL.state_dict()
    for name in state:
        state[name] = like[name]
    with pytest.raises(ValueError, match=r"head\.bias in it holds numbers that are not finite"):
        model_contents.checked(file_of(state), MODEL)


@given(place=st.integers(0, len(OWN) - 1), byte=st.integers(0, 255))
def test_a_damaged_file_is_loaded_or_refused_and_never_breaks(place, byte):
    damaged = OWN[:place] + bytes([byte]) + OWN[place + 1 :]
    try:
        state = state_in(model_contents.checked(damaged, MODEL))
    except ValueError:
        return
    assert {n: t.shape for n, t in state.items()} == {
        n: t.shape for n, t in MODEL.state_dict().items()
    }


def test_two_answers_stand_side_by_side_with_their_largest_difference():
    found = model_contents.answers(torch.tensor([0.5, 0.25, 1.0]), torch.tensor([0.5, 1.0, 0.875]))
    assert found.pairs == [(0.5, 0.5), (0.25, 1.0), (1.0, 0.875)]
    assert found.gap == 0.75


def test_frozen_parameters_are_counted_and_do_not_learn():
    model = torch.nn.Linear(3, 2)
    model.bias.requires_grad_(False)
    assert model_contents.counted(model_contents.parameters(model)) == (8, 6)
