"""What the gallery of autograd says of each mistake is why torch does what it does."""

import itertools

import numpy as np
import pytest
import torch

from groundup.mistakes.gallery import gallery, happened, mistake
from tests.mistakes.made import instead, mended, wrong


def unusable(node, saved="_saved_self"):
    """Whether what ``node`` saved in the forward pass is gone, or was changed since."""
    try:
        getattr(node, saved)
    except RuntimeError:
        return True
    return False


def behind(result):
    """The leaf behind the first operand of ``result``."""
    return result.grad_fn.next_functions[0][0].variable


# Each holds of what the wrong text leaves, and says of it what the meaning says.
CAUSES = {
    "backward_on_vector": lambda v: v.losses.numel() > 1 and v.w.grad is None,
    "backward_twice": lambda v: v.w.grad == 6 and unusable(v.loss.grad_fn),
    "changed_after_saving": lambda v: (
        v.y._version == 1 and unusable(v.y.grad_fn.next_functions[0][0], "_saved_result")
    ),
    "changed_slice": lambda v: v.w[0].data_ptr() == v.w.data_ptr() and v.w.is_leaf,
    "converted_parameter": lambda v: (
        not v.w.is_leaf and behind(v.w).grad.tolist() == [2, 4] and "None" in v.printed
    ),
    "copied_result": lambda v: behind(v.y) is v.w,
    "detached_backup": lambda v: (
        v.best.grad_fn is None and v.best.data_ptr() == v.w.data_ptr() and v.best == v.w == -2
    ),
    "double_data": lambda v: v.x.dtype != v.w.dtype,
    "forward_untracked": lambda v: v.y.grad_fn is None and v.loss.grad_fn is None,
    "freeze_a_result": lambda v: not v.y.is_leaf and v.y.requires_grad and v.w.requires_grad,
    "grad_of_result": lambda v: v.w.grad == 24 and not v.y.is_leaf and "None" in v.printed,
    "gradient_shape": lambda v: v.w.grad.shape == v.w.shape,
    "half_a_model": lambda v: "4 of 25" in v.printed,
    "inference_input": lambda v: unusable(v.features, "_version"),
    "integer_parameter": lambda v: not hasattr(v, "w"),
    "integer_switched": lambda v: not v.counts.requires_grad,
    "item_of_many": lambda v: v.losses.numel() == 3,
    "nothing_tracked": lambda v: not v.w.requires_grad and v.loss.grad_fn is None,
    "optimizer_of_result": lambda v: not v.w.is_leaf and behind(v.w).is_leaf,
    "plot_parameter": lambda v: v.w.requires_grad and not hasattr(v, "points"),
    "rebuilt_loss": lambda v: (
        v.loss.is_leaf and v.loss.grad_fn is None and v.loss.grad == 1 and v.w.grad is None
    ),
    # It stops in the second pass, at the first example's share of the total.
    "running_total": lambda v: (
        v.x == 2 and unusable(v.total.grad_fn.next_functions[0][0].next_functions[1][0])
    ),
    "scaled_parameter": lambda v: (
        not v.w.is_leaf and behind(v.w).grad.allclose(0.2 * v.w) and "None" in v.printed
    ),
    "square_root_of_zero": lambda v: v.distance == 0 and bool(v.w.grad.isnan().all()),
    "train_on_accuracy": lambda v: (v.w * v.x).requires_grad and not v.answers.requires_grad,
    "unused_parameter": lambda v: v.b.requires_grad,
    "update_makes_constant": lambda v: v.epoch == 1 and not v.w.requires_grad,
    "update_makes_new": lambda v: v.epoch == 1 and v.w.requires_grad and not v.w.is_leaf,
    "update_tracked": lambda v: v.w == 3 and v.w.is_leaf,
    "zero_before_step": lambda v: v.w.grad is None and "began at 3 and is 3\n" in v.printed,
    "zero_what_is_none": lambda v: v.w.grad is None and v.raised == "AttributeError",
}
ELSEWHERE = {"never_zeroed", "step_too_long", "target_shape", "targets_by_hand", "two_steps"}


