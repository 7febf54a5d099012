"""The batch split: the workers' training against one process, from real runs."""

import math

import pytest
import torch
from torch import nn

from groundup.engine import lesson
from groundup.engine.snapshot import number
from groundup.scale.many import batch, batch_seen, break_even, recordings
from groundup.scale.many.batch_seen import BatchSeen
from groundup.scale.many.break_even import Timed
from groundup.scale.many.seen import Seen
from groundup.workers import Job

WAYS = [(w, o) for w in batch.WORKERS for o in ("SGD", "Adam")]


@pytest.fixture(scope="module")
def seen_as(workers):
    """A run with such settings, made once."""
    made: dict = {}

    def run(count, **settings):
        key = (count, *settings.items())
        if key not in made:
            planned = batch.planned(**settings)
            job = batch.job(planned, count)
            made[key] = BatchSeen(Seen(job.text, count, workers.events(job))), planned
        return made[key]

    return run


def by_torch(seen, optimizer):
    """The weights after each step, trained here on all the examples together, in float64."""
    x, y = (
        torch.tensor([v for share in seen.shares for v in getattr(share, axis)]).double()[:, None]
        for axis in ("x", "y")
    )
    model = nn.Linear(1, 1).double()
    with torch.no_grad():
        for parameter, name in zip(model.parameters(), "wb", strict=True):
            parameter.fill_(seen.steps[0][0]["before"][name])
    steps = getattr(torch.optim, optimizer)(model.parameters(), lr=0.1)
    for _ in seen.steps:
        steps.zero_grad()
        nn.functional.mse_loss(model(x), y).backward()
        steps.step()
        yield [p.item() for p in model.parameters()]


