"""How each optimizer of torch.optim changes one parameter, line by line.

The formulas are those of torch's documentation (the *Algorithm* boxes of ``torch.optim.SGD`` and
its neighbours, 2.13) for a parameter that is a single number. A name that ends in ``0`` is the
value before the step. ``grad`` is the gradient, ``p`` the parameter, ``t`` the step's number, ``s``
what multiplies a gradient or its running mean: the step size of this parameter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Settings = Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """An expression, and the condition under which it holds; ``words`` say it, where given."""

    expression: str
    when: str = ""
    words: str = ""


@dataclass(frozen=True)
class FormulaLine:
    """One line of a rule: ``name`` becomes the expression of the first case that holds.

    ``state`` is where torch keeps it, in ``optimizer.state[p]``; ``said`` what it is, in words.
    One without cases is only read, from what was recorded.
    """

    name: str
    cases: tuple[Case, ...]
    said: str
    state: str = ""


Rule = Callable[[Settings], list[FormulaLine]]

STARTS = {
    ("Adagrad", "S"): "initial_accumulator_value",
    ("NAdam", "P"): "1",
    ("Rprop", "s"): "lr",
    ("ASGD", "eta"): "lr",
    ("ASGD", "mu"): "1",
}
"""What a state is before the first step, where that is not 0."""


def rule(name: str, settings: Settings) -> list[FormulaLine]:
    """The lines of ``torch.optim.NAME`` under ``settings`` (every hyperparameter, by key)."""
    return _RULES[name](settings)


def _line(name: str, expression: str, said: str, state: str = "") -> FormulaLine:
    return FormulaLine(name, (Case(expression),), said, state)


def _gradient(h: Settings, decoupled: bool = False) -> tuple[list[FormulaLine], str, str]:
    """Weight decay's own line, if there is decay; and what gradient and parameter go on."""
    if not h["weight_decay"]:
        return [], "grad", "p0"
    if decoupled:
        shrunk = "p0 - lr * weight_decay * p0"
        return [_line("q", shrunk, "shrunk by weight decay")], "grad", "q"
    pulled = "grad + weight_decay * p0"
    return [_line("g", pulled, "gradient with weight decay")], "g", "p0"


def _moments(g: str) -> list[FormulaLine]:
    return [
        _line("m", f"betas_0 * m0 + (1 - betas_0) * {g}", "mean of gradients", "exp_avg"),
        _line("v", f"betas_1 * v0 + (1 - betas_1) * {g}**2", "mean of squares", "exp_avg_sq"),
    ]


def _moved(expression: str) -> FormulaLine:
    return _line("p", expression, "the parameter")


def _sgd(h: Settings) -> list[FormulaLine]:
    lines, g, p = _gradient(h)
    size = _line("s", "lr", "step size")
    if not h["momentum"]:
        return [*lines, size, _moved(f"{p} - s * {g}")]
    going_on = (
        f"momentum * b0 + (1 - dampening) * {g}" if h["dampening"] else f"momentum * b0 + {g}"
    )
    cases = (Case(g, "t == 1"), Case(going_on, "t > 1"))
    lines.append(FormulaLine("b", cases, "velocity", "momentum_buffer"))
    if not h["nesterov"]:
        return [*lines, size, _moved(f"{p} - s * b")]
    lines.append(_line("u", f"{g} + momentum * b", "velocity, looked ahead"))
    return [*lines, size, _moved(f"{p} - s * u")]


def _adagrad(h: Settings) -> list[FormulaLine]:
    lines, g, p = _gradient(h)
    rate = "lr / (1 + (t - 1) * lr_decay)" if h["lr_decay"] else "lr"
    return [
        *lines,
        _line("S", f"S0 + {g}**2", "sum of squares", "sum"),
        _line("s", f"{rate} / (sqrt(S) + eps)", "step size"),
        _moved(f"{p} - s * {g}"),
    ]


def _adadelta(h: Settings) -> list[FormulaLine]:
    lines, g, p = _gradient(h)
    return [
        *lines,
        _line("v", f"rho * v0 + (1 - rho) * {g}**2", "mean of squares", "square_avg"),
        _line("u", f"sqrt(D0 + eps) / sqrt(v + eps) * {g}", "move, before lr"),
        _line("D", "rho * D0 + (1 - rho) * u**2", "mean of squared moves", "acc_delta"),
        _line("s", "lr * sqrt(D0 + eps) / sqrt(v + eps)", "step size"),
        _moved(f"{p} - s * {g}"),
    ]


def _rmsprop(h: Settings) -> list[FormulaLine]:
    lines, g, p = _gradient(h)
    lines.append(_line("v", f"alpha * v0 + (1 - alpha) * {g}**2", "mean of squares", "square_avg"))
    size = "sqrt(v)"
    if h["centered"]:
        mean = f"alpha * a0 + (1 - alpha) * {g}"
        lines.append(_line("a", mean, "mean of gradients", "grad_avg"))
        size = "sqrt(v - a**2)"
    lines.append(_line("s", f"lr / ({size} + eps)", "step size"))
    if not h["momentum"]:
        return [*lines, _moved(f"{p} - s * {g}")]
    summed = f"momentum * b0 + {g} / ({size} + eps)"
    lines.append(_line("b", summed, "velocity", "momentum_buffer"))
    return [*lines, _moved(f"{p} - lr * b")]


