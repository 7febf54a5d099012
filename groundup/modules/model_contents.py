"""What a model holds, as plain data: parameters, layers, outputs; and its file, out and back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import nn

FILE = "model.pt"
"""What a saved model's file is called."""
MAX_FILE_BYTES = 200_000
"""Bytes that an uploaded file may have, and may unpack to."""
MAX_NUMBER = 1e6
"""How large a number in it may be: past it, what the layers answer overflows in float32."""
BINS = 24
_UNREADABLE = (
    *(zipfile.BadZipFile, StopIteration, EOFError),
    *(NotImplementedError, RuntimeError, OSError),
)
"""What zipfile raises for a file that is none, cut short, encrypted, or packed in its own way."""


@dataclass(frozen=True)
class ParameterFacts:
    """One named parameter; ``grad_norm`` is None where it has no gradient."""

    name: str
    shape: tuple[int, ...]
    count: int
    requires_grad: bool
    norm: float
    grad_norm: float | None


@dataclass(frozen=True)
class Layer:
    """A module in the tree: its dotted name (empty for the root), class, details, parameters."""

    name: str
    kind: str
    details: str
    count: int


@dataclass(frozen=True)
class Output:
    """What one layer gave: its shape, and how its numbers are distributed.

    ``edges`` has one number more than ``counts``; ``zeros`` is the share that is exactly 0.
    """

    name: str
    shape: tuple[int, ...]
    mean: float
    std: float
    zeros: float
    edges: list[float]
    counts: list[int]


def parameters(model: nn.Module) -> list[ParameterFacts]:
    """Every named parameter of ``model``, in its order."""
    return [
        ParameterFacts(
            name,
            tuple(p.shape),
            p.numel(),
            p.requires_grad,
            p.detach().norm().item(),
            None if p.grad is None else p.grad.norm().item(),
        )
        for name, p in model.named_parameters()
    ]


def counted(facts: Sequence[ParameterFacts]) -> tuple[int, int]:
    """How many numbers the parameters ``facts`` have, and how many of those learn."""
    return sum(h.count for h in facts), sum(h.count for h in facts if h.requires_grad)


@dataclass(frozen=True)
class Answers:
    """What a model said about each example when asked twice; ``gap``: the largest difference."""

    pairs: list[tuple[float, float]]
    gap: float


def answers(once: torch.Tensor, again: torch.Tensor) -> Answers:
    """The answers ``once`` and ``again``, side by side."""
    pairs = list(zip(once.tolist(), again.tolist(), strict=True))
    return Answers(pairs, (once - again).abs().max().item())


def layers(model: nn.Module) -> list[Layer]:
    """The tree of ``model``: each module after its parent."""
    return [
        Layer(
            name,
            type(module).__name__,
            module.extra_repr(),
            sum(p.numel() for p in module.parameters()),
        )
        for name, module in model.named_modules()
    ]


def output(name: str, values: torch.Tensor) -> Output:
    """How the numbers that the layer ``name`` gave are distributed, in :data:`BINS` bins."""
    flat = values.detach().float().flatten().cpu()
    low, high = flat.min().item(), flat.max().item()
    if low == high:
        low, high = low - 0.5, high + 0.5
    counts = torch.histc(flat, BINS, low, high).int().tolist()
    edges = torch.linspace(low, high, BINS + 1).tolist()
    std = flat.std(correction=0).item()
    return Output(
        name,
        tuple(values.shape),
        flat.mean().item(),
        std,
        (flat == 0).float().mean().item(),
        edges,
        counts,
    )


def saved(model: nn.Module) -> bytes:
    """The ``state_dict`` of ``model`` as ``torch.save`` writes it."""
    file = io.BytesIO()
    torch.save(model.state_dict(), file)
    return file.getvalue()


def checked(content: bytes, model: nn.Module) -> bytes:
    """The file ``content`` as ``torch.save`` writes it, if it is one of a model like ``model``.

    The file comes from strangers, and even ``weights_only=True`` would let it claim tensors larger
    than it holds. So its index (names, shapes, sizes) must be the one that ``torch.save`` writes
    for this very model; only the numbers themselves may differ. Nothing is changed.

    Raises:
        ValueError: in a sentence, if it is not.
    """
    if len(content) > MAX_FILE_BYTES:
        raise ValueError(f"It has {len(content):,} bytes; this model's file has under 200,000.")
    expected = saved(model)
    index, records = _contents(content)
    own_index, own_records = _contents(expected)
    same_sizes = {n: len(b) for n, b in records.items()} == {
        n: len(b) for n, b in own_records.items()
    }
    if index != own_index or not same_sizes:
        raise ValueError(
            "It was not saved from a model like this one: its names or shapes differ. Set the "
            "width it was saved with, or save a new one here."
        )
    same = _refilled(expected, records)
    loaded = torch.load(io.BytesIO(same), map_location="cpu", weights_only=True)
    if bad := [name for name, tensor in loaded.items() if not tensor.isfinite().all()]:
        raise ValueError(f"{bad[0]} in it holds numbers that are not finite.")
    large = [name for name, tensor in loaded.items() if tensor.abs().max() > MAX_NUMBER]
    if large:
        raise ValueError(
            f"{large[0]} in it holds numbers above {MAX_NUMBER:,.0f}, with which the layers' "
            "answers are no longer finite."
        )
    return same


def _contents(content: bytes) -> tuple[bytes, dict[str, bytes]]:
    """The pickled index of a file of ``torch.save``, and its records of numbers, by their place."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            packed = any(entry.compress_type != zipfile.ZIP_STORED for entry in entries)
            if packed or sum(entry.file_size for entry in entries) > MAX_FILE_BYTES:
                raise ValueError("It is packed, or larger inside than out. torch.save does not so.")
            index = next(entry for entry in entries if entry.filename.endswith("/data.pkl"))
            records = [entry for entry in entries if "/data/" in entry.filename]
            named = {entry.filename.partition("/")[2]: archive.read(entry) for entry in records}
            return archive.read(index), named
    except _UNREADABLE:
        raise ValueError(
            "It is no file that torch.save wrote, or it was cut short. Choose one that was saved "
            "here."
        ) from None


def _refilled(expected: bytes, records: Mapping[str, bytes]) -> bytes:
    """The file ``expected`` with the numbers of ``records``: no two readers can disagree on it."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(expected)) as source, zipfile.ZipFile(result, "w") as target:
        for entry in source.infolist():
            place = entry.filename.partition("/")[2]
            target.writestr(entry.filename, records.get(place, source.read(entry)))
    return result.getvalue()
