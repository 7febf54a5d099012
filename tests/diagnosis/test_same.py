"""Watching changes nothing of what a text computes: compared, to the bit, with plain ``exec``."""

import gc
import json
import weakref
from concurrent.futures import ThreadPoolExecutor

import pytest
import torch
from torch.optim import optimizer as hooks

from groundup.diagnosis import Watch
from groundup.diagnosis.running import _Watched
from groundup.engine import lesson
from tests.engine import plain
from tests.engine.test_trace_same import GROUPS, HARD, NOT_STEPPED, few_repeats, steady_clock  # noqa: F401

LESSONS = sorted(file for file in lesson.LESSONS.rglob("*.py") if file.stem != "__init__")


def lesson_texts():
    """The lessons that train something, or ask for gradients; a few passes of each."""
    watched_too = [file for file in LESSONS if file.stem not in NOT_STEPPED]
    texts = [few_repeats(lesson.load(file.stem, file.parent)).text for file in watched_too]
    texts = [text for text in texts if GROUPS not in text]
    return [text for text in texts if "backward" in text or "autograd" in text]


def watched(text):
    """What came of ``text`` when it was watched, in the form of :func:`tests.engine.plain.run`."""
    watch, run = Watch(text), _Watched(text, None)
    run.run(watch)
    assert watch.faults == {}
    inside, outside = run._torch, torch.get_rng_state()
    torch.set_rng_state(inside.random)
    told = plain.outcome(
        run._namespace,
        run.output,
        [(one.kind, one.message) for one in run.notices],
        (run.failure.line, run.failure.kind, run.failure.message) if run.failure else (),
    )
    torch.set_rng_state(outside)
    return json.loads(json.dumps(told | {"grad": inside.grad, "dtype": str(inside.dtype)}))


@pytest.mark.timeout(200)
@pytest.mark.parametrize("texts", [lesson_texts(), list(HARD.values())], ids=["lessons", "hard"])
def test_what_is_watched_computes_what_it_computes_alone(texts, steady_clock):  # noqa: F811
    assert len(texts) > 20
    found = []
    for text, alone in zip(texts, plain.plain_runs(texts), strict=True):
        steady_clock()
        together = watched(text)
        if "torch.linalg." in text:
            # LAPACK's last bits depend on where in memory a matrix lies, in plain runs as well.
            alone["variables"], together["variables"] = map(
                list, (alone["variables"], together["variables"])
            )
        found += [(text, key) for key in alone if alone[key] != together[key]]
    assert found == []


def test_a_graph_and_a_leaf_end_when_the_text_lets_go_of_them():
    text = "import torch\nw = torch.ones(3, requires_grad=True)\nloss = (w * 2).sum()\n"
    text += "loss.backward()\nlater = lambda: None\nloss.grad_fn.metadata['end'] = later\n"
    watch, run = Watch(text), _Watched(text, None)
    run.run(watch)
    ends = [weakref.ref(run._namespace[name]) for name in ("w", "loss", "later")]
    run._namespace.clear()
    gc.collect()
    assert [one() for one in ends] == [None, None, None]
    assert watch.diagnosis().checks


def test_a_long_loop_keeps_no_more_than_a_short_one():
    text = (
        "import torch\nw = torch.ones(2, requires_grad=True)\nfor i in range(COUNT):\n"
        "    loss = ((w * i) ** 2).mean()\n    loss.backward()\n    w.grad = None\n"
    )
    held = []
    for count in ("20", "2000"):
        watch = Watch()
        _Watched(text.replace("COUNT", count), None).run(watch)
        held.append((len(watch._history.leaves.all), len(watch._history.marks._of)))
    assert held[0] == held[1]


def test_steps_of_other_threads_are_not_heard_and_the_hooks_go_with_the_watch():
    parameter = torch.nn.Parameter(torch.ones(1))
    sgd = torch.optim.SGD([parameter], lr=0.1)
    before = len(hooks._global_optimizer_pre_hooks), len(hooks._global_optimizer_post_hooks)
    watch = Watch()
    with watch, ThreadPoolExecutor(1) as other:
        other.submit(sgd.step).result()
    assert watch._history.updates == 0
    assert before == (
        len(hooks._global_optimizer_pre_hooks),
        len(hooks._global_optimizer_post_hooks),
    )
