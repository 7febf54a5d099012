"""The layer cut and the state spread out, run on two workers: equal to the whole, byte for byte."""

import pytest
import torch

from groundup.engine import lesson
from groundup.engine.snapshot import number
from groundup.scale.architecture import Architecture
from groundup.scale.many import cut, cut_picture, cut_words, state
from groundup.scale.many.recordings import recorded
from groundup.scale.many.seen import Seen
from groundup.scale.spread.held import fullest
from groundup.scale.spread.share import stages
from groundup.scale.spread.ways import SPREADS, Step, Way
from groundup.workers import Job, Launcher

pytestmark = pytest.mark.timeout(180)

ODD = {"hidden": 7, "intermediate": 13, "tokens": 5, "seed": 3}
"""Sizes that two do not divide."""

SMALL = Architecture(64, 16, 32, 2, 4, 2)
BIASED = Architecture(
    *(64, 16, 32, 2, 4, 4),
    gated=False,
    ffn_biases=True,
    attention_biases="all",
    norm="LayerNorm",
    activation="GELU",
)

BY_TORCH = """
import torch.distributed as dist
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import fully_shard
from torch.distributed.tensor.parallel import (
    ColwiseParallel,
    RowwiseParallel,
    parallelize_module,
)

dist.init_process_group("gloo")
mesh = init_device_mesh("cpu", (dist.get_world_size(),))


def local(tensor):
    return tensor.to_local() if hasattr(tensor, "to_local") else tensor


def kept(tensors):
    return sum(local(t).numel() * t.element_size() for t in tensors)


fully_shard(model, mesh=mesh)
optimizer = torch.optim.Adam(model.parameters())
text = torch.randint(0, vocabulary, (1, 8))
model(text).square().mean().backward()
optimizer.step()
spread = {
    "weights": kept(model.parameters()),
    "gradients": kept(p.grad for p in model.parameters()),
    "optimizer": kept(t for s in optimizer.state.values() for t in s.values() if t.dim()),
}

whole = LanguageModel()
plan = {"embedding": RowwiseParallel(), "head": ColwiseParallel()}
for name, layer in whole.named_modules():
    if isinstance(layer, nn.Linear) and name != "head":
        joins = name.endswith(("output", "down"))
        plan[name] = RowwiseParallel() if joins else ColwiseParallel()
parallelize_module(whole, mesh, plan)
on_this_worker = sum(local(p).numel() for p in whole.parameters())
dist.destroy_process_group()
"""


def language_model(a):
    text = lesson.load("language_model").set(**a.built, device="cpu").text + BY_TORCH
    return Job(text, 2, at_end=("spread", "on_this_worker"), megabytes=400, seconds=60)


@pytest.fixture(scope="module")
def runs():
    """Every run that the page offers, and those of this module, by one starter of workers."""
    jobs = dict(cut.jobs()) | dict(state.jobs())
    for model in ("article", "gated"):
        for way in ("outputs", "inputs"):
            jobs[f"odd_{model}_{way}"] = cut.job(cut.planned(model=model, cut=way, **ODD))
    by_torch = lesson.load("torch_splits").set(way="parallelize")
    jobs["parallelize"] = state.job(by_torch)
    gathers = (
        "    weights = gathered(own.detach())\n    use(weights)\n    loss.backward()\n    gradient"
    )
    by_hand = state.planned("weights").text
    again = by_hand.replace("    loss.backward()\n    gradient", gathers)
    jobs["gathered_again"] = Job(again, 2, at_end=state.AT_END)
    jobs["odd_weights"] = state.job(state.planned("weights", hidden=7, intermediate=8))
    sgd = state.planned("weights").text.replace("torch.optim.Adam(", "torch.optim.SGD(")
    jobs["sgd"] = Job(sgd, 2, at_end=state.AT_END)
    jobs["small"], jobs["biased"] = language_model(SMALL), language_model(BIASED)
    with Launcher() as launcher:
        return {
            name: Seen(job.text, job.world_size, list(launcher.run(job)))
            for name, job in jobs.items()
        }


MODELS = ("article", "gated")
CUTS = ("outputs", "inputs")


