"""The check of a learner's own code: what a learner needs passes, and nothing else."""

from __future__ import annotations

import ast
import builtins
import importlib
import types
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from groundup.engine import lesson
from groundup.language.own import attributes, listed, nn_words, python_words, reading
from groundup.language.own.checker import HANDLERS
from groundup.language.own_code import OwnCode, Refusal, RefusedCodeError, check
from tests.language import escapes

PROGRAMS = {f.stem: f.read_text("utf-8") for f in (Path(__file__).parent / "programs").glob("*.py")}


def refused(text: str) -> tuple[Refusal, ...]:
    """The places of ``text`` that are refused; the text fails a test that is accepted."""
    try:
        check(text)
    except RefusedCodeError as error:
        return error.refusals
    pytest.fail(f"accepted: {text}")


def marked(text: str, place: Refusal) -> str:
    """What stands at the place of a refusal of one line."""
    assert place.line == place.end_line
    return text.split("\n")[place.line - 1][place.column - 1 : place.end_column - 1]


def replaced(text: str, refusals: tuple[Refusal, ...]) -> str:
    """``text`` with every replacement at its place."""
    lines = text.split("\n")
    for r in sorted(refusals, key=lambda r: (r.line, r.column), reverse=True):
        assert r.replacement is not None, r
        assert r.line == r.end_line
        line = lines[r.line - 1]
        lines[r.line - 1] = line[: r.column - 1] + r.replacement + line[r.end_column - 1 :]
    return "\n".join(lines)


# What a learner needs


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_learners_write_is_accepted_as_it_stands(name):
    code = check(PROGRAMS[name])
    assert code.text == PROGRAMS[name]
    assert code.cleaned == ()
    assert ast.dump(code.tree) == ast.dump(ast.parse(PROGRAMS[name]))


NOT_HERE = {
    "array_or_tensor": "NumPy is not here",
    "data_parallel": "torch.distributed is not here",
    "inside_a_model": "no file is read or written",
    "kept_memory": "behind with stands",
    "layer_cut": "no file is read or written",
    "language_model": "an attribute is named in the text",
    "mini_batches": "an attribute is named in the text",
    "nudge": "an attribute is named in the text",
    "numpy_bridge": "NumPy is not here",
    "numpy_dtype": "NumPy is not here",
    "numpy_grad": "NumPy is not here",
    "plot_parameter": "NumPy is not here",
    "promotion": "an attribute is named in the text",
    "ranges": "an attribute is named in the text",
    "spacing": "an attribute is named in the text",
    "state_spread": "no file is read or written",
    "time_ffn": "changes PyTorch for the whole process",
    "time_workers": "torch.distributed is not here",
    "train_on_many": "torch.distributed is not here",
    "torch_splits": "no file is read or written",
    "why_activation": "an attribute is named in the text",
}
"""The app's lessons that need what own code does not have, and what that is."""


def test_every_lesson_is_accepted_or_the_table_says_what_it_needs():
    refusals = {}
    files = [f for f in lesson.LESSONS.rglob("*.py") if f.name != "__init__.py"]
    assert len(files) > 90
    for file in files:
        try:
            check(file.read_text("utf-8"))
        except RefusedCodeError as error:
            refusals[file.stem] = error.refusals
    assert refusals.keys() == NOT_HERE.keys()
    for name, fragment in NOT_HERE.items():
        assert any(fragment in r.reason for r in refusals[name]), name


# What nobody needs


@pytest.mark.parametrize("group", escapes.GROUPS)
def test_a_way_out_is_refused_by_a_rule(group):
    for text in escapes.GROUPS[group]:
        found = refused(text)
        assert not any("not Python" in r.reason for r in found), text
        lines = text.split("\n")
        for r in found:
            assert 1 <= r.line <= r.end_line <= len(lines)
            assert 1 <= r.column <= len(lines[r.line - 1]) + 1
            assert (r.line, r.column) <= (r.end_line, r.end_column)
            assert r.reason.endswith((".", "`", "meant?"))
            assert len(r.reason) > 20
        assert list(found) == sorted(found, key=lambda r: (r.line, r.column))


def test_there_are_many_ways_and_each_is_tried_once():
    texts = [text for group in escapes.GROUPS.values() for text in group]
    assert len(texts) == len(set(texts)) >= 200


