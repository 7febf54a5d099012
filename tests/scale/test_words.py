"""What the page of scale says in words, tried where it would be false."""

import ast
import itertools
import math
import re
import sys
import threading
import time

import pytest
import torch
from torch import nn
from torch.utils import benchmark
from torch.utils.flop_counter import FlopCounterMode

from groundup.engine import lesson, observe
from groundup.figures.scale import activations, cost, size
from groundup.figures.scale import ffn_training as pictures
from groundup.figures.scale.flow import flow
from groundup.figures.theme import palette
from groundup.scale import (
    ffn_training,
    growth,
    ladder,
    measure,
    sentences,
)
from groundup.scale.counterparts import MATCHED_LINES
from groundup.scale.ffn_training import FfnTraining, NeuronAnswers
from groundup.scale.growth import Meaning
from groundup.scale.measure import Budget
from groundup.ui.settings.ffn_scale import CONTROLS, DIALS
from tests.scale.test_scale import count

ROOMY = Budget(2**30, "for a test")
HELP = {control.key: control.help for control in (*CONTROLS, *DIALS)}


def ran(name, **settings):
    run = observe.run(lesson.load(name).set(**settings).text)
    assert run.state == "done", run.failure
    return run.variables


# The lessons' comments

LESSONS = ("activations", "feed_forward", "language_model", "time_ffn", "train_ffn")
LESSONS += ("why_activation", "descend", "descend_line")


@pytest.mark.parametrize("name", LESSONS)
def test_the_bounds_in_a_comment_are_those_that_the_app_allows(name):
    of = lesson.load(name)
    bounds = re.findall(r"^(\w+) = .*# .*: (\S+) to (\S+)$", of.source, re.MULTILINE)
    assert bounds
    for parameter, *written in bounds:
        kind = type(of.parameters[parameter].default)
        low, high = map(kind, written)
        assert low <= of.parameters[parameter].default <= high
        for value in (low, high):
            assert of.set(**{parameter: value}).settings[parameter] == value
        for past in (low - 1, high + 1):
            with pytest.raises(ValueError, match=parameter):
                of.set(**{parameter: kind(past)})


@pytest.mark.parametrize(
    ("name", "variable"),
    [("train_ffn", "y_true"), ("why_activation", "two"), ("descend_line", "X"), ("time_ffn", "x")],
)
def test_a_seed_decides_which_numbers_are_drawn(name, variable):
    small = {"train_ffn": {"epochs": 1}, "time_ffn": {"widths": [8], "repeats": 1}}.get(name, {})
    text = lesson.load(name).set(**small).text.replace("        del x\n", "")
    one, again, other = (
        observe.run(text.replace("seed = 0 ", f"seed = {seed} ")).variables[variable]
        for seed in (0, 0, 1)
    )
    assert torch.equal(one, again)
    assert not torch.equal(one, other)


def test_the_wave_and_how_far_the_examples_stray_from_it():
    for noise in (0.0, 0.5):
        found = ran("train_ffn", noise=noise, points=500, epochs=1, hidden=16, intermediate=64)
        stray = found["y_true"] - torch.sin(6 * found["X"])
        assert stray.std().item() == pytest.approx(noise, rel=0.1)


def test_the_toy_has_a_weight_and_a_bias_and_one_statement_knows_how_big_the_block_is():
    toy = ran("train_ffn", model="toy", epochs=1)["model"]
    assert [p.numel() for p in toy.parameters()] == [1, 1]
    body, sizes = ast.parse(lesson.load("train_ffn").text).body, {"hidden", "intermediate"}
    uses = [
        statement
        for statement in body
        if {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and n.id in sizes}
        and not isinstance(statement, ast.ClassDef)
        and not isinstance(getattr(statement, "value", None), ast.Constant)
    ]
    assert [ast.unparse(s.targets[0]) for s in uses] == ["model"]


@pytest.mark.parametrize(
    ("threads", "platform", "name"),
    [(1, "linux", "thread_time"), (2, "linux", "perf_counter"), (1, "win32", "perf_counter")],
)
def test_the_shortest_passes_are_kept_and_the_first_is_not_counted(
    monkeypatch, threads, platform, name
):
    """On a clock of our own; the other one must not be looked at."""
    passes = itertools.cycle([(1, 1), (9, 3), (4, 8), (6, 7)])
    # Three looks a pass: before it, between its halves, and after it.
    looks = (at for took in passes for at in itertools.accumulate((0, *took)))
    for other in ("thread_time", "perf_counter"):
        monkeypatch.setattr(time, other, looks.__next__ if other == name else None)
    monkeypatch.setattr(sys, "platform", platform)
    text = lesson.load("time_ffn").set(widths=[8, 16], repeats=3, threads=threads).text
    scope = {}
    exec(text.replace("torch.set_num_threads(threads)\n", ""), scope)
    assert [row[0] for row in scope["results"]] == [8, 8, 16, 16]
    assert [row[3:] for row in scope["results"]] == [(4, 3)] * 4
    assert ("only the core's work" in sentences.clock(alone=scope["alone"])) == (
        name == "thread_time"
    )