# The layer cut


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("way", CUTS)
@pytest.mark.parametrize("sizes", ["cut", "odd"])
def test_two_workers_give_the_whole_blocks_output_and_gradients(runs, model, way, sizes):
    said = cut.said(runs[f"{sizes}_{model}_{way}"])
    assert len(said) == 2
    events = runs[f"{sizes}_{model}_{way}"].events
    assert cut_words.ended(events) == "2 of 2 workers have come to their end"
    assert all(set(one["differences"]) == {"y", "x.grad", "w.grad"} for one in said)
    assert cut.difference(said) <= 4 * cut_words.EPSILON
    assert "on 2 workers" in cut_words.proof(said, workers=2)
    assert "That is rounding." in cut_words.proof(said, workers=2)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("way", CUTS)
def test_the_run_is_that_of_one_process_with_both_parts(runs, model, way):
    seen = runs[f"cut_{model}_{way}"]
    made = cut.planned(model=model, cut=way)
    (alone,), said = cut.alone(made), cut.said(seen)
    for name in ("outputs", "inside"):
        for one, other in zip(cut.by_part([alone], name), cut.by_part(said, name), strict=True):
            torch.testing.assert_close(torch.tensor(one), torch.tensor(other))
    assert sum(one["held"] for one in said) == alone["held"]
    assert said[0]["y"] == said[1]["y"]
    assert cut_words.held(said).startswith(f"The workers hold {alone['held'] // 2} and")
    assert cut_words.held([alone]) == ""


