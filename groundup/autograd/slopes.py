"""A curve, its slope at one place as autograd and as hand arithmetic give it, and a walk downhill.

The curve is one of the lesson's own or one typed in the little language
(:mod:`groundup.language.program`); either way it stands in the lesson ``slope`` after ``return``,
and all numbers are read from that lesson's run.
"""

from __future__ import annotations

import ast
import math
from dataclasses import dataclass, replace
from typing import Any

from groundup.autograd import walk
from groundup.engine import lesson
from groundup.engine.edits import replace_once
from groundup.engine.failures import Failure
from groundup.engine.lesson import Lesson
from groundup.engine.observe import Run, run
from groundup.engine.snapshot import number
from groundup.language.grammar import ProgramError
from groundup.language.program import check
from groundup.language.twins import plain_spaces
from groundup.language.vocabulary import ALLOWED

OWN_FORMULA = "my own"
"""The name under which a typed curve stands among the lesson's."""

LONGEST = 200
"""How many characters a typed curve may have."""

_WORDS = """
    abs exp expm1 log log1p sqrt rsqrt square reciprocal neg sin cos tan tanh sigmoid relu erf
    clamp pow softplus gelu silu elu leaky_relu
"""
POINTWISE = frozenset(_WORDS.split())
"""Functions whose result at one w does not depend on any other."""

VIEW = (-4.0, 4.0)
"""The plot's ends, unless w stands outside."""


@dataclass(frozen=True)
class Slope:
    """What a run of the lesson ``slope`` found, all in float64.

    ``left``, ``right`` and ``central`` are the one-sided and the central differences;
    ``trail`` and ``heights`` are where the walk has been, its start included; ``ws``, ``curve``
    and ``slopes`` are 401 points across the plot. ``failure`` is set if the curve raised.
    """

    at: float = math.nan
    height: float = math.nan
    slope: float = math.nan
    left: float = math.nan
    right: float = math.nan
    central: float = math.nan
    kink: bool = False
    trail: tuple[float, ...] = ()
    heights: tuple[float, ...] = ()
    ws: tuple[float, ...] = ()
    curve: tuple[float, ...] = ()
    slopes: tuple[float, ...] = ()
    failure: Failure | None = None

    @property
    def disagreement(self) -> float:
        """How far autograd's slope and the central difference are apart."""
        return abs(self.slope - self.central)

    @property
    def empty(self) -> bool:
        """Whether the curve has no finite point to draw."""
        return not any(math.isfinite(value) for value in self.curve)


def view(at: float) -> tuple[float, float]:
    """The plot's ends: :data:`VIEW`, widened until ``at`` is well inside.

    >>> view(1.0), view(8.0)
    ((-4.0, 4.0), (-4.0, 10.0))
    """
    low, high = VIEW
    margin = abs(at) * 0.25
    return (
        min(low, at - margin) if at < low else low,
        max(high, at + margin) if at > high else high,
    )


def curve_lesson(curve: str, formula: str, name: str = "slope") -> Lesson:
    """The lesson ``name`` with the ``curve`` of that name; :data:`OWN_FORMULA` takes ``formula``.

    The curves are those of the lesson ``slope``; any other has its ``f`` written as there.

    Raises:
        ValueError: if there is no such curve, or ``formula`` cannot be used (:func:`typed`).
    """
    if curve == OWN_FORMULA:
        return typed(formula, name)
    loaded, curves = lesson.load(name), lesson.load("slope").choices["curve"]
    return replace(loaded, choices={**loaded.choices, "curve": curves}).set(curve=curve)


def typed(text: str, name: str = "slope") -> Lesson:
    """The lesson ``name`` with ``text``, an expression in w, as its curve.

    Raises:
        ProgramError: if ``text`` is not in the language, is longer than :data:`LONGEST`, or is
            not a function of w alone that treats each w by itself.
    """
    expression = plain_spaces(text).strip()
    if len(expression) > LONGEST:
        raise ProgramError(1, 1, f"a curve may have {LONGEST} characters. Shorten it.")
    if not expression:
        raise ProgramError(1, 1, "there is no curve yet. Write one in w, such as `w**3 - 2 * w`.")
    if "\n" in expression or "#" in expression:
        raise ProgramError(1, 1, "a curve is one line without a comment, such as `sin(w) / 2`.")
    try:
        program = check(f"f = {expression}")
        _refuse_other_than_pointwise(program.tree, program.inputs)
        program.shapes({"w": (2,)})
    except ProgramError as error:
        # The learner wrote an expression, and not "f = " before it.
        reason = error.reason.replace(f"Write {ALLOWED}", "Write one expression in w: `sin(w) / 2`")
        raise ProgramError(1, max(error.column - len("f = "), 1), reason) from None
    typed_lesson = lesson.load(name)
    source = replace_once(typed_lesson.source, "    return w**2\n", f"    return {expression}\n")
    source = replace_once(source, "import torch\n", "\n".join(program.imports) + "\n")
    choices = {key: way for key, way in typed_lesson.choices.items() if key != "curve"}
    return replace(typed_lesson, source=source, choices=choices)


