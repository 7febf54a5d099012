"""What a trace says of each statement: its line, its frame, what changed, what was handed over."""

# Texts that are run stand on a line of their own, however long.
# ruff: noqa: E501

import threading

import pytest
import torch

from groundup.engine import lesson
from groundup.engine.trace import TraceLimits, Tracing, trace
from groundup.engine.trace.entries import GroupEntry, TensorEntry, Value
from groundup.engine.trace.questions import cells, how_it_changed, same_object, shares_storage

LOOP = lesson.load("training_loop")


def lines(text):
    return [moment.line for moment in trace(text).moments]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 1\n\nif x:\n    y = 2\nelse:\n    y = 3", [1, 3, 4]),
        ("x = 0\nif x:\n    y = 2\nelif x == 0:\n    y = 3", [1, 2, 4, 5]),
        ("for i in range(2):\n    x = i\nelse:\n    y = 1", [1, 2, 1, 2, 4]),
        ("n = 0\nwhile n < 2:\n    n += 1\n    if n == 1:\n        continue\n    break", [1, 2, 3, 4, 5, 2, 3, 4, 6]),
        ("try:\n    x = 1 / 0\nexcept ZeroDivisionError:\n    x = 2\nfinally:\n    y = 3", [2, 3, 4, 6]),
        ("import contextlib\nwith contextlib.nullcontext(3) as c:\n    x = c", [1, 2, 3]),
        ('"""What."""\nglobal x\nx = [i for i in range(3)]\npass', [3, 4]),
        ("def f():\n    '''Doc.'''\n    for i in range(3):\n        if i:\n            return i\nx = f()", [1, 3, 4, 3, 4, 5, 6]),
        ("match 3:\n    case 2:\n        x = 1\n    case _:\n        x = 2", [1, 5]),
        ("class A:\n    x = 1\n    def f(self):\n        self.y = 2\nA().f()", [2, 3, 1, 4, 5]),
        ("x = (\n    1 +\n    1\n)", [1]),
    ],
)  # fmt: skip
def test_each_executed_statement_is_a_moment_of_its_line(text, expected):
    assert lines(text) == expected


def test_a_moment_says_which_names_changed_and_which_did_not():
    one = trace("x = 1\ny = x\nx = 1\nx = 2\ndel x")
    assert [[name for _, name, _ in m.bindings] for m in one.moments] == [
        ["x"], ["y"], [], ["x"], ["x"],
    ]  # fmt: skip
    assert one.at(3).names[0] == {"x": Value("int", "2"), "y": Value("int", "1")}
    assert one.at(4).names[0] == {"y": Value("int", "1")}


def test_calls_tell_who_called_them_and_what_they_hand_back():
    one = trace("def f(a):\n    b = a + 1\n    return b\ndef g(n):\n    return f(n) * 2\nx = g(3)")
    inner = next(m for m in one.moments if m.line == 2)
    assert (inner.call.scope.name, inner.call.depth, inner.call.line) == ("f", 2, 5)
    assert (inner.call.caller.scope.name, inner.call.caller.line) == ("g", 6)
    assert [m.returned.text for m in one.moments if m.kind == "returned"] == ["4", "8"]
    view = one.at(one.moments.index(inner))
    assert view.names[inner.call.number] == {"a": Value("int", "3"), "b": Value("int", "4")}
    assert view.names[inner.call.caller.number] == {"n": Value("int", "3")}


def test_the_passes_that_a_moment_stands_in_reach_through_calls():
    text = "def f(n):\n    for k in range(n):\n        x = k\nfor epoch in range(4):\n    for batch in [5, 6]:\n        f(3)"
    one = trace(text)
    deepest = [m for m in one.moments if m.line == 3]
    assert deepest[-1].within.path == (3, 1, 2)
    assert [one.loops[p.loop].target for p in deepest[-1].passes] == ["epoch", "batch", "k"]
    assert len({m.within.path for m in deepest}) == len(deepest) == 4 * 2 * 3