def _adam(h: Settings, decoupled: bool = False) -> list[FormulaLine]:
    lines, g, p = _gradient(h, decoupled or h["decoupled_weight_decay"])
    lines += _moments(g)
    square = "v"
    if h["amsgrad"]:
        lines.append(_line("w", "max(w0, v)", "largest so far", "max_exp_avg_sq"))
        square = "w"
    size = f"lr / ((1 - betas_0**t) * (sqrt({square} / (1 - betas_1**t)) + eps))"
    return [*lines, _line("s", size, "step size"), _moved(f"{p} - s * m")]


def _adamw(h: Settings) -> list[FormulaLine]:
    return _adam(h, decoupled=True)


def _nadam(h: Settings) -> list[FormulaLine]:
    lines, g, p = _gradient(h, h["decoupled_weight_decay"])
    decay = "betas_0 * (1 - 0.5 * 0.96**({} * momentum_decay))"
    return [
        *lines,
        *_moments(g),
        _line("mu", decay.format("t"), "momentum now"),
        _line("nu", decay.format("(t + 1)"), "momentum next"),
        _line("P", "P0 * mu", "product of momenta", "mu_product"),
        _line("r", "sqrt(v / (1 - betas_1**t)) + eps", "recent size"),
        _line("h", "lr * (1 - mu) / ((1 - P) * r)", "step size for the gradient"),
        _line("s", "lr * nu / ((1 - P * nu) * r)", "step size for the mean"),
        _moved(f"{p} - h * {g} - s * m"),
    ]


def _radam(h: Settings) -> list[FormulaLine]:
    lines, g, p = _gradient(h, h["decoupled_weight_decay"])
    longest = "2 / (1 - betas_1) - 1"
    surer = "sqrt((l - 4) * (l - 2) * k / ((k - 4) * (k - 2) * l))"
    adaptive = "R * lr * sqrt(1 - betas_1**t) / ((1 - betas_0**t) * (sqrt(v) + eps))"
    plain = Case("lr / (1 - betas_0**t)")
    return [
        *lines,
        *_moments(g),
        _line("k", longest, "longest memory"),
        _line("l", "k - 2 * t * betas_1**t / (1 - betas_1**t)", "memory so far"),
        FormulaLine("R", (Case(surer, "l > 5"), Case("1")), "how sure of v"),
        FormulaLine("s", (Case(adaptive, "l > 5"), plain), "step size"),
        _moved(f"{p} - s * m"),
    ]


def _adamax(h: Settings) -> list[FormulaLine]:
    lines, g, p = _gradient(h)
    return [
        *lines,
        _moments(g)[0],
        _line("u", f"max(betas_1 * u0, abs({g}) + eps)", "largest gradient, fading", "exp_inf"),
        _line("s", "lr / ((1 - betas_0**t) * u)", "step size"),
        _moved(f"{p} - s * m"),
    ]


def _asgd(h: Settings) -> list[FormulaLine]:
    lines, g, _ = _gradient(h)
    return [
        *lines,
        _line("s", "eta0", "step size"),
        _moved(f"p0 * (1 - lambd * s) - s * {g}"),
        _line("ax", "ax0 + mu0 * (p - ax0)", "averaged parameter", "ax"),
        _line("eta", "lr / (1 + lambd * lr * t)**alpha", "next step size", "eta"),
        _line("mu", "1 / max(1, t - t0)", "next weight of the average", "mu"),
    ]


def _rprop(h: Settings) -> list[FormulaLine]:
    turned = Case("0", "grad * z0 < 0")
    factor = (
        Case("etas_1", "grad * z0 > 0"),
        Case("etas_0", "grad * z0 < 0"),
        Case("1"),
    )
    return [
        FormulaLine("f", factor, "same sign as before?"),
        _line("s", "min(max(f * s0, step_sizes_0), step_sizes_1)", "step size", "step_size"),
        FormulaLine("z", (turned, Case("grad")), "gradient, 0 after a turn", "prev"),
        _moved("p0 - s * sign(z)"),
    ]


def _adafactor(h: Settings) -> list[FormulaLine]:
    lines, _, p = _gradient(h, decoupled=True)
    return [
        *lines,
        _line("V", "V0 + t**beta2_decay * (grad**2 - V0)", "mean of squares", "variance"),
        _line("u", "grad / sqrt(max(V, eps_0**2))", "gradient by its size"),
        _line("A", "max(eps_1, abs(p0)) * min(lr, 1 / sqrt(t))", "rate for this size"),
        _line("s", "A / max(1, abs(u) / d)", "step size"),
        _moved(f"{p} - s * u"),
    ]


def _lbfgs(h: Settings) -> list[FormulaLine]:
    # H and the last iteration's start are put together from the state: see inner_state.py.
    going = Case("start + s * d", "moved > 0", "if steep enough")
    return [
        FormulaLine("iterations", (), "iterations in this step"),
        FormulaLine("G", (), "gradient at the last one", "prev_flat_grad"),
        _line("d", "-(H_own * G + H_cross * G_other)", "direction: −H · gradient", "d"),
        FormulaLine("s", (), "step length", "t"),
        FormulaLine("p", (going, Case("start")), "the parameter"),
    ]


_RULES: dict[str, Rule] = {
    "SGD": _sgd,
    "Adagrad": _adagrad,
    "Adadelta": _adadelta,
    "RMSprop": _rmsprop,
    "Adam": _adam,
    "AdamW": _adamw,
    "NAdam": _nadam,
    "RAdam": _radam,
    "Adamax": _adamax,
    "ASGD": _asgd,
    "Rprop": _rprop,
    "Adafactor": _adafactor,
    "LBFGS": _lbfgs,
}