def look(text: str) -> Slope:
    """Run ``text``, a form of the lesson ``slope``, and read what it found."""
    finished = run(text)
    return Slope(failure=finished.failure) if finished.failure else _read(finished)


def in_words(slope: Slope) -> str:
    """What the numbers say about the slope, with PyTorch's choice at a kink."""
    if math.isnan(slope.height) or math.isnan(slope.slope):
        return "The value or the slope of f comes out here as NaN, not a number. Move w elsewhere."
    if slope.kink:
        return (
            f"**A kink:** slope {number(slope.left)} from the left, {number(slope.right)} from "
            f"the right. PyTorch answers **{number(slope.slope)}**, {_choice(slope)}."
        )
    return ""


def in_full(value: float) -> str:
    """``value`` with the decimals in which autograd and hand arithmetic could differ."""
    return f"{value:.8f}".replace("-", "−") if abs(value) < 1e6 else number(value, 9)


def about_walk(slope: Slope) -> str:
    """Where the walk downhill went; empty if there was none."""
    if not slope.trail:
        return ""
    end, heights = slope.trail[-1], (slope.heights[0], slope.heights[-1])
    inside = slope.ws[0] <= end <= slope.ws[-1]
    return walk.in_words(len(slope.trail) - 1, f"w = {number(end)}", heights, inside=inside)


def _choice(curve: Slope) -> str:
    """Which of the slopes at a kink that is.

    By the rule in PyTorch's autograd notes a convex or concave function of its own has the one of
    least size; a sum or product of several may come to another.
    """
    low, high = sorted((curve.left, curve.right))
    nearest_zero = min(max(0.0, low), high)
    if math.isclose(curve.slope, nearest_zero, abs_tol=1e-6):
        return "of all slopes between them the one nearest to zero"
    for side, slope in (("left", curve.left), ("right", curve.right)):
        if math.isclose(curve.slope, slope, abs_tol=1e-6):
            return f"as the function's formula counts this place to the {side} side"
    return "which is what the function's formula gives at this very place"


def _refuse_other_than_pointwise(tree: ast.Module, inputs: tuple[str, ...]) -> None:
    strange = [name for name in inputs if name != "w"]
    if strange:
        raise ProgramError(1, 1, f"{strange[0]} has no value here. Write the curve in w alone.")
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
            if name not in POINTWISE:
                known = ", ".join(sorted(POINTWISE))
                reason = f"{name} does not treat each w by itself. What does: {known}."
                raise ProgramError(1, node.col_offset + 1, reason)
        elif isinstance(node, ast.MatMult):
            raise ProgramError(1, 1, "@ is for matrices, and w is one number here. Write *.")


def _read(finished: Run) -> Slope:
    variables: dict[str, Any] = finished.variables
    jump, nearer = (variables[f"{n}right"] - variables[f"{n}left"] for n in ("", "near_"))
    return Slope(
        at=variables["at"],
        height=variables["height"].item(),
        slope=variables["slope"],
        left=variables["left"],
        right=variables["right"],
        central=variables["central"],
        kink=is_kink(jump, nearer, abs(variables["height"].item())),
        trail=tuple(variables["trail"]),
        heights=tuple(variables["heights"].tolist()),
        ws=tuple(variables["ws"].tolist()),
        curve=tuple(variables["curve"].tolist()),
        slopes=tuple(variables["slopes"].tolist()),
    )


def is_kink(jump: float, nearer: float, height: float) -> bool:
    """Whether the slopes on the two sides differ as much from near as from afar.

    On a smooth curve they draw together in proportion; below 1e-4 it may be rounding.
    """
    return abs(jump) > 1e-4 * max(1.0, height) and abs(nearer) > 0.5 * abs(jump)