def test_a_cores_own_time_leaves_out_what_another_thread_takes_and_the_wall_clock_does_not():
    done = threading.Event()

    def work():
        while time.thread_time() < 0.05:
            pass
        done.set()

    own, wall = time.thread_time(), time.perf_counter()
    threading.Thread(target=work).start()
    done.wait()
    assert time.thread_time() - own < 0.05 <= time.perf_counter() - wall


def test_both_passes_of_one_core_are_computed_by_the_thread_that_asks():
    seen = []

    class Noting(torch.autograd.Function):
        @staticmethod
        def forward(_, x):
            seen.append(threading.get_ident())
            return 1 * x

        @staticmethod
        def backward(_, gradient):
            seen.append(threading.get_ident())
            return gradient

    Noting.apply(torch.ones(1, requires_grad=True)).backward()
    assert seen == [threading.get_ident()] * 2


def test_torchs_timer_waits_for_an_accelerator_before_it_looks_at_the_clock(monkeypatch):
    waits = []
    monkeypatch.setattr(torch.accelerator, "is_available", lambda: True)
    monkeypatch.setattr(torch.accelerator, "synchronize", lambda: waits.append("waited"))
    benchmark.Timer("waits.append('work')", globals={"waits": waits}).timeit(2)
    measured = waits[-4:]
    assert measured == ["waited", "work", "work", "waited"]


def test_a_tensor_on_the_meta_device_has_a_shape_and_no_memory():
    huge = torch.empty(2**40, 2**20, device="meta")
    assert huge.shape == (2**40, 2**20)
    with pytest.raises(RuntimeError, match="meta"):
        huge.sum().item()


def test_the_matrices_do_not_care_how_many_tokens_there_are():
    few, many = (ran("feed_forward", tokens=n) for n in (1, 65_536))
    assert few["weights"] == many["weights"]
    assert many["flow"][0][2] == (65_536, 4_096)


def test_llamas_block_is_transformers_block():
    from transformers import LlamaConfig  # noqa: PLC0415  # slow to import
    from transformers.models.llama.modeling_llama import LlamaMLP  # noqa: PLC0415

    text = lesson.load("feed_forward").set(block="Llama 3", hidden=16, intermediate=40).text
    scope = {}
    exec(text.replace('"meta"', '"cpu"').replace("torch.empty(", "torch.randn("), scope)
    theirs = LlamaMLP(LlamaConfig(hidden_size=16, intermediate_size=40, num_attention_heads=2))
    theirs.load_state_dict(
        {k.replace(".", "_proj."): v for k, v in scope["model"].state_dict().items()}
    )
    torch.testing.assert_close(scope["y"], theirs(scope["x"]))


# Bricks, bends and straight lines


def test_what_each_brick_is():
    class Late(nn.Module):
        def __init__(self):
            self.layer = nn.Linear(2, 3)

    with pytest.raises(AttributeError, match=r"before Module\.__init__"):
        Late()
    assert nn.Linear(2, 3).weight.shape == (3, 2)
    x = torch.randn(6)
    for bend in (nn.GELU(), nn.SiLU(), nn.ReLU()):
        assert not list(bend.parameters())
        torch.testing.assert_close(bend(x)[[4, 0]], bend(x[[4, 0]]))
    assert MATCHED_LINES["activation"] == "an activation: no parameters"
    assert torch.equal(x * (2 * x), torch.tensor([a * 2 * a for a in x.tolist()]))


