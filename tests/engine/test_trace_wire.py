"""What the browser gets: small, and everything that the trace holds can be rebuilt from it."""

import base64
import json
import math
import struct
import zlib

import pytest

from groundup.engine import lesson
from groundup.engine.trace import TraceLimits, trace
from groundup.engine.trace.entries import TensorEntry, Value
from groundup.engine.trace.wire import packed
from tests.engine.decoding import decoded

LOOP = lesson.load("training_loop")
CALLS = """
import torch

class Twice(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(1, 1)

    def forward(self, x):
        h = self.layer(x)
        return 2 * h

model = Twice()
big = torch.linspace(0, 1, 40, dtype=torch.float64)
odd = torch.tensor([float("nan"), float("inf"), -float("inf")])
far = torch.tensor([2**53 - 1, 2**53, -(2**62) - 1])
for step in range(30):
    for part in [1, 2]:
        y = model(torch.ones(1, 1))
        if part == 2:
            del part
names = {"a": [y, y], "b": (1, "x")}
"""


def sent(one):
    """A trace's wire format after a journey as JSON."""
    return json.loads(json.dumps(one.wire(), allow_nan=False))


def same_number(sent, kept, dtype):
    if kept is None or isinstance(kept, str) or sent is None:
        return sent == kept
    if isinstance(kept, int) and abs(kept) >= 2**53:
        return sent == str(kept)
    if isinstance(sent, str):
        return str(float(sent)) == str(kept)
    if dtype == "float32" and math.isfinite(kept):
        return struct.pack("f", sent) == struct.pack("f", kept)
    return sent == kept


def same_entry(sent, kept):
    if not isinstance(kept, TensorEntry):
        items = [[label, list(h) if isinstance(h, Value) else h] for label, h in kept.items]
        return sent == [kept.kind, kept.type, kept.length, items]
    form = json.loads(json.dumps(kept.form))
    plain = [-1 if one is None else one for one in (kept.version, kept.storage)]
    plain += [kept.offset, -1 if kept.grad is None else kept.grad]
    numbers = zip((*sent[5], *sent[6:8]), (*kept.values, kept.least, kept.most), strict=True)
    finite = None if kept.finite is None else int(kept.finite)
    return [form, *plain, finite] == [*sent[:5], sent[8]] and all(
        same_number(a, b, kept.form.dtype) for a, b in numbers
    )


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        (LOOP.set(epochs=12).text, TraceLimits()),
        (CALLS, TraceLimits()),
        (CALLS, TraceLimits(moments=120, passes=3)),
        ("x = 1 / 0", TraceLimits()),
        ("", TraceLimits()),
    ],
)
def test_every_moment_is_rebuilt_exactly(text, limits):
    one = trace(text, limits=limits)
    rebuilt = decoded(sent(one))
    there = {call.number for call in one.calls()}
    for (moment, view), got in zip(one.views(), rebuilt, strict=True):
        number, line, kind, call, path, names, entries = got
        assert (number, line, kind, call) == (
            moment.number,
            moment.line,
            moment.kind,
            moment.call.number,
        )
        assert path == [one.index for one in moment.passes]
        assert {c: n for c, n in names.items() if n} == {
            call: {n: list(h) if isinstance(h, Value) else h for n, h in held.items()}
            for call, held in view.names.items()
            if held and call in there
        }
        assert entries.keys() == view.objects.keys()
        changed = {number for number, _ in moment.changes}
        assert all(same_entry(entries[number], view.objects[number]) for number in changed)


def test_a_hundred_epochs_are_sent_in_less_than_60_kilobytes_even_uncompressed():
    one = trace(LOOP.text)
    assert len(one.moments) == one.count > 1_000
    text = json.dumps(one.wire(), separators=(",", ":"), ensure_ascii=False)
    assert len(text.encode()) < 60_000
    assert len(packed(one)) < 20_000
    assert json.loads(zlib.decompress(base64.b64decode(packed(one)))) == json.loads(text)


def test_the_end_the_output_and_the_warnings_are_sent():
    wire = sent(trace("import warnings\nprint('a')\nwarnings.warn('b')\n1 / 0"))
    assert wire["end"] == ["failed", "Line 4 raised ZeroDivisionError: division by zero"]
    assert (wire["output"], wire["warnings"]) == ("a\n", [[3, "UserWarning", "b"]])
    assert wire["moments"]["printed"] == [[1, 2]]
    assert wire["moments"]["warned"] == [[2, 1]]
    assert wire["moments"]["raised"] == [[3, "ZeroDivisionError", "division by zero"]]