def test_what_is_no_way_out_or_is_bounded_by_the_run_is_accepted():
    for text in [*escapes.HARMLESS, *escapes.LEFT_TO_THE_RUN]:
        assert check(text).text.strip() == text


def test_strange_characters_and_sizes_are_refused():
    assert all(refused(text) for text in escapes.STRANGE)


def test_every_place_is_told_and_not_the_first_alone():
    text = "import os\nx = 1\ny = eval('1') + x.__class__\n\n\ndef f(_a):\n    return np.exp(_a)\n"
    found = refused(text)
    assert [(r.line, r.column) for r in found] == [
        (1, 1),
        (3, 5),
        (3, 17),
        (6, 7),
        (7, 12),
        (7, 19),
    ]


def test_an_error_says_its_first_place_and_knows_the_text():
    with pytest.raises(RefusedCodeError, match=r"^Line 2, column 9: ") as caught:
        check("größe = 1\nz = 0 + größe.__dict__")
    assert caught.value.text == "größe = 1\nz = 0 + größe.__dict__\n"


def test_a_place_in_a_text_of_several_lines_lies_within_the_text():
    for text in ('f"""\n\n{eval(1)} {x.__class__}\n"""', 'f"""ä\n{\nid.__self__}"""', 'f"{_x}"'):
        lines = text.split("\n")
        for r in refused(text):
            assert 1 <= r.line <= r.end_line <= len(lines)
            assert 1 <= r.column <= len(lines[r.line - 1]) + 1
            assert 1 <= r.end_column <= len(lines[r.end_line - 1]) + 1


def test_a_place_counts_characters_and_not_bytes():
    text = "größe = 'ä' + größe.__dict__"
    (place,) = refused(text)
    assert marked(text, place) == "größe.__dict__"


# The words


def test_every_listed_word_is_there_and_none_is_a_module():
    for module, words in listed.WORDS.items():
        there = importlib.import_module(module)
        for word in words:
            assert not isinstance(getattr(there, word), types.ModuleType), f"{module}.{word}"
    assert all(listed.resolves(base) for base in nn_words.BASES)


def test_a_listed_builtin_is_pythons_and_none_opens_a_way_out():
    assert all(hasattr(builtins, name) for name in python_words.BUILTINS)
    ways = {"eval", "exec", "compile", "open", "input", "getattr", "setattr", "vars", "type", "dir"}
    assert not ways & python_words.BUILTINS
    assert not {"BaseException", "SystemExit", "KeyboardInterrupt"} & python_words.EXCEPTIONS


def samples() -> list[object]:
    """One object of each kind that a text can get hold of, and one error of each source."""
    x = torch.ones(2, 2, requires_grad=True)
    layer, data = torch.nn.Linear(2, 2), torch.utils.data.TensorDataset(torch.ones(2, 1))
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.1)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 1)
    loader = torch.utils.data.DataLoader(data)
    values = [x, (x * 2).sum().grad_fn, layer, optimizer, scheduler, data, loader, iter(loader)]
    values += [torch.Generator(), torch.finfo(), torch.device("cpu"), torch.float32, x.shape]
    values += [x.max(0), layer.state_dict(), x.register_hook(print), layer.forward, (lambda: 0)]
    values += [torch.nn.Linear, torch.Tensor, torch.optim.SGD, torch.autograd.Function, int, "a"]
    values += [(n for n in [1]), torch.distributions.Normal(0.0, 1.0), torch.exp, print, [], {}]
    for owner in (torch, torch.nn.functional, x, layer):
        with pytest.raises(AttributeError) as caught:
            getattr(owner, "nothing_of_this_name")  # noqa: B009
        values.append(caught.value)
    return values


@pytest.mark.filterwarnings("ignore")
def test_no_attribute_that_may_be_read_leads_to_a_module_a_frame_or_code():
    inside = (types.ModuleType, types.FrameType, types.CodeType, types.TracebackType)
    waiting = [(value, 0) for value in samples()]
    kept, seen, closed = [], set(), set()
    while waiting:
        value, depth = waiting.pop()
        kept.append(value)
        for name in dir(value):
            # Whatever is not foreign, a text could make its own.
            try:
                found = None if name.startswith("_") else getattr(value, name)
            except (AttributeError, RuntimeError):
                continue
            if name in attributes.foreign():
                closed |= {name} if isinstance(found, inside) else set()
                continue
            assert not isinstance(found, inside), f"{type(value).__name__}.{name}"
            if depth < 1 and id(found) not in seen and not callable(found):
                seen.add(id(found))
                waiting.append((found, depth + 1))
    assert {"obj", "gi_frame", "gi_code"} <= closed


