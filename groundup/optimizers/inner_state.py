"""What an optimizer remembers, recorded from a real run, and its formula's numbers at every step.

Everything is a column with one number for each step. Recorded are the parameters, their gradients
and all numbers in ``optimizer.state``; what a rule computes besides
(:mod:`groundup.optimizers.update_rules`) is computed from those, in float64.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from groundup.optimizers.mathml import Column, compute
from groundup.optimizers.update_rules import STARTS, FormulaLine, rule

Matrix = tuple[float, float, float]
"""A symmetric 2×2 matrix: first diagonal element, the other, and the one beside the diagonal."""


_State = Mapping[torch.Tensor, Mapping[str, Any]]
"""What an optimizer keeps, by parameter."""


class StateLog:
    """Reads an optimizer at the end of each step; hand it to a ``Run`` as ``watch``."""

    def __init__(self, params: tuple[str, str]) -> None:
        self.params = params
        self.steps = 0
        self._columns: dict[str, array[float]] = {}
        self._known: tuple[torch.Tensor, ...] = ()
        self._held: list[list[str]] = []
        self._in_order: list[str] = []
        self._rows: array[float] = array("d")
        self._pairs: tuple[float, Matrix] = (0.0, (1.0, 1.0, 0.0))

    @property
    def columns(self) -> dict[str, array[float]]:
        """One number a step by name: ``x`` and ``x.grad``, ``x.exp_avg`` for what
        ``optimizer.state[x]`` holds under ``exp_avg``, and ``evaluations``: how often the loss was
        asked for, in all. Not to be read while another thread executes the run."""
        for place, name in enumerate(self._in_order):
            self._columns[name].extend(self._rows[place :: len(self._in_order)])
        del self._rows[:]
        return self._columns

    def __call__(self, variables: Mapping[str, Any]) -> None:
        """Note down the optimizer and its parameters as they are among the run's ``variables``."""
        optimizer = variables["optimizer"]
        if self._known and self._append_known(variables, optimizer.state):
            return
        self._append(self._numbers(variables, optimizer))
        if not isinstance(optimizer, torch.optim.LBFGS):
            self._know(variables, optimizer.state)

    def _numbers(
        self, variables: Mapping[str, Any], optimizer: torch.optim.Optimizer
    ) -> dict[str, float]:
        numbers_now: dict[str, float] = {"evaluations": self.steps + 1.0}
        for name in self.params:
            parameter = variables[name]
            numbers_now[name] = parameter.item()
            numbers_now[f"{name}.grad"] = parameter.grad.item()
            for key, value in optimizer.state.get(parameter, {}).items():
                if (single := _single(value)) is not None:
                    numbers_now[f"{name}.{key}"] = single
        if isinstance(optimizer, torch.optim.LBFGS):
            numbers_now |= self._of_lbfgs(optimizer.state[variables[self.params[0]]])
        return numbers_now

    def _know(self, variables: Mapping[str, Any], state: _State) -> None:
        """Keep what the step that was just noted down held, for the steps after it.

        Nothing where that is not plain: a state that is not the parameters' in their order, what is
        no tensor of one number, a column that goes on as NaN.
        """
        self._known, self._held, self._in_order = (), [[*kept] for kept in state.values()], []
        values = [value for kept in state.values() for value in kept.values()]
        if any(type(value) is not torch.Tensor or value.numel() != 1 for value in values):
            return
        names = ["evaluations", *(f"{name}{end}" for name in self.params for end in ("", ".grad"))]
        for name, keys in zip(self.params, self._held, strict=False):
            names += [f"{name}.{key}" for key in keys]
        known = tuple(variables[name] for name in self.params)
        in_order = not state or [*map(id, state)] == [*map(id, known)]
        if in_order and len(names) == len(self._columns):
            self._known, self._in_order = known, names

    def _append_known(self, variables: Mapping[str, Any], state: _State) -> bool:
        """Note a step down where it holds what the one before it held; return whether it does.

        A step of a race is short: what is looked up by name in each would be seen.
        """
        first, second = self._known
        if variables[self.params[0]] is not first or variables[self.params[1]] is not second:
            return False
        if len(state) != len(self._held):
            return False
        row = [self.steps + 1.0, first.item(), first.grad.item()]
        row += second.item(), second.grad.item()
        for kept, keys in zip(state.values(), self._held, strict=True):
            if len(kept) != len(keys):
                return False
            for key in keys:
                row.append(kept[key].item())
        self._rows.extend(row)
        self.steps += 1
        return True

    def _append(self, numbers_now: Mapping[str, float]) -> None:
        columns = self.columns
        for name, value in numbers_now.items():
            if name not in columns:
                columns[name] = array("d", [math.nan] * self.steps)
            columns[name].append(value)
        self.steps += 1
        for column in columns.values():
            if len(column) < self.steps:
                column.append(math.nan)

    def _of_lbfgs(self, state: Mapping[str, Any]) -> dict[str, float]:
        """What LBFGS keeps for both parameters together, under the first of them."""
        numbers_now = {
            "evaluations": float(state["func_evals"]),
            "iterations": float(state["n_iter"]),
        }
        if state.get("d") is None:
            return numbers_now
        if self._pairs[0] != numbers_now["iterations"]:
            history = (state["old_dirs"], state["old_stps"], state["ro"], state["H_diag"])
            self._pairs = numbers_now["iterations"], inverse_hessian(*history)
        numbers_now |= dict(zip(("H_first", "H_second", "H_cross"), self._pairs[1], strict=True))
        numbers_now["t"] = float(state["t"])
        for place, name in enumerate(self.params):
            numbers_now[f"{name}.d"] = state["d"][place].item()
            numbers_now[f"{name}.G"] = state["prev_flat_grad"][place].item()
        return numbers_now