def test_generators_take_turns_with_their_callers():
    one = trace("def g():\n    for i in range(2):\n        yield i * 10\nfor x in g():\n    y = x")
    assert [m.line for m in one.moments] == [1, 2, 3, 4, 5, 2, 3, 4, 5]
    assert [m.returned.text for m in one.moments if m.kind == "yielded"] == ["0", "10"]
    assert len({m.call.number for m in one.moments}) == 2


def test_a_failing_text_ends_at_its_line_in_its_frame():
    one = trace("def f(a):\n    b = a\n    return b / 0\nf(1)")
    last = one.moments[-1]
    assert (last.kind, last.line, last.call.scope.name) == ("raised", 3, "f")
    assert last.raised == ("ZeroDivisionError", "division by zero")
    assert (one.end.state, one.end.failure.line) == ("failed", 3)
    assert one.at(-1).names[last.call.number]["b"] == Value("int", "1")


def test_what_was_caught_is_told_where_it_was_raised():
    one = trace("def f():\n    raise KeyError('k')\ntry:\n    f()\nexcept KeyError:\n    x = 1")
    raised = next(m for m in one.moments if m.kind == "raised")
    assert (raised.line, raised.call.scope.name, raised.raised) == (2, "f", ("KeyError", "'k'"))
    assert one.end.state == "finished"


def test_an_error_whose_words_are_the_texts_own_code_is_told_without_them():
    text = (
        "class E(Exception):\n    def __str__(self):\n        said.append(1)\n        return 'x'\n"
    )
    text += "said = []\ntry:\n    raise E\nexcept E:\n    pass\nn = len(said)"
    one = trace(text)
    assert next(m.raised for m in one.moments if m.raised) == ("E", "")
    assert one.at(-1).names[0]["n"] == Value("int", "0")


def test_output_and_warnings_grow_with_the_moments():
    one = trace("import warnings\nprint('ab')\nwarnings.warn('w')\nprint('c')")
    assert [(m.printed, m.warned) for m in one.moments] == [(0, 0), (3, 0), (3, 1), (5, 1)]
    assert (one.output, [n.line for n in one.notices]) == ("ab\nc\n", [3])


def objects_of(text, *names):
    view = trace("import torch\n" + text).at(-1)
    return view, [view.held(name) for name in names]


def test_names_of_one_tensor_are_one_object_and_views_share_its_storage():
    view, (a, b, t, row, cut, numpy, copy) = objects_of(
        "a = torch.arange(6.).reshape(2, 3)\nb = a\nt = a.T\nrow = a[1]\ncut = a.detach()\n"
        "numpy = a.numpy()[1:]\ncopy = a.clone()",
        *("a", "b", "t", "row", "cut", "numpy", "copy"),
    )
    assert same_object(a, b)
    for other in (t, row, cut, numpy):
        assert not same_object(a, other)
        assert shares_storage(view, a, other)
    assert not shares_storage(view, a, copy)
    assert cells(view.entry(row)) == cells(view.entry(numpy)) == (3, 4, 5)
    assert cells(view.entry(t)) == (0, 3, 1, 4, 2, 5)
    assert view.entry(t).values == (0, 3, 1, 4, 2, 5)
    assert not same_object(Value("int", "1"), Value("int", "1"))


def test_modules_optimizers_and_state_lead_to_the_same_tensors():
    view = trace(
        "import torch\nmodel = torch.nn.Sequential(torch.nn.Linear(2, 1))\n"
        "opt = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)\n"
        "model(torch.ones(1, 2)).sum().backward()\nopt.step()\nps = list(model.parameters())\n"
        "state = model.state_dict(keep_vars=True)\ncut = model.state_dict()\n"
        "class Holder:\n    def __init__(self): self.w = ps[0]\nholder = Holder()"
    ).at(-1)
    weight = view.find("model", "0", "weight")
    assert isinstance(view.entry(weight), TensorEntry)
    assert view.entry(weight).form.type == "Parameter"
    for path in (
        ("opt", "param_groups", "0", "params", "0"),
        ("ps", "0"),
        ("state", "0.weight"),
        ("holder", "w"),
    ):
        assert same_object(weight, view.find(*path)), path
    assert not same_object(weight, view.find("cut", "0.weight"))
    assert shares_storage(view, weight, view.find("cut", "0.weight"))
    assert view.entry(view.find("opt", "state", f"#{weight}", "momentum_buffer")).values == (1, 1)


