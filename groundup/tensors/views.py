"""What to say about tensors and the memory behind them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch

from groundup.tensors.storage import share_storage, size_text


def drawable(**named: Any) -> dict[str, torch.Tensor]:
    """Those of ``named`` that are tensors."""
    return {name: value for name, value in named.items() if isinstance(value, torch.Tensor)}


def sentence(t: torch.Tensor, other: torch.Tensor | None) -> str:
    """One or two sentences: is ``other`` a view of ``t``, or a copy, or could it not be made?"""
    if other is None:
        return (
            "**No view can do this.** Read in that order, the places in storage jump back and "
            "forth, and one stride cannot describe that. Copy the cells first:"
        )
    if not share_storage(t, other):
        return (
            "**A copy.** other has a storage of its own: write into one, and the other stays as "
            "it was."
        )
    if 0 in other.stride():
        return (
            "**A view that repeats.** A stride of 0 reads the same places again and again, so "
            "several cells share one place. Write into one of them, and all change."
        )
    return (
        "**A view.** No number was copied: other reads the same storage in its own way. Write into "
        "a place that both read, and both change."
    )


def moving(variables: Mapping[str, Any]) -> str:
    """What ``.to()`` did in the lesson about moving."""
    t, moved = variables.get("t"), variables.get("moved")
    if not isinstance(t, torch.Tensor) or not isinstance(moved, torch.Tensor):
        return ""
    if moved is t:
        return "**It was there already:** `.to()` gave back the same tensor and copied nothing."
    if moved.is_meta:
        return (
            f"**A new tensor** with the same shape. t keeps its {size_text(t.nbytes)}; meta "
            "keeps the shape and the dtype, and no number."
        )
    return f"**A new tensor:** {size_text(t.nbytes)} were copied, and t stays where it was."


def bridge(variables: Mapping[str, Any]) -> dict[str, torch.Tensor]:
    """The tensors of a NumPy lesson; NumPy's array as a tensor over the very same memory."""
    if "back" in variables:
        array = torch.from_numpy(variables["array"])
        return {"t": variables["t"], "array": array, "back": variables["back"]}
    return drawable(**{name: variables[name] for name in ("X", "w", "y") if name in variables})


def bridge_sentence(tensors: Mapping[str, torch.Tensor]) -> str:
    """Which of the tensors of :func:`bridge` share their memory, or which dtypes meet."""
    if "back" in tensors:
        t, array, back = (tensors[name] for name in ("t", "array", "back"))
        to = "looks at t's memory" if share_storage(t, array) else "has a copy"
        fro = "looks at the array's memory" if share_storage(array, back) else "has a copy"
        return f"**array** {to}; **back** {fro}. The ✎ shows what the one edit reached."
    if "X" in tensors:
        return (
            "NumPy's floats are float64 unless told otherwise, and float64 is what arrives. A "
            "matrix product wants one dtype on both sides."
        )
    return (
        "A NumPy array cannot remember how it was computed. So PyTorch makes an array of a "
        "parameter only when you say that the graph may be lost."
    )
