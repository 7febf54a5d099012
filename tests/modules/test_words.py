"""What the nn.Module page says in words, tried against torch where it would be false."""

import io
import math
import pickletools
import re
import zipfile
from functools import partial

import pytest
import torch
from torch import nn

from groundup.engine import lesson, observe
from groundup.figures.modules.model_contents import histograms
from groundup.figures.theme import palette
from groundup.modules import loading, model_contents
from groundup.modules.agreement import NAMES, Gap, LoopComparison, race
from groundup.modules.counterparts import lines_of
from groundup.modules.file_index import Kept, Storage
from groundup.modules.parameter_history import TrainedModel, with_numbers
from groundup.ui.modules.line_by_line import _ended, _overflowed

BY_HAND, BY_MODULE = lesson.load("training_loop"), lesson.load("nn_module")
OPTIMIZERS = BY_HAND.parameters["optimizer"].options
INSIDE = lesson.load("inside_a_model")


@pytest.mark.parametrize("name", ["inside_a_model", "network", "nn_module", "data_loader"])
def test_a_comments_bounds_are_those_that_hold(name):
    loaded = lesson.load(name)
    for one in loaded.parameters.values():
        if one.low is not None:
            for allowed in (one.low, one.high):
                loaded.set(**{one.name: type(one.default)(allowed)})
            for beyond in (one.low - 1, one.high + 1):
                with pytest.raises(ValueError, match=re.escape(f"from {one.low:g} to")):
                    loaded.set(**{one.name: type(one.default)(beyond)})


# Line by line


def part(name, side, text):
    return [text.splitlines()[n - 1] for n in lines_of(text, side, name)]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_both_programs_have_five_steps_and_the_same_lines_for_settings_and_examples(optimizer):
    hand, module = (side.set(optimizer=optimizer).text for side in (BY_HAND, BY_MODULE))
    for text in (hand, module):
        assert sorted(re.findall(r"^ +# (\d)\.", text, re.MULTILINE)) == list("12345")
    moved = [line for line in part("Data", "by_module", module) if line != "from torch import nn"]
    assert part("Data", "by_hand", hand) == moved


def test_the_layer_makes_and_registers_both_tensors_and_runs_what_was_written_by_hand():
    run = observe.run(BY_MODULE.set(epochs=1).text).variables
    model, X, w, b = (run[name] for name in ("model", "X", "w", "b"))
    assert all(p is q for p, q in zip(model.parameters(), (w, b), strict=True))
    assert w is model.linear.weight
    assert b is model.linear.bias
    assert w.requires_grad
    assert b.requires_grad
    handed = []
    model.linear.register_forward_pre_hook(lambda _, inputs: handed.extend(inputs))
    assert torch.allclose(model(X), X @ w.T + b)
    assert handed[0] is X


class Keeper(nn.Module):
    """A model that is given something to keep, before or after its own start."""

    def __init__(self, kept, *, late=False):
        if late:
            self.kept = kept
        super().__init__()
        self.kept = kept


@pytest.mark.parametrize(
    ("kept", "found"),
    [
        (nn.Linear(1, 1), 2),
        (nn.ModuleList([nn.Linear(1, 1), nn.Linear(1, 1)]), 4),
        (nn.Parameter(torch.zeros(3)), 1),
        ([nn.Linear(1, 1)], 0),
        ({"one": nn.Linear(1, 1)}, 0),
        (torch.zeros(3, requires_grad=True), 0),
    ],
)
def test_a_model_keeps_what_is_itself_a_layer_or_a_parameter_and_nothing_before_its_init(
    kept, found
):
    assert len(list(Keeper(kept).parameters())) == found
    if found:
        with pytest.raises(AttributeError, match="__init__"):
            Keeper(kept, late=True)


def test_a_linear_layer_draws_its_own_start_which_the_program_overwrites():
    drawn = []
    for seed in (0, 1):
        torch.manual_seed(seed)
        drawn.append(nn.Linear(1, 1).weight.item())
        start = observe.run(BY_MODULE.set(epochs=1, learning_rate=0.0001, start_w=3.0).text)
        assert start.columns["w"][0] == pytest.approx(3.0, abs=0.01)
    assert drawn[0] != drawn[1]