def test_a_change_in_place_keeps_the_object_and_counts_its_version_up():
    one = trace("import torch\nw = torch.ones(1)\nw -= 0.5\nw = w - 0.25\nv = w")
    two, three, four = one.at(1), one.at(2), one.at(3)
    assert how_it_changed(two, three, "w") == "in place"
    assert how_it_changed(three, four, "w") == "moved"
    assert (two.entry(two.held("w")).version, three.entry(three.held("w")).version) == (0, 1)
    assert four.objects[three.held("w")].values == (0.5,), "the old object can still be drawn"
    assert how_it_changed(one.at(0), two, "w") == "new"
    assert how_it_changed(four, one.at(4), "w") == ""


def test_changes_that_torch_does_not_count_are_seen_as_well():
    one = trace("import torch\nt = torch.zeros(3)\nn = t.numpy()\nn[1] = 5\nt.data[0] = 7")
    assert [one.at(i).entry(one.at(i).held("t")).values for i in (2, 3, 4)] == [
        (0, 0, 0), (0, 5, 0), (7, 5, 0),
    ]  # fmt: skip
    assert one.at(4).entry(one.at(4).held("t")).version == 0


def test_the_training_loop_is_recorded_as_torch_computes_it():
    one = trace(LOOP.set(epochs=3).text)
    backward = next(
        i for i, m in enumerate(one.moments) if m.line == LOOP.line_of("loss.backward()")
    )
    before, after = one.at(backward - 1), one.at(backward)
    assert before.find("w", "grad") is None
    grad = after.entry(after.find("w", "grad"))
    namespace = {"print": lambda *_: None}
    exec(LOOP.set(epochs=1).text.replace("w.grad.zero_()", "kept = w.grad.clone()"), namespace)
    assert grad.values == (namespace["kept"].item(),)
    entry = after.entry(after.held("w"))
    assert (entry.form.requires_grad, entry.form.is_leaf, entry.version) == (True, True, 0)
    loss = after.entry(after.held("loss"))
    assert (loss.form.grad_fn, loss.form.shape, loss.grad) == ("MeanBackward", (), None)


@pytest.mark.parametrize(
    ("text", "values", "least", "most", "finite"),
    [
        ("torch.tensor([1., float('inf')])", (1, float("inf")), None, None, False),
        ("torch.arange(100)", (0, 1, 2, 3, 4, 5), 0, 99, True),
        ("torch.arange(5000.)", (0, 1, 2, 3, 4, 5), 0, 4999, True),
        ("torch.cat([torch.zeros(20), torch.tensor([-float('inf')])])", (0,) * 6, -float("inf"), 0, False),
        ("torch.tensor([0.5, 1.5], dtype=torch.bfloat16)", (0.5, 1.5), None, None, True),
        ("torch.tensor([0.5, 1.5]).half()", (0.5, 1.5), None, None, True),
        ("torch.tensor([True, False])", (True, False), None, None, True),
        ("torch.tensor(3 + 4j)", ("3+4j",), None, None, True),
        ("torch.zeros(0, 3)", (), None, None, None),
        ("torch.empty(10**6, 10**6, device='meta')", (), None, None, None),
        ("torch.zeros(1).expand(10**9)", (0,) * 6, None, None, None),
        ("torch.arange(3.).expand(2, 3).T", (0, 0, 1, 1, 2, 2), None, None, True),
        ("torch.eye(2).to_sparse()", (), None, None, None),
    ],
)  # fmt: skip
def test_values_are_read_from_any_tensor(text, values, least, most, finite):
    view, (t,) = objects_of(f"t = {text}", "t")
    entry = view.entry(t)
    assert (entry.values, entry.least, entry.most) == (values, least, most)
    assert entry.finite is finite or not values


