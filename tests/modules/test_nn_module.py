"""The professional loop against the hand-written one, line by line and number by number."""

import math

import pytest
import torch

from groundup.engine import lesson, observe
from groundup.modules.agreement import gap, race
from groundup.modules.counterparts import by_line, counterparts, lines_of

BY_HAND, BY_MODULE = lesson.load("training_loop"), lesson.load("nn_module")
OPTIMIZERS = BY_HAND.parameters["optimizer"].options


def statements(text):
    """Line numbers of ``text`` that hold code: no blanks, comments or docstring."""
    quoted = text.count("\n", 0, text.index('"""', 3)) + 1
    lines = enumerate(text.splitlines(), 1)
    return [n for n, line in lines if n > quoted and line.strip() and line.strip()[0] != "#"]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_line_of_both_programs_has_its_place_in_the_comparison(optimizer):
    for one, side in ((BY_HAND, "by_hand"), (BY_MODULE, "by_module")):
        text = one.set(optimizer=optimizer).text
        assert list(by_line(text, side)) == statements(text)


@pytest.mark.parametrize("part", [one.name for one in counterparts()])
def test_each_part_is_found_in_both_programs(part):
    assert lines_of(BY_HAND.set(optimizer="Adam").text, "by_hand", part)
    assert lines_of(BY_MODULE.text, "by_module", part)


def test_the_update_lines_stand_for_the_one_step():
    text = BY_MODULE.text
    (line,) = lines_of(text, "by_module", "Update")
    assert text.splitlines()[line - 1].strip() == "optimizer.step()"
    assert len(lines_of(BY_HAND.set(optimizer="Adam").text, "by_hand", "Update")) == 11


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_both_programs_train_alike_to_the_last_digits(optimizer):
    both = {"optimizer": optimizer, "epochs": 300, "learning_rate": 0.05}
    found = race(BY_HAND.set(**both), BY_MODULE.set(**both))
    assert found.overflows == (None, None)
    for name, largest in found.gaps.items():
        assert largest.largest < 5e-6, name


def test_the_comparison_finds_a_difference_where_there_is_one():
    found = race(BY_HAND, BY_MODULE.set(learning_rate=0.1001))
    assert found.gaps["loss"].largest > 1e-3


def test_a_race_that_overflows_says_when():
    both = {"learning_rate": 5.0, "epochs": 300}
    found = race(BY_HAND.set(**both), BY_MODULE.set(**both))
    assert found.overflows == tuple(
        next(e for e, v in enumerate(columns["loss"]) if not math.isfinite(v))
        for columns in found.columns
    )


def test_a_gap_knows_its_epoch_and_its_size_in_ulps():
    above = torch.nextafter(torch.tensor(1.0), torch.tensor(2.0)).item()
    found = gap([0.25, 1.0, 0.0, math.inf], [0.25, above, 0.0, math.inf])
    assert (found.largest, found.epoch) == (2.0**-23, 1)
    assert found.ulps == 1


@pytest.mark.parametrize("size", [0.68, 1.0, 1.9999, 2.0, 11.72, 6.3e-5, 1e-40, 3e38])
@pytest.mark.parametrize("steps", [1, 3])
def test_an_ulp_is_the_step_from_the_largest_number_to_its_neighbour(size, steps):
    largest = torch.tensor(size)
    neighbour = torch.nextafter(largest, torch.tensor(math.inf))
    apart = steps * (neighbour - largest).item()
    column = [0.0, largest.item(), apart]
    assert gap(column, [0.0, largest.item(), 0.0]).ulps == steps


def test_a_column_that_passes_through_zero_is_measured_by_its_largest_value():
    assert gap([1e-9, 1.0], [2.0**-23 + 1e-9, 1.0]).ulps == pytest.approx(1)
    assert gap([math.nan], [math.nan]).ulps == 0
    assert gap([1.0], [1.0]).ulps == 0


def test_the_lesson_reports_the_same_numbers_as_the_hand_written_one():
    first, second = observe.run(BY_HAND.text), observe.run(BY_MODULE.text)
    assert first.output == second.output