def test_any_number_of_layers_with_nothing_in_between_are_a_straight_line():
    torch.manual_seed(0)
    stack = nn.Sequential(*[nn.Linear(8, 8) for _ in range(6)]).double()
    t = torch.linspace(-6, 6, 50, dtype=torch.float64).unsqueeze(1)
    with torch.no_grad():
        y = stack(t * torch.randn(1, 8, dtype=torch.float64))
    assert torch.diff(y, n=2, dim=0).abs().max() < 1e-12
    bent = torch.nn.functional.gelu(y)
    assert torch.diff(bent, n=2, dim=0).abs().max() > 1e-6


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_dots_are_those_of_the_product_of_both_matrices(dtype):
    found = ran("why_activation", dtype=dtype, seed=3)
    first, second, merged = (found[n].double() for n in ("layer1", "layer2", "merged"))
    assert torch.allclose(merged.weight, second.weight @ first.weight, rtol=1e-5, atol=1e-7)
    assert count(first) + count(second) == 552 > count(merged) == 72
    drawn = activations.two_against_one(
        *(found[n][:, 0].tolist() for n in ("t", "two", "one")), dark=False
    )
    dots = next(trace for trace in drawn.data if trace.mode == "markers")
    assert dots.name == "one layer: their product"
    inputs = found["t"][::8].double() * found["direction"].double()
    truth = (inputs @ (second.weight @ first.weight).T + merged.bias)[:, 0]
    assert list(dots.y) == pytest.approx(truth.tolist(), abs=1e-5)


def test_float64_stores_29_more_binary_digits_and_the_difference_goes_with_them():
    single, double = (torch.finfo(d).eps for d in (torch.float32, torch.float64))
    assert math.log2(single / double) == 29
    assert "29 more binary digits" in HELP["digits"]
    coarse, fine = (ran("why_activation", dtype=d)["difference"] for d in ("float32", "float64"))
    assert 2**26 < coarse / fine < 2**32


def test_the_lowest_values_and_steepest_slopes_of_three_bends():
    """Closed forms: SiLU is lowest where x = −1.2785, GELU where x = −0.7518."""
    found = ran("activations")
    lowest = {"GELU": -0.16997, "ReLU": 0.0, "SiLU": -0.27846}
    steepest = {"GELU": 1.12890, "ReLU": 1.0, "SiLU": 1.09984}
    for name, low in lowest.items():
        assert found["curves"][name].min().item() == pytest.approx(low, abs=1e-4)
        assert found["slopes"][name].max().item() == pytest.approx(steepest[name], abs=1e-4)


# Training


@pytest.mark.parametrize(("width", "bears"), [("16", True), ("256", False)])
def test_the_wider_the_block_the_shorter_the_steps_that_it_bears(width, bears):
    """The same rate; and lowered, as the sentence on a diverged run says, the wide one lives."""
    narrow = {"hidden": int(width), "intermediate": 4 * int(width), "optimizer": "SGD"}
    losses = ran("train_ffn", learning_rate=0.3, epochs=40, **narrow)["loss"]
    assert math.isfinite(losses.item()) is bears
    assert math.isfinite(ran("train_ffn", learning_rate=0.03, epochs=40, **narrow)["loss"].item())
    assert sentences.diverged(toy=False).endswith("Lower the learning rate.")


def test_the_toy_can_do_no_better_than_the_best_line_however_long_it_trains():
    found = FfnTraining()
    for epochs in (1, 2_000):
        found.begin(
            ffn_training.planned(16, ROOMY, model="toy", epochs=epochs, learning_rate=0.05), ROOMY
        )
        found.finish()
        line = ffn_training.best_line_loss(found.x, found.y)
        assert found.losses[-1] >= line * (1 - 1e-6)
        said = sentences.trained(len(found.losses), found.losses[-1], line, toy=True)
        assert f"The loss of epoch {epochs:,} is" in said
    assert found.losses[-1] == pytest.approx(line, rel=1e-3)


def test_a_training_takes_about_the_flops_that_its_refusal_names():
    planned = ffn_training.planned(64, ROOMY, epochs=2)
    with FlopCounterMode(display=False) as counter:
        exec(planned.text.replace("print(", "(lambda *a: None)("), {})
    assert ffn_training._flops(planned) == pytest.approx(counter.get_total_flops(), rel=0.02)
    with pytest.raises(ValueError, match=r"about 2\.517 trillion FLOPs, and at most 300 billion"):
        ffn_training.look_inside(ffn_training.planned(1024, ROOMY, epochs=500), ROOMY)


def test_a_run_that_stood_still_says_that_its_memory_went_to_others(monkeypatch):
    small = Budget(2 * 2**20, "for a test")
    monkeypatch.setattr(measure, "budget", lambda: small)
    kept = FfnTraining()
    kept.begin(ffn_training.planned(64, small, epochs=2_000), small)
    kept.compute(0.01)
    kept.give_back(kept.run)
    other = measure.reserve("x = 1", 2 * 2**20, small)
    kept.compute(0.01)
    assert kept.ended.startswith("This needs about")
    assert "0 bytes of 2 MiB (for a test) is left. Try again in a minute." in kept.ended
    measure.release(other)


# Timing and its budget


