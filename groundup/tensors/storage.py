"""What stands beside a tensor, and where its numbers live."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from groundup.engine.devices import devices
from groundup.tensors.grid import value_texts, values
from groundup.tensors.strides import arithmetic, place

MAX_PLACES = 96
"""How much of a storage is drawn."""


@dataclass(frozen=True)
class Facts:
    """A tensor's attributes. ``bytes`` is what its cells need, ``storage_bytes`` what is held."""

    shape: tuple[int, ...]
    dtype: str
    device: str
    ndim: int
    numel: int
    strides: tuple[int, ...]
    offset: int
    element_size: int
    bytes: int
    storage_bytes: int
    contiguous: bool
    requires_grad: bool


def facts(tensor: torch.Tensor) -> Facts:
    """Ask ``tensor`` for its attributes."""
    return Facts(
        shape=tuple(tensor.shape),
        dtype=str(tensor.dtype).removeprefix("torch."),
        device=str(tensor.device),
        ndim=tensor.ndim,
        numel=tensor.numel(),
        strides=tuple(tensor.stride()),
        offset=int(tensor.storage_offset()),
        element_size=tensor.element_size(),
        bytes=tensor.nbytes,
        storage_bytes=tensor.untyped_storage().nbytes(),
        contiguous=tensor.is_contiguous(),
        requires_grad=tensor.requires_grad,
    )


def device_rows() -> list[dict[str, str]]:
    """Each device, what it is, and whether this machine has it."""
    known = [(d.name, d.title, f"✗ {d.missing}" if d.missing else "✓ yes") for d in devices()]
    known.append(("meta", "shapes and dtypes without numbers", "✓ always"))
    return [dict(zip(("device", "what it is", "here?"), row, strict=True)) for row in known]


def size_text(count: int) -> str:
    """``24 bytes``, ``4.00 MB`` (10⁶ bytes)."""
    if count < 10_000:
        return f"{count:,} byte{'s' * (count != 1)}"
    for unit, scale in (("kB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12)):
        if count < 1000 * scale or unit == "TB":
            return f"{count / scale:.4g} {unit}"
    return ""


def storage_texts(tensor: torch.Tensor) -> list[str]:
    """What stands in each place of the storage of ``tensor``, up to :data:`MAX_PLACES`."""
    count = tensor.untyped_storage().nbytes() // tensor.element_size()
    if tensor.is_meta:
        return ["?"] * min(count, MAX_PLACES)
    flat = torch.empty(0, dtype=tensor.dtype, device=tensor.device).set_(
        tensor.untyped_storage(), 0, (min(count, MAX_PLACES),), (1,)
    )
    return value_texts(values(flat))


def cell_place(tensor: torch.Tensor, index: tuple[int, ...]) -> int:
    """The place of one cell in the storage."""
    return place(index, tuple(tensor.stride()), int(tensor.storage_offset()))


def cell_arithmetic(tensor: torch.Tensor, index: tuple[int, ...]) -> str:
    """That place worked out: ``1·3 + 2·1 = 5``."""
    return arithmetic(index, tuple(tensor.stride()), int(tensor.storage_offset()))


def share_storage(tensor: torch.Tensor, other: torch.Tensor) -> bool:
    """Whether both read the same memory."""
    return tensor.untyped_storage().data_ptr() == other.untyped_storage().data_ptr()
