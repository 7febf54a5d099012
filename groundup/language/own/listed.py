"""The listed modules and what is in them, under their full names."""

from __future__ import annotations

from groundup.language.own import nn_words, python_words, torch_words

WORDS: dict[str, frozenset[str]] = torch_words.WORDS | nn_words.WORDS | python_words.WORDS
"""Module to what may be reached in it."""

BY_HABIT = {
    "torch": "torch",
    "nn": "torch.nn",
    "F": "torch.nn.functional",
    "optim": "torch.optim",
    "math": "math",
}
"""Names that stand for these modules though the text does not import them.

Where they have no value, the run ends there in Python's own words.
"""

CONTEXTS = frozenset(
    {
        *(f"{m}.{name}" for m in ("torch", "torch.autograd") for name in torch_words.CONTEXTS),
        "torch.autograd.detect_anomaly",
    }
)
LOADER = "torch.utils.data.DataLoader"
RESTRICTED = CONTEXTS | {LOADER}
"""What may be called, in certain places or forms, and be no value."""


def inside(module: str, name: str) -> str:
    """The full name of ``name`` in the listed ``module``; empty if it is not listed."""
    path = f"{module}.{name}"
    return path if path in WORDS or name in WORDS[module] else ""


def resolves(path: str) -> bool:
    """Whether ``path`` is a listed module, or listed in one."""
    module, _, name = path.rpartition(".")
    return path in WORDS or (module in WORDS and name in WORDS[module])
