"""What a model holds: counted, listed, hooked, saved, and loaded from files good and bad."""

import io
import math
import pathlib
import zipfile

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from groundup.engine import lesson, observe
from groundup.engine.export import to_zip
from groundup.figures.modules import model_contents as pictures
from groundup.figures.theme import palette
from groundup.modules import loading, model_contents
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
    state = state_in(loading.fitted(OWN, MODEL).content)
    assert all(torch.equal(state[name], one) for name, one in MODEL.state_dict().items())


def test_a_file_from_another_training_is_loaded_into_the_model_by_the_text_itself():
    trained = RUN.variables["file"].getvalue()
    lesson = with_numbers(LESSON.set(epochs=0, seed=5), trained)
    kept = TrainedModel(lesson)
    assert "torch.load(saved, map_location=device, weights_only=True)" in lesson.text
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


class Greedy:
    """What a pickle could ask for, were its words taken."""

    def __reduce__(self):
        return (bytearray, (10**12,))


STATE = MODEL.state_dict()
WIDER = observe.run(LESSON.set(epochs=0, width=9).text).variables["model"].state_dict()


def renamed(change):
    return {change(name): tensor for name, tensor in STATE.items()}


def legacy(anything):
    file = io.BytesIO()
    torch.save(anything, file, _use_new_zipfile_serialization=False)
    return file.getvalue()


def protocol(number):
    file = io.BytesIO()
    torch.save(STATE, file, pickle_protocol=number)
    return file.getvalue()


LEGACY = legacy(STATE)


def rewritten(old, new):
    """The model's own file with another index, and all its checksums right."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(OWN)) as archive, zipfile.ZipFile(file, "w") as target:
        for name in archive.namelist():
            content = archive.read(name)
            if name.endswith("data.pkl"):
                assert old in content
                content = content.replace(old, new)
            target.writestr(name, content)
    return file.getvalue()


def from_device(name):
    """The file as it would be from another device: its index names that one."""
    cpu = b"X\x03\x00\x00\x00cpu"
    return rewritten(cpu, b"X" + len(name).to_bytes(4, "little") + name)


def turned(tensor):
    """The same numbers, lying in another order."""
    return tensor.mT.contiguous().mT if tensor.dim() == 2 else tensor


ROW = torch.cat([tensor.flatten() for tensor in STATE.values()])
PARTS = dict(zip(STATE, ROW.split([t.numel() for t in STATE.values()]), strict=True))


def assert_same(loaded):
    """The file holds the model's own numbers."""
    found = state_in(loaded.content)
    assert found.keys() == STATE.keys()
    assert all(torch.equal(tensor, STATE[name]) for name, tensor in found.items())


SAME = {
    "clones": file_of({name: tensor.clone() for name, tensor in STATE.items()}),
    "another order": file_of(dict(reversed(STATE.items()))),
    "parameters": file_of({name: torch.nn.Parameter(t) for name, t in STATE.items()}),
    "transposed": file_of({name: turned(tensor) for name, tensor in STATE.items()}),
    "one storage": file_of({name: part.view_as(STATE[name]) for name, part in PARTS.items()}),
    "legacy": legacy(STATE),
    **{f"protocol {n}": protocol(n) for n in (2, 3, 4, 5)},
}


@pytest.mark.parametrize("content", SAME.values(), ids=SAME)
def test_whatever_holds_the_same_names_and_shapes_is_loaded(content):
    loaded = loading.fitted(content, MODEL)
    assert loaded.notes == ()
    assert all(
        torch.equal(tensor, STATE[name]) for name, tensor in state_in(loaded.content).items()
    )


CONVERTED = {
    "half": (file_of({n: t.half() for n, t in STATE.items()}), "float16 was converted to float32"),
    "bfloat16": (file_of({n: t.bfloat16() for n, t in STATE.items()}), "bfloat16 was converted"),
    "double": (legacy({n: t.double() for n, t in STATE.items()}), "float64 was converted"),
    "cuda": (from_device(b"cuda:0"), "saved on «cuda:0», and was loaded onto the CPU"),
    "mps": (from_device(b"mps"), "saved on «mps»"),
}


@pytest.mark.parametrize(("content", "says"), CONVERTED.values(), ids=CONVERTED)
def test_what_is_converted_is_said(content, says):
    loaded = loading.fitted(content, MODEL)
    assert says in loaded.notes[0]
    for name, tensor in state_in(loaded.content).items():
        assert tensor.dtype == torch.float32
        assert torch.allclose(tensor, STATE[name], rtol=1e-2)


WRAPPED = {
    "parallel": (file_of(renamed("module.{}".format)), "«module.»: nn.DataParallel"),
    "compiled": (file_of(renamed("_orig_mod.{}".format)), "torch.compile"),
    "both": (file_of(renamed("module._orig_mod.{}".format)), "torch.compile"),
    "model": (file_of({"model": STATE, "epoch": 3}), "under the key «model»"),
    "checkpoint": (
        legacy({"state_dict": renamed("model.{}".format), "optimizer": {"lr": 0.1, "x": [STATE]}}),
        "under the key «state_dict»",
    ),
    "with a class": (file_of({"state_dict": STATE, "args": pathlib.Path("x")}), "«state_dict»"),
}


