"""Every text ends in bounded time with bounded data, and the trace says what is not in it."""

# Texts that are run stand on a line of their own, however long.
# ruff: noqa: E501

import pytest

from groundup.engine.trace import TraceLimits, trace

LIMITS = TraceLimits(moments=400, bytes=200_000, seconds=3, passes=4)
THIRTY = "import torch\n" + "\n".join(f"t{i} = torch.rand(1_000_000)" for i in range(30))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("while True:\n    x = 1", "3 seconds"),
        ("while True:\n    try:\n        x = 1\n    except BaseException:\n        pass", "3 seconds"),
        ("while True:\n    try:\n        x = 1\n    finally:\n        continue", "3 seconds"),
        ("def f(n):\n    while True:\n        n = n + [1]\n        yield n\nfor x in f([]): pass", "3 seconds"),
        ("\n".join(["x = 1"] * 500), "400 statements"),
        ("def f(n):\n    y = n\n    return f(n - 1) + f(n - 1) if n else 0\nf(20)", "400 statements"),
        ("while True:\n    print('x' * 100)", "printed all the characters"),
        ("while True:\n    try:\n        print('x' * 100)\n    except Exception:\n        pass", "printed all"),
    ],
)  # fmt: skip
def test_a_text_that_would_go_on_is_ended_and_says_why(text, words):
    one = trace(text, limits=LIMITS)
    assert one.end.state == "stopped"
    assert words in one.end.words
    assert len(one.moments) <= LIMITS.moments
    assert len(one.output) <= LIMITS.characters


def test_a_text_that_just_fits_is_finished():
    assert trace("x = 1\n" * 400, limits=LIMITS).end.state == "finished"
    assert trace("x = 1\n" * 401, limits=LIMITS).end.state == "stopped"


def test_bytes_are_bounded_too():
    text = "\n".join(f"x{i} = [{i}, 'a', 'b', 'c', 'd', 'e', 'f', 'g']" for i in range(300))
    one = trace(text, limits=TraceLimits(bytes=20_000))
    assert "20,000 bytes" in one.end.words
    assert 50 < len(one.moments) < 300


def test_a_text_that_deletes_its_own_names_and_all_others_goes_on():
    one = trace("x = 1\ny = 2\nfor n in list(globals()):\n    del globals()[n]\nz = 3")
    assert one.end.state == "finished"
    assert one.at(-1).names[0].keys() == {"n", "z"}


@pytest.mark.parametrize("kept", ["ts = [torch.ones(2) for _ in range(3000)]",
                                  "globals().update({f't{i}': torch.ones(2) for i in range(3000)})"])  # fmt: skip
def test_three_thousand_tensors_alive_are_bounded(kept):
    one = trace(f"import torch\n{kept}\nfor i in range(50):\n    x = i\n    y = x")
    assert one.end.state == "finished"
    assert max(len(names) for names in one.at(-1).names.values()) <= 200
    assert len(str(one.wire())) < 200_000


def test_what_is_left_out_of_many_names_is_said():
    assert any("more than 200 names" in said for said in trace(
        "for i in range(300): globals()[f't{i}'] = i\nx = 1").said)  # fmt: skip


def test_a_million_elements_at_each_line_cost_little():
    one = trace(THIRTY)
    (entry,) = (one.at(-1).entry(one.at(-1).held("t29")),)
    assert (entry.form.shape, len(entry.values)) == ((1_000_000,), 6)
    assert 0 <= entry.least < 1e-4
    assert 0.999 < entry.most < 1
    assert len(str(one.wire())) < 20_000


def test_calls_deeper_than_the_limit_are_executed_and_said():
    one = trace("def f(n):\n    return 0 if n == 0 else 1 + f(n - 1)\nx = f(90)",
                limits=TraceLimits(depth=5))  # fmt: skip
    assert one.at(-1).names[0]["x"].text == "90"
    assert max(moment.call.depth for moment in one.moments) == 5
    assert one.said == ("Calls that are more than 5 deep were executed and not recorded.",)


