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
from groundup.engine.trace import TraceLimits, trace
from tests.engine.decoding import decoded

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


@pytest.fixture(scope="module")
def walks(tmp_path_factory):
    """Recordings, each with what another decoder reads in it; the last one has gaps."""
    path = tmp_path_factory.mktemp("walks") / "walks.json"
    traces = [trace(LOOP), trace(MODEL), trace(LONG, limits=FEW)]
    wires = [one.wire() for one in traces]
    assert wires[-1]["moments"]["gaps"]
    path.write_text(json.dumps([{"wire": w, "moments": list(decoded(w))} for w in wires]))
    return path


@pytest.mark.parametrize("file", FILES, ids=lambda p: p.name.removesuffix(".test.js"))
def test_the_players_functions_pass_their_own_tests(file, table, walks):
    if NODE is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI must run the players' tests, and found no node")
        pytest.skip("no node on this machine: install Debian's package `nodejs`")
    command = [NODE, "--test", "--test-reporter=tap", str(file)]
    environment = {**os.environ, "GROUNDUP_NUMBERS": str(table), "GROUNDUP_WALKS": str(walks)}
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