def test_the_loss_object_is_the_formula_and_another_one_is_one_line_away():
    guess, truth = torch.randn(9, 1), torch.randn(9, 1)
    assert nn.MSELoss()(guess, truth) == pytest.approx(torch.mean((guess - truth) ** 2).item())
    text = BY_MODULE.text.replace("nn.MSELoss()", "nn.L1Loss()")
    assert observe.run(text).failure is None
    changed = [a != b for a, b in zip(text.splitlines(), BY_MODULE.text.splitlines(), strict=True)]
    assert sum(changed) == 1


def test_the_gradients_are_those_of_the_loop_by_hand():
    """At the first epoch, where nothing but the layer and the loss could differ."""
    for seed in range(5):
        both = [side.set(seed=seed, epochs=1) for side in (BY_HAND, BY_MODULE)]
        first, second = (observe.run(side.text).columns for side in both)
        for name in ("loss", "w.grad", "b.grad"):
            assert first[name][0] == pytest.approx(second[name][0], rel=1e-5)


TORCHS = {
    "gradient descent": (torch.optim.SGD, {}),
    "momentum": (torch.optim.SGD, {"momentum": 0.9}),
    "RMSprop": (torch.optim.RMSprop, {}),
    "Adam": (torch.optim.Adam, {}),
}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_optimizer_has_torchs_defaults_and_remembers_something_for_each_parameter(name):
    run = observe.run(BY_MODULE.set(optimizer=name, epochs=1, learning_rate=0.25).text).variables
    optimizer, (made, more) = run["optimizer"], TORCHS[name]
    assert type(optimizer) is made
    assert optimizer.defaults == made([nn.Parameter(torch.ones(1))], lr=0.25, **more).defaults
    remembered = 0 if name == "gradient descent" else 2
    assert len(optimizer.state) == remembered
    by_hand = part("Memory", "by_hand", BY_HAND.set(optimizer=name).text)
    assert len(by_hand) == remembered


def test_a_language_model_gives_its_optimizer_hundreds_of_tensors():
    """GPT-2 XL has 48 such layers (Radford et al., 2019, table 2); their sizes do not matter."""
    layer = nn.TransformerEncoderLayer(8, 2, 8)
    assert 200 < 48 * len(list(layer.parameters())) < 1000
    assert len(list(observe.run(BY_MODULE.text).variables["model"].parameters())) == 2


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_zeroing_is_as_good_after_the_step_and_sets_each_grad_to_none(optimizer):
    text = BY_MODULE.set(optimizer=optimizer).text
    lines = {name: f"    optimizer.{name}()\n" for name in ("zero_grad", "step")}
    assert text.index(lines["zero_grad"]) < text.index("loss.backward") < text.index(lines["step"])
    later = text.replace(lines["zero_grad"], "").replace(
        lines["step"], lines["step"] + lines["zero_grad"]
    )
    before, after = observe.run(text), observe.run(later)
    assert before.columns["w"] == after.columns["w"]
    assert [p.grad for p in after.variables["model"].parameters()] == [None, None]


def test_no_module_trains_itself():
    """``train()`` sets a mode, and no method of nn.Module takes examples to learn from."""
    model = nn.Linear(1, 1)
    before = model.weight.clone()
    model.train()
    assert torch.equal(model.weight, before)
    assert not {"fit", "fit_transform", "learn", "train_on_batch"} & set(dir(model))


def test_the_part_that_only_one_program_has_is_counted_as_no_line(visit):
    app = visit("nn_module", topic="Line by line", piece="Memory")
    texts = [one.value for one in app.markdown]
    assert any("From scratch" in text and "no line does this" in text for text in texts)
    assert any("nn.Module" in text and "1 line does this" in text for text in texts)


