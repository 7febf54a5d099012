"""What a link can hold is bounded before anything is allocated: in memory, and in time."""

import subprocess
import sys

import pytest

from groundup.graph import input_line
from groundup.graph.script import write
from groundup.language.cost import MAX_TOUCHED
from groundup.language.program import ProgramError, check
from groundup.shapes import lab

ONES = "w=[" + ",".join(["1"] * 16) + "]"
WIDE = "A = w.reshape(16, 1) * w\nB = A.reshape(256, 1) * w\n"
LOSS = "mse_loss(B.reshape(4096, 1), B.reshape(1, 4096))"
BATCHED = "p = B.reshape(64, 1, 1, 64)\nq = B.reshape(1, 64, 64, 1)\n"

BOMBS = {
    "one loss": (f"{WIDE}y = {LOSS}", 3),
    "twenty losses": (WIDE + "".join(f"y{i} = {LOSS}\n" for i in range(20)), 3),
    "batched products": (WIDE + BATCHED + "y = p @ q\n" * 190, 5),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_at_its_place_with_what_to_make_smaller(name):
    text, line = BOMBS[name]
    program = check(text)
    with pytest.raises(ProgramError, match="Use smaller shapes") as refused:
        write(program, input_line.complete(input_line.parse(ONES), program.inputs))
    assert refused.value.line == line
    column = text.split("\n")[line - 1].index("=") + 3
    assert refused.value.column == column
    assert f"{MAX_TOUCHED:,} are the most" in refused.value.reason


def test_a_place_is_told_in_characters():
    program = check("λλλ = w * 2; y = 1".partition(";")[0] + "\ny = mse_loss(λλλ, λλλ @ w)")
    with pytest.raises(ProgramError) as refused:
        program.sizes({"w": (2, 3)})
    assert (refused.value.line, refused.value.column) == (2, 19)


def test_small_calls_are_counted_over_the_whole_program():
    text = WIDE + "".join("y = sin(B * B + B) * (B + B)\n" for _ in range(74))
    touched = check(text).sizes({"w": (16,)}).touched
    # 371 operations on 4,096 numbers each, and the first two lines'.
    assert 74 * 5 * 4096 <= touched <= MAX_TOUCHED


@pytest.mark.parametrize(
    ("a", "b"), [("1000, 1, 1, 100", "1, 100, 100, 1"), ("1, 1000, 1, 100", "100, 1, 100, 1")]
)
def test_a_stretched_product_of_the_lab_is_described_and_not_computed(a, b):
    assert "meta" in lab.lab_lesson(lab.Lab("@", a, b)).text


@pytest.mark.skipif(sys.platform != "linux", reason="reads a process's memory from /proc")
def test_the_heaviest_of_each_kind_stays_within_its_memory_and_its_time():
    command = [sys.executable, "-W", "ignore", "-m", "tests.hosting.heaviest"]
    told = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout
    found = [line.split(" ", 2) for line in told.splitlines()]
    assert len(found) > 20
    assert [line for line in found if int(line[0]) > 40_000_000] == []
    # Processor seconds of all that a page can be made to do with one link, at once: 1.3 is the most
    # on an idle machine, and the texts that are refused take 35.
    assert [line for line in found if float(line[1]) > 10] == []