@pytest.mark.parametrize(("count", "optimizer"), WAYS)
def test_workers_train_as_one_process_with_the_whole_batch(seen_as, count, optimizer):
    seen, planned = seen_as(count, optimizer=optimizer)
    assert [len(share.x) for share in seen.shares] == [16 // count] * count
    alone = batch.one_process(planned)
    rounding = batch_seen.ROUNDING * batch_seen.EPS * seen.size()
    assert max(seen.far_from(alone)) <= rounding
    assert seen.spread("after") == seen.spread("mean") == 0
    assert seen.spread("own") > 0.1
    for step, (w, b) in zip(seen.steps, by_torch(seen, optimizer), strict=True):
        assert step[0]["after"]["w"] == pytest.approx(w, rel=1e-4)
        assert step[0]["after"]["b"] == pytest.approx(b, rel=1e-4)
    assert batch_seen.proof(seen, planned).endswith("**It is the same training.**")


@pytest.mark.parametrize(("count", "optimizer"), WAYS)
def test_uneven_shares_are_another_training_until_they_are_weighed(seen_as, count, optimizer):
    settings = {"optimizer": optimizer, "split": "uneven"}
    seen, planned = seen_as(count, **settings)
    sizes = [len(share.x) for share in seen.shares]
    assert sizes == [1] * (count - 1) + [17 - count]
    told = ", ".join(map(str, sizes[:-1])) + f" and {sizes[-1]}"
    first = batch_seen.scene(seen)["said"][0]
    assert first == f"Step 1. Every worker has the same line and its own examples: {told}."
    own = [one["own"]["w"] for one in seen.steps[0]]
    assert seen.steps[0][0]["mean"]["w"] == pytest.approx(sum(own) / count, rel=1e-6)
    right = sum(size * each for size, each in zip(sizes, own, strict=True)) / 16
    alone = batch.one_process(planned)
    assert alone[0]["mean"]["w"] == pytest.approx(right, rel=1e-5)
    words = batch_seen.proof(seen, planned)
    assert "**It is another training.**" in words
    assert f"counts {17 - count} times one of the last worker" in words
    weighed, fair = seen_as(count, **settings, weighed=True)
    assert weighed.steps[0][0]["mean"]["w"] == pytest.approx(right, rel=1e-5)
    assert batch_seen.proof(weighed, fair).endswith("**It is the same training.**")


def test_what_is_sent_is_the_bytes_of_the_gradients(seen_as):
    seen, planned = seen_as(2, optimizer="SGD")
    model = nn.Linear(1, 1)
    assert seen.sent() == sum(p.nbytes for p in model.parameters()) == 8
    assert all(sum(one["sent"]) == 8 for step in seen.steps for one in step)
    words = batch_seen.traffic(seen)
    assert "4 bytes for each of 2 gradients are 8 bytes, and the hook noted as many" in words
    assert "2 · 1/2 of that" in words
    rows = batch_seen.means(seen, planned)
    assert [row["first step"] for row in rows[:2]] == [
        "worker 0: 8 examples",
        "worker 1: 8 examples",
    ]
    assert rows[2]["w.grad"] == rows[3]["w.grad"]


def test_the_picture_says_what_its_numbers_say(seen_as):
    seen, _ = seen_as(4, optimizer="Adam")
    drawn = batch_seen.scene(seen)
    assert len(drawn["said"]) == 4 * len(drawn["steps"]) == 48
    first = drawn["said"][:4]
    assert first[0] == "Step 1. Every worker has the same line and its own 4 examples."
    assert first[2].endswith("Every worker gets the same mean.")
    assert "the weights are equal again" in first[3]
    apart = [dict(one) for one in seen.steps[0]]
    apart[1] = {**apart[1], "mean": {"w": 9.0, "b": 0.0}, "after": {"w": 9.0, "b": 0.0}}
    seen.steps[0] = tuple(apart)
    said = batch_seen.scene(seen)["said"]
    assert said[2].endswith("Every worker gets another mean.")
    assert "the weights are different again" in said[3]


def test_every_recording_is_of_the_text_that_would_run_today():
    jobs = [job for jobs in recordings.JOBS for _, job in jobs()]
    assert len(jobs) == 23
    for job in jobs:
        kept = recordings.recorded(job.text, job.world_size)
        assert kept is not None, "see python -m groundup.scale.many"
        assert all(kept.end(rank) for rank in range(job.world_size))
        assert kept.whence().startswith("Recorded on ")
    assert recordings.recorded("another text", 2) is None


def test_a_recording_holds_what_a_run_gives(seen_as):
    seen, planned = seen_as(2, optimizer="SGD")
    kept = recordings.recorded(batch.job(planned, 2).text, 2)
    for mine, theirs in zip(seen.steps, BatchSeen(kept).steps, strict=True):
        assert mine[0]["after"]["w"] == pytest.approx(theirs[0]["after"]["w"], rel=1e-5)


# When it pays


def points(send, each=1e-3, batches=(8, 32, 128, 512), workers=2):
    """A machine on which computing takes ``each`` an example, and nothing else."""
    return [Timed(64, b, 100, each * b, each * b / workers, send) for b in batches]


def test_a_break_even_between_two_points_is_found_there():
    # each · b = each · b / 2 + send, so b = 2 · send / each.
    found = break_even.break_even(points(send=0.03))
    assert found.measured
    assert 32 < found.batch < 128
    said = break_even.said({64: points(send=0.03)}, 2, 2)
    assert said[0].endswith("(measured).")


def test_one_beyond_the_points_is_said_to_be_extrapolated():
    found = break_even.break_even(points(send=0.5))
    assert not found.measured
    assert found.batch == pytest.approx(1000)
    assert found.gains[1][1] == pytest.approx(1024e-3 / (0.512 + 0.5))
    said = break_even.said({64: points(send=0.5)}, 2, 2)
    assert "from a batch of about 1000 (extrapolated, not measured)" in said[0]


def test_none_in_sight_and_always_are_said_too():
    never = [Timed(64, b, 100, 1e-3 * b, 1e-3 * b, 0.1) for b in (8, 32, 128)]
    assert math.isnan(break_even.break_even(never).batch)
    assert "no break-even in sight" in break_even.said({64: never}, 2, 2)[0]
    assert "with every batch" in break_even.said({64: points(send=0.0)}, 2, 2)[0]
    assert "4 workers share 2 cores" in break_even.said({64: points(send=0.0)}, 4, 2)[0]


def test_every_time_is_of_what_it_says(workers):
    text = lesson.load("time_workers").set(widths=[8, 16], batches=[4, 8], repeats=1).text
    events = workers.events(Job(text, 2, each_step=("row",)))
    groups = break_even.timed(Seen(text, 2, events))
    assert {width: [p.batch for p in made] for width, made in groups.items()} == {
        8: [4, 8],
        16: [4, 8],
    }
    for width, made in groups.items():
        block = nn.Sequential(nn.Linear(width, 4 * width), nn.Linear(4 * width, width))
        assert {p.bytes for p in made} == {sum(one.nbytes for one in block.parameters())}
        assert all(min(p.alone, p.share, p.send) > 0 for p in made)


def test_the_batch_makes_computing_dearer_and_sending_not():
    for workers in batch.WORKERS:
        kept = recordings.recorded(break_even.job(workers).text, workers)
        for made in break_even.timed(kept).values():
            assert made[-1].alone > 2 * made[0].alone
            assert len({p.bytes for p in made}) == 1


def test_growth_is_read_from_the_points():
    narrow, wide = points(send=0.1), [Timed(256, 512, 1600, 8.0, 4.0, 0.1)]
    assert (
        "computing grew 16 times and sending 16 times"
        in break_even.said({64: narrow, 256: wide}, 2, 2)[-2]
    )


@pytest.mark.parametrize(("send", "hidden"), [(0.1, "2 "), (6.0, "1.33 ")])
def test_what_can_be_hidden_is_the_shorter_of_the_two_times(send, hidden):
    wide = [Timed(256, 512, 1600, 8.0, 4.0, send)]
    told = break_even.said({64: points(send=0.1), 256: wide}, 2, 2)[-1]
    assert f"256 wide, with a batch of 512, {hidden}times as quick" in told
    assert told.endswith(f"not {number(8 / (4 + send), 3)}.")


IN_ORDER = """
import torch
import torch.distributed as dist
from torch import nn
from torch.distributed.algorithms.ddp_comm_hooks.default_hooks import allreduce_hook
from torch.nn.parallel import DistributedDataParallel

dist.init_process_group("gloo")
order, orders = [], []


class Layers(nn.Sequential):
    def forward(self, x):
        first = self[0](x)
        first.register_hook(lambda _: order.append("first layer"))
        return self[2](self[1](first))


def send(group, bucket):
    order.append("sends")
    return allreduce_hook(group, bucket)


for width in (100, 600):
    model = DistributedDataParallel(Layers(*(nn.Linear(width, width) for _ in range(3))))
    model.register_comm_hook(None, send)
    # How it is sent is known after the first step
    for step in range(2):
        order.clear()
        model(torch.ones(2, width)).sum().backward()
    orders.append(list(order))
dist.destroy_process_group()
"""


def test_torch_sends_the_last_layers_gradients_before_it_has_the_firsts(workers):
    """Three layers of 40 kB, which are sent at once, and of 1.4 MB."""
    seen = Seen(IN_ORDER, 2, workers.events(Job(IN_ORDER, 2, at_end=("orders",), megabytes=256)))
    for rank in range(2):
        at_once, early = seen.end(rank)["orders"]
        assert at_once == ["first layer", "sends"]
        assert early[0] == "sends"
        assert early[-2:] == ["first layer", "sends"]