@pytest.mark.parametrize(("content", "says"), WRAPPED.values(), ids=WRAPPED)
def test_a_wrapped_file_is_unwrapped_when_that_is_asked(content, says):
    with pytest.raises(loading.WrappedError, match="wrapped") as refused:
        loading.fitted(content, MODEL)
    assert says in str(refused.value)
    loaded = loading.fitted(content, MODEL, unwrap=True)
    assert says in " ".join(loaded.notes)
    assert all(
        torch.equal(tensor, STATE[name]) for name, tensor in state_in(loaded.content).items()
    )


def zipped(index, method=zipfile.ZIP_STORED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("archive/data.pkl", index)
    return file.getvalue()


# The first layer's weight begins at number 96 of a storage that has 16.
CLAIMS = rewritten(b"K\x00K\x08K\x02", b"K\x60K\x08K\x02")
REFUSED = {
    "empty": (b"", "no file that torch.save wrote"),
    "text": (b"hello", "no file that torch.save wrote"),
    "truncated": (OWN[: len(OWN) // 2], "cut short"),
    "legacy, truncated": (legacy(STATE)[:-20], "cut short"),
    "wider": (file_of(WIDER), r"body.0.weight has shape \(9, 2\), and this model's has \(8, 2\)"),
    "list": (file_of([1, 2, 3]), "No dictionary from names to tensors"),
    "tensor": (file_of(STATE["head.bias"]), "one tensor, and no names"),
    "hostile": (file_of(Hostile()), "a whole object"),
    "hostile, legacy": (legacy(Hostile()), "a whole object"),
    "greedy": (file_of(Greedy()), "a whole object"),
    "bomb": (zipped(b"0" * 10_000_000, zipfile.ZIP_DEFLATED), "compressed"),
    "memo": (zipped(b"\x80\x02Nr\xff\xff\xff\xff."), "no file that torch.save wrote"),
    "array": (zipped(b"\x80\x05\x96" + b"\xff" * 7 + b"\x7f."), "no file that torch.save wrote"),
    "claims": (CLAIMS, "no file that torch.save wrote"),
    "large": (b"0" * 1_000_001, "1,000,001 bytes"),
    "whole model": (file_of(torch.nn.Linear(2, 2)), r"a whole object \(Linear\)"),
    "names": (
        file_of(
            {**{n: t for n, t in STATE.items() if n != "head.bias"}, "head.b": STATE["head.bias"]}
        ),
        "head.bias is missing; «head.b» is not in this model",
    ),
}


@pytest.mark.parametrize(("content", "said"), REFUSED.values(), ids=REFUSED)
def test_any_other_file_is_refused_with_the_true_difference(content, said):
    with pytest.raises(ValueError, match=said):
        loading.fitted(content, MODEL)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 1e300])
def test_numbers_that_are_none_are_refused(number):
    state = {name: tensor.double() for name, tensor in STATE.items()}
    state["head.bias"] = torch.tensor([0.0, number], dtype=torch.float64)
    with pytest.raises(ValueError, match=r"head\.bias in it holds numbers that are not finite"):
        loading.fitted(file_of(state), MODEL)


@pytest.mark.parametrize("size", [1e19, 3e38])
def test_large_finite_weights_are_loaded_and_nothing_raises_later(size):
    """What they answer overflows, and is counted as not finite."""
    state = {name: torch.full_like(tensor, size) for name, tensor in STATE.items()}
    state["body.0.bias"] = -state["body.0.bias"]
    loaded = loading.fitted(file_of(state), MODEL)
    kept = TrainedModel(with_numbers(LESSON.set(epochs=2), loaded.content))
    assert kept.run.failure is None
    outputs = [model_contents.output(*one) for one in kept.run.variables["outputs"].items()]
    assert max(one.broken for one in outputs) > 0
    for one in outputs:
        assert sum(one.counts) == round((1 - one.broken) * math.prod(one.shape))
    pictures.histograms(outputs, palette(dark=False))


# Python warns of a backslash in a name, and reads on.
@pytest.mark.filterwarnings("ignore:invalid escape sequence:DeprecationWarning")
@given(place=st.integers(0, len(OWN) - 1), byte=st.integers(0, 255), old=st.booleans())
@settings(max_examples=300)
def test_a_damaged_file_is_loaded_or_refused_and_never_breaks(place, byte, old):
    whole = LEGACY if old else OWN
    place %= len(whole)
    damaged = whole[:place] + bytes([byte]) + whole[place + 1 :]
    try:
        state = state_in(loading.fitted(damaged, MODEL, unwrap=True).content)
    except ValueError:
        return
    assert {n: t.shape for n, t in state.items()} == {n: t.shape for n, t in STATE.items()}


def test_two_answers_stand_side_by_side_with_their_largest_difference():
    found = model_contents.answers(torch.tensor([0.5, 0.25, 1.0]), torch.tensor([0.5, 1.0, 0.875]))
    assert found.pairs == [(0.5, 0.5), (0.25, 1.0), (1.0, 0.875)]
    assert found.gap == 0.75


def test_frozen_parameters_are_counted_and_do_not_learn():
    model = torch.nn.Linear(3, 2)
    model.bias.requires_grad_(False)
    assert model_contents.counted(model_contents.parameters(model)) == (8, 6)