def test_every_mistake_has_its_cause_tried():
    assert {entry.name for entry in gallery()} == set(CAUSES) | ELSEWHERE


@pytest.mark.parametrize("name", CAUSES)
def test_the_wrong_run_leaves_what_the_meaning_says_and_the_mended_one_does_not(name):
    assert CAUSES[name](wrong(name))
    # Where nothing is raised, what is left alone tells the two apart.
    assert wrong(name).raised or not CAUSES[name](mended(name))


TWICE = "loss.backward()\nloss.backward()"
# A mistake, what is changed in its text, and what that then leaves: the cause taken away or made
# in another way, or another way out that the meaning names.
OTHERWISE = [
    (
        "backward_on_vector",
        {"backward()": "backward(torch.tensor([5.0, 7.0]))"},
        lambda v: v.w.grad.tolist() == [10, 28],
    ),
    ("backward_on_vector", {"[1.0, 2.0]": "[1.0]"}, lambda v: v.w.grad == 2),
    (
        "backward_twice",
        {TWICE: "loss.backward()\nloss = w**2\nloss.backward()"},
        lambda v: v.w.grad == 12,
    ),
    # A sum keeps nothing for the backward pass, so there is nothing to throw away.
    ("backward_twice", {"w**2": "w + 2"}, lambda v: v.w.grad == 2),
    # sin() keeps its input, so its result may be changed.
    ("changed_after_saving", {"exp()": "sin()"}, lambda v: v.w.grad.allclose(v.w.cos())),
    # A slice of a copy, which is no leaf.
    ("changed_slice", {"w[0]": "w.clone()[0]"}, lambda v: v.w.grad.tolist() == [2, 4, 6]),
    ("converted_parameter", {"torch.float64": "torch.float32"}, lambda v: v.w.is_leaf),
    (
        "converted_parameter",
        {"torch.float64": '"meta"', "loss.backward()": "pass"},
        lambda v: not v.w.is_leaf,
    ),
    ("copied_result", {"deepcopy(y)": "deepcopy(w)"}, lambda v: v.kept == 3),
    ("copied_result", {", requires_grad=True": ""}, lambda v: v.kept == 6),
    ("double_data", {"x @ w": "x * w"}, lambda v: v.w.grad == 2.5),
    ("freeze_a_result", {", requires_grad=True": ""}, lambda v: "tracked: False" in v.printed),
    ("freeze_a_result", {"= 2 * w": "= w"}, lambda v: "tracked: False" in v.printed),
    # Asked for too late.
    (
        "grad_of_result",
        {"loss.backward()": "loss.backward()\ny.retain_grad()"},
        lambda v: "None" in v.printed,
    ),
    # A sum need not keep its operands.
    ("inference_input", {"features @ w": "features + w"}, lambda v: v.w.grad == 10),
    ("item_of_many", {"[1.0, 2.0, 3.0]": "[[2.0]]"}, lambda v: "loss = 9" in v.printed),
    (
        "item_of_many",
        {"{losses.item():.4g}": "{losses.tolist()}"},
        lambda v: "[1.0, 9.0, 25.0]" in v.printed,
    ),
    ("plot_parameter", {", requires_grad=True": ""}, lambda v: v.points.tolist() == [1, 2]),
    # The total without the graph of the first example.
    (
        "running_total",
        {"total + loss": "total.detach() + loss"},
        lambda v: v.total == 29 and v.w.grad == 24,
    ),
    (
        "unused_parameter",
        {
            "gradients = torch.autograd.grad(loss, [w, b])": "loss.backward()",
            'print(f"gradients: {[gradient.item() for gradient in gradients]}")': "print(w.grad)",
        },
        lambda v: v.w.grad == 24 and v.b.grad is None,
    ),
    ("update_makes_constant", {"range(2)": "range(1)"}, lambda v: not v.w.requires_grad),
    ("update_makes_new", {"range(2)": "range(1)"}, lambda v: not v.w.is_leaf),
    # One update of twice the rate.
    (
        "two_steps",
        {"    optimizer.step()\n    optimizer.step()": "    optimizer.step()", "0.6": "1.2"},
        lambda v: v.w.allclose(wrong("two_steps").w),
    ),
    ("zero_what_is_none", {"grad.zero_()": "grad"}, lambda v: v.w.grad == 6),
]