# The proof


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_differences_are_rounding_and_nothing_else(optimizer):
    """In float64 they shrink as much as the spacing of its numbers does: by 2²⁹, about."""
    found = {}
    for dtype in ("float32", "float64"):
        start = f"import torch\ntorch.set_default_dtype(torch.{dtype})\n"
        sides = [
            observe.run(
                side.set(optimizer=optimizer, epochs=200).text.replace("import torch\n", start, 1)
            )
            for side in (BY_HAND, BY_MODULE)
        ]
        pairs = [zip(*(side.columns[n] for side in sides), strict=True) for n in NAMES]
        found[dtype] = max(abs(a - b) for pair in pairs for a, b in pair)
    assert 0 < found["float32"] < 1e-5
    assert found["float64"] < 1e-6 * found["float32"]


def test_torchs_update_rounds_differently_from_the_one_by_hand():
    w, gradient = torch.randn(1000), torch.randn(1000)
    moved = nn.Parameter(w.clone())
    moved.grad = gradient
    torch.optim.SGD([moved], lr=0.05).step()
    difference = (moved.detach() - (w - 0.05 * gradient)).abs().max().item()
    assert 0 < difference < 1e-6


def comparison(columns, gaps):
    named = {name: Gap(largest, 0, 1.0) for name, largest in zip(NAMES, gaps, strict=True)}
    return LoopComparison((columns, columns), [], [], (0.0, 0.0), named, (None, None))


@pytest.mark.parametrize(
    ("gaps", "said"),
    [
        ((0.0, 0.0, 0.0), "lies on the solid one"),
        ((0.001, 0.02, 0.0), "lies on the solid one"),
        ((0.01, 0.02, 0.0), "differ visibly, in loss."),
        ((0.001, 0.1, 0.1), "differ visibly, in w and b."),
        ((0.01, 0.1, 0.1), "differ visibly, in loss, w and b."),
    ],
)
def test_the_lines_lie_on_each_other_only_where_their_difference_is_less_than_a_pixel(gaps, said):
    columns = {"loss": [math.nan, 1.0, 2.0], "w": [0.0, 10.0, 5.0], "b": [3.0, 3.0, 3.0]}
    assert said in _ended(comparison(columns, gaps))


def test_the_runs_of_the_page_lie_on_each_other():
    found = race(BY_HAND, BY_MODULE)
    for name in NAMES:
        first, second = (column[name] for column in found.columns)
        apart = max(abs(a - b) for a, b in zip(first, second, strict=True))
        assert apart <= (max(first) - min(first)) / 400
    assert found.apart == ()


@pytest.mark.parametrize(
    ("by_hand", "by_module", "said"),
    [
        (7, 7, "Both overflow at epoch 7"),
        (7, 8, "By hand it overflows at epoch 7, with nn.Module at epoch 8"),
        (7, None, "By hand it overflows at epoch 7, with nn.Module never"),
    ],
)
def test_each_run_overflows_at_its_own_epoch(by_hand, by_module, said):
    assert said in _overflowed(by_hand, by_module)


# What a model holds


def test_printing_a_model_tells_names_classes_and_details_but_no_counts():
    run = observe.run(INSIDE.set(epochs=0).text)
    printed = run.output.partition("\n\n")[0]
    listed = model_contents.layers(run.variables["model"])
    for one in listed:
        name = f"({one.name.rpartition('.')[2]}): " if one.name else ""
        assert f"{name}{one.kind}({one.details}" in printed
    assert not any(f"{one.count}" in printed for one in listed if one.count > 20)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_dropout_draws_anew_in_train_mode_and_drops_none_in_eval(share):
    for mode in ("train", "eval"):
        found = observe.run(INSIDE.set(epochs=0, share=share, mode=mode, width=32).text).variables
        gap = model_contents.answers(found["once"], found["again"]).gap
        assert (gap > 0) == (mode == "train" and share > 0)
        given, dropped = (found["outputs"][name] for name in ("body.1", "body.2"))
        alive = given > 0
        at_work = share if mode == "train" else 0.0
        assert (dropped[alive] == 0).float().mean().item() == pytest.approx(at_work, abs=0.03)
        kept = alive & (dropped != 0)
        assert torch.allclose(dropped[kept], given[kept] / (1 - at_work))