@pytest.mark.parametrize("model", MODELS)
def test_the_other_cut_sends_every_neuron_before_it_is_bent(runs, model):
    both = {way: cut.said(runs[f"cut_{model}_{way}"]) for way in CUTS}
    tokens, hidden, neurons = 3, 4, 8 * (2 if model == "gated" else 1)
    for way in ("forward", "backward"):
        assert cut.bytes_summed(both["outputs"], way) == 4 * tokens * hidden
    assert cut.bytes_summed(both["inputs"], "forward") == 4 * tokens * (hidden + neurons)
    # Backward each worker needs the gradient of all neurons after the bend, not before it.
    assert cut.bytes_summed(both["inputs"], "backward") == 4 * tokens * (hidden + 8)
    assert f"forward {(hidden + neurons) // hidden} times the bytes" in cut_words.cost(both)
    rows = cut_words.table(both, model)
    assert rows[0]["forward, in this run"] == "48 bytes"
    assert rows[0]["forward, in a block of Llama 3 8B"] == "16 MiB"
    assert cut_words.at_scale("inputs", model) == 2 * 2048 * (4096 + 14336 * (neurons // 8))


@pytest.mark.parametrize("model", MODELS)
def test_bending_apart_and_adding_is_something_else(runs, model):
    made = cut.planned(model=model, cut="inputs")
    said = cut.said(runs[f"cut_{model}_inputs"])
    bend = torch.nn.functional.gelu if model == "article" else None
    parts = [torch.tensor(part) for part in cut.by_part(said, "inside")]
    if bend:
        apart, together = sum(bend(p[0]) for p in parts), bend(sum(p[0] for p in parts))
    else:
        silu = torch.nn.functional.silu
        apart = sum(silu(p[0]) * p[1] for p in parts)
        together = silu(sum(p[0] for p in parts)) * sum(p[1] for p in parts)
    torch.testing.assert_close(torch.tensor(said[0]["wrong"]), apart)
    torch.testing.assert_close(torch.tensor(said[0]["neurons"]), together)
    assert (apart - together).abs().max() > 0.01
    told = cut_picture.scene(made, said)["steps"][2]["said"]
    assert number(said[0]["wrong"][0][0]) in told
    assert number(said[0]["neurons"][0][0]) in told


def test_parts_that_are_not_the_whole_are_said_to_be_more_than_rounding():
    (alone,) = cut.alone(cut.planned())
    wrong = alone | {"differences": {"y": 0.01}}
    assert "0.01" in cut_words.proof([wrong], workers=1)
    assert "more than rounding" in cut_words.proof([wrong], workers=1)
    assert "in one process that does both parts" in cut_words.proof([alone], workers=1)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("way", CUTS)
def test_the_picture_has_the_runs_numbers_and_lines(runs, model, way):
    made = cut.planned(model=model, cut=way)
    said = cut.said(runs[f"cut_{model}_{way}"])
    scene = cut_picture.scene(made, said)
    parts = torch.tensor(scene["outputs"]).sum(0)
    torch.testing.assert_close(parts, torch.tensor(scene["y"]))
    assert len(scene["sent"]) == (1 if way == "outputs" else 2)
    lines = made.text.splitlines()
    for step in scene["steps"]:
        assert step["lines"]
        assert all(lines[n - 1].strip() for n in step["lines"])
    told = " ".join(step["said"] for step in scene["steps"])
    assert f"the whole block says {number(said[0]['y_whole'][0][0])}" in told
    assert scene["first"] == (("layer1",) if model == "article" else ("gate", "up"))
    if way == "outputs":
        assert "neurons 0 to 3, worker 1 the others" in told
        assert [len(part) for part in scene["inside"]] == [4, 4]


# The state spread out


@pytest.mark.parametrize("measured", state.MEASURED)
def test_each_worker_keeps_what_the_formula_says(runs, measured):
    seen, made = runs[f"state_{measured}"], state.planned(measured)
    should = state.expected(measured, state.parameters(made), 2)
    for rank in range(2):
        end = seen.end(rank)
        assert end["held"] == should
        # Adam's first steps are signs of gradients, so rounding of small ones is seen in full.
        assert end["difference"] < 1e-4
    for row in state.rows(seen, made, measured):
        assert row["by the formula"] == row["worker 0"] == row["worker 1"]
    told = state.words(seen, made)
    assert f"{sum(should.values()):,} bytes" in told
    assert "alone keeps 34,048" in told
    if measured in SPREADS:
        # Hand-written weights are gathered once a step, so what is sent is the same for all.
        size = 4 * state.parameters(made)
        assert seen.end(0)["sent_in_a_step"] == 2 * size // 2
        assert "each sends **8,512 bytes**: 2 times (N − 1) / N" in told


def test_what_is_sent_is_what_the_formula_says_or_is_said_to_be_less(runs):
    for spread in SPREADS:
        told = state.words(runs[f"state_{spread}"], state.planned(spread))
        assert ("as the formula says" in told) == (spread != "weights")
        assert ("The formula says 3, since" in told) == (spread == "weights")
    again = state.words(runs["gathered_again"], state.planned("weights"))
    assert "3 times (N − 1) / N of the weights' bytes, as the formula says." in again


def test_it_is_adam_that_enlarges_the_rounding(runs):
    adam, sgd = (runs[name].end(0)["difference"] for name in ("state_weights", "sgd"))
    assert 0 <= sgd < 1e-7 < 10 * sgd + 1e-7 < adam
    assert runs["sgd"].end(0)["held"]["optimizer"] == 0


def test_uneven_parts_are_filled_up_with_zeros(runs):
    made = state.planned("weights", hidden=7, intermediate=8)
    count = state.parameters(made)
    assert state.expected("weights", count, 2)["weights"] == 2 * (count + 1)
    assert runs["odd_weights"].end(1)["held"] == state.expected("weights", count, 2)


def test_torch_cuts_the_matrices_to_the_same_numbers(runs):
    seen, made = runs["parallelize"], lesson.load("torch_splits").set(way="parallelize")
    hidden, intermediate = made.settings["hidden"], made.settings["intermediate"]
    # Both matrices and the first bias in halves; the second is added after the sum, so on both.
    each = hidden * intermediate + intermediate // 2 + hidden
    for rank in range(2):
        assert seen.end(rank)["held"]["weights"] == 4 * each
        assert seen.end(rank)["difference"] < 1e-4


@pytest.mark.parametrize(("name", "a"), [("small", SMALL), ("biased", BIASED)])
def test_a_language_model_is_spread_and_cut_by_torch_as_by_the_formulas(runs, name, a):
    kept = fullest(a, Way(2, spread="weights"), Step(1, 8, "float32"))
    for rank in range(2):
        end = runs[name].end(rank)
        assert end["spread"] == {part: kept[part] for part in end["spread"]}
        assert end["on_this_worker"] == stages(a, Way(2, 2))[0].parameters


@pytest.mark.parametrize("job", [*cut.jobs(), *state.jobs()], ids=lambda pair: pair[0])
def test_each_run_of_the_page_is_recorded(runs, job):
    name, made = job
    kept, now = recorded(made.text, made.world_size), runs[name]
    assert kept is not None, "record it: python -m groundup.scale.many"
    held = [seen.end(1)["held"] for seen in (kept, now)]
    assert held[0] == held[1]
