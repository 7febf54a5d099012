"""torch.optim as it is: which optimizers there are, and what torch's signatures let one set.

Nothing here is a table of hyperparameters: names, kinds and defaults are read from the signatures,
bounds and left-out optimizers are found by trying.
"""

from __future__ import annotations

import inspect
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import torch

from groundup.parsing import literal_value

Value = bool | int | float | str | None

MAX_VALUE = 1000.0
"""How large a number may be where torch sets no bound of its own."""
MAX_COUNT = 100
"""How large a whole number may be: it counts work or memory."""

TECHNICAL = {
    "foreach": "how the arithmetic is batched, not what it gives",
    "fused": "how the arithmetic is batched, not what it gives",
    "capturable": "for CUDA graphs",
    "differentiable": "for gradients of the optimizer itself",
    "maximize": "uphill, away from what is looked for",
}
"""Arguments that are left out, and why."""

_NOT_SET = {"params", "lr", *TECHNICAL}


@dataclass(frozen=True)
class Hyperparameter:
    """One number, switch or word of an optimizer's signature.

    A tuple such as ``betas`` is two of them: ``place`` counts within it. ``optional`` ones may be
    None. ``options`` are the words that torch's documentation names.
    """

    name: str
    default: Value
    kind: type
    optional: bool = False
    place: int | None = None
    options: tuple[str, ...] = ()
    low: float = -MAX_VALUE
    high: float = MAX_VALUE

    @property
    def label(self) -> str:
        """As it is written in code: ``betas[0]``."""
        return self.name if self.place is None else f"{self.name}[{self.place}]"

    @property
    def key(self) -> str:
        """As it can stand in a link: ``betas_0``."""
        return self.name if self.place is None else f"{self.name}_{self.place}"

    def read(self, text: str) -> Value:
        """The value that an optional one has where a learner typed ``text``.

        Raises:
            ValueError: with a sentence for the learner.
        """
        try:
            value = literal_value(text.strip()[:30] or "None")
        except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError):
            value = ""
        if value is None:
            return None
        kind = "a whole number" if self.kind is int else "a number"
        if type(value) not in (int, self.kind) or not self.low <= value <= self.high:
            raise ValueError(
                f"{self.label} must be None or {kind} from {self.low:g} to {self.high:g}."
            )
        read: Value = self.kind(value)
        return read


def optimizer_class(name: str) -> Any:
    """``torch.optim.NAME``: an Optimizer, whose subclasses each take arguments of their own."""
    return getattr(torch.optim, name)


@cache
def _tried() -> dict[str, str]:
    """Every optimizer of torch.optim: what it said when it was given two numbers to learn."""
    return {
        name: _one_step(name)
        for name in torch.optim.__all__
        if inspect.isclass(getattr(torch.optim, name)) and name != "Optimizer"
    }


def _one_step(name: str) -> str:
    x, y = (torch.tensor(v, requires_grad=True) for v in (1.0, 2.0))

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = x**2 + y**2
        torch.autograd.backward(loss)
        return loss

    try:
        optimizer = optimizer_class(name)([x, y])
        optimizer.step(closure)
    except (RuntimeError, ValueError) as error:
        return str(error)
    return ""


def names() -> tuple[str, ...]:
    """The optimizers that can learn two single numbers, in the order of ``torch.optim.__all__``."""
    return tuple(name for name, message in _tried().items() if not message)


def left_out() -> dict[str, str]:
    """The others, and what torch says when they try."""
    return {name: message for name, message in _tried().items() if message}


@cache
def default_rate(name: str) -> float:
    """The learning rate in the optimizer's signature."""
    return float(_parameters(name)["lr"].default)


@cache
def _parameters(name: str) -> Mapping[str, inspect.Parameter]:
    return inspect.signature(optimizer_class(name)).parameters


@cache
def hyperparameters(name: str) -> tuple[Hyperparameter, ...]:
    """What can be set on the optimizer besides its learning rate, in the signature's order."""
    signature = _parameters(name).values()
    listed = [p for p in signature if p.name not in _NOT_SET]
    return tuple(
        hyperparameter for parameter in listed for hyperparameter in _read(name, parameter)
    )


def _read(name: str, parameter: inspect.Parameter) -> list[Hyperparameter]:
    default, written = parameter.default, str(parameter.annotation)
    if isinstance(default, tuple):
        values = enumerate(default)
        return [_bounded(name, parameter.name, v, float, place) for place, v in values]
    if isinstance(default, bool):
        return [Hyperparameter(parameter.name, default, bool)]
    if "str" in written:
        words = _words(name, parameter.name)
        return [Hyperparameter(parameter.name, default, str, default is None, options=words)]
    kind = float if "float" in written else int
    return [_bounded(name, parameter.name, default, kind, None)]


def _bounded(
    name: str, parameter: str, default: Any, kind: type, place: int | None
) -> Hyperparameter:
    """A number with its bounds: those of torch, found by trying −1 and 2, or ours."""
    optional = default is None
    if kind is int:
        return Hyperparameter(parameter, default, int, optional, place, low=1, high=MAX_COUNT)
    low = 0.0 if _refuses(name, parameter, -1.0, place) else -MAX_VALUE
    high = 1.0 if _refuses(name, parameter, 2.0, place) else max(MAX_VALUE, 10 * (default or 0))
    default = default if optional else float(default)
    return Hyperparameter(parameter, default, float, optional, place, low=low, high=high)


def _refuses(name: str, parameter: str, value: float, place: int | None) -> bool:
    if place is None:
        return bool(refusal(name, {parameter: value}))
    values = list(_parameters(name)[parameter].default)
    values[place] = value
    return bool(refusal(name, {parameter: tuple(values)}))


def _words(name: str, parameter: str) -> tuple[str, ...]:
    """The quoted words in the documentation of a parameter."""
    lines = re.search(
        rf"^\s+{parameter} \(.*?(?=^\s+\w+ \(|\Z)",
        optimizer_class(name).__doc__ or "",
        re.MULTILINE | re.DOTALL,
    )
    return tuple(re.findall(r"'(\w+)'", lines[0])) if lines else ()


def arguments(name: str, settings: Mapping[str, Value]) -> dict[str, Any]:
    """The keyword arguments of ``settings`` (by :attr:`Hyperparameter.key`), tuples put together.

    Only what differs from torch's own default is given.
    """
    accepted = _parameters(name)
    chosen: dict[str, Any] = {}
    for hyperparameter in hyperparameters(name):
        value = settings.get(hyperparameter.key, hyperparameter.default)
        chosen[hyperparameter.name] = (
            value if hyperparameter.place is None else (*chosen.get(hyperparameter.name, ()), value)
        )
    return {key: value for key, value in chosen.items() if value != accepted[key].default}


def written(name: str, settings: Mapping[str, Value], params: str) -> str:
    """The line's right-hand side: ``torch.optim.Adam([x, y], lr=learning_rate, amsgrad=True)``."""
    text = "".join(f", {key}={value!r}" for key, value in arguments(name, settings).items())
    return f"torch.optim.{name}({params}, lr=learning_rate{text})"


def refusal(name: str, arguments_given: Mapping[str, Any], rate: float | None = None) -> str:
    """What torch says to these keyword arguments; empty if it accepts them."""
    rate = default_rate(name) if rate is None else rate
    if any(isinstance(v, float) and not math.isfinite(v) for v in arguments_given.values()):
        return "A setting of an optimizer must be a finite number."
    try:
        optimizer_class(name)([torch.zeros(())], lr=rate, **arguments_given)
    except (ValueError, RuntimeError, TypeError) as error:
        return str(error)
    return ""
