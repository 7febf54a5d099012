"""An optimizer's rule as the player draws it: symbols, slots for numbers, and the numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from groundup.figures.training.player import packed
from groundup.optimizers.catalogue import Hyperparameter
from groundup.optimizers.inner_state import Worked
from groundup.optimizers.mathml import Leaf, set_in_type
from groundup.optimizers.update_rules import Case, FormulaLine

_GREEK = {
    "lr": "γ",
    "weight_decay": "λ",
    "momentum": "μ",
    "dampening": "τ",
    "alpha": "α",
    "rho": "ρ",
    "eps": "ε",
    "lr_decay": "η",
    "momentum_decay": "ψ",
    "t0": "t 0",
    "lambd": "Λ",
    "betas_0": "β 1",
    "betas_1": "β 2",
    "eps_0": "ε 1",
    "eps_1": "ε 2",
    "etas_0": "η −",
    "etas_1": "η +",
    "step_sizes_0": "Γ min",
    "step_sizes_1": "Γ max",
    "grad": "g",
    "p": "θ",
    "mu": "μ",
    "nu": "ν",
    "eta": "η",
    "A": "α",
    "l": "ρ",
    "k": "ρ ∞",
    "g": "g̃",
    "q": "θ̃",
    "w": "v max",
    "H_own": "H own",
    "H_cross": "H cross",
    "G": "g last",
    "G_other": "g other",
    "start": "θ start",
    "iterations": "k",
}
"""Names that are set as something else than themselves; a space parts off a subscript."""


def symbol(name: str, changing: bool) -> str:
    """``name`` as MathML: ``m0`` as m with t − 1 below it, ``betas_0`` as β with 1.

    What is ``changing`` from step to step says at which.
    """
    before = name.endswith("0") and name not in _GREEK
    base = name[:-1] if before else name
    head, _, low = _GREEK.get(base, base).partition(" ")
    body = f"<mi>{head}</mi>"
    if not changing:
        return f"<msub>{body}<mi>{low}</mi></msub>" if low else body
    when = "<mi>t</mi><mo>−</mo><mn>1</mn>" if before else "<mi>t</mi>"
    below = f"<mi>{low}</mi><mo>,</mo>{when}" if low else when
    return f"<msub>{body}<mrow>{below}</mrow></msub>"


def rule_scene(work: Sequence[Worked], hyperparameters: Sequence[Hyperparameter]) -> dict[str, Any]:
    """The payload: the rule once, and the numbers of each parameter (``work``).

    A line has its name's symbol, its words, and for each case the formula, its condition and the
    formula with slots: ``<mn data-n="m0">`` waits for the number called m0, one that has
    ``data-b`` wants brackets where it is negative.
    """
    constant = {hyperparameter.key for hyperparameter in hyperparameters} | {"lr"}
    first = work[0]
    constants = {name: first.names[name][0].item() for name in constant & first.names.keys()}
    return {
        "lines": [_line(line, constants) for line in first.lines],
        "numbers": [_numbers(hyperparameter, constants) for hyperparameter in work],
        "given": [
            {"name": name, "symbol": _math(symbol(name, False)), "value": f"{value:.6g}"}
            for name, value in _in_order(constants, first.lines, hyperparameters)
        ],
    }


def _in_order(
    constants: Mapping[str, float], lines: Sequence[FormulaLine], listed: Sequence[Hyperparameter]
) -> list[tuple[str, float]]:
    """The constants that the lines mention, the learning rate first."""
    text = " ".join(case.expression for line in lines for case in line.cases)
    said = set(re.findall(r"\w+", text))
    names = ["lr", *(hyperparameter.key for hyperparameter in listed)]
    return [(name, constants[name]) for name in names if name in constants and name in said]


def _math(inside: str) -> str:
    return f"<math>{inside}</math>"


def _line(line: FormulaLine, constants: Mapping[str, float]) -> dict[str, Any]:
    def symbols(name: str, _: bool) -> str:
        return "<mi>t</mi>" if name == "t" else symbol(name, name not in constants)

    def slots(name: str, bracketed: bool) -> str:
        return _slot(name, bracketed, constants.get(name))

    return {
        "name": line.name,
        "symbol": _math(symbol(line.name, True)),
        "said": line.said,
        "state": line.state,
        "cases": [
            {
                "formula": _math(set_in_type(case.expression, symbols)),
                "when": _when(case, symbols),
                "slots": _math(set_in_type(case.expression, slots)),
            }
            for case in line.cases
        ],
    }


def _slot(name: str, bracketed: bool, value: float | None) -> str:
    """Room for the number called ``name``, or the number itself where it never changes."""
    if value is None:
        return f'<mn data-n="{name}"{" data-b" * bracketed}>0</mn>'
    digits = f"{value:.6g}".replace("-", "−")
    return f"<mn>({digits})</mn>" if bracketed and digits[0] == "−" else f"<mn>{digits}</mn>"


def _when(case: Case, leaf: Leaf) -> str:
    if case.words:
        return case.words
    return f"if {_math(set_in_type(case.when, leaf))}" if case.when else ""


def _numbers(work: Worked, constants: Mapping[str, float]) -> dict[str, Any]:
    """Each name's column, and each line's case at every step."""
    columns = {name: packed(c.tolist()) for name, c in work.names.items() if name not in constants}
    return {"columns": columns, "cases": [case.tolist() for case in work.cases]}