def test_endless_recursion_ends_in_pythons_own_words():
    one = trace("def f(n):\n    return f(n + 1)\nf(0)")
    assert one.end.failure.kind == "RecursionError"
    assert one.moments[-1].kind == "raised"


LONG = (
    "total = 0\nfor epoch in range(500):\n    total = total + epoch\n    half = total / 2\nend = 1"
)


def passes_of(one, loop=0):
    return sorted({p.index for m in one.moments for p in m.passes if p.loop == loop})


def test_a_long_loop_keeps_its_first_and_last_passes_whole_and_some_between():
    one = trace(LONG, limits=LIMITS)
    kept = passes_of(one)
    assert one.count == 1 + 3 * 500 + 1
    assert kept[:4] == [0, 1, 2, 3]
    assert kept[-4:] == [496, 497, 498, 499]
    between = kept[4:-5]
    stride = between[1] - between[0]
    assert between == [n for n in range(4, 495) if n % stride == 0]
    assert stride in {4, 8}
    assert "1,502 statements were executed" in one.said[0]
    assert {len([m for m in one.moments if m.within and m.within.index == n]) for n in kept} == {3}


def test_each_kept_moment_is_as_in_a_trace_that_keeps_all():
    whole, thin = trace(LONG), trace(LONG, limits=LIMITS)
    full = {moment.number: view.names[0].copy() for moment, view in whole.views()}
    assert len(whole.moments) == whole.count > len(thin.moments)
    for moment, view in thin.views():
        assert view.names[0] == full[moment.number]
    gap = next(moment.gap for moment in thin.moments if moment.gap)
    assert gap.count % 3 == 0


@pytest.mark.parametrize("around", [(2, 333), 1 + 3 * 333 + 1])
def test_any_pass_can_be_had_by_tracing_again(around):
    assert 333 not in passes_of(trace(LONG, limits=LIMITS))
    one = trace(LONG, limits=LIMITS, around=around)
    for asked in (333, *range(334, 342)):
        there = [m for m in one.moments if m.within and m.within.index == asked]
        assert [m.line for m in there] == [2, 3, 4]
    assert len(one.moments) <= LIMITS.moments


NESTED = """
import torch
w = torch.zeros(1)
def update(x):
    y = x + 1
    return y
for epoch in range(40):
    for batch in range(40):
        w = update(w)
"""


def test_loops_within_loops_and_calls_within_them_are_thinned_too():
    whole, thin = trace(NESTED, limits=TraceLimits(moments=50_000)), trace(NESTED, limits=LIMITS)
    assert whole.count == len(whole.moments)
    assert thin.end.state == "finished"
    assert 100 < len(thin.moments) <= LIMITS.moments
    at = {m.number: v.entry(v.held("w")).values for m, v in whole.views()
          if v.held("w") is not None}  # fmt: skip
    for moment, view in thin.views():
        if view.held("w") is not None:
            assert view.entry(view.held("w")).values == at[moment.number]
    assert passes_of(thin)[-1] == 39


LET_GO = """
import torch
w = torch.ones(1, requires_grad=True)
for epoch in range(300):
    w.grad = None
    loss = (w * epoch).sum()
    loss.backward()
"""


def test_what_an_older_object_holds_is_told_even_if_it_was_let_go_since():
    for moment, view in trace(LET_GO, limits=LIMITS).views():
        if moment.line == 4 and moment.within.index > 0:
            gradient = view.entry(view.find("w", "grad"))
            assert gradient.values == (float(moment.within.index - 1),)


def test_a_long_text_of_little_memory_forgets_what_has_ended():
    one = trace("import torch\nwhile True:\n    x = torch.ones(3)\n    y = x * 2", limits=LIMITS)
    assert one.count > 1_000
    assert sum(len(m.gap.changes) for m in one.moments if m.gap) < 2_000