# Anything at all

_PIECES = st.sampled_from(
    [
        *"xyab()[]{}.,:=+-*/@%~^<>#'\"\\;_0123456789 \n",
        *["torch", "nn", "F", "__class__", "lambda ", "import os", "**", ":=", "+=", "1e9", "self"],
        *["eval", "tensor", "if ", " for ", " in ", "y = ", "dim=", "grad", "f'{x}'", "None"],
        *["not ", "await ", "yield ", "é", "𝐱", "ﬁ", "\t", "\r", "\f", "\0", "\u2028", ">>> "],
        *["class A(nn.Module):\n  ", "def f(self):\n    ", "with torch.no_grad():\n  ", "type("],
        *[
            "from torch import ",
            "import ",
            " as ",
            "super()",
            "__init__",
            "print(",
            "return ",
            "```",
        ],
        *[
            "try:\n  x\nexcept ",
            "global ",
            "del ",
            ".load",
            ".weight",
            ".gi_frame",
            "format",
            "np.",
        ],
    ]
)


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_is_checked_or_refused(text):
    _checked_or_refused(text)


@given(st.lists(_PIECES, max_size=30).map("".join))
@settings(max_examples=400, deadline=None)
def test_any_pile_of_tokens_is_checked_or_refused(text):
    _checked_or_refused(text)


@given(st.sampled_from(list(PROGRAMS.values())), st.integers(0, 900), st.integers(0, 6), _PIECES)
@settings(max_examples=200, deadline=None)
def test_a_damaged_program_is_checked_or_refused(text, place, cut, piece):
    _checked_or_refused(text[:place] + piece + text[place + cut :])


def _checked_or_refused(text: str) -> OwnCode | None:
    """What passes is looked at again by other means: a flat list of its nodes."""
    try:
        code = check(text)
    except RefusedCodeError:
        return None
    compile(code.tree, "<text>", "exec")
    operators = (ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.expr_context)
    parts = (ast.arguments, ast.arg, ast.alias, ast.comprehension, ast.withitem, ast.excepthandler)
    for node in ast.walk(code.tree):
        assert type(node) in HANDLERS or isinstance(node, (*operators, *parts, ast.Yield))
        match node:
            case ast.Attribute(attr=name) if name.startswith("_"):
                assert name in {"__init__", "__name__", "__class__", "_version"}
            case ast.Attribute(attr=name):
                assert not name.startswith("gi_")
                assert name not in {"mro", "numpy", "tb_frame", "obj", "set_", "storage"}
            case ast.Name(id=name):
                assert not name.startswith("_") or name in {"_", "__name__"}
                assert name not in python_words.NEVER
            case ast.alias(name=name):
                assert name.partition(".")[0] not in {"os", "sys", "numpy"}
    return code


def test_the_bounds_are_where_the_refusals_say():
    fits = "x = 1\n" * reading.MAX_LINES
    assert check(fits).text == fits
    assert f"at most {reading.MAX_LINES}" in refused(fits + "x = 1\n")[0].reason
    long = "x = 1  #" + "c" * (reading.MAX_CHARACTERS - 9)
    assert check(long).text == f"{long}\n"
    assert f"{reading.MAX_CHARACTERS:,} are the most" in refused(long + "c")[0].reason
    deep = "x = " + "(" * reading.MAX_BRACKETS + "1" + ")" * reading.MAX_BRACKETS
    assert check(deep)
    assert f"nest {reading.MAX_BRACKETS} deep" in refused(deep.replace("1", "(1)"))[0].reason
    name = "x" * 80
    assert check(f"{name} = 1")
    assert "80 characters" in refused(f"{name}x = 1")[0].reason
    wide = "if x:\n" + " " * reading.MAX_INDENT
    assert check(f"{wide}y = 1")
    assert f"{reading.MAX_INDENT} spaces" in refused(f"{wide} y = 1")[0].reason
    many = "x = [" + "-1," * 6_000 + "]"
    assert "the text is too long" in refused(many)[0].reason
    assert check(many.replace("-", ""))