@pytest.mark.parametrize(("name", "changes", "holds"), OTHERWISE)
def test_without_its_cause_a_mistake_is_none(name, changes, holds):
    led_to = instead(name, changes)
    assert not led_to.raised
    assert holds(led_to)


# The closed form of what the fixed text computes.
AFTER_THE_FIX = {
    "backward_on_vector": ("w.grad", [1, 2]),
    "backward_twice": ("w.grad", 12),
    "changed_after_saving": ("w.grad", [np.exp(0.5), np.exp(1.0)]),
    "changed_slice": ("w.grad", [0, 4, 6]),
    "converted_parameter": ("w.grad", [2, 4]),
    "copied_result": ("kept", 6),
    "detached_backup": ("best", 3),
    "double_data": ("w.grad", [[2.5]]),
    "forward_untracked": ("w.grad", 20),
    "grad_of_result": ("y.grad", 12),
    "gradient_shape": ("w.grad", [0, 0]),
    "inference_input": ("w.grad", [[22.5]]),
    "integer_parameter": ("w.grad", [2, 4, 6]),
    "integer_switched": ("counts.grad", [8, 14, 2]),
    "nothing_tracked": ("w.grad", 6),
    "rebuilt_loss": ("w.grad", 6),
    "running_total": ("w.grad", 24),
    "square_root_of_zero": ("w.grad", [0, 0]),
    "step_too_long": ("w", 3 * 0.4**100),
    "update_makes_constant": ("w", 3 * 0.8**2),
    "update_makes_new": ("w", 3 * 0.8**2),
    "update_tracked": ("w", 2.4),
    "zero_what_is_none": ("w.grad", 6),
}


@pytest.mark.parametrize("name", AFTER_THE_FIX)
def test_the_fix_computes_what_was_wanted(name):
    what, expected = AFTER_THE_FIX[name]
    variable, _, grad = what.partition(".")
    value = getattr(mended(name), variable)
    found = (value.grad if grad else value).tolist()
    assert np.array(found) == pytest.approx(np.array(expected), rel=1e-5, abs=1e-40)


def test_fixes_whose_results_are_more_than_one_number():
    w = mended("scaled_parameter").w
    assert w.is_leaf
    assert w.grad.allclose(2 * w)
    loss_before = (0.01 * behind(wrong("optimizer_of_result").w) ** 2).sum()
    v = mended("optimizer_of_result")
    # A step of 0.1 downhill on w² leaves 0.8 of w.
    assert v.loss.item() == pytest.approx(loss_before.item())
    assert (v.w**2).sum().item() == pytest.approx(0.64 * loss_before.item())
    assert mended("unused_parameter").gradients == (28, 14)
    v = mended("train_on_accuracy")
    slope = ((v.scores.sigmoid() - v.right) * v.x).mean()
    assert v.w.grad.item() == pytest.approx(slope.item())
    assert "tracked: False" in mended("freeze_a_result").printed
    assert mended("plot_parameter").points.tolist() == [1, 2]
    assert "loss = 11.67" in mended("item_of_many").printed
    assert "25 of 25" in mended("half_a_model").printed


DTYPES = {d for d in vars(torch).values() if isinstance(d, torch.dtype)}


@pytest.mark.filterwarnings("ignore:ComplexHalf")
def test_only_float_and_complex_tensors_can_be_switched_on():
    def on(switched):
        try:
            return switched().requires_grad
        except RuntimeError:
            return False

    for dtype in DTYPES:
        can = dtype.is_floating_point or dtype.is_complex
        assert on(lambda: torch.empty(2, dtype=dtype, requires_grad=True)) is can, dtype  # noqa: B023
        assert on(torch.empty(2, dtype=dtype).requires_grad_) is can, dtype
    assert {torch.int64, torch.bool, torch.bfloat16, torch.complex64} <= DTYPES


