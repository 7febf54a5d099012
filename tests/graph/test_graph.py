"""What the graph page tells about a run is what torch did, and what mathematics says it should."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from groundup.engine.observe import run
from groundup.graph.chain_rule import MAX_PATHS
from groundup.graph.edges import edges_of_lines
from groundup.graph.explanation import chain_rule
from groundup.graph.gradient_check import MAX_NUDGED, MAX_OPERATIONS, check_gradients
from groundup.graph.naming import item_names, node_names
from groundup.graph.nodes import ACCUMULATE
from groundup.graph.recording import GraphTrace, trace_graph
from groundup.graph.script import Input, write
from groundup.graph.values import Values
from groundup.language.program import ProgramError, check


def recorded(text: str, **inputs: object) -> GraphTrace:
    given = {n: v if isinstance(v, Input) else Input(v) for n, v in inputs.items()}
    return trace_graph(write(check(text), given))


def single(recording: GraphTrace, name: str) -> float:
    gradient = recording.gradients[name]
    assert gradient is not None
    assert gradient.single is not None
    return gradient.single


ARTICLE = "y = a + b\nz = x * y"


def test_the_articles_graph_has_torchs_own_nodes() -> None:
    seen = recorded(ARTICLE, a=2.0, b=3.0, x=4.0)
    assert [n.name for n in seen.nodes] == [
        "MulBackward0",
        ACCUMULATE,
        "AddBackward0",
        ACCUMULATE,
        ACCUMULATE,
    ]
    ends = {(seen.node(e.source).name, seen.node(e.target).variable) for e in seen.edges}
    assert ends == {
        ("MulBackward0", "x"),
        ("MulBackward0", ""),
        ("AddBackward0", "a"),
        ("AddBackward0", "b"),
    }
    saved = {s.name: s.value.single for s in seen.nodes[0].saved if s.value}
    assert saved == {"self": 4.0, "other": 5.0}
    assert [single(seen, n) for n in "abx"] == [4.0, 4.0, 5.0]
    assert "z.grad_fn: <MulBackward0" in seen.output
    assert "a.grad_fn: None" in seen.output
    assert "freed" in seen.freed


def test_the_mathematics_holds_tensors_and_operations_with_their_values() -> None:
    seen = recorded(ARTICLE, a=2.0, b=3.0, x=4.0)
    shown = {(i.label, *i.names, i.value.single) for i in seen.items}
    assert shown == {
        ("a", "a", 2.0),
        ("b", "b", 3.0),
        ("x", "x", 4.0),
        ("+", "y", 5.0),
        ("×", "z", 20.0),
    }


def test_an_operation_is_labelled_as_it_is_written() -> None:
    text = "y = 2 * x - x ** 3\ny += 1.5\nz = 10 / -y.tanh() @ torch.exp(x)"
    seen = recorded(text, x=[1.0, 2.0])
    labels = [item.label for item in seen.items if item.kind == "operation"]
    tail = ["tanh", "−", "10 ÷", "exp", "@"]
    assert labels == ["2 ×", "^ 3", "−", "+= 1.5", *tail]


def test_constants_and_detached_tensors_are_mathematics_that_autograd_does_not_record() -> None:
    seen = recorded("c = torch.tensor(3.0)\nd = x.detach()\ny = x * d * c", x=2.0)
    nodes = {name: item.node for item in seen.items for name in item.names}
    assert nodes["c"] is None
    assert nodes["d"] is None
    assert nodes["y"] == "n0"
    assert single(seen, "x") == 6.0


def test_moments_are_each_statement_then_each_node() -> None:
    seen = recorded(ARTICLE, a=2.0, b=3.0, x=4.0)
    assert [m.kind for m in seen.moments] == ["start"] + 2 * ["forward"] + 5 * ["backward"]
    lines = seen.script.text.split("\n")
    assert [lines[m.line - 1] for m in seen.moments[1:4]] == [
        "y = a + b",
        "z = x * y",
        "z.backward()",
    ]
    assert [m.items for m in seen.moments[:3]] == [0, 4, 5]
    assert seen.incoming(2) == {}
    assert seen.incoming(3)["n0"].single == 1.0
    assert len(seen.incoming(len(seen.moments) - 1)) == len(seen.nodes)


def test_a_value_used_twice_sums_its_contributions() -> None:
    seen = recorded("y = x * x + x", x=3.0)
    leaf = next(n.key for n in seen.nodes if n.variable == "x")
    out = seen.outgoing(len(seen.moments) - 1)
    arriving = [out[e.key].single for e in seen.edges if e.target == leaf]
    assert sorted(v for v in arriving if v is not None) == [1.0, 3.0, 3.0]
    assert single(seen, "x") == 7.0
    chain = seen.chains[leaf]
    assert chain.count == 3
    assert chain.total is not None
    assert chain.total.single == 7.0


def test_of_many_paths_the_first_are_written_and_the_others_add_up_to_the_gradient() -> None:
    text = "y = x * x\n" + "y = y * y\n" * 20
    seen = recorded(text, x=1.0)
    ((key, chain),) = seen.chains.items()
    assert chain.count == 2**21
    assert len(chain.paths) == MAX_PATHS
    assert [path.end.single for path in chain.paths] == [1.0] * MAX_PATHS
    assert chain.rest is not None
    assert chain.rest.single == 2.0**21 - MAX_PATHS
    assert chain.total is not None
    assert chain.total.single == single(seen, "x") == 2.0**21
    told = chain_rule(seen, key)
    assert told is not None
    assert "the other 2,097,140 ways bring 2.097e+06 in all" in told.lines
    assert told.lines[-2].endswith("= 2.097e+06")
    assert told.lines[-1] == "x.grad = 2.097e+06: the same"


def test_the_rest_is_what_the_unwritten_paths_would_bring(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "h = tanh(W @ x)\nq = h * x + h\ns = (q * q + x).sum()"
    inputs = {"W": [[0.5, -1.0], [2.0, 0.25]], "x": [0.5, 1.5]}
    every = recorded(text, **inputs)
    monkeypatch.setattr("groundup.graph.chain_rule.MAX_PATHS", 2)
    for key, few in recorded(text, **inputs).chains.items():
        all_of_them = every.chains[key]
        assert all_of_them.rest is None
        assert all_of_them.paths[:2] == few.paths
        left = [_tensor(path.end) for path in all_of_them.paths[2:]]
        assert few.rest is not None
        torch.testing.assert_close(
            torch.stack(left).sum(0), _tensor(few.rest), rtol=1e-5, atol=1e-6
        )


def test_a_name_assigned_again_tells_its_tensors_apart() -> None:
    seen = recorded("y = x * 2\ny = y * x\ny += 1\nx = y * x", x=3.0)
    names = item_names(seen, node_names(seen))
    assert [names[item.key] for item in seen.items] == ["x", "y₁", "y₂", "y", "x₂"]
    told = chain_rule(seen, "t0")
    assert told is not None
    assert told.headline == "∂x₂/∂x: 3 ways lead from x₂ back to x"


def test_a_long_path_is_written_by_its_ends() -> None:
    seen = recorded("y = x\n" + "y = sin(y)\n" * 60, x=0.5)
    ((key, _),) = seen.chains.items()
    told = chain_rule(seen, key)
    assert told is not None
    assert "… 50 more …" in told.lines[0]
    assert len(told.lines[0]) < 300


def test_a_path_longer_than_python_recurses_is_followed() -> None:
    seen = recorded("y = x\n" + "y = 2 / (3 / (1 / y))\n" * 166, x=1.0)
    (chain,) = seen.chains.values()
    assert len(chain.paths[0].edges) > 950
    assert chain.total is not None
    assert chain.total.numbers == pytest.approx([single(seen, "x")])


@pytest.mark.parametrize(
    ("text", "inputs", "kind"),
    [
        ("y = exp(x)\ny += 1\nz = y * 2", {"x": 1.0}, "RuntimeError"),
        ("x += 1\ny = x", {"x": 1.0}, "RuntimeError"),
        ("y = x.detach() * 2", {"x": 1.0}, "RuntimeError"),
        ("y = x * 2", {"x": Input(1.0, requires_grad=False)}, "RuntimeError"),
    ],
)
def test_what_torch_refuses_is_recorded_in_its_own_words(
    text: str, inputs: dict[str, object], kind: str
) -> None:
    seen = recorded(text, **inputs)
    real = run(seen.script.text)
    assert seen.failure is not None
    assert real.failure is not None
    assert seen.failure == real.failure or seen.failure.message == real.failure.message
    assert seen.failure.kind == kind
    assert seen.gradients == {"x": None}


def test_observing_changes_no_number() -> None:
    text = "h = tanh(W @ x)\np = softmax(h, dim=0)\nl = (p * p).sum() + h.mean()"
    seen = recorded(text, W=[[0.5, -1.0], [2.0, 0.1]], x=[0.3, 0.7])
    assert run(seen.script.text).variables["W"].grad.flatten().tolist() == list(
        seen.gradients["W"].numbers  # type: ignore[union-attr]
    )


def test_a_vector_output_is_summed_in_the_open() -> None:
    seen = recorded("total = x * 2", x=[1.0, 2.0])
    assert "total_ = total.sum()" in seen.script.text
    assert seen.gradients["x"] is not None
    assert seen.gradients["x"].numbers == (2.0, 2.0)


def test_a_long_programs_check_nudges_fewer_numbers() -> None:
    long = "y = (" + " + ".join("abcd") + ").sum()\n" + "y = sin(y) + y * y\n" * 150
    program = check(long)
    inputs = {name: torch.ones(36) * 0.001 for name in program.inputs}
    checks = check_gradients(program, inputs, dict.fromkeys(program.inputs))
    nudged = {len(one.difference.numbers) for one in checks}
    operations = 3 + 1 + 150 * 3
    assert nudged == {MAX_OPERATIONS // operations // (2 * 4)}
    assert max(nudged) < MAX_NUDGED


def error_of(text: str, x: object) -> float:
    (checked,) = check_gradients(
        check(text),
        {"x": Input(x).tensor},
        recorded(text, x=x).gradients,  # type: ignore[arg-type]
    )
    assert checked.error is not None
    return checked.error


@pytest.mark.parametrize("size", ["1.0", "0.00000001", "0.000000000001", "10000000000.0"])
def test_a_path_that_is_hidden_counts_the_same_at_any_size(size: str) -> None:
    hidden = f"y = x * {size} + (x * {size} * 10).detach()"
    # Autograd sees 1 of 1 + 10 parts.
    assert error_of(hidden, 2.0) == pytest.approx(10 / 11, rel=1e-4)
    assert error_of(hidden.replace(".detach()", ""), 2.0) < 1e-6
    assert error_of(f"y = x * x * {size} + (x * {size} / 100).detach()", 2.0) == pytest.approx(
        0.01 / 4.01, rel=1e-3
    )


@pytest.mark.parametrize(
    ("text", "x"),
    [
        ("y = softmax(x, dim=0).sum()", [2.0, 1.0, 0.1]),
        ("y = sin(x) ** 2 + cos(x) ** 2", 1.3),
        ("y = (x + 100000000.0) - 100000000.0", 2.0),
        ("y = x - x", 2.0),
        ("y = x * 0.001 + 1000000.0", 2.0),
        ("y = log_softmax(x, dim=0).sum()", [0.0, 0.0]),
    ],
)
def test_what_rounding_alone_moves_is_no_difference(text: str, x: object) -> None:
    """Each derivative in full, and in float32, is a multiple of the other up to rounding."""
    assert error_of(text, x) < 1e-6


@pytest.mark.parametrize(
    ("text", "x"),
    [
        ("y = relu(x)", 0.0),
        ("y = ((x + 100000000.0) - 100000000.0) ** 2", 2.0),
        ("y = x * x.detach()", 0.001),
    ],
)
def test_a_kink_a_cut_and_a_number_too_large_for_float32_stay_differences(
    text: str, x: object
) -> None:
    assert error_of(text, x) > 0.1


def test_life_and_death_of_a_graph_by_real_runs() -> None:
    lesson = recorded(ARTICLE, a=2.0, b=3.0, x=4.0).script.lesson
    again, kept = run(lesson.edit("again").text), run(lesson.edit("retain").text)
    assert again.failure is not None
    assert "second time" in again.failure.message
    assert kept.failure is None
    assert kept.variables["a"].grad.item() == 8.0


@pytest.mark.parametrize(
    "value", [[], [[1.0], [2.0, 3.0]], "a", None, math.nan, math.inf, [0.0] * 37, 10**400, [[]]]
)
def test_an_input_that_cannot_be_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="x: Give"):
        write(check("y = x * 2"), {"x": Input(value)})  # type: ignore[arg-type]


# micrograd's two test programs, as its public test file writes them, and what torch makes of them

SANITY = """\
z = 2 * x + 2 + x
q = z.relu() + z * x
h = (z * z).relu()
y = h + q + q * x
"""

MORE_OPS = """\
c = a + b
d = a * b + b**3
c += c + 1
c += 1 + c + (-a)
d += d * 2 + (b + a).relu()
d += 3 * d + (b - a).relu()
e = c - d
f = e**2
g = f / 2.0
g += 10.0 / f
"""


@pytest.mark.parametrize(
    ("text", "inputs"), [(SANITY, {"x": -4.0}), (MORE_OPS, {"a": -4.0, "b": 2.0})]
)
def test_micrograds_programs_give_torchs_gradients(text: str, inputs: dict[str, float]) -> None:
    leaves = {
        n: torch.tensor([v], dtype=torch.float64, requires_grad=True) for n, v in inputs.items()
    }
    namespace: dict[str, torch.Tensor] = dict(leaves)
    exec(text, namespace)  # type: ignore[arg-type]
    out = namespace["y" if "y" in namespace else "g"]
    out.backward()
    seen = recorded(text, **inputs)
    assert seen.failure is None
    value = next(i.value.single for i in reversed(seen.items) if i.names == (seen.script.root,))
    assert value == pytest.approx(out.item(), rel=1e-6)
    for name, leaf in leaves.items():
        assert single(seen, name) == pytest.approx(leaf.grad.item(), rel=1e-6)  # type: ignore[union-attr]
    known = {"x": 46.0} if "x" in inputs else {"a": 138.8338192419825, "b": 645.5772594752186}
    assert {n: single(seen, n) for n in known} == pytest.approx(known, rel=1e-6)


# Generated programs


def _smooth(names: list[str], matrices: bool) -> st.SearchStrategy[str]:
    leaves = st.sampled_from([*names, "0.5", "1.5", "-2.0"])

    def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        forms = [
            st.tuples(inner, st.sampled_from("+-*"), inner).map("({0[0]} {0[1]} {0[2]})".format),
            st.tuples(st.sampled_from(["tanh", "sigmoid", "sin", "cos"]), inner).map(
                lambda t: f"torch.{t[0]}({names[0]} * {t[1]})"
            ),
            inner.map(lambda e: f"({e} / (1.5 + ({names[0]} + {e}) ** 2))"),
            inner.map(lambda e: f"(-({names[-1]} + {e}))"),
        ]
        if matrices:
            forms.append(inner.map(lambda e: f"(({names[0]} + {e}) @ {names[-1]})"))
            forms.append(inner.map(lambda e: f"softmax({names[-1]} * {e}, dim=1)"))
            forms.append(inner.map(lambda e: f"({names[0]} * {e}).sum(dim=0)"))
            forms.append(inner.map(lambda e: f"({names[0]} + {e}).t()"))
        return st.one_of(forms)

    return st.recursive(leaves, larger, max_leaves=6)


@st.composite
def _programs(draw: st.DrawFn, matrices: bool) -> str:
    names = ["x", "a"]
    lines = []
    for index in range(draw(st.integers(1, 4))):
        expression = draw(_smooth(names, matrices))
        lines.append(f"v{index} = {expression} + {names[-1]} * {names[0]}")
        names.append(f"v{index}")
        if draw(st.booleans()):
            sign = draw(st.sampled_from(["+=", "-="]))
            lines.append(f"v{index} {sign} {draw(_smooth(names[:2], matrices))}")
    return "\n".join(lines)


numbers = st.floats(-2, 2, width=16)


@given(_programs(matrices=False), numbers, numbers)
@settings(max_examples=80, deadline=None)
def test_gradients_of_generated_scalar_programs(text: str, x: float, a: float) -> None:
    _all_agrees(text, x, a)


@given(_programs(matrices=True), st.lists(numbers, min_size=8, max_size=8))
@settings(max_examples=40, deadline=None)
def test_gradients_of_generated_matrix_programs(text: str, v: list[float]) -> None:
    _all_agrees(text, [v[:2], v[2:4]], [v[4:6], v[6:]])


def _all_agrees(text: str, x: object, a: object) -> None:
    program = check(text)
    inputs = {n: v for n, v in {"x": Input(x), "a": Input(a)}.items() if n in program.inputs}  # type: ignore[arg-type]
    try:
        seen = trace_graph(write(program, inputs))
    except ProgramError:
        assume(False)
    assert seen.failure is None
    tensors = {n: i.tensor for n, i in inputs.items()}
    values = program.evaluate({n: t.double() for n, t in tensors.items()})
    assume(all(v.abs().max() < 1e3 for v in values.values() if isinstance(v, torch.Tensor)))
    for checked in check_gradients(program, tensors, seen.gradients):
        assert checked.gradient is not None
        assert checked.error is not None
        scale = max(map(abs, checked.difference.numbers), default=0)
        errors = [
            abs(g - d)
            for g, d in zip(checked.gradient.numbers, checked.difference.numbers, strict=True)
        ]
        assert max(errors) <= 1e-3 * max(1.0, scale), (text, checked)
    _gradients_add_up(seen)
    _lines_have_their_edges(seen)


def _gradients_add_up(seen: GraphTrace) -> None:
    """What comes in is the sum of what went out towards it; local × incoming is what goes out."""
    last = len(seen.moments) - 1
    incoming, outgoing = seen.incoming(last), seen.outgoing(last)
    for node in seen.nodes[1:]:
        arriving = [outgoing[e.key].numbers for e in seen.edges if e.target == node.key]
        summed = [math.fsum(c) for c in zip(*arriving, strict=True)]
        assert summed == pytest.approx(incoming[node.key].numbers, rel=1e-4, abs=1e-4)
    for edge in seen.edges:
        if edge.local is not None:
            products = _tensor(incoming[edge.source]) * _tensor(edge.local)
            out = _tensor(outgoing[edge.key])
            assert edge.summed == (products.shape != out.shape)
            products = products.sum_to_size(out.shape)
            torch.testing.assert_close(products, out, rtol=1e-3, atol=1e-4)
    for key, chain in seen.chains.items():
        assert chain.total is not None
        assert chain.total.numbers == pytest.approx(incoming[key].numbers, rel=1e-3, abs=1e-3)


def _lines_have_their_edges(seen: GraphTrace) -> None:
    """Each line of the mathematics that a gradient takes stands for an edge to its own source."""
    nodes, lines = {item.key: item.node for item in seen.items}, edges_of_lines(seen)
    assert len({edge.key for edge in lines.values()}) == len(lines)
    for item in seen.items:
        for place, source in enumerate(item.sources):
            edge = lines.get(f"{item.key}.{place}")
            assert (edge is not None) == (item.node is not None and nodes[source] is not None)
            assert edge is None or edge.target == nodes[source]


def _tensor(values: Values) -> torch.Tensor:
    return torch.tensor(values.numbers, dtype=torch.float64).reshape(values.shape)