def test_the_mode_has_nothing_to_do_with_gradients():
    model = observe.run(INSIDE.set(epochs=0).text).variables["model"]
    for mode in (True, False):
        assert model.train(mode)(torch.ones(1, 2)).requires_grad
        with torch.no_grad():
            assert not model(torch.ones(1, 2)).requires_grad


def test_before_the_first_step_there_are_random_numbers_and_no_gradient():
    first, other = (TrainedModel(INSIDE.set(epochs=3, seed=seed)).histories for seed in (0, 1))
    assert [one.grad_norms[0] for one in first] == [None] * 4
    assert all(a.norms[0] != b.norms[0] for a, b in zip(first, other, strict=True))


def test_a_files_numbers_are_the_start_of_what_is_trained_on():
    content = observe.run(INSIDE.set(epochs=4).text).variables["file"].getvalue()
    state = torch.load(io.BytesIO(content), weights_only=True)
    kept = TrainedModel(with_numbers(INSIDE.set(epochs=2, seed=9), content))
    assert [one.norms[0] for one in kept.histories] == [t.norm().item() for t in state.values()]
    assert kept.run.epochs == 2
    assert all(one.norms[2] != one.norms[0] for one in kept.histories)


def test_a_histograms_title_has_torchs_numbers():
    seen = observe.run(INSIDE.set(epochs=3).text).variables["outputs"]
    outputs = [model_contents.output(name, values) for name, values in seen.items()]
    titles = [one.text for one in histograms(outputs, palette(dark=False)).layout.annotations]
    for title, (name, values) in zip(titles, seen.items(), strict=True):
        size = "×".join(map(str, values.shape))
        assert title.startswith(f"{name}: {size}, zeros {(values == 0).float().mean():.0%}")
        mean, deviation = values.mean().item(), values.std(correction=0).item()
        assert f"mean {mean:.3g}, σ {deviation:.3g}".replace("-", "−") in title


@pytest.mark.parametrize("epochs", [0, 40])
def test_what_the_lesson_prints_of_its_model_is_so(epochs):
    run = observe.run(INSIDE.set(epochs=epochs, mode="train").text)
    found = run.variables
    right = (found["model"].eval()(found["X"]).argmax(dim=1) == found["y"]).sum().item()
    assert f"It gets {right / 200:.1%} of the examples right" in run.output
    assert f"Saved as {len(found['file'].getvalue())} bytes; the restored model" in run.output
    once, again = (found[name][0].item() for name in ("once", "again"))
    assert f"Asked twice in train mode: {once:.4g} and {again:.4g}" in run.output
    assert once != again


def test_what_the_line_says_it_was_made_with_made_it():
    found = observe.run(BY_MODULE.set(true_w=-3.0, true_b=4.0, noise=0.0, epochs=1).text)
    assert "The data was made with w=-3, b=4" in found.output
    X, y = (found.variables[name] for name in ("X", "y_true"))
    assert torch.allclose(y, -3 * X + 4)


def test_from_huge_numbers_the_loss_is_never_finite():
    model = observe.run(INSIDE.set(epochs=0).text).variables["model"]
    state = {name: torch.full_like(tensor, 1e30) for name, tensor in model.state_dict().items()}
    kept = TrainedModel(with_numbers(INSIDE.set(epochs=3), saved(state)))
    losses = kept.run.columns["loss"]
    assert [math.isfinite(loss) for loss in losses] == [False] * 3


# Files


def saved(anything):
    file = io.BytesIO()
    torch.save(anything, file)
    return file.getvalue()


def test_the_file_of_a_state_dict_is_a_dictionary_of_tensors_and_names_no_code():
    model = observe.run(INSIDE.set(epochs=0).text).variables["model"]
    content = model_contents.saved(model)
    state = torch.load(io.BytesIO(content), weights_only=True)
    assert isinstance(state, dict)
    assert all(isinstance(name, str) for name in state)
    assert all(isinstance(tensor, torch.Tensor) for tensor in state.values())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        index = archive.read(next(n for n in archive.namelist() if n.endswith("data.pkl")))
    named = {argument for op, argument, _ in pickletools.genops(index) if op.name == "GLOBAL"}
    assert named == {
        "collections OrderedDict",
        "torch FloatStorage",
        "torch._utils _rebuild_tensor_v2",
    }