@pytest.mark.parametrize("shape", [(), (0,), (2,), (1, 2), (2, 3)])
def test_a_gradient_has_its_tensors_shape_and_no_other_is_taken(shape):
    w = torch.ones(shape, requires_grad=True)
    (2 * w).sum().backward()
    assert w.grad.shape == w.shape
    with pytest.raises(RuntimeError):
        w.grad = torch.zeros(*shape, 3)
    w.grad = torch.zeros(shape)


def test_numpys_floats_are_float64_unless_told_otherwise_and_matmul_wants_one_dtype():
    assert torch.from_numpy(np.array([0.5])).dtype == torch.float64
    assert torch.from_numpy(np.random.default_rng(0).random(2)).dtype == torch.float64
    assert torch.from_numpy(np.array([0.5], dtype=np.float32)).dtype == torch.float32
    for one, other in (("float32", "float64"), ("float32", "int64"), ("float16", "float32")):
        a, b = (torch.ones(2, 2, dtype=getattr(torch, name)) for name in (one, other))
        with pytest.raises(RuntimeError, match="dtype"):
            a @ b


def test_no_operation_is_recorded_inside_no_grad():
    w = torch.tensor([0.5], requires_grad=True)
    with torch.no_grad():
        results = [w + 1, w.exp(), w @ w, torch.stack([w, w]), torch.nn.functional.relu(w)]
        assert w[0].grad_fn is w.view(1).grad_fn is None
    assert not any(result.requires_grad or result.grad_fn for result in results)


def test_no_comparison_has_a_slope():
    w = torch.tensor(0.3, requires_grad=True)
    for answer in (w > 0, w >= 0, w < 0, w <= 0, w == 0, w != 0):
        assert answer.dtype == torch.bool
        assert not answer.requires_grad


def test_every_optimizer_refuses_a_result_and_takes_a_leaf():
    w = wrong("optimizer_of_result").w
    for cls in (torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW, torch.optim.RMSprop):
        with pytest.raises(ValueError, match="non-leaf"):
            cls([w], lr=0.1)
        assert cls([w.detach().requires_grad_()], lr=0.1)


def test_a_result_changed_in_place_becomes_part_of_the_graph_and_loses_its_value():
    w = torch.tensor(3.0, requires_grad=True)
    y = w * 1
    y -= 0.6
    assert "Sub" in y.grad_fn.name()
    assert y.item() == pytest.approx(2.4)


def test_what_numpy_computes_has_no_graph_and_no_grad_also_says_that_it_is_left():
    w = wrong("plot_parameter").w
    assert not hasattr(np.sin(w.detach().numpy()), "grad_fn")
    with torch.no_grad():
        assert w.numpy().tolist() == [1, 2]


def test_the_vertical_slope_of_a_square_root_makes_nan_and_a_step_spreads_it():
    zero = torch.tensor(0.0, requires_grad=True)
    zero.sqrt().backward()
    assert zero.grad == torch.inf
    v = wrong("square_root_of_zero")
    w = v.w.detach().clone().requires_grad_()
    ((w - v.target) ** 2).sum().backward()
    assert w.grad.tolist() == [0, 0]
    assert (zero.grad * w.grad).isnan().all()
    w.grad = v.w.grad
    torch.optim.SGD([w], lr=0.1).step()
    assert w.isnan().all()


def test_setting_a_gradient_to_none_works_at_any_time_and_zero_grad_does_it():
    w = torch.tensor(3.0, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=0.1)
    for _ in range(2):
        w.grad = None
        w.grad = None
        (w**2).backward()
        assert w.grad == 6
    optimizer.zero_grad()
    assert w.grad is None


