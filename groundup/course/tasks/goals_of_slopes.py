"""The goals of chapters 2 and 3: a rate that arrives, and a program with a wanted slope."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import torch

from groundup.course.tasks.reaching import Reached, Settings, WrongSettingError, as_number, ran
from groundup.engine import lesson
from groundup.engine.snapshot import number
from groundup.graph import own_program
from groundup.graph.script import Input
from groundup.language.asked import ask_own
from groundup.language.grammar import ProgramError
from groundup.language.own_code import RefusedCodeError, check

# 2.2: a rate that arrives in five steps

STARTS = (3.0, -4.0, -2.0, 3.9)


def right_rate(settings: Settings) -> Reached:
    """The height after five steps is below 0.01, wherever the walk begins."""
    rate = as_number(settings, "rate", 0.1, 0.0001, 10)
    walks = [_walked(rate, start) for start in STARTS]
    trail, heights = walks[0]
    got = f"After 5 steps from 3 the height is {number(heights[-1])}"
    if all(way[-1] < 0.01 for _, way in walks):
        return Reached(True, "Low enough, from four different starts.", got)
    if math.isclose(heights[-1], heights[0], rel_tol=1e-6):
        return Reached(False, 1, got)
    if heights[-1] > heights[0]:
        return Reached(False, 2, got)
    swings = trail[0] * trail[1] < 0
    said = "It jumps from side to side on its way down: try shorter steps."
    return Reached(False, said if swings else 0, got)


def _walked(rate: float, start: float) -> tuple[list[float], list[float]]:
    names = ran(lesson.load("slope").set(at=start, learning_rate=rate, steps=5).text)
    return names["trail"], names["heights"].tolist()


# 3.2: a program whose a.grad is 2b

_GRAD = vars(torch._C.TensorBase)["grad"].__get__
PLACES = ((2.0, 3.0), (1.5, -2.0), (-4.0, 0.5), (2.0, 2.0))


def twice_b(settings: Settings) -> Reached:
    """``a.grad`` is 2b at four places."""
    text = str(settings.get("program", ""))
    slopes = [_slope_at(text, a, b) for a, b in PLACES]
    told = [_told(place, slope) for place, slope in zip(PLACES, slopes, strict=True)]
    fits = [_close(slope, 2 * b) for (_, b), slope in zip(PLACES, slopes, strict=True)]
    if all(fits):
        return Reached(True, "`a.grad` is 2b, here and at other places.", told[0])
    place = fits.index(False)
    got = told[place]
    found: dict[int, Any] = {
        0: lambda a, b: 6,
        1: lambda a, b: b,
        2: lambda a, b: b * b,
        3: lambda a, b: 2 * a * b,
    }
    for mistake, slope in found.items():
        if all(_close(s, slope(*p)) for s, p in zip(slopes, PLACES, strict=True)):
            return Reached(False, mistake, got)
    return Reached(False, f"It must be 2b everywhere. {got}.", got)


def _told(place: tuple[float, float], slope: float) -> str:
    value = "None" if math.isnan(slope) else number(slope)
    return f"At a = {place[0]:g}, b = {place[1]:g} `a.grad` is {value}"


def _close(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=1e-4, abs_tol=1e-4)


def _slope_at(text: str, a: float, b: float) -> float:
    """``a.grad`` after a run of the program, within the bounds of every typed text."""
    inputs = {"a": Input(a), "b": Input(b)}
    try:
        program = own_program.read(text)
        if "a" not in program.inputs or not set(program.inputs) <= set(inputs):
            raise WrongSettingError("The program must read `a`, and nothing else but `b`.")
        script = own_program.write(program, inputs)
        code = check(script.text)
    except ProgramError as error:
        raise WrongSettingError(f"Line {error.line}: {error.reason}") from None
    except RefusedCodeError as error:
        raise WrongSettingError(error.refusals[0].reason) from None
    asked = ask_own(code, _gradient_of_a, limits=own_program.LIMITS)
    if asked.end.state != "finished":
        raise WrongSettingError(asked.end.words)
    return asked.found


def _gradient_of_a(names: Mapping[str, Any]) -> float:
    a = names.get("a")
    grad = _GRAD(a) if type(a) is torch.Tensor else None
    return float(grad) if grad is not None and grad.numel() == 1 else math.nan