def _single(value: object) -> float | None:
    if isinstance(value, torch.Tensor) and value.numel() == 1:
        return value.item()
    return float(value) if isinstance(value, int | float) else None


def inverse_hessian(
    changes: Sequence[torch.Tensor], moves: Sequence[torch.Tensor], ro: Sequence[Any], scale: Any
) -> Matrix:
    """The matrix that LBFGS multiplies a gradient by, from its remembered pairs (y, s).

    The two-loop recursion (Nocedal and Wright, *Numerical Optimization* (2006), algorithm 7.4),
    applied to each unit vector: with two parameters the matrix is small enough to look at.
    """
    y = [change.tolist() for change in changes]
    s = [change.tolist() for change in moves]
    r = [float(change) for change in ro]
    first, second = (_two_loops(unit, y, s, r, float(scale)) for unit in ((1.0, 0.0), (0.0, 1.0)))
    return first[0], second[1], first[1]


def _two_loops(
    q: tuple[float, float], y: list[Any], s: list[Any], r: list[float], scale: float
) -> tuple[float, float]:
    (a, b), factors = q, []
    for (y1, y2), (s1, s2), weight in zip(reversed(y), reversed(s), reversed(r), strict=True):
        factor = weight * (s1 * a + s2 * b)
        a, b = a - factor * y1, b - factor * y2
        factors.append(factor)
    a, b = scale * a, scale * b
    for (y1, y2), (s1, s2), weight, factor in zip(y, s, r, reversed(factors), strict=True):
        rest = factor - weight * (y1 * a + y2 * b)
        a, b = a + rest * s1, b + rest * s2
    return a, b


@dataclass(frozen=True)
class Worked:
    """A rule with one parameter's numbers.

    Attributes:
        lines: the rule.
        names: every name in it to its column.
        cases: for each line, which of its cases held at each step, (steps,).
        computed: what each line's formula gives, which :attr:`names` has as torch recorded it.
    """

    lines: list[FormulaLine]
    names: dict[str, Column]
    cases: list[Column]
    computed: list[Column]


def worked(
    optimizer: str,
    settings: Mapping[str, Any],
    recorder: StateLog,
    *,
    rate: float,
    place: int,
    start: float,
) -> Worked:
    """The rule of ``optimizer`` with the numbers of the parameter at ``place`` (0 or 1) put in.

    ``settings`` are all its hyperparameters, ``rate`` is its learning rate, ``start`` is where the
    parameter began.
    """
    lines, param = rule(optimizer, settings), recorder.params[place]
    names = _constants(settings, rate, recorder.steps) | _of_parameter(recorder, param, start)
    if optimizer == "LBFGS":
        names |= _shared(recorder, place, names, settings)
    for line in lines:
        if (recorded := _recorded(line, param, recorder)) is not None:
            first = compute(STARTS.get((optimizer, line.name), "0"), names).reshape(-1)[:1]
            names[f"{line.name}0"] = _before(recorded, first)
    cases, computed = [], []
    for line in lines:
        case, value = _decided(line, names, recorder.steps)
        recorded = names.get("p") if line.name == "p" else _recorded(line, param, recorder)
        names[line.name] = value if recorded is None else recorded
        cases.append(case)
        computed.append(value)
    return Worked(lines, names, cases, computed)