class Around(nn.Module):
    """A class around a model."""

    def __init__(self, model):
        super().__init__()
        self.model = model


@pytest.mark.parametrize(
    ("prefix", "wrap", "by"),
    [
        ("module.", nn.DataParallel, "nn.DataParallel puts it"),
        ("_orig_mod.", partial(torch.compile, backend="eager"), "torch.compile puts it"),
        ("model.", Around, "a class around the model puts it"),
    ],
)
def test_each_wrapper_puts_its_prefix_before_every_name(prefix, wrap, by):
    model = observe.run(INSIDE.set(epochs=0).text).variables["model"]
    content = saved(wrap(model).state_dict())
    said = re.escape(f"«{prefix}»: {by} before every name")
    with pytest.raises(loading.WrappedError, match=said):
        loading.fitted(content, model)
    state = torch.load(io.BytesIO(loading.fitted(content, model, unwrap=True).content))
    assert all(torch.equal(state[name], one) for name, one in model.state_dict().items())


def test_torch_packs_no_file_and_none_is_larger_inside_than_out():
    for state in ({}, {"w": torch.zeros(1)}, {"w": torch.zeros(200_000)}):
        content = saved(state)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
        assert all(entry.compress_type == zipfile.ZIP_STORED for entry in entries)
        assert sum(entry.file_size for entry in entries) < len(content)


class Hostile:
    """A whole object, whose file brings code along."""

    def __reduce__(self):
        return (pytest.fail, ("code from the file was run",))


def test_what_was_checked_of_a_files_tensor_cannot_be_changed():
    storage = Storage("0", torch.float32, "cpu", 6)
    for one in (storage, Kept(storage, 0, (2, 3), (3, 1))):
        assert not hasattr(one, "__dict__")
        for name in (*one._fields, "more"):
            with pytest.raises(AttributeError):
                setattr(one, name, 9)


def test_to_load_a_whole_object_is_to_run_its_code():
    content = saved(Hostile())
    with pytest.raises(pytest.fail.Exception, match="was run"):
        torch.load(io.BytesIO(content), weights_only=False)
    with pytest.raises(ValueError, match="to load one is to run its code"):
        loading.fitted(content, nn.Linear(1, 1))


def unsaid(name, tensor, kind):
    return {"complex": tensor.to(torch.complex64), "float8": tensor.to(torch.float8_e4m3fn)}[kind]


@pytest.mark.parametrize("kind", ["complex", "float8"])
def test_a_file_of_torch_that_cannot_be_read_here_is_not_said_to_be_none(kind):
    model = observe.run(INSIDE.set(epochs=0).text).variables["model"]
    state = {name: unsaid(name, tensor, kind) for name, tensor in model.state_dict().items()}
    with pytest.raises(ValueError, match="or it holds what cannot be read here"):
        loading.fitted(saved(state), model)


def test_a_dictionary_that_is_not_looked_for_is_said_not_to_be_found():
    model = observe.run(INSIDE.set(epochs=0).text).variables["model"]
    for hidden in ([model.state_dict()], {"epoch": 3, **model.state_dict()}, {}):
        with pytest.raises(ValueError, match="No dictionary from names to tensors was found"):
            loading.fitted(saved(hidden), model)


@pytest.mark.parametrize(("width", "classes"), [(9, 2), (8, 3)])
def test_another_width_fits_where_only_the_width_differs(width, classes):
    model, other = (
        observe.run(INSIDE.set(epochs=0, width=w).text).variables["model"] for w in (8, width)
    )
    other.head = nn.Linear(width, classes)
    content = model_contents.saved(other)
    with pytest.raises(ValueError, match="If only the width differs, set the one"):
        loading.fitted(content, model)
    set_to_it = observe.run(INSIDE.set(epochs=0, width=width).text).variables["model"]
    if classes == 2:
        assert loading.fitted(content, set_to_it).notes == ()
    else:
        with pytest.raises(ValueError, match="has shape"):
            loading.fitted(content, set_to_it)