def test_nan_is_told():
    view, (t,) = objects_of("t = torch.zeros(30)\nt[25] = float('nan')", "t")
    entry = view.entry(t)
    assert entry.finite is False
    assert entry.least != entry.least


def test_a_freed_address_is_no_old_object():
    one = trace(
        "import torch\nfor i in range(30):\n    t = torch.ones(3)\n    del t\n    xs = [i]\n    del xs"
    )
    made = [h for m in one.moments for _, name, h in m.bindings if name in {"t", "xs"} and h != -1]
    assert len(set(made)) == len(made) == 60
    storages = [e.storage for m in one.moments for _, e in m.changes if isinstance(e, TensorEntry)]
    assert len(set(storages)) == 30


def test_what_holds_itself_and_what_cannot_be_asked_is_told():
    text = "a = []\na.append(a)\nclass B:\n    __slots__ = ('x',)\nb = B()\nb.x = a\nc = {1: a, 'k': b}"
    view, (a, b, c) = objects_of(text, "a", "b", "c")
    assert view.entry(a) == GroupEntry("list", "list", 1, (("0", a),))
    assert view.entry(b) == GroupEntry("opaque", "B", 0, ())
    assert view.entry(c) == GroupEntry("dict", "dict", 2, (("1", a), ("k", b)))


def test_the_names_of_a_function_that_looks_at_them_itself_are_said_to_be_hidden():
    one = trace("def f(a):\n    here = locals()\n    b = 1\n    return len(here)\nx = f(1)")
    assert one.at(-1).names[0]["x"] == Value("int", "1")
    assert [m.line for m in one.moments] == [1, 2, 3, 4, 5]


def test_torchs_settings_are_left_as_they_were_and_a_trace_can_be_made_twice():
    torch.manual_seed(7)
    before = torch.get_rng_state()
    text = "import torch\ntorch.set_grad_enabled(False)\ntorch.set_default_dtype(torch.float64)\nx = torch.rand(2)"
    first, again = trace(text), trace(text)
    assert torch.equal(torch.get_rng_state(), before)
    assert (torch.is_grad_enabled(), torch.get_default_dtype()) == (True, torch.float32)
    assert first.wire() == again.wire()


def test_what_a_texts_objects_do_later_is_not_recorded():
    tracing = Tracing("def f():\n    x = 1\n    return x\n", TraceLimits())
    one = tracing.run()
    assert tracing.variables["f"]() == 1
    assert len(one.moments) == 1


def test_another_thread_of_the_text_runs_and_is_not_recorded():
    one = trace(
        "import threading\nxs = []\ndef f():\n    xs.append(1)\nt = threading.Thread(target=f)\nt.start()\nt.join()\nn = len(xs)"
    )
    assert one.at(-1).names[0]["n"] == Value("int", "1")
    assert 4 not in [m.line for m in one.moments]
    assert threading.active_count() < 50


def test_no_python_is_refused_in_its_own_words():
    with pytest.raises(SyntaxError, match="outside function"):
        trace("return 3")


@pytest.mark.parametrize("name", ["network", "nn_module", "train_ffn", "descend"])
def test_what_the_pages_run_is_traced_into_its_calls_within_the_limits(name):
    one = trace(lesson.load(name).text, limits=TraceLimits(seconds=100))
    assert one.end.state == "finished"
    assert len(one.moments) <= TraceLimits().moments
    assert one.text == lesson.load(name).text


def test_what_an_autograd_function_made_is_a_leaf_inside_it_alone_and_nothing_warns():
    text = """
import torch


class Twice(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        y = 2 * x
        return y

    @staticmethod
    def backward(ctx, gradient):
        return 2 * gradient


x = torch.ones(2, requires_grad=True)
z = Twice.apply(x)
z.sum().backward()
"""
    assert list(trace(text).notices) == []