def _constants(settings: Mapping[str, Any], rate: float, steps: int) -> dict[str, Column]:
    """What does not change (words, which no formula holds, are left out), and the step's number."""
    numbers = {k: _number(v) for k, v in settings.items() if not isinstance(v, str)}
    columns = {key: _filled(value, steps) for key, value in ({"lr": rate} | numbers).items()}
    return columns | {"t": torch.arange(1.0, steps + 1, dtype=torch.float64)}


def _of_parameter(recorder: StateLog, param: str, start: float) -> dict[str, Column]:
    after = _column(recorder, param)
    before = _before(after, _filled(start, 1))
    return {"p": after, "p0": before, "grad": _column(recorder, f"{param}.grad")}


def _number(value: Any) -> float:
    # Adafactor's first eps: None stands for the spacing of float32 numbers at 1.
    return torch.finfo(torch.float32).eps if value is None else float(value)


def _filled(value: float, steps: int) -> Column:
    return torch.full((steps,), value, dtype=torch.float64)


def _column(recorder: StateLog, name: str) -> Column:
    return torch.tensor(recorder.columns.get(name, []), dtype=torch.float64)


def _before(after: Column, first: Column) -> Column:
    return torch.cat([first, after])[: len(after)]


def _recorded(line: FormulaLine, param: str, recorder: StateLog) -> Column | None:
    name = f"{param}.{line.state}"
    return _column(recorder, name) if line.state and name in recorder.columns else None


def _decided(line: FormulaLine, names: Mapping[str, Column], steps: int) -> tuple[Column, Column]:
    """Which case holds at each step, and what it gives; what is only read, as it was read."""
    if not line.cases:
        return torch.zeros(steps, dtype=torch.int64), names[line.name]
    case = torch.full((steps,), len(line.cases) - 1)
    value = _filled(math.nan, steps)
    for number in reversed(range(len(line.cases))):
        chosen_case = line.cases[number]
        holds = (
            compute(chosen_case.when, names)
            if chosen_case.when
            else torch.ones(steps, dtype=torch.bool)
        )
        case = torch.where(holds, number, case)
        value = torch.where(holds, compute(chosen_case.expression, names), value)
    return case, value


def _shared(
    recorder: StateLog, place: int, names: Mapping[str, Column], settings: Mapping[str, Any]
) -> dict[str, Column]:
    """LBFGS's matrix, gradient and step length at the last of the iterations of each step."""
    param, other = recorder.params[place], recorder.params[1 - place]
    columns = {name: _or_nan(recorder, name) for name in ("H_first", "H_second", "H_cross", "t")}
    columns["H_own"] = columns.pop(("H_first", "H_second")[place])
    columns["s"] = columns.pop("t")
    columns["G"], columns["G_other"] = (_or_nan(recorder, f"{name}.G") for name in (param, other))
    d, d_other = (_or_nan(recorder, f"{name}.d") for name in (param, other))
    iterations = _column(recorder, "iterations")
    done = iterations - _before(iterations, _filled(0.0, 1))
    # torch's own condition: where the slope along d is nearly level, it does not go.
    steep = ~(columns["G"] * d + columns["G_other"] * d_other > -settings["tolerance_change"])
    columns["moved"] = ((done > 0) & steep).double()
    columns["iterations"] = done
    # With several iterations in a step, the last one's start is where it came from.
    last = torch.where(columns["moved"] > 0, names["p"] - columns["s"] * d, names["p"])
    columns["start"] = torch.where(done == 1, names["p0"], last)
    return columns


def _or_nan(recorder: StateLog, name: str) -> Column:
    column = _column(recorder, name)
    return column if len(column) else _filled(math.nan, recorder.steps)