@pytest.mark.parametrize(
    ("free", "of", "less"), [(2**30, 4, False), (8 * 2**30, 4, False), (40 * 2**30, 20, True)]
)
def test_the_budget_says_what_part_of_the_free_memory_it_is(monkeypatch, free, of, less):
    monkeypatch.delenv("GROUNDUP_MEMORY_MIB", raising=False)
    monkeypatch.setattr(measure, "free_bytes", lambda: free)
    found = measure.budget()
    assert found.bytes == free // of
    assert found.reason.startswith("less than a quarter" if less else "a quarter of the")


def test_what_is_said_of_one_token_is_worked_out_from_the_points():
    """A block of 128 and 448 neurons: two matrices of 4-byte numbers, read in a millisecond."""
    alone = measure.Point(128, 448, 1, 1e-3, 2e-3)
    found = growth.meaning({1: [alone], 128: [measure.Point(128, 448, 128, 0.03, 0.06)]})
    said = sentences.one_or_many(found)
    assert said.startswith(
        "At width 128, 128 tokens take 30 times as long as one, not 128 times. A token alone reads "
        "448 KiB of weights to use each once (0.459 GB/s in the forward pass); 128 tokens use each "
        "128 times."
    )
    assert 2 * 128 * 448 * 4 == 448 * 2**10
    assert pytest.approx(0.459e9, rel=1e-3) == 448 * 2**10 / 1e-3


@pytest.mark.parametrize(("inside", "small"), [(4 * 2**10, True), (8 * 2**10 + 1, False)])
def test_weights_are_called_small_where_they_are(inside, small):
    read = 8 * 1024 * inside
    found = Meaning(width=1024, ratio=10.0, read=read, bytes_per_second=1e9, rate=1e9)
    assert ("stay in the processor's cache" in sentences.one_or_many(found)) is small
    assert (found.read < 64 * 2**20) is small


# Pictures


def test_a_part_says_its_count_and_its_share():
    parts = {"embedding": 3, "norms": 1, "head": 0}
    (tree,) = cost.treemap(parts, dark=False).data
    said = [tree.hovertemplate.replace("%{label}", name) for name in tree.labels]
    for place, values in enumerate(tree.customdata):
        for n, value in enumerate(values):
            said[place] = said[place].replace(f"%{{customdata[{n}]}}", value)
    assert said == [
        "embedding: 3 parameters, 75 %<extra></extra>",
        "norms: 1 parameters, 25 %<extra></extra>",
    ]


def test_each_step_of_the_ladder_is_a_thousandfold_and_every_rung_is_on_it():
    figure = size.log_ladder(ladder.rungs(), [], dark=False)
    ticks = figure.layout.xaxis.tickvals
    assert {after / before for before, after in itertools.pairwise(ticks)} == {1000}
    assert list(figure.layout.xaxis.ticktext) == ["1", "thousand", "million", "billion", "trillion"]
    assert {t.y[0]: t.x[1] for t in figure.data} == {r.name: r.parameters for r in ladder.rungs()}


def test_the_busiest_neurons_are_shown_as_shares_of_their_way():
    torch.manual_seed(0)
    answers = torch.randn(9, 60) * torch.linspace(0.1, 3, 60)
    view = NeuronAnswers([float(n) for n in range(9)], [0.0] * 9, answers, [0] * 9, answers, 0.0)
    (field, *_) = pictures.fields(view, 2, dark=False).data
    columns = answers.T.tolist()
    busiest = sorted(columns, key=lambda c: min(c) - max(c))[:40]
    wanted = [[round((v - min(c)) / (max(c) - min(c)), 4) for v in c] for c in busiest]
    assert sorted([round(v, 4) for v in row] for row in field.z) == sorted(wanted)


@pytest.mark.parametrize("block", ["article", "toy", "Llama 3"])
def test_what_a_layer_gets_stands_to_its_left_and_matrices_are_orange(block):
    found = ran("feed_forward", block=block)
    drawn = [t for t in flow(found["flow"], found["weights"], dark=False).data if t.text]
    at = {t.text.split(":")[0]: min(t.x) for t in drawn}
    inks = {t.text.split(":")[0]: t.fillcolor for t in drawn}
    colours = palette(False)
    for name, source, before, _ in found["flow"]:
        given = source if source in at else "activation · up"
        drawn_as = name if f"{name}.weight" in found["weights"] else f"after {name}"
        assert at[given] < at[drawn_as]
        assert inks[given] == colours.blue
        assert inks[drawn_as] == (colours.orange if drawn_as == name else colours.blue)
        assert before[0] == 128
