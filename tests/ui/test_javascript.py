"""The players' own functions under node, and the numbers that both languages write."""

import json
import math
import os
import random
import shutil
import struct
import subprocess
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

import pytest

from groundup.engine.lesson import load
from groundup.engine.snapshot import number
from groundup.engine.trace import TraceLimits, expressions, trace
from groundup.engine.trace.parts import parts
from groundup.training import batches
from groundup.training.provenance import names_to_follow
from tests.engine.decoding import decoded
from tests.training.plain import after_lines

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "tests" / "js").glob("*.test.js"))
NODE = shutil.which("node")


def cases():
    """Numbers where languages differ, or might: halves, powers of ten, float32s, none at all."""
    chance = random.Random(0)
    halves = [n / 2**k for k in range(1, 16) for n in range(1, 2 * 2**k, max(1, 2**k // 16))]
    powers = [m * 10.0**p for p in range(-9, 10) for m in (1, 9.9995, 9.99949, 9.5, 2.5, 1.0005)]
    bits = [struct.unpack("<d", chance.randbytes(8))[0] for _ in range(500)]
    singles = [struct.unpack("<f", struct.pack("<f", chance.gauss(0, 10)))[0] for _ in range(500)]
    edges = [0.0, -0.0, 5e-324, 1.7976931348623157e308, 12345.0, 0.0001, 0.00001, 123456.5, 99995.0]
    positive = [*halves, *powers, *edges]
    names = [float("nan"), float("inf"), float("-inf")]
    return [*positive, *[-x for x in positive], *bits, *singles, *names]


def share(value):
    text = f"{value:.1%}".replace("-", "−").replace("%", " %")
    return text.replace("nan", "NaN").replace("inf", "∞")


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """The cases, and the text of each from groundup's own ``number``."""
    path = tmp_path_factory.mktemp("numbers") / "numbers.json"
    numbers = [(repr(x), digits, number(x, digits)) for x in cases() for digits in range(1, 7)]
    shares = [n / 2**k for k in range(13) for n in range(2**k + 1)] + [float("nan")]
    path.write_text(
        json.dumps({"numbers": numbers, "shares": [(repr(x), share(x)) for x in shares]})
    )
    return path


LOOP, MODEL = (load(name).set(epochs=3).text for name in ("training_loop", "nn_module"))
LONG = load("training_loop").set(epochs=300).text
FEW = TraceLimits(moments=400, passes=3)
NESTED = """
import torch
total, count, weights = torch.zeros(2, 2), 0, torch.arange(40.0)
for epoch in range(1, 41):
    for batch in torch.arange(6.0).reshape(3, 2):
        count = count + 1
        total += 0.1 * batch
        ROW
    even = epoch % 2 == 0
"""


def told(text, row):
    """What a plain execution of ``text`` tells at its line ``ROW``."""
    rows = []
    exec(text.replace("ROW", f"rows.append({row})"), {"rows": rows})
    return rows


@pytest.fixture(scope="module")
def walks(tmp_path_factory):
    """Recordings, each with what another decoder reads in it; the last one has gaps."""
    path = tmp_path_factory.mktemp("walks") / "walks.json"
    nested = trace(NESTED.replace("ROW", "pass"), limits=FEW)
    traces = [trace(LOOP), trace(MODEL), trace(LONG, limits=FEW), nested]
    wires = [one.wire() for one in traces]
    assert all(wire["moments"]["gaps"] for wire in wires[2:])
    recordings = [{"wire": w, "moments": list(decoded(w))} for w in wires]
    row = "[epoch - 1, (count - 1) % 3, *total.flatten().tolist(), count, epoch]"
    recordings[3]["rows"] = told(NESTED, row)
    recordings[0]["text"] = LOOP
    recordings[0]["parts"] = [parts(expressions(LOOP, moment)) for moment in traces[0].moments]
    path.write_text(json.dumps(recordings))
    return path


SMALL = load("training_loop").set(points=5, epochs=3)
FOLLOWED = {
    "plain": SMALL,
    "momentum": SMALL.set(optimizer="momentum"),
    "batches": batches.in_batches(SMALL, "2 points"),
    "gradients zeroed before the step": SMALL.edit("zero_early"),
    "gradients never zeroed": SMALL.edit("no_zero"),
    "a new w, which fails": SMALL.edit("new_w"),
}


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """Recordings of training loops, each beside the numbers of a plain run of the same text."""
    path = tmp_path_factory.mktemp("followed") / "followed.json"
    told = []
    for name, lesson in FOLLOWED.items():
        names = names_to_follow(lesson.text)
        updates = {
            number
            for number, line in enumerate(lesson.text.split("\n"), 1)
            if line.strip().startswith(("w -=", "b -=", "w.grad.zero_", "b.grad.zero_", "w = w"))
        }
        plain = after_lines(lesson.text, {*names["computed"], *updates})
        wire = trace(lesson.text).wire()
        told.append({"name": name, "wire": wire, "names": names, "plain": plain})
    thin = {"name": "thin", "wire": trace(LONG, limits=FEW).wire(), "plain": []}
    told.append(thin | {"names": names_to_follow(LONG)})
    path.write_text(json.dumps(told))
    return path


@pytest.mark.parametrize("file", FILES, ids=lambda p: p.name.removesuffix(".test.js"))
def test_the_players_functions_pass_their_own_tests(file, table, walks, followed):
    if NODE is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI must run the players' tests, and found no node")
        pytest.skip("no node on this machine: install Debian's package `nodejs`")
    command = [NODE, "--test", "--test-reporter=tap", str(file)]
    files = {"NUMBERS": table, "WALKS": walks, "FOLLOWED": followed}
    environment = {**os.environ, **{f"GROUNDUP_{name}": str(path) for name, path in files.items()}}
    result = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=60, env=environment
    )
    assert result.returncode == 0, result.stdout
    assert "# skipped 0" in result.stdout


@pytest.mark.parametrize("digits", range(1, 7))
def test_a_number_is_the_nearest_with_so_many_digits_and_of_two_the_even_one(digits):
    for value in cases():
        if not math.isfinite(value) or value == 0:
            continue
        exact = Decimal(value)
        nearest = exact.quantize(Decimal(1).scaleb(exact.adjusted() - digits + 1), ROUND_HALF_EVEN)
        assert Decimal(number(value, digits).replace("−", "-")) == nearest
