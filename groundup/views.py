"""What to say about two tensors and the memory behind them."""

from __future__ import annotations

import torch

from groundup.storage import share_storage


def sentence(t: torch.Tensor, other: torch.Tensor | None) -> str:
    """One or two sentences: is ``other`` a view of ``t``, or a copy, or could it not be made?"""
    if other is None:
        return (
            "**No view can do this.** Read in that order, the places in storage jump about, and "
            "one stride for the one dimension cannot follow. Copy the cells first."
        )
    if not share_storage(t, other):
        return (
            "**A copy.** other has a storage of its own: write into one, and the other stays as "
            "it was."
        )
    if 0 in other.stride() and other.numel() > t.shape[-1]:
        return (
            "**A view that repeats.** A stride of 0 reads the same places again and again, so one "
            "place stands behind several cells: write into one of them and all change."
        )
    return (
        "**A view.** No number was copied: other reads the same storage with its own strides. "
        "Write into one, and both change."
    )
