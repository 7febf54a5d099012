"""Timing and training inside a budget: what is promised, refused, fitted and read."""

import ast
import gc
import re

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from groundup.engine import lesson, observe
from groundup.scale import ffn_training, ladder, measure, memory, sentences
from groundup.scale.measure import Budget, Point

SMALL = Budget(8 * 2**20, "for a test")
ROOMY = Budget(2**30, "for a test")


@pytest.fixture(autouse=True)
def nothing_is_held():
    gc.collect()
    assert measure.reserved_bytes() == 0


@pytest.fixture(autouse=True)
def one_thread():
    """As in the app; threads that wait for each other make small models slow on a busy machine."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def test_every_planned_point_is_measured_and_is_positive():
    planned = measure.plan(128, 1, ROOMY)
    run = measure.reserve(planned.text, measure.needed(128), ROOMY)
    found = measure.points(run.finish())
    assert run.failure is None
    assert [(p.width, p.intermediate, p.tokens) for p in found] == [
        *((64, 224, 1), (64, 224, 128), (128, 448, 1), (128, 448, 128)),
    ]
    assert len(found) == measure.steps(planned)
    assert all(p.forward > 0 and p.backward > 0 and p.flops_per_second > 0 for p in found)
    measure.release(run)


def test_a_stopped_timing_keeps_what_it_measured():
    planned = measure.plan(512, 1, ROOMY)
    run = measure.reserve(planned.text, measure.needed(512), ROOMY)
    while not measure.points(run):
        assert run.step()
    measure.release(run)
    assert len(measure.points(run)) == 1
    assert run.state == "ended"
    assert not run.advance()


def test_the_timed_blocks_are_the_blocks_whose_flops_are_counted():
    text = measure.plan(64, 1, ROOMY).text
    found = observe.run(text).variables
    block = torch.nn.Sequential(torch.nn.Linear(64, 224), torch.nn.GELU(), torch.nn.Linear(224, 64))
    with FlopCounterMode(display=False) as counter:
        x = torch.randn(128, 64, requires_grad=True)
        block(x).square().mean().backward()
    point = Point(*found["results"][1])
    assert point.flops_per_second * point.seconds == pytest.approx(counter.get_total_flops())


def test_nothing_is_allocated_past_the_budget():
    assert measure.within_memory(SMALL) == [w for w in measure.WIDTHS if measure.needed(w) <= 2**23]
    with pytest.raises(ValueError, match="Choose 256 or less"):
        measure.plan(4096, 1, SMALL)
    with pytest.raises(ValueError, match="Nothing can be timed here"):
        measure.plan(64, 1, Budget(1000, "for a test"))
    with pytest.raises(ValueError, match="Choose a smaller width"):
        measure.reserve("", 2**24, SMALL)
    assert measure.reserved_bytes() == 0


@pytest.mark.parametrize("width", [0, -64, 65, 10**12])
def test_a_width_that_is_not_offered_is_refused(width):
    with pytest.raises(ValueError, match="must be one of 64, 128"):
        measure.plan(width, 1, ROOMY)


@pytest.mark.parametrize("threads", [0, -1, 10**12])
def test_an_impossible_number_of_cores_is_refused(threads):
    with pytest.raises(ValueError, match="threads must be from 1 to"):
        measure.plan(64, threads, ROOMY)


def test_learners_share_one_budget_and_give_it_back():
    first = measure.reserve("x = 1", 6 * 2**20, SMALL)
    with pytest.raises(ValueError, match=r"2 MiB of 8 MiB .* Try again in a minute"):
        measure.reserve("x = 1", 6 * 2**20, SMALL)
    measure.release(first)
    second = measure.reserve("x = 1", 6 * 2**20, SMALL)
    assert measure.reserved_bytes() == 6 * 2**20
    # A learner who closes the tab releases nothing; the run just goes away.
    del second
    gc.collect()
    assert measure.reserved_bytes() == 0


def test_the_budget_can_be_set_and_never_exceeds_what_is_free(monkeypatch):
    monkeypatch.setenv("GROUNDUP_MEMORY_MIB", "96")
    assert measure.budget().bytes == 96 * 2**20
    monkeypatch.delenv("GROUNDUP_MEMORY_MIB")
    monkeypatch.setattr(measure, "free_bytes", lambda: 2**30)
    assert measure.budget().bytes == 2**28
    monkeypatch.setattr(measure, "free_bytes", lambda: None)
    assert "does not say" in measure.budget().reason
    monkeypatch.setattr(measure, "__file__", "/mount/src/groundup/groundup/measure.py")
    assert measure.budget().bytes == measure.HOSTED_BYTES
    assert "hosted" in measure.budget().reason


# Training a block


def begun(planned):
    kept = ffn_training.FfnTraining()
    kept.begin(planned, ROOMY)
    return kept


def test_the_block_and_the_toy_differ_in_one_statement():
    def statements(model):
        return [ast.dump(n) for n in ast.parse(lesson.load("train_ffn").set(model=model).text).body]

    toy, block = statements("toy"), statements("FFN")
    assert len(toy) == len(block)
    assert sum(a != b for a, b in zip(toy, block, strict=True)) == 1


@pytest.mark.parametrize("optimizer", ["Adam", "SGD", "momentum", "RMSprop"])
def test_training_in_pieces_gives_the_numbers_of_the_plain_script(optimizer, capsys):
    planned = ffn_training.planned(16, ROOMY, epochs=130, optimizer=optimizer)
    kept = begun(planned)
    while not kept.complete:
        kept.compute(0.001)
    scope = {}
    exec(planned.text, scope)
    assert kept.output == capsys.readouterr().out
    assert kept.losses[-1] == scope["loss"].item()
    epochs, curve = kept.curves[-1]
    assert (epochs, list(curve)) == (130, scope["y_hat"].flatten().tolist())
    assert len(kept.curves) <= ffn_training.CURVES + 1
    assert [at for at, _ in kept.curves] == sorted({at for at, _ in kept.curves})
    # The loss of an epoch is that of the curve which was kept of it.
    y = torch.tensor(kept.y)
    for at, curve in kept.curves:
        loss = (torch.tensor(curve) - y).square().mean().item()
        assert loss == pytest.approx(kept.losses[at - 1], rel=1e-4)
    assert measure.reserved_bytes() == 0


@pytest.mark.parametrize("epochs", [1, 2, 119, 120, 121])
def test_the_last_curve_is_always_kept(epochs):
    planned = ffn_training.planned(16, ROOMY, epochs=epochs, model="toy")
    kept = begun(planned)
    kept.finish()
    assert kept.curves[0][0] == 1
    assert kept.curves[-1][0] == epochs == kept.epochs
    assert measure.reserved_bytes() == 0


def test_a_block_follows_the_wave_and_no_line_can():
    planned = ffn_training.planned(64, ROOMY)
    kept = begun(planned)
    kept.finish()
    x, y = (torch.tensor(v, dtype=torch.float64) for v in (kept.x, kept.y))
    slope = ((x - x.mean()) @ (y - y.mean())) / (x - x.mean()).square().sum()
    residual = y - y.mean() - slope * (x - x.mean())
    line = ffn_training.best_line_loss(kept.x, kept.y)
    assert line == pytest.approx(residual.square().mean().item(), rel=1e-9)
    assert kept.losses[-1] < line / 50
    assert measure.reserved_bytes() == 0


def test_a_block_past_the_budget_is_not_built():
    with pytest.raises(ValueError, match="Choose a smaller width"):
        ffn_training.planned(1024, SMALL)
    needed = ffn_training.needed(ffn_training.planned(64, SMALL))
    assert needed == memory.ffn_training_bytes(64, 256, 100, "Adam")


def test_a_training_too_long_to_wait_for_is_refused():
    with pytest.raises(ValueError, match="smaller width or fewer epochs"):
        ffn_training.look_inside(ffn_training.planned(1024, ROOMY, epochs=2000), ROOMY)


def test_a_stopped_training_keeps_its_numbers_and_gives_its_memory_back():
    kept = begun(ffn_training.planned(16, ROOMY))
    while len(kept.losses) < 5:
        kept.compute(0.0001)
    assert measure.reserved_bytes() == ffn_training.needed(kept.lesson)
    kept.stop()
    assert measure.reserved_bytes() == 0
    assert kept.complete
    assert kept.epochs == len(kept.losses) >= 5


def test_a_neurons_answer_is_what_the_trained_block_computes():
    planned = ffn_training.planned(16, ROOMY, epochs=50)
    view = ffn_training.look_inside(planned, ROOMY)
    scope = {}
    exec(planned.text.replace("print(", "(lambda *a: None)("), scope)
    ffn, lift, head = scope["model"][1], scope["model"][0], scope["model"][2]
    x = torch.tensor([[view.x[30]]])
    with torch.no_grad():
        answers = torch.nn.functional.gelu(lift(x) @ ffn.layer1.weight.T + ffn.layer1.bias)
    assert view.neurons[30].tolist() == pytest.approx(answers[0].tolist(), abs=1e-5)
    limit = 0.01 * view.neurons.abs().max()
    assert view.near_zero[30] == sum(abs(a) < limit for a in view.neurons[30])
    assert view.width == head.in_features * ffn_training.INSIDE
    assert view.nearest(view.x[30] + 1e-4) == 30
    assert measure.reserved_bytes() == 0


@pytest.mark.parametrize("settings", [{}, {"optimizer": "SGD"}, {"epochs": 1}])
def test_what_the_neurons_add_comes_to_the_answer_of_the_block_shown(settings):
    """ŷ is that of the trained block, not that of one step before; the parts add up to it."""
    planned = ffn_training.planned(16, ROOMY, **{"epochs": 50} | settings)
    view = ffn_training.look_inside(planned, ROOMY)
    scope = {}
    exec(planned.text.replace("print(", "(lambda *a: None)("), scope)
    with torch.no_grad():
        assert view.y_hat == pytest.approx(scope["model"](scope["X"]).flatten().tolist(), abs=1e-6)
    totals = view.added.sum(dim=1) + view.biases
    assert totals.tolist() == pytest.approx(view.y_hat, abs=1e-5)
    for row in (0, 30, 99):
        numbers = re.findall(r"[−-]?\d(?:[\d.e−-]*\d)?", sentences.neurons(view, row))
        x, y, quiet, width, _, small, others, large, biases = (
            float(n.replace("−", "-")) for n in numbers
        )
        assert (x, y) == pytest.approx((view.x[row], view.y_hat[row]), rel=1e-3, abs=1e-4)
        assert quiet + others == width == 64
        assert small + large + biases == pytest.approx(y, abs=5e-3 * max(1, abs(large), abs(small)))


# The ladder and the reason for activations


def test_the_ladder_climbs_from_two_parameters():
    rungs = ladder.rungs()
    assert [r.parameters for r in rungs] == sorted(r.parameters for r in rungs)
    assert (rungs[0].parameters, rungs[1].parameters) == (2, 64 + 64 + 64 + 1)
    assert ladder.rung("The article's FFN").parameters == 117_458_944
    assert ladder.both_blocks() == (117_458_944, 176_160_768)
    with pytest.raises(ValueError, match="no rung"):
        ladder.rung("GPT-5")


def test_two_rungs_are_compared_row_by_row():
    toy, llama = ladder.rungs()[0], ladder.rung("Llama 3 8B")
    rows = {row["feature"]: row for row in ladder.comparison(toy, llama)}
    assert rows["Weight shape"]["Llama 3 8B "] == "14,336 × 4,096"
    assert rows["Parameters"]["same?"] == "4.015 billion times"
    assert rows["Training"]["same?"] == "same"
    assert rows["It computes"] == {
        "feature": "It computes",
        "Toy 1×1": "x @ W.T + b",
        "Llama 3 8B ": "x @ W.T",
        "same?": "differs",
    }
    gpt = {row["feature"]: row for row in ladder.comparison(toy, ladder.rung("GPT-2"))}
    assert gpt["It computes"]["same?"] == "same"
    assert ladder.times(1 / 4) == "1/4 of it"


def test_the_square_of_a_rung_has_the_area_of_its_parameters():
    toy, llama = ladder.rungs()[0], ladder.rung("Llama 3 8B")
    assert ladder.side(toy) == pytest.approx(1e-3)
    assert (ladder.side(llama) / ladder.side(toy)) ** 2 == pytest.approx(8_030_261_248 / 2)
    assert "63.4 m" in ladder.how_small(toy, llama)


@pytest.mark.parametrize(("dtype", "seed"), [("float32", 0), ("float32", 9), ("float64", 0)])
def test_without_an_activation_the_difference_is_rounding(dtype, seed):
    why = lesson.load("why_activation")
    found = observe.run(why.set(dtype=dtype, seed=seed).text).variables
    assert 0 < found["difference"] < 50 * found["rounding"]
    bent = observe.run(why.set(dtype=dtype, seed=seed, bend="GELU").text).variables
    assert bent["difference"] > 1000 * bent["rounding"]


def test_the_slopes_are_the_activations_derivatives():
    found = observe.run(lesson.load("activations").text).variables
    x = found["places"].double()
    normal = torch.distributions.Normal(0.0, 1.0)
    density, mass = normal.log_prob(x).exp(), normal.cdf(x)
    sigmoid = torch.sigmoid(x)
    truth = {
        "GELU": mass + x * density,
        "ReLU": (x > 0).double(),
        "SiLU": sigmoid * (1 + x * (1 - sigmoid)),
    }
    for name, expected in truth.items():
        assert torch.allclose(found["slopes"][name].double(), expected, atol=2e-6), name