def test_what_is_never_zeroed_swings_through_the_valley_and_back_and_never_slows():
    # wₙ₊₁ − 2wₙ + wₙ₋₁ = −0.2 wₙ, a swing without friction: wₙ = A cos(nθ + φ), cos θ = 0.9.
    path = [instead("never_zeroed", {"range(20)": f"range({n})"}).w.item() for n in range(1, 21)]
    theta = np.arccos(0.9)
    phase = np.arctan((np.cos(theta) - 0.8) / np.sin(theta))
    swing = 3 / np.cos(phase) * np.cos(np.arange(1, 21) * theta + phase)
    assert path == pytest.approx(swing, abs=1e-4)
    signs = np.sign([3, *path])
    assert list(signs[np.flatnonzero(np.diff(signs)) + 1])[:2] == [-1, 1]
    assert "lowest point is at w = 0" in wrong("never_zeroed").printed
    assert abs(mended("never_zeroed").w) < 0.04


def test_a_step_that_is_too_long_overshoots_by_more_than_it_had_to_go():
    start = "w = torch.tensor(3.0, requires_grad=True)\n"
    recorded = {start: f"{start}path, losses = [3.0], []\n"}
    recorded["    w.grad.zero_()\n"] = (
        "    w.grad.zero_()\n    path.append(w.item())\n    losses.append(loss.item())\n"
    )
    v = instead("step_too_long", recorded)
    for before, after in itertools.pairwise(v.path[:40]):
        assert after * before < 0
        assert abs(after) > abs(before)
    assert np.inf in np.abs(v.path)
    assert next(loss for loss in v.losses if not np.isfinite(loss)) == np.inf
    assert np.isnan(v.path[-1])
    second = torch.func.grad(torch.func.grad(lambda w: 30 * w**2))
    assert second(torch.tensor(3.0)) == 60


@pytest.mark.parametrize("rate", [0.0001, 0.1, 1.0])
@pytest.mark.parametrize("name", ["step_too_long", "update_makes_new", "update_makes_constant"])
def test_the_learning_rate_is_how_far_a_step_goes_for_a_slope_of_one(name, rate):
    slope = 180 if name == "step_too_long" else 6
    passes = {"range(100)": "range(1)"} if name == "step_too_long" else {"range(2)": "range(1)"}
    led_to = instead(name, passes | {"learning_rate = 0.1": f"learning_rate = {rate}"})
    assert led_to.w.item() == pytest.approx(3 - rate * slope, rel=1e-5)
    for refused in (0.00009, 1.1):
        with pytest.raises(ValueError, match="learning_rate"):
            mistake(name).lesson.set(learning_rate=refused)


@pytest.mark.parametrize("name", ["target_shape", "targets_by_hand"])
def test_broadcast_targets_are_compared_each_with_each(name):
    v = wrong(name)
    outputs, targets = (v.x @ v.w + v.b).flatten().tolist(), v.y_true.tolist()
    pairs = [output - target for output in outputs for target in targets]
    assert len(pairs) == len(targets) ** 2
    assert v.loss.item() == pytest.approx(np.mean(np.square(pairs)), rel=1e-4)
    # No line does better on these pairs: least squares finds the flat one through the mean.
    rows = [[x, 1.0] for x in v.x.flatten().tolist() for _ in targets]
    best, *_ = np.linalg.lstsq(np.array(rows), np.array(targets * len(targets)))
    assert best == pytest.approx([0, np.mean(targets)], abs=1e-9)
    assert [v.w.item(), v.b.item()] == pytest.approx(best, abs=1e-4)
    assert [mended(name).w.item(), mended(name).b.item()] == pytest.approx([2, 1], abs=1e-4)
    assert happened("target_shape").kind == "warning"


def test_the_hidden_layers_of_half_a_model_never_learn():
    v = instead("half_a_model", {})
    layers = [*v.model.hidden, v.model.last]
    before = [layer.weight.clone() for layer in layers]
    for _ in range(3):
        out = torch.ones(4, 2)
        for layer in layers:
            out = layer(out)
        v.optimizer.zero_grad()
        (out - 5).square().mean().backward()
        v.optimizer.step()
    moved = [not torch.equal(b, layer.weight) for b, layer in zip(before, layers, strict=True)]
    assert moved == [False, False, True]
